"""What a page says when it has nothing, when something failed, and when something was done."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.buttons import Button, icon_button, outline, text_button
from ocgdesk.ui.widgets.cards import Floating
from ocgdesk.ui.widgets.labels import IconLabel, Label
from ocgdesk.ui.widgets.values import Tone

TOAST_SECONDS: Final = 8


class EmptyState(QWidget):
    """One sentence saying what belongs here, and one action, or one of two; no illustration."""

    acted = Signal()
    acted_otherwise = Signal()

    def __init__(
        self, sentence: str, action: str = "", *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.sentence = Label(sentence, ink="text.2", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button: Button = outline(action, icon=icon)
        self.button.clicked.connect(self.acted)
        self.other: Button = outline("")
        self.other.clicked.connect(self.acted_otherwise)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self.sentence)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.button)
        row.addWidget(self.other)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        self.button.setVisible(bool(action))
        self.other.hide()

    def show_words(self, sentence: str, action: str = "", icon: str = "", other: str = "") -> None:
        """Say something else; ``other`` is what else can be done."""
        self.sentence.setText(sentence)
        self.button.set_label(action, icon=icon)
        self.button.setVisible(bool(action))
        self.other.set_label(other)
        self.other.setVisible(bool(other))


class ErrorBanner(QWidget):
    """An error where it happened: one sentence and one way on. The rest of the page works.

    ``tone`` is ``overdue`` for errors, ``due`` for warnings, ``info`` for what is counted.
    """

    acted = Signal()
    second_acted = Signal()
    """The second way on was taken, where there is one."""
    dismissed = Signal()

    def __init__(
        self,
        sentence: str = "",
        action: str = "",
        *,
        tone: Tone = "overdue",
        closable: bool = False,
        second: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.tone: Tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icon = IconLabel(_tone_icon(tone), tone)
        self.sentence = Label(sentence, ink=tone, weight="medium", wrap=True)
        self.button = text_button(action)
        self.button.clicked.connect(self.acted)
        self.second = text_button("")
        self.second.clicked.connect(self.second_acted)
        self.second.setVisible(second)
        self._close = icon_button("action.close", _("Dismiss"))
        self._close.clicked.connect(self._on_close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.button)
        row.addWidget(self.second)
        row.addWidget(self._close)
        self._close.setVisible(closable)
        self.say(sentence, action)

    def say(self, sentence: str, action: str = "", tone: Tone | None = None) -> None:
        """Say this; the banner hides when there is nothing to say."""
        self.tone = tone or self.tone
        self.sentence.setText(sentence)
        self.sentence.set_ink(self.tone)
        self._icon.show_icon(_tone_icon(self.tone), self.tone)
        self.button.set_label(action)
        self.button.setVisible(bool(action))
        self.setAccessibleName(sentence)
        if not sentence:
            self.hide()
        elif self.parentWidget() is not None:  # on its own it would be a window
            self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        ink, ground = theme.current().tone(self.tone)
        edge = QColor(ink) if theme.current().outlined else None
        box = QRectF(self.rect())
        marks.round_box(painter, box, QColor(ground), edge, marks.RADIUS_CONTROL)
        painter.end()

    def _on_close(self) -> None:
        self.say("")
        self.dismissed.emit()


def _tone_icon(tone: Tone) -> str:
    match tone:
        case "info":
            return "status.info"
        case "ok":
            return "status.ok"
        case "due":
            return "status.warning"
    return "status.error"


class Toast(Floating):
    """What was just done, with the way back: bottom left for 8 s, kept while hovered.

    One at a time; the parent's resizing keeps it in its corner.
    """

    acted = Signal()

    def __init__(self, parent: QWidget, *, bottom: int = 16) -> None:
        super().__init__(parent=parent)
        self._over = parent
        self._bottom = bottom
        self._left = 16
        self.words = Label("", weight="medium")
        self.button = text_button("")
        self._close = icon_button("action.close", _("Dismiss"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        for part in (self.words, self.button, self._close):
            row.addWidget(part)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.hide)
        self.button.clicked.connect(self._on_action)
        self._close.clicked.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, words: str, action: str = "") -> None:
        """Show what was done, and the words of the way back."""
        self.words.setText(words)
        self.button.set_label(action)
        self.button.setVisible(bool(action))
        self.setAccessibleName(words)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self.timer.start(TOAST_SECONDS * 1000)

    def set_left(self, left: int) -> None:
        """Stand this far from the left edge, so as not to cover the navigation."""
        self._left = left
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.timer.start(TOAST_SECONDS * 1000)
        super().leaveEvent(event)

    def _place(self) -> None:
        height = self._over.height()
        self.move(px(self._left), height - self.height() - px(self._bottom))

    def _on_action(self) -> None:
        self.hide()
        self.acted.emit()
