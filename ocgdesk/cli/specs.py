"""Import specifications on the command line: ``specs``."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.exchange.spec_fit import Fit
    from ocgdesk.exchange.specifications import Specification


@click.command("specs")
@on_workspace
@click.argument("inputs", metavar="[INPUT...]", nargs=-1, type=FilePath)
@click.option("--show", default="", help="Print this specification as JSON.")
@click.option("--keep", type=FilePath, help="Keep the specification in this JSON file.")
@click.option("--remove", default="", help="Take a specification out of the workspace.")
@session.as_json_option
def specs(
    way: Way, inputs: tuple[Path, ...], show: str, keep: Path | None, remove: str, *, json_: bool
) -> None:
    """List import specifications: all of them or, with files, those that fit and why.

    A specification says what each row of a file makes: records, the links between them, and
    which column fills which field. One that is printed can be changed and kept again.
    """
    with way.opened() as workspace:
        if keep is not None or remove:
            _change(workspace, keep, remove)
        if show:
            click.echo(_shown(workspace, show))
            return
        if inputs:
            _fits(workspace, inputs, json_=json_)
        else:
            _list(workspace, json_=json_)


def _change(workspace: Any, keep: Path | None, remove: str) -> None:
    from ocgdesk.casework import import_specs
    from ocgdesk.domain.people import Right
    from ocgdesk.exchange import specifications
    from ocgdesk.exchange.loading import load

    with workspace.work("Save import specification", right=Right.IMPORT) as done:
        if keep is not None:
            text, _name = load(keep)
            spec = specifications.decoded(text.decode("utf-8", errors="replace"))
            import_specs.save(done.work, spec)
        if remove:
            import_specs.remove(done.work, remove)


def _shown(workspace: Any, name: str) -> str:
    from ocgdesk.casework import import_specs
    from ocgdesk.exchange import specifications

    with workspace.reading("Import") as reader:
        return specifications.encoded(import_specs.named(reader, name))


def _list(workspace: Any, *, json_: bool) -> None:
    from ocgdesk.casework import import_specs

    with workspace.reading("Import") as reader:
        own = {one.name.casefold() for one in import_specs.kept(reader)}
        known = import_specs.everything(reader)
    rows = [(spec, spec.name.casefold() in own) for spec in known]
    if json_:
        output.items_as_json([_plain(spec, own=is_own) for spec, is_own in rows])
        return
    kept = (_("this workspace"), _("shipped"))
    output.table(
        [_("Name"), _("Kept in"), _("What for")],
        [(spec.name, kept[not is_own], spec.about) for spec, is_own in rows],
    )


def _fits(workspace: Any, inputs: tuple[Path, ...], *, json_: bool) -> None:
    from ocgdesk.casework import import_specs
    from ocgdesk.exchange import intake

    tables = intake.read_all(inputs, session.progress())
    with workspace.reading("Import") as reader:
        found = [
            (table.name, fit) for table in tables for fit in import_specs.ranked(reader, table)
        ]
    if json_:
        output.items_as_json([_fit_plain(name, fit) for name, fit in found])
        return
    if not found:
        raise Refused(_("No specification fits; the columns are guessed from their headers"))
    output.table(
        [_("File"), _("Specification"), _("Fits"), _("Why")],
        [(name, fit.spec.name, f"{fit.score:.0%}", fit.reason) for name, fit in found],
    )


def _plain(spec: "Specification", *, own: bool) -> dict[str, Any]:
    return {
        "name": spec.name,
        "about": spec.about,
        "own": own,
        "makes": [part.kind.value for part in spec.parts],
        "links": [link.type or link.kind.value for link in spec.links],
        "columns": list(spec.columns()),
    }


def _fit_plain(name: str, fit: "Fit") -> dict[str, Any]:
    return {
        "file": name,
        "specification": fit.spec.name,
        "score": round(fit.score, 3),
        "reason": fit.reason,
    }
