"""Icons by meaning, tinted with a colour of the theme, sharp at every device pixel ratio."""

from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ocgdesk.domain import icons
from ocgdesk.ui import fonts, theme

THIN: Final = 13
"""At this size and below strokes are 2 px of the 24 box, so that they do not fade."""

RATIOS: Final = (1.0, 1.5, 2.0, 3.0)

Ink = str | QColor
"""A role of the theme, or a colour that was asked for there."""


def ink(colour: Ink) -> QColor:
    """Return the colour itself: roles are looked up in the theme in use."""
    return theme.current().qcolour(colour) if isinstance(colour, str) else colour


def natural(meaning: str, otherwise: str = "text.2") -> str:
    """Return the role a meaning is drawn in by itself: its kind's, its strand's, or another."""
    family, _, name = meaning.partition(".")
    if family == "entity" and f"kind.{name}" in theme.current().colours:
        return f"kind.{name}"
    return meaning if family == "strand" else otherwise


@cache
def _renderer(meaning: str, stroke: float, colour: str) -> QSvgRenderer:
    text = icons.svg(meaning, stroke).replace("currentColor", colour)
    return QSvgRenderer(QByteArray(text.encode("utf-8")))


@lru_cache(maxsize=2000)
def _pixmap(meaning: str, rgba: int, size: float, ratio: float) -> QPixmap:
    colour = QColor.fromRgba(rgba)
    stroke = 2.0 if size <= THIN else icons.STROKE
    # First: a painter that is left behind by what this may raise ends the program.
    drawing = _renderer(meaning, stroke, colour.name())
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setOpacity(colour.alphaF())
    drawing.render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(meaning: str, colour: Ink, size: float, ratio: float = 1.0) -> QPixmap:
    """Return the drawing of a meaning, ``size`` device-independent pixels square.

    Raises NotFound when nothing stands for that meaning.
    """
    return _pixmap(meaning, ink(colour).rgba(), size, ratio)


def icon(meaning: str, colour: Ink = "text.2", size: int = 16) -> QIcon:
    """Return the drawing for buttons and menus, with a disabled look of its own."""
    made = QIcon()
    for ratio in RATIOS:
        made.addPixmap(pixmap(meaning, colour, size, ratio))
        faded = pixmap(meaning, "disabled", size, ratio)
        made.addPixmap(faded, QIcon.Mode.Disabled)
    return made


def paint(painter: QPainter, meaning: str, colour: Ink, box: QRectF, size: float) -> None:
    """Draw a meaning in the middle of a box; ``size`` grows with the text scale."""
    side = fonts.px(size)
    ratio = painter.device().devicePixelRatioF()
    left, top = box.center().x() - side / 2, box.center().y() - side / 2
    left, top = round(left * ratio) / ratio, round(top * ratio) / ratio
    drawn = _pixmap(meaning, ink(colour).rgba(), side, ratio)
    painter.drawPixmap(QRectF(left, top, side, side), drawn, QRectF(drawn.rect()))


def square(size: int) -> QSize:
    """Return the size of an icon at the text scale in use."""
    return QSize(fonts.px(size), fonts.px(size))
