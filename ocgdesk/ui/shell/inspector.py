"""The area of a page and the inspector at its right, which lies over the page in narrow windows."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.buttons import icon_button
from ocgdesk.ui.widgets.cards import Panel
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel

USUAL: Final = 320
NARROWEST: Final = 280
WIDEST: Final = 480
_GRIP: Final = 5


class _Grip(QWidget):
    """The edge one drags to make the inspector wider."""

    dragged = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self._from: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            now = event.globalPosition().toPoint()
            self.dragged.emit(self._from.x() - now.x())
            self._from = now

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - any button ends it
        self._from = None


class Inspector(Panel):
    """What is selected, in short: a caption with icon, pin and close over the caller's widget."""

    closed = Signal()
    pinned = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunken", parent)
        self.setAccessibleName(_("Inspector"))
        self.caption = ElidedLabel("", step="small", ink="text.3")
        self._icon = IconLabel("", size=15)
        self.pin_button = icon_button("action.pin", _("Keep showing this"))
        self.pin_button.setCheckable(True)
        self.pin_button.toggled.connect(self.pinned)
        close = icon_button("action.close", _("Hide the inspector"), key="Ctrl+I")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 0)
        head.setSpacing(6)
        head.addWidget(self._icon)
        head.addWidget(self.caption, 1)
        head.addWidget(self.pin_button)
        head.addWidget(close)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._foot = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addLayout(self._foot)
        self._footer: QWidget | None = None
        self.width_wanted = USUAL

    @property
    def content(self) -> QWidget | None:
        """The widget shown, if any."""
        return self._area.widget()

    def show_content(
        self,
        widget: QWidget,
        *,
        caption: str = "",
        icon: str = "",
        footer: QWidget | None = None,
    ) -> None:
        """Show this widget, and another that stays at the bottom; the ones before are deleted."""
        old = self._area.takeWidget()
        for gone in (old, self._footer):
            if gone is not None and gone is not widget and gone is not footer:
                gone.hide()
                gone.deleteLater()
        self._footer = footer
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        widget.setProperty("ground", "clear")
        self._area.setWidget(widget)
        self.caption.setText(caption)
        self._icon.show_icon(icon)
        self._icon.setVisible(bool(icon))
        if footer is not None:
            self._foot.addWidget(footer)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, 1, self.height(), theme.current().qcolour("line"))
        painter.end()


class DeskArea(QWidget):
    """Pages with the inspector beside them, or over them when ``overlaid``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = QStackedWidget(self)
        self.inspector = Inspector(self)
        self.overlaid = False
        self._grip = _Grip(self)
        self._grip.dragged.connect(self._on_dragged)
        self.inspector.hide()
        self._grip.hide()
        theme.follow(self, self._arrange)

    def show_inspector(self, *, shown: bool) -> None:
        """Show or hide the inspector."""
        self.inspector.setVisible(shown)
        self._grip.setVisible(shown)
        self._arrange()

    def lay_over(self, *, overlaid: bool) -> None:
        """Lay the inspector over the page instead of beside it."""
        self.overlaid = overlaid
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide, high = self.width(), self.height()
        taken = 0
        if not self.inspector.isHidden():
            wanted = NARROWEST if self.overlaid else self.inspector.width_wanted
            taken = min(px(wanted), wide)
            self.inspector.setGeometry(QRect(wide - taken, 0, taken, high))
            self._grip.setGeometry(QRect(wide - taken - _GRIP // 2, 0, _GRIP, high))
            self.inspector.raise_()
            self._grip.raise_()
        self.pages.setGeometry(QRect(0, 0, wide if self.overlaid else wide - taken, high))

    def _on_dragged(self, by: int) -> None:
        wanted = self.inspector.width_wanted + by
        self.inspector.width_wanted = min(WIDEST, max(NARROWEST, wanted))
        self._arrange()
