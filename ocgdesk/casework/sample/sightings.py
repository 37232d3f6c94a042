"""Where a few handles were by day, and the telephones and vehicles of who is put forward."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from uuid import UUID

from ocgdesk.casework.sample import handles
from ocgdesk.casework.sample.handles import Handles, attributions
from ocgdesk.casework.sample.holdings import Held
from ocgdesk.casework.sample.places import TOWNS
from ocgdesk.casework.sample.setting import Setting, whole
from ocgdesk.casework.sample.ties import Society
from ocgdesk.domain.entities import Handle, Location, Phone, Vehicle
from ocgdesk.domain.links import Link

_CELLS = 6
_MOST = 5
"""Handles of which sightings are on record."""
_LONGEST = 62
_PHONE_TOO = 0.7
_VEHICLE_TOO = 0.16


@dataclass(frozen=True, slots=True)
class Cells:
    """The wide areas that data sessions place a device in."""

    items: tuple[Location, ...]


def cells(setting: Setting) -> Cells:
    """Return a few areas; a data session gives no more than that."""
    ids, town = setting.ids("cells"), next(iter(TOWNS["WMP"]))
    made = (
        Location(id=next(ids), name=f"{town}, cell {number:03d}", location_type="area", town=town,
                 force="WMP")
        for number in range(101, 101 + _CELLS)
    )  # fmt: skip
    return Cells(tuple(made))


def sightings(
    society: Society, found: Handles, held: tuple[Held[Phone], Held[Vehicle]], cells_: Cells
) -> Iterator[Link]:
    """Yield days on which handles were in an area, and who was put forward was there too."""
    chance, ids = society.setting.numbers("sightings"), society.setting.ids("sightings")
    known = {item.id: item for item in found.items}
    for handle, person in _first(society, found):
        days = _days(chance, known[handle])
        carried = [_carried(society, one, person) for one in held]
        home = chance.sample(cells_.items, 2)
        for day in days:
            cell = chance.choice(home).id
            yield _seen(next(ids), handle, cell, day)
            if carried[0] is not None and chance.random() < _PHONE_TOO:
                near = cell if chance.random() < 0.85 else chance.choice(cells_.items).id
                yield _seen(next(ids), carried[0], near, day)
            if carried[1] is not None and chance.random() < _VEHICLE_TOO:
                yield _seen(next(ids), carried[1], cell, day)


def _first(society: Society, found: Handles) -> list[tuple[UUID, UUID]]:
    """Return a few handles, each with whoever was put forward first."""
    pairs: dict[UUID, UUID] = {}
    for link in attributions(society, found):
        if len(pairs) < _MOST:
            pairs.setdefault(link.source, link.target)
    return list(pairs.items())


def _carried(society: Society, held: Held[Phone] | Held[Vehicle], person: UUID) -> UUID | None:
    holders = (society.nominal(number) for number in held.holders)
    pairs = zip(held.items, holders, strict=True)
    return next((item.id for item, holder in pairs if holder == person), None)


def _days(chance: Random, handle: Handle) -> list[int]:
    first, until = handles.seen(handle)
    last = min(until, first + _LONGEST)
    return [day for day in range(first, last + 1) if chance.random() < 0.45]


def _seen(id_: UUID, source: UUID, place: UUID, day: int) -> Link:
    when = whole(day)
    return Link(
        id=id_, source=source, target=place, type="seen-at", directed=True,
        strength="confirmed", start=when, end=when,
    )  # fmt: skip
