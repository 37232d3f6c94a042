"""What takes input: search box, drop-down, check box, radio button, passphrase box."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from ocgdesk.i18n import _
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.widgets import marks

Size = Literal["normal", "tall"]
_SEAT = 22
"""Room for an icon inside a line of text, in pixels at 100 %."""


class InnerIcon(QAbstractButton):
    """An icon inside a line of text that grows with it; Qt gives its own one size for good."""

    def __init__(self, icon: str, ink: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.icon_name = icon
        self._ink = ink
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        icons.paint(painter, self.icon_name, self._ink, QRectF(self.rect()), 16)
        painter.end()


class TextBox(QLineEdit):
    """A line of text with an optional icon at its left."""

    def __init__(
        self,
        *,
        placeholder: str = "",
        name: str = "",
        icon: str = "",
        size: Size = "normal",
        mono: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setProperty("shape", size)
        self._mono = mono
        self.leading = InnerIcon(icon, "text.3", self) if icon else None
        self.trailing: InnerIcon | None = None
        if self.leading is not None:
            self.leading.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.follow(self, self._dress)

    def set_state(self, state: Literal["", "warning", "error"]) -> None:
        """Mark what was typed as wrong or doubtful."""
        self.setProperty("state", state)
        self.style().unpolish(self)
        self.style().polish(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._seat_icons()

    def _dress(self) -> None:
        if self._mono:
            self.setFont(fonts.mono(13))
        room = px(_SEAT)
        self.setTextMargins(room if self.leading else 0, 0, room if self.trailing else 0, 0)
        self._seat_icons()

    def _seat_icons(self) -> None:
        side = px(_SEAT)
        top = (self.height() - side) // 2
        if self.leading is not None:
            self.leading.setGeometry(px(4), top, side, side)
        if self.trailing is not None:
            self.trailing.setGeometry(self.width() - side - px(4), top, side, side)


class SearchBox(TextBox):
    """A box that searches as one types: ``searched`` follows 150 ms after the last key."""

    searched = Signal(str)

    def __init__(
        self, placeholder: str, *, delay_ms: int = 150, parent: QWidget | None = None
    ) -> None:
        super().__init__(placeholder=placeholder, icon="action.search", parent=parent)
        self.setClearButtonEnabled(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(self._tell)
        self.textChanged.connect(self._timer.start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def _tell(self) -> None:
        self.searched.emit(self.text())


class PassphraseBox(TextBox):
    """A passphrase, hidden unless shown; notices Caps Lock from what is typed."""

    caps_lock = Signal(bool)

    def __init__(self, name: str, *, size: Size = "tall", parent: QWidget | None = None) -> None:
        super().__init__(name=name, icon="action.key", size=size, parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.trailing = InnerIcon("action.show", "text.2", self)
        self.trailing.setCursor(Qt.CursorShape.PointingHandCursor)
        self.trailing.clicked.connect(self.toggle)
        self._dress()
        self._open_eye()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt does not say whether Caps Lock is on: a capital without Shift gives it away.
        typed = event.text()
        if typed.isalpha() and typed.lower() != typed.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(typed.isupper() != shifted)
        super().keyPressEvent(event)

    def toggle(self) -> None:
        """Show what was typed, or hide it again."""
        shown = self.echoMode() == QLineEdit.EchoMode.Normal
        hidden, plain = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal
        self.setEchoMode(hidden if shown else plain)
        self._open_eye()

    def _open_eye(self) -> None:
        shown = self.echoMode() == QLineEdit.EchoMode.Normal
        words = _("Hide the passphrase") if shown else _("Show the passphrase")
        if self.trailing is not None:
            self.trailing.icon_name = "action.hide" if shown else "action.show"
            self.trailing.setToolTip(words)
            self.trailing.setAccessibleName(words)
            self.trailing.update()


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a drop-down: what it stands for, its words, and a second word in grey."""

    key: str
    words: str
    second: str = ""


