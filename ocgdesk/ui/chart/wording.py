"""Words typed in place: a box over the canvas, where the words will stand."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from ocgdesk.i18n import _
from ocgdesk.reports.drawing_parts import Area
from ocgdesk.ui import theme
from ocgdesk.ui.chart.view import View
from ocgdesk.ui.fonts import px

LEAST: Final = 150
LINE: Final = 34
LINES: Final = 110
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_PASSING: Final = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}


class InPlace(QPlainTextEdit):
    """Edits one text. Enter or a click elsewhere keeps it, Esc leaves it as it was.

    Where it may have several lines, Enter begins one and Ctrl+Enter keeps the text.
    """

    closed = Signal()

    def __init__(self, over: QWidget, view: Callable[[], View]) -> None:
        super().__init__(over)
        self._over, self._view = over, view
        self._area = Area(0.0, 0.0, 0.0, 0.0)
        self._then: Callable[[str], None] | None = None
        self._before = ""
        self._has_lines = False
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.Box)
        self.hide()
        theme.follow(self, self._dress)

    @property
    def is_open(self) -> bool:
        """Whether something is being typed."""
        return self._then is not None

    def open(
        self, area: Area, text: str, then: Callable[[str], None], *, name: str, lines: bool
    ) -> None:
        """Let a text be typed where it stands on the chart."""
        self.leave()
        self._area, self._before, self._has_lines = area, text, lines
        self.setAccessibleName(name)
        self.setPlaceholderText(_("Ctrl+Enter keeps it") if lines else name)
        self.setPlainText(text)
        self.selectAll()
        self._then = then
        self.follow()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self) -> None:
        """Stand where the words will stand, as the view is now."""
        if not self.is_open:
            return
        view, over = self._view(), self._over
        place = view.to_screen(self._area.x, self._area.y)
        wide = max(px(LEAST), round(self._area.width * view.zoom) + 24)
        high = max(px(LINES if self._has_lines else LINE), round(self._area.height * view.zoom))
        room = QPointF(over.width() - wide - 4.0, over.height() - high - 4.0)
        x, y = min(max(4.0, place.x()), room.x()), min(max(4.0, place.y()), room.y())
        self.setGeometry(round(x), round(y), wide, high)

    def leave(self, *, keep: bool = True) -> None:
        """Stop; what was typed is kept unless it is empty or was there before."""
        then, self._then = self._then, None
        if then is None:
            return
        text = self.toPlainText().strip()
        if self.hasFocus():
            self._over.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        if keep and text and text != self._before:
            then(text)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.leave(keep=False)
        elif event.key() in _ENTER and (control or not self._has_lines):
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.leave()

    def _dress(self) -> None:
        look = theme.current()
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {look.colours['surface']};"
            f" color: {look.colours['text']}; border: 2px solid {look.colours['accent']};"
            " border-radius: 4px; padding: 3px; }"
        )
