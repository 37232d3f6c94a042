"""What the sections of the settings are built from."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from ocgdesk import settings
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.notes import ErrorBanner
from ocgdesk.ui.widgets.values import Tone

MEASURE = 640
"""Forms are no wider than this, so that label and box stay together."""


_NO_LIMIT = 16_777_215
"""What Qt takes for no limit."""


class Section(PageBody):
    """One section of the settings. What went well or wrong is said at its top."""

    def __init__(self, desk: Desk, title: str, about: str = "", *, wide: bool = False) -> None:
        super().__init__(spacing=14)
        self.desk = desk
        self._wide = wide
        self.job: Job | None = None
        self.note = ErrorBanner(closable=True, parent=self)
        self.column.setContentsMargins(24, 16, 24, 24)
        self.column.addWidget(Label(title, step="heading"))
        if about:
            self.column.addWidget(Label(about, ink="text.2", wrap=True))
        self.column.addWidget(self.note)
        theme.follow(self, self.fit)

    def show_now(self) -> None:
        """Show things as they are; called each time the section is gone to."""

    def ready(self) -> bool:
        """Tell whether everything asked for is shown."""
        return self.job is None

    def fit(self) -> None:
        """Keep forms no wider than they are read."""
        self.setMaximumWidth(_NO_LIMIT if self._wide else px(MEASURE) + 48)

    def say(self, words: str, tone: Tone = "ok") -> None:
        """Say what was done, or what went wrong."""
        self.note.say(words, tone=tone)

    def keep(self, **values: Any) -> None:
        """Keep preferences of this user on this machine; they hold at once."""
        self.desk.settings = replace(self.desk.settings, **values)
        if not settings.save(self.desk.settings):
            self.say(_("This cannot be kept on this computer; it holds until you close."), "due")

    def run(self, title: str, act: Callable[[Progress], Any], then: Callable[[Any], None]) -> None:
        """Do this in the background; what it refuses is said here, in place."""

        def task(progress: Progress) -> Any:
            try:
                return act(progress)
            except DeskError as error:
                return error

        def done(result: Any) -> None:
            self.job = None
            if isinstance(result, DeskError):
                self.say(str(result), "overdue")
            else:
                then(result)

        self.job = self.desk.background(title, task, done)
        self.job.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self.job = None


class _NavButton(QAbstractButton):
    """One section in the list at the left."""

    def __init__(self, key: str, title: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._icon = icon
        self.setText(title)
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("focusRadius", marks.RADIUS_CONTROL)
        theme.follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(round(marks.text_width(self.text(), fonts.body(MEDIUM))) + px(56), px(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            ground = look.qcolour("selected" if self.isChecked() else "hover")
            marks.round_box(painter, box, ground)
        ink = "accent.text" if self.isChecked() else "text.2"
        icons.paint(painter, self._icon, ink, QRectF(px(10), 0, px(16), box.height()), 16)
        words = box.adjusted(px(36), 0, -px(8), 0)
        font = fonts.body(MEDIUM if self.isChecked() else fonts.REGULAR)
        marks.text(painter, words, self.text(), font, ink)
        painter.end()


class SectionList(QWidget):
    """The sections at the left of the settings."""

    chosen = Signal(str)

    def __init__(
        self, entries: tuple[tuple[str, str, str], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Sections"))
        self._group = QButtonGroup(self)
        self.buttons: dict[str, _NavButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 16)
        column.setSpacing(2)
        for key, title, icon in entries:
            button = _NavButton(key, title, icon, self)
            button.clicked.connect(self._on_clicked)
            self._group.addButton(button)
            self.buttons[key] = button
            column.addWidget(button)
        column.addStretch(1)
        theme.follow(self, self._grow)

    def choose(self, key: str) -> None:
        """Mark a section as shown."""
        self.buttons[key].setChecked(True)

    def _on_clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, _NavButton):
            self.chosen.emit(pressed.key)

    def _grow(self) -> None:
        self.setFixedWidth(px(180))
