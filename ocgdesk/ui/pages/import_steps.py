"""The way an import goes, and the counts that filter its rows."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ocgdesk.i18n import N_, _
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, STRONG, px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.values import Tone

STEPS: Final = ("file", "columns", "check", "take-in")
_WORDS: Final = {
    "file": N_("File"),
    "columns": N_("Columns"),
    "check": N_("Check"),
    "take-in": N_("Take in"),
}


class _Step(QAbstractButton):
    """One step: done with a tick, under way with its number filled, still to come in grey."""

    def __init__(self, key: str, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.number = number
        self.now = False
        self.done = False
        self.setText(_(_WORDS[key]))
        self.setProperty("focusRadius", marks.RADIUS_CONTROL)
        theme.follow(self, self.updateGeometry)

    def show_state(self, *, now: bool, done: bool, open_: bool) -> None:
        """Say whether this step is under way, done, and can be gone to."""
        self.now, self.done = now, done
        self.setEnabled(open_)
        shape = Qt.CursorShape.PointingHandCursor if open_ else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        state = _("done") if done else _("under way") if now else _("to come")
        self.setAccessibleName(f"{self.number} {self.text()}, {state}")
        self.update()

    def sizeHint(self) -> QSize:
        words = marks.text_width(self.text(), fonts.body(STRONG if self.now else MEDIUM))
        return QSize(round(words) + px(18 + 7 + 8 + 16), px(30))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, high = theme.current(), self.height()
        if self.underMouse() and self.isEnabled():
            marks.round_box(painter, QRectF(self.rect()), look.qcolour("hover"))
        disc = QRectF(px(4), (high - px(18)) / 2, px(18), px(18))
        if self.done:
            icons.paint(painter, "status.ok", "ok", disc, 17)
        else:
            ground = look.qcolour("accent" if self.now else "hover")
            marks.round_box(painter, disc, ground, None, disc.width() / 2)
            ink = "accent.on" if self.now else "text.2"
            middle = Qt.AlignmentFlag.AlignCenter
            font = fonts.caption(STRONG)
            marks.text(painter, disc, str(self.number), font, ink, align=middle)
        words = QRectF(px(4 + 18 + 7), 0, self.width(), high)
        font = fonts.body(STRONG if self.now else fonts.REGULAR)
        marks.text(painter, words, self.text(), font, "text" if self.now else "text.2")
        if self.number < len(STEPS):
            arrow = QRectF(self.width() - px(14), 0, px(14), high)
            icons.paint(painter, "action.next", "text.3", arrow, 13)
        painter.end()


class Steps(QWidget):
    """File, Columns, Check, Take in; a press goes back to what is done."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Steps of the import"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.steps = {key: _Step(key, n, self) for n, key in enumerate(STEPS, start=1)}
        for step in self.steps.values():
            step.clicked.connect(self._on_clicked)
            row.addWidget(step)
        self.show_step("file")

    def show_step(self, key: str, *, done: bool = False) -> None:
        """Say which step is under way; ``done`` when there is nothing left to do."""
        at = STEPS.index(key)
        for number, (name, step) in enumerate(self.steps.items()):
            behind = number < at or done
            ready = name != "take-in" and at > 0 and not done
            step.show_state(now=name == key and not done, done=behind, open_=ready)

    def _on_clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, _Step):
            self.chosen.emit(pressed.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One count: ``Count(key="new", count=212, word="new", icon="status.added", tone="ok")``."""

    key: str
    count: int
    word: str
    icon: str
    tone: Tone = "neutral"


class CountTile(QAbstractButton):
    """A count with its icon and word; a press shows these rows alone."""

    def __init__(self, count: Count, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setProperty("focusRadius", marks.RADIUS_CONTROL)
        self.plain = False
        self.show_count(count)
        theme.follow(self, self.updateGeometry)

    def show_count(self, count: Count) -> None:
        """Show another count."""
        self.count = count
        self.setText(count.word)
        self.setAccessibleName(f"{count.count:,} {count.word}")
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def show_plain(self, *, plain: bool) -> None:
        """Leave the icon out, where the words have no room."""
        if plain is not self.plain:
            self.plain = plain
            self.updateGeometry()
            self.update()

    def full_width(self) -> int:
        """Return how wide the tile is with icon, figure and words."""
        figure = marks.text_width(f"{self.count.count:,}", fonts.step("section", STRONG))
        words = marks.text_width(self.count.word, fonts.body())
        return round(figure + words) + px(16 + 16 + 8 + 8 + 16)

    def sizeHint(self) -> QSize:
        return QSize(self.full_width() - px(28 if self.plain else 0), px(38))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(56), px(38))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            painter.fillRect(box, look.qcolour("selected" if self.isChecked() else "hover"))
        if self.isChecked():
            painter.fillRect(QRectF(0, box.bottom() - 2, box.width(), 2), look.qcolour("accent"))
        live = self.count.count > 0
        ink = self.count.tone if live and self.count.tone != "neutral" else "text.2"
        mark = QRectF(px(14), 0, px(16), box.height())
        left = px(10)
        if not self.plain:
            icons.paint(painter, self.count.icon, ink, mark, 16)
            left = round(mark.right()) + px(8)
        inside = QRectF(left, 0, box.width(), box.height())
        font = fonts.step("section", STRONG)
        figure = "text" if live else "text.3"
        wide = marks.text(painter, inside, f"{self.count.count:,}", font, figure)
        inside.setLeft(inside.left() + wide + px(8))
        inside.setRight(box.right() - px(4))
        marks.text(painter, inside, self.count.word, fonts.body(), "text.2")
        painter.end()


class CountTiles(QWidget):
    """A row of counts in one frame, of which one always holds."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Show only"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(1)
        self.tiles: dict[str, CountTile] = {}
        self._row.addStretch(1)

    @property
    def current(self) -> str:
        """The key of the count that filters."""
        return next((key for key, tile in self.tiles.items() if tile.isChecked()), "all")

    def show_counts(self, counts: tuple[Count, ...]) -> None:
        """Show these counts, always of the same keys; the choice stays."""
        for place, count in enumerate(counts):
            if count.key in self.tiles:
                self.tiles[count.key].show_count(count)
                continue
            tile = CountTile(count, self)
            tile.clicked.connect(self._on_clicked)
            tile.setChecked(not self.tiles)
            self.tiles[count.key] = tile
            self._row.insertWidget(place, tile)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the icons out where the words would be cut otherwise."""
        tiles = self.tiles.values()
        wide = sum(tile.full_width() + 1 for tile in tiles) + px(4)
        for tile in tiles:
            tile.show_plain(plain=wide > self.width())

    def choose(self, key: str) -> None:
        """Let another count filter, without telling anybody."""
        if (tile := self.tiles.get(key)) is not None:
            tile.setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        edge = look.qcolour("line.2")
        marks.round_box(painter, box, look.qcolour("surface"), edge, marks.RADIUS_CONTROL)
        for tile in self.tiles.values():
            painter.fillRect(QRectF(tile.geometry().right() + 1, 1, 1, box.height() - 2), edge)
        painter.end()

    def _on_clicked(self) -> None:
        self.chosen.emit(self.current)
