"""Chips and keys as widgets: states with icon and word, filters with a way out, grades."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.values import Chip, Grade

_CROSS = 14


class ChipLabel(QWidget):
    """A chip that is only read."""

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_chip(chip)
        theme.follow(self, self.updateGeometry)

    def show_chip(self, chip: Chip) -> None:
        """Show another state."""
        self.chip = chip
        self.setAccessibleName(chip.word)
        self.setToolTip(chip.hint)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(marks.chip_width(self.chip)) + 1, px(marks.CHIP_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        marks.chip(painter, QRectF(self.rect()), self.chip)
        painter.end()


class GradingChip(QWidget):
    """A grade such as ``2·C·P``; solid, dashed or dotted for how far the source is tested."""

    def __init__(self, grade: Grade, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_grade(grade)
        theme.follow(self, self.updateGeometry)

    def show_grade(self, grade: Grade) -> None:
        """Show another grade."""
        self.grade = grade
        self.setAccessibleName(_("Grade {grade}").format(grade=grade.text))
        self.setToolTip(grade.hint)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(marks.grade_width(self.grade)) + 1, px(20))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        marks.grade(painter, QRectF(self.rect()), self.grade)
        painter.end()


class KeyHint(QWidget):
    """Keys of the keyboard and what they do: ``KeyHint(("Ctrl", "K"), "search")``."""

    def __init__(
        self, keys: tuple[str, ...], words: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.keys = keys
        self.words = words
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{'+'.join(keys)} {words}".strip())
        theme.follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        caps = sum(max(px(20), marks.text_width(key, fonts.caption(fonts.STRONG)) + px(12)) + 4
                   for key in self.keys)  # fmt: skip
        words = marks.text_width(self.words, fonts.caption()) + 4 if self.words else 0
        return QSize(round(caps + words), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        box = QRectF(self.rect())
        for key in self.keys:
            box.setLeft(box.left() + marks.key_cap(painter, box, key) + 4)
        marks.text(painter, box, self.words, fonts.caption(), "text.2")
        painter.end()


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter that holds, in words."""

    key: str
    words: str


class FilterChip(QAbstractButton):
    """A filter that holds: click opens it, its cross or Delete takes it away."""

    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, value: Filter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filter = value
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("focusRadius", marks.RADIUS_CHIP)
        self.setText(value.words)
        self.setToolTip(_("{filter}. Delete takes it away.").format(filter=value.words))
        self.clicked.connect(self._on_clicked)
        theme.follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        words = marks.text_width(self.filter.words, fonts.small(MEDIUM))
        return QSize(round(words) + px(8 + 6 + _CROSS + 6), px(26))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._on_cross(event.position()) and event.button() == Qt.MouseButton.LeftButton:
            self.setDown(False)
            self.removed.emit(self.filter.key)
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit(self.filter.key)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        fill = "selected.hover" if self.underMouse() else "selected"
        edge = look.qcolour("accent.text")
        marks.round_box(painter, box, look.qcolour(fill), edge, marks.RADIUS_CHIP)
        words = box.adjusted(px(8), 0, -px(_CROSS + 8), 0)
        marks.text(painter, words, self.filter.words, fonts.small(MEDIUM), "accent.text")
        icons.paint(painter, "action.close", "accent.text", self._cross(), 12)
        painter.end()

    def _cross(self) -> QRectF:
        side = px(_CROSS)
        return QRectF(self.width() - side - px(6), 0, side, self.height())

    def _on_cross(self, spot: QPointF) -> bool:
        return self._cross().adjusted(-4, 0, 6, 0).contains(spot)

    def _on_clicked(self) -> None:
        self.opened.emit(self.filter.key)
