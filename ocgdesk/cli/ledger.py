"""The attribution ledger without a window: look, put forward, add a ground, move."""

import re
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.ocgs import numbers, one
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from uuid import UUID

    from ocgdesk.casework.ledgers import Ledger, Put
    from ocgdesk.domain.links import Attribution
    from ocgdesk.domain.values import Ground
    from ocgdesk.store.reader import Reader
    from ocgdesk.store.workspace import Workspace

_GROUND = re.compile(r"\s*([-+~!])?\s*([\w-]+)(?::(.*))?", re.DOTALL)


@click.command()
@on_workspace
@click.argument("ref")
@session.as_json_option
def ledger(way: Way, ref: str, *, json_: bool) -> None:
    """Show who may have used the handle REF, with the grounds for and against each."""
    from ocgdesk.casework import ledgers, present
    from ocgdesk.domain.kinds import Kind

    with way.opened() as workspace, workspace.reading() as reader:
        found = ledgers.read(reader, one(reader, ref, Kind.HANDLE))
    if json_:
        contacts = [
            present.plain(item.link) | {"other": present.brief(item.other)}
            for item in found.contacts
        ]
        people = [
            present.plain(put.link) | {"nominal": present.brief(put.nominal)}
            for put in found.candidates
        ]
        said = {"attributions": people, "contacts": contacts, "clashes": _clashes(found)}
        decisions = [present.plain(item) for item in found.decisions]
        output.as_json(present.plain(found.handle) | said | {"decisions": decisions})
        return
    _print(found)


@click.command()
@on_workspace
@click.argument("ref")
@click.argument("nominal")
@click.option("--confidence", default="possible", help="possible or probable.")
@click.option("--from", "start", default="", help="Used it from; else as long as it was seen.")
@click.option("--to", "end", default="", help="Used it until.")
@click.option("--ground", "grounds", multiple=True, metavar="'+CODE:NOTE'", help="Signs: + - ~ !")
@click.option("--propose", is_flag=True, help="Propose it for review at once.")
@session.as_json_option
def attribute(way: Way, ref: str, nominal: str, *, json_: bool, **said: Any) -> None:
    """Put the nominal NOMINAL forward as a user of the handle REF."""
    from ocgdesk.casework import attributions
    from ocgdesk.domain.dates import PartialDate
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.reference_data import code_list

    today = session.today()
    candidate = attributions.Candidate(
        confidence=code_list("confidences").parse(said["confidence"]),
        start=PartialDate.parse(said["start"], today=today) if said["start"] else None,
        end=PartialDate.parse(said["end"], today=today) if said["end"] else None,
        grounds=tuple(_ground(text) for text in said["grounds"]),
    )
    with way.opened() as workspace:
        with workspace.reading() as reader:
            ends = (one(reader, ref, Kind.HANDLE), one(reader, nominal, Kind.NOMINAL))
        with workspace.work("Put forward attribution") as done:
            saved = attributions.put_forward(
                done.work, *ends, candidate, today=today, propose=said["propose"]
            )
    _tell(saved, numbers(done.changes), json_=json_)


@click.command()
@on_workspace
@click.argument("ref")
@click.argument("nominal")
@click.option("--ground", required=True, metavar="'+CODE:NOTE'", help="Signs: + - ~ !")
@click.option("--grade", default="", help="Of what it rests on, such as 1B; a report's own else.")
@click.option("--ref", "cited", default="", help="The report or exhibit it rests on.")
@session.as_json_option
def ground(way: Way, ref: str, nominal: str, *, json_: bool, **said: str) -> None:
    """Add a ground to the attribution of the handle REF to NOMINAL: + for, - against, ~ or !."""
    from dataclasses import replace

    from ocgdesk.casework import attributions

    new = replace(_ground(said["ground"]), grade=said["grade"], ref=said["cited"])
    with way.opened() as workspace:
        id_ = _attribution(workspace, ref, nominal)
        with workspace.work("Add ground") as done:
            saved = attributions.add_ground(done.work, id_, new)
    _tell(saved, numbers(done.changes), json_=json_)


@click.command()
@on_workspace
@click.argument("ref")
@click.argument("nominal")
@click.argument("status")
@click.option("--note", default="", help="The reason, or the reviewer's remark.")
@click.option("--confidence", default="", help="How sure the reviewer is.")
@click.option("--by", "successor", default="", metavar="NOMINAL", help="Who takes its place.")
@session.as_json_option
def move(way: Way, ref: str, nominal: str, status: str, *, json_: bool, **said: str) -> None:
    """Move the attribution of the handle REF to NOMINAL: propose, review, confirm, reject it.

    A review, a confirmation or a rejection is for somebody else than who proposed it.
    """
    from ocgdesk.casework import attributions
    from ocgdesk.domain.reference_data import code_list

    code = code_list(attributions.STATUSES).parse(status)
    confidence = said["confidence"]
    with way.opened() as workspace:
        id_ = _attribution(workspace, ref, nominal)
        by = said["successor"]
        given = attributions.Said(
            note=said["note"],
            confidence=code_list("confidences").parse(confidence) if confidence else "",
            successor=_attribution(workspace, ref, by) if by else None,
        )
        act = partial(attributions.move, today=session.today())
        with workspace.work("Move attribution") as done:
            saved = act(done.work, id_, code, given)
    _tell(saved, numbers(done.changes), json_=json_)


