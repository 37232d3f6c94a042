"""Reviews of plans without a window: agenda, signature, versions, suggestions, coverage."""

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.ocgs import numbers
from ocgdesk.cli.planning import ocg_of
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.coverage import ForceCoverage, OcgCoverage, StrandState
    from ocgdesk.casework.plan_reviews import Agenda
    from ocgdesk.casework.suggestions import Suggestion
    from ocgdesk.domain.plan_content import Difference
    from ocgdesk.domain.plans import Plan
    from ocgdesk.store.reader import Reader


@click.command()
@on_workspace
@click.argument("ref")
@click.option("--hold", "meeting", default="", help="Record the review held at this MEETING.")
@click.option("--held", "day", default="", help="The day it was held; today if left out.")
@click.option("--with", "attendance", multiple=True, metavar="NAME", help="Who came.")
@click.option("--joint", is_flag=True, help="LRO and SIO reviewed it together.")
@click.option("--result", default="", help="What came of it.")
@click.option("--next", "next_due", default="", help="The day of the next review.")
@click.option("--sign", "sign", is_flag=True, help="Sign the plan as it stands.")
@click.option("--countersigned", default="", help="Who signed with you.")
@click.option("--versions", is_flag=True, help="List the signed versions.")
@click.option("--compare", nargs=2, type=int, default=None, help="Two versions: what differs.")
@session.as_json_option
def review(way: Way, ref: str, *, json_: bool, **wish: Any) -> None:
    """Show what the next review of the plan of REF looks at; hold it, sign it, compare versions."""
    with way.opened() as workspace:
        with workspace.reading() as reader:
            plan = _plan_of(reader, ref)
        if wish["meeting"]:
            with workspace.work("Record review") as done:
                _hold(done.work, plan.id, wish)
        if wish["sign"]:
            with workspace.work("Sign plan") as done:
                _sign(done.work, plan.id, wish["countersigned"])
        with workspace.reading() as reader:
            _show(reader, plan.id, wish, json_=json_)


def _plan_of(reader: "Reader", ref: str) -> "Plan":
    from ocgdesk.store import planning

    plan = planning.plan_of(reader, ocg_of(reader, ref))
    if plan is None:
        raise Refused(_("There is no 4P plan yet; plan --start begins one"))
    return plan


def _hold(work: Any, plan_id: UUID, wish: dict[str, Any]) -> None:
    from ocgdesk.casework import plan_reviews

    said = plan_reviews.Held(
        meeting=wish["meeting"],
        held=session.day_of(wish["day"]) or session.today(),
        attendance=wish["attendance"],
        is_joint=wish["joint"],
        result=wish["result"],
        next_due=session.day_of(wish["next_due"]),
    )
    plan_reviews.hold(work, plan_id, said)


def _sign(work: Any, plan_id: UUID, countersigned: str) -> None:
    from ocgdesk.casework import plan_versions

    said = plan_versions.Signing(countersigned_by=countersigned)
    plan_versions.sign(work, plan_id, said, today=session.today())


def _show(reader: "Reader", plan_id: UUID, wish: dict[str, Any], *, json_: bool) -> None:
    from ocgdesk.casework import plan_reviews, plan_versions
    from ocgdesk.domain.plans import Plan

    if wish["versions"]:
        _show_versions(reader, plan_id, json_=json_)
        return
    if wish["compare"]:
        found = plan_versions.between(reader, plan_id, *wish["compare"])
        _show_differences(found, json_=json_)
        return
    plan = reader.get(Plan, plan_id)
    made = plan_reviews.agenda(reader, plan, today=session.today())
    if json_:
        output.as_json(_plain(made))
        return
    _print(made)


