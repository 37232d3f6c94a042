"""The analysis page: measures, groups, paths, what if, change, what is shared, what was kept."""

import importlib
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.i18n import N_, _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import Page, Target
from ocgdesk.ui.pages.record_parts import SectionTabs
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.later import LaterStack

TITLES: Final = {
    "measures": N_("Measures"),
    "groups": N_("Groups"),
    "paths": N_("Paths"),
    "what-if": N_("What if"),
    "change": N_("Change"),
    "shared": N_("Shared"),
    "kept": N_("Kept results"),
}
_PARTS: Final = {
    "measures": ("analysis_page", "AnalysisPage"),
    "groups": ("groups_part", "GroupsPart"),
    "paths": ("paths_part", "PathsPart"),
    "what-if": ("what_if_part", "WhatIfPart"),
    "change": ("change_part", "ChangePart"),
    "shared": ("shared_part", "SharedPart"),
    "kept": ("kept_part", "KeptPart"),
}


class AnalysisPlace(Page):
    """One part at a time, each made when first shown; all ask of the same part of the register."""

    icon = "page.analysis"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Analysis")
        self.tabs = SectionTabs()
        self.tabs.setAccessibleName(_("Parts of the analysis"))
        self.stack = LaterStack()
        for number, (key, title) in enumerate(TITLES.items(), 1):
            self.tabs.add(key, _(title), f"Ctrl+{number}")
            self.stack.offer(key, partial(self._make, key))
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(partial(self.tabs.choose, key))
        holder = PageBody(spacing=0, foot=0)
        holder.column.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        column.addWidget(holder)
        column.addWidget(self.stack, 1)
        self.tabs.chosen.connect(self._on_chosen)
        self.tabs.choose(_part_of(target))

    @property
    def part(self) -> Page:
        """The part that is shown."""
        now = self.stack.currentWidget()
        assert isinstance(now, Page)  # noqa: S101 - parts are pages
        return now

    def arrive(self, target: Target) -> None:
        """Go to the part that is asked for now."""
        super().arrive(target)
        if target.tab:
            self.tabs.choose(_part_of(target))
            self.part.arrive(target)

    def refresh(self) -> None:
        self.part.refresh()

    def ready(self) -> bool:
        return self.part.ready()

    def leave(self) -> None:
        for key in self.stack.offered:
            if self.stack.has_made(key):
                part = self.stack.part(key)
                assert isinstance(part, Page)  # noqa: S101 - parts are pages
                part.leave()

    def inspector(self) -> QWidget | None:
        return self.part.inspector()

    def _make(self, key: str, parent: QWidget) -> QWidget:
        module, name = _PARTS[key]
        loaded = importlib.import_module(f"ocgdesk.ui.pages.{module}")
        make: Callable[..., Page] = getattr(loaded, name)
        part = make(self.desk, self.target, parent)
        part.opened.connect(self.opened)
        part.said.connect(self.said)
        part.inspected.connect(self._on_inspected)
        part.told.connect(self._on_told)
        return part

    def _on_chosen(self, key: str) -> None:
        self.stack.go(key)
        self.inspected.emit(self.part.inspector())
        self.told.emit(())

    def _on_inspected(self, panel: QWidget | None) -> None:
        """Hand on what the part that is shown says; a hidden one still computing is not heard."""
        if self.sender() is self.stack.currentWidget():
            self.inspected.emit(panel)

    def _on_told(self, texts: object) -> None:
        if self.sender() is self.stack.currentWidget():
            self.told.emit(texts)


def _part_of(target: Target) -> str:
    """Return which part a target names: what stands behind a colon is for the part itself."""
    return target.tab.partition(":")[0] or "measures"
