"""Who and what stands out in a network, how sure that is, and which groups there are."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import asking, keeping, output, session
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.domain.figures import figure
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from ocgdesk.casework.analysis import Analysis, Question, Standing, TieStanding
    from ocgdesk.casework.network_scope import Scope
    from ocgdesk.store.reader import Reader
    from ocgdesk.store.records import Brief

SHOWN = 20
"""Rows a person is shown unless they ask for more."""
_KINDS = tuple(kind.value for kind in SUBJECTS)
_STRENGTHS = ("confirmed", "unconfirmed", "tentative")
_WEIGHTS = ("none", "strength", "distance")
_MEANING = "What a weight says: nothing, more is closer, or more is farther."
_LIMITS = ("scope", "hops", "kinds", "types", "strength", "on", "as_at")


def narrows(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say which records and links count, as ``limits``."""

    @click.option("--scope", default="all", help="all, ocg:REF, chart:NAME or refs:A,B.")
    @click.option("--hops", type=click.IntRange(0, 4), help="How far beyond the scope.")
    @click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Only these.")
    @click.option("--type", "types", multiple=True, help="Only links of this type.")
    @click.option("--strength", type=click.Choice(_STRENGTHS), help="Only links this sure.")
    @click.option("--without", multiple=True, help="untested, tentative or source:X.")
    @click.option("--weights", type=click.Choice(_WEIGHTS), default="none", help=_MEANING)
    @session.as_at_option
    @session.on_option
    @wraps(command)
    def run(**rest: Any) -> Any:
        limits = {name: rest.pop(name) for name in _LIMITS}
        return command(limits=limits, **rest)

    return run


@click.command()
@on_workspace
@narrows
@click.option("--measure", "measures", multiple=True, help="A measure by name, or all.")
@click.option("--directed", is_flag=True, help="Follow the direction of links.")
@click.option("--keep-parallel", is_flag=True, help="Keep parallel links apart.")
@click.option("--normalised", is_flag=True, help="Divide by the most there could be.")
@click.option("--rank", "ranked", multiple=True, type=click.Choice(_KINDS), help="Rank only these.")
@click.option("--no-bands", is_flag=True, help="Do not ask how sure the ranking is.")
@click.option("--top", type=click.IntRange(min=1), help="Only so many, the highest.")
@keeping.keep_option
@session.as_json_option
def analyse(
    way: Way,
    limits: dict[str, Any],
    *,
    top: int | None,
    keep: str,
    json_: bool,
    **asked: Any,
) -> None:
    """Say who and what stands out: measures of a network, with how sure the ranking is.

    As in i2: direction is ignored, parallel links are merged, nothing is weighted or normalised
    unless asked for.
    """
    from ocgdesk.casework import analysis, result_tables

    most = top or (None if json_ else SHOWN)
    with way.opened() as workspace:
        with workspace.reading() as reader:
            material = analysis.gather(reader, _question(reader, limits, asked))
        # Nothing of the file is held while the arithmetic goes on.
        found = analysis.compute(material, session.progress())
        with workspace.reading() as reader:
            at = found.question.scope.as_at
            rows = analysis.named(reader, analysis.standing(found, most), at)
            ties = _ends(reader, analysis.ties(found, most), at)
        owner = keeping.owner_of(found.question.scope)
        keeping.keep(workspace, result_tables.of_measures(found, rows, owner=owner), keep)
    if json_:
        filters = _filters(limits, asked) | ({"top": top} if top else {})
        output.as_json(_plain(found, rows, ties) | {"filters": filters})
    else:
        _print(found, rows, ties)


def _question(reader: "Reader", limits: dict[str, Any], asked: dict[str, Any]) -> "Question":
    from ocgdesk.casework.analysis import Question
    from ocgdesk.casework.network_evidence import Without
    from ocgdesk.graph.ties import Options, Weights

    return Question(
        scope=scope_of(reader, limits),
        measures=_measures(asked["measures"]),
        options=Options(
            directed=asked["directed"],
            weights=Weights(asked["weights"]),
            parallel=asked["keep_parallel"],
            normalised=asked["normalised"],
        ),
        without=tuple(Without.parse(text) for text in asked["without"]),
        ranked=tuple(Kind(kind) for kind in asked["ranked"]),
        sure=not asked["no_bands"],
    )


def _measures(names: Sequence[str]) -> tuple[str, ...]:
    from ocgdesk.graph.definitions import DEFINITIONS, USUAL, definition

    if "all" in names:
        # What i2 shows first stays first, and decides the order.
        return tuple(dict.fromkeys((*USUAL, *DEFINITIONS)))
    return tuple(definition(name).name for name in names) or USUAL


def scope_of(reader: "Reader", limits: dict[str, Any]) -> "Scope":
    """Return the part of the register that the options name."""
    from ocgdesk.casework import network_scope
    from ocgdesk.domain.reference_data import code_list

    day, hops = session.day_of(limits["on"]), limits["hops"]
    found = network_scope.parse(reader, limits["scope"])
    return replace(
        found,
        hops=found.hops if hops is None else hops,
        kinds=tuple(Kind(kind) for kind in limits["kinds"]),
        types=tuple(code_list("link-types").parse(name) for name in limits["types"]),
        strength=limits["strength"] or "",
        since=day,
        until=day,
        as_at=asking.moment(limits["as_at"]),
    )


