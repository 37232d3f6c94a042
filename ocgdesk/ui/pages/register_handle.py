"""The small square at the corner of the cells selected: dragged down it fills the cells below."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.pages import register_blocks
from ocgdesk.ui.pages.register_blocks import Block

_SIDE: Final = 9


class _Reach(QWidget):
    """The edge round the cells that a drag would fill."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        pen = painter.pen()
        pen.setColor(theme.current().qcolour("accent"))
        pen.setWidth(2)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


class FillHandle(QWidget):
    """Stands at the lower right corner of the one block that is selected.

    ``filled`` gives the block and the last row it was drawn down to.
    """

    filled = Signal(object, int)

    def __init__(self, table: QTableView) -> None:
        super().__init__(table.viewport())
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setToolTip(_("Drag down to fill the cells below (Ctrl+D)"))
        self.setAccessibleName(_("Fill handle"))
        self.allows: Callable[[Block], bool] = _nowhere
        """Whether the cells of a block can be filled from."""
        self._table = table
        self._reach = _Reach(table.viewport())
        self._block: Block | None = None
        self._last = -1
        self.hide()
        theme.follow(self, self.settle)

    @property
    def is_held(self) -> bool:
        """Whether it is being dragged."""
        return self._last >= 0

    def settle(self) -> None:
        """Stand at the corner of what is selected now; go where there is no single block."""
        self.setFixedSize(px(_SIDE), px(_SIDE))
        idle = not self.is_held and self._table.model() is not None
        blocks = register_blocks.of_view(self._table) if idle else ()
        fits = len(blocks) == 1 and self.allows(blocks[0])
        self._block = blocks[0] if fits else None
        corner = self._corner()
        self.setVisible(corner is not None)
        if corner is not None:
            self.move(corner - QPoint(self.width() - 1, self.height() - 1))
            self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._block is not None and event.button() == Qt.MouseButton.LeftButton:
            self._last = self._block.bottom

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.is_held or self._block is None:
            return
        spot = self._table.viewport().mapFromGlobal(event.globalPosition().toPoint())
        self._scroll(spot)
        row = self._table.rowAt(spot.y())
        if row < 0:
            row = self._table.model().rowCount() - 1 if spot.y() > 0 else self._block.bottom
        self._last = max(row, self._block.bottom)
        self._show_reach()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - any end is the end
        block, last = self._block, self._last
        self.drop()
        if block is not None and last > block.bottom:
            self.filled.emit(block, last)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_held and event.key() == Qt.Key.Key_Escape:
            self.drop()
            return
        super().keyPressEvent(event)

    def drop(self) -> None:
        """Fill nothing."""
        self._last = -1
        self._reach.hide()
        self.settle()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.qcolour("surface"))
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), look.qcolour("accent"))
        painter.end()

    def _corner(self) -> QPoint | None:
        if self._block is None:
            return None
        box = self._cell(self._block.bottom, self._block.columns[-1])
        inside = self._table.viewport().rect().contains(box.bottomRight() - QPoint(px(_SIDE), 0))
        return box.bottomRight() if inside else None

    def _cell(self, row: int, column: int) -> QRect:
        return self._table.visualRect(self._table.model().index(row, column))

    def _scroll(self, spot: QPoint) -> None:
        """Go on down or up where the drag leaves the table."""
        bar, high = self._table.verticalScrollBar(), self._table.viewport().height()
        if not 0 <= spot.y() < high:
            bar.setValue(bar.value() + px(16) * (1 if spot.y() > 0 else -1))

    def _show_reach(self) -> None:
        block = self._block
        if block is None or self._last <= block.bottom:
            self._reach.hide()
            return
        first = self._cell(block.top, block.columns[0])
        box = first.united(self._cell(self._last, block.columns[-1]))
        self._reach.setGeometry(box)
        self._reach.show()
        self._reach.raise_()


def _nowhere(_block: Block) -> bool:
    return False
