"""What was done, by whom, and turning it round: ``history``, ``audit``, ``undo``, ``redo``."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from ocgdesk.cli import asking, output, session
from ocgdesk.cli.reasoning import reason_option, told
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from ocgdesk.casework.auditing import Seen
    from ocgdesk.casework.histories import Stood
    from ocgdesk.store.history import Event
    from ocgdesk.store.journal import Logged
    from ocgdesk.store.records import Brief
    from ocgdesk.store.workspace import Workspace

ACTS = (
    *("collection", "alteration", "consultation", "disclosure", "combination", "erasure"),
    *("access", "keys", "session", "undo", "redo"),
)


@click.command()
@on_workspace
@click.argument("ref")
@click.option("--field", "name", default="", help="One field: what stood there, and since when.")
@session.as_at_option
@session.on_option
@reason_option
@session.as_json_option
def history(way: Way, ref: str, *, as_at: str, on: str, json_: bool, **more: str) -> None:
    """Show every change of the record REF, oldest first; --as-at ends it at a moment."""
    from ocgdesk.casework import present

    if on:
        raise Refused(_("A history tells what was recorded: --on cannot be offered"))
    at = asking.moment(as_at)
    with way.opened() as workspace:
        brief, events, named = told(partial(_read, workspace, ref), more["reason"])
        events = [event for event in events if at is None or event.entry.at <= at]
        users = {user.id: user.display for user in workspace.users()}
    if more["name"]:
        _print_field(brief, events, users, more["name"], as_at, json_=json_)
        return
    items = [present.event(event, users) for event in events]
    if json_:
        output.items_as_json(
            items, as_at=asking.as_at_words(as_at), filters={"ref": brief.ref or ref}
        )
        return
    headings = [_("When"), _("Who"), _("What"), _("Field"), _("Before"), _("After")]
    pairs = zip(events, items, strict=True)
    rows = [row for event, item in pairs for row in _event_rows(event, item["user"], named | users)]
    output.table(headings, rows)


def _read(
    workspace: "Workspace",
    ref: str,
    reason: str,
    asked: bool,  # noqa: FBT001 - as reasons are told
) -> "tuple[Brief, list[Event], dict[UUID, str]]":
    from ocgdesk.casework import histories, lookups, reasons
    from ocgdesk.store import history as past

    with workspace.reading(reason) as reader:
        brief, _gone = lookups.find(reader, ref)
        reasons.check_open(reader, brief, asked=asked)
        reader.saw("View history", [brief.no])
        events = past.of(reader, brief.no)
        return brief, events, histories.named(reader, events)


def _print_field(
    brief: "Brief",
    events: "Sequence[Event]",
    users: "Mapping[UUID, str]",
    name: str,
    as_at: str,
    *,
    json_: bool,
) -> None:
    from ocgdesk.casework import histories

    name = histories.check(brief.kind, name)
    found = histories.of_field(events, name)
    items = [_stood(brief, one, users, name) for one in found]
    if json_:
        filters = {"ref": brief.ref, "field": name}
        output.items_as_json(items, as_at=asking.as_at_words(as_at), filters=filters)
        return
    headings = [_("From"), _("To"), dict(histories.names(brief.kind))[name], _("Who"), _("What")]
    rows = [
        (when(one.since), when(one.until) if one.until else "", _words(one, item), item["user"],
         one.label)
        for one, item in zip(found, items, strict=True)
    ]  # fmt: skip
    output.table(headings, rows)


def _stood(brief: "Brief", one: "Stood", users: "Mapping[UUID, str]", name: str) -> dict[str, Any]:
    from ocgdesk.casework import present

    return {
        "field": name,
        "value": present.field_value(brief.kind, name, one.value),
        "since": one.since,
        "until": one.until,
        "user": users.get(one.user, _("unknown user")),
        "act": one.label,
        "reason": one.reason or None,
        "seq": one.seq,
        "removed": one.is_removed,
        "erased": one.is_erased,
    }


def _words(one: "Stood", item: dict[str, Any]) -> str:
    if one.is_erased:
        return _("erased")
    return _("removed") if one.is_removed else _text(item["value"])


def _event_rows(
    event: "Event", user: str, named: "Mapping[UUID, str]"
) -> Sequence[tuple[str, ...]]:
    from ocgdesk.casework import histories

    head = (when(event.entry.at), user, event.entry.label)
    if event.change is None:
        return [(*head, _("erased"), "", "")]
    rows = [(*head, *fields) for fields in histories.in_words(event.change, named)]
    return rows or [(*head, "", "", "")]


def _text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if part)
    return "" if value is None else str(value)


def when(moment: "datetime") -> str:
    """Return an instant as clocks here showed it."""
    return f"{moment.astimezone(LONDON):%d %b %Y %H:%M:%S}"


@click.command()
@on_workspace
@click.option("--by", "by", default="", help="Only what this user did.")
@click.option("--act", "acts", multiple=True, type=click.Choice(ACTS))
@click.option("--since", default="", help="From this day on.")
@click.option("--until", default="", help="Up to this day.")
@click.option("--ref", default="", help="Only what was about this record.")
@click.option("--self-lookups", is_flag=True, help="Who looked up their own or a user's name.")
@click.option("--of", default="", help="With --self-lookups: of this user's name only.")
@click.option("--limit", type=click.IntRange(min=1), default=200, show_default=True)
@session.as_json_option
def audit(way: Way, by: str, acts: tuple[str, ...], *, json_: bool, **more: Any) -> None:
    """Read the journal as an auditor, newest first; that it was read is logged too.

    --by says whose acts are wanted; so does --user where OCGDESK_USER says who you are.
    """
    from ocgdesk.casework import access, auditing, present
    from ocgdesk.store.auditing import AuditQuery
    from ocgdesk.store.journal import Act

    if more["of"] and not more["self_lookups"]:
        raise click.UsageError(_("--of goes with --self-lookups"))
    way, by = _who_and_whose(way, by)
    with way.opened() as workspace:
        query = AuditQuery(
            user=access.find_user(workspace, by).id if by else None,
            acts=tuple(Act(act) for act in acts),
            since=start(more["since"]),
            until=asking.moment(more["until"]),
            limit=more["limit"],
        )
        of = access.find_user(workspace, more["of"]).id if more["of"] else None
        with workspace.reading("Audit") as reader:
            if more["self_lookups"]:
                seen = auditing.read_lookups(workspace, reader, query, more["ref"], of=of)
            else:
                seen = auditing.read(workspace, reader, query, more["ref"])
        users = {id_: user.name for id_, user in seen.users.items()}
    if json_:
        items = [
            present.entry(e, users, seen.refs.get(e.seq, ())) | _whose(seen, e, users)
            for e in seen.entries
        ]
        given = {"by": by, "act": list(acts)} | {k: v for k, v in more.items() if v}
        output.items_as_json(items, filters={k: v for k, v in given.items() if v})
        return
    _print(seen)


def _who_and_whose(way: Way, by: str) -> tuple[Way, str]:
    me = os.environ.get(session.USER, "")
    given = click.get_current_context().get_parameter_source("user")
    if by or not me or given is not ParameterSource.COMMANDLINE:
        return way, by
    return replace(way, user=me), way.user


def _whose(seen: "Seen", entry: "Logged", users: dict["UUID", str]) -> dict[str, Any]:
    """Return of a look-up whose name it may have been of, and whether the user's own."""
    if entry.seq not in seen.whose:
        return {}
    ids = seen.whose[entry.seq]
    return {"own": entry.user in ids, "of": sorted(users.get(id_, str(id_)) for id_ in ids)}


