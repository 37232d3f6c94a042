"""Small drawings shared by widgets and table cells. Each takes its colours from the theme."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from ocgdesk.i18n import _
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, STRONG, px
from ocgdesk.ui.widgets.values import Bar, Chip, Grade, Spark, StrandCount, Strength

CHIP_HEIGHT: Final = 22
CHIP_ICON: Final = 14
RADIUS_CHIP: Final = 4
RADIUS_CONTROL: Final = 6
RADIUS_CARD: Final = 8
FOCUS_WIDTH: Final = 2

_LINE_WIDTH: Final = 28
_STEP_COUNT: Final = 4

_SMOOTH: Final = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def text_width(text: str, font: QFont) -> float:
    """Return how wide a text is drawn in this font."""
    return QFontMetricsF(font).horizontalAdvance(text)


def text(
    painter: QPainter,
    box: QRectF,
    words: str,
    font: QFont,
    colour: str,
    *,
    align: Qt.AlignmentFlag = _LEFT,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> float:
    """Draw one line of text, shortened to its box; return how wide it came out."""
    metrics = QFontMetricsF(font)
    shown = words
    if metrics.horizontalAdvance(words) > box.width():
        shown = metrics.elidedText(words, elide, box.width())
    painter.setFont(font)
    painter.setPen(icons.ink(colour))
    painter.drawText(box, int(align | Qt.TextFlag.TextSingleLine), shown)
    return metrics.horizontalAdvance(shown)


def round_box(
    painter: QPainter,
    box: QRectF,
    fill: QColor | None,
    border: QColor | None = None,
    radius: float = RADIUS_CONTROL,
    *,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    width: float = 1.0,
) -> None:
    """Draw a box with round corners, its border wholly inside it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(Qt.PenStyle.NoPen)
    inner = box
    if border is not None:
        painter.setPen(_border_pen(border, style, width))
        inset = width / 2
        inner = box.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(inner, radius, radius)
    painter.restore()


def picture(painter: QPainter, box: QRectF, image: QImage, radius: float) -> None:
    """Draw the middle of a picture so that it fills a box with round corners."""
    side = min(image.width(), image.height() * box.width() / max(1.0, box.height()))
    high = side * box.height() / max(1.0, box.width())
    # Of a face the upper part is kept, not the middle.
    cut = QRectF((image.width() - side) / 2, (image.height() - high) / 4, side, high)
    outline = QPainterPath()
    outline.addRoundedRect(box, radius, radius)
    painter.save()
    painter.setRenderHints(_SMOOTH)
    painter.setClipPath(outline)
    painter.drawImage(box, image, cut)
    painter.restore()


def _border_pen(colour: QColor, style: Qt.PenStyle, width: float) -> QPen:
    pen = QPen(colour, width, style)
    if style == Qt.PenStyle.DashLine:
        pen.setDashPattern([3 / width, 2 / width])
    if style == Qt.PenStyle.DotLine:
        pen.setDashPattern([1 / width, 2 / width])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def focus_ring(painter: QPainter, box: QRectF, radius: float = RADIUS_CONTROL) -> None:
    """Draw the 2 px focus line just inside a box."""
    colour = theme.current().qcolour("focus")
    round_box(painter, box, None, colour, radius, width=FOCUS_WIDTH)


def chip_width(chip: Chip) -> float:
    """Return the width of a chip."""
    lead = px(CHIP_ICON) + 5 if chip.icon else 0
    return px(16) + lead + text_width(chip.word, fonts.small(MEDIUM))


def chip(painter: QPainter, at: QRectF, value: Chip) -> float:
    """Draw a chip at the left of a box, in its middle; return its width."""
    look = theme.current()
    ink, ground = look.tone(value.tone)
    width = min(chip_width(value), at.width())
    box = QRectF(at.left(), _middle(at, px(CHIP_HEIGHT)), width, px(CHIP_HEIGHT))
    _chip_ground(painter, box, value, ink, ground)
    left = box.left() + px(8)
    if value.icon:
        side = px(CHIP_ICON)
        icons.paint(
            painter, value.icon, QColor(ink), QRectF(left, box.top(), side, box.height()), CHIP_ICON
        )
        left += side + 5
    inside = QRectF(left, box.top(), box.right() - px(8) - left + 1, box.height())
    _ink_text(painter, inside, value.word, fonts.small(MEDIUM), ink)
    return width


