"""The strip of open pages: one record or page each, with undo, redo and search at its right."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QTabBar, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, STRONG, px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.buttons import Button, icon_button
from ocgdesk.ui.widgets.cards import Panel

HEIGHT: Final = 40
WIDEST: Final = 236
_TAB: Final = 34
_CROSS: Final = 18
_RADIUS: Final = 6
_ROOMY: Final = 800


class TabBar(QTabBar):
    """The tabs themselves: kind icon, title shortened in its middle, a cross.

    A middle click closes. Icons are meanings (``entity.ocg``), kept as the tab's data.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Open pages"))
        self.setDrawBase(False)
        self.setMovable(True)
        self.setChangeCurrentOnDrag(True)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("focusRadius", _RADIUS)
        self._icons: dict[str, str] = {}
        self._pressed_cross = -1
        theme.follow(self, self._grow)

    def add(self, key: str, title: str, icon: str) -> int:
        """Add a tab at the end and return its place."""
        at = self.addTab(title)
        self.setTabData(at, key)
        self.change(at, title, icon)
        return at

    def change(self, at: int, title: str, icon: str) -> None:
        """Show another title or icon."""
        self._icons[self.key(at)] = icon
        self.setTabText(at, title)
        self.setTabToolTip(at, title)
        self.setAccessibleTabName(at, title)

    def key(self, at: int) -> str:
        """Return the key of the tab at this place, or ""."""
        return str(self.tabData(at) or "")

    def place(self, key: str) -> int:
        """Return the place of the tab with this key, or -1."""
        return next((at for at in range(self.count()) if self.key(at) == key), -1)

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802
        words = marks.text_width(self.tabText(index), fonts.body(STRONG))
        wide = px(14 + 16 + 9) + words + px(8 + _CROSS + 8)
        return QSize(min(px(WIDEST), round(wide) + 1), px(_TAB))

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802
        return QSize(min(px(124), self.tabSizeHint(index).width()), px(_TAB))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        for at in range(self.count()):
            if at != self.currentIndex():
                self._paint_tab(painter, at)
        if self.currentIndex() >= 0:
            self._paint_tab(painter, self.currentIndex())
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        at = self.tabAt(spot)
        if event.button() == Qt.MouseButton.MiddleButton and at >= 0:
            self.tabCloseRequested.emit(at)
            return
        if at >= 0 and self._cross(at).contains(spot):
            self._pressed_cross = at
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed_cross = self._pressed_cross, -1
        if pressed >= 0:
            if self._cross(pressed).contains(event.position().toPoint()):
                self.tabCloseRequested.emit(pressed)
            return
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.update()

    def _cross(self, at: int) -> QRect:
        box, side = self.tabRect(at), px(_CROSS)
        return QRect(box.right() - side - px(7), box.center().y() - side // 2 + 1, side, side)

    def _paint_tab(self, painter: QPainter, at: int) -> None:
        box, spot = QRectF(self.tabRect(at)), self.mapFromGlobal(self.cursor().pos())
        current, over = at == self.currentIndex(), self.tabAt(spot) == at and self.underMouse()
        self._ground(painter, box, current=current, over=over)
        icon = self._icons.get(self.key(at), "page.other")
        mark = QRectF(box.left() + px(14), box.top(), px(16), box.height())
        icons.paint(painter, icon, icons.natural(icon, "text" if current else "text.2"), mark, 16)
        left = mark.right() + px(9)
        words = QRectF(left, box.top(), self._cross(at).left() - px(6) - left, box.height())
        font = fonts.body(STRONG if current else MEDIUM)
        middle, ink = Qt.TextElideMode.ElideMiddle, "text" if current else "text.2"
        marks.text(painter, words, self.tabText(at), font, ink, elide=middle)
        self._paint_cross(painter, at, spot)

    def _paint_cross(self, painter: QPainter, at: int, spot: QPoint) -> None:
        box = self._cross(at)
        hot = box.contains(spot) and self.underMouse()
        if hot:
            ground = theme.current().qcolour("line")
            marks.round_box(painter, QRectF(box), ground, None, marks.RADIUS_CHIP)
        icons.paint(painter, "action.close", "text" if hot else "text.3", QRectF(box), 14)

    def _ground(self, painter: QPainter, box: QRectF, *, current: bool, over: bool) -> None:
        look = theme.current()
        if not current:
            if over:
                inside = box.adjusted(2, 3, -2, -3)
                marks.round_box(painter, inside, look.qcolour("line", 0.6))
            return
        outline = _tab_shape(box.adjusted(0.5, 0.5, -0.5, 2))
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setClipRect(box)
        painter.setPen(look.qcolour("line"))
        painter.setBrush(look.qcolour("surface"))
        painter.drawPath(outline)
        painter.setClipRect(QRectF(box.left(), box.top(), box.width(), 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.qcolour("accent"))
        painter.drawPath(_tab_shape(box.adjusted(0, 0, 0, 2)))
        painter.restore()

    def _grow(self) -> None:
        self.setFont(fonts.body(STRONG))
        self.setFixedHeight(px(_TAB))
        self.updateGeometry()
        self.update()


def _tab_shape(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.moveTo(box.bottomLeft())
    path.lineTo(box.left(), box.top() + _RADIUS)
    path.quadTo(box.topLeft(), box.topLeft() + QPoint(_RADIUS, 0))
    path.lineTo(box.right() - _RADIUS, box.top())
    path.quadTo(box.topRight(), box.topRight() + QPoint(0, _RADIUS))
    path.lineTo(box.bottomRight())
    return path


class SearchButton(QAbstractButton):
    """Looks like a search box and opens the search; its key is printed on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._short = False
        self.setText(_("Search everything"))
        self.setToolTip(_("Search everything (Ctrl+K)"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def shorten(self, *, short: bool) -> None:
        """Show only the icon, where there is no room for more."""
        if self._short != short:
            self._short = short
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(36 if self._short else 264), px(28))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        ground = look.qcolour("hover" if self.underMouse() else "surface")
        marks.round_box(painter, box, ground, look.qcolour("control"))
        mark = QRectF(px(9), 0, px(16), box.height())
        icons.paint(painter, "action.search", "text.3", mark, 15)
        if not self._short:
            self._paint_words(painter, box)
        painter.end()

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        words = QRectF(px(33), 0, box.width(), box.height())
        marks.text(painter, words, self.text(), fonts.body(), "text.3")
        caps = QRectF(box.right() - px(8 + 20), 0, px(20), box.height())
        caps.moveRight(box.right() - px(7))
        marks.key_cap(painter, caps, "K")
        wide = max(px(20), marks.text_width("Ctrl", fonts.caption(STRONG)) + px(12))
        marks.key_cap(painter, QRectF(caps.left() - wide - px(10), 0, wide, box.height()), "Ctrl")


class TabStrip(Panel):
    """The row above the pages: tabs, a way to a new one, undo and redo, search."""

    new_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    search_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg", parent)
        self.tabs = TabBar()
        self.new_button = icon_button("action.add", _("Open another page"), key="Ctrl+T")
        self.undo_button = icon_button("action.undo", _("Undo"))
        self.redo_button = icon_button("action.redo", _("Redo"))
        self.search_button = SearchButton()
        for button, signal in (
            (self.new_button, self.new_requested),
            (self.undo_button, self.undo_requested),
            (self.redo_button, self.redo_requested),
            (self.search_button, self.search_requested),
        ):
            button.clicked.connect(signal)
        self._arrange()
        self.show_undo("", "")
        theme.follow(self, self._grow)

    def show_undo(self, undo: str, redo: str) -> None:
        """Name the acts that would be undone and redone; "" when there is none."""
        _offer(self.undo_button, undo, _("Undo: {act} (Ctrl+Z)"), _("Nothing of yours to undo"))
        _offer(self.redo_button, redo, _("Redo: {act} (Ctrl+Y)"), _("Nothing of yours to redo"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.search_button.shorten(short=self.width() < px(_ROOMY))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        line = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(line, theme.current().qcolour("line"))
        painter.end()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(2)
        low = Qt.AlignmentFlag.AlignBottom
        row.addWidget(self.tabs, 0, low)
        row.addSpacing(4)
        row.addWidget(self.new_button)
        row.addStretch(1)
        row.addWidget(self.undo_button)
        row.addWidget(self.redo_button)
        row.addSpacing(10)
        row.addWidget(self.search_button)

    def _grow(self) -> None:
        self.setFixedHeight(px(HEIGHT))


def _offer(button: Button, act: str, words: str, nothing: str) -> None:
    if act:
        button.allow()
        button.explain(words.format(act=act))
    else:
        button.refuse(nothing)
