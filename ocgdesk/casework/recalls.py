"""Whom to tell if a record was wrong: in whose papers it is named, and in whose figures it stands.

A figure names nobody, so what was counted is not kept with it: the record alone is held against
the same return as it stood when the paper was issued.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import areas, product_specs, return_books, wide_sections
from ocgdesk.casework.return_counting import Counting
from ocgdesk.casework.return_wishes import Wish
from ocgdesk.casework.wide_sections import RETURN
from ocgdesk.domain.dates import LONDON, shown
from ocgdesk.domain.products import Product
from ocgdesk.domain.returns import BLANK, Block, Figure, Line, Period, Section, number_words
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress, silent, track
from ocgdesk.store import issued, records
from ocgdesk.store.counted_then import PastOf
from ocgdesk.store.journal import Logged
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.tallies_past import Past

_EXPORTS: Final = ("Export return", "Export figure")
_DELTAS: Final = ("Export delta pack",)


@dataclass(frozen=True, slots=True)
class Stands:
    """A row of a return in which a record was counted, and in which columns of it."""

    title: str
    section: str
    row: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An issued product that rests on a record: because it is named in it, counted, or both."""

    product: Product
    named: bool
    """Whether it is named in it, or counted in a section about an area."""
    stands: tuple[Stands, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A return or a delta pack that left on its own, with the entry of its disclosure."""

    entry: int
    at: datetime
    name: str
    period: str
    recipient: str
    reason: str
    stands: tuple[Stands, ...]

    @property
    def words(self) -> str:
        """When it left and for whom, as one line."""
        day = shown(self.at.astimezone(LONDON).date())
        told = _("Exported {day}, journal entry {n}").format(day=day, n=self.entry)
        return (
            _("{told}, for {whom}").format(told=told, whom=self.recipient)
            if self.recipient
            else told
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """All that rests on one record."""

    papers: tuple[Paper, ...]
    exports: tuple[Exported, ...]
    untold: int = 0
    """Returns that left whose entry does not say what they counted: versions before this one."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that is another now than when it was issued."""

    title: str
    section: str
    row: str
    column: str
    unit: str
    then: float | None
    now: float | None

    @staticmethod
    def figure(value: float | None) -> str:
        """Return a figure as returns print it; a dash where none stood."""
        return number_words(value) or "–"


def resting_on(reader: Reader, id_: UUID, progress: Progress = silent) -> Resting:
    """Return the issued products and exported returns that rest on a record, the newest first."""
    named = {one.id: one for one in issued.naming(reader, id_)}
    if not reader.numbers([id_]):
        return Resting(papers=(), exports=())
    record = records.brief(reader, id_)
    papers = {one: Paper(product=product, named=True) for one, product in named.items()}
    for product in track(issued.counting(reader), progress, _("Look through figures")):
        if stands := tuple(_in_product(reader, product, record)):
            is_named = product.id in named
            papers[product.id] = Paper(product=product, named=is_named, stands=stands)
    left = issued.exported(reader, _EXPORTS)
    known = [(entry, _wish_of(reader, entry)) for entry in left]
    left_alone = (*_exports(reader, known, record), *_packs(reader, record))
    return Resting(
        papers=tuple(sorted(papers.values(), key=_newest, reverse=True)),
        exports=tuple(sorted(left_alone, key=lambda one: one.entry, reverse=True)),
        untold=sum(wish is None for _entry, wish in known),
    )


def _newest(paper: Paper) -> tuple[datetime, str]:
    assert paper.product.issued is not None  # noqa: S101 - it was issued
    return paper.product.issued, paper.product.ref


def untold_words(n: int) -> str:
    """Return in words that so many exported returns do not say what they counted."""
    told = ngettext(
        "{n} exported return does not say what it counted.",
        "{n} exported returns do not say what they counted.",
        n,
    )
    return told.format(n=n)


# ---- One record in the figures of one return ----------------------------------------------------


def stands_in(reader: Reader, wish: Wish, entry: int, record: Brief) -> Iterator[Stands]:
    """Yield the rows of a return counted after an entry in which a record was counted.

    A record counts by itself, and by what it owned where the return asks of the owner.
    """
    run = Counting(reader, wish, PastOf(reader, entry, record))
    for number, block in enumerate(wish.definition.blocks):
        if record.kind in {block.count.kind, block.count.owner}:
            yield from _rows(wish, run, number, block)


def _rows(wish: Wish, run: Counting, number: int, block: Block) -> Iterator[Stands]:
    section = run.section(number, block)
    lines = [line for line in section.lines if any(one.lines for one in line.figures)]
    for line in [one for one in lines if not one.is_total] or lines:
        columns = [
            heading
            for heading, figure in zip(run.headings, line.figures, strict=True)
            if figure.lines
        ]
        if wish.definition.column_total and len(columns) > 1:
            columns.pop()  # the total of the others
        yield Stands(wish.definition.title, section.title, line.label, tuple(columns))


def _in_product(reader: Reader, product: Product, record: Brief) -> Iterator[Stands]:
    for wish in _wishes(reader, product):
        yield from stands_in(reader, wish, product.entry or 0, record)


def _wishes(reader: Reader, product: Product) -> Iterator[Wish]:
    """Yield the returns a product holds, by the definitions in force when it was issued."""
    period, entry = product_specs.counted_over(product), product.entry or 0
    if period is None:
        return
    made = product_specs.wish_of(product)
    area = areas.of(reader, made.area) if made.area.strip() else None
    for section in made.sections:
        if section.startswith(RETURN):
            definition = return_books.find(reader, section.removeprefix(RETURN), entry)
            yield wide_sections.wish_of(definition, period, area)


# ---- Returns that left on their own -------------------------------------------------------------


def _exports(
    reader: Reader, known: list[tuple[Logged, Wish | None]], record: Brief
) -> Iterator[Exported]:
    for entry, wish in known:
        if wish is None:
            continue
        stands = tuple(stands_in(reader, wish, int(entry.detail["entry"]), record))
        if stands:
            yield Exported(
                entry=entry.seq,
                at=entry.at,
                name=wish.definition.title,
                period=wish.period.words if entry.detail.get("days") else "",
                recipient=str(entry.detail.get("recipient", "")),
                reason=entry.reason,
                stands=stands,
            )


def _packs(reader: Reader, record: Brief) -> Iterator[Exported]:
    """Yield the delta packs that left and told of a record: their entries say of which."""
    title = N_("Tasking delta pack")
    for entry in issued.exported(reader, _DELTAS, record.id):
        yield Exported(
            entry=entry.seq,
            at=entry.at,
            name=title,
            period="",
            recipient=str(entry.detail.get("recipient", "")),
            reason=entry.reason,
            stands=(Stands(title, _("What changed"), _("Told of"), ()),),
        )


def _wish_of(reader: Reader, entry: Logged) -> Wish | None:
    """Return what an exported return was counted by; None where its entry does not say it."""
    said: Mapping[str, Any] = entry.detail
    if "entry" not in said:
        return None
    try:
        before = said.get("before")
        return Wish(
            definition=return_books.find(reader, said["name"], entry.seq),
            period=_period(said["days"]) if said.get("days") else _day(entry.at),
            before=_period(before) if before else None,
            filters=dict(said.get("narrowed", {})),
        )
    except (KeyError, NotFound, Refused, TypeError, ValueError):
        return None


def _day(at: datetime) -> Period:
    """Return the day of an entry: the period of what is counted as recorded, whatever the day."""
    on = at.astimezone(LONDON).date()
    return Period(on, on)


def _period(days: list[str]) -> Period:
    return Period(*map(date.fromisoformat, days))


# ---- What the figures of a product say now ------------------------------------------------------


def moved(reader: Reader, product: Product, progress: Progress = silent) -> tuple[Moved, ...]:
    """Return the figures of a product that are others now than when it was issued."""
    wishes = list(_wishes(reader, product))
    past = Past(reader, product.entry or 0)
    found: list[Moved] = []
    for wish in track(wishes, progress, _("Count again")):
        found += _moved(reader, wish, past)
    return tuple(found)


def _moved(reader: Reader, wish: Wish, past: Past) -> Iterator[Moved]:
    then, now = Counting(reader, wish, past), Counting(reader, wish)
    for number, block in enumerate(wish.definition.blocks):
        before, after = then.section(number, block), now.section(number, block)
        blank = BLANK if block.count.sum else Figure(0.0)
        yield from _changed(wish.definition.title, then.headings, before, after, blank)


def _changed(
    title: str, headings: tuple[str, ...], before: Section, after: Section, blank: Figure
) -> Iterator[Moved]:
    """Yield the cells that differ; a row that is in one of the two alone is blank in the other."""
    old, new = ({_key(line): line for line in one.lines} for one in (before, after))
    none = (blank,) * len(headings)
    for key in (*old, *(key for key in new if key not in old)):
        first, last = old.get(key), new.get(key)
        line = first or last
        assert line is not None  # noqa: S101 - it is in one of the two
        cells = zip(
            headings,
            first.figures if first else none,
            last.figures if last else none,
            strict=True,
        )
        for heading, one, other in cells:
            if _rounded(one) != _rounded(other):
                told = (title, before.title, line.label, heading, line.unit)
                yield Moved(*told, one.value, other.value)


def _rounded(figure: Figure) -> float | None:
    """Return a figure as exactly as it is printed: sums differ in their last bits."""
    return None if figure.value is None else round(figure.value, 4)


def _key(line: Line) -> tuple[str, str, str, bool]:
    return line.label, line.code, line.unit, line.is_total
