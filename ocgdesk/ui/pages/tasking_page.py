"""Tasking: who meets and decides what, requests to the gateway, what changed, caseload, lessons."""

import importlib
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.i18n import N_, _
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.pages.record_parts import SectionTabs
from ocgdesk.ui.pages.tasking_parts import TaskingPart
from ocgdesk.ui.widgets.buttons import primary
from ocgdesk.ui.widgets.headers import PageBody, PageHeader
from ocgdesk.ui.widgets.later import LaterStack

TITLES: Final = {
    "meetings": N_("Meetings"),
    "gateway": N_("Gateway"),
    "changes": N_("What changed"),
    "caseload": N_("Caseload"),
    "lessons": N_("Lessons"),
}
_PARTS: Final = {
    "meetings": ("tasking_meetings", "MeetingsPart"),
    "gateway": ("tasking_gateway", "GatewayPart"),
    "changes": ("tasking_changes", "ChangesPart"),
    "caseload": ("tasking_caseload", "CaseloadPart"),
    "lessons": ("tasking_lessons", "LessonsPart"),
}


class TaskingPage(Page):
    """One part at a time, each made when first shown; its main act stands at the top right."""

    icon = "page.tasking"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Tasking")
        self.header = PageHeader(self.title, " ")
        self.main = primary("", icon="action.add", key="Ctrl+N")
        self.header.add_action(self.main)
        self.tabs = SectionTabs()
        self.tabs.setAccessibleName(_("Parts of tasking"))
        self.stack = LaterStack()
        for number, (key, title) in enumerate(TITLES.items(), 1):
            self.tabs.add(key, _(title), f"Ctrl+{number}")
            self.stack.offer(key, partial(self._make, key))
            self._shortcut(f"Ctrl+{number}", partial(self.tabs.choose, key))
        for key in ("Ctrl+N", "Ctrl+E"):
            self._shortcut(key, partial(self._on_key, key))
        holder = PageBody(spacing=0, foot=0)
        holder.column.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(holder)
        column.addWidget(self.stack, 1)
        self.main.clicked.connect(self._on_main)
        self.tabs.chosen.connect(self._on_chosen)
        self.tabs.choose(_part_of(target))

    @property
    def part(self) -> TaskingPart:
        """The part that is shown."""
        now = self.stack.currentWidget()
        assert isinstance(now, TaskingPart)  # noqa: S101 - all parts are
        return now

    def arrive(self, target: Target) -> None:
        """Go to the part that is asked for now."""
        super().arrive(target)
        if target.tab:
            self.tabs.choose(_part_of(target))

    def refresh(self) -> None:
        self.part.refresh()

    def ready(self) -> bool:
        return self.part.ready()

    def leave(self) -> None:
        for key in self.stack.offered:
            if self.stack.has_made(key):
                part = self.stack.part(key)
                assert isinstance(part, TaskingPart)  # noqa: S101 - all parts are
                part.leave()

    def _shortcut(self, key: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _make(self, key: str, parent: QWidget) -> QWidget:
        module, name = _PARTS[key]
        loaded = importlib.import_module(f"ocgdesk.ui.pages.{module}")
        make: Callable[..., TaskingPart] = getattr(loaded, name)
        part = make(self.desk, parent)
        part.opened.connect(self._on_opened)
        part.said.connect(self.said)
        part.summed.connect(self._on_summed)
        part.gone.connect(self._on_gone)
        return part

    def _on_chosen(self, key: str) -> None:
        self.stack.go(key)
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
        if self.sender() is self.stack.currentWidget():
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


def _part_of(target: Target) -> str:
    return target.tab if target.tab in TITLES else "meetings"
