"""Search everything: a panel of 720 px that floats over the page, never over the marking."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from ocgdesk.i18n import _
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.shell.found import FoundDelegate, FoundModel
from ocgdesk.ui.shell.values import Found, FoundGroup
from ocgdesk.ui.widgets.cards import Floating, Rule
from ocgdesk.ui.widgets.chips import KeyHint
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.labels import IconLabel, Label

WIDTH: Final = 720
DELAY_MS: Final = 150
_TALLEST: Final = 480
_TOP: Final = 62


class SearchPalette(QWidget):
    """Covers its parent with a veil and shows the panel on it.

    ``query_changed`` follows 150 ms after the last key; ``chosen`` carries the value of a result
    and whether it opens in a new tab; ``kind_chosen`` a key of the kinds offered;
    ``watch_requested`` the words to save and watch.
    """

    query_changed = Signal(str)
    chosen = Signal(object, bool)
    kind_chosen = Signal(str)
    watch_requested = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._back: QWidget | None = None
        self.model = FoundModel(self)
        self.box = QLineEdit()
        self.kinds = Select(name=_("Kind of record"))
        self.list = QListView()
        self.nothing = Label("", ink="text.2", wrap=True)
        self.panel = Floating(parent=self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._tell)
        self._build()
        parent.installEventFilter(self)
        self.hide()
        theme.follow(self, self._grow)

    def summon(self, query: str = "") -> None:
        """Show the panel, with these words in its box."""
        self._back = self.window().focusWidget()
        self.box.setText(query)
        self.box.selectAll()
        self._place()
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Hide the panel and give the focus back to where it was."""
        self._timer.stop()
        self.hide()
        if self._back is not None:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
            self._back = None
        self.closed.emit()

    def offer_kinds(self, kinds: tuple[Option, ...]) -> None:
        """Offer these kinds to narrow the search to; the first should be all of them."""
        self.kinds.show_options(kinds)

    def show_results(self, groups: tuple[FoundGroup, ...], nothing: str = "") -> None:
        """Show these results, the first being current; or the sentence when there are none."""
        self.model.show_groups(groups)
        self.nothing.setText(nothing)
        self.nothing.setVisible(bool(nothing) and not groups)
        self.list.setVisible(bool(groups))
        if groups:
            self._go(self.model.next_result(-1, 1))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        if watched is self.box and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._on_key(event)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().qcolour("scrim"))
        painter.end()

    def _build(self) -> None:
        self.box.setProperty("shape", "plain")
        self.box.setProperty("ownFocus", True)
        self.box.setPlaceholderText(_("Name, alias, number, reference or words"))
        self.box.setAccessibleName(_("Search everything"))
        self.box.textChanged.connect(self._timer.start)
        self.box.installEventFilter(self)
        self.kinds.chosen.connect(self.kind_chosen)
        self._dress_list()
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(Rule())
        column.addSpacing(4)
        column.addWidget(self.list, 1)
        self.nothing.setContentsMargins(18, 12, 18, 16)
        column.addWidget(self.nothing)
        column.addSpacing(6)
        column.addWidget(Rule())
        column.addLayout(self._foot())
        self.nothing.hide()
        self.list.hide()

    def _dress_list(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(FoundDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("ground", "clear")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(_("Results"))
        self.list.clicked.connect(self._on_click)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(12)
        head.addWidget(IconLabel("action.search", "text.2", 20))
        head.addWidget(self.box, 1)
        head.addWidget(self.kinds)
        return head

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(18, 8, 16, 9)
        foot.setSpacing(14)
        for keys, words in (
            (("↑", "↓"), _("move")),
            (("Tab",), _("next group")),
            (("Ctrl", "Enter"), _("in a new tab")),
            (("Ctrl", "S"), _("save and watch")),
        ):
            foot.addWidget(KeyHint(keys, words))
        foot.addStretch(1)
        foot.addWidget(Label(_("Searches are logged"), step="caption", ink="text.2"))
        return foot

    def _on_key(self, event: QKeyEvent) -> bool:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        at = self.list.currentIndex().row()
        match key:
            case Qt.Key.Key_Escape:
                self.dismiss()
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self._go(self.model.next_result(at, 1 if key == Qt.Key.Key_Down else -1))
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                self._go(self.model.next_group(at, 1 if key == Qt.Key.Key_Tab else -1))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(at, aside=bool(control))
            case Qt.Key.Key_S if control:
                self.watch_requested.emit(self.box.text())
            case _:
                return False
        return True

    def _go(self, row: int) -> None:
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
            self.list.scrollTo(self.list.currentIndex())

    def _choose(self, row: int, *, aside: bool) -> None:
        if row < 0:
            return
        found = self.model.row(row)
        if isinstance(found, Found):
            self.dismiss()
            self.chosen.emit(found.value, aside)

    def _on_click(self) -> None:
        self._choose(self.list.currentIndex().row(), aside=False)

    def _tell(self) -> None:
        self.query_changed.emit(self.box.text())

    def _place(self) -> None:
        self.setGeometry(self._over.rect())
        wide = min(px(WIDTH), self.width() - 32)
        room = self.height() - 2 * px(_TOP) - px(110)
        self.list.setFixedHeight(min(self._list_height(), px(_TALLEST), max(px(120), room)))
        high = self.panel.sizeHint().height()
        self.panel.setGeometry((self.width() - wide) // 2, px(_TOP), wide, high)

    def _list_height(self) -> int:
        rows = range(self.model.rowCount())
        return sum(self.list.sizeHintForRow(row) for row in rows) or 1

    def _grow(self) -> None:
        self.box.setFont(fonts.step("title"))
        self.panel.setMinimumSize(QSize(0, 0))
        self._place()
