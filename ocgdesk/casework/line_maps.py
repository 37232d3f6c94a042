"""The map of county lines: every line with a hub and towns that have a place."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import commodities
from ocgdesk.casework.moments import Moment, as_recorded
from ocgdesk.casework.timelines import span_words
from ocgdesk.domain import line_map
from ocgdesk.domain.entities import CountyLine
from ocgdesk.domain.line_map import Flow, Gazetteer, LineMap, Reach, Run, Spot, Trade
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.timelines import Stretch, stretch
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import happenings_held, history, line_links
from ocgdesk.store.line_links import RUNS_TO, Other
from ocgdesk.store.reader import Reader

MOST_NAMED: Final = 6
"""Names of places nobody knows that are told; the rest is counted."""


def read(
    reader: Reader,
    today: date,
    ids: Collection[UUID] | None = None,
    *,
    as_at: datetime | None = None,
) -> LineMap:
    """Return the lines this reader may see, or these of them, in their places.

    With ``as_at`` (recorded time) it is what this workspace held then. Raises Refused for a
    moment before there was anything, or one to come.
    """
    seq = None if as_at is None else history.seq_at(reader, as_at)
    lines = _lines(reader, ids, seq)
    others = _others(reader, lines, seq)
    gazetteer, lost = Gazetteer(), set[str]()
    runs = [_run(line, others[line.id], gazetteer, lost) for line in lines]
    placed = tuple(run for run in runs if run is not None)
    seen = happenings_held.at(reader, seq).numbers([run.id for run in placed])
    reader.saw("Map of county lines", seen.values())
    return LineMap(
        runs=placed,
        unplaced=tuple(sorted(lost, key=str.casefold)),
        without=len(runs) - len(placed),
        today=Moment(as_at=as_at).day(today),
    )


def _lines(reader: Reader, ids: Collection[UUID] | None, seq: int | None) -> list[CountyLine]:
    if seq is None:
        return line_links.lines(reader, ids)
    return line_links.lines_then(reader, seq, ids)


def _others(
    reader: Reader, lines: Sequence[CountyLine], seq: int | None
) -> Mapping[UUID, list[Other]]:
    roles = commodities.roles()
    if seq is None:
        found = line_links.others(reader, roles)
    else:
        found = line_links.others_then(reader, seq, [line.id for line in lines], roles)
    others: defaultdict[UUID, list[Other]] = defaultdict(list)
    for one in found:
        others[one.line].append(one)
    return others


def _run(
    line: CountyLine, others: Sequence[Other], gazetteer: Gazetteer, lost: set[str]
) -> Run | None:
    hub = gazetteer.town(line.hub or _named(line.exporter), (line.exporter,))
    if hub is None:
        lost |= {line.hub} - {""}
    towns = _towns(line, others, gazetteer, lost)
    if hub is None or not towns:
        return None
    return Run(
        id=line.id,
        label=line.label,
        ref=line.ref,
        marking=line.marking,
        hub=hub,
        towns=towns,
        trades=tuple(
            Trade(id=one.id, label=one.label, stretch=stretch(one.start, one.end))
            for one in others
            if one.type != RUNS_TO
        ),
        stretch=active(line),
    )


def _named(force: str) -> str:
    return code_list(line_map.FORCES).label(force) if force else ""


def _towns(
    line: CountyLine, others: Sequence[Other], gazetteer: Gazetteer, lost: set[str]
) -> tuple[Reach, ...]:
    """Return the towns on the record and those linked to, each once; a link says when."""
    found: dict[str, Reach] = {}
    for one in others:
        if one.type == RUNS_TO:
            name = one.town or one.label
            spot = gazetteer.town(name, (one.force, *line.importers))
            if spot is None:
                lost.add(name)
            else:
                found[spot.key] = Reach(spot=spot, stretch=stretch(one.start, one.end))
    for name in line.towns:
        spot = gazetteer.town(name, line.importers)
        if spot is None:
            lost.add(name)
        else:
            found.setdefault(spot.key, Reach(spot=spot))
    return tuple(found.values())


def active(line: CountyLine) -> Stretch | None:
    """Return when a line was active: one that is shut until it was closed or last active."""
    shut = not _is_live(line)
    end = line.closed or (line.last_active if shut else None)
    found = stretch(line.opened, end)
    if found is None and shut:
        return None
    return found


def _is_live(line: CountyLine) -> bool:
    known = code_list("line-statuses").find(line.status)
    return bool(known and known.get("live", False))


# ---- In words ------------------------------------------------------------------------------------


def told(found: LineMap) -> str:
    """Return what the map does not show, in words; empty where it shows every line."""
    return " ".join(_told(found))


def _told(found: LineMap) -> Iterator[str]:
    if found.without:
        words = ngettext(
            "{n:,} line without a hub or town on the map is not drawn.",
            "{n:,} lines without a hub or town on the map are not drawn.",
            found.without,
        )
        yield words.format(n=found.without)
    if found.unplaced:
        named = ", ".join(found.unplaced[:MOST_NAMED])
        more = len(found.unplaced) - MOST_NAMED
        if more > 0:
            named = _("{names} and {n} more").format(names=named, n=more)
        yield _("Not in the list of places: {names}.").format(names=named)


def filters(
    first: date | None, last: date | None, trade: str, as_at: datetime | None = None
) -> tuple[str, ...]:
    """Return what a map is narrowed to, in words, and the recorded time it is of."""
    words = (span_words(first, last), trade, as_recorded(as_at))
    return tuple(part for part in words if part)


def plain(found: LineMap, flows: Sequence[Flow]) -> dict[str, Any]:
    """Return a map as plain values: the flows widest first, with the lines they stand for."""
    lines = {run.id: {"id": run.id, "ref": run.ref, "label": run.label} for run in found.runs}
    return {
        "items": [
            {
                "hub": _place(flow.hub),
                "town": _place(flow.town),
                "commodity": flow.trade or None,
                "count": flow.count,
                "lines": [lines[id_] for id_ in flow.lines],
            }
            for flow in flows
        ],
        "without": found.without,
        "unplaced": list(found.unplaced),
    }


def _place(spot: Spot) -> Mapping[str, Any]:
    return {
        "name": spot.name,
        "force": spot.force,
        "lat": spot.lat,
        "lon": spot.lon,
        "middle_of_force": spot.stands_in,
    }
