"""The focus line: 2 px with a gap of 1 px round whatever the keyboard acts on.

One transparent child of the window follows the focus, so that no widget has to reserve room for
it. Views and canvases that mark a cell or an item themselves set the property ``ownFocus``.
"""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ocgdesk.ui.widgets import marks

_REACH: Final = 3
_TYPED = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox)
_MOVES = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Hide,
    QEvent.Type.Show,
    QEvent.Type.Destroy,
}


class _Ring(QWidget):
    """The line itself, over everything, letting the mouse through."""

    def __init__(self, window: QWidget, radius: float) -> None:
        super().__init__(window)
        self._radius = radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        marks.focus_ring(painter, QRectF(self.rect()), self._radius + _REACH)
        painter.end()


class FocusLine(QObject):
    """Puts the line round the widget with the focus; made once by ``install``."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: _Ring | None = None
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._on_focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - any of them
        if event.type() in _MOVES:
            self._place()
        return False

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._leave()
        if new is not None and _wants_line(new):
            self._go(new)

    def _leave(self) -> None:
        for widget in self._watched:
            if isValid(widget):  # the focus also leaves what is being destroyed
                widget.removeEventFilter(self)
                widget.destroyed.disconnect(self._on_gone)
        self._watched = []
        self._target = None
        if self._ring is not None and isValid(self._ring):
            self._ring.destroyed.disconnect(self._on_ring_gone)
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None

    def _go(self, target: QWidget) -> None:
        self._target = target
        radius = target.property("focusRadius")
        self._ring = _Ring(
            target.window(), float(marks.RADIUS_CONTROL if radius is None else radius)
        )
        self._ring.destroyed.connect(self._on_ring_gone)
        widget: QWidget | None = target
        while widget is not None and widget is not target.window():
            widget.installEventFilter(self)
            widget.destroyed.connect(self._on_gone)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._place()

    def _place(self) -> None:
        if self._ring is None or self._target is None:
            return
        seen = _seen(self._target)
        whole = QRect(self._target.mapTo(self._target.window(), QPoint(0, 0)), self._target.size())
        self._ring.setGeometry(whole.adjusted(-_REACH, -_REACH, _REACH, _REACH))
        self._ring.setVisible(self._target.isVisible() and not seen.isEmpty())
        self._ring.raise_()

    def _on_gone(self) -> None:
        """Forget everything: what had the focus, or what it stood in, is being destroyed."""
        self._watched = []
        self._target = None
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()

    def _on_ring_gone(self) -> None:
        self._ring = None


def _wants_line(widget: QWidget) -> bool:
    """Say whether the line is shown: always where one types, elsewhere unless clicked there."""
    if widget.property("ownFocus") or isinstance(widget, QAbstractItemView):
        return False
    pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
    return isinstance(widget, _TYPED) or not pressed


def _seen(widget: QWidget) -> QRect:
    """Return the part of a widget not cut off by what it stands in, in window coordinates."""
    window = widget.window()
    seen = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        seen &= QRect(parent.mapTo(window, QPoint(0, 0)), parent.size())
        parent = parent.parentWidget()
    return seen


def install(app: QApplication) -> FocusLine:
    """Show the focus line in this application; calling it again returns the same one."""
    known = app.findChild(FocusLine)
    return known if known is not None else FocusLine(app)
