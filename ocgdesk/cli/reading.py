"""Looking at records: ``list`` and ``show``."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import asking, keeping, output, session
from ocgdesk.cli.asking import Asked
from ocgdesk.cli.reasoning import reason_option, told
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ocgdesk.casework.link_lookups import Tie
    from ocgdesk.casework.lookups import Whole
    from ocgdesk.domain.things import Thing

    Users = Mapping[UUID, str]

_LINKS = ("link", "membership", "attribution")


@click.command("list")
@on_workspace
@asking.kind_argument
@asking.asks
@session.as_json_option
def list_(way: Way, kind: str, asked: Asked, *, json_: bool) -> None:
    """List the records or links of one KIND."""
    from ocgdesk.casework import lists, moments, present

    question = asked.question(kind)
    with way.opened() as workspace, workspace.reading() as reader:
        pairs = lists.find(reader, question)
        subjects = [no for no, _thing in pairs if no and kind not in _LINKS]
        reader.saw("List", subjects, kind=kind, rows=len(pairs), asked=asked.words())
        if json_:
            items = [present.plain(thing) for _no, thing in pairs]
            as_at = asking.as_at_words(asked.as_at)
            output.items_as_json(items, as_at=as_at, filters=asked.words())
            return
        columns = lists.columns(question.kind, brief=True, counted=question.as_at is None)
        rows = lists.rows(reader, pairs, columns, as_at=question.as_at)
        early = moments.too_early(reader, question.as_at)
    if rows:
        output.table([column.heading for column in columns], rows)
    output.say(ngettext("{n:,} row", "{n:,} rows", len(rows)).format(n=len(rows)))
    if early:
        output.say(early)


@click.command()
@on_workspace
@click.argument("ref")
@session.as_at_option
@session.on_option
@reason_option
@session.as_json_option
def show(way: Way, ref: str, as_at: str, on: str, reason: str, *, json_: bool) -> None:
    """Show the record REF with its fields, links, sub-records and reports, or the link of an id."""
    from ocgdesk.casework import link_lookups, lookups

    at, day = asking.moment(as_at), session.day_of(on)
    with way.opened() as workspace:

        def look(why: str, asked: bool) -> "Whole | Tie":  # noqa: FBT001 - as reasons are told
            with workspace.reading(why) as reader:
                if link_lookups.is_link(reader, ref):
                    id_ = UUID(ref.strip())
                    return link_lookups.look(reader, id_, as_at=at, on=day, asked=asked)
                return lookups.look(reader, ref, as_at=at, on=day, asked=asked)

        found = told(look, reason)
        if keeping.is_result(found) and at is None:
            keeping.show(workspace, found.entity.id, json_=json_)
            return
        users = {user.id: user.display for user in workspace.users()}
    filters = {"on": day} if day else {}
    # A record's own field goes before what was asked for: a step has a day of its own, too.
    said = {"as_at": asking.as_at_words(as_at), "on": day, "filters": filters, "withheld": None}
    if isinstance(found, link_lookups.Tie):
        _show_tie(found, said if json_ else None)
    elif json_:
        output.as_json(said | _plain(found) | {"removed": _removal(found, users)})
    else:
        _print(found, users)


def _show_tie(tie: "Tie", said: dict[str, Any] | None) -> None:
    """Print a link with its ends: as JSON with what is said beside it, else for people."""
    from ocgdesk.casework import present
    from ocgdesk.domain.reference_data import label

    ends = {"source": tie.source, "target": tie.target}
    if said is not None:
        cited = [present.brief(report) for report in tie.reports]
        plain = {name: present.brief(end) for name, end in ends.items()}
        more = {"ends": plain, "cited": cited, "events": tie.events}
        output.as_json(said | present.plain(tie.link) | more)
        return
    output.say(f"{label('link-types', tie.link.type)}  [{tie.link.marking.banner}]")
    output.say()
    rows = [(_(name), end.ref, end.label) for name, end in zip(_ENDS, ends.values(), strict=True)]
    output.table([_("End"), _("Reference"), _("Record")], rows)
    output.say()
    output.facts(_facts(tie.link))
    if tie.events:
        told = _("Events beneath it: {n}; the command events lists them")
        output.say(told.format(n=f"{tie.events:,}"))
    if tie.reports:
        output.say()
        output.table([_("Reports"), _("Title")], [(r.ref, r.label) for r in tie.reports])


_ENDS = (N_("From"), N_("To"))


def _plain(whole: "Whole") -> dict[str, Any]:
    from ocgdesk.casework import present

    return present.plain(whole.entity) | {
        "links": [present.linked(item) for item in whole.links],
        "owned": [present.plain(thing) for thing in whole.owned],
        "reports": [present.brief(report) for report in whole.reports],
        "cited_by": [present.brief(record) for record in whole.cited_by],
        "came_from": [asdict(origin) for origin in whole.origins],
        **({"unnamed_events": whole.unnamed} if whole.unnamed else {}),
    }


def _removal(whole: "Whole", users: "Users") -> dict[str, Any] | None:
    """Return when, by whom and why a record was taken out; None of one that is there."""
    if whole.gone is None:
        return None
    entry = whole.gone.entry
    by = users.get(entry.user, _("unknown user"))
    return {"at": entry.at, "user": by, "reason": entry.reason or None, "seq": entry.seq}


def _print(whole: "Whole", users: "Users") -> None:
    from ocgdesk.domain.reference_data import label

    output.say(f"{whole.entity.ref}  {whole.entity.label}  [{whole.entity.marking.banner}]".strip())
    if removal := _removal(whole, users):
        told = _("Removed on {day} by {user} (entry {seq}){why}; it is shown as it was before")
        why = f": {removal['reason']}" if removal["reason"] else ""
        day = f"{removal['at'].astimezone(LONDON):%d %b %Y %H:%M}"
        output.say(told.format(day=day, user=removal["user"], seq=removal["seq"], why=why))
    output.say()
    output.facts(_facts(whole.entity))
    if whole.links:
        output.say()
        headings = [_("Link"), _("With"), _("Reference"), _("Strength"), _("From"), _("To")]
        output.table(headings, [_link_row(item) for item in whole.links])
    if whole.unnamed:
        told = _("Events with no number at the other end: {n}; the command events lists them")
        output.say(told.format(n=f"{whole.unnamed:,}"))
    if whole.owned:
        output.say()
        kinds = [label("kinds", thing.kind.value) for thing in whole.owned]
        rows = [(k, t.ref or str(t.id), t.label) for k, t in zip(kinds, whole.owned, strict=True)]
        output.table([_("Belongs to it"), _("Reference"), _("What")], rows)
    for heading, some in ((_("Reports"), whole.reports), (_("Cited by"), whole.cited_by)):
        if some:
            output.say()
            output.table([heading, _("Title")], [(brief.ref, brief.label) for brief in some])
    if whole.origins:
        output.say()
        headings = [_("Came from"), _("Row"), _("Specification"), _("On")]
        output.table(
            headings, [(o.name, o.row, o.specification, o.at.date()) for o in whole.origins]
        )


def _facts(thing: "Thing") -> list[tuple[str, str]]:
    from ocgdesk.casework.field_words import worded
    from ocgdesk.domain.fields import FieldType, described_fields

    unread = {FieldType.ENTITY, FieldType.ENTITIES}
    pairs = []
    for field in described_fields(type(thing)):
        words = worded(field, getattr(thing, field.name))
        if words and field.type not in unread:
            pairs.append((_(field.label), words))
    return pairs


def _link_row(item: Any) -> tuple[str, ...]:
    from ocgdesk.domain.reference_data import label

    link = item.link
    arrow = ("→" if item.outward else "←") if link.directed else "–"
    return (
        f"{arrow} {label('link-types', link.type)}",
        item.other.label,
        item.other.ref,
        label("strengths", link.strength),
        link.start.worded() if link.start else "",
        link.end.worded() if link.end else "",
    )
