"""The reminder centre: what is due, what was put off, what came up to the coordinator."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.casework import reminder_papers, reminders
from ocgdesk.casework.reminders import Reminder, Reminders
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right, Role
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.store.work import Work
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.case_dialog import Form, asked
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, DisclosureDialog, documents_folder
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import reminders_tables
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.pages.record_case_parts import Asking
from ocgdesk.ui.plan import looks
from ocgdesk.ui.widgets.buttons import primary
from ocgdesk.ui.widgets.cards import Scroller
from ocgdesk.ui.widgets.headers import PageBody, PageHeader
from ocgdesk.ui.widgets.notes import ErrorBanner

_TOUCHING: Final = (
    *(Kind.SNOOZE, Kind.ACTION, Kind.PLAN, Kind.OCG, Kind.ASSIGNMENT),
    *(Kind.CHECK_BACK, Kind.THREAT_WARNING, Kind.CUSTODY),
)


class RemindersPage(AskingPage):
    """Three lists: now, put off, and, for a coordinator, what came up."""

    icon = "page.reminders"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Reminders")
        self.found: Reminders | None = None
        self.asking = Asking(desk, self)
        self._build()
        self._wire()
        self.refresh()

    def question(self) -> Question:
        return partial(
            reminders.read,
            agency=self.desk.workspace.about.agency,
            today=self.desk.today(),
            after_days=self.desk.settings.escalate_after_days,
        )

    def _build(self) -> None:
        today = self.desk.today()
        self.header = PageHeader(self.title, " ")
        self.export = primary(_("Export calendar"), icon="action.export", key="Ctrl+E")
        self.header.add_action(self.export)
        if not self.desk.may(Right.EXPORT):
            self.export.refuse(_("Your roles do not allow this."))
        self.note = ErrorBanner(parent=self)
        body = PageBody(spacing=20)
        body.column.addWidget(self.note)
        self.sections = {
            "escalated": reminders_tables.escalated_section(today),
            "now": reminders_tables.now_section(today),
            "later": reminders_tables.later_section(today),
        }
        for section in self.sections.values():
            body.column.addWidget(section)
            section.refuse(looks.refusal(self.desk))
            section.opened.connect(self._on_opened)
            section.acted.connect(self._on_acted)
        body.column.addStretch(1)
        self.sections["escalated"].setVisible(Role.COORDINATOR in self.desk.user.roles)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Scroller(body), 1)

    def _wire(self) -> None:
        self.export.clicked.connect(self._on_export)
        self.note.acted.connect(self.refresh)
        self.desk.changed.connect(self._on_changed)
        shortcut = QShortcut(QKeySequence("Ctrl+E"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_export)

    def show_answer(self, found: Reminders) -> None:
        self.found = found
        self.note.say("")
        for key in self.sections:
            self.sections[key].show_rows(getattr(found, key))
        days = self.desk.settings.escalate_after_days
        note = _("given to you, or over for {n} days").format(n=days)
        if found.escalated:
            self.sections["escalated"].heading.set_note(f"{len(found.escalated):,} · {note}")
        self.header.set_subtitle(summary(found, self.desk))

    def show_failure(self, error: DeskError) -> None:
        self.note.say(f"{str(error).rstrip('.')}.", _("Try again"))

    def _on_opened(self, row: Reminder) -> None:
        if row.of.kind is Kind.OCG:
            self.opened.emit(Target(page=PageKind.PLAN, id=row.of.id), False)
        else:
            target = Target(page=PageKind.RECORD, kind=row.of.kind, id=row.of.id)
            self.opened.emit(target, False)

    def _on_acted(self, key: str, row: Any) -> None:
        acts: dict[str, Callable[[Reminder], None]] = {
            "tomorrow": partial(self._put_off, days=1),
            "week": partial(self._put_off, days=7),
            "until": self._ask_until,
            "escalate": self._escalate,
            "wake": self._wake,
            "settle": self._settle,
        }
        if isinstance(row, Reminder):
            acts[key](row)

    def _do(self, label: str, act: Callable[[Work], Any]) -> None:
        self.desk.do(label, act, right=Right.PLAN)

    def _put_off(self, row: Reminder, *, days: int) -> None:
        today = self.desk.today()
        until = today + timedelta(days=days)
        act = partial(reminders.snooze, about=row.what.id, until=until, today=today)
        self._do("Put reminder off", act)

    def _ask_until(self, row: Reminder) -> None:
        today = self.desk.today()
        form = Form(
            title=_("Put off: {what}").format(what=row.title),
            accept=_("Put off"),
            note=_("For you alone; the due date stays, and others are reminded as before."),
            questions=(
                asked(_("Until"), "until", FieldType.DAY, required=True,
                      value=today + timedelta(days=14)),
                asked(_("Why"), "reason", wide=True),
            ),
        )  # fmt: skip

        def act(work: Work, said: dict[str, Any]) -> None:
            reminders.snooze(work, row.what.id, said["until"], reason=said["reason"], today=today)

        self.asking.ask(form, "Put reminder off", act)

    def _escalate(self, row: Reminder) -> None:
        today = self.desk.today()
        form = Form(
            title=_("Give to the coordinator: {what}").format(what=row.title),
            accept=_("Give to coordinator"),
            questions=(
                asked(_("What is the coordinator to do?"), "reason", required=True, wide=True),
            ),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            reminders.escalate(work, row.what.id, reason=said["reason"], today=today)

        self.asking.ask(form, "Escalate reminder", act)

    def _wake(self, row: Reminder) -> None:
        self._do("Remind again", partial(reminders.wake, about=row.what.id))

    def _settle(self, row: Reminder) -> None:
        self._do("Settle escalation", partial(reminders.settle, about=row.what.id))

    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(*_TOUCHING):
            self.ask_again()

    # ---- The calendar ---------------------------------------------------------------------------

    def _on_export(self) -> None:
        found = self.found
        if found is None or not found.now or not self.export.isEnabled():
            return
        about, count = self.desk.workspace.about, len(found.now)
        dialog = DisclosureDialog(
            ngettext("{n} reminder, by reference", "{n} reminders, by reference", count).format(
                n=f"{count:,}"
            ),
            documents_folder() / f"due-{self.desk.today():%Y-%m-%d}.ics",
            marking=about.marking.value,
            synthetic=about.synthetic,
            title=_("Export calendar"),
            formats=((reminder_papers.FORMAT, _("Calendar")),),
            parent=self,
        )
        dialog.accepted.connect(partial(self._on_asked, dialog, found.now))
        dialog.open()

    def _on_asked(self, dialog: DisclosureDialog, rows: tuple[Reminder, ...]) -> None:
        if dialog.disclosure is not None:
            task = partial(self._write, rows, dialog.disclosure)
            self.desk.background(_("Export calendar"), task, self._on_written)

    def _write(self, rows: tuple[Reminder, ...], asked_: Disclosure, _progress: Progress) -> Path:
        reminder_papers.to_file(
            self.desk.workspace,
            rows,
            asked_.path,
            now=datetime.now(LONDON),
            recipient=asked_.recipient,
            reason=asked_.reason,
        )
        return asked_.path

    def _on_written(self, path: Path) -> None:
        self.said.emit(_("The calendar was written to {name}.").format(name=path.name))


def summary(found: Reminders, desk: Desk) -> str:
    """Return how many reminders there are, and how many of them are overdue."""
    now, late = len(found.now), found.overdue(desk.today())
    said = ngettext("{n} reminder", "{n} reminders", now).format(n=f"{now:,}")
    over = _("{n} overdue").format(n=f"{late:,}")
    basis = _("what you own or answer for, and what is due in cases, a week ahead")
    return " · ".join((said, over, basis))
