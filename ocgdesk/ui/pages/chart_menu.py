"""The menu of a chart: what can be done with what is selected."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from ocgdesk.i18n import _


class ItemMenu(QMenu):
    """Acts on the items selected; it is gone once it has been used."""

    opened = Signal(object)
    expanded = Signal(object)
    pin_chosen = Signal(bool)
    hiding = Signal()
    removed = Signal(object)
    """The ids to take off the chart; their records stay."""
    fitted = Signal()

    def __init__(self, ids: tuple[UUID, ...], *, pinned: bool, parent: QWidget) -> None:
        super().__init__(parent)
        if len(ids) == 1:
            self._offer(_("Open record"), "Enter", partial(self.opened.emit, ids[0]))
            self._offer(_("Expand"), "E", partial(self.expanded.emit, ids[0]))
            self.addSeparator()
        if ids:
            words = _("Unpin") if pinned else _("Pin in place")
            self._offer(words, "", partial(self.pin_chosen.emit, not pinned))
            self._offer(_("Hide"), "H", self.hiding.emit)
            self._offer(_("Remove from chart"), "Del", partial(self.removed.emit, ids))
            self.addSeparator()
        self._offer(_("Fit all"), "F", self.fitted.emit)
        self.aboutToHide.connect(self.deleteLater)

    def _offer(self, words: str, key: str, act: Callable[[], object]) -> None:
        # The keys are the canvas's own: here they are only printed.
        action = self.addAction(f"{words}\t{key}" if key else words)
        action.triggered.connect(lambda _checked=False: act())
