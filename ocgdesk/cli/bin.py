"""The bin: ``bin`` lists what was removed, ``put-back`` brings it back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.journal import start, when
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from ocgdesk.casework.bin import Bin
    from ocgdesk.store.removed import BinQuery, Removal
    from ocgdesk.store.workspace import Workspace

KINDS = tuple(kind.value for kind in Kind if kind not in {Kind.ASSERTION, Kind.PLACEMENT})


@click.command("bin")
@on_workspace
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS))
@click.option("--text", default="", help="Words of a name, a reference or the reason.")
@click.option("--by", default="", help="Only what this user removed.")
@click.option("--since", default="", help="From this day on.")
@click.option("--limit", type=click.IntRange(min=1), default=200, show_default=True)
@session.as_json_option
def bin_(way: Way, *, json_: bool, **asked: Any) -> None:
    """List what was removed, newest first: by whom, when and why."""
    from ocgdesk.casework import bin as bins

    with way.opened() as workspace:
        query = _query(workspace, **asked)
        with workspace.reading() as reader:
            found = bins.look(reader, query)
    if json_:
        given = {name: value for name, value in asked.items() if value}
        items = [_plain(found, removal) for removal in found.removals]
        output.items_as_json(items, filters=given)
        return
    headings = [
        *(_("Kind"), _("Reference"), _("What"), _("Removed"), _("By"), _("With it"), _("Why")),
    ]
    output.table(headings, [_row(found, removal) for removal in found.removals])
    if not found.is_all:
        output.say(_("Older removals were left off; ask for more with --limit"))


def _query(workspace: "Workspace", **asked: Any) -> "BinQuery":
    from ocgdesk.casework import access
    from ocgdesk.store.removed import BinQuery

    return BinQuery(
        kinds=tuple(Kind(kind) for kind in asked["kinds"]),
        text=asked["text"],
        user=access.find_user(workspace, asked["by"]).id if asked["by"] else None,
        since=start(asked["since"]),
        limit=asked["limit"],
    )


def _plain(found: "Bin", removal: "Removal") -> dict[str, Any]:
    from ocgdesk.casework import present

    entry = removal.entry
    return present.plain(removal.last) | {
        "label": removal.label,
        "removed": entry.at,
        "user": found.who(removal),
        "act": entry.label,
        "reason": entry.reason or None,
        "others": removal.others,
        "seq": entry.seq,
    }


def _row(found: "Bin", removal: "Removal") -> tuple[object, ...]:
    from ocgdesk.domain.reference_data import label

    return (
        label("kinds", removal.kind.value),
        removal.ref or removal.id,
        removal.label,
        when(removal.entry.at),
        found.who(removal),
        removal.others or "",
        removal.entry.reason,
    )


@click.command("put-back")
@on_workspace
@click.argument("refs", metavar="REF...", nargs=-1, required=True)
@session.kept_reason_option
@session.as_json_option
def put_back(way: Way, refs: Sequence[str], reason: str, *, json_: bool) -> None:
    """Put removed records back with what went with them; links by their ids. Undo removes them."""
    from ocgdesk.casework import bin as bins

    with way.opened() as workspace:
        with workspace.reading() as reader:
            ids = [bins.meant(reader, ref) for ref in refs]
        with workspace.work(_("Put back from the bin"), reason=reason) as done:
            bins.put_back(done.work, ids, reason)
    count = len(done.changes)
    if json_:
        output.as_json({"put_back": list(refs), "changed": count, "seq": done.changes.seq})
        return
    told = ngettext("Put back {n:,} record or link", "Put back {n:,} records and links", count)
    output.say(told.format(n=count))
