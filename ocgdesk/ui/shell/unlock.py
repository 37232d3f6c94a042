"""The first page: which workspace, who, and the passphrase. Light, so that it shows at once."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ocgdesk import __version__
from ocgdesk.i18n import _
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import STRONG, px
from ocgdesk.ui.shell.values import KnownUser, KnownWorkspace
from ocgdesk.ui.widgets import focus, marks
from ocgdesk.ui.widgets.banner import MarkingBanner
from ocgdesk.ui.widgets.buttons import outline, primary, text_button
from ocgdesk.ui.widgets.cards import Floating, Panel
from ocgdesk.ui.widgets.inputs import Option, PassphraseBox, Select, TextBox
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel, Label

WIDTH: Final = 860
HEIGHT: Final = 476
_LEFT_WIDTH: Final = 344
_PRODUCT: Final = "OCG Desk"


class _Logo(QWidget):
    """The product's mark."""

    def sizeHint(self) -> QSize:
        return QSize(px(38), px(38))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(0, 0, px(38), px(38))
        marks.round_box(painter, box, look.qcolour("kind.ocg"), None, marks.RADIUS_CARD)
        icons.paint(painter, "entity.ocg", "surface", box, 24)
        painter.end()


class _WorkspaceRow(QAbstractButton):
    """A workspace opened before: name, marking, when."""

    def __init__(self, known: KnownWorkspace, parent: QWidget) -> None:
        super().__init__(parent)
        self.known = known
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("focusRadius", marks.RADIUS_CARD)
        self.setText(known.name)
        self.setToolTip(known.path)
        self.setAccessibleName(f"{known.name}, {_marking(known)}, {self._third()}")

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(72))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        if self.isChecked():
            marks.round_box(painter, box, look.qcolour("selected"), None, marks.RADIUS_CARD)
            painter.setClipRect(QRectF(0, 0, 3, box.height()))
            marks.round_box(painter, box, look.qcolour("accent"), None, marks.RADIUS_CARD)
            painter.setClipping(False)
        elif self.underMouse():
            marks.round_box(painter, box, look.qcolour("hover"), None, marks.RADIUS_CARD)
        ink = "accent.text" if self.isChecked() else "text.3"
        icons.paint(painter, "page.workspace", ink, QRectF(px(12), px(8), px(18), px(20)), 18)
        self._words(painter, box)
        painter.end()

    def _words(self, painter: QPainter, box: QRectF) -> None:
        left, wide = px(42), box.width() - px(50)
        name = QRectF(left, px(7), wide, px(20))
        marks.text(painter, name, self.known.name, fonts.body(STRONG), "text")
        second = QRectF(left, px(27), wide, px(17))
        marks.text(painter, second, _marking(self.known), fonts.small(), "text.2")
        third = QRectF(left, px(45), wide, px(17))
        ink = "due" if self.known.missing else "text.3"
        if self.known.missing:
            mark = QRectF(left, third.top(), px(13), third.height())
            icons.paint(painter, "status.warning", "due", mark, 13)
            third.setLeft(left + px(17))
        marks.text(painter, third, self._third(), fonts.small(), ink)

    def _third(self) -> str:
        return _("not found where it was") if self.known.missing else self.known.opened


def _marking(known: KnownWorkspace) -> str:
    parts = (known.marking, _("synthetic") if known.synthetic else "")
    return " · ".join(part for part in parts if part)


