"""How each value of a cell is painted, and how wide it wants to be."""

import math
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, STRONG, px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.values import (
    Band,
    Bar,
    Cell,
    Change,
    Chip,
    Entity,
    Flagged,
    Grade,
    Line,
    Score,
    Spark,
    Status,
    StrandCount,
    StrandName,
    Text,
    strand_name,
)

PADDING: Final = 12
"""Pixels at 100 % between the edge of a cell and what it shows; 8 in narrow columns."""

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _text_font(cell: Text) -> QFont:
    if cell.mono:
        return fonts.mono(12, MEDIUM if cell.strong else fonts.REGULAR)
    return fonts.body(STRONG if cell.strong else fonts.REGULAR)


def _paint_text(painter: QPainter, box: QRectF, cell: Text) -> None:
    align = _RIGHT if cell.align == "right" else _LEFT
    marks.text(painter, box, cell.text, _text_font(cell), cell.ink, align=align)


def _paint_entity(painter: QPainter, box: QRectF, cell: Entity) -> None:
    middle, left = box.center().y(), box.left()
    if cell.kind:
        mark = QRectF(left, box.top(), px(16), box.height())
        drawing = f"entity.{cell.kind}"
        icons.paint(painter, drawing, icons.natural(drawing), mark, 17 if cell.second else 16)
        left = mark.right() + px(10 if cell.second else 6)
    first = QRectF(left, box.top(), box.right() - left, box.height())
    if cell.second:
        first = QRectF(left, middle - px(19), first.width(), px(20))
        below = QRectF(left, middle, first.width(), px(16))
        marks.text(painter, below, cell.second, fonts.mono(11), "text.3")
    lock = px(18) if cell.restricted else 0
    font = fonts.body() if cell.quiet else fonts.body(STRONG)
    ink = "text.2" if cell.quiet else "text"
    words = first.adjusted(0, 0, -lock, 0)
    wide = marks.text(painter, words, cell.label, font, ink)
    if cell.restricted:
        spot = QRectF(left + wide + px(5), first.top(), px(14), first.height())
        icons.paint(painter, "status.restricted", "restricted", spot, 13)


def _paint_status(painter: QPainter, box: QRectF, cell: Status) -> None:
    ink = "text.2" if cell.tone == "neutral" else cell.tone
    mark = QRectF(box.left(), box.top(), px(14), box.height())
    icons.paint(painter, cell.icon, ink, mark, 14)
    words = box.adjusted(px(14 + 5), 0, 0, 0)
    loud = cell.tone in {"overdue", "due"}
    font = fonts.body(MEDIUM) if loud else fonts.body()
    marks.text(painter, words, cell.word, font, ink if loud else "text")


def _paint_chip(painter: QPainter, box: QRectF, cell: Chip) -> None:
    marks.chip(painter, box, cell)


def _paint_grade(painter: QPainter, box: QRectF, cell: Grade) -> None:
    at = QRectF(box)
    at.setLeft(max(box.left(), box.right() - marks.grade_width(cell)))
    marks.grade(painter, at, cell)


def _paint_score(painter: QPainter, box: QRectF, cell: Score) -> None:
    ink = "text.2" if cell.tone == "neutral" else cell.tone
    strong = fonts.body(STRONG)
    if not cell.band:
        marks.text(painter, box, cell.text, strong, "text", align=_RIGHT)
        figure = max(marks.text_width(cell.text, strong), px(24))
        at = QRectF(max(box.left(), box.right() - figure - px(27)), box.top(), 0, box.height())
        marks.steps(painter, at, cell.steps, ink)
        return
    words = box.adjusted(marks.steps(painter, box, cell.steps, ink) + px(6), 0, 0, 0)
    shown = marks.text(painter, words, cell.text, strong, "text")
    words.setLeft(words.left() + shown + px(4))
    marks.text(painter, words, cell.band, fonts.body(), "text.2")


def _paint_spark(painter: QPainter, box: QRectF, cell: Spark) -> None:
    at = QRectF(box.left(), round(box.center().y()) - px(5), px(30), px(10))
    marks.spark(painter, at, cell)


def _paint_strand(painter: QPainter, box: QRectF, cell: StrandCount) -> None:
    marks.strand_cell(painter, box, cell)


def _paint_strand_name(painter: QPainter, box: QRectF, cell: StrandName) -> None:
    role = f"strand.{cell.strand}"
    icons.paint(painter, role, role, QRectF(box.left(), box.top(), px(16), box.height()), 15)
    words = box.adjusted(px(16 + 6), 0, 0, 0)
    marks.text(painter, words, strand_name(cell.strand), fonts.body(MEDIUM), role)