@click.command()
@on_workspace
@click.argument("ref")
@click.argument("nominal")
@session.as_json_option
def steps(way: Way, ref: str, *, nominal: str, json_: bool) -> None:
    """Show every step of the attribution of the handle REF to NOMINAL: when, who, what."""
    from ocgdesk.casework import ledgers
    from ocgdesk.domain.reference_data import label

    with way.opened() as workspace:
        id_ = _attribution(workspace, ref, nominal)
        with workspace.reading() as reader:
            found = ledgers.steps(reader, id_)
    if json_:
        output.items_as_json([asdict(step) for step in found], filters={"attribution": str(id_)})
        return
    rows = [
        (
            f"{step.at.astimezone(LONDON):%d %b %Y %H:%M}",
            step.by,
            step.act,
            label("attribution-statuses", step.status),
            label("confidences", step.confidence),
            step.grounds,
            step.note,
        )
        for step in found
    ]
    names = (_("When"), _("Who"), _("Act"), _("Status"), _("Confidence"), _("Grounds"), _("Reason"))
    output.table(names, rows)


def _ground(text: str) -> "Ground":
    """Read ``+colocation-phone:Moved with it on 43 days``; without a sign it is for."""
    from ocgdesk.domain.reference_data import code_list
    from ocgdesk.domain.values import Ground

    if (match := _GROUND.fullmatch(text)) is None:
        raise Refused(_("A ground is written like '+colocation-phone:Moved with it on 43 days'"))
    code = code_list("attribution-grounds").parse(match[2])
    return Ground(code, match[1] or "+", (match[3] or "").strip())


def _attribution(workspace: "Workspace", ref: str, nominal: str) -> "UUID":
    """Return the attribution of a handle to a nominal, or the one with this id."""
    with workspace.reading() as reader:
        found = _named(reader, ref, nominal)
    if len(found) == 1:
        return found[0].id
    if not found:
        told = _("{nominal} was not put forward for {ref}")
        raise NotFound(told.format(nominal=nominal, ref=ref))
    told = _("There are several for different periods; name one by its id: {ids}")
    raise Refused(told.format(ids=", ".join(str(item.id) for item in found)))


def _named(reader: "Reader", ref: str, nominal: str) -> "list[Attribution]":
    from ocgdesk.casework import attributions
    from ocgdesk.domain.kinds import Kind

    items = attributions.of_handle(reader, one(reader, ref, Kind.HANDLE))
    if by_id := [item for item in items if str(item.id) == nominal]:
        return by_id
    person = one(reader, nominal, Kind.NOMINAL)
    of_person = [item for item in items if item.target == person]
    standing = [item for item in of_person if item.status not in attributions.CLOSED]
    return standing or of_person


def _tell(saved: "Attribution", changed: dict[str, Any], *, json_: bool) -> None:
    from ocgdesk.casework import attributions, present
    from ocgdesk.domain.reference_data import label

    if json_:
        output.as_json(present.plain(saved) | changed)
        return
    status = label(attributions.STATUSES, saved.status)
    sure = label("confidences", saved.confidence)
    output.say(f"{saved.id}  {status}  {sure}")


def _clashes(found: "Ledger") -> list[dict[str, str]]:
    return [
        {"one": clash.one.ref, "other": clash.other.ref, "from": clash.day.isoformat()}
        for clash in found.clashes
    ]


def _print(found: "Ledger") -> None:
    from ocgdesk.domain import dates
    from ocgdesk.domain.reference_data import label

    handle = found.handle
    output.say(f"{handle.ref}  {handle.handle}  [{handle.marking.banner}]")
    output.facts(
        {
            _("Platform"): label("platforms", handle.platform),
            _("Disposition"): label("dispositions", handle.disposition),
            _("SIO"): handle.sio or "–",
            _("Package"): handle.package or "–",
            _("Handling conditions"): handle.conditions or "–",
        }
    )
    for clash in found.clashes:
        told = _("Periods overlap: two confirmed users on {day}")
        output.say(told.format(day=dates.shown(clash.day)))
    for put in found.candidates:
        output.say()
        _print_candidate(put, found)
    if found.contacts:
        output.say()
        rows = [
            (c.other.ref, c.other.label, c.link.weight, c.link.start or "", c.link.end or "")
            for c in found.contacts
        ]
        headings = (_("Contact"), _("Handle"), _("Count"), _("From"), _("To"))
        output.table(headings, rows)


def _print_candidate(put: "Put", found: "Ledger") -> None:
    from ocgdesk.casework import attributions
    from ocgdesk.domain.reference_data import label

    link = put.link
    status = label(attributions.STATUSES, link.status)
    by = found.users.get(link.analyst, "") if link.analyst else ""
    head = [put.nominal.ref, put.nominal.label, status, label("confidences", link.confidence), by]
    output.say("  ".join(part for part in head if part))
    for item in link.grounds:
        words = item.note or label("attribution-grounds", item.code)
        output.say(f"  {item.sign} {words}  {item.grade}  {item.ref}".rstrip())
