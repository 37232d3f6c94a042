"""Across the register: ``shared`` says which OCGs share records, and which are alike."""

from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import asking, keeping, output, session
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.deconfliction import Alert
    from ocgdesk.casework.sharing import Alike, Pair, Shares
    from ocgdesk.store.reader import Reader

KINDS = ("nominal", "handle", "phone", "location")
_NAMED = 4


@click.command()
@on_workspace
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only these.")
@click.option("--ocg", "ocgs", multiple=True, metavar="REF", help="Only what this OCG shares.")
@click.option("--stop", multiple=True, metavar="REF", help="Leave this record out.")
@click.option("--widest", type=click.IntRange(min=2), default=12, show_default=True)
@click.option("--similar", default="", metavar="REF", help="OCGs like this one, and their plans.")
@click.option("--alerts", is_flag=True, help="OCGs of different owners that were newly linked.")
@click.option("--since", default="", help="Alerts since this day; the last four weeks else.")
@click.option("--most", type=click.IntRange(1, 100), default=10, help="So many similar OCGs.")
@session.as_at_option
@session.on_option
@keeping.keep_option
@session.as_json_option
def shared(
    way: Way, *, as_at: str, json_: bool, similar: str, most: int, keep: str, **asked: Any
) -> None:
    """Show which OCGs share nominals, handles, phones or addresses, or which are like one.

    With --alerts: which OCGs of different owners a new link has joined.

    A record linked to more than --widest OCGs is left out: it would join everybody.
    """
    asked["as_at"] = as_at
    if similar or asked["alerts"]:
        told = _("Likeness and alerts are told of what is recorded now: leave out --as-at")
        asking.refuse_as_at(as_at, told)
    if similar:
        _similar(way, similar, most, json_=json_)
        return
    since = asked.pop("since")
    if asked.pop("alerts"):
        _alerts(way, since, json_=json_)
        return
    from ocgdesk.casework import result_tables

    read_at = result_tables.now()
    with way.opened() as workspace:
        with workspace.reading() as reader:
            found = _shares(reader, asked)
        keeping.keep(workspace, result_tables.of_shares(found, read_at=read_at), keep)
    if json_:
        filters = {name: value for name, value in asked.items() if value}
        at = asking.as_at_words(filters.pop("as_at", ""))
        output.as_json(_plain(found) | {"filters": filters, "as_at": at})
    else:
        _print(found)


_REFS = ("ocgs", "stop")


def _shares(reader: "Reader", asked: dict[str, Any]) -> "Shares":
    from ocgdesk.casework import sharing
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.store import records

    named = {name: [records.resolve(reader, r).id for r in asked[name]] for name in _REFS}
    return sharing.shares(
        reader,
        [Kind(kind) for kind in asked["kinds"] or KINDS],
        ocgs=named["ocgs"],
        stop=named["stop"],
        as_at=asking.moment(asked["as_at"]),
        on=session.day_of(asked["on"]),
        widest=asked["widest"],
        progress=session.progress(),
    )


def _plain(found: "Shares") -> dict[str, Any]:
    from ocgdesk.casework import present

    records = {item.record.id: item.record for pair in found.pairs for item in pair.items}
    return {
        "items": [present.brief(brief) for brief in records.values()],
        "pairs": [_pair(pair) for pair in found.pairs],
        "total": found.total,
        "too_wide": [present.brief(brief) for brief in found.too_wide],
        "stopped": found.stopped,
        "caveats": list(found.caveats),
        "as_at": None,
        "withheld": None,
    }


def _pair(pair: "Pair") -> dict[str, Any]:
    from ocgdesk.casework import present

    return {
        "one": present.brief(pair.one),
        "two": present.brief(pair.two),
        "counts": {kind.value: count for kind, count in pair.counts.items()},
        "shared": [
            {"record": str(item.record.id), "ref": item.record.ref}
            | {"through_one": [brief.ref for brief in item.one]}
            | {"through_two": [brief.ref for brief in item.two]}
            for item in pair.items
        ],
    }


def _print(found: "Shares") -> None:
    rows = [
        (p.one.label, p.two.label, *(p.counts.get(k, "") for k in _kinds()), _names(p))
        for p in found.pairs
    ]
    if rows:
        headings = [_("Nominals"), _("Handles"), _("Phones"), _("Places")]
        output.table([_("OCG"), _("Shares with"), *headings, _("Such as")], rows)
    else:
        output.say(_("No two OCGs share any of these. Try other kinds, or a wider limit."))
    _say(found.caveats)


def _kinds() -> tuple[Any, ...]:
    from ocgdesk.casework import sharing

    return sharing.KINDS


def _names(pair: "Pair") -> str:
    return ", ".join(item.record.label for item in pair.items[:_NAMED])


def _similar(way: Way, ref: str, most: int, *, json_: bool) -> None:
    from ocgdesk.casework import sharing
    from ocgdesk.store import records

    with way.opened() as workspace, workspace.reading() as reader:
        brief = records.resolve(reader, ref)
        found = sharing.similar(reader, brief.id, most=most, progress=session.progress())
    if json_:
        said = {"caveats": sharing.similar_caveats(), "as_at": None, "withheld": None}
        items = [_alike(one) for one in found]
        output.as_json({"items": items, **said, "filters": {"similar": ref}})
        return
    for one in found:
        output.say(f"{one.ocg.label} ({one.ocg.ref})  {one.share:.0%}: {', '.join(one.both)}")
        for action in one.actions:
            outcome = f": {action.outcome}" if action.outcome else ""
            output.say(f"  {action.strand}  {action.status}  {action.title}{outcome}")
    if not found:
        output.say(_("No other OCG is recorded with anything this one has."))
    _say(sharing.similar_caveats())


def _alerts(way: Way, since: str, *, json_: bool) -> None:
    from ocgdesk.casework import deconfliction

    with way.opened() as workspace, workspace.reading() as reader:
        found = deconfliction.alerts(
            reader,
            today=session.today(),
            since=session.day_of(since),
            progress=session.progress(),
        )
    if json_:
        said = {"caveats": [_(deconfliction.CAVEAT)], "as_at": None, "withheld": None}
        filters = {"since": since} if since else {}
        output.as_json({"items": [_alert(one) for one in found], **said, "filters": filters})
        return
    for one in found:
        output.say(f"{one.at:%d %b %Y}  {one.words}. {one.act}, {one.by}")
    if not found:
        output.say(_("No two OCGs of different owners were newly linked."))
    _say((_(deconfliction.CAVEAT),))


def _alert(one: "Alert") -> dict[str, Any]:
    from ocgdesk.casework import present

    sides = [
        present.brief(side.ocg) | {"lro": side.lro, "agency": side.agency}
        for side in (one.one, one.two)
    ]
    return {
        "one": sides[0],
        "two": sides[1],
        "through": [present.brief(brief) for brief in one.through],
        "entry": one.seq,
        "at": one.at,
        "by": one.by,
        "act": one.act,
        "mine": one.is_mine,
    }


def _alike(one: "Alike") -> dict[str, Any]:
    from ocgdesk.casework import present

    return present.brief(one.ocg) | {
        "likeness": one.share,
        "both": list(one.both),
        "actions": [present.plain(action) for action in one.actions],
    }


def _say(lines: tuple[str, ...]) -> None:
    output.say()
    for line in lines:
        output.say(line)
