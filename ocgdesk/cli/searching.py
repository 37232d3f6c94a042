"""The search box without a window, saved searches and the watch list: ``search``, ``watch``."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import asking, output, reasoning, session
from ocgdesk.cli.reasoning import reason_option
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.searching import Answer
    from ocgdesk.casework.watches import Kept
    from ocgdesk.store.watching import Heard
    from ocgdesk.store.workspace import Workspace

_SAVED = "Save search"
_DROPPED = "Remove saved search"


@click.command()
@on_workspace
@click.argument("text")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(asking.KINDS))
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@session.as_at_option
@session.on_option
@click.option("-o", "--output", "out", type=FilePath, help="Write what is found: .csv or .xlsx.")
@session.recipient_option
@session.named_option
@reason_option
@session.as_json_option
def search(
    way: Way,
    text: str,
    *,
    kinds: Sequence[str],
    limit: int,
    out: Path | None,
    json_: bool,
    **more: str,
) -> None:
    """Find records by names, numbers and words, also misspelt; at most --limit of each kind.

    A star stands for any part of a number and a question mark for one character: 07*321.
    """
    from ocgdesk.casework import searching
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.reference_data import label

    if more["as_at"] or more["on"]:
        option = "--as-at" if more["as_at"] else "--on"
        told = _(
            "A search looks at what is recorded now; for another time, give {option} to the command"
            " list, with --text"
        )
        raise Refused(told.format(option=option))
    if out is not None:
        _write(way, text, out, kinds=kinds, json_=json_, **more)
        return
    with way.opened() as workspace:

        def look(why: str, _asked: bool) -> "Answer":  # noqa: FBT001 - as reasons are told
            with workspace.reading(why) as reader:
                wanted = [Kind(kind) for kind in kinds]
                return searching.search(reader, text, kinds=wanted, per_kind=limit)

        answer = reasoning.told(look, more["reason"])
    results = [result for group in answer.groups for result in group.results]
    if json_:
        items = [searching.plain(result) for result in results]
        output.items_as_json(items, filters={"text": text, "kinds": list(kinds)})
        return
    rows = []
    for result in results:
        record = result.hit.record
        rows.append((label("kinds", record.kind.value), record.ref, record.label, result.why))
    if rows:
        output.table([_("Kind"), _("Reference"), _("Label"), _("Found by")], rows)
    else:
        output.say(_("Nothing was found"))


def _write(
    way: Way, text: str, out: Path, *, kinds: Sequence[str], json_: bool, **more: str
) -> None:
    """Write what is found to a file; the journal keeps what left, for whom and why."""
    from ocgdesk import settings
    from ocgdesk.casework import exports, search_exports
    from ocgdesk.domain.kinds import Kind

    with way.opened() as workspace:
        author, now = settings.load().author, datetime.now(LONDON)
        filters = {"text": text} | ({"kinds": ", ".join(kinds)} if kinds else {})
        said = exports.printed(workspace, now, author=author, filters=filters, named=more["named"])
        count = search_exports.to_file(
            workspace, text, out, said, kinds=[Kind(kind) for kind in kinds],
            recipient=more["recipient"], reason=more["reason"], progress=session.progress(),
        )  # fmt: skip
    if json_:
        output.as_json({"file": str(out), "rows": count})
        return
    told = _("Wrote {name}: {rows}")
    output.say(told.format(name=out.name, rows=exports.rows_in_words(count)))


@click.command()
@on_workspace
@click.argument("text", required=False)
@click.option("--reason", default="", help="Why you watch; with it the search speaks up.")
@click.option("--expires", default="", help="The last day of a watch, within a year, or +28.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(asking.KINDS))
@click.option("--exact", is_flag=True, help="Only names spelt as typed.")
@click.option("--list", "listed", is_flag=True, help="List your saved searches and watches.")
@click.option("--remove", type=click.IntRange(min=1), help="Remove the one of this number.")
@session.as_json_option
def watch(way: Way, text: str | None, *, listed: bool, json_: bool, **more: Any) -> None:
    """Save a search, let it speak up when an edit or import fits it, and read what it heard.

    TEXT alone saves a search; with --reason and --expires it is a watch. Without TEXT the times
    your watches spoke up are printed.
    """
    remove: int | None = more.pop("remove")
    if sum([text is not None, listed, remove is not None]) > 1:
        raise click.UsageError(_("TEXT, --list and --remove do not go together"))
    with way.opened() as workspace:
        if text is not None:
            _keep(workspace, text, json_=json_, **more)
        elif remove is not None:
            _remove(workspace, remove)
        elif listed:
            _list(workspace, json_=json_)
        else:
            _heard(workspace, json_=json_)


def _keep(workspace: "Workspace", text: str, *, json_: bool, **more: Any) -> None:
    from ocgdesk.casework import watches
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.people import Right

    reason, expires = more["reason"], session.day_of(more["expires"])
    with workspace.work(_SAVED, right=Right.READ, undoable=False) as done:
        kept = watches.keep(
            done.work,
            text,
            today=session.today(),
            alerts=bool(reason or expires),
            reason=reason,
            expires=expires,
            kinds=[Kind(kind) for kind in more["kinds"]],
            nearly=not more["exact"],
        )
    if json_:
        _list(workspace, json_=True, only=kept.id)
    elif kept.alerts:
        output.say(_("Watching for {text} until {day}").format(text=kept.text, day=kept.expires))
    else:
        output.say(_("Saved; with --reason and --expires it would speak up"))


def _mine(workspace: "Workspace") -> list["Kept"]:
    from ocgdesk.casework import watches

    with workspace.reading() as reader:
        return watches.mine(reader, today=session.today())


def _remove(workspace: "Workspace", number: int) -> None:
    from ocgdesk.casework import watches
    from ocgdesk.domain.people import Right

    mine = _mine(workspace)
    if number > len(mine):
        raise Refused(_("There is no saved search {n}; see --list").format(n=number))
    with workspace.work(_DROPPED, right=Right.READ, undoable=False) as done:
        watches.drop(done.work, mine[number - 1].watch.id)
    output.say(_("Removed"))


def _list(workspace: "Workspace", *, json_: bool, only: UUID | None = None) -> None:
    mine = _mine(workspace)
    if json_:
        items = [_plain(n, one) for n, one in enumerate(mine, 1) if only in {None, one.watch.id}]
        output.items_as_json(items)
        return
    rows = [
        (n, one.watch.text, _state(one), one.watch.expires, one.watch.reason, one.times, one.new)
        for n, one in enumerate(mine, 1)
    ]
    if rows:
        headings = ("No", "Search", "State", "Expires", "Reason", "Heard", "New")
        output.table([_(heading) for heading in headings], rows)
    else:
        output.say(_("You have no saved search; ocgdesk watch FILE TEXT makes one"))


def _state(kept: "Kept") -> str:
    if kept.is_set:
        return _("watching")
    return _("expired") if kept.watch.alerts else _("saved")


def _plain(number: int, kept: "Kept") -> output.Plain:
    from ocgdesk.casework import present

    return present.plain(kept.watch) | {
        "number": number,
        "kinds": [kind.value for kind in kept.kinds],
        "nearly": kept.nearly,
        "is_set": kept.is_set,
        "times": kept.times,
        "new": kept.new,
    }


def _heard(workspace: "Workspace", *, json_: bool) -> None:
    from ocgdesk.casework import present, watches

    with workspace.reading() as reader:
        found = watches.heard(reader, look=True)
        texts = {
            one.watch.id: one.watch.text for one in watches.mine(reader, today=session.today())
        }
    people = {user.id: user.display for user in workspace.users()}
    if json_:
        items = [
            {
                **present.brief(record),
                "watch": str(one.watch),
                "text": texts[one.watch],
                "at": one.at.isoformat(),
                "by": people.get(one.by, ""),
                "act": one.label,
                "is_new": one.is_new,
            }
            for one in found
            for record in one.records
        ]
        output.items_as_json(items)
        return
    _tell(found, texts, people)


def _tell(found: Sequence["Heard"], texts: dict[UUID, str], people: dict[UUID, str]) -> None:
    rows = [
        (
            f"{one.at.astimezone(LONDON):%d %b %Y %H:%M}",
            texts[one.watch],
            record.ref,
            record.label,
            one.label,
            people.get(one.by, ""),
        )
        for one in found
        for record in one.records
    ]
    if rows:
        headings = ("When", "Search", "Reference", "Label", "Act", "By")
        output.table([_(heading) for heading in headings], rows)
    else:
        output.say(_("Your watches have heard nothing"))
