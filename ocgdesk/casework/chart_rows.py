"""Rows of a register put on a chart: which they are goes over the clipboard, nothing of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Final
from uuid import UUID

import msgspec

from ocgdesk.casework import charts
from ocgdesk.casework.chart_pasting import decoded
from ocgdesk.domain.charts import MOST_ITEMS, Point
from ocgdesk.domain.kinds import LINKS, SUBJECTS, Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import networks, records
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

MIME: Final = "application/x-ocgdesk-rows"
KINDS: Final = frozenset({*SUBJECTS, *LINKS})
"""Kinds whose rows stand on a chart: records, and the ends of links."""
APART: Final = 110.0
"""Chart units between two of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Rows as they were dragged or copied: of which workspace and kind, by their numbers."""

    workspace: UUID
    kind: str
    numbers: tuple[int, ...]


def packed(workspace: UUID, kind: Kind, numbers: Sequence[int]) -> bytes:
    """Return rows as bytes for the clipboard or a drag; none where no chart shows such rows."""
    if kind not in KINDS or not numbers:
        return b""
    return msgspec.json.encode(Taken(workspace=workspace, kind=kind.value, numbers=tuple(numbers)))


def unpacked(data: bytes, workspace: UUID) -> Taken:
    """Return what ``packed`` wrote; Refused where it is from elsewhere, damaged or too much."""
    found = decoded(data, Taken, workspace)
    if len(found.numbers) > MOST_ITEMS:
        told = _("{n:,} rows are too many to be put on a chart by hand; filter them first")
        raise Refused(told.format(n=len(found.numbers)))
    return found


def found(reader: Reader, taken: Taken) -> tuple[UUID, ...]:
    """Return the records of rows that are still there and may be seen; of links both ends."""
    if Kind(taken.kind) not in LINKS:
        seen = {brief.no: brief.id for brief in records.briefs(reader, taken.numbers)}
        return tuple(seen[no] for no in taken.numbers if no in seen)
    links = (t for t in reader.load(taken.numbers, Base.LINK) if isinstance(t, Link))
    ends = dict.fromkeys(end for link in links for end in (link.source, link.target))
    there = reader.numbers(ends)
    return tuple(id_ for id_ in ends if id_ in there)


def spread(ids: Sequence[UUID], at: Point) -> dict[UUID, Point]:
    """Return a place for each in rows as wide as there are rows, about a place."""
    across = max(1, ceil(sqrt(len(ids))))
    down = ceil(len(ids) / across)
    left, top = at.x - (across - 1) * APART / 2, at.y - (down - 1) * APART / 2
    return {
        id_: Point(left + n % across * APART, top + n // across * APART)
        for n, id_ in enumerate(ids)
    }


def put(work: Work, chart_id: UUID, places: Mapping[UUID, Point]) -> None:
    """Put records on a kept chart, each in its place; those on it already stay where they are."""
    there = {place.item for place in networks.placements(work.reader, chart_id)}
    charts.put_places(work, chart_id, {i: at for i, at in places.items() if i not in there})
