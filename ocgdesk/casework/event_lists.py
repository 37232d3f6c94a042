"""Events beneath links, looked at one by one and taken out: calls, messages, sightings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from ocgdesk.casework import exports, reasons, withholding
from ocgdesk.casework.exports import Printed
from ocgdesk.casework.files import ending_of
from ocgdesk.casework.reasons import Use
from ocgdesk.casework.withholding import NOBODY, Withheld
from ocgdesk.domain.events import Event
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.domain.people import Right
from ocgdesk.errors import NotFound
from ocgdesk.exchange.writers import SheetOut
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress, silent
from ocgdesk.store import happenings_held, history
from ocgdesk.store.event_blocks import Found
from ocgdesk.store.happenings_held import Happened
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.workspace import Workspace

HEADINGS = (
    *(N_("When"), N_("From"), N_("To"), N_("What"), N_("Seconds")),
    *(N_("Said"), N_("File"), N_("Row")),
)
FORMATS = ("csv", "xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One event with the ends it ran between, in its own direction.

    An end that has no number is None: what stands there is ``event.other``.
    """

    event: Event
    source: Brief | None
    target: Brief | None

    @property
    def ends(self) -> tuple[str, str]:
        """What the ends are called, that it came from first."""
        return self._called(self.source), self._called(self.target)

    def _called(self, end: Brief | None) -> str:
        return end.label if end is not None else self.event.other or _("no number given")

    @property
    def when(self) -> str:
        """Day and time in the time zone of the work; the day alone where no more is known."""
        at = self.event.at
        return f"{at:%Y-%m-%d}" if self.event.day_only else f"{at:%Y-%m-%d %H:%M:%S}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    source: Brief
    target: Brief | None
    """None where the events have no number at their other end."""
    found: Found

    @property
    def ends(self) -> tuple[Brief, ...]:
        return (self.source,) if self.target is None else (self.source, self.target)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventList:
    """Events of links in order of time: any of them can be had without the others."""

    sides: tuple[_Side, ...]
    order: Sequence[tuple[int, int, int, int]]
    """Of each its time, its link, and the block and place in it."""
    links: tuple[Link, ...]
    as_at: datetime | None = None
    """Recorded time, where these are the events that were held then."""

    def __len__(self) -> int:
        """How many there are."""
        return len(self.order)

    @property
    def markings(self) -> tuple[Marking, ...]:
        """The markings of the links, and of the records that events lie beneath."""
        alone = (side.source.marking for side in self.sides if side.target is None)
        return (*(link.marking for link in self.links), *alone)

    @property
    def restricted(self) -> bool:
        """Whether any of the links, or a record that events lie beneath, is restricted."""
        alone = (side.source.restricted for side in self.sides if side.target is None)
        return any(alone) or any(link.restricted_to is not None for link in self.links)

    @property
    def unnamed(self) -> int:
        """How many have no number at their other end."""
        return sum(len(side.found) for side in self.sides if side.target is None)

    def line(self, place: int) -> Line:
        """Return one of them in full."""
        _time, link, block, at = self.order[place]
        side = self.sides[link]
        event = side.found.event((block, at))
        ends = (side.target, side.source) if event.backwards else (side.source, side.target)
        return Line(event=event, source=ends[0], target=ends[1])

    def lines(self, start: int = 0, count: int | None = None) -> Iterator[Line]:
        """Yield those from a place on, all or so many."""
        end = len(self) if count is None else min(start + count, len(self))
        return (self.line(place) for place in range(start, end))


def of_links(reader: Reader, links: Sequence[Link], *, as_at: datetime | None = None) -> EventList:
    """Return the events of links this reader may see; that they were read is logged.

    With a recorded time those that were held then: of imports that were there and not undone.
    """
    there = happenings_held.at(reader, _entry_at(reader, as_at))
    return _listed(reader, _sides(reader, there, links), links, as_at)


