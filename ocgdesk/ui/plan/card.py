"""An action as a card: what, about whom, how far, by when, by whom."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ocgdesk.casework.plan_conflicts import Clash
from ocgdesk.domain.plans import Action
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief
from ocgdesk.ui import fonts, icons, theme, words
from ocgdesk.ui.fonts import MEDIUM, STRONG, px
from ocgdesk.ui.plan import looks
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.values import Chip

_SIDE: Final = 12
_ABOVE: Final = 9
_GAP: Final = 4
_ROW: Final = 22
_WRAP: Final = int(
    Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
)
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Seen:
    """An action as its card shows it."""

    action: Action
    touched: tuple[Brief, ...]
    today: date
    clash: Clash | None = None
    """Another action on the same nominal in the same week, by somebody else."""


class ActionCard(QWidget):
    """A card one can open, tick off, take away and put under another P."""

    opened = Signal(object)
    ticked = Signal(object)
    removed = Signal(object)
    sent = Signal(object, int)
    """The action, and by how many strands it is to move: Alt and an arrow."""
    stepped = Signal(object, int)
    """The action, and the arrow pressed on it."""
    dragged = Signal(object, QPoint)
    dropped = Signal(object, QPoint)
    drag_ended = Signal()

    def __init__(self, seen: Seen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seen = seen
        self._from: QPoint | None = None
        self._dragging = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("focusRadius", marks.RADIUS_CARD)
        self.setAccessibleName(self._spoken())
        self.setToolTip(self._hint())
        theme.follow(self, self._grow)

    @property
    def id(self) -> UUID:
        """The action's id."""
        return self.seen.action.id

    def sizeHint(self) -> QSize:
        return QSize(px(150), self._wanted_height(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(60))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        self._paint_ground(painter)
        top = float(px(_ABOVE))
        left, wide = float(px(_SIDE)), self.width() - 2 * px(_SIDE)
        high = self._title_height(self.width())
        self._paint_title(painter, QRectF(left, top, wide, high))
        top += high + px(_GAP)
        if self.seen.touched:
            self._paint_touched(painter, QRectF(left, top, wide, px(_ROW)))
            top += px(_ROW) + px(_GAP)
        if self.seen.clash is not None:
            self._paint_clash(painter, QRectF(left, top, wide, px(_ROW)))
            top += px(_ROW) + px(_GAP)
        self._paint_status(painter, QRectF(left, top, wide, px(_ROW)))
        top += px(_ROW) + px(_GAP)
        self._paint_owner(painter, QRectF(left, top, wide, px(_ROW)))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        now = event.globalPosition().toPoint()
        far = (now - self._from).manhattanLength() >= QApplication.startDragDistance()
        if self._dragging or far:
            self._dragging = True
            self.dragged.emit(self, now)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self.dropped.emit(self, event.globalPosition().toPoint())
        self._from, self._dragging = None, False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_Escape and self._dragging:
            self._from, self._dragging = None, False
            self.drag_ended.emit()
        elif alt and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.sent.emit(self.id, -1 if key == Qt.Key.Key_Left else 1)
        elif not self._on_key(key):
            super().keyPressEvent(event)

    def _on_key(self, key: int) -> bool:
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.opened.emit(self.id)
        elif key == Qt.Key.Key_Space:
            self.ticked.emit(self.id)
        elif key == Qt.Key.Key_Delete:
            self.removed.emit(self.id)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.stepped.emit(self, int(key))
        else:
            return False
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _wanted_height(self, width: int) -> int:
        rows = 2 + bool(self.seen.touched) + (self.seen.clash is not None)
        high = self._title_height(width) + rows * (px(_ROW) + px(_GAP)) + 2 * px(_ABOVE)
        return round(high)

    def _grow(self) -> None:
        """Be as high as the title needs at this width."""
        self.setFixedHeight(self._wanted_height(self.width()))
        self.update()

    def _title_height(self, width: int) -> float:
        room = QRectF(0, 0, width - 2 * px(_SIDE), 10_000)
        metrics = QFontMetricsF(fonts.body(MEDIUM))
        return metrics.boundingRect(room, _WRAP, self.seen.action.title).height() + 2

    def _paint_ground(self, painter: QPainter) -> None:
        look, box, action = theme.current(), QRectF(self.rect()), self.seen.action
        quiet = not action.is_live
        ground = look.qcolour("sunken" if quiet else "surface")
        marks.round_box(painter, box, ground, None, marks.RADIUS_CARD)
        if action.side == "sio":
            painter.save()
            painter.setClipRect(QRectF(0, 0, 3, box.height()))
            marks.round_box(painter, box, look.qcolour("info"), None, marks.RADIUS_CARD)
            painter.restore()
        edge = "accent" if self.hasFocus() else "line" if quiet else "line.2"
        marks.round_box(painter, box, None, look.qcolour(edge), marks.RADIUS_CARD)

    def _paint_title(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(fonts.body(MEDIUM))
        ink = "text" if self.seen.action.is_live else "text.2"
        painter.setPen(theme.current().qcolour(ink))
        painter.drawText(box, _WRAP, self.seen.action.title)

    def _paint_touched(self, painter: QPainter, box: QRectF) -> None:
        left, shown = box.left(), 0
        for record in self.seen.touched:
            wide = px(20) + marks.text_width(record.label, fonts.small())
            if shown and left + wide > box.right() - px(24):
                break
            mark = QRectF(left, box.top(), px(14), box.height())
            meaning = words.icon_of(record.kind, exploited=record.exploited)
            icons.paint(painter, meaning, icons.natural(meaning), mark, 14)
            name = QRectF(left + px(19), box.top(), box.right() - left - px(19), box.height())
            left += px(19) + marks.text(painter, name, record.label, fonts.small(), "text.2")
            left += px(12)
            shown += 1
        if more := len(self.seen.touched) - shown:
            rest = QRectF(left, box.top(), box.right() - left, box.height())
            marks.text(painter, rest, f"+{more}", fonts.small(), "text.3")

    def _paint_clash(self, painter: QPainter, box: QRectF) -> None:
        chip = Chip(_("Same nominal, same week"), "due", "status.conflict")
        marks.chip(painter, box, chip)

    def _paint_status(self, painter: QPainter, box: QRectF) -> None:
        value, right = looks.status(self.seen.action), box.right()
        if chip := looks.due_chip(self.seen.action, self.seen.today):
            wide = marks.chip_width(chip)
            right = box.right() - wide
            marks.chip(painter, QRectF(right, box.top(), wide, box.height()), chip)
        ink = "text.2" if value.tone == "neutral" else value.tone
        icons.paint(
            painter, value.icon, ink, QRectF(box.left(), box.top(), px(15), box.height()), 15
        )
        said = QRectF(box.left() + px(21), box.top(), right - box.left() - px(25), box.height())
        marks.text(painter, said, value.word, fonts.small(), "text.2")

    def _paint_owner(self, painter: QPainter, box: QRectF) -> None:
        action, right = self.seen.action, box.right()
        if action.side in {"sio", "partner"}:
            right -= self._paint_tag(painter, box, label("plan-sides", action.side)) + px(6)
        side = px(20)
        disc = QRectF(box.left(), box.top() + 1, side, side)
        look = theme.current()
        marks.round_box(painter, disc, look.qcolour("hover"), look.qcolour("line.2"), side / 2)
        font = fonts.step("caption", STRONG)
        font.setPixelSize(px(9))
        said = looks.initials(action.officer) or "–"
        marks.text(painter, disc, said, font, "text.2", align=_CENTRE)
        room = QRectF(disc.right() + px(7), box.top(), right - disc.right() - px(7), box.height())
        name = action.officer or _("No owner")
        wide = marks.text(painter, room, name, fonts.small(), "text")
        room.setLeft(room.left() + wide + px(6))
        marks.text(painter, room, label("agencies", action.agency), fonts.small(), "text.3")

    def _paint_tag(self, painter: QPainter, box: QRectF, word: str) -> float:
        font = fonts.caption(STRONG)
        wide = marks.text_width(word, font) + px(12)
        tag = QRectF(box.right() - wide, box.top() + px(2), wide, px(18))
        ink = theme.current().qcolour("info")
        marks.round_box(painter, tag, None, ink, marks.RADIUS_CHIP)
        marks.text(painter, tag, word, font, "info", align=_CENTRE)
        return wide

    def _spoken(self) -> str:
        action, chip = self.seen.action, looks.due_chip(self.seen.action, self.seen.today)
        due = _("due {when}").format(when=chip.word) if chip else _("no due date")
        clash = self.seen.clash.words if self.seen.clash else ""
        parts = (action.title, looks.status(action).word, due, action.officer, clash)
        return ", ".join(part for part in parts if part)

    def _hint(self) -> str:
        """Say in full what the card may have shortened."""
        action = self.seen.action
        who = " · ".join(x for x in (action.officer, label("agencies", action.agency)) if x)
        touched = ", ".join(record.label for record in self.seen.touched)
        clash = self.seen.clash.words if self.seen.clash else ""
        return "\n".join(x for x in (action.title, touched, who, action.outcome, clash) if x)
