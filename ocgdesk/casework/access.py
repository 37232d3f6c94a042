"""Getting in, and who may: workspaces made and unlocked, users, passphrases, recovery."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Right, Role, User
from ocgdesk.domain.references import prefix
from ocgdesk.errors import NotUnlocked, Refused
from ocgdesk.progress import Progress, silent
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.security import keys, slots
from ocgdesk.security.keyfile import KeyFile
from ocgdesk.security.keys import DataKey
from ocgdesk.security.slots import Cost
from ocgdesk.security.strength import strength
from ocgdesk.store import meta
from ocgdesk.store import users as user_table
from ocgdesk.store.journal import Act
from ocgdesk.store.meta import About
from ocgdesk.store.rekeying import Rekeyed, rekey
from ocgdesk.store.workspace import SUFFIX, Workspace

FOUNDER = frozenset({Role.ADMINISTRATOR, Role.ANALYST})
"""The roles of whoever makes a workspace; they may give themselves others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWorkspace:
    """What is asked when a workspace is made."""

    name: str
    agency: str
    code: str = "A1"
    user: str = ""
    display: str = ""
    roles: frozenset[Role] = FOUNDER
    marking: Marking = Marking.OFFICIAL_SENSITIVE
    synthetic: bool = False
    recovery: bool = True
    user_id: UUID | None = None
    """Given for samples, whose users are always the same; otherwise chosen by chance."""


def path_of(text: str | Path) -> Path:
    """Return the path of a workspace, with its ending where none was typed."""
    path = Path(text)
    return path if path.suffix == SUFFIX or path.exists() else path.with_name(path.name + SUFFIX)


def create(
    path: Path, new: NewWorkspace, passphrase: str, *, cost: Cost | None = None
) -> tuple[Workspace, tuple[str, ...]]:
    """Make a workspace; return it with the recovery words, empty where none are wanted.

    The words hold the data key itself: shown once, kept nowhere. Raises Refused for a weak
    passphrase or a name that cannot be, CannotWrite where the file cannot be made.
    """
    prefix(new.agency, new.code)
    if not new.name.strip() or not new.user.strip():
        raise Refused("A workspace needs a name, and its first user one too")
    check_passphrase(passphrase, new.user, new.name)
    key, user = DataKey.new(), _user(new.user, new.display, new.roles, new.user_id)
    about = About(
        id=uuid4(),
        name=new.name.strip(),
        agency=new.agency,
        code=new.code,
        marking=new.marking,
        synthetic=new.synthetic,
        recovery=new.recovery,
    )
    key_file = KeyFile(
        workspace_id=about.id,
        workspace_name=about.name,
        marking=about.marking.value,
        synthetic=about.synthetic,
        created=datetime.now(UTC),
        recovery=new.recovery,
        slots=(_slot(key, user, passphrase, about.id, cost),),
    )
    workspace = Workspace.create(path, about, user, key, key_file)
    return workspace, keys.words(key) if new.recovery else ()


def check_passphrase(passphrase: str, *known_words: str) -> None:
    """Raise Refused, with a hint, where a passphrase is too easily guessed."""
    found = strength(passphrase, known_words=known_words)
    if not found.good_enough:
        raise Refused(found.hint)


def unlock(path: Path, user_name: str, passphrase: str) -> Workspace:
    """Open a workspace with a user's passphrase.

    Raises NotUnlocked with one sentence whichever part was wrong, BadWorkspace where file or
    key file cannot be what they should be.
    """
    key_file = keyfiles.read(keyfiles.path_for(path))
    user_id, key = keyfiles.unlock(key_file, user_name, passphrase)
    return Workspace.open(path, key, user_id)


