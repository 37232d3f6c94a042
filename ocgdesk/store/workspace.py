"""The workspace: one encrypted file, opened by one user."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock, get_ident
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from ocgdesk.domain.changes import ChangeSet
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right, User
from ocgdesk.domain.reference_data import Editions, within
from ocgdesk.domain.things import Thing
from ocgdesk.errors import BadWorkspace, CannotWrite, DeskError, Refused
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.security.keyfile import KeyFile
from ocgdesk.security.keys import DataKey
from ocgdesk.store import engine as engines
from ocgdesk.store import holder, journal, meta, opening, tables, undo, users
from ocgdesk.store.editions import InForce
from ocgdesk.store.faults import translated
from ocgdesk.store.journal import Act, Entry
from ocgdesk.store.meta import About, Meta
from ocgdesk.store.reader import Consultation, Reader
from ocgdesk.store.undo import Step
from ocgdesk.store.waiting import WaitingRoom
from ocgdesk.store.work import Done, Work

SUFFIX = ".ocgdesk"
R = TypeVar("R")


class Workspace:
    """An open workspace. Reading and writing go through ``reading`` and ``work``.

    Safe to use from several threads: each reading has a connection of its own, and units of
    work take turns.
    """

    def __init__(self, opened: opening.Opened) -> None:
        self.path = opened.path
        self.user = opened.user
        self.writable = opened.writable
        self.was_unclean = opened.was_unclean
        """Whether the last program to have it open was cut off: worth a full check."""
        self.about: About = opened.about
        self._opened = opened
        self._engine: Engine = opened.engine
        self._key = opened.key
        self._lock = Lock()
        self._writer = 0
        self._lists = InForce()
        self._waiting = WaitingRoom(opened.path, opened.key, opened.user.id)
        self._closed = False

    @classmethod
    def create(
        cls,
        path: Path,
        about: About,
        user: User,
        key: DataKey,
        keys: KeyFile,
        *,
        shared: bool | None = None,
    ) -> "Workspace":
        """Make a new workspace with its first user.

        ``shared`` says whether several programs may have the file open; left out, the folder
        decides. Raises CannotWrite where the file or its key file is there already or the
        folder does not allow it. Nothing is left behind where it fails.
        """
        return cls(opening.create(path, about, user, key, keys, shared=shared))

    @classmethod
    def open(
        cls, path: Path, key: DataKey, user_id: UUID, *, shared: bool | None = None
    ) -> "Workspace":
        """Open a workspace with its data key, as one of its users.

        Raises BadWorkspace, in one sentence, for a file that is none, is damaged, cut short
        or newer than this program; CannotWrite where a workspace that is not synthetic cannot
        be written to, since nothing could be logged then, and where somebody else holds it on
        a network folder, naming them.
        """
        workspace = cls(opening.open_(path, key, user_id, shared=shared))
        workspace._waiting.find()
        try:
            workspace.log(_session(workspace.user, "Open workspace"))
        except BaseException:
            workspace._engine.dispose()
            raise
        return workspace

    @classmethod
    def open_with_words(cls, path: Path, key: DataKey, user_name: str) -> "Workspace":
        """Open a workspace with the data key from the recovery words, as one of its users.

        A missing key file is made anew from the copy inside. Raises NotUnlocked where the key
        is another workspace's or nobody has that name.
        """
        return cls.open(path, key, opening.user_with_words(path, key, user_name))

    @contextmanager
    def reading(self, purpose: str = "") -> Iterator[Reader]:
        """Give a reader of one snapshot; what it consulted is journalled when it closes.

        Raises Refused where an administrator has disabled the user since.
        """
        reader: Reader | None = None
        try:
            with translated(), self._engine.connect() as connection, connection.begin():
                reader = Reader(connection, self._current_user(connection), purpose)
                with within(self._lists.read(connection)):
                    yield reader
        finally:
            if reader is not None and reader.consulted:
                self.log(*(self._consultation(reader, seen) for seen in reader.consulted))

    def _consultation(self, reader: Reader, seen: Consultation) -> Entry:
        return Entry(
            act=Act.CONSULTATION,
            label=seen.label,
            user=self.user.id,
            reason=reader.purpose,
            detail=seen.detail,
            subjects=seen.subjects,
        )

    def _current_user(self, connection: Connection) -> User:
        """Return the user as recorded now: a role taken away elsewhere counts from here on."""
        user = users.get(connection, self.user.id)
        if user.disabled:
            raise Refused("This user is disabled; an administrator can enable it")
        if user != self.user:
            self.user = user
        return user

    @contextmanager
    def work(
        self,
        label: str,
        *,
        right: Right = Right.EDIT,
        act: Act = Act.ALTERATION,
        reason: str = "",
        detail: dict[str, Any] | None = None,
        undoable: bool = True,
    ) -> Iterator[Done]:
        """Give a unit of work; on the way out it is journalled and committed together.

        The write lock is held from here on: prepare long work first. Raises Refused where
        the user's roles do not allow it.
        """
        self.user.need(right)
        with self._writing() as connection:
            user = self._current_user(connection)
            user.need(right)
            done = Done(Work(connection, user, label))
            done.work.entry = {
                "act": act,
                "reason": reason,
                "detail": detail or {},
                "undoable": undoable,
            }
            yield done
            done.changes = done.work.finish()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if not self.writable:
            raise CannotWrite("This workspace is open for reading only: its folder is read-only")
        if self._writer == get_ident():
            raise RuntimeError("a unit of work was begun inside another")
        with self._lock:
            self._writer = get_ident()
            try:
                with self._locked() as connection, within(self._lists.read(connection)):
                    yield connection
            finally:
                self._writer = 0
        with suppress(DeskError):  # this act is committed; the entries go with the next one
            self.log_waiting()

    @contextmanager
    def _locked(self) -> Iterator[Connection]:
        with (
            translated(),
            self._engine.connect().execution_options(begin="IMMEDIATE") as connection,
            connection.begin(),
        ):
            yield connection

    def is_free(self) -> bool:
        """Tell, without waiting, whether an edit could begin or another program is writing."""
        if not (self.writable and self.shared):
            return True
        with translated(), closing(self._engine.raw_connection()) as raw:
            return engines.can_begin(raw)

    def reserve(
        self, things: Sequence[Thing], act: Callable[[Connection, Sequence[Thing]], R]
    ) -> R:
        """Run ``act`` under the write lock, for numbers that are given out ahead of a work."""
        with self._writing() as connection:
            self._current_user(connection).need(Right.READ)
            return act(connection, things)

    def log(self, *entries: Entry) -> None:
        """Write journal entries of their own: consultations, disclosures, sessions.

        While another thread of this program writes, they wait for it on the disk: reading a
        record must not stand still behind an import, nor be forgotten if the program is ended.
        """
        if not self.writable or self._log_at_once(entries):
            return
        self._waiting.keep(entries)
        with suppress(DeskError):  # they are safe where they wait
            self.log_waiting()

    def _log_at_once(self, entries: Sequence[Entry]) -> bool:
        if not self._lock.acquire(blocking=False):
            return False
        try:
            self._log_now(entries)
        finally:
            self._lock.release()
        with suppress(DeskError):
            self.log_waiting()
        return True

    def log_waiting(self) -> None:
        """Enter in the journal what waits to be; whoever writes now does it afterwards."""
        # Whoever has the lock looks again after letting go of it, so nothing is forgotten.
        while not self._waiting.is_empty and self._lock.acquire(blocking=False):
            try:
                self._log_now()
            finally:
                self._lock.release()

    def _log_now(self, entries: Sequence[Entry] = ()) -> None:
        with self._locked() as connection:
            files, waited = self._waiting.read()
            for entry in (*waited, *entries):
                journal.append(connection, entry)
        self._waiting.drop(files)

    def undo_step(self) -> Step | None:
        """Return what undo would turn round for this user."""
        with translated(), self._engine.connect() as connection:
            return undo.undoable(connection, self.user)

    def redo_step(self) -> Step | None:
        """Return what redo would turn round for this user."""
        with translated(), self._engine.connect() as connection:
            return undo.redoable(connection, self.user)

    def undo(self) -> ChangeSet:
        """Undo this user's newest edit; Refused where there is none, Conflict where it clashes."""
        return self._turn("Undo", undo.undoable, undo.undo)

    def redo(self) -> ChangeSet:
        """Do again what this user undid last; Refused where there is nothing."""
        return self._turn("Redo", undo.redoable, undo.redo)

    def _turn(
        self,
        name: str,
        find: Callable[[Connection, User], Step | None],
        turn: Callable[[Work, Connection, Step], None],
    ) -> ChangeSet:
        with self._writing() as connection:
            user = self._current_user(connection)
            user.need(Right.EDIT)
            step = find(connection, user)
            if step is None:
                raise Refused(f"There is nothing to {name.lower()}")
            work = Work(connection, user, f"{name}: {step.label}")
            turn(work, connection, step)
            return work.finish()

    def change_keys(
        self,
        label: str,
        act: Callable[[Connection, KeyFile], KeyFile],
        *,
        kind: Act = Act.KEYS,
        detail: dict[str, Any] | None = None,
    ) -> KeyFile:
        """Change users and key slots together: table, key file, its copy inside, journal."""
        path = keyfiles.path_for(self.path)
        with self._writing() as connection:
            before = self._keys(connection)
            after = act(connection, before)
            meta.write(connection, opening.inside(after))
            entry = Entry(act=kind, label=label, user=self.user.id, detail=detail or {})
            journal.append(connection, entry)
            keyfiles.write(path, after)
        with translated(), self._engine.connect() as connection:
            self.user = users.get(connection, self.user.id)
        return after

    def keys(self) -> KeyFile:
        """Return the key file; where the one beside the workspace is gone, the copy inside."""
        with translated(), self._engine.connect() as connection:
            return self._keys(connection)

    def _keys(self, connection: Connection) -> KeyFile:
        try:
            return keyfiles.read(keyfiles.path_for(self.path))
        except BadWorkspace:
            return keyfiles.from_bytes(Meta.read(connection).values["keyfile"].encode())

    def set_values(self, label: str, values: dict[str, str]) -> None:
        """Change values of the workspace itself, such as its name or default marking."""
        with self._writing() as connection:
            self._current_user(connection).need(Right.ADMINISTER)
            meta.write(connection, values)
            detail = {"set": sorted(values)}
            entry = Entry(act=Act.ACCESS, label=label, user=self.user.id, detail=detail)
            journal.append(connection, entry)
        with self._engine.connect() as connection:
            self.about = Meta.read(connection).about

    def value(self, name: str, default: str = "") -> str:
        """Return one value of the workspace itself."""
        with translated(), self._engine.connect() as connection:
            return Meta.read(connection).values.get(name, default)

    def lists(self) -> Editions:
        """Return the reference lists this workspace has its own editions of, as they are now."""
        with translated(), self._engine.connect() as connection:
            return self._lists.read(connection)

    def users(self) -> list[User]:
        """Return all users of the workspace."""
        with translated(), self._engine.connect() as connection:
            return users.everybody(connection)

    def head(self) -> tuple[int, bytes]:
        """Return the number and hash of the newest journal entry."""
        with translated(), self._engine.connect() as connection:
            return journal.head(connection)

    def kinds_since(self, seq: int, without: Collection[int] = ()) -> tuple[int, frozenset[Kind]]:
        """Return the newest entry and the kinds that entries after ``seq`` touched.

        Entries named in ``without`` do not count: the caller made them.
        """
        item = tables.journal_item
        with translated(), self._engine.connect() as connection:
            later = (item.c.seq > seq, item.c.seq.not_in(without))
            rows = connection.execute(select(item.c.kind).where(*later).distinct())
            kinds = frozenset(Kind(row.kind) for row in rows)
            return journal.head(connection)[0], kinds

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Give a connection for the store's own checks and copies."""
        with translated(), self._engine.connect() as connection:
            yield connection

    @property
    def engine(self) -> Engine:
        """The engine under this workspace; for the store's own modules."""
        return self._engine

    @property
    def shared(self) -> bool:
        """Whether several programs may have the file open; false on a network folder."""
        return self._opened.shared

    @property
    def key(self) -> DataKey:
        """The data key; for the store's own modules and the recovery words."""
        return self._key

    def close(self) -> None:
        """Let go of the file; the write-ahead log is folded in by the last to close."""
        if self._closed:
            return
        with suppress(DeskError):
            self.log(_session(self.user, "Close workspace"))
        self.let_go()

    def let_go(self) -> None:
        """Close without a journal entry: what lies under the name is another file now."""
        self._closed = True
        self._engine.dispose()
        if not self._opened.shared and self.writable:
            holder.remove(self.path)


def _session(user: User, label: str) -> Entry:
    return Entry(act=Act.SESSION, label=label, user=user.id)
