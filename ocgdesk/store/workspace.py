"""The workspace: one encrypted file, opened by one user."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from ocgdesk.domain.changes import ChangeSet
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right, User
from ocgdesk.errors import BadWorkspace, CannotWrite, NotUnlocked, Refused
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.security.keyfile import KeyFile
from ocgdesk.security.keys import DataKey
from ocgdesk.store import engine as engines
from ocgdesk.store import journal, meta, schema, tables, undo, users
from ocgdesk.store.faults import sentence, translated
from ocgdesk.store.journal import Act, Entry
from ocgdesk.store.meta import About, Meta
from ocgdesk.store.reader import Reader
from ocgdesk.store.undo import Step
from ocgdesk.store.work import Work

SUFFIX = ".ocgdesk"


class Workspace:
    """An open workspace. Reading and writing go through ``reading`` and ``work``."""

    def __init__(self, path: Path, engine: Engine, key: DataKey, user: User, *, writable: bool):
        self.path = path
        self.user = user
        self.writable = writable
        self._engine = engine
        self._key = key
        self._lock = RLock()
        with engine.connect() as connection:
            self.about: About = Meta.read(connection).about

    @classmethod
    def create(
        cls, path: Path, about: About, user: User, key: DataKey, keys: KeyFile
    ) -> "Workspace":
        """Make a new workspace with its first user.

        Raises CannotWrite where the file or its key file is there already or the folder does
        not allow it. Nothing is left behind where it fails.
        """
        if keyfiles.path_for(path).exists():
            raise CannotWrite(
                f"{keyfiles.path_for(path).name} is there already; choose another name"
            )
        engines.create_file(path)
        engine = engines.engine_for(path, key, shared=engines.is_shared_safe(path))
        try:
            with translated(), engine.begin() as connection:
                schema.create(connection)
                meta.write(connection, meta.first_values(about) | _inside(keys))
                users.save(connection, user)
                journal.append(connection, _session(user, "Create workspace"))
            keyfiles.write(keyfiles.path_for(path), keys)
        except BaseException:
            engine.dispose()
            _remove(path)
            raise
        return cls(path, engine, key, user, writable=True)

    @classmethod
    def open(cls, path: Path, key: DataKey, user_id: UUID) -> "Workspace":
        """Open a workspace with its data key, as one of its users.

        Raises BadWorkspace, in one sentence, for a file that is none, is damaged, cut short
        or newer than this program; CannotWrite where a workspace that is not synthetic cannot
        be written to, since nothing could be logged then.
        """
        engines.check_file(path)
        writable = engines.is_writable(path)
        engine = engines.engine_for(
            path, key, shared=engines.is_shared_safe(path), writable=writable
        )
        try:
            with translated():
                user = _checked(path, engine, user_id, writable=writable)
                workspace = cls(path, engine, key, user, writable=writable)
            workspace.log(_session(user, "Open workspace"))
        except BaseException as error:
            engine.dispose()
            if (known := sentence(error)) is not None:
                raise known from None
            raise
        return workspace

    @classmethod
    def open_with_words(cls, path: Path, key: DataKey, user_name: str) -> "Workspace":
        """Open a workspace with the data key from the recovery words, as one of its users.

        A missing key file is made anew from the copy inside. Raises NotUnlocked where the key
        is another workspace's or nobody has that name.
        """
        engines.check_file(path)
        engine = engines.engine_for(path, key, shared=engines.is_shared_safe(path))
        try:
            with translated(), engine.connect() as connection:
                known = {users.name_key(u.name): u.id for u in users.everybody(connection)}
                inside = Meta.read(connection).values["keyfile"].encode()
        except BadWorkspace:
            raise NotUnlocked("These words do not open this workspace") from None
        finally:
            engine.dispose()
        user_id = known.get(users.name_key(user_name))
        if user_id is None:
            raise NotUnlocked("These words do not open this workspace for that user")
        if not keyfiles.path_for(path).exists():
            keyfiles.write(keyfiles.path_for(path), keyfiles.from_bytes(inside))
        return cls.open(path, key, user_id)

    @contextmanager
    def reading(self, purpose: str = "") -> Iterator[Reader]:
        """Give a reader of one snapshot; what it consulted is journalled when it closes."""
        with translated():
            with self._engine.connect() as connection, connection.begin():
                reader = Reader(connection, self.user, purpose)
                yield reader
            for seen in reader.consulted:
                self.log(
                    Entry(
                        act=Act.CONSULTATION,
                        label=seen.label,
                        user=self.user.id,
                        reason=purpose,
                        detail=seen.detail,
                        subjects=seen.subjects,
                    )
                )

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
    ) -> Iterator["Done"]:
        """Give a unit of work; on the way out it is journalled and committed together.

        The write lock is held from here on: prepare long work first. Raises Refused where
        the user's roles do not allow it.
        """
        self.user.need(right)
        with self._writing() as connection:
            done = Done(Work(connection, self.user, label))
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
        with (
            translated(),
            self._lock,
            self._engine.connect().execution_options(begin="IMMEDIATE") as connection,
            connection.begin(),
        ):
            yield connection

    def log(self, entry: Entry) -> None:
        """Write a journal entry of its own: a consultation, a disclosure, a session."""
        if self.writable:
            with self._writing() as connection:
                journal.append(connection, entry)

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
            step = find(connection, self.user)
            if step is None:
                raise Refused(f"There is nothing to {name.lower()}")
            work = Work(connection, self.user, f"{name}: {step.label}")
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
            before = keyfiles.read(path)
            after = act(connection, before)
            meta.write(connection, _inside(after))
            journal.append(
                connection,
                Entry(act=kind, label=label, user=self.user.id, detail=detail or {}),
            )
            keyfiles.write(path, after)
        self.user = self._refreshed_user()
        return after

    def _refreshed_user(self) -> User:
        with self._engine.connect() as connection:
            return users.get(connection, self.user.id)

    def set_values(self, label: str, values: dict[str, str]) -> None:
        """Change values of the workspace itself, such as its name or default marking."""
        self.user.need(Right.ADMINISTER)
        with self._writing() as connection:
            meta.write(connection, values)
            journal.append(
                connection,
                Entry(
                    act=Act.ACCESS, label=label, user=self.user.id, detail={"set": sorted(values)}
                ),
            )
        with self._engine.connect() as connection:
            self.about = Meta.read(connection).about

    def value(self, name: str, default: str = "") -> str:
        """Return one value of the workspace itself."""
        with translated(), self._engine.connect() as connection:
            return Meta.read(connection).values.get(name, default)

    def users(self) -> list[User]:
        """Return all users of the workspace."""
        with translated(), self._engine.connect() as connection:
            return users.everybody(connection)

    def head(self) -> tuple[int, bytes]:
        """Return the number and hash of the newest journal entry."""
        with translated(), self._engine.connect() as connection:
            return journal.head(connection)

    def kinds_since(self, seq: int) -> tuple[int, frozenset[Kind]]:
        """Return the newest entry and the kinds that entries after ``seq`` touched."""
        item = tables.journal_item
        with translated(), self._engine.connect() as connection:
            rows = connection.execute(select(item.c.kind).where(item.c.seq > seq).distinct())
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
    def key(self) -> DataKey:
        """The data key; for the store's own modules and the recovery words."""
        return self._key

    def close(self) -> None:
        """Let go of the file; the write-ahead log is folded in by the last to close."""
        with suppress(CannotWrite, BadWorkspace):
            self.log(_session(self.user, "Close workspace"))
        self._engine.dispose()


