"""What in the register wants mending: the rules with their counts, and what breaks the chosen."""

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import quality
from ocgdesk.casework.quality import Broken, Standing
from ocgdesk.domain.keeping import ListEdition
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.quality import WITHHELD, Rule, ruled_kinds
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.store.breaches import Breach
from ocgdesk.store.reader import Reader
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.rule_dialog import RuleDialog
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.asking import AskingPage
from ocgdesk.ui.pages.quality_parts import (
    Listed,
    RuleStrip,
    breach_columns,
    opens_plan,
    rule_columns,
)
from ocgdesk.ui.widgets.buttons import outline, primary
from ocgdesk.ui.widgets.cards import Rule as Line
from ocgdesk.ui.widgets.headers import PageHeader, page_margin
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

_ROWS, _EMPTY = 0, 1
_SHOWS: Final = frozenset({*ruled_kinds(), Kind.LIST_EDITION})


class QualityPage(AskingPage):
    """Rules above, what breaks the chosen one below; a click on a record opens it."""

    icon = "page.quality"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Quality")
        self.found: tuple[Standing, ...] = ()
        self.broken: Broken | None = None
        self._counting: Job | None = None
        self._refused = "" if desk.may(Right.ADMINISTER) else _("Only an administrator rules.")
        self._build()
        self._wire()
        self.refresh()

    def refresh(self) -> None:
        """Count anew, in the background; what is shown stays until then."""
        if self._counting is not None:
            self._counting.cancel()
        self._stale = False
        look = partial(_look, today=self.desk.today())
        self._counting = job = self.desk.run(_("Count by the rules"), look, self._show)
        job.progressed.connect(self._on_progress)
        job.failed.connect(self.show_failure)

    def ready(self) -> bool:
        return super().ready() and self._counting is None

    def leave(self) -> None:
        super().leave()
        if self._counting is not None:
            self._counting.cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = page_margin(self)
        self._held.setContentsMargins(side, 0, side, 0)
        self.strip.row.setContentsMargins(side, 10, side, 10)
        self.basis.setContentsMargins(side, 4, side, 6)

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        self.add_button = outline(_("Add a rule"), icon="action.add", key="Ctrl+N")
        self.count_button = outline(_("Count again"), icon="action.refresh", key="F5")
        self.open_button = primary(_("Open"), icon="action.open", key="Enter")
        for button in (self.add_button, self.count_button, self.open_button):
            self.header.add_action(button)
        if self._refused:
            self.add_button.refuse(self._refused)
        self.note = ErrorBanner(closable=True, parent=self)
        self._held = QHBoxLayout()
        self._held.addWidget(self.note)
        self.rules = ShortTable(rule_columns())
        self.rule_table = ShortTableView(self.rules, name=_("Rules"), density=Density.COMPACT)
        self.basis = Label(_(WITHHELD), step="small", ink="text.3")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._held)
        column.addWidget(Line(role="line.2"))
        column.addWidget(self._halves(), 1)
        column.addWidget(self.basis)

    def _halves(self) -> QSplitter:
        self.strip = RuleStrip(self._refused)
        self.breaches = ShortTable(breach_columns())
        self.breach_table = ShortTableView(
            self.breaches, name=_("What breaks the rule"), density=Density.COMPACT
        )
        self.empty = EmptyState("")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.breach_table)
        self.stack.addWidget(self.empty)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.strip, Line(role="line.2")):
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.rule_table)
        halves.addWidget(below)
        halves.setStretchFactor(0, 1)
        halves.setStretchFactor(1, 1)
        return halves

    def _wire(self) -> None:
        self.rule_table.selectionModel().currentRowChanged.connect(self._on_rule)
        self.rule_table.opened.connect(self._on_into)
        self.breach_table.opened.connect(self._on_opened)
        self.breach_table.opened_aside.connect(self._on_opened_aside)
        self.breach_table.clicked.connect(self._on_clicked)
        self.strip.switched.connect(self._on_switched)
        self.strip.weighed.connect(self._on_weighed)
        self.strip.retired.connect(self._on_retired)
        self.add_button.clicked.connect(self.add)
        self.count_button.clicked.connect(self.refresh)
        self.open_button.clicked.connect(self._on_open)
        self.note.acted.connect(self.refresh)
        self.desk.changed.connect(self._on_changed)
        for key, act in {"F5": self.refresh, "Ctrl+N": self.add}.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # ---- Showing ------------------------------------------------------------------------------

    def _show(self, found: tuple[Standing, ...]) -> None:
        self._counting = None
        self.note.say("")
        chosen = self.chosen()
        self.found = found
        self.rules.show_rows(quality.ranked(found))
        self.rule_table.share()
        self.header.set_subtitle(_subtitle(found))
        self.choose(chosen.rule.code if chosen else "")

    def chosen(self) -> Standing | None:
        """Return the rule chosen, if there is one."""
        standing: Standing | None = self.rule_table.row()
        return standing

    def choose(self, code: str) -> None:
        """Choose a rule by its code, or else the first; what breaks it is asked for."""
        row = next((n for n, one in enumerate(self.rules.rows) if one.rule.code == code), 0)
        self.rule_table.setCurrentIndex(self.rules.index(row, 0))

    def _ask(self) -> None:
        """Ask for what breaks the chosen rule."""
        standing = self.chosen()
        if standing is None:
            self.ask_nothing()
            return
        self.strip.show_rule(standing.rule, None)
        self.ask(partial(quality.broken, code=standing.rule.code, today=self.desk.today()))

    def show_answer(self, found: Broken) -> None:
        same = self.broken is not None and self.broken.rule.code == found.rule.code
        row = self.breach_table.currentIndex().row() if same else 0
        self.broken = found
        self.breaches.show_rows([Listed(row, quality.why(found.rule, row)) for row in found.rows])
        self.breach_table.share()
        self.strip.show_rule(found.rule, found)
        self._show_state(found)
        if found.rows:
            last = len(found.rows) - 1
            self.breach_table.setCurrentIndex(self.breaches.index(min(max(row, 0), last), 0))

    def _show_state(self, found: Broken) -> None:
        self.empty.show_words(_("Nothing breaks this rule."))
        self.stack.setCurrentIndex(_ROWS if found.rows else _EMPTY)
        if found.rows:
            self.open_button.allow()
        else:
            self.open_button.refuse(_("Nothing breaks this rule."))
        n = found.total
        told = ngettext("{n} breaks the rule", "{n} break the rule", n).format(n=f"{n:,}")
        self.told.emit((told,))

    def _on_progress(self, done: int, total: int, what: str) -> None:
        if what:
            told = _("Counting: {rule} ({n} of {total})")
            self.header.set_subtitle(told.format(rule=_(what), n=done + 1, total=total))

    def show_failure(self, error: DeskError) -> None:
        self._counting = None
        if isinstance(error, DeskError):
            self.note.say(str(error), _("Try again"), tone="overdue")

    def _on_changed(self, changed: Changed) -> None:
        if not changed.kinds.isdisjoint(_SHOWS):
            self.ask_again()

    # ---- Going --------------------------------------------------------------------------------

    def _on_rule(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._ask()

    def _on_into(self, _row: int) -> None:
        self.breach_table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._go(self.breaches.rows[index.row()].breach)

    def _on_opened(self, row: int) -> None:
        self._go(self.breaches.rows[row].breach)

    def _on_opened_aside(self, row: int) -> None:
        self._go(self.breaches.rows[row].breach, aside=True)

    def _on_open(self) -> None:
        listed: Listed | None = self.breach_table.row()
        if listed is not None:
            self._go(listed.breach)

    def _go(self, breach: Breach, *, aside: bool = False) -> None:
        if opens_plan(breach):
            target = Target(page=PageKind.PLAN, id=breach.opens)
        else:
            target = Target(page=PageKind.RECORD, kind=breach.opens_kind, id=breach.opens)
        self.opened.emit(target, aside)

    # ---- Ruling -------------------------------------------------------------------------------

    def _on_switched(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        if (chosen := self.chosen()) is not None:
            self._rule(partial(quality.switch, code=chosen.rule.code, on=on))

    def _on_weighed(self, weight: int) -> None:
        if (chosen := self.chosen()) is not None:
            self._rule(partial(quality.weigh, code=chosen.rule.code, weight=weight))

    def _on_retired(self) -> None:
        if (chosen := self.chosen()) is not None:
            self._rule(partial(quality.retire, code=chosen.rule.code))

    def add(self) -> None:
        """Ask for a rule of one's own."""
        if self._refused:
            return
        dialog = RuleDialog(about=self.desk.workspace.about, parent=self)
        dialog.made.connect(self._on_made)
        dialog.open()

    def _on_made(self, rule: Rule) -> None:
        self._rule(partial(quality.add, rule=rule))

    def _rule(self, act: "partial[ListEdition]") -> None:
        if not self.desk.do(_("Edit the quality rules"), act, right=Right.ADMINISTER):
            self._ask()


def _look(reader: Reader, progress: Progress, today: date) -> tuple[Standing, ...]:
    return quality.look(reader, today, progress)


def _subtitle(found: tuple[Standing, ...]) -> str:
    on = [standing for standing in found if standing.rule.on]
    broken = sum(bool(standing.broken) for standing in on)
    said = ngettext("{n} rule counts", "{n} rules count", len(on)).format(n=len(on))
    told = ngettext("{n} is broken", "{n} are broken", broken).format(n=broken)
    return f"{said} · {told} · {_('weights are a local default')}"
