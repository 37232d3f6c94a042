"""A histogram beside the chart: a bar for each value of a field; a click filters by it."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocgdesk.casework.chart_histogram import Bar, Histogram
from ocgdesk.domain.chart_tests import Test
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets import marks

ROW: Final = 24
WORDS: Final = 0.42
"""Of the width, for what a bar stands for."""
COUNT: Final = 44
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_CHOOSE: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class HistogramBars(QWidget):
    """Bars with words and counts. Click, or arrows and Enter, chooses one; Shift takes more."""

    chosen = Signal(object, bool)
    """The Test of a bar, and whether it is to be added to those chosen before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: tuple[Bar, ...] = ()
        self._in_force: frozenset[Test] = frozenset()
        self._current = 0
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def show_histogram(self, found: Histogram, in_force: frozenset[Test]) -> None:
        """Show how a field is spread; bars whose test is a filter now are marked."""
        self.bars, self._in_force = found.bars, in_force
        self._current = min(self._current, max(0, len(self.bars) - 1))
        self.setAccessibleName(_("Histogram of {field}").format(field=found.asked.words))
        self._describe()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, len(self.bars) * px(ROW))

    def _describe(self) -> None:
        said = [f"{bar.words} {bar.n:,}" for bar in self.bars]
        self.setAccessibleDescription(", ".join(said))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self._current = at
            self._choose(more=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._at(event.position())
        if self._hover >= 0:
            bar = self.bars[self._hover]
            n = ngettext("{n} on this chart", "{n} on this chart", bar.n).format(n=f"{bar.n:,}")
            self.setToolTip(f"{bar.words}: {n}. " + _("Click shows only these, Shift adds."))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if step := _STEPS.get(key):
            self._current = min(max(0, self._current + step), max(0, len(self.bars) - 1))
            self.update()
        elif key in _CHOOSE and self.bars:
            self._choose(more=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _choose(self, *, more: bool) -> None:
        self.chosen.emit(self.bars[self._current].test, more)

    def _at(self, place: QPointF) -> int:
        at = int(place.y() // px(ROW))
        return at if 0 <= at < len(self.bars) else -1

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        most = max((bar.n for bar in self.bars), default=1)
        for at, bar in enumerate(self.bars):
            row = QRectF(0, at * px(ROW), self.width(), px(ROW))
            self._paint_bar(painter, row, bar, bar.n / most, at)
        painter.end()

    def _paint_bar(self, painter: QPainter, row: QRectF, bar: Bar, share: float, at: int) -> None:
        look, is_on = theme.current(), bar.test in self._in_force
        if at == self._hover:
            painter.fillRect(row, look.qcolour("hover"))
        words = QRectF(row.left(), row.top(), row.width() * WORDS - 8, row.height())
        marks.text(painter, words, bar.words, fonts.small(), "text" if is_on else "text.2")
        room = row.width() * (1 - WORDS) - px(COUNT)
        drawn = QRectF(words.right() + 8, row.top() + 5, max(2.0, room * share), row.height() - 10)
        painter.fillRect(drawn, look.qcolour("accent" if is_on else "control"))
        count = QRectF(row.right() - px(COUNT), row.top(), px(COUNT), row.height())
        painter.setPen(look.qcolour("text.3"))
        painter.setFont(fonts.small())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(count, int(right), f"{bar.n:,}")
        if at == self._current and self.hasFocus():
            painter.setPen(look.qcolour("focus"))
            painter.drawRect(row.adjusted(0.5, 0.5, -1.5, -1.5))