def _chip_ground(painter: QPainter, box: QRectF, value: Chip, ink: str, ground: str) -> None:
    look = theme.current()
    if value.tone == "outline":
        round_box(painter, box, None, look.qcolour("line.2"), RADIUS_CHIP)
        return
    plain = value.tone == "neutral" or not look.outlined
    border = None if plain else QColor(ink)
    round_box(painter, box, QColor(ground), border, RADIUS_CHIP)


def _ink_text(painter: QPainter, box: QRectF, words: str, font: QFont, ink: str) -> None:
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, int(_LEFT | Qt.TextFlag.TextSingleLine), shown)


def _middle(box: QRectF, height: float) -> float:
    return round(box.top() + (box.height() - height) / 2)


def grade_width(value: Grade) -> float:
    """Return the width of a grading chip."""
    return text_width(value.text, fonts.mono(11, MEDIUM)) + px(12)


def grade(painter: QPainter, at: QRectF, value: Grade) -> float:
    """Draw a grading chip at the left of a box; return its width."""
    styles = {2: Qt.PenStyle.DashLine, 3: Qt.PenStyle.DotLine}
    style = styles.get(value.assessed, Qt.PenStyle.SolidLine)
    width = grade_width(value)
    box = QRectF(at.left(), _middle(at, px(18)), width, px(18))
    round_box(painter, box, None, theme.current().qcolour("control"), RADIUS_CHIP, style=style)
    centre = Qt.AlignmentFlag.AlignCenter
    text(painter, box, value.text, fonts.mono(11, MEDIUM), "text", align=centre)
    return width


def key_cap(painter: QPainter, at: QRectF, key: str) -> float:
    """Draw a key of the keyboard at the left of a box; return its width."""
    look, font = theme.current(), fonts.caption(STRONG)
    width = max(px(20), text_width(key, font) + px(12))
    box = QRectF(at.left(), _middle(at, px(18)), round(width), px(18))
    round_box(painter, box, look.qcolour("surface"), look.qcolour("control"), RADIUS_CHIP)
    text(painter, box, key, font, "text.2", align=Qt.AlignmentFlag.AlignCenter)
    return box.width()


def steps(painter: QPainter, at: QRectF, filled: int, colour: str) -> float:
    """Draw four rising steps, the first ``filled`` of them in colour; return their width."""
    look = theme.current()
    thick, gap, foot = px(3), px(2), round(at.center().y()) + px(5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for i in range(_STEP_COUNT):
        height = px(3 + 2.7 * i)
        painter.setBrush(look.qcolour(colour if i < filled else "line.2"))
        left = at.left() + i * (thick + gap)
        painter.drawRoundedRect(QRectF(left, foot - height, thick, height), 1, 1)
    painter.restore()
    return _STEP_COUNT * (thick + gap) - gap


def spark(painter: QPainter, at: QRectF, value: Spark) -> None:
    """Draw a small line with a dot at its end."""
    if not value.points:
        return
    colour = icons.ink("text.3" if value.tone == "neutral" else value.tone)
    spots = _spots(value.points, at)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.5))
    painter.drawPolyline(spots)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(spots[-1], 2.2, 2.2)
    painter.restore()


def _spots(points: tuple[float, ...], at: QRectF) -> list[QPointF]:
    low, high = min(points), max(points)
    # A figure that hardly moves stays flat: a third of its size fills the height at least.
    spread = max(high - low, abs(high) / 3) or 1.0
    run, middle = at.width() / max(1, len(points) - 1), (low + high) / 2
    return [
        QPointF(at.left() + i * run, at.center().y() - (point - middle) / spread * at.height())
        for i, point in enumerate(points)
    ]


def bar(painter: QPainter, at: QRectF, share: float, colour: str) -> None:
    """Draw how much of a whole: a round bar on a grey track filling the box."""
    look, radius = theme.current(), at.height() / 2
    round_box(painter, at, look.qcolour("line"), None, radius)
    if share > 0:
        filled = QRectF(at)
        filled.setWidth(max(at.height(), at.width() * min(1.0, share)))
        path = QPainterPath()
        path.addRoundedRect(at, radius, radius)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(path)
        painter.fillRect(filled, look.qcolour(colour))
        painter.restore()


