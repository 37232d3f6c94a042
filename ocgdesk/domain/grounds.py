"""What a map stands on: outlines of areas that a user brought in, kept inside the workspace."""

from dataclasses import dataclass
from typing import ClassVar, Final

import msgspec

from ocgdesk.domain.fields import FieldType, Search, described
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _

T = FieldType
FINE: Final = 10_000.0
"""Steps to a degree that outlines are kept in: about ten metres."""

Ring = tuple[tuple[float, float], ...]
"""Latitude and longitude of each corner, in degrees; the last is joined to the first."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Boundary(Entity):
    """Outlines drawn in grey beneath maps; no part of the register and no record of anybody."""

    kind: ClassVar[Kind] = Kind.BOUNDARY

    title: str = described(
        N_("Title"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    source: str = described(N_("Source and licence"), T.LONG_TEXT)
    areas: int = described(N_("Areas"), T.INTEGER, default=0, in_table=True)
    size: int = described(N_("Size of the file in bytes"), T.INTEGER, default=0, in_table=True)
    digest: str = described(N_("SHA-256 of the file"), mono=True)
    outlines: str = described(N_("Outlines"), T.LONG_TEXT)
    """As ``packed`` writes them."""


def packed(rings: tuple[Ring, ...]) -> str:
    """Return outlines as a boundary keeps them: steps from corner to corner, as JSON."""
    return msgspec.json.encode([_steps(ring) for ring in rings]).decode()


def unpacked(text: str) -> tuple[Ring, ...]:
    """Return what ``packed`` wrote; Refused where it cannot be read."""
    try:
        kept = msgspec.json.decode(text, type=list[list[int]])
    except msgspec.DecodeError:
        raise Refused(_("The boundaries of the map cannot be read; load them anew")) from None
    return tuple(_ring(steps) for steps in kept)


def _steps(ring: Ring) -> list[int]:
    made, lat, lon = list[int](), 0, 0
    for corner in ring:
        here = round(corner[0] * FINE), round(corner[1] * FINE)
        made += [here[0] - lat, here[1] - lon]
        lat, lon = here
    return made


def _ring(steps: list[int]) -> Ring:
    made, lat, lon = list[tuple[float, float]](), 0, 0
    for at in range(0, len(steps) - 1, 2):
        lat, lon = lat + steps[at], lon + steps[at + 1]
        made.append((lat / FINE, lon / FINE))
    return tuple(made)
