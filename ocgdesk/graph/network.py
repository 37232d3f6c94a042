"""A network as a value: integer arrays of nodes and links, for charts and for arithmetic."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ocgdesk.domain.kinds import Kind

if TYPE_CHECKING:  # networkx is imported when first asked for: half a second at start
    import networkx as nx

KINDS: tuple[Kind, ...] = tuple(Kind)
"""What a code in ``Network.kinds`` stands for."""

_KIND_CODES = {kind.value: code for code, kind in enumerate(KINDS)}


class LinkRow(NamedTuple):
    """One link as it is read: workspace numbers of itself and its ends, and what it says."""

    no: int
    source: int
    target: int
    strength: int = 1
    """2 confirmed, 1 unconfirmed, 0 tentative: ``Strength.rank``."""
    directed: bool = False
    weight: float | None = None
    """None counts as 1."""
    type: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Adjacency:
    """Who is linked to whom, in compressed rows; each link is seen from both of its ends.

    The neighbours of the node at position ``p`` are ``neighbours[starts[p]:starts[p + 1]]``; a
    loop stands twice in its own row, as it counts twice in a degree.
    """

    starts: NDArray[np.int64]
    neighbours: NDArray[np.int32]
    links: NDArray[np.int32]
    """Positions into the link arrays of the network."""

    def rows(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places in ``neighbours`` and ``links`` that belong to these nodes."""
        first = self.starts[positions]
        lengths = self.starts[positions + 1] - first
        ends = np.cumsum(lengths)
        shift = np.repeat(first - ends + lengths, lengths)
        return shift + np.arange(shift.size, dtype=np.int64)


