"""Layouts at several sizes, beside networkx's spring layout in the same run."""

import time
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np

from benchmarks.drawn import crossings, stress
from benchmarks.figures import Figure
from ocgdesk.graph.force import force
from ocgdesk.graph.layout import arrange
from ocgdesk.graph.standing import Standing, Zone

_SIZES = ((500, 900, 0.3), (5_000, 9_000, 1.5), (20_000, 36_000, 5.0))
"""Items, links, and the seconds they may take."""


def figures(_sample: Path, _folder: Path) -> list[Figure]:
    """Lay invented networks out; the time is that of the processor."""
    force(20, clustered(20, 30))
    found = [_timed("force", *size) for size in _SIZES]
    found += [_timed("ocg", *size) for size in _SIZES]
    return found + [figure for count in (500, 3_000) for figure in _beside(count)]


def clustered(count: int, links: int) -> np.ndarray:
    """Return links of a network in clusters of about twelve, a tenth of them between clusters."""
    rng = np.random.default_rng(5)
    source = rng.integers(0, count, links)
    near = (source // 12) * 12 + rng.integers(0, 12, links)
    target = np.where(
        rng.random(links) < 0.9, np.minimum(near, count - 1), rng.integers(0, count, links)
    )
    pairs = np.unique(np.sort(np.stack((source, target), axis=1), axis=1), axis=0)
    found: np.ndarray = pairs[pairs[:, 0] != pairs[:, 1]].astype(np.int64)
    return found


def _timed(layout: str, count: int, links: int, target: float) -> Figure:
    ends = clustered(count, links)
    groups = [list(range(at, min(at + 12, count))) for at in range(0, count, 12)]
    zones = (Zone.MEMBER, Zone.MEMBER, Zone.BELOW, Zone.LINE)
    cast = [Standing(zones[item % 4], item % 3, 1 + item % 6) for item in range(count)]
    more = {"groups": groups, "standings": cast} if layout == "ocg" else {}
    began = time.process_time()
    arrange(layout, count, ends, **more)  # type: ignore[arg-type]
    spent = time.process_time() - began
    return Figure(name=f"layout {layout} of {count:,}", value=spent, target=target)


def _beside(count: int) -> list[Figure]:
    links = clustered(count, count * 9 // 5)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(links.tolist())
    began = time.process_time()
    theirs = _spring(graph)
    slow = time.process_time() - began
    began = time.process_time()
    ours = force(count, links)
    fast = time.process_time() - began
    made = [_quality(count, ours, theirs, links, name) for name in ("crossings", "stress")]
    if count >= 3_000:
        made.append(
            Figure(
                name=f"layout of {count:,}, at least 50 x faster",
                value=fast,
                floor=slow,
                floor_is="networkx.spring_layout",
                target=1 / 50,
                ratio=True,
            )
        )
    return made


def _spring(graph: "nx.Graph[int]") -> np.ndarray:
    """Return what ``networkx.spring_layout`` draws: its own arithmetic, on a full matrix.

    From 500 items on it takes a sparse one, for which it needs scipy; the drawing is the same.
    """
    from networkx.drawing import layout

    matrix = nx.to_numpy_array(graph)
    draw = vars(layout)["_fruchterman_reingold"]
    return np.asarray(draw(matrix, seed=np.random.RandomState(1)))


def _quality(
    count: int, ours: np.ndarray, theirs: np.ndarray, links: np.ndarray, name: str
) -> Figure:
    measure: Callable[..., float] = crossings if name == "crossings" else stress
    return Figure(
        name=f"{name} at {count:,}",
        value=float(measure(ours, links)),
        floor=float(measure(theirs, links)),
        floor_is="networkx.spring_layout",
        unit="",
        target=1.0,
        ratio=True,
    )