def between(
    reader: Reader, one: UUID, other: UUID | None = None, *, as_at: datetime | None = None
) -> EventList:
    """Return the events of a record, or those between it and another, now or as held then.

    Those of a record are also those whose other end has no number. Raises NotFound where there
    is no such record, or was none then.
    """
    there = happenings_held.at(reader, _entry_at(reader, as_at))
    if (own := there.briefs([one]).get(one)) is None:
        raise NotFound(_("There is no such record") if as_at is None else _("There was none then"))
    links = there.links_at([one])
    if other is not None:
        links = [link for link in links if other in (link.source, link.target)]
    sides = _sides(reader, there, links)
    if other is None and own.kind is Kind.PHONE and len(found := there.events_on(one)):
        if own.restricted:
            reasons.check_open(reader, own, asked=True)
        sides = (*sides, _Side(source=own, target=None, found=found))
    return _listed(reader, sides, links, as_at)


def _entry_at(reader: Reader, as_at: datetime | None) -> int | None:
    return None if as_at is None else history.seq_at(reader, as_at)


def _sides(reader: Reader, there: Happened, links: Sequence[Link]) -> tuple[_Side, ...]:
    briefs = there.briefs({end for link in links for end in (link.source, link.target)})
    seen = [link for link in links if link.source in briefs and link.target in briefs]
    for link in seen:
        _check_open(reader, link, briefs)
    found = there.events(seen)
    return tuple(
        _Side(
            source=briefs[link.source],
            target=briefs[link.target],
            found=found.get(link.id, Found()),
        )
        for link in seen
    )


def _listed(
    reader: Reader, sides: tuple[_Side, ...], links: Sequence[Link], as_at: datetime | None
) -> EventList:
    order = sorted(
        (time, n, b, at)
        for n, side in enumerate(sides)
        for b, block in enumerate(side.found.blocks)
        for at, time in enumerate(block.times)
    )
    if order:
        told = {"as_at": as_at.isoformat()} if as_at else {}
        nos = sorted({end.no for side in sides for end in side.ends})
        reader.saw("View events", nos, rows=len(order), **told)
    return EventList(sides=sides, order=order, links=tuple(links), as_at=as_at)


def _check_open(reader: Reader, link: Link, briefs: Mapping[UUID, Brief]) -> None:
    """Raise ReasonWanted where a reason is to come before what is restricted is looked at."""
    source, target = briefs[link.source], briefs[link.target]
    restricted = link.restricted_to is not None
    if restricted or source.restricted or target.restricted:
        whole = replace(source, restricted=restricted)
        reasons.check_open(reader, whole, source, target, asked=True)


def cells(line: Line, hidden: Withheld = NOBODY) -> tuple[object, ...]:
    """Return a line as a file holds it, in the order of ``HEADINGS``."""
    event = line.event
    ends = (
        hidden.label(end.id, called) if end is not None else called
        for end, called in zip((line.source, line.target), line.ends, strict=True)
    )
    text = hidden.text(event.text) if hidden.names else event.text
    return (line.when, *ends, event.what, event.seconds, text, event.file, event.row)


def export(
    workspace: Workspace,
    found: EventList,
    path: Path,
    said: Printed,
    *,
    recipient: str = "",
    reason: str = "",
    progress: Progress = silent,
) -> int:
    """Write events to a file, its ending saying the format; what left is journalled first.

    Returns how many. Raises Refused to those who may not export, CannotWrite where the file
    cannot be written; no half-written file is left.
    """
    workspace.user.need(Right.EXPORT)
    kind = ending_of(path, FORMATS, _("Events are written as {known}"))
    policy = reasons.of(workspace)
    reasons.check(policy, Use.EXPORT, reason)
    if found.restricted:
        reasons.check(policy, Use.RESTRICTED, reason)
    with workspace.reading(reason) as reader:
        hidden = withholding.of(reader, named=bool(said.named), reason=said.named)
    marking = highest(found.markings)
    headings = [_(heading) for heading in HEADINGS]
    sheet = SheetOut(
        title=_("Events"), headings=headings, rows=[cells(line, hidden) for line in found.lines()]
    )
    data = exports.written(sheet, kind, marking, said, progress)
    about = sorted({end.no for side in found.sides for end in side.ends})
    exports.leave(
        workspace, "Export events", data, path, about,
        recipient=recipient, reason=reason, rows=len(found),
    )  # fmt: skip
    return len(found)
