"""How much room the words of a figure take, before anything is painted: without matplotlib.

Every label is measured in the face it is set in and broken into two lines; what is longer still
ends with an ellipsis and stands whole in the table. Rows are as tall as their words and bars, so
that nothing is pressed together however many there are. Lengths are in inches.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from ocgdesk.domain.returns import number_words
from ocgdesk.i18n import _
from ocgdesk.reports import fonts
from ocgdesk.reports.figures import Form, Panel, Series

LABEL: Final = 8.0
VALUE: Final = 7.5
HEADING: Final = 9.0
"""The sizes of labels, of values and keys, and of a panel's title, in points."""
LINE: Final = 0.15
TITLE_LINE: Final = 0.17
KEY_LINE: Final = 0.19
SWATCH: Final = 16.0
"""How wide the sample of a series is in its key, in points."""
TICK: Final = 0.8
"""How wide a name along the bottom of a plot is, at most."""
_KEY_GAP: Final = 14.0
_PAD: Final = 6.0
"""Between a label and what it is of, in points."""
_HAIR: Final = 0.14
"""What leads from the end of a flow to its words."""
_WIDEST: Final = 0.4
"""Of its cell, at most, a panel's labels take."""
_FIELD_WIDEST: Final = 0.3
"""Likewise of a field of numbers, whose columns need the rest."""
_LABEL_LINES: Final = 2
_NARROW: Final = 4.0
"""In a cell narrower than this, side by side with another, labels take three lines."""
_HEAD_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Key:
    """A series in a key: its words as there is room, and where its sample begins, in points."""

    words: str
    series: int
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a panel needs, and its words as they are broken."""

    title: tuple[str, ...]
    key: tuple[tuple[Key, ...], ...] = ()
    labels: tuple[tuple[str, ...], ...] = ()
    """What stands at the left of each row."""
    heads: tuple[tuple[str, ...], ...] = ()
    """What stands above each column of a field, or at the right of a flow."""
    left: float = 0.0
    right: float = 0.0
    above: float = 0.0
    below: float = 0.0
    rows: tuple[float, ...] = ()

    @property
    def plot(self) -> float:
        """How tall the rows are together."""
        return sum(self.rows)

    @property
    def height(self) -> float:
        """How tall the panel is, with its title and what stands beneath."""
        return self.above + self.plot + self.below

    @property
    def middles(self) -> tuple[float, ...]:
        """Where each row has its middle, from the top of the plot."""
        ends = accumulate(self.rows)
        return tuple(end - row / 2 for end, row in zip(ends, self.rows, strict=True))


def width(words: str, size: float, face: fonts.Face = "regular") -> float:
    """Return how wide a line is, in inches, with a little for what joined letters add."""
    return fonts.width(words, face, size) * 1.02 / 72


def lines(words: str, room: float, size: float, most: int) -> tuple[str, ...]:
    """Return words in lines that fit so many inches; an empty label keeps its line."""
    return fonts.broken(words, "regular", size * 1.02, room * 72, most) or ("",)


def room(panel: Panel, wide: float, *, with_key: bool = True) -> Room:
    """Return what a panel needs in a cell so wide."""
    title = fonts.broken(panel.title, "semibold", HEADING * 1.02, wide * 72 - 8, 2)
    key = keys(panel.series, wide * 72 - 8) if with_key and _has_key(panel) else ()
    above = 0.12 + TITLE_LINE * len(title) + KEY_LINE * len(key) + 0.05
    match panel.form:
        case Form.TREND:
            return _trend(panel, title, key, above)
        case Form.HEAT:
            return _field(panel, wide, title, above)
        case Form.FLOW:
            return _flow(panel, wide, title, above)
        case _:
            return _barred(panel, wide, title, key, above)


def _trend(
    panel: Panel, title: tuple[str, ...], key: tuple[tuple[Key, ...], ...], above: float
) -> Room:
    """Return the room of lines: what is named along the bottom may overhang at both ends."""
    heads = tuple(lines(one, TICK, LABEL, _HEAD_LINES) for one in panel.labels)
    half = max((width(line, LABEL) / 2 for one in heads for line in one), default=0.0)
    return Room(
        title=title,
        key=key,
        heads=heads,
        left=max(_scale_room(panel), half),
        right=max(0.15, half),
        above=above,
        below=0.23 + LINE * max(map(len, heads), default=1),
        rows=(1.5,),
    )


def _has_key(panel: Panel) -> bool:
    return panel.form in {Form.TREND, Form.BARS, Form.BALANCE} and (
        len(panel.series) > 1 or panel.form is Form.BALANCE
    )


def _barred(
    panel: Panel,
    wide: float,
    title: tuple[str, ...],
    key: tuple[tuple[Key, ...], ...],
    above: float,
) -> Room:
    is_balance = panel.form is Form.BALANCE
    labels, left = _labels(panel.labels, wide)
    bar = 0.3 if is_balance else 0.1 + 0.15 * len(panel.series)
    return Room(
        title=title,
        key=key,
        labels=labels,
        left=left,
        right=min(max(map(_wide_value, beside(panel)), default=0.0) + 10 / 72, wide * 0.36),
        above=above,
        below=0.3 if is_balance else 0.1,
        rows=tuple(max(bar, LINE * len(one) + 0.08) for one in labels),
    )


def beside(panel: Panel) -> Iterable[str]:
    """Yield what stands beside the bars of each label: their values, or what shares are of."""
    if panel.form is Form.BALANCE:
        yield from (of_whole(panel, row) for row in range(len(panel.labels)))
        yield "100 %"
        return
    last = len(panel.series) - 1
    for at, one in enumerate(panel.series):
        for row, value in enumerate(one.values):
            yield value_words(panel, value, row if at == last else None)


def value_words(panel: Panel, value: float | None, row: int | None) -> str:
    """Return what stands after a bar: its value, a dash for a blank, what is noted of the row."""
    note = panel.notes[row] if panel.notes and row is not None else ""
    return f"{number_words(value) or '–'}  {note}".strip()


def whole(panel: Panel, row: int) -> float:
    """Return what the shares of a row are of: of all that was counted, where that is more."""
    drawn = sum(one.values[row] or 0.0 for one in panel.series)
    known = panel.wholes[row] if panel.wholes else None
    return max(drawn, known or 0.0)


def of_whole(panel: Panel, row: int) -> str:
    """Return what a row of shares is of in numbers; where the parts are fewer, how many."""
    drawn, every = sum(one.values[row] or 0.0 for one in panel.series), whole(panel, row)
    if drawn >= every:
        return number_words(every)
    return _("{n} of {all}").format(n=number_words(drawn), all=number_words(every))


def _wide_value(words: str) -> float:
    return width(words, VALUE, "medium")


def _labels(
    words: Sequence[str], wide: float, tails: Sequence[str] = (), *, widest: float = _WIDEST
) -> tuple[tuple[tuple[str, ...], ...], float]:
    """Return labels in lines and how much room they take; what ends one is never cut."""
    most = wide * widest - _PAD * 2 / 72
    ends = tails or ("",) * len(words)
    every = [one + end for one, end in zip(words, ends, strict=True)]
    longest = max((width(one, LABEL) for one in every), default=0.0)
    limit = max(longest + 0.02 if longest <= wide * 0.3 else most, 0.4)
    many = _LABEL_LINES + (wide < _NARROW)
    broken = tuple(_ended(one, end, limit, many) for one, end in zip(words, ends, strict=True))
    taken = max((width(line, LABEL) for one in broken for line in one), default=0.0)
    return broken, taken + _PAD * 2 / 72


def _ended(words: str, end: str, limit: float, many: int) -> tuple[str, ...]:
    """Return a label in lines with what ends it whole: its words are cut to leave it room."""
    *first, last = lines(words, limit, LABEL, many)
    room = (limit - width(end, LABEL)) * 72
    if end and width(last, LABEL) * 72 > room:
        last = fonts.shortened(last, "regular", LABEL * 1.02, room)
    return (*first, last + end)


def _field(panel: Panel, wide: float, title: tuple[str, ...], above: float) -> Room:
    labels, left = _labels([one.name for one in panel.series], wide, widest=_FIELD_WIDEST)
    cell = (wide - left - 0.1) / max(1, len(panel.labels))
    heads = tuple(lines(one, cell - 0.06, VALUE, _HEAD_LINES) for one in panel.labels)
    return Room(
        title=title,
        labels=labels,
        heads=heads,
        left=left,
        right=0.1,
        above=above + 0.06 + LINE * max(map(len, heads), default=1),
        below=0.12,
        rows=tuple(max(0.27, LINE * len(one) + 0.09) for one in labels),
    )


def _flow(panel: Panel, wide: float, title: tuple[str, ...], above: float) -> Room:
    wide -= 2 * _HAIR
    ends = [sum(one.values[at] or 0.0 for one in panel.series) for at in range(len(panel.labels))]
    names = [one.name for one in panel.series]
    labels, left = _labels(names, wide, [f", {_summed(one)}" for one in panel.series])
    heads, right = _labels(panel.labels, wide, [f", {number_words(one)}" for one in ends])
    tall = max(sum(LINE * len(one) + 0.12 for one in side) for side in (labels, heads))
    return Room(
        title=title, labels=labels, heads=heads, left=left + _HAIR, right=right + _HAIR,
        above=above, below=0.12, rows=(max(tall, 1.0),),
    )  # fmt: skip


def _summed(one: Series) -> str:
    return number_words(sum(value or 0.0 for value in one.values))


def _scale_room(panel: Panel) -> float:
    most = max((v for s in panel.series for v in s.values if v is not None), default=0.0)
    words = number_words(float(round(max(most, panel.top)) * 2))
    return max(0.42, width(words, LABEL) + 0.16)


def keys(series: Sequence[Series], points: float) -> tuple[tuple[Key, ...], ...]:
    """Return the key of these series in lines no wider than so many points."""
    found: list[list[Key]] = [[]]
    at = 0.0
    for number, one in enumerate(series):
        words = fonts.shortened(
            fonts.clean(one.name), "regular", VALUE * 1.02, min(points - SWATCH - 5, 190)
        )
        needs = SWATCH + 5 + width(words, VALUE) * 72
        if found[-1] and at + needs > points:
            found.append([])
            at = 0.0
        found[-1].append(Key(words, number, at))
        at += needs + _KEY_GAP
    return tuple(tuple(line) for line in found if line)
