"""Records of the national sample: opened, saved, judged, and as they were at an instant."""

import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.figures import Figure, median, once
from benchmarks.sample import AS_OF, copied
from ocgdesk.casework import (
    commodities,
    intelligence,
    ledgers,
    line_stories,
    lists_past,
    operations,
    quality,
    records,
)
from ocgdesk.casework.moments import NOW, Moment
from ocgdesk.domain.kinds import Kind
from ocgdesk.security.keys import DataKey
from ocgdesk.store import bulk, engine, listing
from ocgdesk.store.listing import ListQuery, Sort
from ocgdesk.store.reader import Reader
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui.pages import record_reading

_EACH = 50
"""So many records of each kind are opened, and so many saved."""
_TOUCHED = 10_000
"""So many of the 100,000 nominals were changed since the instant a list is asked for."""
_PARTS: Mapping[Kind, Callable[[Reader, UUID], object]] = {
    Kind.HANDLE: lambda reader, id_: ledgers.read(reader, id_, noted=False),
    Kind.COUNTY_LINE: lambda reader, id_: line_stories.look(reader, id_, today=AS_OF),
    Kind.OPERATION: operations.look,
    Kind.COMMODITY: lambda reader, id_: (
        commodities.tree(reader),
        commodities.dealings(reader, id_),
    ),
    Kind.REPORT: intelligence.citations,
}
"""What the page of a kind asks besides what every record's page asks."""
_OPENED = (
    *(Kind.OCG, Kind.NOMINAL, Kind.HANDLE, Kind.COUNTY_LINE, Kind.OPERATION, Kind.COMMODITY),
    *(Kind.REPORT, Kind.PHONE, Kind.LOCATION, Kind.VEHICLE, Kind.ORGANISATION),
)
_EDITS: Mapping[Kind, str] = {Kind.NOMINAL: "summary", Kind.OCG: "summary"}


def figures(sample: Path, folder: Path) -> list[Figure]:
    """Measure on a copy: records are saved, and what is as it was then must have changed since."""
    with copied(sample, folder / "records.ocgdesk") as workspace:
        chosen = _chosen(workspace)
        with bulk.without_collector(bulk.MANY):  # as the window: it collects when nothing is asked
            return [
                *_opening(workspace, chosen),
                *_orders(workspace),
                _quality(workspace),
                *_saving(workspace, chosen),
                *_past(workspace, chosen),
            ]


def _chosen(workspace: Workspace) -> dict[Kind, list[UUID]]:
    """Draw records of each kind: any of them, and the five with most links."""
    draw, found = random.Random(1), dict[Kind, list[UUID]]()  # noqa: S311 - repeatable, not secret
    with workspace.reading() as reader:
        for kind in _OPENED:
            nos = listing.order(reader, ListQuery(kind=kind))
            nos = draw.sample(nos, min(_EACH, len(nos)))
            found[kind] = [thing.id for thing in reader.load(nos)]
    return found


def _timed(name: str, times: Sequence[float], target: float, note: str, **more: Any) -> Figure:
    said = f"median {statistics.median(times):.4f} s, worst {max(times):.4f} s; {note}"
    return Figure(name=name, value=_p95(times), target=target, note=said, **more)


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


# ---- Opened -------------------------------------------------------------------------------------


def _opening(workspace: Workspace, chosen: Mapping[Kind, Sequence[UUID]]) -> list[Figure]:
    found = []
    for kind, ids in chosen.items():
        times = [once(partial(_open, workspace, kind, id_, NOW)) for id_ in ids]
        name = f"a record opened, 95th percentile: {kind.value}"
        found.append(_timed(name, times, 0.2, f"{len(ids)} records"))
    return found


def _open(workspace: Workspace, kind: Kind, id_: UUID, moment: Moment) -> None:
    """Ask what the page of a record asks; that it was read is not entered."""
    with workspace.reading() as reader:
        asked = partial(record_reading.read_at, today=AS_OF, noted=True, asked=True)
        asked(reader, id_, moment=moment)
        if not moment and kind in _PARTS:
            _PARTS[kind](reader, id_)
        reader.consulted.clear()


# ---- Orders of links, quality -------------------------------------------------------------------


def _orders(workspace: Workspace) -> list[Figure]:
    found = []
    with workspace.reading() as reader:
        for kind in (Kind.LINK, Kind.MEMBERSHIP):
            for end in ("source", "target"):
                query = ListQuery(kind=kind, sorts=(Sort(end),))
                count = len(listing.order(reader, query))
                spent = median(partial(listing.order, reader, query), times=3)
                name = f"{count:,} of {kind.value} ordered by {end}"
                found.append(Figure(name=name, value=spent, target=0.5))
    return found


def _quality(workspace: Workspace) -> Figure:
    with workspace.reading() as reader:
        spent = once(lambda: quality.look(reader, AS_OF))
        reader.consulted.clear()
    return Figure(name="quality page, every rule", value=spent, target=5.0)


# ---- Saved --------------------------------------------------------------------------------------


def _saving(workspace: Workspace, chosen: Mapping[Kind, Sequence[UUID]]) -> list[Figure]:
    floor = _raw_saves(workspace.path, workspace.key)
    found = []
    for kind, field in _EDITS.items():
        times = [once(partial(_save, workspace, id_, field)) for id_ in chosen[kind]]
        name = f"a record saved, 95th percentile: {kind.value}"
        floor_is = "one row changed by hand and committed"
        found.append(_timed(name, times, 0.1, "", floor=floor, floor_is=floor_is))
    return found


def _save(workspace: Workspace, id_: UUID, field: str) -> None:
    with workspace.work("Edit") as done:
        records.edit(done.work, id_, {field: "Seen at the yard on Fell Street again."})


def _raw_saves(path: Path, key: DataKey) -> float:
    raw = engine.connect(path, key, shared=True)

    def save() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE entity SET label = label WHERE no = 1")
        raw.execute("COMMIT")

    spent = median(save, times=20)
    raw.close()
    return spent


# ---- As at --------------------------------------------------------------------------------------


def _past(workspace: Workspace, chosen: Mapping[Kind, Sequence[UUID]]) -> list[Figure]:
    with workspace.reading() as reader:
        nos = listing.order(reader, ListQuery(kind=Kind.NOMINAL))
        things = reader.load(nos[:: max(1, len(nos) // _TOUCHED)][:_TOUCHED])
    moment = Moment(as_at=datetime.now().astimezone() - timedelta(microseconds=1))
    with workspace.work("Edit many") as done:
        records.edit_all(done.work, [(thing, {"summary": "Known."}) for thing in things])
    found = []
    for kind in (Kind.OCG, Kind.NOMINAL):
        times = [once(partial(_open, workspace, kind, id_, moment)) for id_ in chosen[kind]]
        name = f"a record as at an instant, 95th percentile: {kind.value}"
        found.append(_timed(name, times, 0.05, f"{len(things):,} nominals changed since"))
    return [*found, *_lists(workspace, moment, len(things))]


def _lists(workspace: Workspace, moment: Moment, touched: int) -> list[Figure]:
    shown = tuple(column.name for column in listing.columns(Kind.NOMINAL) if column.shown)
    with workspace.reading() as reader:
        query = ListQuery(kind=Kind.NOMINAL)
        count = len(lists_past.rows(reader, query, shown, moment).rows)
        spent = median(lambda: lists_past.rows(reader, query, shown, moment), times=3)
    return [
        Figure(
            name=f"a list of {count:,} nominals as at an instant",
            value=spent,
            target=5.0,
            note=f"{touched:,} of them changed since",
        )
    ]
