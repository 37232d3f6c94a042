"""The case half of an operation without a window: look at it, move it on, enter steps and log."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.ocgs import numbers, one
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.operations import Case
    from ocgdesk.store.cases import Prompt


@click.group()
def operation() -> None:
    """Look at an operation's case, move its phase, enter steps; REF says which."""


@operation.command("show")
@on_workspace
@click.argument("ref")
@session.as_json_option
def show(way: Way, ref: str, *, json_: bool) -> None:
    """Show the case of the operation REF: counts, steps, warnings, referrals, policy log."""
    from ocgdesk.casework import operations
    from ocgdesk.domain.kinds import Kind

    with way.opened() as workspace, workspace.reading() as reader:
        found = operations.look(reader, one(reader, ref, Kind.OPERATION))
        reader.saw("Open record", [found.brief.no])
    if json_:
        output.as_json(_plain(found))
    else:
        _say(found)


@operation.command("move")
@on_workspace
@click.argument("ref")
@click.argument("phase")
@click.option("--since", default="", help="The day the phase began; today if left out.")
@click.option("--reason", default="", help="Needed where it goes back; kept in the journal.")
@session.as_json_option
def move(way: Way, ref: str, phase: str, *, since: str, reason: str, json_: bool) -> None:
    """Move the operation REF into a PHASE; the phase keeps the day it began."""
    from ocgdesk.casework import operations, present
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.reference_data import code_list, label

    today = session.today()
    code = code_list(operations.PHASES).parse(phase)
    day = session.day_of(since) or today
    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_ = one(reader, ref, Kind.OPERATION)
        with workspace.work("Move phase") as done:
            saved = operations.move_phase(done.work, id_, code, day, today=today, reason=reason)
    if json_:
        output.as_json(present.plain(saved) | numbers(done.changes))
    else:
        output.say(f"{saved.ref}: {label(operations.PHASES, saved.phase)}")


@operation.command("step")
@on_workspace
@click.argument("ref")
@click.argument("person")
@click.argument("step")
@click.argument("fields", metavar="[FIELD=VALUE]...", nargs=-1)
@session.as_json_option
def step(way: Way, ref: str, person: str, step: str, *, fields: Sequence[str], json_: bool) -> None:
    """Enter a STEP (arrested, charged, sentenced …) of PERSON within the operation REF.

    Fields are named as --json names them: on=2026-09-01 offences=… amount=6.5 unit=years
    """
    from ocgdesk.casework import operations, present, typed
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.reference_data import code_list
    from ocgdesk.domain.subrecords import CourtStep

    today = session.today()
    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_, who = one(reader, ref, Kind.OPERATION), one(reader, person, Kind.NOMINAL)
            values = typed.values(reader, Kind.COURT_STEP, fields, today=today)
            code = code_list("court-steps").parse(step)
            new = CourtStep(**({"on": today} | values | {"step": code, "operation": id_}))
            doubts = operations.step_doubts(reader, who, new)
        with workspace.work("Add criminal-justice step") as done:
            saved = operations.add_step(done.work, who, new, today=today)
    if json_:
        found = present.plain(saved) | numbers(done.changes) | {"warnings": list(doubts)}
        output.as_json(found)
        return
    output.say(_("Added {ref}").format(ref=saved.ref))
    for doubt in doubts:
        output.say(_("Warning: {words}").format(words=doubt))


@operation.command("log")
@on_workspace
@click.argument("ref")
@click.argument("decision")
@click.option("--reason", required=True, help="Why; the log keeps it with the decision.")
@click.option("--by", default="", help="The decision-maker; you if left out.")
@click.option("--decided", default="", help="The day; today if left out.")
@session.as_json_option
def log(
    way: Way, ref: str, decision: str, *, reason: str, by: str, decided: str, json_: bool
) -> None:
    """Add a DECISION to the policy log of the operation REF; it cannot be undone."""
    from ocgdesk.casework import operations, present
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.subrecords import Decision

    entry = Decision(
        title=decision,
        decision_type="policy",
        rationale=reason,
        decided_by=by,
        decided=session.day_of(decided),
    )
    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_ = one(reader, ref, Kind.OPERATION)
        with workspace.work("Add to policy log") as done:
            saved = operations.enter_in_log(done.work, id_, entry, today=session.today())
    if json_:
        output.as_json(present.plain(saved) | numbers(done.changes))
    else:
        output.say(_("Entered in the policy log"))


@operation.command("due")
@on_workspace
@click.option("--until", default="", help="Due up to this day; today if left out.")
@session.as_json_option
def due(way: Way, until: str, *, json_: bool) -> None:
    """List threat-to-life warnings to look at again, and GAIN referrals that wait."""
    from ocgdesk.store import cases

    day = session.day_of(until) or session.today()
    with way.opened() as workspace, workspace.reading() as reader:
        found = [*cases.warnings_due(reader, day), *cases.referrals_waiting(reader)]
        reader.saw("What is due", {prompt.of.no for prompt in found})
    say_prompts(found, day, json_=json_)


def say_prompts(found: "Sequence[Prompt]", day: Any, *, json_: bool) -> None:
    """Print what falls due, or what waits, with the record it hangs on."""
    from ocgdesk.casework import present

    if json_:
        items = [
            present.brief(one.what) | {"due": one.due, "of": present.brief(one.of)} for one in found
        ]
        output.items_as_json(items, as_at=None, filters={"until": day.isoformat()})
        return
    rows = [(one.due or "–", one.what.label, one.of.label, one.of.ref) for one in found]
    if rows:
        output.table((_("Day"), _("What"), _("Of"), _("Reference")), rows)
    output.say(_("{n} to be seen to").format(n=len(rows)))


def _plain(found: "Case") -> dict[str, Any]:
    from dataclasses import asdict

    from ocgdesk.casework import present

    def of_person(some: Any) -> list[dict[str, Any]]:
        return [present.plain(one.item) | {"person": present.brief(one.person)} for one in some]

    referrals = [
        present.plain(one.referral) | {"about": present.brief(one.about)} for one in found.referrals
    ]
    return present.plain(found.operation) | {
        "counts": asdict(found.counts),
        "bears_on": [present.linked(item) for item in found.bears_on],
        "steps": of_person(found.steps),
        "threat_warnings": of_person(found.warnings),
        "gain_referrals": referrals,
        "policy_log": [present.plain(one) for one in found.log],
    }


def _say(found: "Case") -> None:
    from ocgdesk.domain.reference_data import label
    from ocgdesk.domain.subrecords import CourtStep

    operation_, tally = found.operation, found.counts
    phase = label("operation-phases", operation_.phase)
    output.say(f"{operation_.ref}  {operation_.label}  [{phase}]")
    told = _("Arrested {arrested} ({people} people), charged {charged}, convicted {convicted},"
             " {years:g} years sentenced")  # fmt: skip
    output.say(
        told.format(
            arrested=tally.arrested, people=tally.people, charged=tally.charged,
            convicted=tally.convicted, years=tally.years,
        )
    )  # fmt: skip
    rows = [
        (one.item.on or "–", one.item.label, one.person.label, one.item.ref)
        for one in found.steps
        if isinstance(one.item, CourtStep)
    ]
    if rows:
        output.say()
        output.table((_("Day"), _("Step"), _("Person"), _("Reference")), rows)
    for entry in found.log:
        output.say(f"{entry.decided or '–'}  {entry.title}  {entry.rationale}")
