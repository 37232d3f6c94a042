"""Answers about networks kept in the workspace: ``--keep``, and how a kept one is shown."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import output
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from typing import TypeGuard

    from ocgdesk.casework.lookups import Whole
    from ocgdesk.casework.network_scope import Scope
    from ocgdesk.casework.results import Draft, Shown
    from ocgdesk.store.workspace import Workspace

keep_option = click.option("--keep", default="", metavar="TITLE", help="Keep the answer so named.")


def owner_of(scope: "Scope") -> UUID | None:
    """Return the chart or OCG that an answer of a scope is kept with, if it is of one."""
    from ocgdesk.casework.network_scope import Part

    alone = scope.part in {Part.OCG, Part.CHART} and len(scope.ids) == 1
    return scope.ids[0] if alone else None


def keep(workspace: "Workspace", draft: "Draft", title: str) -> None:
    """Keep an answer under a title and say how to find it again; nothing without a title."""
    from ocgdesk.casework import results
    from ocgdesk.domain.people import Right

    if not title:
        return
    with workspace.work(_("Keep result"), right=Right.CHART) as done:
        kept = results.keep_named(done.work, draft, title)
    click.echo(_("Kept as {title} ({id})").format(title=kept.title, id=kept.id), err=True)


def is_result(found: Any) -> "TypeGuard[Whole]":
    """Tell whether what was looked up is a kept result."""
    from ocgdesk.casework.lookups import Whole
    from ocgdesk.domain.results import Result

    return isinstance(found, Whole) and isinstance(found.entity, Result) and found.gone is None


def show(workspace: "Workspace", id_: UUID, *, json_: bool) -> None:
    """Print a kept result with the records it names."""
    from ocgdesk.casework import present, results

    with workspace.reading() as reader:
        found = results.show(reader, id_)
    if not json_:
        tell(found)
        return
    record = present.plain(found.result) | {"table": None, "rests_on": None}
    output.as_json(record | plain(found) | {"as_at": None, "withheld": None})


def plain(found: "Shown") -> dict[str, Any]:
    """Return a kept result as JSON has it: its table with references, and whether it holds."""
    rows = [
        {
            column.title: found.cell(at, value) if column.holds == "records" else value
            for at, (column, value) in enumerate(zip(found.table.columns, row, strict=True))
        }
        for row in found.table.rows
    ]
    return {"rows": rows, "said": list(found.said), "holds": found.holds, "state": found.state}


def tell(found: "Shown") -> None:
    """Print a kept result: when it was computed, whether it holds, its table and its basis."""
    result = found.result
    at = result.computed.astimezone(LONDON) if result.computed else None
    told = _("{title}, computed {when} at entry {n:,} (head {head})")
    when = f"{at:%d %b %Y %H:%M}" if at else "–"
    output.say(told.format(title=result.title, when=when, n=result.entry, head=result.head[:16]))
    output.say(found.state)
    output.say()
    columns = found.table.columns
    rows = [[found.cell(at, value) for at, value in enumerate(row)] for row in found.table.rows]
    output.table([column.title for column in columns], rows)
    output.say()
    for line in found.said:
        output.say(line)
