"""A line's whole story as a strip of time: its names, its numbers, its check-backs, today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocgdesk.casework.line_stories import Chapter, Number, Story
from ocgdesk.domain.clocks import action_clock
from ocgdesk.domain.dates import PartialDate, shown
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.subrecords import CheckBack
from ocgdesk.i18n import _
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.fonts import MEDIUM, STRONG, px
from ocgdesk.ui.widgets import marks

_NAME: Final = 96
"""Room for the names of the rows, at 100 %."""
_BRAND: Final = 30
_LANE: Final = 22
_ROW_GAP: Final = 10
_FOOT: Final = 22
_TAIL: Final = 0.12
"""The share of the width behind today: what is still due stands there."""
_DEFAULT_LENGTH: Final = timedelta(days=120)
"""How long a name is drawn whose beginning nobody recorded."""
State = Literal["live", "closed", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One name: from when to when it ran, how it ended, whether it is the one opened."""

    chapter: Chapter
    start: date
    end: date
    words: str
    is_live: bool
    is_own: bool
    lane: int = 0
    """Names that overlap in time stand below one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A number in use: the lane it is drawn in, so that two at a time stand apart."""

    number: Number
    start: date
    end: date
    lane: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A check-back: made, due, or over its day."""

    back: CheckBack
    on: date
    words: str
    ink: str
    filled: bool


class StoryStrip(QWidget):
    """Draws a Story. A click on a name of another line opens it."""

    opened = Signal(object)
    """The Brief of the line whose name was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tags: tuple[Tag, ...] = ()
        self.bars: tuple[Bar, ...] = ()
        self.dots: tuple[Dot, ...] = ()
        self._today = date.min
        self._reach = (date.min, date.min)
        self._lanes = 0
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def show_story(self, story: Story, today: date) -> None:
        """Show all names of a line, what is known of its numbers, and its check-backs."""
        self._today = today
        self.tags = _in_lanes(_tags(story, today))
        self.bars = tuple(_bars(story, today))
        self.dots = tuple(_dots(story, today))
        self._lanes = max((bar.lane for bar in self.bars), default=-1) + 1
        self._reach = _reach(self.tags, self.bars, self.dots, today)
        self.setAccessibleName(_spoken(self.tags, self.bars, self.dots))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(560), round(self._foot() + px(_FOOT)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(320), self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tag = self._tag_at(event.position())
        if tag is not None and not tag.is_own:
            self.opened.emit(tag.chapter.brief)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        tag = self._tag_at(event.position())
        other = tag is not None and not tag.is_own
        shape = Qt.CursorShape.PointingHandCursor if other else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setToolTip(f"{tag.chapter.line.brand}: {tag.words}" if tag else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        if not self.tags:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_days(painter)
        self._paint_names(painter)
        for tag in self.tags:
            self._paint_tag(painter, tag)
        for bar in self.bars:
            self._paint_bar(painter, bar)
        for dot in self.dots:
            self._paint_dot(painter, dot)
        self._paint_today(painter)
        painter.end()

    # ---- Where things stand ---------------------------------------------------------------------

    def _at(self, day: date) -> float:
        """Return where a day stands."""
        start, end = self._reach
        share = (day - start).days / max(1, (end - start).days)
        return px(_NAME) + min(1.0, max(0.0, share)) * (self.width() - px(_NAME) - px(8))

    def _numbers_top(self) -> float:
        lanes = max((tag.lane for tag in self.tags), default=0) + 1
        return lanes * px(_BRAND + 4) + px(2 * _ROW_GAP)

    def _backs_top(self) -> float:
        lanes = max(1, self._lanes)
        return self._numbers_top() + lanes * px(_LANE) + px(_ROW_GAP)

    def _foot(self) -> float:
        return self._backs_top() + (px(_LANE + _ROW_GAP) if self.dots else 0)

    def _box(self, tag: Tag) -> QRectF:
        left, right = self._at(tag.start), self._at(tag.end)
        top = px(4) + tag.lane * px(_BRAND + 4)
        return QRectF(left, top, max(px(22), right - left), px(_BRAND))

    def _tag_at(self, at: QPointF) -> Tag | None:
        return next((tag for tag in reversed(self.tags) if self._box(tag).contains(at)), None)

    # ---- Painting -------------------------------------------------------------------------------

    def _paint_names(self, painter: QPainter) -> None:
        rows: list[tuple[str, float, float]] = [(_("Name"), px(4), px(_BRAND))]
        rows.append((_("Numbers"), self._numbers_top(), px(_LANE)))
        if self.dots:
            rows.append((_("Check-backs"), self._backs_top(), px(_LANE)))
        for words, top, height in rows:
            box = QRectF(0, top, px(_NAME - 8), height)
            marks.text(painter, box, words, fonts.small(), "text.3")

    def _paint_tag(self, painter: QPainter, tag: Tag) -> None:
        look, box = theme.current(), self._box(tag)
        point = min(px(9), box.width() / 2)
        shape = QPolygonF(
            [
                box.topLeft(),
                QPointF(box.right() - point, box.top()),
                QPointF(box.right(), box.center().y()),
                QPointF(box.right() - point, box.bottom()),
                box.bottomLeft(),
            ]
        )
        edge = look.qcolour("kind.county-line")
        fill = edge if tag.is_live else look.qcolour("kind.county-line", 0.14)
        painter.setPen(QPen(edge, 2 if tag.is_own else 1))
        painter.setBrush(fill)
        painter.drawPolygon(shape)
        self._paint_tag_words(painter, tag, box.adjusted(px(8), 0, -point, 0))

    def _paint_tag_words(self, painter: QPainter, tag: Tag, inside: QRectF) -> None:
        brand, font = tag.chapter.line.brand, fonts.small(STRONG)
        ink = "surface" if tag.is_live else "text"
        if marks.text_width(brand, font) > inside.width() and self._has_room_behind(tag):
            left = self._box(tag).right() + px(6)
            inside = QRectF(left, inside.top(), self.width() - left, inside.height())
            ink = "text"
        wide = marks.text(painter, inside, brand, font, ink)
        rest = inside.adjusted(wide + px(8), 0, 0, 0)
        if rest.width() > px(40):
            second = ink if ink == "surface" else "text.2"
            marks.text(painter, rest, tag.words, fonts.small(), second)

    def _has_room_behind(self, tag: Tag) -> bool:
        """Tell whether nothing stands behind a name that is too short for its words."""
        return not any(o.start > tag.start and o.lane == tag.lane for o in self.tags)

    def _paint_bar(self, painter: QPainter, bar: Bar) -> None:
        look = theme.current()
        top = self._numbers_top() + bar.lane * px(_LANE)
        left, right = self._at(bar.start), self._at(bar.end)
        line = QRectF(left, top + px(_LANE - 5), max(px(3), right - left), px(4))
        painter.fillRect(line, look.qcolour("kind.phone", 1.0 if bar.number.in_use else 0.55))
        words, font = bar.number.phone.label, fonts.mono(11)
        wide = marks.text_width(words, font) + px(4)
        at = min(left, max(px(_NAME), self.width() - wide))
        box = QRectF(at, top, wide, px(_LANE - 6))
        marks.text(painter, box, words, font, "text" if bar.number.in_use else "text.2")

    def _paint_dot(self, painter: QPainter, dot: Dot) -> None:
        look, middle = theme.current(), self._backs_top() + px(_LANE) / 2
        centre, size = QPointF(self._at(dot.on), middle), px(4.5)
        ink = look.qcolour(dot.ink)
        painter.setPen(QPen(ink, 1.6))
        painter.setBrush(ink if dot.filled else look.qcolour("surface"))
        painter.drawEllipse(centre, size, size)
        font = fonts.small(MEDIUM) if dot.ink != "text.3" else fonts.small()
        wide = marks.text_width(dot.words, font) + px(4)
        left = centre.x() - size - px(5) - wide
        ahead = dot.on > self._today and centre.x() + size + px(5) + wide <= self.width()
        if left < px(_NAME) or ahead:
            left = centre.x() + size + px(5)
        marks.text(painter, QRectF(left, self._backs_top(), wide, px(_LANE)), dot.words, font,
                   dot.ink)  # fmt: skip

    def _paint_today(self, painter: QPainter) -> None:
        at = round(self._at(self._today))
        painter.setPen(QPen(theme.current().qcolour("accent.text"), 1))
        painter.drawLine(QPointF(at, 0), QPointF(at, self._foot()))
        words, font = _("today"), fonts.caption(MEDIUM)
        wide = marks.text_width(words, font) + px(4)
        left = min(at + px(4), self.width() - wide)
        box = QRectF(left, self._foot() - px(16), wide, px(16))
        marks.text(painter, box, words, font, "accent.text")

    def _paint_days(self, painter: QPainter) -> None:
        foot = self._foot()
        painter.setPen(QPen(theme.current().qcolour("grid"), 1))
        for day in self._ticks():
            at = round(self._at(day))
            painter.setPen(QPen(theme.current().qcolour("grid"), 1))
            painter.drawLine(QPointF(at, 0), QPointF(at, foot))
            box = QRectF(at - px(40), foot + px(2), px(80), px(_FOOT - 4))
            words = f"{day:%b %Y}" if day.month == 1 or day == self._first_tick() else f"{day:%b}"
            centre = Qt.AlignmentFlag.AlignCenter
            marks.text(painter, box, words, fonts.caption(), "text.3", align=centre)

    def _first_tick(self) -> date | None:
        return next(self._ticks(), None)

    def _ticks(self) -> Iterator[date]:
        """Yield firsts of months, so many apart that their words do not meet."""
        start, end = self._reach
        room = max(1, int((self.width() - px(_NAME)) / px(84)))
        months = (end.year - start.year) * 12 + end.month - start.month
        step = next((n for n in (1, 3, 6, 12, 24, 60) if months / n <= room), 120)
        year, month = start.year, start.month + 1
        while True:
            year, month = (year + 1, 1) if month > 12 else (year, month)
            day = date(year, month, 1)
            if day >= end:
                return
            if (month - 1) % min(step, 12) == 0 and (step <= 12 or year % (step // 12) == 0):
                yield day
            month += 1


# ---- What is drawn ------------------------------------------------------------------------------


def _tags(story: Story, today: date) -> Iterator[Tag]:
    for chapter in story.chapters:
        line = chapter.line
        ended = line.closed if not chapter.is_live and line.closed else line.last_active
        end = today if chapter.is_live else _day(ended, today, late=True) or today
        begun = line.opened or _first([n.first for n in chapter.numbers])
        start = _day(begun, today) or end - _DEFAULT_LENGTH
        yield Tag(
            chapter=chapter,
            start=min(start, end),
            end=end,
            words=_ending(chapter),
            is_live=chapter.is_live,
            is_own=line.id == story.line.id,
        )


def _in_lanes(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """Put each name into the first lane that is free when it begins."""
    found: list[Tag] = []
    lanes: list[date] = []
    for tag in sorted(tags, key=lambda tag: (tag.start, tag.end)):
        lane = next((n for n, until in enumerate(lanes) if until <= tag.start), len(lanes))
        lanes[lane : lane + 1] = [tag.end]
        found.append(replace(tag, lane=lane))
    return tuple(found)


def _ending(chapter: Chapter) -> str:
    line = chapter.line
    words = label("line-statuses", line.status)
    if not chapter.is_live and line.closed is not None:
        return _("{status}, {date}").format(status=words, date=line.closed.worded())
    return words


def _bars(story: Story, today: date) -> Iterator[Bar]:
    numbers = [number for chapter in story.chapters for number in chapter.numbers]
    spans = []
    for number in numbers:
        end = today if number.in_use else _day(number.last, today, late=True)
        start = _day(number.first, today)
        if start is None and end is None:
            continue
        first, last = start or end or today, end or start or today
        spans.append((min(first, last), max(first, last), number))
    lanes: list[date] = []
    for first, last, number in sorted(spans, key=lambda span: span[:2]):
        lane = next((n for n, until in enumerate(lanes) if until < first), len(lanes))
        busy = max(last, first + timedelta(days=100))  # its words need room too
        lanes[lane : lane + 1] = [busy]
        yield Bar(number=number, start=first, end=last, lane=lane)


def _dots(story: Story, today: date) -> Iterator[Dot]:
    for back, chapter in story.check_backs:
        on = back.done or back.due
        if on is None or back.result == "not-needed":
            continue
        yield _dot(back, chapter, on, today)


def _dot(back: CheckBack, chapter: Chapter, on: date, today: date) -> Dot:
    closed = chapter.line.closed
    days = (back.due - closed.earliest()).days if back.due and closed else None
    name = _("{n} days").format(n=days) if days else shown(on)
    if back.result != "due":
        words = label("check-back-results", back.result)
        ink = "overdue" if back.result == "in-use" else "ok"
        ink = "text.2" if back.result == "not-known" else ink
        return Dot(back=back, on=on, words=words, ink=ink, filled=True)
    clock = action_clock(back.due, today)
    if clock.days < 0:
        words = _("{name}, {words}").format(name=name, words=clock.words)
        return Dot(back=back, on=on, words=words, ink="overdue", filled=True)
    ink = "due" if clock.days <= 7 else "text.3"
    return Dot(back=back, on=on, words=name, ink=ink, filled=False)


def _day(value: PartialDate | None, today: date, *, late: bool = False) -> date | None:
    if value is None:
        return None
    return min(value.latest(), today) if late else value.earliest()


def _first(days: Iterable[PartialDate | None]) -> PartialDate | None:
    return min((day for day in days if day), key=PartialDate.earliest, default=None)


def _reach(
    tags: Iterable[Tag], bars: Iterable[Bar], dots: Iterable[Dot], today: date
) -> tuple[date, date]:
    """Return the first and last day drawn: some room stands behind today."""
    starts = [*(tag.start for tag in tags), *(bar.start for bar in bars)]
    first = min([*starts, today - timedelta(days=30)])
    last = max([*(dot.on for dot in dots), today])
    room = max(1.0, (last - first).days * _TAIL)
    return first, last + timedelta(days=round(room))


def _spoken(tags: Iterable[Tag], bars: Iterable[Bar], dots: Iterable[Dot]) -> str:
    said = [f"{tag.chapter.line.brand}: {tag.words}" for tag in tags]
    said += [
        _("number {number}, {start} to {end}").format(
            number=bar.number.phone.label, start=shown(bar.start), end=shown(bar.end)
        )
        for bar in bars
    ]
    said += [_("check-back {date}: {words}").format(date=shown(dot.on), words=dot.words)
             for dot in dots]  # fmt: skip
    return "; ".join(said)
