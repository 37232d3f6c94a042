"""The navigation at the left: 200 px with words and counts, or folded to 52 with tooltips."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, STRONG, px
from ocgdesk.ui.shell.values import RailEntry, RailGroup
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.cards import Panel

OPEN: Final = 200
FOLDED: Final = 52
_ROOMY: Final = 30
_TIGHT: Final = 26
_BAR: Final = 3


class _RailButton(QAbstractButton):
    """One entry; the chosen one is tinted and has a bar at its left."""

    def __init__(self, entry: RailEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self.folded = False
        self.row_height = _ROOMY
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_entry(entry)

    def show_entry(self, entry: RailEntry) -> None:
        """Show another count or title."""
        self.entry = entry
        count = "" if entry.count is None else f"{entry.count:,}"
        self.setText(entry.title)
        self.setAccessibleName(f"{entry.title} {count}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(36), px(self.row_height))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        box = QRectF(self.rect())
        self._ground(painter, box)
        ink = "accent.text" if self.isChecked() else "text.2"
        mark = QRectF(0, 0, box.width(), box.height()) if self.folded else None
        icons.paint(
            painter, self.entry.icon, ink, mark or QRectF(px(8), 0, px(17), box.height()), 17
        )
        if not self.folded:
            self._words(painter, box, ink)
        painter.end()

    def _ground(self, painter: QPainter, box: QRectF) -> None:
        look = theme.current()
        if self.isChecked():
            marks.round_box(painter, box, look.qcolour("selected"))
            painter.setClipRect(QRectF(0, 0, _BAR, box.height()))
            marks.round_box(painter, box, look.qcolour("accent"))
            painter.setClipping(False)
        elif self.underMouse():
            marks.round_box(painter, box, look.qcolour("line", 0.6))

    def _words(self, painter: QPainter, box: QRectF, ink: str) -> None:
        count = self.entry.hint if self.entry.count is None else f"{self.entry.count:,}"
        wide = marks.text_width(count, fonts.caption()) + px(8) if count else 0
        left = px(8 + 17 + 10)
        words = QRectF(left, 0, box.width() - left - wide - px(8), box.height())
        marks.text(painter, words, self.entry.title, fonts.body(MEDIUM), ink)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        faint = ink if self.isChecked() else "text.3"
        numbers = box.adjusted(0, 0, -px(8), 0)
        marks.text(painter, numbers, count, fonts.caption(), faint, align=right)


class _Caption(QWidget):
    """The name of a group; folded, only a line."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.folded = False
        self.tight = False
        self.title = title
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        if self.folded:
            return QSize(px(36), px(17))
        return QSize(px(36), px(27 if self.tight else 32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.folded:
            line = QRectF(px(6), round(box.center().y()), box.width() - px(12), 1)
            painter.fillRect(line, theme.current().qcolour("line.2"))
        else:
            low = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            inside = box.adjusted(px(8), 0, 0, -px(5))
            font = fonts.caption(STRONG)
            marks.text(painter, inside, self.title, font, "text.3", align=low)
        painter.end()


class _WorkspaceButton(QAbstractButton):
    """The workspace that is open; a press offers the others."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.folded = False
        self.note = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(36), px(34 if self.folded else 44))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        box, look = QRectF(self.rect()), theme.current()
        if self.underMouse():
            marks.round_box(painter, box, look.qcolour("line", 0.6))
        mark = box if self.folded else QRectF(px(8), 0, px(17), box.height())
        icons.paint(painter, "page.workspace", "text", mark, 17)
        if not self.folded:
            left, wide = px(35), box.width() - px(35 + 24)
            name = QRectF(left, px(3), wide, px(20))
            marks.text(painter, name, self.text(), fonts.body(STRONG), "text")
            below = QRectF(left, px(22), wide, px(16))
            marks.text(painter, below, self.note, fonts.caption(), "text.3")
            switch = QRectF(box.right() - px(24), 0, px(20), box.height())
            icons.paint(painter, "action.switch", "text.3", switch, 14)
        painter.end()


class Rail(Panel):
    """Groups of places with their counts. ``chosen`` carries the key of the place."""

    chosen = Signal(str)
    workspace_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bg", parent)
        self.setAccessibleName(_("Navigation"))
        self.folded = False
        self._current = ""
        self._shape: tuple[object, ...] = ()
        self.buttons: dict[str, _RailButton] = {}
        self._captions: list[_Caption] = []
        self.workspace = _WorkspaceButton(self)
        self.workspace.clicked.connect(self.workspace_requested)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 8, 9, 8)
        outer.setSpacing(0)
        outer.addWidget(self.workspace)
        outer.addSpacing(6)
        self._top, self._foot = QVBoxLayout(), QVBoxLayout()
        outer.addWidget(self._scroller(), 1)
        outer.addLayout(self._foot)
        theme.follow(self, self._grow)

    def show_workspace(self, name: str, note: str = "") -> None:
        """Name the workspace that is open, and what state it is in."""
        self.workspace.setText(name)
        self.workspace.note = note
        self.workspace.setAccessibleName(f"{name}, {note}")
        self.workspace.setToolTip(name)
        self.workspace.update()

    def show_places(
        self, groups: tuple[RailGroup, ...], footer: tuple[RailEntry, ...] = ()
    ) -> None:
        """Show these places; only counts change if the places are the same."""
        shape = tuple((g.title, tuple(e.key for e in g.entries)) for g in groups)
        if (shape, tuple(e.key for e in footer)) != self._shape:
            self._shape = (shape, tuple(e.key for e in footer))
            self._rebuild(groups, footer)
        for entry in (*(e for g in groups for e in g.entries), *footer):
            self.buttons[entry.key].show_entry(entry)
        self._grow()

    def choose(self, key: str) -> None:
        """Mark the place one is at; "" or an unknown key marks none. Tells nobody."""
        self._current = key
        for name, button in self.buttons.items():
            button.setChecked(name == key)

    def keys(self) -> tuple[str, ...]:
        """Return the keys of all places from top to bottom."""
        return tuple(self.buttons)

    def fold(self, *, folded: bool) -> None:
        """Show only icons, or words too."""
        self.folded = folded
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        buttons = [self.workspace, *self.buttons.values()]
        now = self.focusWidget()
        if step is not None and now in buttons:
            at = buttons.index(now) + step
            buttons[at % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.current().qcolour("line"))
        painter.end()

    def _scroller(self) -> QScrollArea:
        inner = Panel("clear")
        self._top.setContentsMargins(0, 0, 0, 8)
        self._top.setSpacing(0)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._top)
        column.addStretch(1)
        self._inner = inner
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _rebuild(self, groups: tuple[RailGroup, ...], footer: tuple[RailEntry, ...]) -> None:
        for old in (*self.buttons.values(), *self._captions):
            old.deleteLater()
        self.buttons, self._captions = {}, []
        for group in groups:
            if group.title:
                caption = _Caption(group.title, self._inner)
                self._captions.append(caption)
                self._top.addWidget(caption)
            for entry in group.entries:
                self._top.addWidget(self._button(entry, self._inner))
        for entry in footer:
            self._foot.addWidget(self._button(entry, self))
        self.choose(self._current)

    def _button(self, entry: RailEntry, parent: QWidget) -> _RailButton:
        button = _RailButton(entry, parent)
        button.clicked.connect(self._on_clicked)
        self.buttons[entry.key] = button
        return button

    def _on_clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, _RailButton):
            self.choose(self._current)  # the page that opens marks its place
            self.chosen.emit(pressed.entry.key)

    def _grow(self) -> None:
        self.setFixedWidth(px(FOLDED if self.folded else OPEN))
        self.workspace.folded = self.folded
        for caption in self._captions:
            caption.folded = self.folded
        for button in self.buttons.values():
            button.folded = self.folded
            button.setToolTip(button.entry.title if self.folded else "")
        self._fit()

    def _fit(self) -> None:
        """Draw entries tighter when the window is too low for all of them."""
        count, captions = len(self.buttons), len(self._captions)
        need = px(44 + 30) + count * px(_ROOMY) + captions * px(17 if self.folded else 32)
        tight = need > self.height()
        for button in self.buttons.values():
            button.row_height = _TIGHT if tight else _ROOMY
            button.updateGeometry()
        for caption in self._captions:
            caption.tight = tight
            caption.updateGeometry()
        self.workspace.updateGeometry()
        self.update()
