"""Events beneath links, looked at one by one and taken out: calls, messages, sightings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from ocgdesk.casework import exports, reasons, withholding
from ocgdesk.casework.exports import Printed
from ocgdesk.casework.files import ending_of
from ocgdesk.casework.reasons import Use
from ocgdesk.casework.withholding import NOBODY, Withheld
from ocgdesk.domain.events import Event
from ocgdesk.domain.links import Link
from ocgdesk.domain.marking import highest
from ocgdesk.domain.people import Right
from ocgdesk.exchange.writers import SheetOut
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress, silent
from ocgdesk.store import event_blocks, happenings, records
from ocgdesk.store.event_blocks import Found
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
    """One event with the ends it ran between, in its own direction."""

    event: Event
    source: Brief
    target: Brief

    @property
    def when(self) -> str:
        """Day and time in the time zone of the work; the day alone where no more is known."""
        at = self.event.at
        return f"{at:%Y-%m-%d}" if self.event.day_only else f"{at:%Y-%m-%d %H:%M:%S}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    source: Brief
    target: Brief
    found: Found


@dataclass(frozen=True, slots=True, kw_only=True)
class EventList:
    """Events of links in order of time: any of them can be had without the others."""

    sides: tuple[_Side, ...]
    order: Sequence[tuple[int, int, int, int]]
    """Of each its time, its link, and the block and place in it."""
    links: tuple[Link, ...]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.order)

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


def of_links(reader: Reader, links: Sequence[Link]) -> EventList:
    """Return the events of links this reader may see; that they were read is logged."""
    ends = {end for link in links for end in (link.source, link.target)}
    briefs = records.by_ids(reader, list(ends))
    seen = [link for link in links if link.source in briefs and link.target in briefs]
    for link in seen:
        _check_open(reader, link, briefs)
    sides = tuple(
        _Side(
            source=briefs[link.source],
            target=briefs[link.target],
            found=event_blocks.of(reader, link.id),
        )
        for link in seen
    )
    order = sorted(
        (time, n, b, at)
        for n, side in enumerate(sides)
        for b, block in enumerate(side.found.blocks)
        for at, time in enumerate(block.times)
    )
    if order:
        reader.saw("View events", sorted({brief.no for brief in briefs.values()}), rows=len(order))
    return EventList(sides=sides, order=order, links=tuple(seen))


def _check_open(reader: Reader, link: Link, briefs: Mapping[UUID, Brief]) -> None:
    """Raise ReasonWanted where a reason is to come before what is restricted is looked at."""
    source, target = briefs[link.source], briefs[link.target]
    restricted = link.restricted_to is not None
    if restricted or source.restricted or target.restricted:
        whole = replace(source, restricted=restricted)
        reasons.check_open(reader, whole, source, target, asked=True)


def between(reader: Reader, one: UUID, other: UUID | None = None) -> EventList:
    """Return the events of a record, or those between it and another."""
    no = reader.number(one)
    links = happenings.links_at(reader, [no])
    if other is not None:
        links = [link for link in links if other in (link.source, link.target)]
    return of_links(reader, links)


def cells(line: Line, hidden: Withheld = NOBODY) -> tuple[object, ...]:
    """Return a line as a file holds it, in the order of ``HEADINGS``."""
    event = line.event
    ends = (hidden.label(end.id, end.label) for end in (line.source, line.target))
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
    if any(link.restricted_to is not None for link in found.links):
        reasons.check(policy, Use.RESTRICTED, reason)
    with workspace.reading(reason) as reader:
        hidden = withholding.of(reader, named=bool(said.named), reason=said.named)
    marking = highest(link.marking for link in found.links)
    headings = [_(heading) for heading in HEADINGS]
    sheet = SheetOut(
        title=_("Events"), headings=headings, rows=[cells(line, hidden) for line in found.lines()]
    )
    data = exports.written(sheet, kind, marking, said, progress)
    about = sorted({end.no for side in found.sides for end in (side.source, side.target)})
    exports.leave(
        workspace, "Export events", data, path, about,
        recipient=recipient, reason=reason, rows=len(found),
    )  # fmt: skip
    return len(found)
