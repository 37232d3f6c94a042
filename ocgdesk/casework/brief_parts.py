"""What the sections of briefings have in common: who they are for, and how they are put."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import brief_handling, brief_typed
from ocgdesk.casework.brief_handling import Rested
from ocgdesk.casework.brief_naming import Naming
from ocgdesk.casework.brief_typed import Place
from ocgdesk.domain.areas import Area
from ocgdesk.domain.dates import PartialDate, shown
from ocgdesk.domain.entities import Handle, Report
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.returns import Period, number_words
from ocgdesk.domain.units import amount
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports.document import Block, Paragraph, Table, Tone
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked, briefs


@dataclass(slots=True)
class Making:
    """One briefing while it is made: whose, for whom, at what moment, and what it drew on."""

    reader: Reader
    about: Brief | None
    """The record it is about; None where it is about an area or the whole register."""
    naming: Naming
    now: datetime
    period: Period
    """What is counted over a time is counted over this one."""
    floor: Marking = Marking.OFFICIAL
    """The marking of the workspace: figures are made of all that is in it."""
    area: Area | None = None
    near: tuple[Linked, ...] = ()
    """The links of the subject that hold today."""
    markings: list[tuple[Marking, str]] = field(default_factory=list)
    """The marking of what was drawn on, with its reference."""
    handling: list[str] = field(default_factory=list)
    rested: dict[UUID, Rested] = field(default_factory=dict)
    """The reports and handles it rests on, with what they ask of whoever handles them."""
    leaves_out_ruled: bool = False
    """Whether what rests only on reports that rule the audience out is left out."""
    left_out: set[UUID] = field(default_factory=set)
    """Exploited people this audience is not told of, who would stand in it."""
    places: list[Place] = field(default_factory=list)
    """What was looked at in texts somebody typed."""
    draws: bool = True
    """Whether pictures are drawn; False where only what it rests on is asked for."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What several sections ask for, kept so that it is read once."""

    @property
    def subject(self) -> Brief:
        """The record it is about: sections about one are made only where there is one."""
        assert self.about is not None  # noqa: S101 - a wish is checked before it is made
        return self.about

    @property
    def within(self) -> Area:
        """The area it is about: sections about one are made only where there is one."""
        assert self.area is not None  # noqa: S101 - a wish is checked before it is made
        return self.area

    @property
    def today(self) -> date:
        """The day it is made."""
        return self.now.date()

    def name(self, brief: Brief, role: str = "") -> str:
        """Return what a record is called, and note that the briefing rests on it."""
        self.markings.append((brief.marking, brief.ref))
        return self.naming.label(brief, role)

    def linked(self, item: Linked, role: str = "") -> str:
        """Return what stands at the other end of a link is called; the link is told of with it."""
        self.markings.append((item.link.marking, item.other.ref))
        return self.name(item.other, role)

    def rests_on(self, brief: Brief) -> None:
        """Note a record the briefing rests on without naming it."""
        self.markings.append((brief.marking, brief.ref))
        self.naming.saw(brief)

    def keep_near(self, links: Iterable[Linked]) -> None:
        """Keep the links of the subject this audience is told of: whom it is not is counted."""
        told = []
        for item in links:
            if item.other.id in self.naming.withheld and self.naming.audience.leaves_out_exploited:
                self.left_out.add(item.other.id)
            else:
                told.append(item)
        self.near = tuple(told)

    def typed(self, section: str, text: str, settled: Mapping[str, str]) -> str:
        """Return a text somebody typed as this audience may read it; what was found is kept."""
        if not text:
            return ""
        read, places = brief_typed.read(self.naming, section, text, settled)
        self.places.extend(places)
        return read

    def told_apart(self, measure: str, value: float) -> str:
        """Return a number of people safeguarded as this audience may be told it.

        Empty where the number itself may be told.
        """
        known = {code.code: code.get("group") for code in code_list("outcome-measures")}
        is_people = known.get(measure) == _SAFEGUARDING and value == int(value)
        return self.naming.audience.fewer(int(value)) if is_people else ""

    def amount(self, measure: str, value: float, unit: str) -> str:
        """Return what came of something as a reader reads it: ``Cash seized £900``."""
        words = label("outcome-measures", measure)
        few = self.told_apart(measure, value)
        return f"{words} {few}" if few else amount(words, value, unit)

    def rests_on_reports(self, ids: Iterable[UUID]) -> list[Report]:
        """Note reports it rests on: their marking and what they ask go with it. Return them."""
        found = brief_handling.reports(self.reader, ids)
        out = self.ruled([one.id for one in found]) if self.leaves_out_ruled else frozenset()
        rests_on = [report for report in found if report.id not in out]
        for report in rests_on:
            self.asks(report)
        return rests_on

    def asks(self, thing: Report | Handle) -> None:
        """Note a record it rests on with what it asks of whoever handles it."""
        if thing.id in self.rested:
            return
        self.rested[thing.id] = brief_handling.rested(thing)
        self.markings.append((thing.marking, thing.ref))
        if thing.conditions:
            self.handling.append(f"{thing.ref}: {self.text(thing.conditions)}")

    def ruled(self, ids: Iterable[UUID]) -> frozenset[UUID]:
        """Return which of these reports rule the audience out by what they ask."""
        found = map(brief_handling.rested, brief_handling.reports(self.reader, ids))
        return brief_handling.ruled_out(found, self.naming.audience)

    def counts(self, nos: Collection[int]) -> None:
        """Note records that are counted in a figure and named nowhere."""
        for brief in briefs(self.reader, list(nos)):
            self.naming.saw(brief)

    def text(self, text: str) -> str:
        """Return a text of a record as this audience may read it."""
        return self.naming.text(text)


