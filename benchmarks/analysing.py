"""Measures and groups: against igraph and networkx called by hand, and over the national sample."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure, median, once

if TYPE_CHECKING:
    from ocgdesk.graph.network import Network

_NODES, _LINKS, _SEED = 5_000, 15_000, 1
_FEW = 400
"""Nodes networkx works out betweenness from; the rest would take minutes of the same."""

_LOADING = """
import resource, sys, time
from pathlib import Path
from benchmarks.sample import opened
from ocgdesk.store import networks
workspace = opened(Path(sys.argv[1]))
with workspace.reading() as reader:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    network = networks.network(reader)
    spent = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(spent, (after - before) / 1024, network.source.size)
workspace.close()
"""


def _made() -> "Network":
    import numpy as np

    from ocgdesk.graph.network import Network

    chance = np.random.default_rng(_SEED)
    ends = chance.integers(0, _NODES, (_LINKS, 2))
    # Half of the links go to whoever has many already, as in real registers.
    ends[::2, 1] = ends[chance.integers(0, _LINKS, _LINKS // 2), 0]
    return Network.of_columns(
        nos=np.arange(_NODES),
        kinds=["nominal"] * _NODES,
        link_nos=np.arange(_LINKS),
        sources=ends[:, 0],
        targets=ends[:, 1],
        strengths=np.ones(_LINKS, np.int8),
        directed=np.zeros(_LINKS, np.bool_),
        weights=np.ones(_LINKS),
        types=["associate"] * _LINKS,
    )


def figures(sample: Path, _folder: Path) -> list[Figure]:
    """Measure all measures of nodes, betweenness beside both libraries, loading, and Leiden."""
    return [*_measures(), *_national(sample)]


def _measures() -> list[Figure]:
    import networkx as nx

    from ocgdesk.graph.definitions import DEFINITIONS, NODE_MEASURES
    from ocgdesk.graph.scores import measure, measure_all
    from ocgdesk.graph.ties import Options, of

    network, told = _made(), []
    ties = of(network)
    graph = ties.as_igraph()
    ours = median(lambda: measure(network, "betweenness"), times=3)
    direct = median(lambda: graph.betweenness(directed=False), times=3)
    simple = nx.Graph(list(zip(ties.source.tolist(), ties.target.tolist(), strict=True)))
    few = once(lambda: nx.betweenness_centrality(simple, k=_FEW, normalized=False, seed=_SEED))
    reference = few * len(simple) / _FEW

    def tell(*said: Any) -> None:
        told.append(said)

    def all_of_them() -> None:
        plain = Options()
        rest = [n for n in NODE_MEASURES if DEFINITIONS[n].reason_against(plain)]
        measure_all(network, [n for n in NODE_MEASURES if n not in rest], plain, tell)
        measure_all(network, rest, Options(directed=True), tell)

    whole = once(all_of_them)
    told_every = whole / max(len(told), 1)
    return [
        Figure(
            name="betweenness, 5,000 items",
            value=ours,
            floor=direct,
            floor_is="igraph called directly",
            target=1.3,
            ratio=True,
        ),
        Figure(
            name="betweenness, 5,000 items, beside networkx",
            value=ours,
            floor=reference,
            floor_is=f"networkx, from {_FEW} of the sources",
            target=1 / 20,
            ratio=True,
        ),
        Figure(
            name="all measures of nodes, 5,000 items and 15,000 links",
            value=whole,
            target=12.0,
            note=f"{len(told)} reports of progress, {told_every:.2f} s apart on average",
        ),
    ]


def _national(sample: Path) -> list[Figure]:
    from benchmarks.sample import opened
    from ocgdesk.casework import groups
    from ocgdesk.graph.communities import group

    said = subprocess.run(
        [sys.executable, "-c", _LOADING, str(sample)], check=True, capture_output=True, text=True
    )
    spent, memory, links = said.stdout.split()
    workspace = opened(sample)
    with workspace.reading() as reader:
        material = groups.gather(reader, groups.Question())
        whole = groups.network_scope.scope(reader, "all")
    workspace.close()
    leiden = once(lambda: group(whole))
    beside = once(lambda: groups.compute(material))
    note = f"{int(links):,} links"
    return [
        Figure(name="load the national network", value=float(spent), target=4.0, note=note),
        Figure(
            name="memory of loading it", value=float(memory), unit="MiB", target=300.0, note=note
        ),
        Figure(name="Leiden on the national network", value=leiden, target=6.0, note=note),
        Figure(name="groups of it beside the record", value=beside, target=20.0),
    ]
