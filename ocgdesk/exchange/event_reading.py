"""Rows that are events, folded: a link for each pair, its events kept beneath it in columns."""

from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.events import BACKWARDS, UNKNOWN, Events, day_of
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.exchange import event_guess, no_numbers
from ocgdesk.exchange.convert import is_blank
from ocgdesk.exchange.draft import DraftLink, MoreBad
from ocgdesk.exchange.event_times import Clock, length
from ocgdesk.exchange.mapping import squashed
from ocgdesk.exchange.no_numbers import NoNumbers
from ocgdesk.exchange.part_reading import Gathered, ReadyPart, SpecReading
from ocgdesk.exchange.part_values import place_of
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.specifications import EventsFrom, Specification
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress, silent

_EVERY: Final = 5_000
MOST_TOLD: Final = 5_000
"""Problems that are told, and can be put right, one by one: a file may have as many as rows."""
_INWARD: Final = frozenset(
    {"in", "incoming", "inbound", "received", "mt", "terminating", "from", "i", "inbox"}
)
NOBODY: Final = "\x00"
"""Begins what stands for an end without a number: no text of a file holds it."""
_NONE_GIVEN: Final = f"{NOBODY}{no_numbers.NONE}"
Row = Sequence[str]


@dataclass(slots=True)
class _Columns:
    """All events of one link part as they are met: one entry in each for every event."""

    pair: "array[int]" = field(default_factory=lambda: array("l"))
    """The place of the link among ``pairs``."""
    times: "array[int]" = field(default_factory=lambda: array("q"))
    flags: bytearray = field(default_factory=bytearray)
    seconds: "array[int]" = field(default_factory=lambda: array("i"))
    whats: "array[int]" = field(default_factory=lambda: array("l"))
    texts: "array[int]" = field(default_factory=lambda: array("l"))
    rows: "array[int]" = field(default_factory=lambda: array("i"))
    pairs: dict[tuple[str, str], int] = field(default_factory=dict)
    first: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    """Of each link the first row that tells of it."""
    words: dict[str, int] = field(default_factory=lambda: {"": 0})
    """Sorts and texts, each once."""
    others: "array[int]" = field(default_factory=lambda: array("l"))
    """Of events whose other end has no number what the file gives for it; else empty."""


class EventReading(SpecReading):
    """Reads one table whose rows are events. It goes through the file once, whatever its length."""

    def __init__(
        self, table: RawTable, spec: Specification, into: Gathered, today: date | None
    ) -> None:
        super().__init__(table, spec, into, today)
        self._today = today
        self._told = self._untold = 0
        self._no_numbers = NoNumbers()
        numbered = _numbered(spec)
        self._ends = tuple(self._end(r, r.part.name in numbered) for r in self._parts)
        self._folding = [
            _Folding(self, n, tie.link.events, today)
            for n, tie in enumerate(self._ties)
            if tie.link.events is not None
        ]
        self._others = [tie for tie in self._ties if tie.link.events is None]

    def read(self, progress: Progress = silent) -> None:
        """Read every row and fold it."""
        what, total = _("Reading {name}").format(name=self.table.name), self.table.source.rows
        for done, (number, row) in enumerate(self.table.numbered()):
            if done % _EVERY == 0:
                progress(min(done, total), total, what)
            if not self._only or self._is_meant(number, row):
                self._event(number, row)
        for one in self._folding:
            one.finish(progress)
        if self._untold:
            text = ngettext(
                "{n} more problem is not told one by one; a row that stays out can be saved.",
                "{n} more problems are not told one by one; rows that stay out can be saved.",
                self._untold,
            )
            super().problem(0, "", text.format(n=f"{self._untold:,}"))

    def problem(self, row: int, column: str, text: str) -> None:
        """Write down what makes no sense, up to a number of them."""
        if self._told >= MOST_TOLD:
            self._untold += 1
            return
        self._told += 1
        super().problem(row, column, text)

    def fails(self, number: int, row: tuple[str, ...], column: str, text: str) -> None:
        """Write down why a row is no event, and keep its cells for whoever mends it."""
        self.problem(number, column, text)
        if len(self.into.bad) < MOST_TOLD:
            self.into.bad[self.table.name, number] = row
        else:
            self.into.more_bad.setdefault(self.table.name, MoreBad()).note(number, text)

    def lacks(self, number: int, row: tuple[str, ...], column: str, text: str) -> None:
        """Write down what an event lacks that comes in without it, and keep its cells likewise."""
        self.problem(number, column, text)
        if len(self.into.partly) < MOST_TOLD:
            self.into.partly[self.table.name, number] = row

    def _end(
        self,
        ready: ReadyPart,
        is_numbered: bool,  # noqa: FBT001 - told once
    ) -> Callable[[int, tuple[str, ...]], str]:
        """Return what names a record of a row: each different text is looked at once.

        Where an end of a call has no number it is ``NOBODY``, what sort, and what stands there.
        """
        taken = (one.index for one in ready.values.taken)
        places = tuple(dict.fromkeys(n for n in (*ready.keys, *taken) if n >= 0))
        known: dict[tuple[str, ...] | str, str] = {}
        alone = places[0] if len(places) == 1 else -1
        label = next((t.index for t in ready.values.taken if t.source.field == ready.label), -1)
        device = self._device(ready) if is_numbered else -1

        def fresh(number: int, row: tuple[str, ...]) -> str:
            text = row[label].strip() if is_numbered and label >= 0 else ""
            sort = self._no_numbers.sort(text) if is_numbered and label >= 0 else ""
            return f"{NOBODY}{sort}{NOBODY}{text}" if sort else self._record(number, row, ready)

        def end(number: int, row: tuple[str, ...]) -> str:
            cells = row[alone] if alone >= 0 else tuple(row[n] for n in places)
            if (full := known.get(cells)) is None:
                full = known[cells] = fresh(number, row)
            if device >= 0 and full.startswith(_NONE_GIVEN) and (imei := row[device].strip()):
                return f"{NOBODY}{no_numbers.HANDSET}{NOBODY}IMEI {imei}"
            return full

        return end

    def _device(self, ready: ReadyPart) -> int:
        """Return the column that names the handset of an end by its IMEI; -1 for none."""
        sides = {link.source for link in self.spec.links if link.events}
        side = "source" if ready.part.name in sides else "target"
        return event_guess.device_of(self.table, side)

    def _event(self, number: int, row: tuple[str, ...]) -> None:
        whens = [folding.when(number, row) for folding in self._folding]
        if None in whens:
            return  # a row of totals names nobody
        keys = {
            ready.part.name: end(number, row)
            for ready, end in zip(self._parts, self._ends, strict=True)
        }
        for folding, when in zip(self._folding, whens, strict=True):
            if when is not None:
                folding.take(number, row, keys, when)
        for tie in self._others:
            source, target = keys[tie.link.source], keys[tie.link.target]
            if source and target and NOBODY not in (source[0], target[0]):
                self._link(number, row, tie, source, target)

    def link_of(self, place: int, at: tuple[int, tuple[str, ...]], ends: tuple[str, str]) -> str:
        """Make the link of a pair from its first row; return its key."""
        return self._link(*at, self._ties[place], *ends)


