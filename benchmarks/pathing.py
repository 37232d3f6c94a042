"""Paths over the national sample once it is loaded, and removals on a network of a thousand."""

import random
import statistics
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figures import Figure, once
from benchmarks.sample import opened
from ocgdesk.casework import paths, sharing
from ocgdesk.casework.paths import Loaded, PathQuery
from ocgdesk.domain.kinds import Kind
from ocgdesk.graph import narrowing
from ocgdesk.graph.fragments import Mesh
from ocgdesk.graph.key_player import key_players
from ocgdesk.graph.network import LinkRow, Network
from ocgdesk.store import records
from ocgdesk.store.reader import Reader

PAIRS = 40


def figures(sample: Path, _folder: Path) -> list[Figure]:
    """Load, then ask for paths between people drawn by lot; the slowest counts."""
    workspace = opened(sample)
    with workspace.reading() as reader:
        found = [*_loading(reader), *_asking(reader)]
        spent = once(lambda: sharing.shares(reader))
        found.append(Figure(name="what OCGs share, national", value=spent, target=15.0))
    workspace.close()
    return [*found, *_removing()]


def _loading(reader: Reader) -> list[Figure]:
    spent = once(lambda: paths.load(reader).ways.to)
    tracemalloc.start()
    loaded = paths.load(reader)
    links = len(loaded.ways.to) // 2
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    note = f"{links:,} links between records a chart shows"
    return [
        Figure(name="national network loaded for paths", value=spent, target=4.0, note=note),
        Figure(name="memory that takes at most", value=peak, unit="MiB", target=300.0),
    ]


def _asking(reader: Reader) -> list[Figure]:
    loaded = paths.load(reader, evidence=True, dates=True)
    network, _ready = loaded.ways.network, (loaded.calendar, loaded.ways.step_evidence)
    people = network.nodes[narrowing.of_kinds(network, [Kind.NOMINAL])].tolist()
    draw = random.Random(1)  # noqa: S311 - repeatable, not secret
    pairs = [draw.sample(people, 2) for _ in range(PAIRS)]
    kinds: dict[str, dict[str, Any]] = {
        "shortest": {},
        "all ties": {"ties": True},
        "three distinct": {"count": 3},
        "best evidenced": {"best_evidenced": True},
        "in time": {"in_time": True},
    }
    return [
        _slowest(f"path query, {name}", loaded, reader, pairs, asked)
        for name, asked in kinds.items()
    ]


def _slowest(
    name: str, loaded: Loaded, reader: Reader, pairs: list[list[int]], asked: dict[str, Any]
) -> Figure:
    spent = []
    for nos in pairs:
        one, two = records.briefs(reader, nos)
        query = PathQuery(one=one.id, two=two.id, **asked)
        ends = loaded.ways.network.positions(nos).tolist()
        spent.append(once(partial(paths.routes, loaded, ends, query, ())))
    spent.sort()
    return Figure(
        name=name,
        value=spent[int(len(spent) * 0.95)],
        target=0.1,
        note=f"95th percentile of {len(spent)}; median {statistics.median(spent):.4f} s",
    )


def _removing() -> list[Figure]:
    rng = np.random.default_rng(1)
    ends = rng.integers(0, 1_000, (3_000, 2))
    near = rng.random(3_000) < 0.85
    ends[near, 1] = np.minimum(ends[near, 0] // 12 * 12 + rng.integers(0, 12, near.sum()), 999)
    links = [LinkRow(10_000 + at, *pair) for at, pair in enumerate(ends.tolist())]
    mesh = Mesh.of(Network.of([(no, "nominal") for no in range(1_000)], links))

    def best(goal: str) -> Callable[[], object]:
        return lambda: key_players(mesh, 10, goal)  # type: ignore[arg-type]

    return [
        Figure(name=f"best ten of 1,000 for {goal}", value=once(best(goal)), target=10.0)
        for goal in ("fragmentation", "reach")
    ]
