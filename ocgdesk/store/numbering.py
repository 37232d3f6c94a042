"""Versions and references of things that are new, and where those are that were taken out."""

from base64 import b32encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Connection, select

from ocgdesk.domain.kinds import REFERENCE_LETTERS, Base, Kind
from ocgdesk.domain.references import reference
from ocgdesk.domain.registry import class_of, kinds_of
from ocgdesk.domain.things import Entity, Marked, Thing
from ocgdesk.store import codec, tables
from ocgdesk.store.meta import Meta


@dataclass(frozen=True, slots=True)
class Gone:
    """Where a thing was that was taken out: its number, the version it left, its reference."""

    no: int
    version: int
    ref: str


def gone(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, Gone]:
    """Return where those of these things were that were here once and were taken out."""
    table, found = tables.removed, dict[UUID, Gone]()
    if connection.execute(select(table.c.no).limit(1)).first() is None:
        return found
    for some in codec.batches([id_.bytes for id_ in ids]):
        for row in connection.execute(select(table).where(table.c.id.in_(some))):
            found[UUID(bytes=row.id)] = Gone(row.no, row.version, row.ref)
    return found


def numbered(connection: Connection, meta: Meta, things: Sequence[Thing], year: int) -> list[Thing]:
    """Return new things of one kind at version 1, with references where the kind has any.

    What is restricted from its beginning gets a reference out of the sequence: a gap in it
    would tell the others that there is something.
    """
    letters = REFERENCE_LETTERS.get(things[0].kind) if things else None
    if letters is None:
        return [at(thing, version=1) for thing in things]
    _pass_given(connection, meta, letters, year, things)
    things = _with_closed(connection, meta, letters, year, things)
    wanting = sum(isinstance(thing, Entity) and not thing.ref for thing in things)
    refs = _next(connection, meta, things[0].kind, year, wanting)
    return [at(thing, version=1, ref=getattr(thing, "ref", "") or next(refs)) for thing in things]


def _with_closed(
    connection: Connection, meta: Meta, letters: str, year: int, things: Sequence[Thing]
) -> list[Thing]:
    """Return things with references for those that nobody but some users may know of."""
    closed = {t.id for t in things if isinstance(t, Marked) and t.restricted_to is not None}
    owners = {t.owner for t in things if isinstance(t, Entity) and t.owner and t.id not in closed}
    hidden = _closed_among(connection, owners) if owners else frozenset()
    start = f"{meta.prefix}-{letters}-{year}-"
    return [
        at(thing, version=thing.version, ref=start + _code(thing.id))
        if isinstance(thing, Entity)
        and not thing.ref
        and (thing.id in closed or thing.owner in hidden)
        else thing
        for thing in things
    ]


def _closed_among(connection: Connection, ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of these records that are restricted, or belong to one that is."""
    table = tables.entity
    if connection.execute(select(table.c.no).where(table.c.restricted).limit(1)).first() is None:
        return frozenset()
    closed = select(table.c.no).where(table.c.restricted).cte("closed", recursive=True)
    closed = closed.union(select(table.c.no).join(closed, table.c.owner_no == closed.c.no))
    found: set[UUID] = set()
    for some in codec.batches([id_.bytes for id_ in ids]):
        query = select(table.c.id).where(table.c.id.in_(some), table.c.no.in_(select(closed.c.no)))
        found |= {UUID(bytes=row.id) for row in connection.execute(query)}
    return frozenset(found)


def _code(id_: UUID) -> str:
    """Return eight letters and figures that say nothing: chance, as the identity is."""
    return b32encode(id_.bytes[:5]).decode("ascii")


def at(thing: Thing, *, version: int, ref: str = "") -> Thing:
    """Return a thing at a version, with this reference where one is given."""
    if ref:
        return replace(thing, version=version, ref=ref)  # type: ignore[call-arg]
    return replace(thing, version=version)


def _next(connection: Connection, meta: Meta, kind: Kind, year: int, wanting: int) -> Iterator[str]:
    if not wanting:
        return
    last = meta.count(connection, REFERENCE_LETTERS[kind], year, wanting)
    start = meta.prefix
    for number in range(last - wanting + 1, last + 1):
        yield reference(start, kind, year, number)


def _pass_given(
    connection: Connection, meta: Meta, letters: str, year: int, things: Sequence[Thing]
) -> None:
    """Let the counter pass references that come with the things and look like ours."""
    start = f"{meta.prefix}-{letters}-{year}-"
    refs = (getattr(thing, "ref", "") for thing in things)
    given = [ref.removeprefix(start) for ref in refs if ref.startswith(start)]
    numbers = [int(number) for number in given if number.isascii() and number.isdigit()]
    if numbers:
        meta.pass_over(connection, letters, year, max(numbers))


def by_kind(things: Iterable[Thing]) -> dict[Kind, list[Thing]]:
    """Return things in groups of one kind: entities first, then links, as they are written."""
    groups: dict[Kind, list[Thing]] = defaultdict(list)
    for thing in things:
        groups[thing.kind].append(thing)
    return dict(sorted(groups.items(), key=lambda pair: _ORDER[pair[0]]))


def _depth(kind: Kind, below: tuple[Kind, ...] = ()) -> int:
    """Return how many owners stand above a kind: what owns is written before what is owned."""
    owners = [one for one in getattr(class_of(kind), "owners", ()) if one not in {kind, *below}]
    return 1 + max(_depth(one, (*below, kind)) for one in owners) if owners else 0


_ORDER = {
    kind: i for i, kind in enumerate(k for base in Base for k in sorted(kinds_of(base), key=_depth))
}
