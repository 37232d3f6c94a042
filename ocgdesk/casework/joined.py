"""What was merged into a record, and whether many share it: read in one go, to be undone."""

from dataclasses import dataclass
from uuid import UUID

from ocgdesk.casework import parting
from ocgdesk.domain.links import Link
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.store import matching, records, users
from ocgdesk.store.merges import Merge
from ocgdesk.store.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A link or sub-record that came to the kept record after a merge."""

    id: UUID
    words: str
    """A link by its type and other end; a sub-record by its kind and what it is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One merge that holds, and what came since: whose that is is for a person."""

    merge: Merge
    by: str
    since: tuple[Added, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What a record has in it of others, and whether it is on the stop list."""

    id: UUID
    label: str
    merges: tuple[Held, ...]
    shared: bool


def look(reader: Reader, id_: UUID) -> Joined:
    """Return the merges into a record that hold now, newest first, and whether many share it."""
    record = reader.find(id_)
    assert isinstance(record, Entity)  # noqa: S101 - found in the table of entities
    names = {user.id: user.display for user in users.everybody(reader.connection)}
    held = tuple(
        Held(
            merge=merge,
            by=names.get(merge.user, ""),
            since=_added(reader, id_, parting.added_since(reader, merge)),
        )
        for merge in parting.merges_of(reader, id_)
    )
    shared = reader.number(id_) in matching.stop_list(reader)
    return Joined(id=id_, label=record.label, merges=held, shared=shared)


def _added(reader: Reader, id_: UUID, things: list[Thing]) -> tuple[Added, ...]:
    ends = {end for t in things if isinstance(t, Link) for end in (t.source, t.target)}
    known = records.by_ids(reader, list(ends))
    return tuple(Added(id=thing.id, words=_words(thing, id_, known)) for thing in things)


def _words(thing: Thing, id_: UUID, known: dict[UUID, records.Brief]) -> str:
    if isinstance(thing, Link):
        other = thing.target if thing.source == id_ else thing.source
        name = known[other].label if other in known else "–"
        return f"{label('link-types', thing.type)} · {name}"
    assert isinstance(thing, Entity)  # noqa: S101 - sub-records are
    return f"{label('kinds', thing.kind.value)} · {thing.label}"
