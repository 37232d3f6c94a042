"""Counts that filter: a row of figures, each with its icon, its words and what it counts."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.values import Tone

_TILE = 170
"""Narrower than this at 100 % a count loses its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stat:
    """One count with its words: ``Stat(key="late", count="6", title="Overdue", …)``."""

    key: str
    count: str
    title: str
    basis: str = ""
    icon: str = ""
    tone: Tone = "neutral"


class StatTile(QAbstractButton):
    """One count. A press filters by it, a second press stops."""

    def __init__(self, stat: Stat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("focusRadius", marks.RADIUS_CARD)
        self.show_stat(stat)
        theme.follow(self, self.updateGeometry)

    def show_stat(self, stat: Stat) -> None:
        """Show another count."""
        self.stat = stat
        self.setText(stat.title)
        self.setAccessibleName(f"{stat.title}: {stat.count}")
        self.setAccessibleDescription(stat.basis)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        title = marks.text_width(self.stat.title, fonts.body(MEDIUM))
        basis = marks.text_width(self.stat.basis, fonts.small())
        figure = marks.text_width(self.stat.count, fonts.figure(large=True))
        return QSize(round(px(20 + 20 + 8 + 12 + 16) + figure + max(title, basis)), px(60))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(110), px(60))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            painter.fillRect(box, look.qcolour("selected" if self.isChecked() else "hover"))
        if self.isChecked():
            painter.fillRect(QRectF(0, box.bottom() - 2, box.width(), 2), look.qcolour("accent"))
        self._paint_words(painter, self._paint_figure(painter, box))
        painter.end()

    def _paint_figure(self, painter: QPainter, box: QRectF) -> float:
        ink = "text" if self.stat.tone == "neutral" else self.stat.tone
        left = float(px(18))
        if self.stat.icon:
            icons.paint(painter, self.stat.icon, ink, QRectF(left, 0, px(20), box.height()), 20)
            left += px(20) + px(9)
        font = fonts.figure(large=True)
        inside = QRectF(left, 0, box.width(), box.height())
        return left + marks.text(painter, inside, self.stat.count, font, ink) + px(14)

    def _paint_words(self, painter: QPainter, left: float) -> None:
        middle, width = self.height() / 2, self.width() - left - px(8)
        title = QRectF(left, middle - px(19), width, px(20))
        if not self.stat.basis:
            title.moveTop(middle - px(10))
        marks.text(painter, title, self.stat.title, fonts.body(MEDIUM), "text")
        basis = QRectF(left, middle + px(1), width, px(18))
        marks.text(painter, basis, self.stat.basis, fonts.small(), "text.3")


class StatRow(QWidget):
    """A row of counts in one card; emits the key of the one chosen, or "" when none is."""

    chosen = Signal(str)

    def __init__(self, stats: tuple[Stat, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(1)
        self._across = 0
        self.tiles: tuple[StatTile, ...] = ()
        self.show_stats(stats)

    def show_stats(self, stats: tuple[Stat, ...]) -> None:
        """Show these counts; the choice stays if its key is still there."""
        if [tile.stat.key for tile in self.tiles] == [stat.key for stat in stats]:
            for tile, stat in zip(self.tiles, stats, strict=True):
                tile.show_stat(stat)
            return
        for tile in self.tiles:
            tile.deleteLater()
        self.tiles = tuple(StatTile(stat, self) for stat in stats)
        for tile in self.tiles:
            tile.clicked.connect(self._on_clicked)
        self._across = 0
        self._lay_out()

    def clear_choice(self) -> None:
        """Let no count filter, without telling anybody."""
        for tile in self.tiles:
            tile.setChecked(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look = theme.current()
        edge, ground = look.qcolour("line"), look.qcolour("surface")
        marks.round_box(painter, QRectF(self.rect()), ground, edge, marks.RADIUS_CARD)
        for tile in self.tiles:
            if tile.x() > 1:
                painter.fillRect(QRectF(tile.x() - 1, tile.y(), 1, tile.height()), edge)
            if tile.y() > 1:
                painter.fillRect(QRectF(tile.x(), tile.y() - 1, tile.width(), 1), edge)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Put the counts in one row, or where there is no room for their words in two."""
        count = len(self.tiles)
        roomy = self.width() >= count * px(_TILE)
        across = max(1, count if roomy else (count + 1) // 2)
        if across == self._across:
            return
        self._across = across
        for number, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, number // across, number % across)
        for column in range(count):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    def _on_clicked(self) -> None:
        pressed = self.sender()
        for tile in self.tiles:
            if tile is not pressed:
                tile.setChecked(False)
        self.chosen.emit(next((t.stat.key for t in self.tiles if t.isChecked()), ""))