def _filters(limits: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """Return the options as they are repeated beside the answer."""
    given = {**limits, **asked}
    named = {name: list(v) if isinstance(v, tuple) else v for name, v in given.items()}
    return {name: value for name, value in named.items() if value or value == 0}


def _ends(
    reader: "Reader", ties: Sequence["TieStanding"], at: "datetime | None"
) -> list[tuple["Brief", "Brief", "TieStanding"]]:
    from ocgdesk.casework import network_scope

    nos = list({no for tie in ties for no in (tie.source, tie.target)})
    known = {brief.no: brief for brief in network_scope.source_at(reader, at).briefs(nos)}
    there = [tie for tie in ties if {tie.source, tie.target} <= known.keys()]
    return [(known[tie.source], known[tie.target], tie) for tie in there]


# ---- Told to programs ----------------------------------------------------------------------------


def _plain(found: "Analysis", rows: Any, ties: Any) -> dict[str, Any]:
    from ocgdesk.casework import present

    collection = found.collection
    return {
        "items": [_item(present.brief(brief), row) for brief, row in rows],
        "links": [
            {"source": present.brief(a), "target": present.brief(b), "links": tie.links}
            | tie.values
            for a, b, tie in ties
        ],
        "ranked_by": found.order or None,
        "measures": {name: _defined(name, one.note) for name, one in found.scores.items()},
        "refused": found.refused,
        "network": asdict(found.shape),
        "bands": _bands(found),
        "collection": collection
        and {"correlation": _number(collection.correlation), "sentence": collection.sentence},
        "settings": list(found.settings),
        "notes": list(found.notes),
        "caveats": list(found.caveats),
        "read_at": found.read_at,
        "fingerprint": found.fingerprint,
        "as_at": asking.told_as_at(found.question.scope.as_at),
        "withheld": None,
    }


def _item(item: dict[str, Any], row: "Standing") -> dict[str, Any]:
    item |= {"rank": row.rank or None, "best": row.best or None, "worst": row.worst or None}
    item |= {"worst_is": row.worst_is or None, "reports": row.reports}
    return item | {
        "reports_share": row.reports_share,
        "reports_rank": row.reports_rank or None,
        **row.values,
    }


def _defined(name: str, note: str) -> dict[str, Any]:
    from ocgdesk.graph.definitions import definition

    meant = definition(name)
    return {
        "title": _(meant.title),
        "sentence": _(meant.sentence),
        "caveat": _(meant.caveat),
        "unreachable": _(meant.unreachable),
        "scale": _(meant.scale),
        "normalised": _(meant.normalised),
        "weights": meant.weights.value,
        "reference": meant.reference,
        "sampled": note or None,
    }


def _bands(found: "Analysis") -> dict[str, Any] | None:
    if found.bands is None:
        return None
    return {"tried": list(found.bands.tried), "undecided": list(found.bands.undecided)}


def _number(value: float) -> float | None:
    return value if value == value else None  # noqa: PLR0124 - NaN alone differs from itself


# ---- Told to people ------------------------------------------------------------------------------


def _print(found: "Analysis", rows: Any, ties: Any) -> None:
    from ocgdesk.graph.definitions import definition

    output.say("; ".join(found.settings))
    output.say(_shape(found))
    output.say()
    if rows:
        _print_rows(found, rows)
    if ties:
        _print_ties(ties)
    for meant in map(definition, found.scores):
        output.say(f"{_(meant.title)}: {_(meant.sentence)} {_(meant.caveat)}")
    for reason in found.refused.values():
        output.say(reason)
    output.say()
    if found.collection is not None:
        output.say(found.collection.sentence)
    for line in (*found.notes, *found.caveats):
        output.say(line)


def _shape(found: "Analysis") -> str:
    shape = found.shape
    told = _(
        "Items: {nodes:,}; ties: {ties:,} (links: {links:,}); parts: {components:,}, the largest "
        "of {largest:,}; density: {density}"
    )
    return told.format(
        nodes=shape.nodes,
        ties=shape.ties,
        links=shape.links,
        components=shape.components,
        largest=shape.largest_component,
        density=figure(shape.density),
    )


def _print_rows(found: "Analysis", rows: Any) -> None:
    from ocgdesk.domain.reference_data import label
    from ocgdesk.graph.definitions import definition

    names = list(rows[0][1].values)
    titles = [_(definition(name).title) for name in names]
    headings = [_("Rank"), _("Band"), _("Reference"), _("What"), _("Kind"), *titles, _("Reports")]
    output.table(
        headings,
        [
            [
                *(row.rank or "–", _band(row), brief.ref, brief.label),
                label("kinds", brief.kind.value),
                *(figure(row.values[name]) for name in names),
                row.reports,
            ]
            for brief, row in rows
        ],
    )
    if found.bands is not None and found.bands.tried:
        output.say(_("Band: the ranks it takes {variants}.").format(variants=_tried(found)))
    output.say()


def _tried(found: "Analysis") -> str:
    tried = found.bands.tried if found.bands is not None else ()
    return f"{', '.join(tried[:-1])} {_('or')} {tried[-1]}" if len(tried) > 1 else tried[0]


def _band(row: "Standing") -> str:
    return f"{row.best}–{row.worst}" if row.worst > row.best else str(row.best or "")


def _print_ties(ties: Any) -> None:
    from ocgdesk.graph.definitions import definition

    names = list(ties[0][2].values)
    titles = [_(definition(name).title) for name in names]
    output.table(
        [_("From"), _("To"), _("Links"), *titles],
        [
            [a.label, b.label, tie.links, *(figure(tie.values[name]) for name in names)]
            for a, b, tie in ties
        ],
    )
    output.say()