class UnlockCard(Floating):
    """Known workspaces at the left, user and passphrase at the right.

    ``workspace_chosen`` carries the path, so that the caller can name its users;
    ``unlock_requested`` carries path, user and passphrase.
    """

    unlock_requested = Signal(str, str, str)
    workspace_chosen = Signal(str)
    open_file_requested = Signal()
    new_requested = Signal()
    recovery_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ground="surface", parent=parent)
        self.setAccessibleName(_("Unlock a workspace"))
        self.known: tuple[KnownWorkspace, ...] = ()
        self.rows: list[_WorkspaceRow] = []
        self._path = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self._left = QWidget()
        self._left.setLayout(self._left_column())
        row.addWidget(self._left)
        row.addLayout(self._right_column(), 1)
        theme.follow(self, self._grow)
        self.show_workspaces(())

    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH), px(HEIGHT))

    def hasHeightForWidth(self) -> bool:
        return False  # wrapped labels inside would otherwise decide how high the card is

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up margins where text is large and the window is not."""
        super().resizeEvent(event)
        short = self.height() < px(HEIGHT)
        self._right.setContentsMargins(56, *((10, 56, 8) if short else (40, 56, 36)))

    def show_workspaces(self, known: tuple[KnownWorkspace, ...], current: str = "") -> None:
        """Show these workspaces, the one with this path (or the first there) being chosen."""
        self.known = known
        for old in self.rows:
            old.hide()
            old.deleteLater()
        self.rows = [_WorkspaceRow(one, self._left) for one in known]
        for number, row in enumerate(self.rows):
            row.clicked.connect(self._on_row)
            self._list.insertWidget(number, row)
        self._nothing.setVisible(not known)
        there = [one.path for one in known if not one.missing]
        self._choose(current if current in there else next(iter(there), ""))

    def show_users(self, users: tuple[KnownUser, ...], current: str = "") -> None:
        """Offer these users of the chosen workspace; without any a name is typed."""
        options = tuple(Option(user.name, user.shown, user.role) for user in users)
        self.user.show_options(options, current)
        self.user.setVisible(bool(users))
        self.user_name.setVisible(not users)

    def show_error(self, sentence: str) -> None:
        """Say why it did not open; the passphrase is cleared for another try."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self._error_icon.setVisible(bool(sentence))
        self.passphrase.set_state("error" if sentence else "")
        if sentence:
            self.passphrase.clear()
            self.passphrase.setFocus()

    def begin(self) -> None:
        """Put the cursor where typing goes on: the passphrase, or the user while unnamed."""
        unnamed = self.user.isHidden() and not self.user_name.text()
        target = self.user_name if unnamed else self.passphrase
        (target if self._path else self.open_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_busy(self, *, busy: bool) -> None:
        """Take no input while the key is derived."""
        for part in (self.passphrase, self.user, self.user_name):
            part.setEnabled(not busy)
        self.unlock_button.setEnabled(not busy and bool(self._path))
        words = _("Unlocking…") if busy else _("Unlock")
        self.unlock_button.set_label(words, key="" if busy else "Enter")

    def clear(self) -> None:
        """Forget what was typed."""
        self.passphrase.clear()
        self.show_error("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_unlock()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        look, wide = theme.current(), px(_LEFT_WIDTH)
        inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setClipRect(QRectF(0, 0, wide, self.height()))
        marks.round_box(painter, inside, look.qcolour("sunken"), None, 11)
        painter.setClipping(False)
        painter.fillRect(QRectF(wide, 1, 1, self.height() - 2), look.qcolour("line"))
        painter.end()

    def _left_column(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(_PRODUCT, step="heading"))
        about = _("Version {version} · works without a network").format(version=__version__)
        words.addWidget(Label(about, step="small", ink="text.3"))
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 0, 0)
        head.setSpacing(12)
        head.addWidget(_Logo())
        head.addLayout(words, 1)
        title = Label(_("Workspaces on this computer"), step="small", ink="text.2", weight="strong")
        title.setIndent(12)
        self._nothing = Label(
            _("No workspace yet. Make one, or open a file."), ink="text.2", wrap=True
        )
        self._nothing.setIndent(12)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._list.addWidget(self._nothing)
        column = QVBoxLayout()
        column.setContentsMargins(16, 27, 16, 16)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(20)
        column.addWidget(title)
        column.addSpacing(6)
        column.addLayout(self._list)
        column.addStretch(1)
        column.addLayout(self._ways_in())
        return column

    def _ways_in(self) -> QHBoxLayout:
        self.open_button = outline(_("Open file"), icon="action.open-file", height="bar")
        self.new_button = outline(_("New workspace"), icon="action.add", height="bar")
        self.open_button.clicked.connect(self.open_file_requested)
        self.new_button.clicked.connect(self.new_requested)
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.open_button)
        row.addWidget(self.new_button)
        row.addStretch(1)
        return row

    def _right_column(self) -> QVBoxLayout:
        self.title = ElidedLabel("", step="title")
        self.about = ElidedLabel("", ink="text.2")
        self._make_fields()
        logged = Label(
            _(
                "Every opening, search and record you look at is logged with your name. "
                "Use is for policing purposes only."
            ),
            step="small",
            ink="text.3",
            wrap=True,
        )
        self._right = column = QVBoxLayout()
        column.setContentsMargins(56, 40, 56, 36)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addSpacing(5)
        column.addWidget(self.about)
        column.addSpacing(16)
        self._add_fields(column)
        column.addStretch(1)
        column.addWidget(logged)
        return column

    def _make_fields(self) -> None:
        self.user = Select(name=_("User"), icon="status.user", size="tall", strong=True)
        self.user_name = TextBox(name=_("User"), icon="status.user", size="tall")
        self.passphrase = PassphraseBox(_("Passphrase"))
        self.caps = Label(_("Caps Lock is on"), step="small", ink="due")
        self._caps_icon = IconLabel("status.caps-lock", "due", 13)
        self.error = Label("", step="small", ink="overdue", weight="medium", wrap=True)
        self._error_icon = IconLabel("status.error", "overdue", 14)
        self.unlock_button = primary(_("Unlock"), key="Enter", height="tall")
        self.recovery_button = text_button(_("Use the recovery sheet"), height="tall")
        self.passphrase.caps_lock.connect(self._on_caps)
        self.unlock_button.clicked.connect(self._on_unlock)
        self.recovery_button.clicked.connect(self._on_recovery)

    def _add_fields(self, column: QVBoxLayout) -> None:
        caps = QHBoxLayout()
        caps.setSpacing(4)
        caps.addWidget(Label(_("Passphrase"), weight="medium"))
        caps.addStretch(1)
        caps.addWidget(self._caps_icon)
        caps.addWidget(self.caps)
        error = QHBoxLayout()
        error.setSpacing(6)
        error.addWidget(self._error_icon)
        error.addWidget(self.error, 1)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        ways.addWidget(self.unlock_button)
        ways.addWidget(self.recovery_button)
        ways.addStretch(1)
        column.addWidget(Label(_("User"), weight="medium"))
        column.addSpacing(8)
        column.addWidget(self.user)
        column.addWidget(self.user_name)
        column.addSpacing(18)
        column.addLayout(caps)
        column.addSpacing(8)
        column.addWidget(self.passphrase)
        column.addSpacing(6)
        column.addLayout(error)
        column.addSpacing(14)
        column.addLayout(ways)
        for part in (self.caps, self._caps_icon, self.error, self._error_icon):
            part.hide()

    def _choose(self, path: str) -> None:
        self._path = path
        found = next((one for one in self.known if one.path == path), None)
        for row in self.rows:
            row.setChecked(row.known is found)
        name = found.name if found else ""
        self.title.setText(_("Unlock {name}").format(name=name) if name else _("Unlock"))
        self.about.setText(found.about if found else _("Choose a workspace at the left."))
        self.show_users(found.users if found else ())
        self.clear()
        live = found is not None
        for part in (self.unlock_button, self.recovery_button, self.passphrase, self.user_name):
            part.setEnabled(live)

    def _on_row(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, _WorkspaceRow):
            self._choose(pressed.known.path)
            self.workspace_chosen.emit(pressed.known.path)
            self.passphrase.setFocus()

    def _on_caps(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.caps.setVisible(on)
        self._caps_icon.setVisible(on)

    def _on_unlock(self) -> None:
        if self._path and self.passphrase.text() and self.unlock_button.isEnabled():
            user = self.user_name.text() if self.user.isHidden() else self.user.current
            self.unlock_requested.emit(self._path, user.strip(), self.passphrase.text())

    def _on_recovery(self) -> None:
        self.recovery_requested.emit(self._path)

    def _grow(self) -> None:
        self.setMaximumSize(px(WIDTH), px(HEIGHT))
        self._left.setFixedWidth(px(_LEFT_WIDTH))


class UnlockPage(QWidget):
    """The whole first window: the card in the middle, the marking above and below."""

    def __init__(self, marking: str = "official", *, synthetic: bool = False) -> None:
        super().__init__()
        self.setWindowTitle(_PRODUCT)
        self.banners = tuple(MarkingBanner(marking, synthetic=synthetic) for _ in range(2))
        self.card = UnlockCard()
        ground = Panel("bg")
        middle = QVBoxLayout(ground)
        middle.addWidget(self.card, 0, Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banners[0])
        column.addWidget(ground, 1)
        column.addWidget(self.banners[1])
        app = QApplication.instance()
        if isinstance(app, QApplication):
            focus.install(app)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.card.begin()