def _print(seen: "Seen") -> None:
    from ocgdesk.casework.auditing import ACTS as WORDS

    headings = [
        _("Entry"), _("When"), _("Who"), _("Operation"), _("What was done"), _("Records"),
        _("Whose name") if seen.whose else _("Reason"),
    ]  # fmt: skip
    rows = []
    for entry in seen.entries:
        refs = seen.refs.get(entry.seq, ())
        about = ", ".join(refs[:3]) + (f" +{len(refs) - 3}" if len(refs) > 3 else "")
        act = _(WORDS[entry.act])
        who = seen.user_words(entry)
        last = seen.lookup_words(entry) if seen.whose else entry.reason
        rows.append((entry.seq, when(entry.at), who, act, entry.label, about, last))
    output.table(headings, rows)
    if not seen.is_all:
        output.say(_("Older entries were left off; ask for more with --limit"))


def start(text: str) -> "datetime | None":
    """Return the beginning of a day; a moment as it is given."""
    if not text:
        return None
    from datetime import datetime, time

    from ocgdesk.store import history as past

    if "T" in text:
        return past.instant(text)
    return datetime.combine(session.day_of(text), time(), LONDON)


@click.command()
@on_workspace
@session.as_json_option
def undo(way: Way, *, json_: bool) -> None:
    """Undo your newest edit, if nobody has changed the same records since."""
    _turn(way, "undo", _("Undone: {label} ({things})"), json_=json_)


@click.command()
@on_workspace
@session.as_json_option
def redo(way: Way, *, json_: bool) -> None:
    """Do again what you undid last."""
    _turn(way, "redo", _("Done again: {label} ({things})"), json_=json_)


def _turn(way: Way, name: str, told: str, *, json_: bool) -> None:
    with way.opened() as workspace:
        changes = workspace.undo() if name == "undo" else workspace.redo()
    label = changes.label.partition(": ")[2]
    if json_:
        output.as_json({"act": name, "label": label, "things": len(changes), "seq": changes.seq})
        return
    things = ngettext("{n:,} record or link", "{n:,} records and links", len(changes))
    output.say(told.format(label=label, things=things.format(n=len(changes))))
