"""Merges as the journal keeps them: which hold now, what each did, and what came since."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import func, or_, select

from ocgdesk.domain.changes import Change
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import journal, tables
from ocgdesk.store.held import Held
from ocgdesk.store.journal import Act
from ocgdesk.store.numbering import gone
from ocgdesk.store.past import knowable
from ocgdesk.store.reader import Reader

MERGED: Final = "merged"
"""The word of an entry's detail that says which record went into which."""
_journal, _entity, _link = tables.journal, tables.entity, tables.link


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """One merge that holds: the record that was kept has in it what another one was."""

    seq: int
    at: datetime
    user: UUID
    reason: str
    kept: UUID
    absorbed: Entity
    """The other record as it was last."""


def of(reader: Reader, kept: UUID) -> list[Merge]:
    """Return the merges into a record that hold now, newest first."""
    no = reader.number(kept)
    about = tables.journal_subject
    query = (
        select(_journal)
        .join(about, about.c.seq == _journal.c.seq)
        .where(
            about.c.no == no,
            _journal.c.act == Act.COMBINATION.value,
            _journal.c.undone.is_(False),
            _journal.c.detail.like(f'%"{MERGED}"%'),
        )
        .order_by(_journal.c.seq.desc())
    )
    return list(_holding(reader, kept, [journal.logged(row) for row in reader.rows(query)]))


def _holding(reader: Reader, kept: UUID, entries: list[journal.Logged]) -> Iterator[Merge]:
    met: set[UUID] = set()
    for entry in entries:
        told = entry.detail[MERGED]
        gone = UUID(told["absorbed"])
        if told["kept"] != str(kept) or gone in met:
            continue
        met.add(gone)
        absorbed = _as_it_was(reader, entry.seq, gone)
        if absorbed is not None:
            yield Merge(
                seq=entry.seq, at=entry.at, user=entry.user, reason=entry.reason,
                kept=kept, absorbed=absorbed,
            )  # fmt: skip


def _as_it_was(reader: Reader, seq: int, id_: UUID) -> Entity | None:
    """Return a record as a merge took it out; None where it is back or not open to the reader."""
    removed = tables.removed
    nos = [row.no for row in reader.rows(select(removed.c.no).where(removed.c.id == id_.bytes))]
    if not nos or nos[0] not in knowable(reader, Base.ENTITY, nos):
        return None
    for change in journal.changes(reader.connection, seq):
        before = change.before if change is not None and change.after is None else None
        if isinstance(before, Entity) and before.id == id_:
            return before
    return None


def absorbed(reader: Reader, kept: UUID, held: Held | None = None) -> list[int]:
    """Return the numbers of all records that are merged into one, by way of others too.

    ``held`` asks it of an instant. What the reader may not know of is left out.
    """
    found: dict[UUID, int] = {}
    todo = [kept]
    while todo:
        for id_ in _merged_into(reader, todo.pop(), held):
            if id_ not in found and id_ != kept:
                found[id_] = _number(reader, id_, held)
                todo.append(id_)
    nos = [no for no in found.values() if no]
    return sorted(knowable(reader, Base.ENTITY, nos)) if nos else []


def _merged_into(reader: Reader, kept: UUID, held: Held | None) -> list[UUID]:
    about = tables.journal_subject
    number = reader.numbers([kept]) or {
        id_: one.no for id_, one in gone(reader.connection, [kept]).items()
    }
    query = (
        select(_journal.c.detail)
        .join(about, about.c.seq == _journal.c.seq)
        .where(
            about.c.no == number.get(kept, 0),
            _journal.c.act == Act.COMBINATION.value,
            _journal.c.seq <= held.seq if held else _journal.c.undone.is_(False),
            _journal.c.detail.like(f'%"{MERGED}"%'),
        )
    )
    told = [msgspec.json.decode(row.detail)[MERGED] for row in reader.rows(query)]
    return [UUID(one["absorbed"]) for one in told if one["kept"] == str(kept)]


def _number(reader: Reader, id_: UUID, held: Held | None) -> int:
    """Return the number of a record that is not there now, or was not then; 0 where it is."""
    if held is not None:
        return 0 if held.entities([id_]) else held.number(id_)
    out = gone(reader.connection, [id_])
    return out[id_].no if id_ in out else 0


def changes(reader: Reader, merge: Merge) -> list[Change]:
    """Return what a merge did; Refused where part of it was lawfully erased."""
    found = list(journal.changes(reader.connection, merge.seq))
    if any(change is None for change in found):
        raise Refused(_("Part of what was merged was lawfully erased and cannot be brought back"))
    return [change for change in found if change is not None]


def since(reader: Reader, merge: Merge) -> list[Thing]:
    """Return the links and sub-records that were added to the kept record after a merge."""
    no = reader.number(merge.kept)
    item = tables.journal_item
    first = select(func.min(item.c.seq)).where(item.c.no == _link.c.no).scalar_subquery()
    links = select(_link.c.no).where(
        or_(_link.c.source_no == no, _link.c.target_no == no),
        first > merge.seq,
        reader.may_see(Base.LINK),
    )
    begun = select(func.min(item.c.seq)).where(item.c.no == _entity.c.no).scalar_subquery()
    owned = select(_entity.c.no).where(
        _entity.c.owner_no == no, begun > merge.seq, reader.may_see()
    )
    return [*_loaded(reader, links, Base.LINK), *_loaded(reader, owned, Base.ENTITY)]


def _loaded(reader: Reader, query: Any, base: Base) -> list[Thing]:
    return reader.load([row.no for row in reader.rows(query)], base)
