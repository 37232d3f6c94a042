"""Tasking: who meets and decides what, requests to the gateway, what changed, caseload, lessons."""

from functools import partial
from typing import ClassVar, Final

from PySide6.QtWidgets import QWidget

from ocgdesk.i18n import N_, _
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.parted import PartedPage, PartOf
from ocgdesk.ui.pages.tasking_parts import TaskingPart
from ocgdesk.ui.widgets.buttons import primary
from ocgdesk.ui.widgets.headers import PageHeader

PARTS: Final = {
    "meetings": PartOf(N_("Meetings"), "tasking_meetings", "MeetingsPart"),
    "gateway": PartOf(N_("Gateway"), "tasking_gateway", "GatewayPart"),
    "changes": PartOf(N_("What changed"), "tasking_changes", "ChangesPart"),
    "caseload": PartOf(N_("Caseload"), "tasking_caseload", "CaseloadPart"),
    "lessons": PartOf(N_("Lessons"), "tasking_lessons", "LessonsPart"),
}


class TaskingPage(PartedPage):
    """One part at a time, each made when first shown; its main act stands at the top right."""

    icon = "page.tasking"
    PARTS: ClassVar = PARTS

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Tasking")
        self.header = PageHeader(self.title, " ")
        self.main = primary("", icon="action.add", key="Ctrl+N")
        self.header.add_action(self.main)
        for key in ("Ctrl+N", "Ctrl+E"):
            self._shortcut(key, partial(self._on_key, key))
        self.main.clicked.connect(self._on_main)
        self._build(_("Parts of tasking"), self.header)

    @property
    def part(self) -> TaskingPart:
        """The part that is shown."""
        now = self.stack.currentWidget()
        assert isinstance(now, TaskingPart)  # noqa: S101 - all parts are
        return now

    def _make(self, key: str, parent: QWidget) -> QWidget:
        part: TaskingPart = self.PARTS[key].load()(self.desk, parent)
        part.opened.connect(self._on_opened)
        part.said.connect(self.said)
        part.summed.connect(self._on_summed)
        part.gone.connect(self._on_gone)
        return part

    def _on_chosen(self, key: str) -> None:
        super()._on_chosen(key)
        part = self.part
        self.header.set_subtitle(part.summary() or " ")
        self.main.setVisible(bool(part.verb()))
        self.main.set_label(part.verb(), icon=part.ICON, key=part.KEY)
        why = "" if part.KEY == "Ctrl+E" else part.refused
        if why:
            self.main.refuse(why)
        else:
            self.main.allow()

    def _on_summed(self, said: str) -> None:
        if self._is_shown(self.sender()):
            self.header.set_subtitle(said or " ")

    def _on_main(self) -> None:
        self.part.act_first()

    def _on_key(self, key: str) -> None:
        if self.part.verb() and key == self.part.KEY and self.main.isEnabled():
            self.part.act_first()

    def _on_opened(self, of: Brief) -> None:
        self.opened.emit(Target(page=PageKind.RECORD, kind=of.kind, id=of.id), False)

    def _on_gone(self, target: Target) -> None:
        self.opened.emit(target, False)