def _paint_line(painter: QPainter, box: QRectF, cell: Line) -> None:
    wide = marks.line_sample(painter, box, cell.strength)
    words = box.adjusted(wide + px(8), 0, 0, 0)
    marks.text(painter, words, cell.word, fonts.body(), "text.2")


def _paint_bar(painter: QPainter, box: QRectF, cell: Bar) -> None:
    marks.two_bars(painter, box, cell)


def _paint_band(painter: QPainter, box: QRectF, cell: Band) -> None:
    if not cell.rank:
        return
    look = theme.current()
    best, worst, rank = (_spot(box, at, cell.most) for at in (cell.best, cell.worst, cell.rank))
    middle = round(box.center().y()) + 0.5
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.qcolour("grid"), 1))
    painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
    painter.setPen(QPen(look.qcolour("accent"), px(3)))
    painter.drawLine(QPointF(best, middle), QPointF(max(worst, best + 1), middle))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.qcolour("accent"))
    painter.drawEllipse(QPointF(rank, middle), px(4), px(4))


def _spot(box: QRectF, rank: int, most: int) -> float:
    share = math.log(max(1, rank)) / math.log(max(2, most))
    return box.left() + px(4) + min(1.0, share) * (box.width() - px(8))


def _value_font(cell: Change | Flagged) -> QFont:
    return fonts.mono(12) if cell.mono else fonts.body()


def _paint_change(painter: QPainter, box: QRectF, cell: Change) -> None:
    struck = _value_font(cell)
    struck.setStrikeOut(True)
    wide = marks.text(painter, box, cell.before, struck, "text.3")
    after = box.adjusted(wide + px(5), 0, 0, 0)
    wide = marks.text(painter, after, "→", fonts.body(), "text.2")
    after.setLeft(after.left() + wide + px(5))
    marks.text(painter, after, cell.after, _value_font(cell), "text")


def _paint_flagged(painter: QPainter, box: QRectF, cell: Flagged) -> None:
    ink = "text.2" if cell.tone in {"neutral", "outline"} else cell.tone
    words = box.adjusted(0, 0, -px(19), 0)
    wide = marks.text(painter, words, cell.text, _value_font(cell), ink)
    sign = QRectF(box.left() + wide + px(5), box.top(), px(14), box.height())
    icons.paint(painter, cell.icon, ink, sign, 14)


_PAINTERS: Final[dict[type, Callable[[QPainter, QRectF, Any], None]]] = {
    Text: _paint_text,
    Entity: _paint_entity,
    Status: _paint_status,
    Chip: _paint_chip,
    Grade: _paint_grade,
    Score: _paint_score,
    Spark: _paint_spark,
    StrandCount: _paint_strand,
    StrandName: _paint_strand_name,
    Line: _paint_line,
    Band: _paint_band,
    Bar: _paint_bar,
    Change: _paint_change,
    Flagged: _paint_flagged,
}


def paint(painter: QPainter, box: QRectF, cell: Cell) -> None:
    """Paint what a cell shows into the box inside its padding."""
    _PAINTERS[type(cell)](painter, box, cell)


def _entity_width(cell: Entity) -> float:
    label = marks.text_width(cell.label, fonts.body(STRONG))
    second = marks.text_width(cell.second, fonts.mono(11))
    return max(label + (px(18) if cell.restricted else 0), second) + px(26)


def width(cell: Cell) -> float:
    """Return how wide a cell wants to be inside its padding, to fit a column to its content."""
    match cell:
        case Text():
            return marks.text_width(cell.text, _text_font(cell))
        case Entity():
            return _entity_width(cell)
        case Status() | StrandName():
            word = cell.word if isinstance(cell, Status) else strand_name(cell.strand)
            return marks.text_width(word, fonts.body(MEDIUM)) + px(22)
        case Chip() | Grade():
            return marks.chip_width(cell) if isinstance(cell, Chip) else marks.grade_width(cell)
        case Change() | Flagged():
            return _value_width(cell)
    return _figure_width(cell)


def _value_width(cell: Change | Flagged) -> float:
    if isinstance(cell, Flagged):
        return marks.text_width(cell.text, _value_font(cell)) + px(19)
    return marks.text_width(f"{cell.before} → {cell.after}", _value_font(cell)) + px(6)


def _figure_width(cell: Score | Spark | StrandCount | Line | Bar | Band) -> float:
    match cell:
        case Score():
            words = f"{cell.text} {cell.band}".strip()
            return marks.text_width(words, fonts.body(STRONG)) + px(30)
        case Spark():
            return px(34)
        case StrandCount():
            return max(marks.empty_width(), px(64))
        case Line():
            return px(36) + marks.text_width(cell.word, fonts.body())
    return px(140)
