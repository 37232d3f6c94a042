"""The journal for an auditor: who did what, when and why, and whether its chain holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import auditing
from ocgdesk.casework.auditing import ACTS, Seen
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.auditing import AuditQuery
from ocgdesk.store.journal import Act
from ocgdesk.store.reader import Reader
from ocgdesk.store.verification import Verdict
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui import theme
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.models.audit_model import AuditModel
from ocgdesk.ui.navigation import Page, Target
from ocgdesk.ui.pages import periods
from ocgdesk.ui.pages.audit_parts import EntryPanel, fault_words
from ocgdesk.ui.widgets.buttons import outline, primary, text_button
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import FilterBar, PageHeader, page_margin
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

STEP: Final = 500
"""How many entries are read at a time."""
_WIDTHS: Final = (64, 164, 132, 130, 200, 216)
_SHORT: Final = 480
"""Where the page is no higher than this, everything makes room for the rows."""

LOOKUPS: Final = "lookups"
"""The choice among the operations that shows who looked themselves or colleagues up."""

Answer = Seen | DeskError


class AuditPage(Page):
    """Entries by time, user, operation and record; the state of the chain above them."""

    icon = "page.audit"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Audit")
        self.seen: Seen | None = None
        self.query = AuditQuery(limit=STEP)
        self.ref = ""
        self.period = periods.ALL
        self.lookups = False
        """Whether only look-ups of users' own names are shown."""
        self._asked: Job | None = None
        self._verifying: Job | None = None
        self._build()
        self._wire()
        theme.follow(self, self._fit)
        self.refresh()

    def refresh(self) -> None:
        """Read the journal again; that it was read is logged."""
        if self._asked is not None:
            self._asked.cancel()
        query = replace(self.query, since=periods.since(self.period, datetime.now(LONDON)))
        read = auditing.read_lookups if self.lookups else auditing.read
        act = partial(_read, read=read, workspace=self.desk.workspace, query=query, ref=self.ref)
        job = self.desk.ask(act, self._show)
        job.finished.connect(self._on_ended)
        self._asked = job
        self._show_head()

    def ready(self) -> bool:
        return self._asked is None and self._verifying is None

    def leave(self) -> None:
        for job in (self._asked, self._verifying):
            if job is not None:
                job.cancel()

    def inspector(self) -> QWidget | None:
        """Return the entry chosen in full."""
        row = self.table.currentIndex().row()
        if self.seen is None or not 0 <= row < self.model.rowCount():
            return None
        return EntryPanel(self.model.entry(row), self.seen)

    def _build(self) -> None:
        self.header = PageHeader(_("Audit"), _("Reading"))
        self.export_button = outline(_("Export as CSV"), icon="action.export")
        self.verify_button = primary(_("Verify"), icon="status.ok", key="Ctrl+Shift+V")
        self.header.add_action(self.export_button)
        self.header.add_action(self.verify_button)
        self.filters = FilterBar(_("Reference, such as WMPA1-NOM-2026-0042"))
        self.user = Select((Option("", _("Everybody")),), name=_("User"))
        self.act = Select(_operations(), name=_("Operation"))
        self.when = Select(periods.options(), name=_("Period"))
        for part in (self.user, self.act, self.when):
            self.filters.add_left(part)
        self.error = ErrorBanner(closable=True, parent=self)
        self.model = AuditModel(self)
        self.table = RowTable(name=_("Entries of the journal"))
        self.table.setModel(self.model)
        self.empty = EmptyState(_("No entry in this period."), _("Show all"))
        self.more_button = text_button(_("Show older entries"), icon="action.expand")
        self._error_row = QHBoxLayout()
        self._error_row.addWidget(self.error)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._chain_strip())
        column.addWidget(self.filters)
        column.addLayout(self._error_row)
        column.addWidget(Rule(role="line.2"))
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.more_button)
        self.empty.hide()
        self.more_button.hide()

    def _chain_strip(self) -> QWidget:
        strip = QWidget()
        self.chain_icon = IconLabel("status.info", "info", 16)
        self.chain = ElidedLabel("", ink="text.2")
        self.head = ElidedLabel("", step="mono", ink="text.3")
        self.copy_button = text_button(_("Copy the head"), icon="action.copy")
        self._strip = QHBoxLayout(strip)
        self._strip.setSpacing(10)
        for part in (self.chain_icon, self.chain, self.head, self.copy_button):
            self._strip.addWidget(part)
        self._strip.addStretch(1)
        return strip

    def _wire(self) -> None:
        self.filters.searched.connect(self._on_ref)
        self.filters.cleared.connect(self.clear)
        self.user.chosen.connect(self._on_user)
        self.act.chosen.connect(self._on_act)
        self.when.chosen.connect(self._on_when)
        self.empty.acted.connect(self.clear)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(self._on_opened)
        self.verify_button.clicked.connect(self.verify)
        self.export_button.clicked.connect(self._on_export)
        self.copy_button.clicked.connect(self._on_copy)
        self.more_button.clicked.connect(self._on_more)
        QShortcut(QKeySequence("Ctrl+Shift+V"), self).activated.connect(self.verify)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.refresh)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        side, short = page_margin(self), self.height() < px(_SHORT)
        self._strip.setContentsMargins(side, 0, side, px(2 if short else 10))
        self.table.set_density(Density.COMPACT if short else Density.STANDARD)
        self._error_row.setContentsMargins(side, 0, side, px(8))
        for column, wide in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, px(wide))

    def _show(self, answer: Answer) -> None:
        if isinstance(answer, DeskError):
            self.error.say(str(answer), tone="overdue")
            return
        self.error.say("")
        self.seen = answer
        self.model.show_seen(answer)
        self._offer_users(answer)
        count = len(answer.entries)
        self.table.setVisible(count > 0)
        self.empty.sentence.setText(
            _("Nobody looked up their own or a colleague's name in this period.")
            if self.lookups
            else _("No entry in this period.")
        )
        self.empty.setVisible(not count)
        self.more_button.setVisible(not answer.is_all)
        shown = ngettext("{n} entry", "{n} entries", count).format(n=f"{count:,}")
        newest = "" if answer.is_all else _("the newest")
        basis = _("records by reference only; that you read this is logged")
        if self.lookups:
            basis = _("look-ups of records by a user's own or a colleague's name; a hint, no proof")
        self.header.set_subtitle(" · ".join(part for part in (shown, newest, basis) if part))
        self.told.emit((shown,))

    def _offer_users(self, seen: Seen) -> None:
        chosen = self.user.current
        users = sorted(seen.users.values(), key=lambda user: user.display.casefold())
        options = (Option(str(user.id), user.display) for user in users)
        self.user.show_options((Option("", _("Everybody")), *options), chosen)

    def _show_head(self) -> None:
        try:
            count, head = auditing.head(self.desk.workspace)
        except DeskError as error:
            self.error.say(str(error), tone="overdue")
            return
        self.head.setText(head)
        self.chain_icon.show_icon("status.info", "info")
        words = ngettext("{n} entry, not checked since it was opened",
                         "{n} entries, not checked since it was opened", count)  # fmt: skip
        if not self.chain.text():
            self.chain.setText(words.format(n=f"{count:,}"))

    @Slot()
    def _on_ended(self) -> None:
        if self._asked is not None and self._asked.over:
            self._asked = None

    # ---- Filters ------------------------------------------------------------------------------

    @Slot()
    def clear(self) -> None:
        """Let every entry pass."""
        self.query, self.ref, self.period = AuditQuery(limit=STEP), "", "all"
        self.lookups = False
        for part in (self.user, self.act):
            part.choose("")
        self.when.choose("all")
        self.filters.box.clear()
        self.refresh()

    @Slot(str)
    def _on_ref(self, ref: str) -> None:
        if ref.strip() != self.ref:
            self.ref = ref.strip()
            self.refresh()

    @Slot(str)
    def _on_user(self, user: str) -> None:
        self.query = replace(self.query, user=UUID(user) if user else None, limit=STEP)
        self.refresh()

    @Slot(str)
    def _on_act(self, act: str) -> None:
        self.lookups = act == LOOKUPS
        acts = (Act(act),) if act and not self.lookups else ()
        self.query = replace(self.query, acts=acts, limit=STEP)
        self.refresh()

    @Slot(str)
    def _on_when(self, period: str) -> None:
        self.period = period
        self.refresh()

    @Slot()
    def _on_more(self) -> None:
        self.query = replace(self.query, limit=self.query.limit + STEP)
        self.refresh()

    # ---- One entry ----------------------------------------------------------------------------

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if (panel := self.inspector()) is not None:
            self.inspected.emit(panel)

    @Slot(int)
    def _on_opened(self, row: int) -> None:
        if self.seen is not None:
            self.inspected.emit(EntryPanel(self.model.entry(row), self.seen))

    # ---- Chain --------------------------------------------------------------------------------

    @Slot()
    def verify(self) -> None:
        """Check the chain and everything else, in the background."""
        if self._verifying is not None:
            return
        self.verify_button.refuse(_("Being verified"))
        workspace = self.desk.workspace
        job = self.desk.background(
            _("Verify"), lambda progress: auditing.verify(workspace, progress), self._show_verdict
        )
        job.finished.connect(self._on_verified)
        self._verifying = job

    def _show_verdict(self, verdict: Verdict) -> None:
        grave = [finding for finding in verdict.findings if finding.grave]
        count = ngettext("{n} entry", "{n} entries", verdict.entries)
        at = f"{datetime.now(LONDON):%H:%M}"
        if not grave:
            words = _("The chain holds: {entries}, verified at {time}")
            text = words.format(entries=count.format(n=f"{verdict.entries:,}"), time=at)
            advice = "; ".join(f"{f.where}: {f.what}" for f in verdict.findings)
            self.chain.setText(text)
            self.chain_icon.show_icon("status.ok", "ok")
            self.error.say(advice, tone="due")
        else:
            self.chain.setText(_("Verified at {time}: not whole").format(time=at))
            self.chain_icon.show_icon("status.error", "overdue")
            self.error.say(fault_words(grave[0].where, grave[0].what), tone="overdue")
        self.head.setText(verdict.head)

    @Slot()
    def _on_verified(self) -> None:
        self._verifying = None
        self.verify_button.allow()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.head.text())
        self.said.emit(_("The head of the journal was copied"))

    # ---- Export -------------------------------------------------------------------------------

    @Slot()
    def _on_export(self) -> None:
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Export the journal"), "journal.csv", "*.csv"
        )
        if path:
            self.export(Path(path))

    def export(self, path: Path) -> None:
        """Write the entries shown as CSV; entered in the journal as a disclosure first."""
        seen, workspace = self.seen, self.desk.workspace
        if seen is not None:
            self.desk.background(
                _("Export the journal"),
                lambda _progress: auditing.export(workspace, seen, path),
                self._on_exported,
            )

    @Slot(object)
    def _on_exported(self, path: Path) -> None:
        self.said.emit(_("Exported as {name}; this is logged").format(name=path.name))
        self.refresh()


def _operations() -> tuple[Option, ...]:
    acts = (Option(act.value, _(ACTS[act])) for act in Act)
    lookups = Option(LOOKUPS, _("Own and colleagues' names"))
    return (Option("", _("Every operation")), *acts, lookups)


def _read(
    reader: Reader, *, read: Callable[..., Seen], workspace: Workspace, query: AuditQuery, ref: str
) -> Answer:
    """Return what was read, or why it could not be: the page itself says so, in place."""
    try:
        return read(workspace, reader, query, ref)
    except DeskError as error:
        return error
