"""The menu of a chart: what can be done with what is selected."""

from typing import Final
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ocgdesk.i18n import N_, _

_ONE: Final = {"open": (N_("Open record"), "Enter"), "expand": (N_("Expand"), "E")}
_LINK: Final = {"open": (N_("Edit link"), "Enter")}
_SOME: Final = {
    "pin": (N_("Pin in place"), ""),
    "unpin": (N_("Unpin"), ""),
    "hide": (N_("Hide"), "H"),
    "remove": (N_("Remove from chart"), "Del"),
}
_LOOK: Final = {"analyse": (N_("Analyse these and what is round them"), "")}
_ALWAYS: Final = {
    "photographs": (N_("Show photographs, or not"), ""),
    "fit": (N_("Fit all"), "F"),
}


class ItemMenu(QMenu):
    """Acts on the items selected; it is gone once it has been used."""

    chosen = Signal(str, object)
    """One of open, expand, pin, unpin, hide, remove, analyse, photographs, fit; and the ids."""

    def __init__(
        self,
        ids: tuple[UUID, ...],
        *,
        pinned: bool,
        parent: QWidget,
        link: UUID | None = None,
    ) -> None:
        super().__init__(parent)
        self._ids = (link,) if link is not None else ids
        if link is not None or len(ids) == 1:
            self._offer(_ONE if link is None else _LINK)
            self.addSeparator()
        if ids and link is None:
            left_out = "pin" if pinned else "unpin"
            self._offer({name: words for name, words in _SOME.items() if name != left_out})
            self.addSeparator()
            self._offer(_LOOK)
        self._offer(_ALWAYS)
        self.triggered.connect(self._on_triggered)
        self.aboutToHide.connect(self.deleteLater)

    def _offer(self, acts: dict[str, tuple[str, str]]) -> None:
        # The keys are the canvas's own: here they are only printed.
        for name, (words, key) in acts.items():
            action = self.addAction(f"{_(words)}\t{key}" if key else _(words))
            action.setData(name)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()), self._ids)
