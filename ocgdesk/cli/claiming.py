"""The disruption ledger without a window: record, check, submit, moderate, withdraw, outcomes."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.ocgs import numbers, one
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ocgdesk.casework.claim_rules import Finding
    from ocgdesk.casework.disruption_ledger import Row
    from ocgdesk.domain.things import Thing
    from ocgdesk.store.claims_listed import LedgerQuery
    from ocgdesk.store.reader import Reader


@click.group()
def disruption() -> None:
    """Record, check, submit, moderate or withdraw a disruption; REF says which."""


@disruption.command()
@on_workspace
@click.argument("title")
@click.argument("fields", metavar="[FIELD=VALUE]...", nargs=-1)
@click.option("--against", "subjects", multiple=True, metavar="REF", help="Whom it is against.")
@session.as_json_option
def record(
    way: Way, title: str, *, fields: tuple[str, ...], subjects: tuple[str, ...], json_: bool
) -> None:
    """Record a disruption as a draft; say what it does not keep to yet.

    Fields are named as --json names them: on=2026-11-02 level=moderate strand=protect agency=WMC
    """
    from ocgdesk.casework import present, records, typed
    from ocgdesk.domain.disruptions import Disruption
    from ocgdesk.domain.kinds import Kind

    with way.opened() as workspace:
        with workspace.reading() as reader:
            values = typed.values(reader, Kind.DISRUPTION, fields, today=session.today())
            named = tuple(one(reader, ref) for ref in subjects)
        new = Disruption(**({"subjects": named} | values | {"title": title}))
        with workspace.work("Record disruption") as done:
            made = records.create(done.work, new)
        with workspace.reading() as reader:
            found = _findings(reader, made.id)
    if json_:
        plain = {"findings": _plain(found)}
        output.as_json(present.plain(made) | numbers(done.changes) | plain)
        return
    output.say(_("Recorded {ref}").format(ref=made.ref))
    _say(found)


@disruption.command()
@on_workspace
@click.argument("ref")
@session.as_json_option
def check(way: Way, ref: str, *, json_: bool) -> None:
    """Say which rules the disruption REF does not keep to, and what may be the same event."""
    with way.opened() as workspace, workspace.reading() as reader:
        found = _findings(reader, _which(reader, ref))
    if json_:
        output.items_as_json(_plain(found))
        return
    _say(found)


@disruption.command()
@on_workspace
@click.argument("ref")
@session.as_json_option
def submit(way: Way, ref: str, *, json_: bool) -> None:
    """Hand the disruption REF in for moderation."""
    from ocgdesk.casework import disruptions

    act = partial(disruptions.submit, today=session.today())
    _do(way, ref, act, label="Submit disruption", json_=json_)


@disruption.command()
@on_workspace
@click.argument("ref")
@click.argument("to", type=click.Choice(["moderated", "accepted", "returned"]))
@click.option("--note", default="", help="The moderator's words; needed to return a claim.")
@session.as_json_option
def moderate(way: Way, ref: str, to: str, *, note: str, json_: bool) -> None:
    """Moderate, accept or return the disruption REF, which somebody else submitted.

    It is moderated before it is accepted; one moderator may do both.
    """
    from ocgdesk.casework import disruptions

    act = partial(disruptions.moderate, to=to, note=note, today=session.today())
    _do(way, ref, act, label="Moderate disruption", json_=json_)


@disruption.command()
@on_workspace
@click.argument("ref")
@click.option("--reason", default="", help="Why; kept with the claim.")
@session.as_json_option
def withdraw(way: Way, ref: str, *, reason: str, json_: bool) -> None:
    """Take the disruption REF back before it is accepted."""
    from ocgdesk.casework import disruptions

    act = partial(disruptions.withdraw, reason=reason)
    _do(way, ref, act, label="Withdraw disruption", json_=json_)


@disruption.command()
@on_workspace
@click.argument("ref")
@click.argument("reference", default="")
@click.option("--clear", is_flag=True, help="Take out a reference that is wrong.")
@session.as_json_option
def apmis(way: Way, ref: str, reference: str, *, clear: bool, json_: bool) -> None:
    """Type back the REFERENCE that APMIS gave the accepted disruption REF, or put it right."""
    from ocgdesk.casework import disruptions

    if clear is bool(reference.strip()):
        raise Refused(_("Type the reference APMIS gave it, or --clear to take a wrong one out"))
    on = session.today()

    def act(work: Any, id_: UUID) -> "Thing":
        return disruptions.enter_on_apmis(work, id_, reference, on=on)

    _do(way, ref, act, label="Enter APMIS reference", json_=json_)


@disruption.command()
@on_workspace
@click.argument("ref")
@click.argument("measure")
@click.argument("fields", metavar="[FIELD=VALUE]...", nargs=-1)
@click.option("--step", "steps", multiple=True, metavar="REF", help="A criminal-justice step.")
@session.as_json_option
def outcome(
    way: Way,
    ref: str,
    measure: str,
    *,
    fields: tuple[str, ...],
    steps: tuple[str, ...],
    json_: bool,
) -> None:
    """Put an outcome line on the disruption REF: cocaine value=2.5, or arrested with --step.

    Arrests, charges and sentences are counted from the steps; one step is claimed once. A figure
    typed before is then backed by its steps, not added to. The command steps lists them.
    """
    from ocgdesk.casework import disruptions, typed
    from ocgdesk.domain.disruptions import Outcome
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.reference_data import code_list

    code = code_list("outcome-measures").parse(measure)
    with way.opened() as workspace:
        with workspace.reading() as reader:
            values = typed.values(reader, Kind.OUTCOME, fields, today=session.today())
            named = tuple(one(reader, step, Kind.COURT_STEP) for step in steps)
            owner = _which(reader, ref)
        new = Outcome(**({"steps": named} | values | {"measure": code, "owner": owner}))
        with workspace.work("Record outcome") as done:
            made = disruptions.add_outcome(done.work, new)
    _told(made, numbers(done.changes), json_=json_)


@disruption.command()
@on_workspace
@click.argument("ref")
@session.as_json_option
def steps(way: Way, ref: str, *, json_: bool) -> None:
    """List the criminal-justice steps an outcome of the disruption REF may count."""
    from ocgdesk.casework import disruption_ledger
    from ocgdesk.domain.dates import shown
    from ocgdesk.domain.reference_data import label

    with way.opened() as workspace, workspace.reading() as reader:
        found = disruption_ledger.steps_to_claim(reader, _which(reader, ref))
    if json_:
        output.items_as_json(
            [
                {"ref": o.step.ref, "step": o.step.step, "on": o.step.on, "person": o.person.ref}
                for o in found
            ]
        )
        return
    rows = [
        (
            o.step.ref,
            label("court-steps", o.step.step),
            shown(o.step.on) if o.step.on else "",
            o.person.label,
        )
        for o in found
    ]
    output.table((_("Reference"), _("Step"), _("Date"), _("Person")), rows)


@disruption.command("list")
@on_workspace
@click.option("--queue", default="", help="open, moderate, accepted or apmis; else all.")
@click.option("--agency", default="", help="Claimed by this agency.")
@click.option("--strand", default="", help="pursue, prevent, protect or prepare.")
@click.option("--threat", default="", help="A threat of the control strategy.")
@click.option("--from", "start", default="", help="Claimed from this day on.")
@click.option("--to", "end", default="", help="Claimed up to this day.")
@click.option("--against", default="", metavar="REF", help="Against this OCG or person.")
@click.option("--text", default="", help="Words of the title or of a reference.")
@click.option("--most", type=click.IntRange(1), default=100, help="So many, the newest; else 100.")
@session.as_json_option
def list_(way: Way, *, queue: str, against: str, most: int, json_: bool, **asked: str) -> None:
    """List the ledger; --queue apmis is the work sheet of what is not on APMIS yet."""
    from ocgdesk.casework import disruption_ledger

    with way.opened() as workspace, workspace.reading() as reader:
        query = _query(reader, disruption_ledger.queue(queue), against, asked)
        found = disruption_ledger.read(reader, query, most=most)
    if json_:
        said = {"queue": queue, "against": against} | asked
        filters = {name: value for name, value in said.items() if value}
        output.items_as_json([_plain_row(row) for row in found.rows], filters=filters)
        return
    titles = (_("Reference"), _("Date"), _("Disruption"), _("Against"), _("Strand"))
    output.table((*titles, _("Status"), "APMIS"), [_row(row) for row in found.rows])
    told = _("{n:,} of {total:,} disruptions")
    output.say(told.format(n=len(found.rows), total=found.total))


def _query(
    reader: "Reader", query: "LedgerQuery", against: str, asked: dict[str, str]
) -> "LedgerQuery":
    from ocgdesk.domain.reference_data import code_list

    agency, strand = asked["agency"], asked["strand"]
    return replace(
        query,
        agency=code_list("agencies").parse(agency) if agency else "",
        strand=code_list("strands").parse(strand) if strand else "",
        threat=code_list("control-strategy").parse(asked["threat"]) if asked["threat"] else "",
        since=session.day_of(asked["start"]),
        until=session.day_of(asked["end"]),
        against=one(reader, against) if against else None,
        text=asked["text"],
    )


def _row(row: "Row") -> tuple[str, ...]:
    from ocgdesk.domain.dates import shown
    from ocgdesk.domain.reference_data import label

    claim = row.claim
    return (
        claim.ref,
        shown(claim.on) if claim.on else "",
        claim.title,
        ", ".join(brief.label for brief in row.subjects),
        label("strands", claim.strand),
        label("disruption-statuses", claim.status),
        claim.apmis,
    )


def _plain_row(row: "Row") -> dict[str, object]:
    from ocgdesk.casework import present

    came = [{"measure": o.measure, "value": o.value, "unit": o.unit} for o in row.outcomes]
    named = [{"id": b.id, "ref": b.ref, "label": b.label} for b in row.subjects]
    return present.plain(row.claim) | {"against_records": named, "outcomes": came}


@disruption.command()
@on_workspace
@click.argument("ref")
@click.argument("measure")
@click.argument("commodity", default="")
@click.argument("whom", default="")
@click.option("--different", default="", help="Why it is another seizure than one entered already.")
@click.option("--take-out", default="", metavar="WHY", help="Take it out of the ledger instead.")
@session.as_json_option
def seizure(
    way: Way,
    ref: str,
    measure: str,
    commodity: str,
    whom: str,
    *,
    different: str,
    take_out: str,
    json_: bool,
) -> None:
    """Enter what disruption REF seized of MEASURE into the ledger of COMMODITY, from WHOM; once.

    The claim is accepted first. What another agency claims of one event is one seizure.
    """
    from ocgdesk.casework import present, seizures
    from ocgdesk.domain.kinds import Kind

    if not take_out and not whom:
        raise Refused(_("Say into which commodity it is entered, and from whom it was seized"))
    with way.opened() as workspace:
        with workspace.reading() as reader:
            line = _seized(reader, ref, measure, is_in=bool(take_out))
            ends = () if take_out else (one(reader, commodity, Kind.COMMODITY), one(reader, whom))
        with workspace.work("Take seizure out" if take_out else "Enter seizure") as done:
            made: Thing = (
                seizures.take_out(done.work, line, reason=take_out)
                if take_out
                else seizures.enter(done.work, line, *ends, different=different)
            )
    if json_:
        output.as_json(present.plain(made) | numbers(done.changes))
        return
    taken, entered = _("Taken out of the commodity ledger"), _("Entered in the commodity ledger")
    output.say(taken if take_out else entered)


def _seized(reader: "Reader", ref: str, measure: str, *, is_in: bool) -> UUID:
    """Return the outcome that is meant: one not in the ledger yet, or one that is."""
    from ocgdesk.casework import disruption_ledger
    from ocgdesk.domain.reference_data import code_list

    code = code_list("outcome-measures").parse(measure)
    claim = disruption_ledger.look(reader, _which(reader, ref), today=session.today())
    lines = [line for line in claim.row.outcomes if line.measure == code]
    meant = [line for line in lines if (line.dealing is not None) is is_in] or lines
    if not meant:
        raise Refused(_("This disruption has no such outcome"))
    return meant[0].id


def _which(reader: "Reader", ref: str) -> UUID:
    from ocgdesk.domain.kinds import Kind

    return one(reader, ref, Kind.DISRUPTION)


def _do(way: Way, ref: str, act: "Callable[..., Thing]", *, label: str, json_: bool) -> None:
    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_ = _which(reader, ref)
        with workspace.work(label) as done:
            saved = act(done.work, id_)
    _told(saved, numbers(done.changes), json_=json_)


def _told(saved: "Thing", numbered: dict[str, int | None], *, json_: bool) -> None:
    from ocgdesk.casework import present
    from ocgdesk.domain.disruptions import Disruption
    from ocgdesk.domain.reference_data import label

    plain = present.plain(saved)
    if json_:
        output.as_json(plain | numbered)
        return
    if isinstance(saved, Disruption):
        output.say(f"{saved.ref}  {label('disruption-statuses', saved.status)}")
        return
    value, unit = plain.get("value"), label("units", str(plain.get("unit", "")))
    words = label("outcome-measures", str(plain.get("measure", "")))
    output.say(f"{words}: {value if value is not None else ''} {unit.lower()}".rstrip())


def _findings(reader: "Reader", id_: UUID) -> tuple["Finding", ...]:
    from ocgdesk.casework import claim_rules
    from ocgdesk.domain.disruptions import Disruption

    claim = reader.get(Disruption, id_)
    return claim_rules.findings(reader, claim, today=session.today())


def _plain(found: "Iterable[Finding]") -> list[dict[str, object]]:
    return [
        {"rule": one.rule, "words": one.words, "refuses": one.refuses, "others": list(one.others)}
        for one in found
    ]


def _say(found: tuple["Finding", ...]) -> None:
    for finding in found:
        sign = _("Needed") if finding.refuses else _("Warning")
        output.say(f"{sign}: {finding.words}")
    if not found:
        output.say(_("It keeps to every rule"))