class _Folding:
    """Folds the events of one link of a specification."""

    def __init__(
        self, reading: EventReading, place: int, taken: EventsFrom, today: date | None
    ) -> None:
        self._reading, self._place, self._taken = reading, place, taken
        link = reading.spec.links[place]
        self._source, self._target = link.source, link.target
        self._keeps_way = link.directed is not False
        self._columns_of = tuple(
            next((one.column for one in part.fields if one.column), "")
            for name in (link.source, link.target)
            for part in reading.spec.parts
            if part.name == name
        )
        table = reading.table
        self._time, self._day = place_of(table, taken.time), place_of(table, taken.day)
        self._duration, self._what = place_of(table, taken.duration), place_of(table, taken.what)
        self._direction = place_of(table, taken.direction)
        self._texts = tuple(n for n in (place_of(table, text) for text in taken.texts) if n >= 0)
        self._clock = Clock(today, month_first=taken.month_first)
        self._lengths: dict[str, int] = {}
        self._inward: dict[str, bool] = {}
        self.columns, self.alone = _Columns(), _Columns()

    def when(self, number: int, row: tuple[str, ...]) -> tuple[int, int] | None:
        """Return the instant of a row, and whether it is a day alone; None, told, where none."""
        try:
            day = row[self._day].strip() if self._day >= 0 else ""
            time = row[self._time].strip() if self._time >= 0 else ""
            return self._clock.read(day, time)
        except Refused as refused:
            in_day = bool(day) and not self._clock.is_day(day)
            column = self._taken.day if in_day else self._taken.time or self._taken.day
            self._reading.fails(number, row, column, str(refused))
            return None

    def take(
        self, number: int, row: tuple[str, ...], keys: dict[str, str], when: tuple[int, int]
    ) -> None:
        """Take in one row; what is wrong with it is told, and it is left out."""
        source, target = keys[self._source], keys[self._target]
        if not source or not target or source == target:
            column = self._columns_of[0 if not source or target else 1]
            self._reading.fails(number, row, column, _lacking(source, target))
            return
        at, flags = when
        if self._direction >= 0 and self._came_in(row[self._direction]):
            source, target = target, source
        if source[0] == NOBODY or target[0] == NOBODY:
            self._take_alone(number, row, (source, target), when)
            return
        if not self._keeps_way and source > target:
            source, target, flags = target, source, flags | BACKWARDS
        self._keep(self.columns, number, row, (source, target), (at, flags))

    def _take_alone(
        self, number: int, row: tuple[str, ...], ends: tuple[str, str], when: tuple[int, int]
    ) -> None:
        """Keep an event on the one end that has a number; without any it is told of."""
        source, target = ends
        if source[0] == target[0]:
            self._reading.fails(number, row, self._columns_of[0], _lacking("", ""))
            return
        at, flags = when
        known, nobody = (target, source) if source[0] == NOBODY else (source, target)
        sort, _mark, other = nobody[1:].partition(NOBODY)
        flags |= BACKWARDS if known is target else 0
        self._keep(self.alone, number, row, (known, ""), (at, flags))
        self.alone.others.append(self._word(self.alone, other))
        self._reading.into.unnamed[sort] += 1

    def _keep(
        self,
        kept: _Columns,
        number: int,
        row: tuple[str, ...],
        ends: tuple[str, str],
        when: tuple[int, int],
    ) -> None:
        place = kept.pairs.setdefault(ends, len(kept.first))
        if place == len(kept.first):
            kept.first.append((number, row))
        kept.pair.append(place)
        kept.times.append(when[0])
        kept.flags.append(when[1])
        kept.seconds.append(self._length(number, row))
        kept.rows.append(number)
        kept.whats.append(self._word(kept, row[self._what].strip()) if self._what >= 0 else 0)
        kept.texts.append(self._word(kept, self._text(row)) if self._texts else 0)

    @staticmethod
    def _word(kept: _Columns, text: str) -> int:
        return kept.words.setdefault(text, len(kept.words))

    def _text(self, row: Row) -> str:
        if len(self._texts) == 1:
            return row[self._texts[0]].strip()
        return " · ".join(text for n in self._texts if (text := row[n].strip()))

    def _length(self, number: int, row: tuple[str, ...]) -> int:
        if self._duration < 0:
            return UNKNOWN
        text = row[self._duration]
        if (known := self._lengths.get(text)) is None:
            try:
                known = UNKNOWN if is_blank(text) else length(text)
            except Refused as refused:
                self._reading.lacks(number, row, self._taken.duration, str(refused))
                return UNKNOWN
            self._lengths[text] = known
        return known

    def _came_in(self, text: str) -> bool:
        if (known := self._inward.get(text)) is None:
            known = self._inward[text] = squashed(text) in _INWARD
        return known

    def finish(self, progress: Progress) -> None:
        """Make the links, each with its events in order of time; so of ends that are alone."""
        reading, into = self._reading, self._reading.into
        for ends, at, events in _folded(self.columns, progress):
            if key := reading.link_of(self._place, at, ends):
                files = into.events.setdefault(key, {})
                files[reading.table.name] = events
                into.links[key] = _counted(into.links[key], files.values())
        for (known, _nobody), _at, events in _folded(self.alone, progress):
            into.alone.setdefault(known, {})[reading.table.name] = events


