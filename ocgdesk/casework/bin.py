"""What was removed: who took it out, when and why, and putting it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from ocgdesk.domain.changes import Change
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _
from ocgdesk.store import claims, recent, removed
from ocgdesk.store.reader import Reader
from ocgdesk.store.removed import BinQuery, Removal
from ocgdesk.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """What lies in the bin, newest first, and who the users are."""

    removals: tuple[Removal, ...]
    users: dict[UUID, str]
    is_all: bool
    """Whether nothing older was left off."""

    def who(self, removal: Removal) -> str:
        """Return who took something out, as shown."""
        return self.users.get(removal.entry.user, _("former user"))


def look(reader: Reader, query: BinQuery) -> Bin:
    """Return what was removed; that it was looked at is logged."""
    found = removed.listed(reader, query)
    reader.saw("View bin", [one.no for one in found if one.ref], rows=len(found))
    return Bin(
        removals=tuple(found),
        users=recent.user_names(reader),
        is_all=len(found) < query.limit,
    )


def meant(reader: Reader, ref: str) -> UUID:
    """Return the id of the removed thing that a reference or id means; NotFound for none."""
    if (gone := removed.find(reader, ref)) is not None:
        return gone.brief.id
    try:
        found = removed.one(reader, UUID(ref.strip()))
    except ValueError:
        found = None
    if found is None:
        raise NotFound(_("There is no {ref} in the bin").format(ref=repr(ref[:60])))
    return found.id


def put_back(work: Work, ids: Sequence[UUID], reason: str = "") -> list[Thing]:
    """Put removed records and links back as they were, each with what went with it.

    Links and places whose other end is gone too stay in the bin. Raises NotFound where
    something does not lie in the bin, Refused where what it belonged to is gone itself, Conflict
    where a claim was submitted or counted meanwhile.
    """
    things: dict[UUID, Thing] = {}
    for id_ in ids:
        found = removed.together(work, id_)
        if not found:
            _refuse(work.reader, id_)
        things |= {thing.id: thing for thing in found}
    if reason.strip():
        work.entry = {**work.entry, "reason": reason.strip()}
    claims.check_turned(work.reader, [Change(None, thing) for thing in things.values()])
    work.restore(*things.values())
    return [things[id_] for id_ in ids]


def _refuse(reader: Reader, id_: UUID) -> None:
    removal = removed.one(reader, id_)
    if removal is None:
        raise NotFound(_("This does not lie in the bin any more"))
    kind = label("kinds", removal.kind.value)
    if isinstance(removal.last, Entity):
        told = _("{kind}: what it belonged to was removed too; put that back first")
    else:
        told = _("{kind}: one of its ends was removed too; put that back first")
    raise Refused(told.format(kind=kind))