def _show_versions(reader: "Reader", plan_id: UUID, *, json_: bool) -> None:
    from ocgdesk.casework import plan_versions

    found = plan_versions.versions(reader, plan_id)
    rows = [
        {
            "version": one.number,
            "signed": one.signed,
            "signed_by": one.signed_by,
            "countersigned_by": one.countersigned_by or None,
            "sha256": one.digest,
            "whole": plan_versions.is_whole(one),
        }
        for one in found
    ]
    if json_:
        output.items_as_json(rows)
        return
    heads = (_("Version"), _("Signed"), _("By"), _("With"), "SHA-256")
    names = ("version", "signed", "signed_by", "countersigned_by", "sha256")
    output.table(heads, [[row[name] for name in names] for row in rows])


def _show_differences(found: "tuple[Difference, ...]", *, json_: bool) -> None:
    if json_:
        output.items_as_json([_difference(one) for one in found])
        return
    for one in found:
        output.say(_words(one))


def _difference(one: "Difference") -> dict[str, object]:
    return {
        "what": one.what,
        "kind": one.kind,
        "id": one.id,
        "label": one.label,
        "strand": one.strand or None,
        "fields": {name: {"before": old, "after": new} for name, old, new in one.fields},
    }


def _words(one: "Difference") -> str:
    from ocgdesk.domain.reference_data import label

    signs = {"added": "+", "removed": "-", "changed": "~"}
    fields = ", ".join(name for name, _old, _new in one.fields)
    words = f"{signs[one.what]} {label('kinds', one.kind.value)}: {one.label}"
    return f"{words} ({fields})" if fields else words


def _plain(made: "Agenda") -> dict[str, object]:
    return {
        "plan": made.plan.ref,
        "status": made.plan.status,
        "version": made.plan.number,
        "last_review": made.last.held if made.last else None,
        "next_due": made.next_due,
        "changed": [_difference(one) for one in made.changed],
        "checks": [
            {"code": one.code, "words": one.words, "blocks": one.blocks} for one in made.checks
        ],
        "late": [one.ref for one in made.late],
        "sha256": made.digest,
    }


def _print(made: "Agenda") -> None:
    from ocgdesk.domain.dates import shown
    from ocgdesk.domain.reference_data import label

    status = label("plan-statuses", made.plan.status)
    told = _("{ref}, version {n}, {status}; next review {day}")
    day = shown(made.plan.review_due or made.next_due)
    output.say(told.format(ref=made.plan.ref, n=made.plan.number, status=status.lower(), day=day))
    output.say(_("Changed since it was last signed: {n}").format(n=len(made.changed)))
    for one in made.changed:
        output.say(f"  {_words(one)}")
    for check in made.checks:
        sign = _("In the way") if check.blocks else _("Warning")
        output.say(f"{sign}: {check.words}")
    for action in made.late:
        due = shown(action.due) if action.due else ""
        output.say(_("Late: {what}, due {day}").format(what=action.title, day=due))


# ---- Suggestions --------------------------------------------------------------------------------


@click.command()
@on_workspace
@click.argument("ref")
@click.option("--accept", "accept", type=int, default=0, help="Make number N an action.")
@click.option("--dismiss", "dismiss", type=int, default=0, help="Set number N aside.")
@click.option("--reason", default="", help="Why it is set aside; kept with the plan.")
@session.as_json_option
def suggest(way: Way, ref: str, *, accept: int, dismiss: int, reason: str, json_: bool) -> None:
    """List what the records of the OCG REF suggest for its plan; accept or dismiss one."""
    from ocgdesk.casework import suggestions

    today = session.today()
    with way.opened() as workspace:
        with workspace.reading() as reader:
            plan = _plan_of(reader, ref)
            found = suggestions.of_plan(reader, plan, today=today)
        if accept or dismiss:
            chosen = _chosen(found, accept or dismiss)
            act = partial(suggestions.dismiss, reason=reason) if dismiss else suggestions.accept
            label = "Dismiss suggestion" if dismiss else "Accept suggestion"
            with workspace.work(label) as done:
                act(done.work, plan.id, chosen, today=today)
            _say_answer(numbers(done.changes), chosen, json_=json_)
            return
    _list(found, json_=json_)


def _chosen(found: "tuple[Suggestion, ...]", number: int) -> "Suggestion":
    if not 0 < number <= len(found):
        raise Refused(
            _("There is no suggestion {n}; there are {all}").format(n=number, all=len(found))
        )
    return found[number - 1]


