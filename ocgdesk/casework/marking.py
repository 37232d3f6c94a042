"""How a record is marked, and the highest marking of what a user is shown.

Source: Government Security Classifications Policy (2024). The ceiling is OFFICIAL-SENSITIVE;
OFFICIAL-SENSITIVE is a marking within OFFICIAL, not a tier.
"""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from ocgdesk.domain.kinds import Base
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.domain.things import Marked, Thing
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _
from ocgdesk.store import markings
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work


def mark(work: Work, ids: Iterable[UUID], marking: Marking, reason: str = "") -> list[Thing]:
    """Mark records or links; Refused without a reason where one would be marked lower."""
    things = [_marked(work.reader, id_) for id_ in ids]
    if any(thing.marking.rank > marking.rank for thing in things) and not reason.strip():
        raise Refused(_("Say why it is marked lower than before; the reason is kept"))
    work.entry = {**work.entry, "reason": reason.strip()}
    return work.put(*(replace(thing, marking=marking) for thing in things))


def _marked(reader: Reader, id_: UUID) -> Marked:
    try:
        found = reader.find(id_)
    except NotFound:
        found = reader.find(id_, Base.LINK)
    assert isinstance(found, Marked)  # noqa: S101 - records and links are marked
    return found


def high_water(reader: Reader, of_workspace: Marking) -> Marking:
    """Return the highest of the workspace's own marking and those of all this user may see."""
    return highest((of_workspace, markings.highest_seen(reader)))
