"""Valid time: from when to when something held in the world, as far as is known."""

from datetime import date
from typing import Final

from ocgdesk.domain.dates import PartialDate, overlaps
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.things import Thing

PERIODS: Final[dict[Kind, tuple[str, str]]] = {
    **dict.fromkeys(LINKS, ("start", "end")),
    Kind.ASSIGNMENT: ("start", "end"),
    Kind.INVOLVEMENT: ("start", "end"),
    Kind.ORDER: ("start", "end"),
    Kind.CUSTODY: ("start", "released"),
    Kind.MARKER: ("stated", "ended"),
    Kind.THREAT_WARNING: ("given", "closed"),
}
"""The kinds that hold from a day to a day, and the fields that say from when to when."""


def is_dated(kind: Kind) -> bool:
    """Tell whether things of a kind hold on some days and not on others."""
    return kind in PERIODS


def holds(thing: Thing, on: date) -> bool:
    """Tell whether a thing may have held on a day; what is not dated always does.

    An end that is not known is open, and a date known only to the month may be any of its days.
    """
    if (period := PERIODS.get(thing.kind)) is None:
        return True
    start, end = (_partial(getattr(thing, name)) for name in period)
    return overlaps(start, end, on)


def _partial(value: PartialDate | date | None) -> PartialDate | None:
    return PartialDate.of(value) if isinstance(value, date) else value
