"""The disruption ledger without a window: record, check, submit, moderate, withdraw, outcomes."""

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.ocgs import numbers, one
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ocgdesk.casework.claim_rules import Finding
    from ocgdesk.domain.things import Thing
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
    """Moderate, accept or return the disruption REF, which somebody else submitted."""
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
@click.argument("reference")
@session.as_json_option
def apmis(way: Way, ref: str, reference: str, *, json_: bool) -> None:
    """Type back the REFERENCE that APMIS gave the accepted disruption REF."""
    from ocgdesk.casework import disruptions

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

    Arrests, charges and sentences are counted from the steps; one step is claimed once.
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