def user_names(path: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the users the unlock page offers, with their roles."""
    key_file = keyfiles.read(keyfiles.path_for(path))
    return tuple((slot.name, slot.roles) for slot in key_file.slots)


def recover(
    path: Path,
    words: str | Sequence[str],
    user_name: str,
    passphrase: str,
    *,
    cost: Cost | None = None,
) -> Workspace:
    """Give a user a new passphrase with the recovery words; return the open workspace.

    Raises NotUnlocked where the words are not this workspace's or there is no such user. A
    missing key file is made anew from the copy inside.
    """
    key = keys.from_words(words)
    workspace = Workspace.open_with_words(path, key, user_name)
    try:
        check_passphrase(passphrase, user_name, workspace.about.name)
        user, about = workspace.user, workspace.about
        slot = _slot(key, user, passphrase, about.id, cost)
        workspace.change_keys(
            "Recover with the recovery words",
            lambda _connection, key_file: key_file.with_slot(slot),
            detail={"user": str(user.id)},
        )
    except BaseException:
        workspace.close()
        raise
    return workspace


def change_passphrase(
    workspace: Workspace, old: str, new: str, *, cost: Cost | None = None
) -> None:
    """Give the current user another passphrase; NotUnlocked where the old one is wrong."""
    user, about = workspace.user, workspace.about
    key_file = keyfiles.read(keyfiles.path_for(workspace.path))
    user_id, key = keyfiles.unlock(key_file, user.name, old)
    if user_id != user.id:
        raise NotUnlocked(slots.WRONG)
    check_passphrase(new, user.name, about.name)
    slot = _slot(key, user, new, about.id, cost)
    workspace.change_keys("Change passphrase", lambda _c, kf: kf.with_slot(slot))


def recovery_words(workspace: Workspace, passphrase: str) -> tuple[str, ...]:
    """Return the recovery words again, for who proves who they are; this is journalled."""
    workspace.user.need(Right.ADMINISTER)
    key_file = keyfiles.read(keyfiles.path_for(workspace.path))
    _user_id, key = keyfiles.unlock(key_file, workspace.user.name, passphrase)
    workspace.change_keys("Hand out recovery words", lambda _c, kf: replace(kf, recovery=True))
    workspace.set_values("Hand out recovery words", {"recovery": "1"})
    return keys.words(key)


def describe(workspace: Workspace, name: str, marking: Marking) -> None:
    """Change what a workspace is called and how it is marked, in the file and its key file.

    Refused without a name, and where a record is marked higher than the workspace would be.
    """
    workspace.user.need(Right.ADMINISTER)
    if not (name := name.strip()):
        raise Refused("A workspace needs a name")
    with workspace.connection() as connection:
        if meta.outranks(connection, marking):
            raise Refused(f"A record here is marked higher than {marking.banner}")
    values = {"name": name, "marking": marking.value}

    def act(connection: Any, key_file: KeyFile) -> KeyFile:
        meta.write(connection, values)
        return replace(key_file, workspace_name=name, marking=marking.value)

    workspace.change_keys(
        "Describe workspace", act, kind=Act.ACCESS, detail={"set": sorted(values)}
    )
    workspace.about = replace(workspace.about, name=name, marking=marking)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that nothing is encrypted with yet, and the words that hold it."""

    key: DataKey = field(repr=False)
    words: tuple[str, ...] = field(repr=False)


def new_key(workspace: Workspace, passphrase: str) -> NewKey:
    """Return a key to encrypt a workspace with anew, for who proves who they are.

    Raises NotUnlocked where the passphrase is not the caller's. Nothing is changed yet.
    """
    workspace.user.need(Right.ADMINISTER)
    key_file = keyfiles.read(keyfiles.path_for(workspace.path))
    keyfiles.unlock(key_file, workspace.user.name, passphrase)
    key = DataKey.new()
    return NewKey(key, keys.words(key))


def locked_out(workspace: Workspace) -> tuple[str, ...]:
    """Return who would have to be reset after encrypting anew: all others with a key."""
    mine = workspace.user.id
    return tuple(slot.name for slot in workspace.keys().slots if slot.user_id != mine)


def encrypt_anew(
    workspace: Workspace,
    passphrase: str,
    note: Callable[[tuple[str, ...]], bool] | None = None,
    *,
    cost: Cost | None = None,
    progress: Progress = silent,
) -> Rekeyed:
    """Encrypt the workspace under a new key: what shuts out somebody who kept the old one.

    ``passphrase`` is the caller's own and stays theirs; every other user must be reset.
    ``note`` is shown the new recovery words first and says whether they were noted; without it
    none are handed out. Raises NotUnlocked where the passphrase is wrong, Refused where the
    words were not noted; nothing is changed then.
    """
    new = new_key(workspace, passphrase)
    if note is not None and not note(new.words):
        raise Refused("The recovery words were not repeated; nothing was changed")
    recovery = note is not None
    return encrypt_with(workspace, new, passphrase, recovery=recovery, cost=cost, progress=progress)


def encrypt_with(
    workspace: Workspace,
    new: NewKey,
    passphrase: str,
    *,
    recovery: bool = True,
    cost: Cost | None = None,
    progress: Progress = silent,
) -> Rekeyed:
    """Encrypt the workspace under a key whose words were noted; ``encrypt_anew`` in two steps.

    The workspace given is closed, and another returned. Raises CannotWrite where another
    window or program has it open; nothing is changed then.
    """
    workspace.user.need(Right.ADMINISTER)
    slot = _slot(new.key, workspace.user, passphrase, workspace.about.id, cost)
    return rekey(workspace, new.key, slot, recovery=recovery, progress=progress)


def add_user(
    workspace: Workspace,
    name: str,
    display: str,
    roles: Iterable[Role],
    passphrase: str,
    *,
    cost: Cost | None = None,
    user_id: UUID | None = None,
) -> User:
    """Add a user with a first passphrase; Refused where the name is taken or no role is given."""
    workspace.user.need(Right.ADMINISTER)
    check_passphrase(passphrase, name, workspace.about.name)
    user = _user(name, display, frozenset(roles), user_id)
    slot = _slot(workspace.key, user, passphrase, workspace.about.id, cost)

    def act(connection: Any, key_file: KeyFile) -> KeyFile:
        user_table.save(connection, user)
        return key_file.with_slot(slot)

    workspace.change_keys("Add user", act, kind=Act.ACCESS, detail=_about(user))
    return user


def set_roles(workspace: Workspace, user_id: UUID, roles: Iterable[Role]) -> None:
    """Change what a user is here as; somebody must stay administrator."""
    _change(workspace, user_id, "Change roles", roles=frozenset(roles))


def set_disabled(workspace: Workspace, user_id: UUID, *, disabled: bool) -> None:
    """Shut a user out or let them in again. Nobody disables themselves.

    The key slot stays until it is removed; see ``remove_key`` for what that does not do.
    """
    if user_id == workspace.user.id:
        raise Refused("You cannot disable yourself; another administrator can")
    _change(workspace, user_id, "Disable user" if disabled else "Enable user", disabled=disabled)


def remove_key(workspace: Workspace, user_id: UUID) -> None:
    """Take a user's key slot away: their passphrase opens this file no more.

    The user stays, for the journal names them; a reset gives them a way in again. This takes
    the way in, not the key: somebody who kept a copy of the key file or of the key still gets
    in until the workspace is encrypted anew. Refused for oneself, so that an administrator who
    can unlock is left, and where the user has no slot.
    """
    workspace.user.need(Right.ADMINISTER)
    if user_id == workspace.user.id:
        raise Refused("You cannot take your own key away; another administrator can")
    user = _find(workspace, user_id)
    if all(slot.user_id != user_id for slot in workspace.keys().slots):
        raise Refused(f"{user.name} has no key to this workspace")
    workspace.change_keys(
        "Remove key", lambda _c, kf: kf.without_user(user_id), detail=_about(user)
    )


def has_key(workspace: Workspace) -> frozenset[UUID]:
    """Return the users who have a way in of their own."""
    return frozenset(slot.user_id for slot in workspace.keys().slots)


def reset_passphrase(
    workspace: Workspace, user_id: UUID, passphrase: str, *, cost: Cost | None = None
) -> None:
    """Give a user who forgot theirs a new passphrase, which they should then change."""
    workspace.user.need(Right.ADMINISTER)
    user = _find(workspace, user_id)
    check_passphrase(passphrase, user.name, workspace.about.name)
    slot = _slot(workspace.key, user, passphrase, workspace.about.id, cost)
    workspace.change_keys(
        "Reset passphrase", lambda _c, kf: kf.with_slot(slot), detail=_about(user)
    )


def _change(workspace: Workspace, user_id: UUID, label: str, **values: Any) -> None:
    workspace.user.need(Right.ADMINISTER)
    user = replace(_find(workspace, user_id), **values)
    if not user.roles:
        raise Refused("A user needs at least one role")
    others = [u for u in workspace.users() if u.id != user_id]
    if not any(u.may(Right.ADMINISTER) and not u.disabled for u in (*others, user)):
        raise Refused("Somebody must stay administrator")

    def act(connection: Any, key_file: KeyFile) -> KeyFile:
        user_table.save(connection, user)
        slot = next((s for s in key_file.slots if s.user_id == user_id), None)
        if slot is None:
            return key_file
        return key_file.with_slot(replace(slot, roles=_role_words(user.roles)))

    workspace.change_keys(label, act, kind=Act.ACCESS, detail=_about(user))


def _find(workspace: Workspace, user_id: UUID) -> User:
    for user in workspace.users():
        if user.id == user_id:
            return user
    raise Refused("There is no such user")


def find_user(workspace: Workspace, name: str) -> User:
    """Return a user by name, without regard to case; Refused where there is none."""
    key = user_table.name_key(name)
    for user in workspace.users():
        if user_table.name_key(user.name) == key:
            return user
    raise Refused(f"There is no user {name!r}")


def _about(user: User) -> dict[str, object]:
    return {"user": str(user.id), "roles": sorted(user.roles), "disabled": user.disabled}


def _user(name: str, display: str, roles: frozenset[Role], user_id: UUID | None = None) -> User:
    if not roles:
        raise Refused("A user needs at least one role")
    name = name.strip()
    return User(id=user_id or uuid4(), name=name, display=display.strip() or name, roles=roles)


def _role_words(roles: Iterable[Role]) -> tuple[str, ...]:
    return tuple(sorted(role.value for role in roles))


def _slot(
    key: DataKey, user: User, passphrase: str, workspace_id: UUID, cost: Cost | None
) -> slots.Slot:
    return slots.make_slot(
        key,
        user.id,
        user.name,
        _role_words(user.roles),
        passphrase,
        workspace_id=workspace_id,
        cost=cost,
    )
