"""The marking banner: 22 px at the top and bottom of every window, over dialogs too."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QRegion
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.fonts import px

HEIGHT: Final = 22
_SLANT: Final = 12
_STRIPE: Final = 8

_WORDS: Final = {"official": "OFFICIAL", "official-sensitive": "OFFICIAL-SENSITIVE"}


def known(marking: str) -> str:
    """Return a marking the banner can show: the highest for a word that is none.

    Key files lie in the open; what stands in one must not stop the window.
    """
    return marking if marking in _WORDS else "official-sensitive"


class MarkingBanner(QWidget):
    """The highest marking in the workspace, and a hatched slab when its data is synthetic.

    ``marking`` is ``official`` or ``official-sensitive``; ``descriptor`` is shown behind it.
    """

    def __init__(
        self,
        marking: str = "official",
        *,
        synthetic: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.show_marking(marking, synthetic=synthetic)
        theme.follow(self, self._grow)

    def show_marking(self, marking: str, *, synthetic: bool, descriptor: str = "") -> None:
        """Show another marking; raises KeyError for one the scheme does not have."""
        words = _WORDS[marking]
        self.marking = marking
        self.synthetic = synthetic
        self.words = f"{words} – {descriptor}" if descriptor else words
        spoken = _("Marking: {words}").format(words=self.words)
        self.setAccessibleName(f"{spoken}, {_('synthetic data')}" if synthetic else spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        painter.fillRect(box, look.qcolour(f"banner.{self.marking}.ground"))
        painter.setFont(fonts.banner())
        painter.setPen(look.qcolour(f"banner.{self.marking}"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.words)
        if self.synthetic:
            self._paint_slab(painter)
        painter.end()

    def _paint_slab(self, painter: QPainter) -> None:
        look, slant = theme.current(), px(_SLANT)
        words = _("Synthetic data")
        painter.setFont(fonts.banner())
        wide = painter.fontMetrics().horizontalAdvance(words.upper()) + px(14) + px(18) + slant
        right, bottom = float(self.width()), float(self.height())
        slab = QPolygonF([
            QPointF(right - wide + slant, 0), QPointF(right, 0),
            QPointF(right, bottom), QPointF(right - wide, bottom),
        ])  # fmt: skip
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.qcolour("banner.synthetic.ground"))
        painter.drawPolygon(slab)
        self._hatch(painter, slab)
        painter.restore()
        inside = QRectF(right - wide, 0, wide - px(14), bottom)
        painter.setPen(look.qcolour("banner.synthetic"))
        painter.drawText(
            inside, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words
        )

    def _hatch(self, painter: QPainter, slab: QPolygonF) -> None:
        """Draw broad stripes at 45 degrees within the slab."""
        stripe, box = px(_STRIPE), slab.boundingRect()
        path_pen = QPen(theme.current().qcolour("banner.stripe.ground"), stripe * 0.7071)
        painter.setClipRegion(QRegion(slab.toPolygon()))
        painter.setPen(path_pen)
        at = box.left() - box.height()
        while at < box.right() + box.height():
            start = QPointF(at, box.bottom() + 2)
            painter.drawLine(start, start + QPointF(box.height() + 4, -box.height() - 4))
            at += stripe * 2

    def _grow(self) -> None:
        self.setFixedHeight(px(HEIGHT))
        self.update()
