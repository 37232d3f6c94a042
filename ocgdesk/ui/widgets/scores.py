"""Scores as drawings: bands as steps, the matrix of two bands, how a measure went over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocgdesk.domain.dates import shown
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, STRONG, px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.values import Score, Spark

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_CELL: Final = (17, 6)
_GAP: Final = 2
_SPARK: Final = 44
_LABELLED: Final = 8
"""So many points of a line have their value written; of more, each second or third."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A cell of a matrix: rows from the highest down, columns from the lowest on.

    ``row`` and ``column`` are bands counted from 0, the lowest; -1 where there is no cell.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row: int = -1
    column: int = -1
    words: str = ""
    row_title: str = ""
    column_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One measure over time, with its title and the highest it can be (0: not known)."""

    title: str
    points: tuple[tuple[date, int], ...]
    most: int = 0
    dashed: bool = False


class ScoreMark(QWidget):
    """Steps, a band in words and, where there is one, how the score went."""

    def __init__(
        self, score: Score, spark: Spark | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.score, self.spark = score, spark
        self.setAccessibleName(" ".join((score.text, score.band, spark.words if spark else "")))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wide = px(26) + marks.text_width(self.score.band, fonts.body(MEDIUM))
        return QSize(round(wide) + (px(_SPARK) if self.spark else 0), px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(26), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter, box = QPainter(self), QRectF(self.rect())
        ink = "text.2" if self.score.tone == "neutral" else self.score.tone
        left = marks.steps(painter, box, self.score.steps, ink) + px(6)
        words = box.adjusted(left, 0, 0, 0)
        wide = marks.text(painter, words, self.score.band, fonts.body(MEDIUM), ink)
        room = words.width() - wide
        if self.spark and len(self.spark.points) > 1 and room >= px(_SPARK):
            at = QRectF(words.left() + wide + px(10), box.center().y() - px(5), px(30), px(10))
            marks.spark(painter, at, self.spark)
        painter.end()


class MatrixMark(QWidget):
    """The matrix in small: the cell is filled, the words stand elsewhere."""

    def __init__(self, matrix: Matrix, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_matrix(matrix)

    def show_matrix(self, matrix: Matrix) -> None:
        """Show another cell."""
        self.matrix = matrix
        self.setAccessibleName(matrix.words)
        self.setToolTip(matrix.words)
        self.update()

    def sizeHint(self) -> QSize:
        wide, high = _CELL
        across, down = len(self.matrix.columns), len(self.matrix.rows)
        return QSize(px(across * (wide + _GAP)), px(down * (high + _GAP)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        wide, high = px(_CELL[0]), px(_CELL[1])
        for box, row, column in _boxes(self.matrix, QRectF(0, 0, wide, high), px(_GAP)):
            _paint_cell(painter, box, here=(row, column) == (self.matrix.row, self.matrix.column))
        painter.end()


class MatrixView(QWidget):
    """The matrix with its sides named; the cell is filled and says so in words."""

    _SIDE: Final = 74
    _BOX: Final = (76, 34)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = Matrix(rows=(), columns=())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def show_matrix(self, matrix: Matrix) -> None:
        """Show this matrix."""
        self.matrix = matrix
        self.setAccessibleName(matrix.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide, high = self._BOX
        across, down = len(self.matrix.columns), len(self.matrix.rows)
        return QSize(px(self._SIDE + across * (wide + 4)), px(20 + down * (high + 4) + 20))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(self._SIDE + len(self.matrix.columns) * 44), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        matrix, side = self.matrix, px(self._SIDE)
        across = max(1, len(matrix.columns))
        wide = min(px(self._BOX[0]), (self.width() - side) / across - px(4))
        first = QRectF(side, px(20), wide, px(self._BOX[1]))
        title = QRectF(0, 0, self.width(), px(18))
        marks.text(painter, title, matrix.row_title, fonts.small(), "text.3")
        for box, row, column in _boxes(matrix, first, px(4)):
            here = (row, column) == (matrix.row, matrix.column)
            _paint_cell(painter, box, here=here)
            if column == 0:
                name = QRectF(0, box.top(), side - px(8), box.height())
                marks.text(painter, name, matrix.rows[row], fonts.small(), "text.2", align=_RIGHT)
            if row == 0:
                self._name_column(painter, box, column)
        painter.end()

    def _name_column(self, painter: QPainter, box: QRectF, column: int) -> None:
        below = QRectF(box.left(), box.bottom() + px(2), box.width(), px(18))
        words = self.matrix.columns[column]
        marks.text(painter, below, words, fonts.small(), "text.2", align=_CENTRE)
        if column == len(self.matrix.columns) - 1:
            rest = QRectF(box.right() + px(8), below.top(), self.width(), below.height())
            marks.text(painter, rest, self.matrix.column_title, fonts.small(), "text.3")


def _boxes(matrix: Matrix, first: QRectF, gap: float) -> list[tuple[QRectF, int, int]]:
    """Return the box of each cell with its row and column: the highest row at the top."""
    down = len(matrix.rows)
    return [
        (
            QRectF(
                first.left() + column * (first.width() + gap),
                first.top() + (down - 1 - row) * (first.height() + gap),
                first.width(),
                first.height(),
            ),
            row,
            column,
        )
        for row in range(down)
        for column in range(len(matrix.columns))
    ]


def _paint_cell(painter: QPainter, box: QRectF, *, here: bool) -> None:
    look = theme.current()
    fill = look.qcolour("accent" if here else "sunken")
    edge = look.qcolour("accent" if here else "line.2")
    marks.round_box(painter, box, fill, edge, 3)
    if here and box.height() >= px(20):
        icons.paint(painter, "action.check", "accent.on", box, 15)


class TrendPlot(QWidget):
    """How one or two measures went: a point for each score, its value beside it.

    More is not better and less is not worse by itself: no red or green.
    """

    _HEIGHT: Final = 132

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def show_lines(self, lines: Sequence[Line], words: str) -> None:
        """Show these measures; the words are said to a screen reader."""
        self.lines = tuple(line for line in lines if line.points)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(260), px(self._HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(self._HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        if not self.lines:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(px(10), px(22), -px(30), -px(22))
        self._paint_ground(painter, room)
        for number, line in enumerate(self.lines):
            self._paint_line(painter, room, line, number)
        painter.end()

    def _days(self) -> tuple[date, date]:
        days = [day for line in self.lines for day, _value in line.points]
        return min(days), max(days)

    def _top(self) -> float:
        known = max((line.most for line in self.lines), default=0)
        highest = max(value for line in self.lines for _day, value in line.points)
        # Half as high again as what there is, but never above what a score can be.
        return max(1.0, min(known, highest * 1.5) if known else highest * 1.2)

    def _spot(self, room: QRectF, day: date, value: float) -> QPointF:
        first, last = self._days()
        span = (last - first).days
        share = (day - first).days / span if span else 0.5
        return QPointF(
            room.left() + share * room.width(), room.bottom() - value / self._top() * room.height()
        )

    def _paint_ground(self, painter: QPainter, room: QRectF) -> None:
        look = theme.current()
        painter.setPen(QPen(look.qcolour("grid"), 1))
        for part in range(4):
            level = round(room.bottom() - part * room.height() / 3) + 0.5
            painter.drawLine(QPointF(room.left(), level), QPointF(room.right(), level))
        days = sorted({day for line in self.lines for day, _value in line.points})
        shown_days = dict.fromkeys((days[0], days[-1]))
        for day in shown_days:
            at = self._spot(room, day, 0)
            box = QRectF(at.x() - px(50), room.bottom() + px(4), px(100), px(16))
            if day == days[0] and len(shown_days) > 1:
                box.moveLeft(room.left())
            elif len(shown_days) > 1:
                box.moveRight(room.right() + px(26))
            align = _CENTRE if len(shown_days) == 1 else _RIGHT if day == days[-1] else None
            _caption(painter, box, shown(day), align)

    def _paint_line(self, painter: QPainter, room: QRectF, line: Line, number: int) -> None:
        look = theme.current()
        role = ("accent", "text.2")[number % 2]
        spots = [self._spot(room, day, value) for day, value in line.points]
        pen = QPen(look.qcolour(role), 1.75)
        if line.dashed:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawPolyline(spots)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.qcolour(role))
        for spot in spots:
            painter.drawEllipse(spot, px(3), px(3))
        ink = "accent.text" if role == "accent" else role
        self._paint_values(painter, spots, line, ink)
        if len(self.lines) > 1:
            _legend(painter, QRectF(room.left() + number * px(170), 0, px(165), px(16)), line, ink)

    def _paint_values(
        self, painter: QPainter, spots: Sequence[QPointF], line: Line, ink: str
    ) -> None:
        """Write each value above its point, or below where the other line runs higher."""
        first = line is self.lines[0]
        others = [point for other in self.lines if other is not line for point in other.points]
        every = -(-len(spots) // _LABELLED)
        for number, (spot, (day, value)) in enumerate(zip(spots, line.points, strict=True), 1):
            if (len(spots) - number) % every:
                continue
            lower = any(
                on == day and (then > value or (then == value and not first)) for on, then in others
            )
            down = px(4) if lower else -px(20)
            box = QRectF(spot.x() - px(24), spot.y() + down, px(48), px(16))
            marks.text(painter, box, f"{value:,}", fonts.caption(STRONG), ink, align=_CENTRE)


def _caption(painter: QPainter, box: QRectF, words: str, align: Qt.AlignmentFlag | None) -> None:
    if align is None:
        marks.text(painter, box, words, fonts.caption(), "text.3")
    else:
        marks.text(painter, box, words, fonts.caption(), "text.3", align=align)


def _legend(painter: QPainter, box: QRectF, line: Line, ink: str) -> None:
    """Name a line at the top, with a piece of it."""
    middle = round(box.center().y()) + 0.5
    pen = QPen(icons.ink(ink), 1.75)
    if line.dashed:
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawLine(QPointF(box.left(), middle), QPointF(box.left() + px(18), middle))
    words = box.adjusted(px(24), 0, 0, 0)
    marks.text(painter, words, line.title, fonts.caption(), "text.2")