_First = tuple[int, tuple[str, ...]]


def _folded(kept: _Columns, progress: Progress) -> Iterator[tuple[tuple[str, str], _First, Events]]:
    """Yield pairs of ends with the first row that names them and their events in order of time."""
    if not kept.first:
        return
    import numpy as np  # not before there are events: it takes a moment, and memory

    words = list(kept.words)
    pair, times = np.asarray(kept.pair), np.asarray(kept.times)
    order = np.lexsort((times, pair))
    edges = np.searchsorted(pair[order], np.arange(len(kept.first) + 1))
    for (ends, place), at in zip(kept.pairs.items(), kept.first, strict=True):
        if place % _EVERY == 0:
            progress(place, len(kept.first), _("Folding events"))
        yield ends, at, _sliced(kept, words, order[edges[place] : edges[place + 1]].tolist())


def _numbered(spec: Specification) -> frozenset[str]:
    """Return the parts that are the telephones at the two ends of calls."""
    kinds = {part.name: part.kind for part in spec.parts}
    ends = [(link.source, link.target) for link in spec.links if link.events is not None]
    return frozenset(n for two in ends if {kinds[n] for n in two} == {Kind.PHONE} for n in two)


def _lacking(source: str, target: str) -> str:
    if source and source == target:
        return _("Both ends are the same; the row is left out.")
    if not source and not target:
        return _("The row names neither end; it is left out.")
    return _("The row names one end only; it is left out.")


def _sliced(kept: _Columns, words: list[str], places: list[int]) -> Events:
    return Events(
        times=array("q", [kept.times[n] for n in places]),
        flags=bytes([kept.flags[n] for n in places]),
        seconds=array("i", [kept.seconds[n] for n in places]),
        whats=tuple([words[kept.whats[n]] for n in places]),
        texts=tuple([words[kept.texts[n]] for n in places]),
        rows=array("i", [kept.rows[n] for n in places]),
        others=tuple([words[kept.others[n]] for n in places]) if kept.others else (),
    )


def _counted(link: DraftLink, files: Collection[Events]) -> DraftLink:
    count = sum(map(len, files))
    first, last = min(some.first for some in files), max(some.last for some in files)
    return replace(link, weight=float(count), values={**link.values, **span(first, last)})


def span(first: int, last: int) -> dict[str, object]:
    """Return the days of the first and the last event, as the fields of a link have them."""
    return {"start": PartialDate.of(day_of(first)), "end": PartialDate.of(day_of(last))}