class Done:
    """A unit of work under way, and afterwards what it changed."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.changes = ChangeSet(work.label, ())


def _inside(keys: KeyFile) -> dict[str, str]:
    return {"keyfile": keyfiles.to_bytes(keys).decode()}


def _session(user: User, label: str) -> Entry:
    return Entry(act=Act.SESSION, label=label, user=user.id)


def _remove(path: Path) -> None:
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), Path(f"{path}-journal")):
        with suppress(OSError):
            name.unlink()


def _checked(path: Path, engine: Engine, user_id: UUID, *, writable: bool) -> User:
    """Check form, journal head and user of a file just opened."""
    with engine.connect() as connection:
        form = schema.version(connection)
        about = Meta.read(connection).about
        user = users.get(connection, user_id)
    if not writable and not about.synthetic:
        raise CannotWrite(
            f"{path.name} cannot be written to, so nothing could be logged; it stays closed"
        )
    if user.disabled:
        raise Refused("This user is disabled; an administrator can enable it")
    if form != schema.HEAD:
        _upgrade(path, engine)
    with engine.connect() as connection:
        _check_head(connection)
    return user


def _upgrade(path: Path, engine: Engine) -> None:
    copy_to = path.with_name(f"{path.name}.before-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    copy_to.write_bytes(path.read_bytes())
    with engine.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
        schema.upgrade(connection)


def _check_head(connection: Connection) -> None:
    journal_ = tables.journal
    row = connection.execute(select(journal_).order_by(journal_.c.seq.desc()).limit(1)).first()
    if row is None:
        raise BadWorkspace("The journal of this workspace is missing; verify it")
    if wrong := journal.head_fault(row):
        raise BadWorkspace(wrong)
