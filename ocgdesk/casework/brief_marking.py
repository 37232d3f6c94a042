"""How high a briefing is marked: never below what is in it, whatever somebody chose."""

from dataclasses import dataclass

from ocgdesk.casework.brief_parts import Making
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import records as queries
from ocgdesk.store.records import Brief

_NAMED = 6
"""So many are named in the refusal itself; all of them go with it."""


@dataclass(frozen=True, slots=True)
class Above:
    """Something in a briefing that is marked higher than was chosen."""

    marking: Marking
    ref: str
    """Its reference; of a return, its title."""
    record: Brief | None
    """None for a return: its figures are made of all that is in the workspace."""


class Outranked(Refused):
    """A marking was chosen that is below what is in the briefing; it names all of that."""

    def __init__(self, told: str, items: tuple[Above, ...]) -> None:
        super().__init__(told)
        self.items = items


def marking_of(made: Making, wanted: Marking | None) -> Marking:
    """Return the marking of a briefing: as wanted, else as high as what is in it.

    Raises Outranked, with every item, where what is in it outranks what is wanted.
    """
    needed = highest(marking for marking, _ref in made.markings)
    if wanted is None or highest((wanted, needed)) is wanted:
        return wanted or needed
    items = _above(made, wanted)
    told = ngettext(
        "{n} item outranks {marking}: {refs}. Lower it, or raise the product",
        "{n} items outrank {marking}: {refs}. Lower them, or raise the product",
        len(items),
    )
    refs = ", ".join(one.ref for one in items[:_NAMED])
    named = refs + (_(" and {n} more").format(n=len(items) - _NAMED) if items[_NAMED:] else "")
    said = told.format(n=len(items), marking=wanted.banner, refs=named)
    raise Outranked(said, items)


def _above(made: Making, wanted: Marking) -> tuple[Above, ...]:
    known = {
        one.ref: one for one in queries.briefs(made.reader, list(made.naming.records.values()))
    }
    return tuple(
        Above(marking, ref, known.get(ref))
        for marking, ref in dict.fromkeys(made.markings)
        if highest((wanted, marking)) is not wanted
    )
