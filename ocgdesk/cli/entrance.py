"""Making workspaces and opening them: ``new``, ``open``, ``sample``."""

import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.doors import Doors
from ocgdesk.cli.session import FilePath, Way, at_terminal
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.access import NewWorkspace

SIZES = ("force", "region", "national")
_TRIES = 3


@click.command()
@click.argument("file", type=FilePath)
@click.option("--name", default="", help="What the workspace is called.")
@click.option("--agency", default="", help="Letters references begin with, such as WMP.")
@click.option("--code", default="", help="Tells workspaces of one agency apart, such as A1.")
@click.option("--user", envvar=session.USER, default="", help="The first user's name.")
@click.option("--display", default="", help="The first user's name as shown.")
@click.option("--marking", default="official-sensitive", show_default=True)
@click.option("--passphrase-file", type=FilePath, help="File whose first line it is.")
@click.option("--no-recovery", is_flag=True, help="Hand out no recovery words.")
def new(file: Path, passphrase_file: Path | None, *, no_recovery: bool, **facts: str) -> None:
    """Make an encrypted workspace with its first user."""
    from ocgdesk.casework import access

    if not (no_recovery or at_terminal()):
        raise click.UsageError(
            _("without a terminal nobody can note recovery words: --no-recovery is needed")
        )
    wanted = _asked(file, facts, recovery=not no_recovery)
    passphrase = session.given(passphrase_file, session.PASSPHRASE)
    if passphrase is None:
        option = "--passphrase-file"
        passphrase = session.asked(_("Passphrase"), session.PASSPHRASE, option, twice=True)
    path = access.path_of(file)
    workspace, words = access.create(path, wanted, passphrase)
    workspace.close()
    if words and not noted(words):
        _take_back(path)
        raise Refused(_("The recovery words were not repeated; no workspace was made"))
    output.say(_("Made {name}").format(name=path.name))


def _asked(file: Path, facts: dict[str, str], *, recovery: bool) -> "NewWorkspace":
    from ocgdesk.casework.access import NewWorkspace
    from ocgdesk.domain.marking import Marking

    return NewWorkspace(
        name=_fact(facts, "name", _("Name of the workspace"), file.stem),
        agency=_fact(facts, "agency", _("Agency, such as WMP")).upper(),
        code=_fact(facts, "code", _("Code of this workspace"), "A1").upper(),
        user=_fact(facts, "user", _("Your user name")),
        display=facts["display"],
        marking=Marking.parse(facts["marking"]),
        recovery=recovery,
    )


def _fact(facts: dict[str, str], name: str, question: str, default: str = "") -> str:
    if facts[name].strip():
        return facts[name].strip()
    if at_terminal():
        return str(click.prompt(question, default=default or None, err=True)).strip()
    if default:
        return default
    raise click.UsageError(_("without a terminal --{name} is needed").format(name=name))


def noted(words: Sequence[str]) -> bool:
    """Show the recovery words once and ask two of them back."""
    output.say(_("Write these recovery words down. They are shown once and kept nowhere:"))
    for start in range(0, len(words), 6):
        row = enumerate(words[start : start + 6], start + 1)
        output.say("  " + "  ".join(f"{place:>2} {word:<9}" for place, word in row).rstrip())
    for place in sorted(secrets.SystemRandom().sample(range(len(words)), 2)):
        question = _("Word {place}").format(place=place + 1)
        if not any(_typed(question) == words[place] for _try in range(_TRIES)):
            return False
    return True


def _typed(question: str) -> str:
    return str(click.prompt(question, err=True)).strip().casefold()


def _take_back(path: Path) -> None:
    from ocgdesk.security import keyfile as keyfiles

    for name in (path, keyfiles.path_for(path)):
        name.unlink(missing_ok=True)


@click.command("open")
@click.argument("file", type=FilePath, required=False)
@click.pass_obj
def open_(doors: Doors, file: Path | None) -> int:
    """Open the desktop, on FILE where one is given."""
    if file is not None:
        from ocgdesk.casework import access

        file = access.path_of(file)
        Way(file).key_file()
    if doors.desktop is None:
        raise Refused(_("There is no desktop here: start OCG Desk itself"))
    return doors.desktop(file)


@click.command()
@click.argument("file", type=FilePath)
@click.option("--size", type=click.Choice(SIZES), required=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--as-of", default="", help="The day it is made for; today if left out.")
@click.option("--passphrase-file", type=FilePath, help="Another passphrase than that of samples.")
@click.option("--replace", is_flag=True, help="Make a SYNTHETIC workspace that is there anew.")
@session.as_json_option
def sample(file: Path, passphrase_file: Path | None, *, json_: bool, **wish: Any) -> None:
    """Make FILE as a synthetic workspace; the same size, seed and day give the same content."""
    from ocgdesk.casework import access, samples

    own = session.given(passphrase_file, session.PASSPHRASE)
    day = _day(wish.pop("as_of"))
    path = access.path_of(file)
    written = samples.write(
        path,
        as_of=day,
        passphrase=own or samples.PASSPHRASE,
        progress=session.progress(),
        **wish,
    )
    written.workspace.close()
    if json_:
        output.as_json({"file": str(path), "things": written.things, "synthetic": True})
        return
    output.say(
        _("Made {name}: {count:,} records and links, all SYNTHETIC").format(
            name=path.name, count=written.things
        )
    )
    output.say(_("Users: {names}").format(names=", ".join(name for name, *_more in samples.USERS)))
    if not own:
        output.say(_("Passphrase: {passphrase}").format(passphrase=samples.PASSPHRASE))


def _day(text: str) -> date | None:
    from ocgdesk.domain import dates

    return dates.day(text, today=session.today()) if text else None
