"""The reference lists of a workspace: looked at, written out to be edited, and read back."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ocgdesk.domain.reference_data import CodeList
    from ocgdesk.store.workspace import Workspace


@click.command()
@on_workspace
@click.argument("name", default="")
@click.option("--toml", is_flag=True, help="Print the list as a file for --edit.")
@click.option("--edit", "edited", type=FilePath, help="Save a new edition from such a file.")
@click.option("--reason", default="", help="Why; kept in the journal with the edition.")
@session.as_json_option
def lists(
    way: Way, name: str, *, toml: bool, edited: Path | None, reason: str, json_: bool
) -> None:
    """Show the reference lists, or the values of the list NAME with how often each is used."""
    if not name and (toml or edited):
        raise click.UsageError(_("--toml and --edit need the NAME of a list"))
    if toml and edited:
        raise click.UsageError(_("--toml and --edit exclude each other"))
    with way.opened() as workspace:
        if edited is not None:
            _edit(workspace, name, edited, reason, json_=json_)
        elif toml:
            _write_out(name)
        elif name:
            _show(workspace, name, json_=json_)
        else:
            _every(json_=json_)


def _every(*, json_: bool) -> None:
    from ocgdesk.casework import reference_lists

    found = reference_lists.every()
    if json_:
        output.items_as_json([reference_lists.brief(known) for known in found])
        return
    headings = (_("Name"), _("Title"), _("Version"), _("Whose"), _("Values"))
    rows = [(k.name, _(k.title), k.version, reference_lists.status(k), len(k.items)) for k in found]
    output.table(headings, rows)
    output.say(ngettext("{n} list", "{n} lists", len(found)).format(n=len(found)))


def _show(workspace: "Workspace", name: str, *, json_: bool) -> None:
    from ocgdesk.casework import reference_lists

    known = reference_lists.named(name)
    with workspace.reading() as reader:
        counts = reference_lists.uses(reader, known.name)
    if json_:
        output.as_json(reference_lists.plain(known, counts))
        return
    told = _("{title}: version {n}, {whose}")
    whose = reference_lists.status(known)
    output.say(told.format(title=_(known.title), n=known.version, whose=whose))
    if known.source:
        output.say(known.source)
    _print_values(known, counts)


def _print_values(known: "CodeList", counts: "Mapping[str, int] | None") -> None:
    from ocgdesk.domain import list_editions

    extras = list_editions.shape(known)
    headings = (_("Code"), _("Words"), *(extra.name for extra in extras), _("Uses"), "")
    rows: list[tuple[Any, ...]] = [
        (
            item.code,
            item.label,
            *(list_editions.shown(item.get(extra.name)) for extra in extras),
            "" if counts is None else f"{counts.get(item.code, 0):,}",
            _("retired") if item.retired else "",
        )
        for item in known
    ]
    output.table(headings, rows)


def _write_out(name: str) -> None:
    from ocgdesk.casework import reference_lists
    from ocgdesk.exchange import list_files

    click.echo(list_files.written(reference_lists.named(name).data), nl=False)


def _edit(workspace: "Workspace", name: str, edited: Path, reason: str, *, json_: bool) -> None:
    from ocgdesk.casework import reference_lists
    from ocgdesk.domain.people import Right
    from ocgdesk.exchange import list_files

    data = list_files.read(edited)
    known = reference_lists.named(name)
    label = reference_lists.edit_label(known)
    with workspace.work(label, right=Right.ADMINISTER, reason=reason) as done:
        saved = reference_lists.save(
            done.work, known.name, data, version=data["version"], reason=reason
        )
    if json_:
        output.as_json({"name": known.name, "version": saved.edition})
        return
    told = _("{title}: version {n} saved")
    output.say(told.format(title=_(known.title), n=saved.edition))
