"""Where a handle was and where a candidate's telephone and vehicle were, day by day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Handle
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _
from ocgdesk.store import sightings
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.sightings import Sighting

MOST_DAYS: Final = 400
"""A longer time is not drawn day by day: the last so many days of it are."""
Span = tuple[PartialDate | None, PartialDate | None]


class Mark(StrEnum):
    """What one day of a track says."""

    THERE = "there"
    """On record on that very day."""
    NEAR = "near"
    """On record on that day at the place the handle was at."""
    WITHIN = "within"
    """Within a longer time on record; on which days is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One line of days: the handle, a telephone, a vehicle, or custody."""

    key: str
    title: str
    days: Mapping[date, Mark] = field(default_factory=dict)
    words: Mapping[date, str] = field(default_factory=dict)
    """Where it was on a day, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All dated places of a handle and of what its candidates carry."""

    handle: tuple[Sighting, ...] = ()
    carried: Mapping[UUID, tuple[tuple[Brief, tuple[Sighting, ...]], ...]] = field(
        default_factory=dict
    )
    """By candidate: each telephone and vehicle with where it was seen."""
    people: Mapping[UUID, tuple[Sighting, ...]] = field(default_factory=dict)
    """By candidate: where they themselves were seen."""


NOWHERE: Final = Seen()


def read(reader: Reader, handle: Brief, people: Collection[Brief]) -> Seen:
    """Return where a handle, its candidates and what they carry were seen."""
    held = sightings.carried(reader, [person.no for person in people])
    things = {thing.no for some in held.values() for thing in some}
    places = sightings.of(reader, [handle.no, *(person.no for person in people), *things])
    return Seen(
        handle=tuple(places.get(handle.no, ())),
        carried={
            person.id: tuple(
                (thing, tuple(places[thing.no]))
                for thing in held.get(person.no, ())
                if thing.no in places
            )
            for person in people
        },
        people={person.id: tuple(places.get(person.no, ())) for person in people},
    )


def tracks(
    handle: Handle,
    contacts: Iterable[Span],
    seen: Seen,
    person: UUID | None,
    custody: Sequence[Span] = (),
) -> tuple[Track, ...]:
    """Return the lines of days for a handle and one candidate; those without a day are left out.

    Near means at the same place on the same day: a place on record is a street, a cell or a town,
    and is as exact as it was recorded.
    """
    at = _places(seen.handle)
    found = [
        _track("handle", _("Handle"), [*contacts, (handle.first_seen, handle.last_seen)],
               seen.handle),
        *(_of_kind(kind, seen, person, at) for kind in _CARRIED),
        _track("person", _("Seen in person"), (), seen.people.get(person, ()) if person else (),
               at),
        _track("custody", _("Custody"), custody, (), whole=True),
    ]  # fmt: skip
    return tuple(track for track in found if track.days)


_CARRIED: Final = (Kind.PHONE, Kind.VEHICLE)


def _of_kind(kind: Kind, seen: Seen, person: UUID | None, at: Mapping[date, set[UUID]]) -> Track:
    held = seen.carried.get(person, ()) if person else ()
    places = [one for thing, some in held if thing.kind is kind for one in some]
    title = _("Phone") if kind is Kind.PHONE else _("Vehicle")
    return _track(kind.value, title, (), places, at)


def _track(
    key: str,
    title: str,
    spans: Iterable[Span],
    places: Iterable[Sighting],
    at: Mapping[date, set[UUID]] | None = None,
    *,
    whole: bool = False,
) -> Track:
    """Return a track: an exact day counts as such, within a longer time only as possible.

    ``whole`` says that every day of a longer time is meant, as of a time in custody.
    """
    days: dict[date, Mark] = {}
    said: dict[date, str] = {}
    for span in spans:
        held = _days(span, runs=whole)
        mark = Mark.THERE if whole or len(held) == 1 else Mark.WITHIN
        for day in held:
            days[day] = max(days.get(day, mark), mark, key=_FIRM.index)
    for sighting in places:
        held = _days((sighting.start, sighting.end))
        for day in held:
            near = len(held) == 1 and sighting.place in (at or {}).get(day, ())
            mark = Mark.NEAR if near else Mark.THERE if len(held) == 1 else Mark.WITHIN
            days[day] = max(days.get(day, mark), mark, key=_FIRM.index)
            said[day] = ", ".join(dict.fromkeys((*said.get(day, "").split(", "), sighting.name)))
    return Track(key=key, title=title, days=days,
                 words={day: text.lstrip(", ") for day, text in said.items()})  # fmt: skip


_FIRM: Final = (Mark.WITHIN, Mark.THERE, Mark.NEAR)


def _places(places: Iterable[Sighting]) -> dict[date, set[UUID]]:
    found: dict[date, set[UUID]] = {}
    for sighting in places:
        held = _days((sighting.start, sighting.end))
        if len(held) == 1:
            found.setdefault(held[0], set()).add(sighting.place)
    return found


def _days(span: Span, *, runs: bool = False) -> list[date]:
    """Return the days of a period; with an open end the other's day alone, or what ``runs`` on."""
    start, end = span
    if start is None and end is None:
        return []
    first = start.earliest() if start else end.earliest() if end else date.min
    last = end.latest() if end else start.latest() if start else date.max
    if first == date.min or last == date.max or first > last:
        return []
    if runs and end is None:
        last = first + timedelta(days=MOST_DAYS)
    count = min((last - first).days, MOST_DAYS)
    return [last - timedelta(days=count - n) for n in range(count + 1)]


def reach(handle: Handle, found: Sequence[Track]) -> tuple[date, date] | None:
    """Return the first and the last day to draw: while the handle was in use, as far as known."""
    own = _days((handle.first_seen, handle.last_seen))
    placed = [day for track in found if track.key == "handle" for day in track.words]
    days = [*own, *placed] if own else placed or [d for track in found for d in track.days]
    if not days:
        return None
    last = max(days)
    return max(min(days), last - timedelta(days=MOST_DAYS)), last


def told(found: Sequence[Track]) -> str:
    """Return what the tracks say in one line: on how many of the handle's days what was near."""
    handle = next((track for track in found if track.key == "handle"), None)
    placed = [day for day in handle.words if handle.days[day] is Mark.THERE] if handle else []
    if not placed:
        return _("No place of this handle is on record by day.")
    parts = [_("a place on {n} days").format(n=len(placed))]
    for track in found:
        near = sum(mark is Mark.NEAR for mark in track.days.values())
        if track.key not in {"handle", "custody"} and track.days:
            said = _("{what} at the same place on {n}")
            parts.append(said.format(what=track.title.lower(), n=near))
        elif track.key == "custody":
            inside = sum(day in track.days for day in placed)
            parts.append(_("in custody on {n}").format(n=inside))
    said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."
