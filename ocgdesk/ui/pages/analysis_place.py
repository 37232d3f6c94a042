"""The analysis page: measures, groups, paths, what if, change, what is shared, what was kept."""

from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ocgdesk.i18n import N_, _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import Page, Target
from ocgdesk.ui.pages.parted import PartedPage, PartOf

PARTS: Final = {
    "measures": PartOf(N_("Measures"), "analysis_page", "AnalysisPage"),
    "groups": PartOf(N_("Groups"), "groups_part", "GroupsPart"),
    "paths": PartOf(N_("Paths"), "paths_part", "PathsPart"),
    "what-if": PartOf(N_("What if"), "what_if_part", "WhatIfPart"),
    "change": PartOf(N_("Change"), "change_part", "ChangePart"),
    "shared": PartOf(N_("Shared"), "shared_part", "SharedPart"),
    "kept": PartOf(N_("Kept results"), "kept_part", "KeptPart"),
}


class AnalysisPlace(PartedPage):
    """One part at a time, each made when first shown; all ask of the same part of the register."""

    icon = "page.analysis"
    PARTS: ClassVar = PARTS
    REACH: ClassVar = Qt.ShortcutContext.WindowShortcut  # from the inspector too

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Analysis")
        self._build(_("Parts of the analysis"), above=6)

    @property
    def part(self) -> Page:
        """The part that is shown."""
        now = self.stack.currentWidget()
        assert isinstance(now, Page)  # noqa: S101 - parts are pages
        return now

    def arrive(self, target: Target) -> None:
        """Go to the part that is asked for now, and tell it."""
        super().arrive(target)
        if target.tab:
            self.part.arrive(target)

    def inspector(self) -> QWidget | None:
        return self.part.inspector()

    def _make(self, key: str, parent: QWidget) -> QWidget:
        part: Page = self.PARTS[key].load()(self.desk, self.target, parent)
        part.opened.connect(self.opened)
        part.said.connect(self.said)
        part.inspected.connect(self._on_inspected)
        part.told.connect(self._on_told)
        return part

    def _on_chosen(self, key: str) -> None:
        super()._on_chosen(key)
        self.inspected.emit(self.part.inspector())
        self.told.emit(())

    def _on_inspected(self, panel: QWidget | None) -> None:
        if self._is_shown(self.sender()):
            self.inspected.emit(panel)

    def _on_told(self, texts: object) -> None:
        if self._is_shown(self.sender()):
            self.told.emit(texts)
