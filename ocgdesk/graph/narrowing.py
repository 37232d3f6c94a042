"""Leaving part of a network out: by kind, by type of link, by strength, by day."""

from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ocgdesk.domain.kinds import Kind
from ocgdesk.graph.network import KINDS, Network


def of_kinds(network: Network, kinds: Collection[Kind]) -> NDArray[np.bool_]:
    """Tell of each node whether it is of one of these kinds."""
    return _flags(len(KINDS), (KINDS.index(kind) for kind in kinds))[network.kinds]


def of_types(network: Network, types: Collection[str]) -> NDArray[np.bool_]:
    """Tell of each link whether it is of one of these types."""
    names = network.type_names
    codes = (code for code, name in enumerate(names) if name in types)
    return _flags(max(len(names), 1), codes)[network.types]


def _flags(size: int, codes: Iterable[int]) -> NDArray[np.bool_]:
    found = np.zeros(size, np.bool_)
    found[list(codes)] = True
    return found


def with_links(network: Network, kept: NDArray[np.bool_]) -> Network:
    """Return the network with only these links; all nodes stay."""
    return Network(
        nodes=network.nodes,
        kinds=network.kinds,
        link_nos=network.link_nos[kept],
        source=network.source[kept],
        target=network.target[kept],
        strength=network.strength[kept],
        directed=network.directed[kept],
        weight=network.weight[kept],
        types=network.types[kept],
        type_names=network.type_names,
        dropped=network.dropped,
    )


def with_nodes(network: Network, kept: NDArray[np.bool_]) -> Network:
    """Return the part of the network made of these nodes and the links between them."""
    return replace(network.within(network.nodes[kept].tolist()), dropped=network.dropped)


def holding(
    network: Network,
    nos: NDArray[np.int64],
    first: NDArray[np.int32],
    last: NDArray[np.int32],
    *,
    since: int,
    until: int,
) -> NDArray[np.bool_]:
    """Tell of each link whether it may have held at some time of a period.

    ``nos`` are the links that are dated, ascending, ``first`` and ``last`` the ordinal days from
    and to which they held, ``since`` and ``until`` the ordinal days of the period. A link without
    a date may have held at any time.
    """
    starts, ends = spread(network, nos, first, last)
    held: NDArray[np.bool_] = (starts <= until) & (ends >= since)
    return held


def spread(
    network: Network,
    nos: NDArray[np.int64],
    first: NDArray[np.int32],
    last: NDArray[np.int32],
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the first and last day of every link of the network, ever and ever if not dated."""
    starts = np.full(network.link_nos.size, np.iinfo(np.int32).min, np.int32)
    ends = np.full(network.link_nos.size, np.iinfo(np.int32).max, np.int32)
    if nos.size:
        at = np.minimum(np.searchsorted(nos, network.link_nos), nos.size - 1)
        known = nos[at] == network.link_nos
        starts[known], ends[known] = first[at[known]], last[at[known]]
    return starts, ends
