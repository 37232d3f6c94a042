"""Users and their ways in: ``user``, ``passphrase``, ``recover``."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.entrance import noted
from ocgdesk.cli.session import FilePath, Way, at_terminal, on_workspace
from ocgdesk.domain.people import Role
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.domain.people import User
    from ocgdesk.store.workspace import Workspace

_role_option = click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice([r.value for r in Role])
)
_new_passphrase_option = click.option(
    "--new-passphrase-file",
    type=FilePath,
    help=f"File of the new one, or {session.NEW_PASSPHRASE}.",
)


class _FileFirst(click.Group):
    """``user FILE add …`` as everywhere else, ``user add FILE …`` as well; alone it lists."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the command before the file."""
        known = self.commands
        if args and args[0] not in known and not args[0].startswith("-"):
            if len(args) > 1 and args[1] in known:
                args = [args[1], args[0], *args[2:]]
            else:
                args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_FileFirst)
def user() -> None:
    """Users of a workspace: FILE list, add, roles, disable, enable, reset, remove-key."""


@user.command("list")
@on_workspace
@session.as_json_option
def list_(way: Way, *, json_: bool) -> None:
    """List the users with their roles."""
    from ocgdesk.domain.reference_data import label

    with way.opened() as workspace:
        users = workspace.users()
    if json_:
        output.items_as_json([_plain(one) for one in users])
        return
    rows = [
        (
            one.name,
            one.display,
            ", ".join(label("user-roles", role.value) for role in Role if role in one.roles),
            _("disabled") if one.disabled else "",
        )
        for one in users
    ]
    output.table([_("Name"), _("Shown as"), _("Roles"), ""], rows)


def _plain(one: "User") -> dict[str, object]:
    return {
        "id": str(one.id),
        "name": one.name,
        "display": one.display,
        "roles": sorted(role.value for role in one.roles),
        "disabled": one.disabled,
    }


@user.command()
@on_workspace
@click.argument("name")
@_role_option
@click.option("--display", default="", help="Name as shown.")
@_new_passphrase_option
def add(
    way: Way, name: str, roles: Sequence[str], display: str, new_passphrase_file: Path | None
) -> None:
    """Add the user NAME with a first passphrase, which they should change."""
    from ocgdesk.casework import access

    with way.opened() as workspace:
        first = session.new_passphrase(new_passphrase_file)
        access.add_user(workspace, name, display, [Role(role) for role in roles], first)
    output.say(_("Added {name}").format(name=name))


@user.command()
@on_workspace
@click.argument("name")
@_role_option
def roles(way: Way, name: str, roles: Sequence[str]) -> None:
    """Give the user NAME these roles and no others."""
    from ocgdesk.casework import access

    with _somebody(way, name) as (workspace, one):
        access.set_roles(workspace, one.id, [Role(role) for role in roles])
    output.say(_("{name} is now {roles}").format(name=name, roles=", ".join(roles)))


@user.command()
@on_workspace
@click.argument("name")
def disable(way: Way, name: str) -> None:
    """Shut the user NAME out. Only encrypting anew shuts out who kept a copy of the key."""
    _set_disabled(way, name, disabled=True)
    output.say(_("Disabled {name}").format(name=name))


@user.command()
@on_workspace
@click.argument("name")
def enable(way: Way, name: str) -> None:
    """Let the user NAME in again."""
    _set_disabled(way, name, disabled=False)
    output.say(_("Enabled {name}").format(name=name))


def _set_disabled(way: Way, name: str, *, disabled: bool) -> None:
    from ocgdesk.casework import access

    with _somebody(way, name) as (workspace, one):
        access.set_disabled(workspace, one.id, disabled=disabled)


@user.command()
@on_workspace
@click.argument("name")
@_new_passphrase_option
def reset(way: Way, name: str, new_passphrase_file: Path | None) -> None:
    """Give the user NAME, who forgot theirs, a new passphrase."""
    from ocgdesk.casework import access

    with _somebody(way, name) as (workspace, one):
        access.reset_passphrase(workspace, one.id, session.new_passphrase(new_passphrase_file))
    output.say(_("Reset the passphrase of {name}").format(name=name))


@user.command("remove-key")
@on_workspace
@click.argument("name")
def remove_key(way: Way, name: str) -> None:
    """Take the key of the user NAME away; reset gives them one again.

    This does not shut out somebody who kept a copy of the key: passphrase --rekey does.
    """
    from ocgdesk.casework import access

    with _somebody(way, name) as (workspace, one):
        access.remove_key(workspace, one.id)
    output.say(_("Removed the key of {name}").format(name=name))
    output.say(_("Only encrypting anew shuts out who kept a copy: ocgdesk passphrase FILE --rekey"))


@contextmanager
def _somebody(way: Way, name: str) -> Iterator[tuple["Workspace", "User"]]:
    from ocgdesk.casework import access

    with way.opened() as workspace:
        yield workspace, access.find_user(workspace, name)


@click.command()
@on_workspace
@_new_passphrase_option
@click.option("--rekey", is_flag=True, help="Encrypt anew instead: shuts out who kept the key.")
@click.option("--no-recovery", is_flag=True, help="With --rekey: hand out no recovery words.")
def passphrase(
    way: Way, new_passphrase_file: Path | None, *, rekey: bool, no_recovery: bool
) -> None:
    """Change your own passphrase, or with --rekey the key under it."""
    from ocgdesk.casework import access

    if rekey and not (no_recovery or at_terminal()):
        raise click.UsageError(
            _("without a terminal nobody can note recovery words: --no-recovery is needed")
        )
    way = way.named()
    old = way.passphrase()
    workspace = access.unlock(way.path, way.user, old)
    if rekey:
        _encrypt_anew(workspace, old, no_recovery=no_recovery)
        return
    try:
        access.change_passphrase(workspace, old, session.new_passphrase(new_passphrase_file))
    finally:
        workspace.close()
    output.say(_("Changed the passphrase of {name}").format(name=way.user))


def _encrypt_anew(workspace: "Workspace", passphrase: str, *, no_recovery: bool) -> None:
    from ocgdesk.casework import access

    try:
        done = access.encrypt_anew(workspace, passphrase, None if no_recovery else noted)
    except BaseException:
        workspace.close()
        raise
    done.workspace.close()
    output.say(
        _("Encrypted anew. To be reset: {names}").format(
            names=", ".join(done.locked_out) or _("nobody")
        )
    )


@click.command()
@on_workspace
@click.option("--words-file", type=FilePath, help="File with the 24 words; else they are asked.")
@_new_passphrase_option
def recover(way: Way, words_file: Path | None, new_passphrase_file: Path | None) -> None:
    """Give a user (--user) a new passphrase with the recovery words."""
    from ocgdesk.casework import access

    if not way.path.exists():
        raise Refused(_("There is no file {name}").format(name=way.path.name))
    if not way.user:
        raise click.UsageError(_("--user says for whom"))
    words = _words(words_file)
    fresh = session.new_passphrase(new_passphrase_file)
    access.recover(way.path, words, way.user, fresh).close()
    output.say(_("{name} has a new passphrase").format(name=way.user))


def _words(file: Path | None) -> str:
    if file is not None:
        try:
            return file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise Refused(_("The file {name} cannot be read").format(name=file.name)) from None
    if at_terminal():
        return str(click.prompt(_("Recovery words"), hide_input=True, err=True))
    return sys.stdin.readline()
