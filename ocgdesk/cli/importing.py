"""Taking other people's files in: ``import``."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import asking, import_deciding, output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ocgdesk.casework.import_proposal import Proposal, Row
    from ocgdesk.casework.import_wishes import Wish
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.exchange.raw import RawTable
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
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="WORD=KIND",
    help="What items of this type of a chart are. Repeat for each type.",
)
@click.option(
    "--bad-rows", "bad", type=FilePath, help="Write the rows with problems, with reasons, as CSV."
)
@import_deciding.deciding_options
@session.as_json_option
def import_(
    way: Way,
    *,
    inputs: Sequence[Path],
    spec: str,
    kind: str | None,
    dry_run: bool,
    add_missing: bool,
    with_problems: bool,
    types: Sequence[str],
    bad: Path | None,
    take_as: Sequence[str],
    new: Sequence[str],
    maybe: Sequence[str],
    decisions: Path | None,
    to_decide: Path | None,
    json_: bool,
) -> None:
    """Take in one table, or the nodes and edges of a network: all of it or nothing, as one act.

    A file with problems is only shown, with each problem by its row; nothing is written until
    it is mended or --with-problems is given. The same import again adds nothing.

    A row that may be a record already comes in as new unless --take-as, --maybe or --decisions say
    otherwise; --dry-run --json lists what it may be, and how sure that is.
    """
    for out in (bad, to_decide):
        _check_csv(out)
    known = dict(map(_type, types))
    wishes = import_deciding.wishes(take_as, new, maybe, decisions)
    with way.opened() as workspace:
        tables, proposal = _proposed(
            workspace, inputs, wishes, spec=spec, kind=kind, types=known, add_missing=add_missing
        )
        stopped = bool(proposal.draft.problems) and not with_problems
        written = 0
        if not (dry_run or stopped or proposal.is_empty):
            written = _take_in(workspace, proposal)
    count = _bad_rows(inputs, tables, proposal, bad) if bad is not None else 0
    if to_decide is not None:
        import_deciding.write(to_decide, proposal)
    if json_:
        output.as_json(_plain(proposal, written=written) | {"bad_rows": count})
    else:
        _print(proposal, written=written, dry_run=dry_run)
    if stopped and not dry_run:
        raise Refused(_problem_words(proposal))


def _check_csv(out: Path | None) -> None:
    """Raise Refused, before anything is read, where rows would be written as no CSV."""
    from ocgdesk.casework import files

    if out is not None:
        files.ending_of(out, ("csv",), _("Rows of a file are written as {known}"))


def _type(text: str) -> "tuple[str, Kind]":
    from ocgdesk.domain.kinds import Kind

    word, equals, kind = text.rpartition("=")
    if not equals or kind.strip() not in asking.KINDS:
        told = _("--type takes WORD=KIND, such as Gizmo=vehicle")
        raise click.UsageError(told)
    return word.strip(), Kind(kind.strip())


def _bad_rows(
    inputs: Sequence[Path], tables: "Sequence[RawTable]", proposal: "Proposal", out: Path
) -> int:
    """Write the rows with anything wrong, each with its reason; return how many."""
    from ocgdesk.casework import files, import_lines

    checked = import_lines.laid_out(inputs, tables, proposal)
    files.write(out, import_lines.bad_rows(checked))
    return checked.staying_out + checked.partly


def _proposed(
    workspace: "Workspace",
    inputs: Sequence[Path],
    wishes: "Sequence[Wish]",
    *,
    spec: str,
    kind: str | None,
    types: "Mapping[str, Kind]",
    add_missing: bool,
) -> "tuple[Sequence[RawTable], Proposal]":
    from ocgdesk.casework import import_alike, import_drafts, imports
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.people import Right

    workspace.user.need(Right.IMPORT)
    tables = _tables(inputs, as_tables=bool(spec or kind))
    with workspace.reading("Import") as reader:
        draft = import_drafts.drafted(
            reader,
            tables,
            inputs,
            kind=Kind(kind) if kind else None,
            name=spec,
            types=types,
            add_missing=add_missing,
            today=session.today(),
            progress=session.progress(),
        )
        proposal = imports.propose(reader, draft, session.progress())
        proposal = import_alike.look(reader, import_alike.noted(proposal), session.progress())
        proposal = import_deciding.decided(reader, proposal, wishes)
    _refuse_if_unknown(proposal)
    imports.refuse_if_empty(proposal)
    return tables, proposal


def _refuse_if_unknown(proposal: "Proposal") -> None:
    """Raise Refused, naming the option, where headers do not tell what the rows are."""
    if proposal.draft.needs_kind and not proposal.rows:
        told = _("What {name} holds cannot be told from its headers: say it with --kind, {kinds}")
        kinds = _("such as {some} or {last}").format(some="nominal, ocg, phone", last="link")
        raise Refused(told.format(name=proposal.draft.files[0].name, kinds=kinds))


def _tables(inputs: Sequence[Path], *, as_tables: bool) -> "Sequence[RawTable]":
    """Read files; where one is a report, say which command takes it.

    What may be either is taken for a table, and so is any text once it was said what its rows are.
    """
    from ocgdesk.exchange import intake
    from ocgdesk.exchange.raw import How
    from ocgdesk.exchange.running_text import RunningText

    how = {path.name: How(as_table=True) for path in inputs} if as_tables else {}
    try:
        return intake.read_all(inputs, session.progress(), how)
    except RunningText as found:
        if found.sure:
            told = _("{why} Look through it with: ocgdesk extract FILE {name} --new-report TITLE")
            raise Refused(told.format(why=found, name=found.told.source.name)) from None
    return intake.read_all(
        inputs, session.progress(), {path.name: How(as_table=True) for path in inputs}
    )


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
            {
                "id": str(one.id),
                "ref": one.ref,
                "label": one.label,
                "probability": round(one.probability, 4) or None,
                "reason": one.reason,
            }
            for one in row.alike
        ],
        **_decision_plain(row),
    }


def _decision_plain(row: "Row") -> dict[str, Any]:
    """Return what was decided of a row, and what it is taken as."""
    decision = row.settled.decision if row.settled is not None else None
    told = row.settled.told if row.settled is not None else ""
    return {"decided": decision.verdict.value if decision else None, "taken_as": told or None}


def _print(proposal: "Proposal", *, written: int, dry_run: bool) -> None:
    draft, counts = proposal.draft, proposal.counts()
    for note in draft.notes[:_SHOWN]:
        output.say(note)
    _print_problems(proposal)
    rows = [
        (_("records"), *(counts[f"{name}_records"] for name in ("new", "changed", "same"))),
        (_("links"), *(counts[f"{name}_links"] for name in ("new", "changed", "same"))),
    ]
    output.table(["", _("New"), _("Changed"), _("Same")], rows)
    if counts["undecided"]:
        _print_alike(proposal, counts["undecided"])
    if decided := counts["possible_duplicates"] - counts["undecided"]:
        output.say(_("Possible duplicates decided on: {n}").format(n=f"{decided:,}"))
    if draft.keeps_events:
        told = _("Events: {n} new, {same} here already")
        output.say(told.format(n=f"{counts['events']:,}", same=f"{proposal.events.same:,}"))
    output.say(_("Problems: {n}").format(n=counts["problems"]))
    if proposal.is_empty:
        output.say(_("Nothing new: all of it is there already; nothing was written"))
    elif written:
        output.say(_("Taken in as one act; undo takes it back"))
    elif dry_run:
        output.say(_("Dry run: nothing was written"))


def _print_problems(proposal: "Proposal") -> None:
    draft = proposal.draft
    for problem in draft.problems[:_SHOWN]:
        where = f"{problem.file}, {_('row')} {problem.row}" if problem.row else problem.file
        output.say(f"{where}: {problem.text}")
    if (more := len(draft.problems) - _SHOWN) > 0:
        output.say(_("and {n:,} more problems").format(n=more))
    if draft.missing:
        told = _("Not described, offered as new with --add-missing: {names}")
        output.say(told.format(names=", ".join(draft.missing_nodes[:_SHOWN])))
    _print_unknown([(word, n) for word, (n, chosen) in draft.unknown if chosen is None])


def _print_unknown(types: "Sequence[tuple[str, int]]") -> None:
    """Say which types of a chart are not known here, and all that would be said of them at once."""
    from ocgdesk.exchange.mapping import IMPORTABLE

    if not types:
        return
    named = ", ".join(f"{word} ({n:,})" for word, n in types)
    told = ngettext("Type not known here: {named}", "Types not known here: {named}", len(types))
    output.say(told.format(named=named))
    options = " ".join(f"--type {shlex.quote(f'{word}=KIND')}" for word, _n in types)
    output.say(_("Say what they are: {options}").format(options=options))
    told = _("KIND is one of {kinds}")
    output.say(told.format(kinds=", ".join(kind.value for kind in IMPORTABLE)))


def _print_alike(proposal: "Proposal", count: int) -> None:
    output.say(_("Possible duplicates among the new: {n}").format(n=f"{count:,}"))
    told = [(row, one) for row in proposal.rows if row.is_open for one in row.alike[:1]]
    for row, one in told[:_SHOWN]:
        text = _("{label} may be {ref} {other}: {reason}")
        label = getattr(row.draft, "label", "")
        output.say(text.format(label=label, ref=one.ref, other=one.label, reason=one.reason))
