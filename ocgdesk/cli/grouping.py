"""Groups found in the links, beside the OCGs on record: ``groups``."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import asking, keeping, output, session
from ocgdesk.cli.analysing import SHOWN, narrows, scope_of
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from ocgdesk.casework.groups import Group, Groups, Question
    from ocgdesk.store.reader import Reader
    from ocgdesk.store.records import Brief

_METHODS = ("leiden", "louvain", "clusters", "cliques")
_NAMED = 6
"""People of one group who are named on one line."""


@click.command()
@on_workspace
@narrows
@click.option("--method", type=click.Choice(_METHODS), default="leiden", show_default=True)
@click.option("--binding", type=click.IntRange(min=1), default=2, help="Of clusters: the least.")
@click.option("--top", type=click.IntRange(min=1), help="Only so many, the largest.")
@keeping.keep_option
@session.as_json_option
def groups(
    way: Way,
    limits: dict[str, Any],
    *,
    top: int | None,
    keep: str,
    json_: bool,
    **asked: Any,
) -> None:
    """Find groups in the links and say where the OCGs on record look otherwise."""
    from ocgdesk.casework import groups as cases
    from ocgdesk.casework import result_tables

    most = top or (None if json_ else SHOWN)
    with way.opened() as workspace:
        with workspace.reading() as reader:
            material = cases.gather(reader, _question(reader, limits, asked))
        found = cases.in_numbers(cases.compute(material, session.progress()))
        with workspace.reading() as reader:
            told = cases.named(reader, found, most)
        owner = keeping.owner_of(found.question.scope)
        keeping.keep(workspace, result_tables.of_groups(found, told, owner=owner), keep)
    if json_:
        output.as_json(_plain(found, told, most) | {"filters": _filters(limits, asked, top)})
    else:
        _print(found, told, most)


def _question(reader: "Reader", limits: dict[str, Any], asked: dict[str, Any]) -> "Question":
    from ocgdesk.casework.groups import Question
    from ocgdesk.casework.network_evidence import Without
    from ocgdesk.graph.communities import Method
    from ocgdesk.graph.ties import Options, Weights

    return Question(
        scope=scope_of(reader, limits),
        method=Method(asked["method"]),
        options=Options(weights=Weights(asked["weights"])),
        without=tuple(Without.parse(text) for text in asked["without"]),
        binding=asked["binding"],
    )


def _filters(limits: dict[str, Any], asked: dict[str, Any], top: int | None) -> dict[str, Any]:
    given = {**limits, **asked, "top": top}
    named = {name: list(v) if isinstance(v, tuple) else v for name, v in given.items()}
    return {name: value for name, value in named.items() if value or value == 0}


Known = dict[int, "Brief"]


# ---- Told to programs ----------------------------------------------------------------------------


def _plain(found: "Groups", known: Known, most: int | None) -> dict[str, Any]:
    return {
        "items": [_group(one, known) for one in found.groups[:most]],
        "groups": len(found.groups),
        "method": found.question.method.value,
        "modularity": found.modularity,
        "comparison": _comparison(found, known, most),
        "settings": list(found.settings),
        "notes": list(found.notes),
        "resting": list(found.resting),
        "caveats": list(found.caveats),
        "read_at": found.read_at,
        "as_at": asking.told_as_at(found.question.scope.as_at),
        "withheld": None,
    }


def _group(one: "Group", known: Known) -> dict[str, Any]:
    from ocgdesk.domain.marking import highest

    members = [known[no] for no in one.items if no in known]
    marking = highest(brief.marking for brief in members) if members else None
    return {
        "id": f"group-{one.number}",
        "ref": None,
        "kind": "group",
        "label": _("Group {n}").format(n=one.number),
        "marking": marking.value if marking else None,
        "size": len(one.items) + one.safeguarded,
        "safeguarded": one.safeguarded,
        "binding": one.binding,
        "members": _briefs(one.items, known),
        "ocgs": [_brief(ocg, known) | {"members": n} for ocg, n in one.ocgs if ocg in known],
    }


def _brief(no: int | None, known: Known) -> dict[str, Any]:
    from ocgdesk.casework import present

    return present.brief(known[no]) if no in known else {}


def _briefs(nos: Iterable[int], known: Known) -> list[dict[str, Any]]:
    return [_brief(no, known) for no in nos if no in known]


def _comparison(found: "Groups", known: Known, most: int | None) -> dict[str, Any] | None:
    said = found.comparison
    if said is None:
        return None
    return {
        "agreement": said.agreement,
        "compared": said.compared,
        "elsewhere": [
            {
                "person": _brief(one.person, known),
                "ocg": _brief(one.ocg, known),
                "group_of_ocg": one.home + 1,
                "group": one.sits + 1,
                "near": _brief(one.near, known) or None,
                "ties_to_ocg": one.ties_home,
                "ties_to_group": one.ties_there,
            }
            for one in said.elsewhere[:most]
        ],
        "in_none": [
            {
                "person": _brief(one.person, known),
                "near": _brief(one.near, known),
                "ties": one.ties,
            }
            for one in said.unmapped[:most]
        ],
        "look_like_one": [
            {
                "one": _brief(one.one, known),
                "other": _brief(one.other, known),
                "ties": one.ties,
                "shared_members": one.shared,
                "nearness": one.nearness,
            }
            for one in said.alike[:most]
        ],
        "look_like_two": [
            {
                "ocg": _brief(one.ocg, known),
                "here": _briefs(one.here, known),
                "there": _briefs(one.there, known),
                "ties": one.ties,
            }
            for one in said.parted[:most]
        ],
    }


# ---- Told to people ------------------------------------------------------------------------------


def _print(found: "Groups", known: Known, most: int | None) -> None:
    for line in found.settings:
        output.say(line)
    output.say()
    shown = found.groups[:most]
    if shown:
        headings = [_("Group"), _("Size"), _("Binding"), _("OCGs on record"), _("Members")]
        rows = [_row(one, known) for one in shown]
        cut = 3 if any(one.binding for one in shown) else 2
        output.table([*headings[:cut], *headings[3:]], [[*row[:cut], *row[3:]] for row in rows])
    count = len(found.groups)
    output.say(ngettext("{n:,} group", "{n:,} groups", count).format(n=count))
    for line in _sentences(found, known, most):
        output.say(line)
    output.say()
    for line in (*found.notes, *found.resting, *found.caveats):
        output.say(line)


def _row(one: "Group", known: Known) -> list[object]:
    ocgs = [f"{known[ocg].label} ({n})" for ocg, n in one.ocgs[:3] if ocg in known]
    names = [known[no].label for no in one.items[:_NAMED] if no in known]
    more = "…" if len(one.items) > _NAMED else ""
    size = len(one.items) + one.safeguarded
    return [one.number, size, one.binding, ", ".join(ocgs), ", ".join(names) + more]


def _sentences(found: "Groups", known: Known, most: int | None) -> list[str]:
    said = found.comparison
    if said is None:
        return []
    lines = _agreement(said.agreement, said.compared)
    lines += _part(_("Sits with others than the rest of their OCG"), _elsewhere(said, known), most)
    lines += _part(_("In no OCG, and tied to members of one"), _in_none(said, known), most)
    lines += _part(_("Two OCGs that look like one"), _alike(said, known), most)
    return lines + _part(_("One OCG that looks like two"), _parted(said, known), most)


def _agreement(agreement: float | None, compared: int) -> list[str]:
    if agreement is None:
        return [_("Too few people are in one OCG on record to compare the groups with it.")]
    told = _("Over {n:,} people in one OCG each, groups and record agree to {share:.2f} of 1.")
    return [told.format(n=compared, share=agreement)]


def _part(heading: str, lines: Sequence[str], most: int | None) -> list[str]:
    if not lines:
        return []
    cut = [_("… and {n:,} more").format(n=len(lines) - most)] if most and len(lines) > most else []
    return ["", f"{heading}: {len(lines):,}", *(f"  {line}" for line in (*lines[:most], *cut))]


def _elsewhere(said: Any, known: Known) -> list[str]:
    told = _(
        "{person}, recorded in {ocg}: ties to its members: {home}; where they sit: {there}{near}"
    )
    return [
        told.format(
            person=_name(one.person, known),
            ocg=_name(one.ocg, known),
            home=one.ties_home,
            there=one.ties_there,
            near=f" ({_name(one.near, known)})" if one.near in known else "",
        )
        for one in said.elsewhere
    ]


def _in_none(said: Any, known: Known) -> list[str]:
    told = _("{person}: ties to members of {ocg}: {n}")
    return [
        told.format(person=_name(one.person, known), n=one.ties, ocg=_name(one.near, known))
        for one in said.unmapped
    ]


def _alike(said: Any, known: Known) -> list[str]:
    told = _("{one} and {other}: ties between their members: {n}; members of both: {shared}")
    return [
        told.format(
            one=_name(one.one, known), other=_name(one.other, known), n=one.ties, shared=one.shared
        )
        for one in said.alike
    ]


def _parted(said: Any, known: Known) -> list[str]:
    told = _("{ocg}: {here} members and {there} members; ties between them: {n}")
    return [
        told.format(ocg=_name(one.ocg, known), here=len(one.here), there=len(one.there), n=one.ties)
        for one in said.parted
    ]


def _name(no: int, known: Known) -> str:
    brief = known.get(no)
    return f"{brief.label} ({brief.ref})" if brief is not None and brief.ref else "–"
