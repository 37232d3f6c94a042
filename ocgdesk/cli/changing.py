"""How a network changes: ``change``, by month, quarter or year, or from chart to chart."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import asking, keeping, output, session
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.changing import Course
    from ocgdesk.graph.change import Move, Phase


@click.command()
@on_workspace
@click.option("--scope", "scopes", multiple=True, help="As for analyse; several: one a phase.")
@click.option("--every", type=click.Choice(("month", "quarter", "year")), default="month")
@click.option("--since", default="", help="The first day of interest.")
@click.option("--until", default="", help="The last; today unless told.")
@click.option("--measure", type=click.Choice(("degree", "betweenness")), default="degree")
@session.as_at_option
@keeping.keep_option
@session.as_json_option
def change(way: Way, *, as_at: str, keep: str, json_: bool, **asked: Any) -> None:
    """Show how a network changes over time: who comes and goes, who rises and falls."""
    asked["as_at"] = as_at
    from ocgdesk.casework import network_scope, result_tables

    with way.opened() as workspace:
        with workspace.reading() as reader:
            found = _course(reader, asked)
            scopes = [network_scope.parse(reader, text) for text in asked["scopes"] or ("all",)]
        owner = keeping.owner_of(scopes[0]) if len(scopes) == 1 else None
        whole = any(scope.part is network_scope.Part.ALL for scope in scopes)
        keeping.keep(workspace, result_tables.of_change(found, whole=whole, owner=owner), keep)
    if json_:
        filters = {name: value for name, value in asked.items() if value}
        at = asking.as_at_words(filters.pop("as_at", ""))
        output.as_json(_plain(found) | {"filters": filters, "as_at": at})
    else:
        _print(found)


def _course(reader: Any, asked: dict[str, Any]) -> "Course":
    from ocgdesk.casework import changing, network_scope

    at = asking.moment(asked["as_at"])
    scopes, by, progress = asked["scopes"], asked["measure"], session.progress()
    if len(scopes) > 1:
        if asked["since"] or asked["until"]:
            raise Refused(_("Several scopes are compared as they are: leave out --since, --until"))
        named = [
            (text.partition(":")[2] or text, replace(network_scope.parse(reader, text), as_at=at))
            for text in scopes
        ]
        return changing.from_scopes(reader, named, on=session.today(), by=by, progress=progress)
    return changing.over_time(
        reader,
        replace(network_scope.parse(reader, scopes[0] if scopes else "all"), as_at=at),
        changing.Every(asked["every"]),
        since=session.day_of(asked["since"]),
        until=session.day_of(asked["until"]) or session.today(),
        by=by,
        progress=progress,
    )


def _plain(found: "Course") -> dict[str, Any]:
    from ocgdesk.casework import present

    items = [present.brief(brief) | _ranks(found, no) for no, brief in found.briefs.items()]
    return {
        "items": items,
        "measure": found.by,
        "phases": [_phase(found, at) for at in range(len(found.phases))],
        "undated_links": found.undated,
        "not_ranked": found.not_ranked,
        "settings": list(found.settings),
        "resting": list(found.resting),
        "caveats": list(found.caveats),
        "as_at": None,
        "withheld": None,
    }


def _ranks(found: "Course", no: int) -> dict[str, Any]:
    standings = [phase.standings.get(no) for phase in found.phases]
    return {
        found.by: [standing.value if standing else None for standing in standings],
        "ranks": [standing.rank if standing else None for standing in standings],
    }


def _phase(found: "Course", at: int) -> dict[str, Any]:
    phase = found.phases[at]
    return {
        "name": phase.name,
        "nodes": phase.nodes,
        "pairs": phase.pairs,
        "density": phase.density,
        "fragmentation": phase.fragmentation,
        "largest": phase.largest,
        "joined": len(phase.joined),
        "left": len(phase.gone),
        "turnover": phase.turnover,
        "rose": [_move(found, move) for move in found.rose(at)],
        "fell": [_move(found, move) for move in found.fell(at)],
    }


def _move(found: "Course", move: "Move") -> dict[str, Any]:
    return {"ref": found.briefs[move.no].ref, "before": move.before, "after": move.after}


def _print(found: "Course") -> None:
    headings = [_("Period"), _("Present"), _("Linked pairs"), _("Largest part"), _("Joined")]
    headings += [_("Left"), _("Turnover"), _("Highest"), _("Rose most")]
    output.table(headings, [_row(found, at) for at in range(len(found.phases))])
    output.say()
    for line in (*found.settings, *found.resting, *found.caveats):
        output.say(line)


def _row(found: "Course", at: int) -> tuple[object, ...]:
    phase = found.phases[at]
    rose = found.rose(at)[:1]
    words = [f"{found.briefs[m.no].label} {m.before} → {m.after}" for m in rose]
    turnover = "" if phase.turnover is None else f"{phase.turnover:.0%}"
    counts = (phase.nodes, phase.pairs, phase.largest, len(phase.joined), len(phase.gone))
    return (phase.name, *counts, turnover, _highest(found, phase), *(words or [""]))


def _highest(found: "Course", phase: "Phase") -> str:
    from ocgdesk.casework import changing

    return ", ".join(found.briefs[no].label for no in changing.top(phase, 1))
