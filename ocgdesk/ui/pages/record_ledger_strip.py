"""When a handle was in use and who is thought to have used it then, on one strip of time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocgdesk.casework.ledgers import Ledger, Put, Span
from ocgdesk.i18n import _
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.pages.record_ledger_words import confidence_line, span_words
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.values import Strength

_ROW: Final = 22
_NAME: Final = 150
_FOOT: Final = 20
_MOST: Final = 6
_TICK: Final = 86


@dataclass(frozen=True, slots=True)
class Piece:
    """One bar of a row, from the first to the last day it covers."""

    start: date
    end: date
    ink: str
    strength: Strength = "confirmed"
    thin: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the strip."""

    name: str
    pieces: tuple[Piece, ...]
    words: str


class PeriodStrip(QWidget):
    """The handle's own row first, then a row for each candidate who still stands.

    Custody on record is drawn over a candidate's period: a handset in use then speaks against.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self.reach: tuple[date, date] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def show_ledger(self, ledger: Ledger) -> None:
        """Show the periods of a handle; nothing where no date is on record."""
        self.reach = _reach(ledger)
        self.rows = _rows(ledger, self.reach) if self.reach else ()
        said = "; ".join(f"{row.name}: {row.words}" for row in self.rows)
        self.setAccessibleName(_("Periods. {rows}").format(rows=said))
        self.setVisible(bool(self.rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(320), px(_ROW * len(self.rows) + _FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        if self.reach is None:
            return
        painter = QPainter(self)
        for number, row in enumerate(self.rows):
            box = QRectF(0, number * px(_ROW), self.width(), px(_ROW))
            self._paint_row(painter, box, row)
        self._paint_days(painter)
        painter.end()

    def _paint_row(self, painter: QPainter, box: QRectF, row: Row) -> None:
        name = QRectF(0, box.top(), px(_NAME - 10), box.height())
        marks.text(painter, name, row.name, fonts.small(), "text.2")
        middle = box.center().y()
        track = QRectF(px(_NAME), middle - px(5), self.width() - px(_NAME), px(10))
        painter.fillRect(track, theme.current().qcolour("hover"))
        for piece in row.pieces:
            self._paint_piece(painter, track, piece)

    def _paint_piece(self, painter: QPainter, track: QRectF, piece: Piece) -> None:
        left, right = self._at(piece.start), self._at(piece.end + timedelta(days=1))
        bar = QRectF(left, track.top(), max(3.0, right - left), track.height())
        colour = theme.current().qcolour(piece.ink)
        if piece.thin:
            bar.setTop(track.center().y() - px(1.5))
            bar.setHeight(px(3))
        if piece.strength == "confirmed":
            painter.fillRect(bar, colour)
            return
        styles = {"unconfirmed": Qt.PenStyle.DashLine, "tentative": Qt.PenStyle.DotLine}
        painter.fillRect(bar, theme.current().qcolour(piece.ink, 0.22))
        marks.round_box(painter, bar, None, colour, 1, style=styles[piece.strength])

    def _paint_days(self, painter: QPainter) -> None:
        top = px(_ROW) * len(self.rows)
        for day, align in self._ticks():
            at = self._at(day)
            wide = px(_TICK)
            left = {0: at, 1: at - wide / 2, 2: at - wide}[align]
            box = QRectF(left, top + px(2), wide, px(_FOOT - 2))
            flags = (
                Qt.AlignmentFlag.AlignLeft,
                Qt.AlignmentFlag.AlignHCenter,
                Qt.AlignmentFlag.AlignRight,
            )[align]
            font = fonts.caption(MEDIUM) if align != 1 else fonts.caption()
            said = f"{day.day} {day:%b %Y}" if align != 1 else self._short(day)
            both = flags | Qt.AlignmentFlag.AlignVCenter
            marks.text(painter, box, said, font, "text.3", align=both)

    def _short(self, day: date) -> str:
        assert self.reach is not None  # noqa: S101 - only painted with one
        long = (self.reach[1] - self.reach[0]).days > 200
        return f"{day:%b %Y}" if long else f"{day.day} {day:%b}"

    def _ticks(self) -> Iterator[tuple[date, int]]:
        """Yield the first day, as many between as there is room for, and the last."""
        assert self.reach is not None  # noqa: S101 - only painted with one
        start, end = self.reach
        yield start, 0
        between = max(0, int((self.width() - px(_NAME)) / px(_TICK + 30)) - 1)
        days = (end - start).days
        for number in range(1, between):
            yield start + timedelta(days=days * number // between), 1
        yield end, 2

    def _at(self, day: date) -> float:
        assert self.reach is not None  # noqa: S101 - only painted with one
        start, end = self.reach
        days = (end - start).days + 1
        share = min(1.0, max(0.0, (day - start).days / days))
        return px(_NAME) + share * (self.width() - px(_NAME))


def _reach(ledger: Ledger) -> tuple[date, date] | None:
    """Return the first and the last day on record: of the handle, or else of its candidates."""
    handle = ledger.handle
    spans: list[Span] = [(handle.first_seen, handle.last_seen)]
    spans += [(put.link.start, put.link.end) for put in _standing(ledger)]
    days = [day for span in spans for day in _days(span)]
    return (min(days), max(days)) if days else None


def _days(span: Span) -> list[date]:
    start, end = span
    found = [start.earliest()] if start else []
    found += [end.latest()] if end else []
    return [day for day in found if day not in {date.min, date.max}]


def _standing(ledger: Ledger) -> list[Put]:
    return [put for put in ledger.candidates if not put.is_out][:_MOST]


def _rows(ledger: Ledger, reach: tuple[date, date]) -> tuple[Row, ...]:
    handle = ledger.handle
    own = _piece((handle.first_seen, handle.last_seen), reach, "kind.handle")
    seen = span_words(handle.first_seen, handle.last_seen) or _("not known")
    rows = [Row(_("Handle in use"), own, seen)]
    rows += [_row(put, reach) for put in _standing(ledger)]
    return tuple(rows)


def _row(put: Put, reach: tuple[date, date]) -> Row:
    link = put.link
    ink = "kind.exploited" if put.nominal.exploited else "kind.nominal"
    pieces = _piece((link.start, link.end), reach, ink, confidence_line(link.confidence))
    inside: list[Piece] = []
    words = [span_words(link.start, link.end)]
    for span in put.custody:
        inside += _piece(span, reach, "overdue", thin=True)
        words.append(_("in custody {period}").format(period=span_words(*span)))
    said = ", ".join(word for word in words if word)
    return Row(put.nominal.label, (*pieces, *inside), said)


def _piece(
    span: Span,
    reach: tuple[date, date],
    ink: str,
    strength: Strength = "confirmed",
    *,
    thin: bool = False,
) -> tuple[Piece, ...]:
    start = span[0].earliest() if span[0] else reach[0]
    end = span[1].latest() if span[1] else reach[1]
    if start > reach[1] or end < reach[0] or not _is_known(span):
        return ()
    return (Piece(max(start, reach[0]), min(end, reach[1]), ink, strength, thin),)


def _is_known(span: Sequence[object]) -> bool:
    return any(end is not None for end in span)
