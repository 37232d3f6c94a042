"""What the sections of briefings have in common: who they are for, and how they are put."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from ocgdesk.casework.brief_naming import Naming
from ocgdesk.domain.dates import PartialDate, shown
from ocgdesk.domain.marking import Marking
from ocgdesk.i18n import _
from ocgdesk.reports.document import Block, Paragraph, Table, Tone
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked


@dataclass(slots=True)
class Making:
    """One briefing while it is made: whose, for whom, at what moment, and what it drew on."""

    reader: Reader
    subject: Brief
    naming: Naming
    now: datetime
    near: tuple[Linked, ...] = ()
    """The links of the subject that hold today."""
    markings: list[tuple[Marking, str]] = field(default_factory=list)
    """The marking of what was drawn on, with its reference."""
    handling: list[str] = field(default_factory=list)
    charts: list[bytes] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day it is made."""
        return self.now.date()

    def name(self, brief: Brief, role: str = "") -> str:
        """Return what a record is called, and note that the briefing rests on it."""
        self.markings.append((brief.marking, brief.ref))
        return self.naming.label(brief, role)

    def text(self, text: str) -> str:
        """Return a text of a record as this audience may read it."""
        return self.naming.text(text)


WIDEST = 40
"""Characters: a column that holds more is wrapped."""

ROOM = 4
"""Characters' worth of room between columns."""

Section = Callable[[Making], Iterable[Block]]


def nothing(words: str) -> Paragraph:
    """Return the sentence of a section that has nothing to tell."""
    return Paragraph(words, Tone.QUIET)


def table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]], empty: str) -> list[Block]:
    """Return a table, or the sentence that says there is nothing in it."""
    made = tuple(rows)
    return [Table(titles, made, shares(titles, made))] if made else [nothing(empty)]


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


def on(day: date | None) -> str:
    """Return a day in words; a dash where there is none."""
    return shown(day) if day else "–"


def ids(items: Iterable[Linked]) -> list[UUID]:
    """Return the other ends of links."""
    return [item.other.id for item in items]
