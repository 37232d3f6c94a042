"""Taking other people's files in: ``import``."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import asking, output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from ocgdesk.casework.imports import Proposal, Row
    from ocgdesk.store.workspace import Workspace

_SHOWN = 50
"""So many problems are printed; --json has them all."""


@click.command("import")
@on_workspace
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=FilePath)
@click.option("--spec", default="", help="Name the import is known by when it comes again.")
@click.option("--kind", type=click.Choice(asking.KINDS), help="What the rows or nodes are.")
@click.option("--dry-run", is_flag=True, help="Show what it would do and write nothing.")
@click.option("--add-missing", is_flag=True, help="Make records of the unknown ends of links.")
@click.option("--with-problems", is_flag=True, help="Leave out what makes no sense.")
@session.as_json_option
def import_(
    way: Way,
    inputs: Sequence[Path],
    spec: str,
    kind: str | None,
    *,
    dry_run: bool,
    add_missing: bool,
    with_problems: bool,
    json_: bool,
) -> None:
    """Take in one table, or the nodes and edges of a network: all of it or nothing, as one act.

    A file with problems is only shown, with each problem by its row; nothing is written until
    it is mended or --with-problems is given. The same import again adds nothing.
    """
    with way.opened() as workspace:
        proposal = _proposed(workspace, inputs, spec, kind, add_missing=add_missing)
        stopped = bool(proposal.draft.problems) and not with_problems
        written = 0
        if not (dry_run or stopped or proposal.is_empty):
            written = _take_in(workspace, proposal)
    if json_:
        output.as_json(_plain(proposal, written=written))
    else:
        _print(proposal, written=written, dry_run=dry_run)
    if stopped and not dry_run:
        raise Refused(_problem_words(proposal))


def _proposed(
    workspace: "Workspace",
    inputs: Sequence[Path],
    spec: str,
    kind: str | None,
    *,
    add_missing: bool,
) -> "Proposal":
    from ocgdesk.casework import import_drafts, imports
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.people import Right
    from ocgdesk.exchange import intake

    workspace.user.need(Right.IMPORT)
    tables = intake.read_all(inputs, session.progress())
    with workspace.reading("Import") as reader:
        draft = import_drafts.drafted(
            reader,
            tables,
            inputs,
            kind=Kind(kind) if kind else None,
            name=spec,
            add_missing=add_missing,
            today=session.today(),
            progress=session.progress(),
        )
        proposal = imports.propose(reader, draft, session.progress())
    imports.refuse_if_empty(proposal)
    return proposal


def _take_in(workspace: "Workspace", proposal: "Proposal") -> int:
    from ocgdesk.casework import imports

    return len(imports.take_in(workspace, proposal, "Import", session.progress()))


def _problem_words(proposal: "Proposal") -> str:
    count = len(proposal.draft.problems)
    told = ngettext(
        "{n} problem; nothing was written. Mend the file, or give {option}",
        "{n} problems; nothing was written. Mend the file, or give {option}",
        count,
    )
    missing = bool(proposal.draft.missing)
    option = "--add-missing or --with-problems" if missing else "--with-problems"
    return told.format(n=count, option=option)


def _plain(proposal: "Proposal", *, written: int) -> dict[str, Any]:
    from ocgdesk.casework import present

    draft = proposal.draft
    problems = [
        {"file": p.file, "row": p.row, "column": p.column or None, "text": p.text}
        for p in draft.problems
    ]
    items = [present.plain(row.after) | _row_plain(row) for row in proposal.rows]
    return {
        "items": items,
        "counts": proposal.counts(),
        "written": written,
        "specification": draft.specification,
        "specifications": {name: spec.name for name, spec in draft.specs.items()},
        "problems": problems,
        "missing": list(draft.missing_nodes),
        "notes": list(draft.notes),
    }


def _row_plain(row: "Row") -> dict[str, Any]:
    """Return what is said of a row beside the record: where it lies, and what it is compared by."""
    return {
        "standing": row.standing.value,
        "file": row.draft.file,
        "row": row.draft.row,
        "changed": list(row.changed_fields),
        "known_by": row.how or None,
        "possible_duplicates": [
            {"id": str(one.id), "ref": one.ref, "reason": one.reason} for one in row.alike
        ],
    }


def _print(proposal: "Proposal", *, written: int, dry_run: bool) -> None:
    draft, counts = proposal.draft, proposal.counts()
    for problem in draft.problems[:_SHOWN]:
        where = f"{problem.file}, {_('row')} {problem.row}" if problem.row else problem.file
        output.say(f"{where}: {problem.text}")
    if (more := len(draft.problems) - _SHOWN) > 0:
        output.say(_("and {n:,} more problems").format(n=more))
    if draft.missing:
        told = _("Not described, offered as new with --add-missing: {names}")
        output.say(told.format(names=", ".join(draft.missing_nodes[:_SHOWN])))
    rows = [
        (_("records"), *(counts[f"{name}_records"] for name in ("new", "changed", "same"))),
        (_("links"), *(counts[f"{name}_links"] for name in ("new", "changed", "same"))),
    ]
    output.table(["", _("New"), _("Changed"), _("Same")], rows)
    if doubtful := counts["possible_duplicates"]:
        output.say(_("Possible duplicates among the new: {n}").format(n=f"{doubtful:,}"))
    output.say(_("Problems: {n}").format(n=counts["problems"]))
    if proposal.is_empty:
        output.say(_("Nothing new: all of it is there already; nothing was written"))
    elif written:
        output.say(_("Taken in as one act; undo takes it back"))
    elif dry_run:
        output.say(_("Dry run: nothing was written"))
