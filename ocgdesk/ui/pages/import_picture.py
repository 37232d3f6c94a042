"""A small picture of what a row makes: a box for each record, an arrow for each link."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocgdesk.casework import import_mapping
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.exchange.specifications import EntityPart, LinkPart, Specification
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui import fonts, icons, theme, words
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.widgets import marks

_BOX: Final = (172, 48)
_GAP: Final = 150
_HEAD: Final = 6
_MORE: Final = 34
"""How far apart arrows lie that pass below the boxes."""


class RowPicture(QWidget):
    """The records of a row side by side, in the order of the specification, and their links."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec: Specification | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self, self._grow)

    def show_spec(self, spec: Specification) -> None:
        """Show what a row makes by this specification."""
        self._spec = spec
        told = [import_mapping.words_of(spec, part) for part in spec.parts]
        ties = [
            f"{import_mapping.link_words(spec, link)}: {_link_words(link)}" for link in spec.links
        ]
        self.setAccessibleName(_("Each row makes: {what}").format(what="; ".join((*told, *ties))))
        self.setToolTip("\n".join(ties))
        self._grow()
        self.update()

    def sizeHint(self) -> QSize:
        count = len(self._spec.parts) if self._spec else 1
        return QSize(px(count * _BOX[0] + (count - 1) * _GAP) + 2, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), self._height())

    def _height(self) -> int:
        return px(_BOX[1] + _MORE * len(self._far())) + 2

    def _grow(self) -> None:
        self.setFixedHeight(self._height())
        self.updateGeometry()

    def _places(self) -> dict[str, int]:
        return {part.name: n for n, part in enumerate(self._spec.parts)} if self._spec else {}

    def _far(self) -> list[LinkPart]:
        """Return the links between boxes that do not stand beside each other."""
        places, links = self._places(), self._spec.links if self._spec else ()
        return [x for x in links if abs(places[x.source] - places[x.target]) != 1]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        if self._spec is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = self._boxes()
        far = self._far()
        for link in self._spec.links:
            ends = (boxes[link.source], boxes[link.target])
            if link in far:
                self._under(painter, link, ends, far.index(link))
            else:
                self._between(painter, link, ends)
        for part in self._spec.parts:
            self._part(painter, part, boxes[part.name])
        painter.end()

    def _boxes(self) -> dict[str, QRectF]:
        """Return where each record stands; boxes and gaps shrink alike where room is short."""
        places = self._places()
        wanted = px(len(places) * _BOX[0] + (len(places) - 1) * _GAP)
        share = min(1.0, (self.width() - 2) / max(1, wanted))
        wide, gap = px(_BOX[0]) * share, px(_GAP) * share
        return {
            name: QRectF(1 + n * (wide + gap), 1, wide, px(_BOX[1])) for name, n in places.items()
        }

    def _part(self, painter: QPainter, part: EntityPart, box: QRectF) -> None:
        look = theme.current()
        marks.round_box(painter, box, look.qcolour("surface"), look.qcolour("line.2"))
        icon = QRectF(box.left() + px(10), box.top(), px(18), box.height())
        icons.paint(painter, words.icon_of(part.kind), "text.2", icon, 18)
        inside = box.adjusted(px(36), px(6), -px(6), -px(6))
        upper = QRectF(inside.left(), inside.top(), inside.width(), inside.height() / 2)
        name = import_mapping.words_of(self._spec, part) if self._spec else ""
        marks.text(painter, upper, name, fonts.body(MEDIUM), "text")
        n = len({one.column or one.constant for one in part.fields} | set(part.key))
        said = ngettext("{n} column", "{n} columns", n).format(n=n)
        lower = upper.translated(0, inside.height() / 2)
        marks.text(painter, lower, said, fonts.caption(), "text.3")

    def _between(self, painter: QPainter, link: LinkPart, ends: tuple[QRectF, QRectF]) -> None:
        """Draw an arrow from box to box with its words above it."""
        source, target = ends
        rightwards = source.left() < target.left()
        left, right = (source, target) if rightwards else (target, source)
        middle = left.center().y()
        start, end = QPointF(left.right() + 4, middle), QPointF(right.left() - 4, middle)
        self._line(painter, (start, end) if rightwards else (end, start))
        room = QRectF(start.x(), middle - px(20), end.x() - start.x(), px(18))
        self._words(painter, link, room)

    def _under(
        self, painter: QPainter, link: LinkPart, ends: tuple[QRectF, QRectF], lane: int
    ) -> None:
        """Draw an arrow below the boxes that stand between its ends."""
        source, target = ends
        low = source.bottom() + px(_MORE) * (lane + 1) - px(8)
        shift = px(10) * (lane + 1)
        down, up = source.center().x() + shift, target.center().x() - shift
        self._line(
            painter,
            (
                QPointF(down, source.bottom() + 2),
                QPointF(down, low),
                QPointF(up, low),
                QPointF(up, target.bottom() + 4),
            ),
        )
        left, right = sorted((down, up))
        self._words(painter, link, QRectF(left, low - px(19), right - left, px(18)))

    def _line(self, painter: QPainter, points: tuple[QPointF, ...]) -> None:
        ink = theme.current().qcolour("text.3")
        painter.setPen(QPen(ink, 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(list(points)))
        tip, before = points[-1], points[-2]
        along = QPointF(_sign(tip.x() - before.x()), _sign(tip.y() - before.y()))
        across = QPointF(-along.y(), along.x())
        back = tip - along * px(_HEAD)
        painter.setBrush(ink)
        wing = across * px(_HEAD) * 0.6
        painter.drawPolygon(QPolygonF([tip, back + wing, back - wing]))

    def _words(self, painter: QPainter, link: LinkPart, room: QRectF) -> None:
        middle = Qt.AlignmentFlag.AlignCenter
        inside = room.adjusted(px(4), 0, -px(8), 0)
        marks.text(painter, inside, _link_words(link), fonts.caption(), "text.2", align=middle)


def _sign(value: float) -> float:
    return (value > 0) - (value < 0)


def _link_words(link: LinkPart) -> str:
    if link.kind is not Kind.LINK or not link.type:
        return label("kinds", link.kind.value)
    return label("link-types", link.type)
