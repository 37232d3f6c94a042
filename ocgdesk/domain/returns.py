"""Returns as values: what is counted, in which rows and columns, over which period.

A return is a definition (data, edited by an administrator) and the figures it gives. It says
what it counts, by which day, over which population; a blank is not a zero: ``None`` stands where
nothing was recorded, 0 where nought was.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from ocgdesk.domain.dates import MONTHS
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused


class Layout(StrEnum):
    """What the columns of a return are."""

    PERIODS = "periods"
    """The period before beside the period asked for, with the change."""
    AXIS = "axis"
    """One column a value of a field, and a total where the units are alike."""
    MONTHS = "months"
    """One column a month of the period."""
    ONE = "one"
    """A single column, with each row's share of its block."""


@dataclass(frozen=True, slots=True)
class Period:
    """Both days are in it."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise Refused("A period ends on or after the day it starts")

    @property
    def words(self) -> str:
        """The period as people write it: ``Dec 2018 to Nov 2019`` where it is whole months."""
        last = calendar.monthrange(self.end.year, self.end.month)[1]
        if self.start.day == 1 and self.end.day == last:
            first, final = _month(self.start), _month(self.end)
            return first if first == final else f"{first} to {final}"
        return f"{_day(self.start)} to {_day(self.end)}"

    @property
    def days(self) -> int:
        """How many days it is long."""
        return (self.end - self.start).days + 1

    def before(self) -> "Period":
        """Return the period of the same length just before: whole months before whole months."""
        last = calendar.monthrange(self.end.year, self.end.month)[1]
        if self.start.day == 1 and self.end.day == last:
            months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
            return Period(_months_on(self.start, -months), self.start - timedelta(days=1))
        return Period(self.start - timedelta(days=self.days), self.start - timedelta(days=1))

    def back_to_months(self, months: int) -> "Period":
        """Return the period of so many whole months that ends with this one."""
        return Period(_months_on(self.end.replace(day=1), 1 - months), self.end)

    def months(self) -> Iterator["Period"]:
        """Yield each month of the period, the first and last cut to it."""
        start = self.start
        while start <= self.end:
            last = calendar.monthrange(start.year, start.month)[1]
            yield Period(start, min(start.replace(day=last), self.end))
            start = start.replace(day=last) + timedelta(days=1)


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1].title()} {day.year}"


def _day(day: date) -> str:
    return f"{day.day} {_month(day)}"


def _months_on(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)


RECORDED = "*"
"""What a condition says for whatever is recorded."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A field that holds one of these values.

    An empty value stands for "not recorded", ``RECORDED`` for any that is.

    ``owner.`` before the name asks of the record that owns the one counted.
    """

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What is counted: records of a kind, or the sum of one of their numbers.

    ``by`` names the day that must fall into the period. ``open`` names two days instead: what
    had begun and not ended on the last day of the period is counted. With neither, what is
    recorded now is counted, whatever the period.
    """

    kind: Kind
    sum: str = ""
    by: str = ""
    open: tuple[str, str] | None = None
    owner: Kind | None = None
    where: tuple[Condition, ...] = ()

    @property
    def is_dated(self) -> bool:
        """Whether it means anything to ask for another period."""
        return bool(self.by or self.open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One row or column for each value of a field: of a whole list, or of these codes of it."""

    field: str
    codes: str
    only: tuple[str, ...] = ()
    recorded: bool = False
    """Whether only values that were counted are shown, the most frequent first."""
    unsaid: str = ""
    """The words of a row for those without a value; without words they are told in a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row said by hand: its words and what more must hold."""

    label: str
    where: tuple[Condition, ...] = ()
    is_cross_cut: bool = False
    """Whether it counts some of the other rows again, and so adds to no total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Rows of one count under one heading."""

    title: str
    count: Count
    each: Axis | None = None
    rows: tuple[Row, ...] = ()
    total: str = ""
    """The words of the row that adds the others up; units that differ never add up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A day from which figures are not like those before, and why."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A return as it is defined."""

    code: str
    title: str
    population: str
    dated: str = ""
    number: int = 1
    layout: Layout = Layout.PERIODS
    columns: Axis | None = None
    column_total: str = ""
    blocks: tuple[Block, ...] = ()
    asks: tuple[str, ...] = ("agency",)
    """The fields a user may narrow it by; an ``owner.`` field too."""
    requires: tuple[str, ...] = ()
    """Of these, those it says nothing without: it is not drawn up until each is said."""
    breaks: tuple[Break, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a return: None where nothing was recorded."""

    value: float | None
    lines: int = 0
    """How many records it rests on."""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to show."""
        return self.value is None


BLANK = Figure(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a return with its figures, a column each."""

    label: str
    figures: tuple[Figure, ...]
    unit: str = ""
    code: str = ""
    change: float | None = None
    """The change on the period before as a share; None where that was nothing or no number."""
    is_total: bool = False
    is_cross_cut: bool = False
    shares: tuple[float | None, ...] = ()
    row: int = -1
    """Which row of its block it is; -1 for a total."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The lines under one heading."""

    title: str
    lines: tuple[Line, ...]
    block: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """The figures a definition gave, with all that must stand beside them."""

    definition: Definition
    columns: tuple[str, ...]
    sections: tuple[Section, ...]
    period: Period | None = None
    before: Period | None = None
    as_at: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    basis: tuple[str, ...] = field(default=())
    narrowed: tuple[tuple[str, str], ...] = ()
    """The codes it is narrowed by, by field."""
    entry: int = 0
    """The entry of the journal after which it was counted."""


def change(now: Figure, before: Figure) -> float | None:
    """Return by what share a figure changed; None where there is nothing to compare with."""
    if now.value is None or not before.value:
        return None
    return now.value / before.value - 1


def change_words(share: float | None) -> str:
    """Return a change as boards read it: ``▲ 43 %``, ``▼ 36 %``, ``no change``; empty for none.

    One that rounds to nothing is none the less a change: ``▲ under 1 %``.
    """
    if share is None:
        return ""
    if not share:
        return "no change"
    percent = round(abs(share) * 100)
    return f"{'▲' if share > 0 else '▼'} {f'{percent:,}' if percent else 'under 1'} %"


def number_words(value: float | None) -> str:
    """Return a figure as it is printed: counts whole, amounts to what was recorded; blank for none.

    Sums of decimals are rounded to four places first: adding 0.1 and 0.2 must not print its error.
    """
    if value is None:
        return ""
    rounded = round(value, 4)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.4f}".rstrip("0")


def share_words(share: float | None) -> str:
    """Return a share of the whole: ``60.5 %``; blank for none."""
    return "" if share is None else f"{share * 100:.1f} %"
