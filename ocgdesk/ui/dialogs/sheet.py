"""What every dialog is: marking above and below, a title, a body, an error in place, buttons."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ocgdesk.domain.marking import Marking, highest
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.banner import MarkingBanner, known
from ocgdesk.ui.widgets.buttons import Button, outline, primary
from ocgdesk.ui.widgets.cards import Panel, Rule, Scroller
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.notes import ErrorBanner


class Thinker(QObject):
    """One thread for what takes a moment before any workspace is open, such as deriving a key."""

    answered = Signal(object, object)
    """The result and None, or None and the error."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="derive")

    def start(self, act: Callable[[], Any]) -> None:
        """Do this on the thread and tell how it went."""

        def task() -> None:
            try:
                self.answered.emit(act(), None)
            except Exception as error:  # noqa: BLE001 - handed to the UI thread
                self.answered.emit(None, error)

        self._pool.submit(task)

    def close(self) -> None:
        """Wait for what is under way and let go of the thread."""
        self._pool.shutdown(cancel_futures=True)


class _Body(Scroller):
    """What a dialog asks; it scrolls only where the screen is too low for all of it."""

    _FOOT: Final = 130
    """The most that buttons and marking above and below take, at 100 %."""

    def __init__(self, content: QWidget, parent: QWidget) -> None:
        self.content = content
        super().__init__(content, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.content.layout()
        wanted = layout.totalMinimumSize().height() if layout is not None else 0
        if layout is not None and layout.hasHeightForWidth():
            wanted = max(wanted, layout.totalHeightForWidth(width))
        room = self.screen().availableGeometry().height() - px(self._FOOT)
        return min(wanted, max(room, px(160)))

    def sizeHint(self) -> QSize:
        wide = self.content.sizeHint().width()
        return QSize(wide, self.heightForWidth(max(wide, self.width())))

    def minimumSizeHint(self) -> QSize:
        wide = self.content.minimumSizeHint().width()
        return QSize(wide, self.heightForWidth(max(wide, self.width())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.content and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Sheet(QDialog):
    """A dialog with the marking over and under it; Enter takes its one primary button.

    Subclasses fill ``body`` and override ``on_accept``. Long work goes through ``think``, during
    which the dialog takes no input and cannot be closed.
    """

    def __init__(
        self,
        title: str,
        accept: str,
        *,
        marking: str = "official",
        synthetic: bool = False,
        cancel: bool = True,
        width: int = 520,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{title} – OCG Desk")
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._width = width
        shown = _highest(known(marking), parent)
        self.banners = tuple(MarkingBanner(shown, synthetic=synthetic) for _n in range(2))
        self.title = Label(title, step="title", wrap=True)
        self.error = ErrorBanner(parent=self)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.accept_button = primary(accept, key="Enter")
        self.cancel_button = outline(_("Cancel"), key="Esc")
        self.cancel_button.setVisible(cancel)
        self.busy = False
        self._then: Callable[[Any], None] | None = None
        self._thinker = Thinker(self)
        self._thinker.answered.connect(self._on_answered)
        self.accept_button.clicked.connect(self._on_accept)
        self.cancel_button.clicked.connect(self.reject)
        self._arrange()
        theme.follow(self, self._grow)

    def on_accept(self) -> None:
        """Do what the primary button says; the default closes the dialog."""
        self.accept()

    def say(self, sentence: str) -> None:
        """Show an error in place; "" takes it away."""
        self.error.say(sentence)

    def think(self, act: Callable[[], Any], then: Callable[[Any], None], words: str) -> None:
        """Do this on another thread, and then hand on what came of it; errors show in place."""
        self._then = then
        self._waiting = self.accept_button.text()
        self.say("")
        self._rest(busy=True)
        self.accept_button.set_label(words, key="")
        self._thinker.start(act)

    def add_buttons(self, *buttons: Button) -> None:
        """Put further buttons at the left of the foot."""
        for place, button in enumerate(buttons):
            self._buttons.insertWidget(place, button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_accept()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        if not self.busy:
            super().reject()

    def done(self, result: int) -> None:
        """Close the dialog and its thread."""
        self._thinker.close()
        super().done(result)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self._make_room)
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._fit_height)

    def _make_room(self) -> None:
        """Grow with what is shown: sentences that wrap need more than a layout foresees."""
        if self.height() < (wanted := self._wanted_height()):
            self.resize(self.width(), wanted)

    def _fit_height(self) -> None:
        """Be no higher than needed: before it was as wide as it is, sentences took more lines."""
        self.resize(self.width(), self._wanted_height())

    def _wanted_height(self) -> int:
        layout = self.layout()
        if layout is None:
            return self.height()
        wanted = max(layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height())
        return min(wanted, self.screen().availableGeometry().height())

    def _arrange(self) -> None:
        self._form = QWidget()
        body = _Body(self._form, self)
        inside = QVBoxLayout(self._form)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(14)
        inside.addWidget(self.title)
        inside.addLayout(self.body)
        inside.addWidget(self.error)
        foot = Panel("sunken")
        self._buttons = QHBoxLayout(foot)
        self._buttons.setContentsMargins(24, 10, 24, 10)
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.cancel_button)
        self._buttons.addWidget(self.accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.banners[0], body, Rule(role="line.2"), foot, self.banners[1]):
            column.addWidget(part, 1 if part is body else 0)

    def _rest(self, *, busy: bool) -> None:
        self.busy = busy
        self._form.setEnabled(not busy)
        for button in (self.accept_button, self.cancel_button):
            button.setEnabled(not busy)

    @Slot()
    def _on_accept(self) -> None:
        if not self.busy and self.accept_button.isEnabled():
            self.on_accept()

    @Slot(object, object)
    def _on_answered(self, result: object, error: Exception | None) -> None:
        self._rest(busy=False)
        self.accept_button.set_label(self._waiting, key="Enter")
        if error is None:
            if self._then is not None:
                self._then(result)
        elif isinstance(error, DeskError):
            self.on_refused(error)
        else:
            raise error

    def on_refused(self, error: DeskError) -> None:
        """Say why it did not work."""
        self.say(str(error))

    def _grow(self) -> None:
        self.setMinimumWidth(min(px(self._width), 1000))


def _highest(marking: str, parent: QWidget | None) -> str:
    """Return the higher of a marking and that of the window the dialog opens over."""
    window = parent.window() if parent is not None else None
    banner = window.findChild(MarkingBanner) if window is not None else None
    over = banner.marking if isinstance(banner, MarkingBanner) else marking
    return highest((Marking(marking), Marking(over))).value
