"""One unit of work: all of it lands, with its journal entry, or none of it does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, and_, delete, select

from ocgdesk.domain.changes import Change, ChangeSet, differ
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import User
from ocgdesk.domain.things import Marked, Thing
from ocgdesk.domain.wire import ENDS
from ocgdesk.errors import Conflict, NotFound, Refused
from ocgdesk.progress import Progress, silent
from ocgdesk.store import (
    bulk,
    codec,
    event_blocks,
    numbering,
    origins,
    rows,
    signed,
    tables,
    ties,
    twins,
    watching,
)
from ocgdesk.store.blocks import Block
from ocgdesk.store.event_blocks import BENEATH, EVENTS, Packed
from ocgdesk.store.journal import Act, Entry, Made, append, head
from ocgdesk.store.meta import Meta
from ocgdesk.store.numbering import by_kind
from ocgdesk.store.reader import HANGING, Reader, named_by, with_kept
from ocgdesk.store.rows import Prepared

E = TypeVar("E", bound=Thing)

NOT_THERE = "A link or sub-record names a record that is not there"


@dataclass(frozen=True, slots=True)
class Known:
    """Where a thing is now: its number, and its version if it is there."""

    no: int
    version: int
    kind: Kind


class Work:
    """Get, put, remove. What was done is in ``changes``; the journal keeps it.

    A thing with version 0 is new; any other must still have the version it was read with,
    or the put raises Conflict. Put many at once: one at a time costs twenty times more.
    """

    def __init__(self, connection: Connection, user: User, label: str) -> None:
        self.reader = Reader(connection, user, borrows=False)
        self.user = user
        self.label = label
        self.now = datetime.now(UTC)
        self.entry: dict[str, Any] = {"act": Act.ALTERATION, "undoable": True}
        self._connection = connection
        self.states: Mapping[int, int] = {}
        """The state each number is put back to, where this work is an undo."""
        self._made: dict[UUID, Made] = {}
        self._packed: Sequence[Block] = ()
        self._nos: dict[UUID, int] = {}
        self._meta = Meta.read(connection)
        self._next = self._meta.next_no

    @property
    def changes(self) -> ChangeSet:
        """What has been done so far, one change for each thing."""
        changes = (made.change for made in self._made.values())
        return ChangeSet(self.label, tuple(c for c in changes if differ(c.before, c.after)))

    def get(self, cls: type[E], id_: UUID) -> E:
        """Return the thing, or raise NotFound where it is not there for this user."""
        return self.reader.get(cls, id_)

    def put(self, *things: Thing) -> list[Thing]:
        """Add these things, or replace those already there; return them as saved.

        Raises Conflict where somebody saved one of them since it was read, Refused where a
        link's end or an owner is unknown.
        """
        saved: list[Thing] = []
        self._learn_restrictions(things)
        for kind, group in by_kind(things).items():
            new = [thing for thing in group if thing.version == 0]
            old = [thing for thing in group if thing.version > 0]
            with bulk.without_collector(len(group)):
                saved += self._insert(kind, new) if new else []
                saved += self._update(kind, old, as_given=False) if old else []
        return saved

    def put_prepared(self, prepared: Prepared, progress: Progress = silent) -> int:
        """Write what was made ready before; return how many things that is.

        Raises Conflict where a thing of the same identity or reference is there by now,
        Refused where a link's end or an owner is not there any more.
        """
        if prepared.made and not prepared.built:
            raise Conflict("This was written, or begun, already: prepare it anew")
        if self.reader.ends(prepared.ends) != prepared.ends:
            raise Refused(NOT_THERE)
        self._nos |= prepared.ends
        with bulk.without_collector(prepared.count):
            self._write_prepared(prepared, progress)
        self._packed = () if self._made or prepared.rest else prepared.packed
        self._made |= {made.change.thing.id: made for made in prepared.made}
        self._nos.update((made.change.thing.id, made.no) for made in prepared.made)
        self._learn_restrictions(made.change.thing for made in prepared.made)
        self.put(*prepared.rest)
        return prepared.count

    def note_origins(
        self, files: Sequence[origins.File], rows: Mapping[UUID, tuple[int, int]]
    ) -> list[int]:
        """Keep with things written by this work which row of which file they came from.

        Returns the numbers of the files.
        """
        nos = ((self._nos[id_], place) for id_, place in rows.items() if id_ in self._nos)
        return origins.note(self._connection, self.now, files, nos)

    def keep_events(self, packed: Sequence[Packed], files: Sequence[int]) -> None:
        """Keep events beneath links and records; the entry of this work seals them.

        Refused where one of these is not there any more.
        """
        if not packed:
            return
        lacking = {one.link for one in packed} - self._nos.keys()
        self._nos |= self.reader.ends(lacking) if lacking else {}
        if lacking - self._nos.keys():
            raise Refused(NOT_THERE)
        seq = head(self._connection)[0] + 1  # the write lock is held: this work's entry is next
        event_blocks.write(self._connection, seq, packed, files, self._nos)
        count, hashed = sum(p.events for p in packed), event_blocks.seal(packed, self._nos)
        sealed = {"count": count, "hash": hashed}
        self.entry["detail"] = {**self.entry.get("detail", {}), EVENTS: sealed}

    def _write_prepared(self, prepared: Prepared, progress: Progress) -> None:
        done = 0
        while prepared.built:
            built = prepared.built.pop(0)
            progress(done, prepared.count, "Writing")
            rows.write(self._connection, built, new=True)
            done += len(built.nos)

    def remove(self, *things: Thing) -> None:
        """Take these things out. What hangs on them must be taken out with them.

        Raises Conflict where somebody saved one of them since it was read; the work is refused
        when it ends where something still hangs on them.
        """
        for kind, group in by_kind(things).items():
            known = self._known(kind, group)
            for thing in group:
                self._check(thing, known.get(thing.id))
        self.take_out(*things)

    def take_out(self, *things: Thing) -> None:
        """Take these things out whatever their version. Undo does; it has checked before."""
        groups = {kind: self._held(kind, group) for kind, group in by_kind(things).items()}
        for kind, held in groups.items():
            self._delete(kind, held)

    def _held(self, kind: Kind, things: Sequence[Thing]) -> dict[int, Thing]:
        """Return these things as they are now; all are read before any is taken out."""
        known = self._known(kind, things)
        if len(known) != len({thing.id for thing in things}):
            raise NotFound("Something to be removed is no longer there")
        return codec.load(self._connection, kind, [item.no for item in known.values()])

    def restore(self, *things: Thing) -> list[Thing]:
        """Bring these values back, whether the thing is there, changed or was removed.

        This is how undo writes: it has checked the versions itself.
        """
        saved: list[Thing] = []
        self._learn_restrictions(things)
        for kind, group in by_kind(things).items():
            known = self._known(kind, group)
            there = [replace(t, version=known[t.id].version) for t in group if t.id in known]
            gone = [thing for thing in group if thing.id not in known]
            saved += self._update(kind, there, as_given=True) if there else []
            saved += self._bring_back(kind, gone) if gone else []
        return saved

    def _insert(self, kind: Kind, things: Sequence[Thing]) -> list[Thing]:
        # What was here before and was taken out keeps its number, and with it its history.
        gone = numbering.gone(self._connection, [thing.id for thing in things])
        if gone:
            back = {t.id: t for t in self._bring_back(kind, [t for t in things if t.id in gone])}
            fresh = self._insert_new(kind, [t for t in things if t.id not in gone])
            added = {thing.id: thing for thing in fresh} | back
            return [added[thing.id] for thing in things]
        return self._insert_new(kind, things)

    def _insert_new(self, kind: Kind, things: Sequence[Thing]) -> list[Thing]:
        start, self._next = self._next, self._next + len(things)
        numbered = numbering.numbered(self._connection, self._meta, things, self.now.year)
        return self._write_new(kind, list(enumerate(numbered, start)))

    def _bring_back(self, kind: Kind, things: Sequence[Thing]) -> list[Thing]:
        gone = numbering.gone(self._connection, [thing.id for thing in things])
        if any(thing.id not in gone for thing in things):
            raise Refused("Part of this is no longer open to you")
        saved = [
            (gone[t.id].no, numbering.at(t, version=gone[t.id].version + 1, ref=gone[t.id].ref))
            for t in things
        ]
        for some in codec.batches([no for no, _ in saved]):
            self._connection.execute(delete(tables.removed).where(tables.removed.c.no.in_(some)))
        return self._write_new(kind, saved)

    def _write_new(self, kind: Kind, saved: Sequence[tuple[int, Thing]]) -> list[Thing]:
        self._nos.update((thing.id, no) for no, thing in saved)
        self._learn_ends(thing for _, thing in saved)
        rows.write(self._connection, rows.build(kind, saved, self._nos), new=True)
        for no, thing in saved:
            self._note(no, Change(None, thing))
        return [thing for _, thing in saved]

    def _update(self, kind: Kind, things: Sequence[Thing], *, as_given: bool) -> list[Thing]:
        known = self._known(kind, things)
        for thing in things:
            self._check(thing, known.get(thing.id))
        nos = [known[thing.id].no for thing in things]
        befores = codec.load(self._connection, kind, nos)
        if not as_given:
            things = self._with_kept(things, [befores[no] for no in nos])
        changed = [
            (no, replace(thing, version=thing.version + 1))
            for no, thing in zip(nos, things, strict=True)
            if differ(befores[no], thing)
        ]
        if changed:
            self._learn_ends(thing for _, thing in changed)
            rows.write(self._connection, rows.build(kind, changed, self._nos), new=False)
        saved = dict(changed)
        for no, thing in changed:
            self._note(no, Change(befores[no], thing))
        return [saved.get(no, befores[no]) for no in nos]

    def _with_kept(self, things: Sequence[Thing], befores: Sequence[Thing]) -> Sequence[Thing]:
        """Put back the ids of records this user may not know of: they could not be read."""
        if not self.reader.has_restrictions:
            return things
        hidden = self.reader.hidden_among(id_ for thing in befores for id_ in named_by(thing))
        pairs = zip(things, befores, strict=True)
        return [with_kept(thing, before, hidden) for thing, before in pairs]

    def _learn_restrictions(self, things: Iterable[Thing]) -> None:
        if any(isinstance(t, Marked) and t.restricted_to is not None for t in things):
            self.reader.look_again()

    def _check(self, thing: Thing, known: Known | None) -> None:
        if known is None:
            raise NotFound("The record is no longer there; somebody removed it")
        if known.version != thing.version:
            raise Conflict("Somebody changed the record while you worked on it; see both values")

    def _delete(self, kind: Kind, things: dict[int, Thing]) -> None:
        rows.take_out(self._connection, kind, things)
        for no, thing in things.items():
            self._note(no, Change(thing, None))

    def _known(self, kind: Kind, things: Sequence[Thing]) -> dict[UUID, Known]:
        """Return where these things are, if this user may know of them."""
        table, found = tables.KINDS[kind].base, dict[UUID, Known]()
        clause = self.reader.may_see(tables.KINDS[kind].cls.base)
        if "kind" in table.c:
            clause = and_(clause, table.c.kind == kind.value)
        for some in codec.batches([thing.id.bytes for thing in things]):
            query = select(table.c.id, table.c.no, table.c.version).where(
                table.c.id.in_(some), clause
            )
            for row in self._connection.execute(query):
                found[UUID(bytes=row.id)] = Known(row.no, row.version, kind)
        self._nos.update((id_, known.no) for id_, known in found.items())
        return found

    def _learn_ends(self, things: Iterable[Thing]) -> None:
        """Look up the numbers of owners and ends this work has not met yet."""
        wanted: set[UUID] = set()
        for thing in things:
            for name in ENDS[thing.base]:
                end = getattr(thing, name)
                if end is not None and end not in self._nos:
                    wanted.add(end)
        if not wanted:
            return
        self._nos |= self.reader.ends(wanted)
        if any(end not in self._nos for end in wanted):
            raise Refused(NOT_THERE)

    def _note(self, no: int, change: Change) -> None:
        """Fold a change into what this work did: its first before, its last after."""
        thing = change.thing
        earlier = self._made.get(thing.id)
        before = earlier.change.before if earlier else change.before
        version = thing.version if change.after else thing.version + 1
        state = self.states.get(no, version)
        self._packed = ()
        self._made[thing.id] = Made(no, thing.kind, version, Change(before, change.after), state)

    def _leaves_no_entry(self) -> bool:
        """Tell whether nothing is said of this work where it changed no thing.

        An import may have brought events alone: turning it round is recorded all the same.
        """
        turned = BENEATH in self.entry.get("detail", {})
        return self.entry["act"] in {Act.ALTERATION, Act.UNDO, Act.REDO} and not turned

    def finish(self) -> ChangeSet:
        """Write the journal entry; the workspace calls this before it commits."""
        with bulk.without_collector(len(self._made)):
            return self._finish()

    def _finish(self) -> ChangeSet:
        self._check_nothing_hangs()
        gone = [m.change.before for m in self._made.values() if m.change.after is None]
        signed.check_removal(self.reader, [thing for thing in gone if thing is not None])
        made = [m for m in self._made.values() if differ(m.change.before, m.change.after)]
        changes = ChangeSet(self.label, tuple(item.change for item in made))
        self._meta.save_next(self._connection, self._next)
        if not made and self._leaves_no_entry():
            return changes
        seq = append(
            self._connection,
            Entry(label=self.label, user=self.user.id, **self.entry),
            made,
            now=self.now,
            packed=self._packed,
        )
        ties.note(self._connection, made)
        if self.entry["act"] not in {Act.UNDO, Act.REDO}:  # nothing is learnt by turning back
            entry = (seq, self.label)
            watching.speak_up(self._connection, self.user, entry, changes, self.now)
            twins.speak_up(self._connection, self.user, changes, self.now)
        return replace(changes, seq=seq)

    def _check_nothing_hangs(self) -> None:
        """Refuse where something still hangs on what was taken out, seen by this user or not.

        One sentence for both: it must not tell that there is something restricted.
        """
        gone = [made.no for made in self._made.values() if made.change.after is None]
        columns = (
            tables.entity.c.owner_no,
            *(tables.link.c.source_no, tables.link.c.target_no),
            *(tables.placement.c.chart_no, tables.placement.c.item_no),
            tables.assertion.c.subject_no,
        )
        for some in codec.batches(gone):
            for column in columns:
                query = select(column).where(column.in_(some)).limit(1)
                if self._connection.execute(query).first() is not None:
                    raise Refused(HANGING)


class Done:
    """A unit of work under way, and afterwards what it changed."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.changes = ChangeSet(work.label, ())
