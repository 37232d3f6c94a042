"""The status bar: what is selected, filtered and as at when; jobs, saved, who and the lock."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.shell.values import StatusPart
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.cards import Panel, Rule

HEIGHT: Final = 26
_BAR: Final = 64
_CROSS: Final = 16


class _StatusButton(QAbstractButton):
    """One part of the bar."""

    cancelled = Signal()

    def __init__(self, part: StatusPart, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("focusRadius", marks.RADIUS_CHIP)
        self.show_part(part)

    def show_part(self, part: StatusPart) -> None:
        """Show other words."""
        self.part = part
        self.setText(part.words)
        percent = "" if part.percent is None else f" {part.percent} %"
        self.setAccessibleName(part.words + percent)
        self.setToolTip(part.hint)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = marks.text_width(self.part.words, self._font()) + px(16)
        wide += px(19) if self.part.icon else 0
        wide += 0 if self.part.percent is None else px(_BAR + 44)
        wide += px(_CROSS) if self.part.can_cancel else 0
        return QSize(round(wide), px(24))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.part.can_cancel and self._cross().contains(event.position()):
            self.setDown(False)
            self.cancelled.emit()
            return
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        box, look = QRectF(self.rect()), theme.current()
        if self.underMouse():
            ground = look.qcolour("line", 0.6)
            marks.round_box(painter, box, ground, None, marks.RADIUS_CHIP)
        ink = "text.2" if self.part.tone == "neutral" else self.part.tone
        left = float(px(8))
        if self.part.icon:
            mark = QRectF(left, 0, px(14), box.height())
            icons.paint(painter, self.part.icon, ink, mark, 14)
            left += px(19)
        inside = QRectF(left, 0, box.width() - left, box.height())
        left += marks.text(painter, inside, self.part.words, self._font(), ink)
        self._progress(painter, QRectF(left + px(8), 0, px(_BAR), box.height()))
        painter.end()

    def _progress(self, painter: QPainter, at: QRectF) -> None:
        if self.part.percent is None or at.right() > self.width():
            return
        track = QRectF(at.left(), round(at.center().y()) - px(2), at.width(), px(4))
        marks.bar(painter, track, self.part.percent / 100, "accent")
        words = QRectF(at.right() + px(6), 0, px(40), at.height())
        marks.text(painter, words, f"{self.part.percent} %", fonts.caption(), "text.2")
        if self.part.can_cancel:
            icons.paint(painter, "action.close", "text.3", self._cross(), 13)

    def _cross(self) -> QRectF:
        return QRectF(self.width() - px(_CROSS) - px(4), 0, px(_CROSS), self.height())

    def _font(self) -> QFont:
        return fonts.small(MEDIUM) if self.part.tone != "neutral" else fonts.small()


class StatusBar(Panel):
    """Parts at the left and the right. ``chosen`` and ``cancelled`` carry a part's key."""

    chosen = Signal(str)
    cancelled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg", parent)
        self.setAccessibleName(_("Status"))
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 1, 4, 0)
        row.setSpacing(0)
        for side in (self._left, self._right):
            side.setSpacing(4)
            row.addLayout(side)
        row.insertStretch(1, 1)
        self.parts: dict[str, _StatusButton] = {}
        self._sides: tuple[tuple[str, ...], ...] = ()
        theme.follow(self, self._grow)

    def show_parts(self, left: tuple[StatusPart, ...], right: tuple[StatusPart, ...]) -> None:
        """Show these parts; those already there keep their place and the focus."""
        sides = tuple(tuple(part.key for part in side) for side in (left, right))
        if sides != self._sides:
            self._sides = sides
            self._rebuild(left, right)
        for part in (*left, *right):
            self.parts[part.key].show_part(part)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme.current().qcolour("line"))
        painter.end()

    def _rebuild(self, left: tuple[StatusPart, ...], right: tuple[StatusPart, ...]) -> None:
        self.parts = {}
        for layout, parts in ((self._left, left), (self._right, right)):
            while (item := layout.takeAt(0)) is not None:
                if (old := item.widget()) is not None:
                    old.hide()
                    old.deleteLater()
            for number, part in enumerate(parts):
                if number:
                    layout.addWidget(_divider(), 0, Qt.AlignmentFlag.AlignVCenter)
                layout.addWidget(self._button(part))

    def _button(self, part: StatusPart) -> _StatusButton:
        button = _StatusButton(part, self)
        button.clicked.connect(self._on_clicked)
        button.cancelled.connect(self._on_cancelled)
        self.parts[part.key] = button
        return button

    def _on_clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, _StatusButton):
            self.chosen.emit(pressed.part.key)

    def _on_cancelled(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, _StatusButton):
            self.cancelled.emit(pressed.part.key)

    def _grow(self) -> None:
        self.setFixedHeight(px(HEIGHT))
        for button in self.parts.values():
            button.updateGeometry()


def _divider() -> Rule:
    line = Rule(standing=True, role="line.2")
    line.setFixedHeight(px(14))
    return line
