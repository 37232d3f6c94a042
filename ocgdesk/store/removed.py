"""Records that were taken out: found again by reference or id, as they were last."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from ocgdesk.domain.kinds import Base
from ocgdesk.domain.things import Entity
from ocgdesk.store import codec, history, tables
from ocgdesk.store.journal import Logged
from ocgdesk.store.past import knowable, last_changes
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

_removed = tables.removed


@dataclass(frozen=True, slots=True)
class Gone:
    """A record that is no longer there, as it was last, and the entry that took it out."""

    brief: Brief
    last: Entity
    entry: Logged


def find(reader: Reader, text: str) -> Gone | None:
    """Return the removed record a reference or id means; None where there is none.

    None too where the reader may not have known of it as it was last, and where what it was
    has been lawfully erased.
    """
    found = _briefs(reader, _numbers(reader, _meant(text.strip())))
    if len(found) != 1:
        return None
    ((brief, last),) = found.items()
    entry = history.of(reader, brief.no)[-1].entry
    return Gone(brief, last, entry)


def by_ids(reader: Reader, ids: Collection[UUID]) -> dict[UUID, Brief]:
    """Return removed records in one line each, by id; those not to be known of are left out."""
    nos: list[int] = []
    for some in codec.batches([id_.bytes for id_ in ids]):
        nos += _numbers(reader, _removed.c.id.in_(some))
    return {brief.id: brief for brief in _briefs(reader, nos)}


def _meant(text: str) -> Any:
    try:
        return _removed.c.id == UUID(text).bytes
    except ValueError:
        return _removed.c.ref == text.upper()


def _numbers(reader: Reader, where: Any) -> list[int]:
    query = select(_removed.c.no).where(where, _removed.c.ref != "")
    return [row.no for row in reader.rows(query)]


def _briefs(reader: Reader, nos: Sequence[int]) -> dict[Brief, Entity]:
    """Return these records with what they were, as far as the reader may know of them."""
    open_ = knowable(reader, Base.ENTITY, nos)
    changes = last_changes(reader.connection, [no for no in nos if no in open_])
    found: dict[Brief, Entity] = {}
    for no, change in changes.items():
        last = change.before if change else None
        if isinstance(last, Entity):
            found[_brief(no, last)] = last
    return found


def _brief(no: int, last: Entity) -> Brief:
    return Brief(
        no=no,
        id=last.id,
        kind=last.kind,
        ref=last.ref,
        label=last.label,
        marking=last.marking,
        restricted=last.restricted_to is not None,
        exploited=bool(getattr(last, "exploited", False)),
    )
