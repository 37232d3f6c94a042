"""Where the device was: a cell for each day, a line for the handle and what a candidate carried."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from ocgdesk.casework import whereabouts
from ocgdesk.casework.ledgers import Ledger, Put
from ocgdesk.casework.whereabouts import Mark, Track
from ocgdesk.domain.dates import shown
from ocgdesk.i18n import N_, _
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.labels import Label, SectionHeading

_ROW: Final = 20
_NAME: Final = 150
_FOOT: Final = 20
_WIDEST: Final = 14
_TICK: Final = 90
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MIDDLE: Final = Qt.AlignmentFlag.AlignCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_INKS: Final = {
    "handle": "kind.handle",
    "phone": "kind.phone",
    "vehicle": "kind.vehicle",
    "person": "kind.nominal",
    "custody": "overdue",
}
_SHARE: Final = {Mark.NEAR: 1.0, Mark.THERE: 0.62, Mark.WITHIN: 0.2}
_REFERENCE: Final = frozenset({"handle", "custody"})
"""Lines that the others are compared with."""
_SAID: Final = {
    Mark.NEAR: N_("at the same place"),
    Mark.THERE: N_("on record"),
    Mark.WITHIN: N_("within a longer time on record"),
}


class DayStrip(QWidget):
    """The cells. The mouse or ← and → choose a day, whose words stand in the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tracks: tuple[Track, ...] = ()
        self.reach: tuple[date, date] | None = None
        self.day: date | None = None
        """The day whose words are shown."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.follow(self, self.updateGeometry)

    def show_tracks(self, tracks: Sequence[Track], reach: tuple[date, date] | None) -> None:
        """Show these lines from the first to the last of these days."""
        self.tracks, self.reach = tuple(tracks), reach
        self.day = None
        self.updateGeometry()
        self.update()

    def words(self, day: date) -> str:
        """Return what is on record of a day, line by line."""
        lines = [shown(day)]
        for track in self.tracks:
            if (mark := track.days.get(day)) is not None:
                place = track.words.get(day, "")
                lines.append(f"{track.title}: {', '.join(p for p in (place, _(_SAID[mark])) if p)}")
        return "\n".join(lines if len(lines) > 1 else [*lines, _("Nothing on record.")])

    def sizeHint(self) -> QSize:
        return QSize(px(320), px(_ROW * len(self.tracks) + _FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), self.sizeHint().height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().x())
        if day is not None and day != self.day:
            self._choose(day)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self._day_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self.words(day) if day else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or self.reach is None:
            super().keyPressEvent(event)
            return
        first, last = self.reach
        day = first if self.day is None else self.day + timedelta(days=step)
        self._choose(min(max(day, first), last))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.day = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        if self.reach is None:
            return
        painter = QPainter(self)
        for number, track in enumerate(self.tracks):
            self._paint_track(painter, number, track)
        self._paint_days(painter)
        if self.day is not None:
            box = QRectF(self._at(self.day), 0, self._wide, px(_ROW) * len(self.tracks))
            marks.round_box(painter, box, None, theme.current().qcolour("focus"), 0, width=1.5)
        painter.end()

    def _choose(self, day: date) -> None:
        self.day = day
        self.setAccessibleDescription(self.words(day))
        self.update()

    @property
    def _count(self) -> int:
        return (self.reach[1] - self.reach[0]).days + 1 if self.reach else 1

    @property
    def _wide(self) -> float:
        """The width of one day."""
        return min(px(_WIDEST), (self.width() - px(_NAME)) / self._count)

    def _at(self, day: date) -> float:
        assert self.reach is not None  # noqa: S101 - only asked with one
        return px(_NAME) + (day - self.reach[0]).days * self._wide

    def _day_at(self, x: float) -> date | None:
        if self.reach is None:
            return None
        number = int((x - px(_NAME)) // self._wide)
        return self.reach[0] + timedelta(days=number) if 0 <= number < self._count else None

    def _paint_track(self, painter: QPainter, number: int, track: Track) -> None:
        look, top = theme.current(), number * px(_ROW)
        name = QRectF(0, top, px(_NAME - 10), px(_ROW))
        marks.text(painter, name, track.title, fonts.small(), "text.2")
        assert self.reach is not None  # noqa: S101 - only painted with one
        gap = 1.0 if self._wide >= 4 else 0.0
        for n in range(self._count):
            day = self.reach[0] + timedelta(days=n)
            box = QRectF(self._at(day), top + px(4), self._wide - gap, px(_ROW - 8))
            painter.fillRect(box, look.qcolour("hover"))
            if (mark := track.days.get(day)) is not None:
                firm = mark is Mark.THERE and track.key in _REFERENCE
                share = 1.0 if firm else _SHARE[mark]
                painter.fillRect(box, look.qcolour(_INKS[track.key], share))

    def _paint_days(self, painter: QPainter) -> None:
        assert self.reach is not None  # noqa: S101 - only painted with one
        top, reached = px(_ROW) * len(self.tracks), self._wide * self._count
        ticks = max(1, min(self._count - 1, int(reached / px(_TICK + 26))))
        for n in range(ticks + 1):
            day = self.reach[0] + timedelta(days=(self._count - 1) * n // ticks)
            at = self._at(day) - (0.0, 0.5, 1.0)[(n > 0) + (n == ticks)] * px(_TICK)
            at = at + self._wide if n == ticks else at
            box = QRectF(max(px(_NAME), at), top + px(2), px(_TICK), px(_FOOT - 2))
            side = (_LEFT, _MIDDLE, _RIGHT)[(n > 0) + (n == ticks)]
            words = shown(day) if n in {0, ticks} else f"{day.day} {day:%b}"
            marks.text(painter, box, words, fonts.caption(), "text.3", align=side)


class Whereabouts(QWidget):
    """The strip under its heading; where nothing is on record by day, a sentence says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = SectionHeading(_("Where the device was"), parent=self)
        self.strip = DayStrip(self)
        self.said = Label("", ink="text.2", wrap=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.heading, self.strip, self.said):
            column.addWidget(part)

    def show_put(self, ledger: Ledger, put: Put | None) -> None:
        """Show a handle beside what one candidate carried."""
        spans = [(contact.link.start, contact.link.end) for contact in ledger.contacts]
        person = put.nominal.id if put else None
        custody = put.custody if put else ()
        found = whereabouts.tracks(ledger.handle, spans, ledger.seen, person, custody)
        is_placed = any(track.words for track in found)
        self.strip.setVisible(is_placed)
        reach = whereabouts.reach(ledger.handle, found) if is_placed else None
        self.strip.show_tracks(found if is_placed else (), reach)
        said = whereabouts.told(found)
        self.strip.setAccessibleName(_("Where the device was: {said}").format(said=said))
        more = _("Record sightings as links “Seen at” from the handle, its phone or a vehicle.")
        self.said.setText(said if is_placed else f"{said} {more}")
