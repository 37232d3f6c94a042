"""The amber strip under the tabs: what is shown is not now, and cannot be changed."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.labels import IconLabel, Label


class AsAtStrip(QWidget):
    """“As at 1 Nov 2025, 00:00. Read only. Back to now”."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.words = Label("", ink="due", weight="medium")
        back = text_button(_("Back to now"))
        back.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 2, 12, 2)
        row.setSpacing(8)
        row.addWidget(IconLabel("status.as-at", "due", 16))
        row.addWidget(self.words)
        row.addWidget(back)
        row.addStretch(1)
        self.hide()
        theme.follow(self, self._grow)

    def say(self, moment: str) -> None:
        """Name the moment, such as “1 Nov 2025, 00:00”; "" means now and hides the strip."""
        self.words.setText(_("As at {moment}. Read only.").format(moment=moment))
        self.setAccessibleName(self.words.text())
        self.setVisible(bool(moment))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look = theme.current()
        painter.fillRect(self.rect(), look.qcolour("due.tint"))
        edge = look.qcolour("due" if look.outlined else "line")
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), edge)
        painter.end()

    def _grow(self) -> None:
        self.setFixedHeight(px(34))
