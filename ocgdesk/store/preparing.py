"""Much to write, made ready before the write lock is taken: an import holds it only to write."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection

from ocgdesk.domain.changes import Change
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Thing
from ocgdesk.domain.wire import ENDS
from ocgdesk.errors import Refused
from ocgdesk.progress import Progress, silent
from ocgdesk.store import bulk, codec, numbering, rows
from ocgdesk.store.journal import Made, pack
from ocgdesk.store.meta import Meta
from ocgdesk.store.numbering import by_kind
from ocgdesk.store.reader import Reader
from ocgdesk.store.rows import Built, Prepared
from ocgdesk.store.work import NOT_THERE
from ocgdesk.store.workspace import Workspace

_AT_ONCE = 5_000
_Group = tuple[Kind, list[tuple[int, Thing]]]


def prepare(workspace: Workspace, things: Sequence[Thing], progress: Progress = silent) -> Prepared:
    """Make new things ready to be written by ``Work.put_prepared`` of the same workspace.

    Their numbers and references are reserved now, in a short act of its own; where nothing
    comes of it they are not issued again. Changed things, and things that were here once, are
    left to be put as usual. Raises Refused where what a new thing belongs to or joins is not there.
    """
    new = [thing for thing in things if thing.version == 0]
    with workspace.reading() as reader:
        known = numbering.gone(reader.connection, [thing.id for thing in new])
        fresh = [thing for thing in new if thing.id not in known]
        ends = _ends(reader, fresh)
    rest = _others(things, fresh)
    groups = workspace.reserve(fresh, _reserved)
    count = len(fresh)
    del new, fresh  # what was numbered stands for them now
    built: list[Built] = []
    made: list[Made] = []
    with bulk.without_collector(count):
        no_of = ends | {thing.id: no for _kind, group in groups for no, thing in group}
        while groups:  # each is let go of once it is rows: a large import is large
            kind, group = groups.pop(0)
            for some in codec.batches(group, _AT_ONCE):
                progress(len(made), count, "Preparing")
                built.append(rows.build(kind, some, no_of))
                made += [_made(no, thing) for no, thing in some]
            del group
        del no_of
        packed = pack(made)
    return Prepared(built, tuple(made), tuple(packed), rest, ends)


def _others(things: Sequence[Thing], fresh: Sequence[Thing]) -> tuple[Thing, ...]:
    ids = {thing.id for thing in fresh}
    return tuple(thing for thing in things if thing.id not in ids)


def _made(no: int, thing: Thing) -> Made:
    change = Change(None, thing)
    return Made(no, thing.kind, 1, change, 1)


def _ends(reader: Reader, things: Sequence[Thing]) -> dict[UUID, int]:
    new = {thing.id for thing in things}
    wanted = {
        end
        for thing in things
        for name in ENDS[thing.base]
        if (end := getattr(thing, name)) is not None and end not in new
    }
    found = reader.ends(wanted)
    if len(found) < len(wanted):  # it went since the draft was compared with the register
        raise Refused(NOT_THERE)
    return found


def _reserved(connection: Connection, things: Sequence[Thing]) -> list[_Group]:
    """Give numbers and references to new things; the caller holds the write lock."""
    meta, year = Meta.read(connection), datetime.now(UTC).year
    start, groups = meta.next_no, list[_Group]()
    for kind, group in by_kind(things).items():
        numbered = numbering.numbered(connection, meta, group, year)
        groups.append((kind, list(enumerate(numbered, start))))
        start += len(group)
    meta.save_next(connection, start)
    return groups
