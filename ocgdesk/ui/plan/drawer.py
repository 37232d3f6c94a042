"""A panel at the right of a page that one works in while the page stays in sight."""

from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.plan.editor import ActionEditor

WIDE: Final = 340
_LEAST: Final = 860
"""A page narrower than this beside the panel is laid under it instead."""


class Drawer(QWidget):
    """A page, and a panel beside it, or over it where there is no room."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self.panel: QWidget | None = None
        content.setParent(self)
        theme.follow(self, self._arrange)

    def is_held(self) -> bool:
        """Tell whether unsaved writing keeps the panel; if so it says so itself."""
        if isinstance(self.panel, ActionEditor) and self.panel.is_dirty():
            self.panel.hold()
            return True
        return False

    def open(self, panel: QWidget) -> None:
        """Show this panel; the one before is deleted."""
        self.shut()
        self.panel = panel
        panel.setParent(self)
        self._arrange()
        panel.show()
        panel.raise_()

    def shut(self) -> None:
        """Put the panel away."""
        old, self.panel = self.panel, None
        if old is not None:
            old.hide()
            old.deleteLater()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide, high = self.width(), self.height()
        taken = 0 if self.panel is None else min(px(WIDE), wide)
        if self.panel is not None:
            self.panel.setGeometry(QRect(wide - taken, 0, taken, high))
        beside = wide - taken if wide - taken >= px(_LEAST) else wide
        self.content.setGeometry(QRect(0, 0, beside, high))
