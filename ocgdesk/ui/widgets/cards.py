"""Grounds and frames: hairlines instead of boxes, a shadow only under what floats."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ocgdesk.ui import theme
from ocgdesk.ui.widgets import marks


class Panel(QWidget):
    """A plain ground: ``bg``, ``surface``, ``sunken``, ``raised``, ``selected`` or ``clear``."""

    def __init__(self, ground: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", ground)


class Scroller(QScrollArea):
    """Scrolls a page up and down, never sideways."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)


class Rule(QWidget):
    """A hairline: a single line between two things, lying or standing."""

    def __init__(
        self, *, standing: bool = False, role: str = "line", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = role
        if standing:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().qcolour(self._role))
        painter.end()


class Card(QFrame):
    """A frame with a hairline and round corners; ``body`` is the layout to fill.

    ``edge`` is a role for the frame (``line`` unless something is meant by it); ``dashed`` for
    what is only suggested or missing; ``bar`` names a role for a 3 px bar at the left.
    """

    def __init__(
        self,
        *,
        edge: str = "line",
        ground: str = "surface",
        dashed: bool = False,
        bar: str = "",
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._edge = edge
        self._ground = ground
        self._dashed = dashed
        self._bar = bar
        self.body = QVBoxLayout(self)
        left, top, right, bottom = margins
        self.body.setContentsMargins(left + 1, top + 1, right + 1, bottom + 1)
        self.body.setSpacing(0)

    def set_edge(self, edge: str, ground: str | None = None) -> None:
        """Draw the frame (and the ground) in other roles."""
        self._edge = edge
        self._ground = self._ground if ground is None else ground
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        style = Qt.PenStyle.DashLine if self._dashed else Qt.PenStyle.SolidLine
        marks.round_box(painter, box, look.qcolour(self._ground), None, marks.RADIUS_CARD)
        if self._bar:
            painter.setClipRect(QRectF(0, 0, 3, box.height()))
            marks.round_box(painter, box, look.qcolour(self._bar), None, marks.RADIUS_CARD)
            painter.setClipping(False)
        edge = look.qcolour(self._edge)
        marks.round_box(painter, box, None, edge, marks.RADIUS_CARD, style=style)
        painter.end()


class CornerMask(QWidget):
    """Lies over a view in a card and rounds its corners; lets the mouse through.

    Views paint square; cutting them with a mask would leave steps at the corners.
    """

    def __init__(self, card: Card, ground: str = "surface") -> None:
        super().__init__(card)
        self._ground = ground
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        card.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self.setGeometry(0, 0, event.size().width(), event.size().height())
            self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(box)
        inside.addRoundedRect(box, marks.RADIUS_CARD, marks.RADIUS_CARD)
        painter.fillPath(outside - inside, theme.current().qcolour(self._ground))
        edge = theme.current().qcolour("line")
        marks.round_box(painter, box, None, edge, marks.RADIUS_CARD)
        painter.end()


class Floating(QFrame):
    """The ground of what floats: palette, toast, unlock card. The one thing with a shadow."""

    def __init__(self, *, ground: str = "raised", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = ground
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._shadow = QGraphicsDropShadowEffect(self)
        self._shadow.setBlurRadius(32)
        self._shadow.setOffset(0, 12)
        self.setGraphicsEffect(self._shadow)
        theme.follow(self, self._shade)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look = theme.current()
        edge, ground = look.qcolour("line.2"), look.qcolour(self._ground)
        marks.round_box(painter, QRectF(self.rect()), ground, edge, 12)
        painter.end()

    def _shade(self) -> None:
        self._shadow.setColor(theme.current().qcolour("shadow"))
