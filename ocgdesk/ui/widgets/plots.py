"""Lines over steps in order: how ranks, shares or counts went, each line named at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocgdesk.ui import fonts, theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets import marks

_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_INKS: Final = ("accent", "text", "info", "due", "restricted", "text.3")
"""Inks of the lines in order; dashes tell them apart in monochrome."""
_DASHES: Final[tuple[tuple[float, ...], ...]] = ((), (6, 3), (2, 2), (8, 3, 2, 3), (1, 3), (12, 4))
MOST_LINES: Final = len(_INKS)
_CLOSEST: Final = 64


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name, and a value for each step or None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """What is drawn: names of the steps, the lines, and what the upward axis counts."""

    steps: tuple[str, ...]
    lines: tuple[Series, ...]
    unit: str
    upside_down: bool = False
    """1 at the top: ranks."""
    share: bool = False
    """Values are shares of a whole, from 0 to 1."""
    words: str = ""
    """The same, told to a screen reader."""


class LinePlot(QWidget):
    """Draws up to six lines; more would not be told apart."""

    def __init__(self, height: int = 240, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self.plot: Plot | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def show_plot(self, plot: Plot | None) -> None:
        """Draw this instead; None draws nothing."""
        self.plot = plot
        words = plot.words if plot is not None else ""
        self.setAccessibleName(words)
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(420), px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(240), px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        if self.plot is None or not self.plot.steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self.plot
        wide = max((marks.text_width(s.name, fonts.small()) for s in plot.lines), default=0)
        names = min(wide + px(16), self.width() / 3)
        room = QRectF(self.rect()).adjusted(px(52), px(26), -names - px(14), -px(28))
        low, high = _span(plot)
        self._paint_ground(painter, room, plot, (low, high))
        taken: list[float] = []
        for number, line in enumerate(plot.lines[:MOST_LINES]):
            self._paint_line(painter, room, line, number, taken)
        painter.end()

    def _spot(self, room: QRectF, at: int, value: float) -> QPointF:
        assert self.plot is not None  # noqa: S101 - painted only with a plot
        low, high = _span(self.plot)
        share = (value - low) / (high - low) if high > low else 0.5
        if self.plot.upside_down:
            share = 1 - share
        steps = max(1, len(self.plot.steps) - 1)
        left = room.left() + at / steps * room.width()
        return QPointF(left, room.bottom() - share * room.height())

    def _paint_ground(
        self, painter: QPainter, room: QRectF, plot: Plot, span: tuple[float, float]
    ) -> None:
        look = theme.current()
        title = QRectF(0, 0, room.right(), px(18))
        marks.text(painter, title, plot.unit, fonts.small(), "text.2")
        for value in _ticks(span, whole=plot.upside_down):
            level = round(self._spot(room, 0, value).y()) + 0.5
            painter.setPen(QPen(look.qcolour("grid"), 1))
            painter.drawLine(QPointF(room.left(), level), QPointF(room.right(), level))
            box = QRectF(0, level - px(8), room.left() - px(8), px(16))
            words = f"{value:.0%}" if plot.share else f"{value:,.0f}"
            marks.text(painter, box, words, fonts.caption(), "text.3", align=_RIGHT)
        self._paint_steps(painter, room, plot)

    def _paint_steps(self, painter: QPainter, room: QRectF, plot: Plot) -> None:
        apart = max(1, round(px(_CLOSEST) * len(plot.steps) / max(1.0, room.width())))
        for at, name in enumerate(plot.steps):
            if at % apart == 0:
                middle = self._spot(room, at, _span(plot)[0]).x()
                box = QRectF(middle - px(44), room.bottom() + px(8), px(88), px(16))
                centre = Qt.AlignmentFlag.AlignCenter
                marks.text(painter, box, name, fonts.caption(), "text.3", align=centre)

    def _paint_line(
        self, painter: QPainter, room: QRectF, line: Series, number: int, taken: list[float]
    ) -> None:
        look = theme.current()
        pen = QPen(look.qcolour(_INKS[number]), px(2))
        if _DASHES[number]:
            pen.setDashPattern(list(_DASHES[number]))
        spots = [None if v is None else self._spot(room, n, v) for n, v in enumerate(line.values)]
        painter.setPen(pen)
        for one, two in pairwise(spots):
            if one is not None and two is not None:
                painter.drawLine(one, two)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.qcolour(_INKS[number]))
        known = [spot for spot in spots if spot is not None]
        for spot in known:
            painter.drawEllipse(spot, px(2.5), px(2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if known:
            level = _free(known[-1].y(), taken, px(15), room.bottom())
            box = QRectF(room.right() + px(12), level - px(9), self.width(), px(18))
            box.setRight(self.width())
            marks.text(painter, box, line.name, fonts.small(), _INKS[number])


def _span(plot: Plot) -> tuple[float, float]:
    known = [v for line in plot.lines for v in line.values if v is not None] or [0.0]
    if plot.share:
        return 0.0, 1.0
    return (1.0, max(2.0, *known)) if plot.upside_down else (0.0, max(1.0, *known) * 1.05)


def _ticks(span: tuple[float, float], *, whole: bool) -> Sequence[float]:
    low, high = span
    steps = [low + (high - low) * part / 4 for part in range(5)]
    return sorted({float(round(value)) for value in steps}) if whole else steps


def _free(level: float, taken: list[float], apart: float, lowest: float) -> float:
    """Return the place nearest to a level at which a name covers no other, nor the steps."""
    tried = (level + turn * sign * apart / 2 for turn in range(24) for sign in (1, -1))
    free = (t for t in tried if t <= lowest and all(abs(t - other) >= apart for other in taken))
    found = next(free, level)
    taken.append(found)
    return found
