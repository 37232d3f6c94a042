"""The disruption ledger: claims by status, a queue to moderate, a work sheet for APMIS."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import disruption_ledger
from ocgdesk.casework.disruption_ledger import QUEUES, Ledger, Row
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import code_list
from ocgdesk.errors import DeskError
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.store.claims_listed import LedgerQuery
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.pages.disruption_columns import columns
from ocgdesk.ui.pages.record_case_parts import Asking
from ocgdesk.ui.pages.record_disruption_acts import ask_apmis, ask_claim
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, outline, primary
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import FilterBar, PageHeader, page_margin
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

_TABLE, _EMPTY = 0, 1
_TITLES: Final = {
    "": N_("All"),
    "open": N_("Drafts"),
    "moderate": N_("To moderate"),
    "accepted": N_("Accepted"),
    "apmis": N_("To enter on APMIS"),
}
_EMPTY_WORDS: Final = {
    "": N_("No disruption claimed in this period."),
    "open": N_("No claim is being drafted or was returned."),
    "moderate": N_("Nothing waits to be moderated."),
    "accepted": N_("No claim was accepted."),
    "apmis": N_("Every accepted disruption has its APMIS reference."),
}
_PERIODS: Final = {
    "": N_("Any date"),
    "12": N_("Last 12 months"),
    "3": N_("Last 3 months"),
    "1": N_("Last month"),
}


class DisruptionsPage(AskingPage):
    """The claims, the newest first; a queue narrows them to what waits for somebody."""

    icon = "page.disruption"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Disruptions")
        self.ledger: Ledger | None = None
        self.text = ""
        self.asking = Asking(desk, self)
        self._made: list[UUID] = []
        self._build()
        self._wire()
        if target.tab in QUEUES:
            self.queues.choose(target.tab)
        self.refresh()

    def question(self) -> Question:
        """Ask for the claims of the queue, narrowed by what is chosen."""
        return partial(disruption_ledger.read, query=self.query())

    def query(self) -> LedgerQuery:
        """Return which claims are wanted."""
        mine = self.desk.user.id if self.queues.current == "moderate" else None
        return replace(
            QUEUES[self.queues.current],
            agency=self.agency.current,
            strand=self.strand.current,
            threat=self.threat.current,
            since=_since(self.desk.today(), self.period.current),
            text=self.text,
            not_submitted_by=mine,
        )

    def arrive(self, target: Target) -> None:
        super().arrive(target)
        if target.tab in QUEUES and target.tab != self.queues.current:
            self.queues.choose(target.tab)
            self.refresh()

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        self.open_button = outline(_("Open"), icon="action.open", key="Enter")
        self.apmis_button = outline(_("Enter APMIS reference"), key="A")
        self.record_button = primary(_("Record disruption"), icon="action.add", key="Ins")
        for button in (self.open_button, self.apmis_button, self.record_button):
            self.header.add_action(button)
        self.apmis_button.hide()
        if not self.desk.may(Right.EDIT):
            self.record_button.refuse(_("Your roles do not allow this."))
        self.queues = SegmentedControl(tuple(Segment(code, _(t)) for code, t in _TITLES.items()))
        self.bar = FilterBar(_("Filter by title or reference"))
        agencies = (Option("", _("Every agency")), *_options("agencies"))
        strands = (Option("", _("Every strand")), *_options("strands"))
        self.agency = Select(agencies, name=_("Claimed by"))
        self.strand = Select(strands, name=_("Strand"))
        threats = (Option("", _("Every threat")), *_options("control-strategy"))
        self.threat = Select(threats, name=_("Threat"))
        periods = tuple(Option(months, _(words)) for months, words in _PERIODS.items())
        self.period = Select(periods, name=_("Period"))
        for part in (self.agency, self.strand, self.threat, self.period):
            self.bar.add_left(part)
        self.note = ErrorBanner(closable=True, parent=self)
        self.model = ShortTable(columns(self.desk.today()))
        self.table = ShortTableView(self.model, name=self.title, density=Density.STANDARD)
        self.empty = EmptyState("")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self._lay_out()

    def _lay_out(self) -> None:
        self._held = QHBoxLayout()
        self._held.addWidget(self.queues)
        self._held.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._held)
        column.addWidget(self.bar)
        column.addWidget(self.note)
        column.addWidget(Rule(role="line.2"))
        column.addWidget(self.stack, 1)

    def _wire(self) -> None:
        self.queues.chosen.connect(self._on_narrowed)
        for box in (self.agency, self.strand, self.threat, self.period):
            box.chosen.connect(self._on_narrowed)
        self.bar.searched.connect(self._on_searched)
        self.table.opened.connect(self._on_opened)
        self.open_button.clicked.connect(self._on_open)
        self.apmis_button.clicked.connect(self._on_apmis)
        self.record_button.clicked.connect(self._on_record)
        self.empty.acted.connect(self._on_record)
        self.note.acted.connect(self.refresh)
        self.desk.changed.connect(self._on_changed)
        keys = {"Ins": self._on_record, "Ctrl+F": self._on_find}
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)  # while the page is in front
            shortcut.activated.connect(act)
        self._apmis_key = QShortcut(QKeySequence("A"), self.table)
        self._apmis_key.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._apmis_key.activated.connect(self._on_apmis)

    def show_answer(self, found: Ledger) -> None:
        now: Row | None = self.table.row()
        self.ledger = found
        self._held.setContentsMargins(page_margin(self), 0, page_margin(self), 6)
        self.note.say("")
        self.model.show_rows(found.rows)
        self.table.share()
        self._name_queues(found)
        self.header.set_subtitle(_subtitle(found))
        self._show_empty(found)
        if found.rows:
            wanted = [n for n, row in enumerate(self.model.rows) if now and _same(row, now)]
            self.table.setCurrentIndex(self.model.index(wanted[0] if wanted else 0, 0))
        self.open_button.setEnabled(bool(found.rows))
        self.apmis_button.setVisible(self.queues.current in {"accepted", "apmis"})
        self.apmis_button.setEnabled(bool(found.rows) and self.desk.may(Right.EDIT))
        count = ngettext("{n} claim", "{n} claims", found.total)
        self.told.emit((count.format(n=f"{found.total:,}"),))

    def show_failure(self, error: DeskError) -> None:
        self.note.say(str(error), _("Try again"), tone="overdue")

    def _name_queues(self, found: Ledger) -> None:
        for code, title in _TITLES.items():
            statuses = QUEUES[code].statuses
            n = found.to_apmis if code == "apmis" else sum(found.counts.get(s, 0) for s in statuses)
            self.queues.rename(code, f"{_(title)} {n:,}" if statuses and n else _(title))

    def _show_empty(self, found: Ledger) -> None:
        if found.rows:
            self.stack.setCurrentIndex(_TABLE)
            return
        may = self.queues.current in {"", "open"} and self.desk.may(Right.EDIT)
        self.empty.show_words(
            _(_EMPTY_WORDS[self.queues.current]), _("Record disruption") if may else ""
        )
        self.stack.setCurrentIndex(_EMPTY)

    @Slot(str)
    def _on_narrowed(self, _key: str) -> None:
        self.refresh()

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        self.text = text.strip()
        self.refresh()

    @Slot()
    def _on_find(self) -> None:
        self.bar.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(int)
    def _on_opened(self, number: int) -> None:
        self._go(self.model.rows[number].claim.id)

    @Slot()
    def _on_open(self) -> None:
        row: Row | None = self.table.row()
        if row is not None:
            self._go(row.claim.id)

    @Slot()
    def _on_apmis(self) -> None:
        row: Row | None = self.table.row()
        if row is not None and row.claim.status == "accepted" and self.desk.may(Right.EDIT):
            ask_apmis(self.asking, row.claim)

    @Slot()
    def _on_record(self) -> None:
        if not self.record_button.isEnabled():
            return
        self._made.clear()
        ask_claim(self.asking, self._made)
        assert self.asking.dialog is not None  # noqa: S101 - it has just been opened
        self.asking.dialog.accepted.connect(self._on_recorded)

    @Slot()
    def _on_recorded(self) -> None:
        if self._made:
            self._go(self._made[0])

    def _go(self, id_: UUID) -> None:
        target = Target(page=PageKind.RECORD, kind=Kind.DISRUPTION, id=id_)
        self.opened.emit(target, False)

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(Kind.DISRUPTION, Kind.OUTCOME):
            self.ask_again()


def _options(name: str) -> tuple[Option, ...]:
    return tuple(Option(item.code, item.label) for item in code_list(name).offered())


def _since(today: date, months: str) -> date | None:
    if not months:
        return None
    at = today.year * 12 + today.month - 1 - int(months)
    return date(at // 12, at % 12 + 1, 1)


def _subtitle(found: Ledger) -> str:
    every = sum(found.counts.values())
    told = _("{shown} of {total} found").format(shown=f"{found.total:,}", total=f"{every:,}")
    if len(found.rows) < found.total:
        newest = _("the newest {n} listed").format(n=f"{len(found.rows):,}")
        told = f"{told}, {newest}"
    return f"{told} · {_('claimed by one, moderated by somebody else')}"


def _same(one: Row, other: Row) -> bool:
    return one.claim.id == other.claim.id
