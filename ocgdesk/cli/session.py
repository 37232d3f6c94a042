"""Getting at a workspace from the command line: which file, as whom, with which passphrase."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.errors import NotUnlocked, Refused
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent

if TYPE_CHECKING:
    from ocgdesk.security.keyfile import KeyFile
    from ocgdesk.store.workspace import Workspace

PASSPHRASE = "OCGDESK_PASSPHRASE"  # noqa: S105 - the name of a variable
NEW_PASSPHRASE = "OCGDESK_NEW_PASSPHRASE"  # noqa: S105 - likewise
USER = "OCGDESK_USER"
_LONGEST = 4_096

FilePath = click.Path(path_type=Path)


def at_terminal() -> bool:
    """Tell whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


@dataclass(frozen=True, slots=True)
class Way:
    """The way into one workspace, as given on the command line."""

    path: Path
    user: str = ""
    passphrase_file: Path | None = None
    early: "_Early | None" = field(default=None, compare=False)

    def key_file(self) -> "KeyFile":
        """Return what lies beside the workspace; a sentence where there is no workspace."""
        from ocgdesk.security import keyfile as keyfiles

        self._check_there()
        beside = keyfiles.path_for(self.path)
        if not beside.exists() and self.path.suffix != ".ocgdesk":
            raise Refused(_("{name} is no OCG Desk workspace").format(name=self.path.name))
        return keyfiles.read(beside)

    def _check_there(self) -> None:
        """Raise Refused where there is no file; keys left beside it would speak of other faults."""
        if not self.path.exists():
            raise Refused(_("There is no file {name}").format(name=self.path.name))

    def named(self) -> "Way":
        """Return the way with a user: the one given, the only one, or a sample's analyst."""
        if self.user:
            return self
        keys = self.key_file()
        names = [slot.name for slot in keys.slots]
        if len(names) == 1:
            return replace(self, user=names[0])
        if keys.synthetic and "analyst" in names:
            return replace(self, user="analyst")
        told = _("Say who you are with --user or {variable}: {names}")
        raise Refused(told.format(variable=USER, names=", ".join(names)))

    def passphrase(self) -> str:
        """Return the passphrase from its file, the environment or the keyboard.

        A sample opens with the passphrase of all samples unless another is given.
        """
        found = given(self.passphrase_file, PASSPHRASE)
        if found is not None:
            return found
        if self.key_file().synthetic:
            from ocgdesk.casework import samples

            return samples.PASSPHRASE
        return asked(_("Passphrase"), PASSPHRASE, "--passphrase-file")

    @contextmanager
    def opened(self) -> Iterator["Workspace"]:
        """Unlock the workspace for a while; its reference lists hold from here on."""
        from ocgdesk.domain import reference_data

        workspace = (self.early and self.early.take()) or self.unlocked()
        try:
            reference_data.adopt(workspace.lists())
            yield workspace
        finally:
            workspace.close()

    def unlocked(self) -> "Workspace":
        """Return the workspace, unlocked; whoever asks closes it."""
        from ocgdesk.casework import access

        self._check_there()
        way = self.named()
        return access.unlock(way.path, way.user, way.passphrase())


class _Early:
    """A workspace that is opened before its command opens it, where a list is looked at first.

    Arguments such as an agency are read by the workspace's own lists; most commands need none.
    """

    def __init__(self) -> None:
        self._workspace: Workspace | None = None

    def open(self, way: Way) -> Any:
        """Open the workspace and return its lists."""
        self._workspace = way.unlocked()
        return self._workspace.lists()

    def take(self) -> "Workspace | None":
        """Return the workspace, if it is open, to the one who is to close it."""
        found, self._workspace = self._workspace, None
        return found

    def close(self) -> None:
        """Close what nobody took."""
        if (left := self.take()) is not None:
            left.close()


@contextmanager
def _with_lists(way: Way) -> Iterator[None]:
    """Let the lists be those of the workspace, whenever one is first looked at."""
    from ocgdesk.domain import reference_data

    early = way.early
    assert early is not None  # noqa: S101 - a command's way has one
    reference_data.expect(lambda: early.open(way))
    try:
        yield
    finally:
        reference_data.adopt(reference_data.SHIPPED)
        early.close()


def on_workspace(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command FILE, --user and --passphrase-file, as one ``Way``."""

    @click.argument("file", type=FilePath)
    @click.option("--user", envvar=USER, default="", help=f"Who you are, or {USER}.")
    @click.option(
        "--passphrase-file", type=FilePath, help=f"File whose first line it is, or {PASSPHRASE}."
    )
    @wraps(command)
    def run(file: Path, user: str, passphrase_file: Path | None, **rest: Any) -> Any:
        from ocgdesk.casework import access

        way = Way(access.path_of(file), user, passphrase_file, _Early())
        with _with_lists(way):
            return command(way=way, **rest)

    return run


as_json_option = click.option("--json", "json_", is_flag=True, help="Print JSON.")
as_at_option = click.option("--as-at", default="", help="As recorded at a date or time.")
on_option = click.option("--on", default="", help="Only what held on a day.")
kept_reason_option = click.option("--reason", default="", help="Why; kept in the journal.")
leaving_reason_option = click.option(
    "--reason", default="", help="Why it leaves; kept in the journal."
)
recipient_option = click.option(
    "--recipient", default="", help="Who it is for; kept in the journal."
)
named_option = click.option(
    "--name-exploited",
    "named",
    default="",
    metavar="WHY",
    help="Name people recorded as exploited, and why; kept in the journal.",
)


def edits(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command that edits its workspace, --reason and --json."""

    @on_workspace
    @kept_reason_option
    @as_json_option
    @wraps(command)
    def run(**rest: Any) -> Any:
        return command(**rest)

    return run


def given(file: Path | None, variable: str) -> str | None:
    """Return a passphrase given by file or environment; None where neither is."""
    if file is not None:
        return _first_line(file)
    return os.environ.get(variable)


def asked(what: str, variable: str, option: str, *, twice: bool = False) -> str:
    """Ask for a passphrase without showing it; NotUnlocked where nobody can be asked."""
    if not at_terminal():
        told = _("No passphrase was given: set {variable} or use {option}")
        raise NotUnlocked(told.format(variable=variable, option=option))
    return str(click.prompt(what, hide_input=True, err=True, confirmation_prompt=twice))


def new_passphrase(file: Path | None) -> str:
    """Return the passphrase somebody is to have from now on."""
    found = given(file, NEW_PASSPHRASE)
    if found is not None:
        return found
    return asked(_("New passphrase"), NEW_PASSPHRASE, "--new-passphrase-file", twice=True)


def _first_line(file: Path) -> str:
    try:
        with file.open(encoding="utf-8-sig") as lines:
            return lines.readline(_LONGEST).rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise NotUnlocked(
            _("The passphrase file {name} cannot be read").format(name=file.name)
        ) from None


def progress() -> Progress:
    """Return where long work says how far it is: one line of the terminal, or nowhere."""
    return _to_terminal if sys.stderr.isatty() else silent


def _to_terminal(done: int, total: int, what: str) -> None:
    words = "" if done >= total else f"{what} {done:,} / {total:,}"
    click.echo(f"\r\x1b[K{words}", nl=False, err=True)


def day_of(text: str) -> Any:
    """Return the day ``--on`` names; None where it was not given."""
    if not text:
        return None
    from ocgdesk.domain import dates

    return dates.day(text, today=today())


def today() -> Any:
    """Return the day on the wall here."""
    from datetime import date

    return date.today()  # noqa: DTZ011 - the user's own calendar