_SAFEGUARDING: Final = "safeguarding"
"""The group of measures that count people who were made safe."""

WIDEST = 40
"""Characters: a column that holds more is wrapped."""

ROOM = 4
"""Characters' worth of room between columns."""

Cell = str | int | float | date | None
"""What stands in a table: words, a number, a day, or nothing."""

Section = Callable[[Making], Iterable[Block]]


def nothing(words: str) -> Paragraph:
    """Return the sentence of a section that has nothing to tell."""
    return Paragraph(words, Tone.QUIET)


def table(titles: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], empty: str) -> list[Block]:
    """Return a table, or the sentence that says there is nothing in it.

    Numbers and days stand as words, and as what they are for whoever writes a sheet.
    """
    values = tuple(rows)
    if not values:
        return [nothing(empty)]
    made = tuple(tuple(map(worded, row)) for row in values)
    return [Table(titles, made, shares(titles, made), values)]


def worded(cell: Cell) -> str:
    """Return a cell as it is read; a dash where nothing is recorded."""
    match cell:
        case str():
            return cell
        case date():
            return shown(cell)
        case None:
            return "–"
        case _:
            return number_words(cell)


def shares(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> tuple[float, ...]:
    """Return the share of the page each column takes: as wide as its words want, within bounds."""
    wants = [
        min(max(map(len, column)), WIDEST) + ROOM for column in zip(titles, *rows, strict=True)
    ]
    return tuple(want / sum(wants) for want in wants)


def dates(start: PartialDate | None, end: PartialDate | None) -> str:
    """Return a period in words; open ends say so."""
    if start is None and end is None:
        return _("not dated")
    first = start.worded() if start else _("not known")
    return _("{start} to {end}").format(start=first, end=end.worded() if end else _("now"))


def ids(items: Iterable[Linked]) -> list[UUID]:
    """Return the other ends of links."""
    return [item.other.id for item in items]


def by_condition(handling: Iterable[str], *, listed: bool = True) -> tuple[tuple[str, str], ...]:
    """Return each handling condition once, with the reports that ask it, or how many do."""
    found: dict[str, list[str]] = {}
    for one in dict.fromkeys(handling):
        ref, _colon, words = one.partition(": ")
        found.setdefault(words, []).append(ref)
    if listed:
        return tuple((words, ", ".join(refs)) for words, refs in found.items())
    told = ((words, len(refs)) for words, refs in found.items())
    return tuple((words, ngettext("{n} record", "{n} records", n).format(n=n)) for words, n in told)


def narrowed(block: Block, left_out: Collection[str]) -> Block:
    """Return a table without the columns of these titles; its first column always stays."""
    if not isinstance(block, Table) or not left_out:
        return block
    kept = [at for at, title in enumerate(block.titles) if not at or title not in left_out]
    widths = tuple(block.widths[at] for at in kept) if block.widths else ()
    return Table(
        tuple(block.titles[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in block.rows),
        tuple(one / sum(widths) for one in widths),
        tuple(tuple(row[at] for at in kept) for row in block.values),
    )


def columns_of(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Return the titles of the columns that can be left out of these blocks, each once."""
    titles = (title for one in blocks if isinstance(one, Table) for title in one.titles[1:])
    return tuple(dict.fromkeys(titles))
