"""Small things side by side, as many in a row as there is room for."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_GAP = 6


class Flow(QWidget):
    """Lays out its parts from left to right in rows; it is as high as its rows are.

    A part that is shown, hidden or wants another size makes room by itself.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_parts(self, parts: list[QWidget]) -> None:
        """Show these instead of what was there."""
        for old in self.parts:
            old.hide()
            old.deleteLater()
        self.parts = []
        for part in parts:
            self.add(part)
        self.seat()

    def add(self, part: QWidget) -> None:
        """Put one more part after the others."""
        self.parts.append(part)
        part.setParent(self)
        part.show()
        self.seat()

    def event(self, event: QEvent) -> bool:
        # Qt asks whoever has no layout of Qt's own. A filter on each part would do as well, but
        # is asked even while part and flow are being destroyed, which ends the program.
        if event.type() is QEvent.Type.LayoutRequest:
            self.seat()
        return super().event(event)

    def seat(self) -> None:
        """Seat the parts anew: one was hidden or shown."""
        self._place(self.width())
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(sum(part.sizeHint().width() + _GAP for part in self.parts), self._height())

    def minimumSizeHint(self) -> QSize:
        widest = max((part.sizeHint().width() for part in self.parts), default=0)
        return QSize(widest, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(event.size().width())
        self.updateGeometry()

    def _height(self) -> int:
        return self._place(self.width(), move=False)

    def _place(self, width: int, *, move: bool = True) -> int:
        """Put the parts in rows of this width; return how high the rows are together."""
        left = top = row = 0
        for part in self.parts:
            if part.isHidden():
                continue
            wanted = part.sizeHint()
            if left and left + wanted.width() > width:
                left, top = 0, top + row + _GAP
                row = 0
            if move:
                part.setGeometry(left, top, min(wanted.width(), max(width, 1)), wanted.height())
            left += wanted.width() + _GAP
            row = max(row, wanted.height())
        return top + row
