"""Making a workspace and opening one: everything that is checked before anybody reads."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from ocgdesk.domain.people import User
from ocgdesk.errors import BadWorkspace, CannotWrite, NotUnlocked, Refused
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.security.keyfile import KeyFile
from ocgdesk.security.keys import DataKey
from ocgdesk.store import bundle, holder, journal, meta, replacing, schema, tables, users
from ocgdesk.store import engine as engines
from ocgdesk.store.faults import translated
from ocgdesk.store.journal import Act, Entry
from ocgdesk.store.meta import About, Meta


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file that was made or opened, with what is known of it."""

    path: Path
    engine: Engine
    key: DataKey
    user: User
    about: About
    writable: bool
    shared: bool
    was_unclean: bool = False


def create(
    path: Path, about: About, user: User, key: DataKey, keys: KeyFile, *, shared: bool | None
) -> Opened:
    """Make a file with its first user; nothing is left behind where it fails."""
    if keyfiles.path_for(path).exists():
        raise CannotWrite(f"{keyfiles.path_for(path).name} is there already; choose another name")
    engines.create_file(path)
    shared = engines.is_shared_safe(path) if shared is None else shared
    engine = engines.engine_for(path, key, shared=shared)
    try:
        with translated(), engine.begin() as connection:
            schema.create(connection)
            meta.write(connection, meta.first_values(about) | inside(keys))
            users.save(connection, user)
            entry = Entry(act=Act.SESSION, label="Create workspace", user=user.id)
            journal.append(connection, entry)
        keyfiles.write(keyfiles.path_for(path), keys)
        if not shared:
            holder.write(path, key, user.display)
        with translated(), engine.connect() as connection:
            about = Meta.read(connection).about
    except BaseException:
        engine.dispose()
        _remove(path)
        raise
    return Opened(
        path=path, engine=engine, key=key, user=user, about=about, writable=True, shared=shared
    )


def inside(keys: KeyFile) -> dict[str, str]:
    """Return the copy of the key file that is kept inside the workspace."""
    return {"keyfile": keyfiles.to_bytes(keys).decode()}


def open_(path: Path, key: DataKey, user_id: UUID, *, shared: bool | None) -> Opened:
    """Open a file, upgrade it where it is older, and check it enough to work on.

    Only its form, its user and the head of the journal: the full checks are in ``verify``.
    """
    replacing.settle(path, key)
    engines.check_file(path)
    shared = engines.is_shared_safe(path) if shared is None else shared
    writable = engines.is_writable(path)
    unclean = writable and engines.was_left_open(path, key)
    engine = engines.engine_for(path, key, shared=shared, writable=writable)
    held = False
    try:
        with translated():
            _connect(path, engine, key, shared=shared)
            held = writable and not shared
            user, about = _checked(path, engine, key, user_id, writable=writable)
        if held:
            holder.write(path, key, user.display)
    except BaseException:
        engine.dispose()
        raise
    return Opened(
        path=path,
        engine=engine,
        key=key,
        user=user,
        about=about,
        writable=writable,
        shared=shared,
        was_unclean=unclean,
    )


def user_with_words(path: Path, key: DataKey, user_name: str) -> UUID:
    """Return the id of a user of the workspace this key from recovery words opens.

    A missing or damaged key file is made anew from the copy inside. Raises NotUnlocked where
    the key is another workspace's or nobody has that name.
    """
    replacing.settle(path, key)
    engines.check_file(path)
    engine = engines.engine_for(path, key, shared=True, writable=False)
    try:
        with translated(), engine.connect() as connection:
            known = {users.name_key(u.name): u.id for u in users.everybody(connection)}
            inside_ = Meta.read(connection).values["keyfile"].encode()
    except BadWorkspace:
        raise NotUnlocked("These words do not open this workspace") from None
    finally:
        engine.dispose()
    if (user_id := known.get(users.name_key(user_name))) is None:
        raise NotUnlocked("These words do not open this workspace for that user")
    try:
        keyfiles.read(keyfiles.path_for(path))
    except BadWorkspace:
        keyfiles.write(keyfiles.path_for(path), keyfiles.from_bytes(inside_))
    return user_id


def _connect(path: Path, engine: Engine, key: DataKey, *, shared: bool) -> None:
    try:
        with translated(), engine.connect():
            pass
    except BadWorkspace:
        if engines.is_plain(path):
            raise BadWorkspace(
                f"{path.name} is a plain SQLite file, not an OCG Desk workspace"
            ) from None
        raise
    except CannotWrite:
        who = None if shared else holder.read(path, key)
        if who is None:
            raise
        raise CannotWrite(who.sentence()) from None


def _checked(
    path: Path, engine: Engine, key: DataKey, user_id: UUID, *, writable: bool
) -> tuple[User, About]:
    with engine.connect() as connection:
        form = schema.version(connection)
    if form != schema.HEAD:
        _upgrade(path, engine, key, writable=writable)
    with engine.connect() as connection:
        about = Meta.read(connection).about
        user = users.get(connection, user_id)
        _check_head(connection)
    if not writable and not about.synthetic:
        raise CannotWrite(
            f"{path.name} cannot be written to, so nothing could be logged; it stays closed"
        )
    if user.disabled:
        raise Refused("This user is disabled; an administrator can enable it")
    return user, about


def _upgrade(path: Path, engine: Engine, key: DataKey, *, writable: bool) -> None:
    """Bring an older file to today's form; a backup of it is kept beside it."""
    if not writable:
        raise CannotWrite(f"{path.name} is of an older form and cannot be upgraded where it is")
    backup = path.with_name(f"{path.stem}-before-{datetime.now(UTC):%Y%m%d-%H%M%S}.ocgbackup")
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        keys = keyfiles.to_bytes(keyfiles.read(keyfiles.path_for(path)))
        bundle.write(raw, key, keys, backup)
    with engine.connect().execution_options(begin="IMMEDIATE") as connection, connection.begin():
        if schema.version(connection) != schema.HEAD:  # another program may have been faster
            schema.upgrade(connection)


def _check_head(connection: Connection) -> None:
    table = tables.journal
    row = connection.execute(select(table).order_by(table.c.seq.desc()).limit(1)).first()
    if row is None:
        raise BadWorkspace("The journal of this workspace is missing; verify it")
    if wrong := journal.head_fault(connection, row):
        raise BadWorkspace(wrong)


def _remove(path: Path) -> None:
    names = (f"{path}{end}" for end in ("", "-wal", "-shm", "-journal"))
    for name in (*map(Path, names), holder.path_for(path), keyfiles.path_for(path)):
        with suppress(OSError):
            name.unlink(missing_ok=True)