@dataclass(frozen=True, kw_only=True, eq=False)
class Network:
    """Nodes and links as arrays. Two networks are equal only if they are the same object.

    Not slotted, so that what is computed on first use can be kept beside the fields.
    """

    nodes: NDArray[np.int64]
    """Workspace numbers, ascending, each once."""
    kinds: NDArray[np.int8]
    """Codes into ``KINDS``."""
    link_nos: NDArray[np.int64]
    source: NDArray[np.int32]
    """Positions into ``nodes``, as ``target``."""
    target: NDArray[np.int32]
    strength: NDArray[np.int8]
    directed: NDArray[np.bool_]
    weight: NDArray[np.float64]
    types: NDArray[np.int16]
    """Codes into ``type_names``."""
    type_names: tuple[str, ...] = ()
    dropped: int = 0
    """How many links were left out because an end of theirs is no node."""

    @classmethod
    def of(
        cls,
        nodes: Iterable[tuple[int, str]] = (),
        links: Iterable[LinkRow | tuple[int, int, int, int, bool, float | None, str]] = (),
    ) -> "Network":
        """Build a network from rows: (workspace number, kind) and ``LinkRow``.

        A number that comes twice keeps its first kind. Raises ValueError for an unknown kind.
        """
        nos, kinds = _columns(nodes, 2)
        no, source, target, strength, directed, weight, types = _columns(links, 7)
        return cls.of_columns(
            nos=nos,
            kinds=kinds,
            link_nos=no,
            sources=source,
            targets=target,
            strengths=strength,
            directed=directed,
            weights=[1.0 if value is None else value for value in weight],
            types=types,
        )

    @classmethod
    def of_columns(
        cls,
        *,
        nos: Sequence[int] | NDArray[np.int64],
        kinds: Sequence[str],
        link_nos: Sequence[int] | NDArray[np.int64],
        sources: Sequence[int] | NDArray[np.int64],
        targets: Sequence[int] | NDArray[np.int64],
        strengths: Sequence[int] | NDArray[np.int8],
        directed: Sequence[bool] | NDArray[np.bool_],
        weights: Sequence[float] | NDArray[np.float64],
        types: Sequence[str],
    ) -> "Network":
        """Build a network from columns of equal length; faster than rows for a whole register."""
        nodes, first = np.unique(np.asarray(nos, np.int64), return_index=True)
        source, known_source = _positions(nodes, np.asarray(sources, np.int64))
        target, known_target = _positions(nodes, np.asarray(targets, np.int64))
        kept = known_source & known_target
        names, codes = _coded(types)
        return cls(
            nodes=nodes,
            kinds=_kind_codes(kinds)[first],
            link_nos=np.asarray(link_nos, np.int64)[kept],
            source=source[kept],
            target=target[kept],
            strength=np.asarray(strengths, np.int8)[kept],
            directed=np.asarray(directed, np.bool_)[kept],
            weight=np.asarray(weights, np.float64)[kept],
            types=codes[kept],
            type_names=names,
            dropped=int(kept.size - np.count_nonzero(kept)),
        )

    def __post_init__(self) -> None:
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    def __len__(self) -> int:
        """Return the number of nodes."""
        return int(self.nodes.size)

    @property
    def edges(self) -> NDArray[np.int32]:
        """The links as pairs of positions, one row each: what the layouts take."""
        return np.stack((self.source, self.target), axis=1)

    @cached_property
    def adjacency(self) -> Adjacency:
        """Who is linked to whom, computed once."""
        ends = np.concatenate((self.source, self.target))
        others = np.concatenate((self.target, self.source))
        order = np.argsort(ends, kind="stable")
        starts = np.zeros(len(self) + 1, np.int64)
        np.cumsum(np.bincount(ends, minlength=len(self)), out=starts[1:])
        count = max(self.source.size, 1)
        return Adjacency(starts, others[order], (order % count).astype(np.int32))

    def positions(self, nos: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where these workspace numbers stand in ``nodes``; unknown ones are left out."""
        found, known = _positions(self.nodes, np.asarray(nos, np.int64))
        return found[known].astype(np.int64)

    def within(self, nos: Collection[int]) -> "Network":
        """Return the part of the network made of these nodes and the links between them."""
        inside = np.zeros(len(self), np.bool_)
        inside[self.positions(list(nos))] = True
        kept = inside[self.source] & inside[self.target]
        moved = (np.cumsum(inside) - 1).astype(np.int32)
        return Network(
            nodes=self.nodes[inside],
            kinds=self.kinds[inside],
            link_nos=self.link_nos[kept],
            source=moved[self.source[kept]],
            target=moved[self.target[kept]],
            strength=self.strength[kept],
            directed=self.directed[kept],
            weight=self.weight[kept],
            types=self.types[kept],
            type_names=self.type_names,
        )

    def as_networkx(self) -> "nx.MultiDiGraph[int]":
        """Return the network for charts and extensions: nodes are workspace numbers.

        Each link is one edge, keyed by its number, in the direction it was stated, with ``type``,
        ``strength``, ``directed`` and ``weight``; each node has its ``kind``.
        """
        import networkx as nx

        graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
        kinds = [KINDS[code] for code in self.kinds.tolist()]
        graph.add_nodes_from(
            (no, {"kind": kind}) for no, kind in zip(self.nodes.tolist(), kinds, strict=True)
        )
        for source, target, no, said in self._edge_rows():
            graph.add_edge(source, target, key=no, **said)
        return graph

    def _edge_rows(self) -> Iterable[tuple[int, int, int, dict[str, Any]]]:
        rows = zip(
            self.nodes[self.source].tolist(),
            self.nodes[self.target].tolist(),
            self.link_nos.tolist(),
            self.types.tolist(),
            self.strength.tolist(),
            self.directed.tolist(),
            self.weight.tolist(),
            strict=True,
        )
        for source, target, no, code, strength, directed, weight in rows:
            said = {"type": self.type_names[code], "strength": strength}
            yield source, target, no, {**said, "directed": directed, "weight": weight}

    def as_igraph(self, *, directed: bool = False) -> Any:
        """Return an ``igraph.Graph``, its vertices in the order of ``nodes``.

        Edges carry ``no``, ``weight`` and ``strength``. With ``directed``, a link stated without
        a direction runs both ways.
        """
        import igraph

        which = np.arange(self.source.size)
        source, target = self.source, self.target
        if directed:
            both = np.flatnonzero(~self.directed & (source != target))
            which = np.concatenate((which, both))
            source, target = (
                np.concatenate((source, target[both])),
                np.concatenate((target, source[both])),
            )
        edges = np.stack((source, target), axis=1).astype(np.int64)
        graph = igraph.Graph(n=len(self), edges=edges, directed=directed)
        graph.es["no"] = self.link_nos[which].tolist()
        graph.es["weight"] = self.weight[which].tolist()
        graph.es["strength"] = self.strength[which].tolist()
        return graph


def _columns(rows: Iterable[tuple[Any, ...]], width: int) -> tuple[Sequence[Any], ...]:
    columns = tuple(zip(*rows, strict=True))
    return columns or ((),) * width


def _positions(
    nodes: NDArray[np.int64], wanted: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    found = np.searchsorted(nodes, wanted)
    found[found == nodes.size] = 0
    known = nodes[found] == wanted if nodes.size else np.zeros(wanted.size, np.bool_)
    return found.astype(np.int32), known


def _kind_codes(kinds: Sequence[str]) -> NDArray[np.int8]:
    try:
        return np.array([_KIND_CODES[kind] for kind in kinds], np.int8)
    except KeyError as error:
        raise ValueError(f"unknown kind: {error.args[0]}") from None


def _coded(types: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int16]]:
    names = tuple(sorted(set(types)))
    codes = {name: code for code, name in enumerate(names)}
    return names, np.array([codes[name] for name in types], np.int16)
