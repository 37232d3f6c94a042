"""What once hung on a record, joined it or named it, and no longer does.

To show a record as it was, what was tied to it then must be found. What is tied to it now is
found by the indexes of today; the rest is listed here as it comes loose, so that nothing else
that happened since has to be looked through.
"""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from sqlalchemy import Connection, select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Thing
from ocgdesk.domain.wire import ENDS
from ocgdesk.store import codec, tables
from ocgdesk.store.journal import Made
from ocgdesk.store.reader import named_by

_tie = tables.former_tie


def note(connection: Connection, made: Iterable[Made]) -> None:
    """Keep what came loose in an act: ends and records named before it and not after."""
    rows = [
        (end.bytes, item.no, item.kind.value)
        for item in made
        for end in _ends(item.change.before) - _ends(item.change.after)
    ]
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO former_tie (end_id, no, kind) VALUES (?,?,?) ON CONFLICT DO NOTHING", rows
        )


def formerly(connection: Connection, ids: Collection[UUID], kinds: Collection[Kind]) -> list[int]:
    """Return the numbers of what of these kinds was ever tied to these records and came loose.

    Whoever asks judges what a reader may know of it.
    """
    codes = [kind.value for kind in kinds]
    found: set[int] = set()
    for some in codec.batches([id_.bytes for id_ in ids]):
        query = select(_tie.c.no).where(_tie.c.end_id.in_(some), _tie.c.kind.in_(codes))
        found.update(connection.execute(query).scalars())
    return sorted(found)


def _ends(thing: Thing | None) -> set[UUID]:
    return set() if thing is None else set(_named(thing))


def _named(thing: Thing) -> Iterator[UUID]:
    for name in ENDS[thing.base]:
        end = getattr(thing, name)
        if end is not None:
            yield end
    yield from named_by(thing)
