"""What if somebody were removed: ``whatif``, options side by side."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import asking, keeping, output, session
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.results import Draft
    from ocgdesk.casework.what_if import Answer, Case, Option
    from ocgdesk.graph.removal import Curve
    from ocgdesk.store.reader import Reader
    from ocgdesk.store.records import Brief
    from ocgdesk.store.workspace import Workspace

GOALS = ("fragmentation", "reach")
REMOVABLE = ("nominal", "handle", "county-line")
_NAMED = 8
"""Records named in a table before only their number is told."""


@click.command()
@on_workspace
@click.argument("more", metavar="[REF]...", nargs=-1)
@click.option("--remove", multiple=True, metavar="REF", help="Remove this one; several if need.")
@click.option("--or", "others", multiple=True, metavar="REF,…", help="Another set, side by side.")
@click.option("--best", type=click.IntRange(1, 50), help="Find the best so many.")
@click.option("--for", "goal", type=click.Choice(GOALS), default=GOALS[0], show_default=True)
@click.option("--rank", "ranked", type=click.Choice(REMOVABLE), default=REMOVABLE[0])
@click.option("--curve", type=click.Choice(("betweenness", "degree")), help="Remove one by one.")
@click.option("--scope", default="all", help="all, ocg:REF, chart:NAME or refs:A,B.")
@click.option("--hops", type=click.IntRange(0, 4), default=1, help="How far beyond the scope.")
@click.option("--to-plan", default="", metavar="REF", help="Add the first set to this OCG's plan.")
@session.as_at_option
@session.on_option
@keeping.keep_option
@session.as_json_option
def whatif(way: Way, *, as_at: str, json_: bool, to_plan: str, keep: str, **asked: Any) -> None:
    """Say what would be left if records were removed: no prediction, only what is recorded.

    People recorded as exploited and anyone who may be under 18 are never ranked or removed.
    """
    asked["as_at"] = as_at
    asked["remove"] = (*asked["remove"], *asked.pop("more"))
    if asked["curve"]:
        _curve(way, asked, json_=json_)
        return
    if not (asked["remove"] or asked["best"]):
        raise click.UsageError(_("say whom to remove: --remove REF, or --best 5"))
    with way.opened() as workspace:
        with workspace.reading() as reader:
            case, answer = _answer(reader, asked)
        if to_plan:
            _to_plan(workspace, to_plan, answer.options[0])
        keeping.keep(workspace, _draft(case, answer), keep)
    if json_:
        output.as_json(_plain(case, answer) | {"filters": _filters(asked)})
    else:
        _print(answer)


def _draft(case: "Case", answer: "Answer") -> "Draft":
    from ocgdesk.casework import result_tables

    return result_tables.of_what_if(
        answer,
        spec=case.spec,
        nos=case.walked.nodes.tolist(),
        read_at=case.read_at,
        owner=keeping.owner_of(case.spec),
    )


def _filters(asked: dict[str, Any]) -> dict[str, Any]:
    names = ("remove", "others", "best", "goal", "ranked", "scope", "hops", "on", "curve")
    return {name: asked[name] for name in names if asked[name]}


def _case(reader: "Reader", asked: dict[str, Any]) -> "Case":
    from dataclasses import replace

    from ocgdesk.casework import network_scope, what_if

    scope = network_scope.parse(reader, asked["scope"])
    day = session.day_of(asked["on"])
    spec = replace(
        scope, hops=asked["hops"], since=day, until=day, as_at=asking.moment(asked["as_at"])
    )
    return what_if.read(reader, spec, on=day or session.today())


def _answer(reader: "Reader", asked: dict[str, Any]) -> tuple["Case", "Answer"]:
    from ocgdesk.casework import what_if
    from ocgdesk.domain.kinds import Kind

    case, progress = _case(reader, asked), session.progress()
    named = [asked["remove"], *(text.split(",") for text in asked["others"])]
    sets = [_ids(reader, some) for some in named if some]
    if asked["best"] is None:
        return case, what_if.compare(reader, case, sets, progress=progress)
    kind = Kind(asked["ranked"])
    found = what_if.best(case, asked["best"], asked["goal"], kind=kind, progress=progress)
    return case, what_if.compare_found(reader, case, found, sets)


def _ids(reader: "Reader", refs: Sequence[str]) -> list[UUID]:
    from ocgdesk.store import records

    return [records.resolve(reader, ref).id for ref in refs if ref.strip()]


def _curve(way: Way, asked: dict[str, Any], *, json_: bool) -> None:
    from ocgdesk.casework import network_scope, what_if

    with way.opened() as workspace, workspace.reading() as reader:
        case = _case(reader, asked)
        found = what_if.curve(case, asked["curve"], progress=session.progress())
        reader.saw("Removal curve", found.removed)
        held = network_scope.source_at(reader, case.spec.as_at)
        briefs = {brief.no: brief for brief in held.briefs(found.removed)}
    rows = list(_curve_rows(found, briefs))
    if json_:
        at = asking.as_at_words(asked["as_at"])
        said = {"caveats": what_if.curve_caveats(), "as_at": at, "withheld": None}
        output.as_json({"items": rows, **said, "filters": _filters(asked)})
        return
    shown = [(row["removed"], row["ref"], row["label"], row["largest"]) for row in rows]
    shown = [(n, ref or "", name or "", f"{share:.1%}") for n, ref, name, share in shown]
    output.table([_("Removed"), _("Reference"), _("Name"), _("Largest part left")], shown)
    _say(what_if.curve_caveats())


def _curve_rows(found: "Curve", briefs: dict[int, "Brief"]) -> Iterator[dict[str, Any]]:
    from ocgdesk.casework import present

    nothing = {"id": None, "ref": None, "kind": None, "label": None, "marking": None}
    for number, share in enumerate(found.largest):
        who = present.brief(briefs[found.removed[number - 1]]) if number else nothing
        yield who | {"removed": number, "largest": share}


def _to_plan(workspace: "Workspace", ref: str, option: "Option") -> None:
    from ocgdesk.casework import what_if
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.people import Right
    from ocgdesk.errors import Refused
    from ocgdesk.store import planning, records

    with workspace.reading() as reader:
        brief = records.resolve(reader, ref)
        plan = planning.plan_of(reader, brief.id) if brief.kind is Kind.OCG else None
    if plan is None:
        raise Refused(_("{ref} is no OCG with a 4P plan").format(ref=ref[:60]))
    with workspace.work("Add objectives", right=Right.PLAN) as done:
        what_if.add_objectives(done.work, plan.id, option)


def _plain(case: "Case", answer: "Answer") -> dict[str, Any]:
    from ocgdesk.casework import present

    first = answer.options[0]
    items = [present.brief(brief) for brief in first.removed]
    if answer.found is not None:
        name, after = answer.found.goal, answer.found.after
        items = [
            item | {"rank": n, name: value}
            for n, (item, value) in enumerate(zip(items, after, strict=True), 1)
        ]
    return {
        "items": items,
        "options": [_option(option) for option in answer.options],
        "bound": answer.found.bound if answer.found else None,
        "definition": answer.definition,
        "resting": list(answer.resting),
        "scope": answer.scope,
        "not_ranked": len(case.safeguarded),
        "caveats": list(answer.caveats),
        "as_at": asking.told_as_at(case.spec.as_at),
        "withheld": None,
    }


def _option(option: "Option") -> dict[str, Any]:
    from dataclasses import asdict

    from ocgdesk.casework import present
    from ocgdesk.casework.consequences import CANDIDATES

    told = option.consequences
    return {
        "removed": [present.brief(brief) for brief in option.removed],
        "before": asdict(option.effect.before),
        "after": asdict(option.effect.after),
        "pairs_cut": option.effect.pairs_cut,
        "cut_off": len(option.effect.cut_off),
        "groups": [
            present.brief(g.ocg)
            | {"members": g.members, "members_left": g.left, "principals": g.principals}
            | {"principals_left": g.principals_left, "cut_off": g.is_cut_off}
            for g in told.groups
        ],
        "county_lines_without_holder": [present.brief(brief) for brief in told.lines],
        "commodities_without_dealer": [present.brief(brief) for brief in told.commodities],
        "fallen_out": [present.brief(brief) for brief in told.fallen],
        "candidates_are": _(CANDIDATES),
        "candidates": [
            present.brief(c.who)
            | {"instead_of": c.instead_of.ref, "shared": len(c.shared), "reason": c.reason}
            | {"same_role": c.same_role or None, "in_custody": c.in_custody}
            for c in told.candidates
        ],
        "left_unprotected": [
            present.brief(u.who)
            | {"linked_to": [brief.ref for brief in u.linked_to], "words": u.words}
            | {"exploited_by": [brief.ref for brief in u.exploited_by]}
            | {"actions": [action.ref for action in u.actions]}
            for u in told.unprotected
        ],
        "brought_into_contact": [
            {"one": present.brief(c.one), "two": present.brief(c.two), "rivals": c.rivals}
            | {"through": c.through.ref}
            for c in told.contacts
        ],
    }


def _print(answer: "Answer") -> None:
    from ocgdesk.casework.consequences import CANDIDATES

    if answer.found is not None and answer.found.goal == "reach":
        reached = _("Option 1 reaches {n:,.0f} of {all:,} people.")
        counted = answer.options[0].effect.before.counted
        output.say(reached.format(n=answer.found.after[-1], all=counted))
    output.table(
        [_("What"), *(_("Option {n}").format(n=n) for n in range(1, len(answer.options) + 1))],
        list(_rows(answer)),
    )
    for number, option in enumerate(answer.options, 1):
        output.say()
        told = option.consequences
        output.say(_("Option {n}: without {refs}").format(n=number, refs=option.refs))
        _list(_("Left unprotected"), [(u.who.ref, u.words) for u in told.unprotected])
        _list(
            _("Step in? These are {what}").format(what=_(CANDIDATES)),
            [(f"{c.instead_of.ref} → {c.who.ref}", c.reason) for c in told.candidates],
        )
        _list(
            _("Brought into contact"),
            [
                (f"{c.one.label} – {c.two.label}", _contact(c.through.ref, rivals=c.rivals))
                for c in told.contacts
            ],
        )
    asked = _("Asked of {scope}.").format(scope=answer.scope)
    _say((answer.definition, asked, *answer.resting, *answer.caveats))


def _contact(through: str, *, rivals: bool) -> str:
    words = _("whoever steps in for {ref} meets both").format(ref=through)
    return _("{words}; they are recorded as rivals").format(words=words) if rivals else words


def _rows(answer: "Answer") -> Iterator[tuple[str, ...]]:
    options = answer.options
    yield _("Removed"), *(_some([b.ref or b.label for b in o.removed]) for o in options)
    yield (
        _("Fragmentation"),
        *(
            f"{o.effect.before.fragmentation:.4f} → {o.effect.after.fragmentation:.4f}"
            for o in options
        ),
    )
    yield (
        _("Largest part"),
        *(f"{o.effect.before.largest:,} → {o.effect.after.largest:,}" for o in options),
    )
    yield _("Pairs cut off"), *(f"{o.effect.pairs_cut:,}" for o in options)
    yield _("Left on their own"), *(f"{o.effect.after.alone:,}" for o in options)
    yield (
        _("OCGs without a leader"),
        *(_some([g.ocg.label for g in o.consequences.groups if g.is_cut_off]) for o in options),
    )
    for heading, name in (
        (_("Lines without a holder"), "lines"),
        (_("Commodities without a dealer"), "commodities"),
        (_("Lines, handles cut off"), "fallen"),
    ):
        yield heading, *(_some([b.label for b in getattr(o.consequences, name)]) for o in options)
    yield _("Left unprotected"), *(str(len(o.consequences.unprotected)) for o in options)


def _some(names: Sequence[str]) -> str:
    if len(names) > _NAMED:
        return _("{n} of them").format(n=len(names))
    return ", ".join(names) or _("none")


def _list(heading: str, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        output.say(heading)
        for what, words in rows:
            output.say(f"  {what}: {words}")


def _say(lines: Sequence[str]) -> None:
    output.say()
    for line in lines:
        output.say(line)