class Select(QComboBox):
    """A drop-down painted like the other controls. ``chosen`` gives the key the user chose."""

    chosen = Signal(str)

    def __init__(
        self,
        options: tuple[Option, ...] = (),
        *,
        name: str = "",
        icon: str = "",
        size: Size = "normal",
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._icon = icon
        self._tall = size == "tall"
        self._strong = strong
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_options(options)
        self.activated.connect(self._on_activated)
        theme.follow(self, self._grow)

    @property
    def current(self) -> str:
        """The key of the option that is shown, or "" without options."""
        return str(self.currentData() or "")

    def show_options(self, options: tuple[Option, ...], current: str = "") -> None:
        """Offer these options, the one with this key (or else the first) being shown."""
        self.options = options
        self.clear()
        for option in options:
            self.addItem(option.words, option.key)
        self.choose(current)

    def choose(self, key: str) -> None:
        """Show the option with this key, if there is one, without telling anybody."""
        if (at := self.findData(key)) >= 0:
            self.setCurrentIndex(at)
        self.update()

    def sizeHint(self) -> QSize:
        font = fonts.body(MEDIUM)
        widest = max((marks.text_width(o.words, font) for o in self.options), default=60)
        lead = px(16) + 8 if self._icon else 0
        return QSize(round(widest) + lead + px(10 + 14 + 10 + 10), px(36 if self._tall else 28))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(64), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        live = self.isEnabled()
        fill = "hover" if self.underMouse() and live else "surface"
        edge = look.qcolour("control" if live else "line.2")
        marks.round_box(painter, box, look.qcolour(fill), edge)
        side = px(14)
        chevron = QRectF(box.right() - px(10) - side, 0, side, box.height())
        icons.paint(painter, "action.expand", "text.3" if live else "disabled", chevron, 14)
        self._paint_words(painter, box.adjusted(px(10), 0, -px(28), 0))
        painter.end()

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        live = self.isEnabled()
        if self._icon:
            mark = QRectF(box.left(), 0, px(16), box.height())
            icons.paint(painter, self._icon, "text.2" if live else "disabled", mark, 16)
            box.setLeft(box.left() + px(16) + 8)
        font = fonts.body(MEDIUM) if self._strong else fonts.body()
        ink = "text" if live else "disabled"
        wide = marks.text(painter, box, self.currentText(), font, ink)
        at = self.currentIndex()
        second = self.options[at].second if 0 <= at < len(self.options) else ""
        box.setLeft(box.left() + wide + 8)
        if second and marks.text_width(second, fonts.body()) <= box.width():
            marks.text(painter, box, second, fonts.body(), "text.3")

    def _grow(self) -> None:
        self.setFont(fonts.body())
        self.setFixedHeight(px(36 if self._tall else 28))
        self.updateGeometry()

    def _on_activated(self) -> None:
        self.chosen.emit(self.current)


class CheckBox(QCheckBox):
    """A check box painted like the ones in tables."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        theme.follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(round(marks.text_width(self.text(), fonts.body())) + px(26), px(24))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        mark = QRectF(0, 0, px(16), self.height())
        marks.check_box(painter, mark, self.checkState(), enabled=self.isEnabled())
        words = QRectF(px(24), 0, self.width() - px(24), self.height())
        ink = "text" if self.isEnabled() else "disabled"
        marks.text(painter, words, self.text(), fonts.body(), ink)
        painter.end()

    def hitButton(self, at: QPoint) -> bool:  # the words belong to the target too
        return self.rect().contains(at)


class RadioButton(QRadioButton):
    """A choice in a form, with an optional second line; the one that holds is framed."""

    def __init__(self, text: str, second: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.second = second
        self.setAccessibleName(text)
        self.setAccessibleDescription(second)
        self.setProperty("focusRadius", marks.RADIUS_CONTROL)
        theme.follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        words = marks.text_width(self.text(), fonts.body(MEDIUM))
        second = marks.text_width(self.second, fonts.small())
        return QSize(round(max(words, second)) + px(46), px(48 if self.second else 32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        if self.isChecked():
            edge = look.qcolour("accent.text")
            marks.round_box(painter, box, look.qcolour("selected"), edge)
        elif self.underMouse():
            marks.round_box(painter, box, look.qcolour("hover"))
        first = QRectF(0, 0, box.width(), px(32))
        dot = QRectF(px(10), 0, px(16), first.height())
        marks.radio_dot(painter, dot, on=self.isChecked(), enabled=self.isEnabled())
        ink = "text" if self.isEnabled() else "disabled"
        words = first.adjusted(px(36), 0, -8, 0)
        marks.text(painter, words, self.text(), fonts.body(MEDIUM), ink)
        lower = QRectF(px(36), px(24), box.width() - px(44), px(18))
        marks.text(painter, lower, self.second, fonts.small(), "text.3")
        painter.end()

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)
