"""One candidate of a handle as a card: who, how sure, since when, and every ground for and against.

Drawn by itself: a board worked through by keyboard shows a new handle at every key.
"""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ocgdesk.casework.ledgers import Put
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.values import Ground
from ocgdesk.i18n import _
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, STRONG, px
from ocgdesk.ui.models import looks
from ocgdesk.ui.pages.record_ledger_words import (
    confidence_line,
    period_words,
    short_grade,
    standing_words,
)
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.values import Chip

SIGN_INKS: Final = {"+": "ok", "-": "overdue", "~": "text.2", "!": "overdue"}
_SIGNS: Final = {"-": "−"}
_HEAD: Final = 56
_TALL_HEAD: Final = 84
_NARROW: Final = 430
_ROW: Final = 29
_SMALL: Final = 36
_PAD: Final = 14
_REF: Final = 150
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CandidateCard(QAbstractButton):
    """A candidate: a click chooses it, a double click or Enter opens the nominal.

    Space shows or hides the grounds. The chosen one is framed in the accent.
    """

    picked = Signal(object)
    """The Put."""
    entered = Signal(object)
    """The Put whose nominal is to be opened."""

    def __init__(self, put: Put, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRadius", marks.RADIUS_CARD)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._on_clicked)
        self.show_put(put)
        theme.follow(self, self.updateGeometry)

    def show_put(self, put: Put) -> None:
        """Show somebody else, or the same as they are now."""
        self.put = put
        self.is_folded = put.is_out
        self.setText(put.nominal.label)
        self.setAccessibleName(spoken(put))
        self.setToolTip(put.link.outcome)
        self.updateGeometry()
        self.update()

    def fold(self, *, folded: bool) -> None:
        """Hide the grounds, or show them."""
        self.is_folded = folded
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(420), self.heightForWidth(self.width() or px(420)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(240), px(_SMALL))

    def heightForWidth(self, width: int) -> int:
        if self.is_folded:
            return px(_SMALL)
        rows = sum(self._row_height(words, width) for words in self._lines())
        return round(self._head(width) + rows) + (2 if rows else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match Qt.Key(event.key()):
            case Qt.Key.Key_Space:
                self._on_clicked()
                self.fold(folded=not self.is_folded)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit(self.put)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                event.ignore()  # the sheet chooses; a button would only move the focus
            case _:
                super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.entered.emit(self.put)
        super().mouseDoubleClickEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        ground = "hover" if self.underMouse() and not self.isChecked() else "surface"
        edge = look.qcolour("accent" if self.isChecked() else "line.2")
        width = 2.0 if self.isChecked() else 1.0
        marks.round_box(painter, box, look.qcolour(ground), edge, marks.RADIUS_CARD, width=width)
        if self.is_folded:
            self._paint_folded(painter, box)
        else:
            self._paint_head(painter, QRectF(0, 0, box.width(), self._head(self.width())))
            self._paint_grounds(painter, box)
        painter.end()

    def _lines(self) -> list[str]:
        """Return the words of each ground, and of the outcome where there is one."""
        lines = [ground_words(ground) for ground in self.put.link.grounds]
        return [*lines, self.put.link.outcome] if self.put.link.outcome else lines

    def _head(self, width: int) -> int:
        """Return the height of the head: where it is narrow, how sure stands below the name."""
        return px(_TALL_HEAD if width < px(_NARROW) else _HEAD)

    def _row_height(self, words: str, width: int) -> float:
        room = self._words_room(width)
        box = QRectF(0, 0, max(room, px(80)), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        high = QFontMetricsF(fonts.body()).boundingRect(box, flags, words).height()
        return max(px(_ROW), high + px(11))

    def _words_room(self, width: int) -> float:
        """Return the room for the words of a ground: less sign, grade and reference."""
        room = width - px(2 * _PAD + 24 + 52)
        return room - px(_REF) if self._has_refs(width) else room

    def _has_refs(self, width: int) -> bool:
        return width > px(470) and any(ground.ref for ground in self.put.link.grounds)

    def _paint_folded(self, painter: QPainter, box: QRectF) -> None:
        left = float(px(_PAD))
        mark = QRectF(left, 0, px(18), box.height())
        meaning = "entity.exploited" if self.put.nominal.exploited else "entity.nominal"
        icons.paint(painter, meaning, icons.natural(meaning), mark, 16)
        left += px(18) + px(12)
        font = fonts.body(MEDIUM)
        room = box.width() - left - px(_PAD)
        inside = QRectF(left, 0, room, box.height())
        left += marks.text(painter, inside, self.put.nominal.label, font, "text") + px(12)
        rest = QRectF(left, 0, box.width() - left - px(_PAD), box.height())
        marks.text(painter, rest, folded_words(self.put), fonts.body(), "text.2")

    def _paint_head(self, painter: QPainter, box: QRectF) -> None:
        self._paint_face(painter, QRectF(px(_PAD), 0, px(34), px(_HEAD)))
        left = px(_PAD + 34 + 12)
        is_tall = box.height() > px(_HEAD)
        lower = QRectF(0, px(50), box.width(), px(30)) if is_tall else box
        right = self._paint_standing(painter, lower)
        right = box.right() - px(_PAD) if is_tall else right
        room = right - left - px(10)
        name = QRectF(left, px(9), room, px(20))
        marks.text(painter, name, self.put.nominal.label, fonts.step("section", STRONG), "text")
        below = QRectF(left, px(29), room, px(18))
        words = [standing_words(self.put), period_words(self.put)]
        said = " · ".join(word for word in words if word)
        marks.text(painter, below, said, fonts.small(), "text.2")

    def _paint_face(self, painter: QPainter, at: QRectF) -> None:
        exploited = self.put.nominal.exploited
        meaning = "entity.exploited" if exploited else "entity.nominal"
        ink, side = icons.natural(meaning), px(34)
        ring = QRectF(at.left(), at.center().y() - side / 2, side, side)
        marks.round_box(painter, ring, None, icons.ink(ink), side / 2, width=1.5)
        if exploited:
            inner = ring.adjusted(3, 3, -3, -3)
            marks.round_box(painter, inner, None, icons.ink(ink), inner.width() / 2)
        icons.paint(painter, meaning, ink, ring, 18)

    def _paint_standing(self, painter: QPainter, box: QRectF) -> float:
        """Draw grounds for and against, how sure, and the status; return where that begins."""
        right = box.right() - px(_PAD)
        chip = status_chip(self.put)
        right -= marks.chip_width(chip)
        marks.chip(
            painter, QRectF(right, box.top(), marks.chip_width(chip) + 1, box.height()), chip
        )
        words = label("confidences", self.put.link.confidence)
        right -= px(14) + marks.text_width(words, fonts.body())
        marks.text(painter, _from(right, box), words, fonts.body(), "text.2")
        right -= px(36)
        marks.line_sample(painter, _from(right, box), confidence_line(self.put.link.confidence))
        for sign, count in reversed(self._counts()):
            said = f"{sign} {count}"
            right -= px(12) + marks.text_width(said, fonts.body(STRONG))
            ink = SIGN_INKS["+" if sign == "+" else "-"]
            marks.text(painter, _from(right, box), said, fonts.body(STRONG), ink)
        return right

    def _counts(self) -> tuple[tuple[str, int], ...]:
        found = (("+", self.put.signs("+")), ("−", self.put.signs("-", "!")))
        return tuple(pair for pair in found if pair[1])

    def _paint_grounds(self, painter: QPainter, box: QRectF) -> None:
        top = float(self._head(self.width()))
        for ground in self.put.link.grounds:
            high = self._row_height(ground_words(ground), self.width())
            self._paint_ground(painter, QRectF(0, top, box.width(), high), ground)
            top += high
        if self.put.link.outcome:
            high = self._row_height(self.put.link.outcome, self.width())
            row = QRectF(0, top, box.width(), high)
            self._paint_line(painter, row)
            mark = QRectF(px(_PAD), top, px(16), high)
            icons.paint(painter, "action.review", "text.3", mark, 14)
            self._paint_words(painter, row, self.put.link.outcome, "text.2")

    def _paint_line(self, painter: QPainter, row: QRectF) -> None:
        line = QRectF(1, row.top(), row.width() - 2, 1)
        painter.fillRect(line, theme.current().qcolour("line"))

    def _paint_ground(self, painter: QPainter, row: QRectF, ground: Ground) -> None:
        self._paint_line(painter, row)
        sign = QRectF(px(_PAD), row.top(), px(16), row.height())
        shown = _SIGNS.get(ground.sign, ground.sign)
        centre = Qt.AlignmentFlag.AlignCenter
        ink = SIGN_INKS.get(ground.sign, "text.2")
        marks.text(painter, sign, shown, fonts.step("section", STRONG), ink, align=centre)
        self._paint_words(painter, row, ground_words(ground), "text")
        right = row.right() - px(_PAD)
        if self._has_refs(self.width()):
            ref = QRectF(right - px(_REF) + px(10), row.top(), px(_REF) - px(10), row.height())
            marks.text(painter, ref, ground.ref, fonts.mono(12), "text.2", align=_RIGHT)
            right -= px(_REF)
        if grade := short_grade(ground.grade):
            wide = marks.grade_width(grade)
            marks.grade(painter, QRectF(right - wide, row.top(), wide + 1, row.height()), grade)

    def _paint_words(self, painter: QPainter, row: QRectF, words: str, ink: str) -> None:
        left = px(_PAD + 24)
        inside = QRectF(left, row.top(), self._words_room(self.width()), row.height())
        painter.setFont(fonts.body())
        painter.setPen(icons.ink(ink))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, int(flags | Qt.TextFlag.TextWordWrap), words)

    def _on_clicked(self) -> None:
        self.setChecked(True)
        self.picked.emit(self.put)


def _from(left: float, box: QRectF) -> QRectF:
    return QRectF(left, box.top(), box.right() - left, box.height())


def ground_words(ground: Ground) -> str:
    """Return what a ground says: its note, or else the words of its code."""
    return ground.note or label("attribution-grounds", ground.code)


def folded_words(put: Put) -> str:
    """Return what is said of a candidate in one line: status, when, why."""
    link = put.link
    status = label("attribution-statuses", link.status).lower()
    day = link.reviewed_on
    when = f" {day.day} {day:%b %Y}" if day else ""
    return f"{status}{when}, {link.outcome}" if link.outcome else f"{status}{when}"


def status_chip(put: Put) -> Chip:
    """Return the status as a chip; what waits for a review is due."""
    chip = looks.status_chip("attribution-statuses", put.link.status)
    return Chip(chip.word, "due", chip.icon) if put.link.status == "proposed" else chip


def spoken(put: Put) -> str:
    """Return a candidate as a screen reader says them, with every ground."""
    link = put.link
    known = {"+": _("for"), "-": _("against"), "~": _("neutral"), "!": _("contradiction")}
    grounds = [f"{known.get(g.sign, g.sign)}: {ground_words(g)}" for g in link.grounds]
    parts = [
        put.nominal.label,
        label("attribution-statuses", link.status),
        label("confidences", link.confidence),
        standing_words(put),
        period_words(put),
        *grounds,
    ]
    return ", ".join(part for part in parts if part)