def two_bars(painter: QPainter, at: QRectF, value: Bar) -> None:
    """Draw a value, and the earlier one in grey above; more is not better: no red or green."""
    look, thick, middle = theme.current(), px(6), at.center().y()
    top = middle - thick / 2 if value.before is None else middle + 1
    if value.before is not None:
        width = at.width() * value.before
        painter.fillRect(QRectF(at.left(), middle - thick, width, thick), look.qcolour("line.2"))
    now = QRectF(at.left(), top, at.width() * value.share, thick)
    painter.fillRect(now, look.qcolour("accent"))


def empty_width() -> float:
    """Return the width of the dashed “Empty” of an empty strand."""
    return px(13) + 6 + text_width(_("Empty"), fonts.caption(STRONG)) + px(14)


def strand_cell(painter: QPainter, at: QRectF, value: StrandCount) -> None:
    """Draw the count of live actions and the share done, or a dashed “Empty”."""
    if value.live == 0:
        _empty(painter, at)
        return
    count = QRectF(at.left(), at.top(), px(16), at.height())
    align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    text(painter, count, str(value.live), fonts.body(STRONG), "text", align=align)
    track = QRectF(count.right() + px(8), round(at.center().y()) - px(3), px(38), px(6))
    bar(painter, track, value.done, f"strand.{value.strand}")


def _empty(painter: QPainter, at: QRectF) -> None:
    box = QRectF(at.left(), _middle(at, px(20)), empty_width(), px(20))
    dashed = Qt.PenStyle.DashLine
    round_box(painter, box, None, icons.ink("overdue"), RADIUS_CHIP, style=dashed)
    mark = QRectF(box.left() + px(6), box.top(), px(13), box.height())
    icons.paint(painter, "status.empty", "overdue", mark, 13)
    words = QRectF(mark.right() + 6, box.top(), box.width(), box.height())
    text(painter, words, _("Empty"), fonts.caption(STRONG), "overdue")


def strength_pen(strength: Strength, colour: QColor, width: float = 1.5) -> QPen:
    """Return the pen of a link: solid confirmed, dashed unconfirmed, dotted tentative."""
    pen = QPen(colour, width)
    match strength:
        case "unconfirmed":
            pen.setDashPattern([7 / width, 5 / width])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        case "tentative":
            pen.setDashPattern([0.1, 4.5 / width])
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def line_sample(painter: QPainter, at: QRectF, strength: Strength) -> float:
    """Draw a short piece of a link of this strength at the left of a box; return its width."""
    width, middle = px(_LINE_WIDTH), round(at.center().y()) + 0.5
    pen = strength_pen(strength, theme.current().qcolour("text.2"), 2.0)
    if strength == "unconfirmed":
        pen.setDashPattern([3.5, 2.0])  # shorter, so that a sample shows three whole dashes
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.drawLine(QPointF(at.left() + 1, middle), QPointF(at.left() + width, middle))
    painter.restore()
    return width


def check_box(painter: QPainter, at: QRectF, state: Qt.CheckState, *, enabled: bool = True) -> None:
    """Draw a check box of 16 px in the middle of a box."""
    look, side = theme.current(), px(16)
    box = QRectF(round(at.center().x() - side / 2), _middle(at, side), side, side)
    if state == Qt.CheckState.Checked:
        fill = look.qcolour("accent" if enabled else "disabled")
        round_box(painter, box, fill, None, RADIUS_CHIP)
        icons.paint(painter, "action.check", "accent.on", box, 12)
        return
    edge = look.qcolour("control" if enabled else "line.2")
    round_box(painter, box, look.qcolour("surface"), edge, RADIUS_CHIP, width=1.25)
    if state == Qt.CheckState.PartiallyChecked:
        icons.paint(painter, "action.partly", "text", box, 13)


def radio_dot(painter: QPainter, at: QRectF, *, on: bool, enabled: bool = True) -> None:
    """Draw a radio button of 16 px in the middle of a box."""
    look, side = theme.current(), px(16)
    box = QRectF(round(at.center().x() - side / 2), _middle(at, side), side, side)
    edge = look.qcolour(("accent" if on else "control") if enabled else "line.2")
    round_box(painter, box, look.qcolour("surface"), edge, side / 2, width=1.5)
    if on:
        inset = side * 0.3
        dot = box.adjusted(inset, inset, -inset, -inset)
        round_box(painter, dot, edge, None, dot.width() / 2)


def hairline(painter: QPainter, box: QRectF, role: str = "line") -> None:
    """Draw the 1 px line at the bottom of a box."""
    colour = theme.current().qcolour(role)
    painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), colour)