def _say_answer(done: dict[str, int | None], one: "Suggestion", *, json_: bool) -> None:
    if json_:
        output.as_json(done | {"rule": one.rule, "about": one.about.ref})
        return
    output.say(one.title)


def _list(found: "tuple[Suggestion, ...]", *, json_: bool) -> None:
    from ocgdesk.domain.reference_data import label

    if json_:
        output.items_as_json(
            [
                {"rule": one.rule, "about": one.about.ref, "words": one.words}
                | {"title": one.title, "strand": one.strand, "tactic": one.tactic or None}
                for one in found
            ]
        )
        return
    rows = [
        (number, label("strands", one.strand), one.words, one.title)
        for number, one in enumerate(found, 1)
    ]
    output.table(("", _("Strand"), _("What the records say"), _("Action")), rows)


# ---- Coverage -----------------------------------------------------------------------------------


@click.command()
@on_workspace
@click.option("--force", "forces", multiple=True, help="Only OCGs this force or ROCU owns.")
@session.as_json_option
def coverage(way: Way, *, forces: tuple[str, ...], json_: bool) -> None:
    """Say what the plans of a force reach, by strand and by what live actions touch."""
    from ocgdesk.casework import coverage as cases
    from ocgdesk.domain.reference_data import code_list

    known = code_list("agencies")
    codes = tuple(dict.fromkeys(known.parse(text) for text in forces))
    with way.opened() as workspace, workspace.reading() as reader:
        found = cases.of_force(reader, codes, today=session.today(), progress=session.progress())
    if json_:
        output.as_json(_plain_coverage(found, codes))
        return
    _print_coverage(found)


def _plain_coverage(found: "ForceCoverage", forces: tuple[str, ...]) -> dict[str, object]:
    return {
        "items": [_plain_row(row) for row in found.rows],
        "strands": [_plain_state(one) for one in found.strands],
        "touched": _plain_touches(found),
        "empty": {strand.value: n for strand, n in found.empty.items()},
        "stale": {strand.value: n for strand, n in found.stale.items()},
        "without_plan": found.without_plan,
        "as_at": None,
        "filters": {"force": list(forces)} if forces else {},
        "withheld": None,
    }


def _plain_row(row: "OcgCoverage") -> dict[str, object]:
    from ocgdesk.casework import present

    return present.brief(row.ocg) | {
        "has_plan": row.has_plan,
        "strands": [_plain_state(one) for one in row.strands],
        "touched": _plain_touches(row),
    }


def _plain_state(one: "StrandState") -> dict[str, object]:
    return {
        "strand": one.strand.value,
        "live": one.live,
        "done": one.done,
        "outcomes": one.outcomes,
        "last": one.last,
        "stale": one.is_stale,
        "not_applicable": one.is_excused,
    }


def _plain_touches(of: "ForceCoverage | OcgCoverage") -> dict[str, object]:
    return {one.what.value: {"touched": one.touched, "of": one.total} for one in of.touches}


def _print_coverage(found: "ForceCoverage") -> None:
    from ocgdesk.casework.coverage import CAVEAT
    from ocgdesk.domain.charts import FIXED_LINE
    from ocgdesk.domain.reference_data import label

    rows = [
        (
            label("strands", one.strand.value),
            one.live,
            one.done,
            one.outcomes,
            found.empty[one.strand],
            found.stale[one.strand],
        )
        for one in found.strands
    ]
    heads = (_("Strand"), _("Live"), _("Done"), _("Outcomes told"), _("Empty in"), _("Stale in"))
    output.table(heads, rows)
    for touch in found.touches:
        told = _("{what}: {n} of {all} touched by a live action")
        output.say(told.format(what=touch.what.value, n=touch.touched, all=touch.total))
    told = _("{n} active OCGs, {m} without a plan")
    output.say(told.format(n=len(found.rows), m=found.without_plan))
    for sentence in (CAVEAT, FIXED_LINE):
        output.say(_(sentence))
