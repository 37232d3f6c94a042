"""The time bar: how much there is in each month, and a brush that says which days are shown."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocgdesk.domain.dates import MONTHS
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports.timeline_axis import month_of
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets import marks

HIGH: Final = 60
FOOT: Final = 17
"""Below the bars, for years and months."""
SIDE: Final = 8
NEAR: Final = 6
"""So near its edge the brush is resized rather than moved."""
_MONTH: Final = 34
"""From this width of a month on, months are named."""

Months = Sequence[tuple[date, int]]
Brushed = tuple[date, date] | None


class TimeBar(QWidget):
    """Bars by month. Drag makes a brush; its edges resize it, its middle moves it."""

    brushed = Signal(object)
    """The first and the last day of the brush, or None where it was taken away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months: tuple[tuple[date, int], ...] = ()
        self._brush: tuple[int, int] | None = None
        """Places of the first and the last month in it."""
        self._grip: tuple[str, int, tuple[int, int]] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Time bar"))
        theme.follow(self, self.updateGeometry)

    @property
    def months(self) -> tuple[tuple[date, int], ...]:
        """What is counted by month."""
        return self._months

    @property
    def brush(self) -> Brushed:
        """The first and the last day of the brush."""
        if self._brush is None:
            return None
        first, last = (self._months[at][0] for at in self._brush)
        return first, month_of(last)[1]

    def show_months(self, months: Months) -> None:
        """Show other counts; the brush keeps its days as far as they are still there."""
        before, self._months = self.brush, tuple(months)
        self._brush = None
        if before is not None and self._months:
            self._brush = self._places(*before)
        self._describe()
        self.update()

    def set_brush(self, first: date, last: date) -> None:
        """Put the brush over these days."""
        if self._months:
            self._put(self._places(first, last))

    def show_brush(self, days: Brushed) -> None:
        """Put the brush over these days, or take it away, without telling anybody."""
        self._brush = self._places(*days) if days is not None and self._months else None
        self._describe()
        self.update()

    def clear(self) -> None:
        """Take the brush away."""
        self._put(None)

    def words(self) -> str:
        """Return what is brushed, in words."""
        return "" if self._brush is None else " – ".join(dict.fromkeys(self._named(self._brush)))

    def _named(self, brush: tuple[int, int]) -> list[str]:
        return [_month_words(self._months[at][0]) for at in brush]

    def _places(self, first: date, last: date) -> tuple[int, int] | None:
        inside = [at for at, (day, _n) in enumerate(self._months) if first <= month_of(day)[1]]
        inside = [at for at in inside if self._months[at][0] <= last]
        return (inside[0], inside[-1]) if inside else None

    def _put(self, brush: tuple[int, int] | None) -> None:
        if brush == self._brush:
            return
        self._brush = brush
        self._describe()
        self.update()
        self.brushed.emit(self.brush)

    def _describe(self) -> None:
        total = sum(n for _day, n in self._months)
        told = ngettext("{n:,} dated", "{n:,} dated", total).format(n=total)
        self.setAccessibleDescription(", ".join(part for part in (self.words(), told) if part))

    def sizeHint(self) -> QSize:
        return QSize(320, px(HIGH))

    # ---- Mouse and keys ------------------------------------------------------------------------

    def _step(self) -> float:
        return (self.width() - 2 * px(SIDE)) / max(1, len(self._months))

    def _x(self, at: float) -> float:
        return px(SIDE) + at * self._step()

    def _at(self, place: QPointF) -> int:
        at = int((place.x() - px(SIDE)) // max(self._step(), 0.1))
        return min(max(at, 0), len(self._months) - 1)

    def _part(self, place: QPointF) -> str:
        """Return which part of the brush is met there: an end, its middle, or none."""
        if self._brush is None:
            return ""
        left, right = self._x(self._brush[0]), self._x(self._brush[1] + 1)
        for name, edge in (("first", left), ("last", right)):
            if abs(place.x() - edge) <= px(NEAR):
                return name
        return "whole" if left < place.x() < right else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._months:
            return
        at, part = self._at(event.position()), self._part(event.position())
        if not part:
            self._put((at, at))
            part = "new"
        self._grip = part, at, self._brush or (at, at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            self._shape_cursor(event.position())
            return
        part, start, (first, last) = self._grip
        at = self._at(event.position())
        match part:
            case "first":
                self._put((min(at, last), last))
            case "last":
                self._put((first, max(at, first)))
            case "whole":
                self._put(self._shifted((first, last), at - start))
            case _:
                self._put((min(start, at), max(start, at)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        del event
        self._grip = None
        self.clear()

    def _shape_cursor(self, place: QPointF) -> None:
        part = self._part(place)
        if part in {"first", "last"}:
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.setCursor(Qt.CursorShape.OpenHandCursor if part else Qt.CursorShape.CrossCursor)

    def _shifted(self, brush: tuple[int, int], by: int) -> tuple[int, int]:
        by = min(max(by, -brush[0]), len(self._months) - 1 - brush[1])
        return brush[0] + by, brush[1] + by

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self._months) - 1
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
        if not self._months:
            super().keyPressEvent(event)
        elif step:
            self._by_key(step, event.modifiers())
        elif key == Qt.Key.Key_Home:
            self._put((0, self._brush[1] if self._brush else 0))
        elif key == Qt.Key.Key_End:
            self._put((self._brush[0] if self._brush else last, last))
        elif key == Qt.Key.Key_Escape and self._brush is not None:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _by_key(self, step: int, modifiers: Qt.KeyboardModifier) -> None:
        """Move the brush by a month; Shift moves its end, Ctrl its beginning."""
        last = len(self._months) - 1
        if self._brush is None:
            self._put((last, last))
            return
        first, end = self._brush
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._put((first, min(max(end + step, first), last)))
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self._put((min(max(first + step, 0), end), end))
        else:
            self._put(self._shifted(self._brush, step))

    # ---- Painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look = QPainter(self), theme.current()
        base = self.height() - px(FOOT)
        if self._months:
            self._paint_brush(painter, base)
            self._paint_bars(painter, base)
            self._paint_years(painter, base)
        painter.setPen(look.qcolour("line.2"))
        painter.drawLine(0, base, self.width(), base)
        if self.hasFocus():
            painter.setPen(QPen(look.qcolour("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()

    def _paint_brush(self, painter: QPainter, base: int) -> None:
        if self._brush is None:
            return
        look = theme.current()
        left, right = self._x(self._brush[0]), self._x(self._brush[1] + 1)
        painter.fillRect(QRectF(left, 2, right - left, base - 2), look.qcolour("selected"))
        painter.setPen(QPen(look.qcolour("accent"), 2))
        for edge in (left, right):
            painter.drawLine(QPointF(edge, 3), QPointF(edge, base))
            grip = QRectF(edge - 2.5, (base - px(14)) / 2, 5, px(14))
            painter.fillRect(grip, look.qcolour("accent"))

    def _paint_bars(self, painter: QPainter, base: int) -> None:
        most, look = max(n for _day, n in self._months) or 1, theme.current()
        chosen = range(self._brush[0], self._brush[1] + 1) if self._brush else ()
        wide = max(1.0, self._step() - (2 if self._step() > 5 else 0))
        for at, (_day, n) in enumerate(self._months):
            if n:
                high = max(2.0, (base - 10) * n / most)
                role = "accent" if at in chosen else "control"
                painter.fillRect(QRectF(self._x(at), base - high, wide, high), look.qcolour(role))

    def _paint_years(self, painter: QPainter, base: int) -> None:
        for x, words in self.foot_words():
            room = QRectF(x, base + 1, px(90), px(FOOT) - 1)
            marks.text(painter, room, words, fonts.caption(), "text.3")

    def foot_words(self) -> list[tuple[float, str]]:
        """Return what stands below the bars, and where: years, and months where there is room."""
        by_month = self._step() >= px(_MONTH)
        measure, free, found = QFontMetricsF(fonts.caption()), 0.0, list[tuple[float, str]]()
        for at, (day, _n) in enumerate(self._months):
            x = self._x(at)
            if x < free or (day.month != 1 and not by_month and at):
                continue
            words = _month_words(day, year=not at) if day.month != 1 else str(day.year)
            found.append((x, words))
            free = x + measure.horizontalAdvance(words) + px(8)
        return found


def _month_words(day: date, *, year: bool = True) -> str:
    month = MONTHS[day.month - 1].title()
    return f"{month} {day.year}" if year else month
