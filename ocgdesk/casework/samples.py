"""Writing a synthetic workspace: the same size, seed and day give the same content each time."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from ocgdesk.casework import access
from ocgdesk.casework.access import NewWorkspace
from ocgdesk.casework.sample import SIZES, Step, build
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Role
from ocgdesk.errors import CannotWrite, Refused
from ocgdesk.progress import Progress, batches, silent
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.security.slots import Cost
from ocgdesk.store.journal import Act
from ocgdesk.store.workspace import Workspace

PASSPHRASE = "seven green kettles whistle softly"  # noqa: S105 - public, for invented data alone
"""What opens a sample unless another passphrase is asked for. It protects nothing."""

USERS: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("analyst", "J. Mistry", frozenset({Role.ANALYST, Role.ADMINISTRATOR})),
    ("lro", "Insp A. Rowe", frozenset({Role.LRO})),
    ("coordinator", "D. Quayle", frozenset({Role.COORDINATOR})),
    ("reader", "P. Lindqvist", frozenset({Role.READER})),
    ("auditor", "S. Achterberg", frozenset({Role.AUDITOR})),
)
"""Name, display and roles of the users of a sample."""

AGENCY, CODE = "WMP", "A1"
_PUT_AT_ONCE = 10_000
_IDS = uuid5(NAMESPACE_URL, "ocgdesk:sample-users")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a sample turned out to hold."""

    workspace: Workspace
    things: int
    entries: int


def write(
    path: Path,
    size: str,
    *,
    seed: int = 1,
    as_of: date | None = None,
    passphrase: str = PASSPHRASE,
    user: str = USERS[0][0],
    replace: bool = False,
    cost: Cost | None = None,
    progress: Progress = silent,
) -> Written:
    """Make FILE as a SYNTHETIC workspace of one size, opened by its analyst, called ``user``.

    All users of a sample share the passphrase. Content, ids and references depend on size,
    seed, day and version alone. Raises Refused for an unknown size, or where there is a file
    already; with ``replace`` a synthetic one gives way. Nothing is left behind on failure.
    """
    if size not in SIZES:
        raise Refused(f"There is no sample {size[:20]!r}; there are {', '.join(SIZES)}")
    _make_room(path, replace=replace)
    day = as_of or date.today()  # noqa: DTZ011 - the day on the wall here
    workspace = _empty(path, size, seed=seed, passphrase=passphrase, user=user, cost=cost)
    try:
        steps = build(size, seed=seed, as_of=day, users=workspace.users()).steps
        things = _fill(workspace, steps, progress)
    except BaseException:
        workspace.close()
        _remove(path)
        raise
    return Written(workspace=workspace, things=things, entries=len(steps))


def is_synthetic(path: Path) -> bool:
    """Tell what the key file beside a workspace says of it; false where it says nothing."""
    key_file = keyfiles.path_for(path)
    return key_file.exists() and keyfiles.read(key_file).synthetic


def user_id(name: str) -> UUID:
    """Return the id a sample's user always has."""
    return uuid5(_IDS, name.strip().casefold())


def _make_room(path: Path, *, replace: bool) -> None:
    if not path.exists() and not keyfiles.path_for(path).exists():
        return
    if not replace:
        raise CannotWrite(f"{path.name} is there already; choose another name")
    if not is_synthetic(path):
        raise Refused(f"{path.name} is not marked SYNTHETIC; a sample does not replace it")
    _remove(path)


def _remove(path: Path) -> None:
    names = (path, *(Path(f"{path}{end}") for end in ("-wal", "-shm", "-journal")))
    for name in (*names, keyfiles.path_for(path)):
        with suppress(FileNotFoundError):
            name.unlink()


def _empty(
    path: Path, size: str, *, seed: int, passphrase: str, user: str, cost: Cost | None
) -> Workspace:
    (_name, display, roles), *others = USERS
    new = NewWorkspace(
        name=f"Synthetic {size}, seed {seed}",
        agency=AGENCY,
        code=CODE,
        user=user,
        display=display,
        roles=roles,
        marking=Marking.OFFICIAL_SENSITIVE,
        synthetic=True,
        recovery=False,
        user_id=user_id(user),
    )
    workspace, _no_words = access.create(path, new, passphrase, cost=cost)
    taken = user.strip().casefold()
    for name, shown, held in others:
        if name != taken:
            access.add_user(
                workspace, name, shown, held, passphrase, cost=cost, user_id=user_id(name)
            )
    return workspace


def _fill(workspace: Workspace, steps: Sequence[Step], progress: Progress) -> int:
    """Write each step as one entry of the journal, dated as the sample has it."""
    total, done = sum(len(step.things) for step in steps), 0
    for step in steps:
        with workspace.work(step.label, act=Act.COLLECTION, undoable=False) as unit:
            unit.work.now = step.at
            for some in batches(step.things, _PUT_AT_ONCE, silent, step.label):
                progress(done, total, step.label)
                unit.work.put(*some)
                done += len(some)
    progress(done, total, "Written")
    return done
