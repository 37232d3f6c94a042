"""What lies within so many hops of something, nearest first, and what had to be left out."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.network import Network
from ocgdesk.i18n import _, ngettext

MOST = 500
"""How many items a chart shows unless told otherwise."""


class LinkTriple(NamedTuple):
    """A link as the neighbourhood needs it: its number, its two ends and its strength."""

    no: int
    a: int
    b: int
    strength: int = 1
    """2 confirmed, 1 unconfirmed, 0 tentative: ``Strength.rank``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """Workspace numbers round a focus, in order of rank: what is shown if not all can be."""

    focus: tuple[int, ...]
    hops: int
    most: int
    nodes: tuple[int, ...]
    hops_of: Mapping[int, int]
    """How many hops each of ``nodes`` is from the focus."""
    cut: int = 0
    """How many were met and left out."""
    unwalked: bool = False
    """Whether the cut came before the last hop, so that more than ``cut`` may lie in reach."""

    @property
    def rule(self) -> str:
        """How it was decided what to keep, in words."""
        return _("nearest first, then by strongest link, then by most links to what is shown")

    @property
    def cut_in_words(self) -> str:
        """What was left out and by which rule; empty where nothing was."""
        if not self.cut:
            return ""
        more = ngettext(
            "{shown} items shown, {cut} more left out: {rule}.",
            "{shown} items shown, {cut} more left out: {rule}.",
            self.cut,
        )
        least = _("{shown} items shown, at least {cut} more left out: {rule}.")
        text = least if self.unwalked else more
        return text.format(shown=f"{len(self.nodes):,}", cut=f"{self.cut:,}", rule=self.rule)


def rank_step(known: Collection[int], links: Iterable[LinkTriple]) -> tuple[int, ...]:
    """Rank what one hop adds to ``known``, best first.

    Strongest link by which it was reached, then the number of links to what is known, then the
    lower workspace number. Links inside or outside ``known`` and loops add nothing; a link that
    comes twice counts once.
    """
    inside = known if isinstance(known, set | frozenset | dict) else set(known)
    best: dict[int, int] = {}
    ties: dict[int, int] = {}
    for _no, a, b, strength in {link[0]: link for link in links}.values():
        if (a in inside) == (b in inside):
            continue
        other = b if a in inside else a
        best[other] = max(best.get(other, -1), strength)
        ties[other] = ties.get(other, 0) + 1
    return tuple(sorted(best, key=lambda no: (-best[no], -ties[no], no)))


def expand(
    focus: Sequence[int],
    links_of: Callable[[Collection[int]], Iterable[LinkTriple]],
    *,
    hops: int,
    most: int = MOST,
) -> Neighbourhood:
    """Walk ``hops`` hops from the focus, asking for the links of one ring of nodes at a time.

    ``links_of`` returns every link that touches one of the given nodes. Nothing beyond the cut
    is asked for. Raises ValueError for negative ``hops`` or ``most`` below 1.
    """

    def step(ring: Sequence[int], seen: Collection[int]) -> tuple[int, ...]:
        return rank_step(seen, links_of(ring))

    return _walk(tuple(dict.fromkeys(focus)), step, hops=hops, most=most)


def neighbourhood(
    network: Network, focus: Sequence[int], *, hops: int, most: int = MOST
) -> Neighbourhood:
    """Walk ``hops`` hops from the focus through a network that is held whole.

    The same rule and the same answer as ``expand``; numbers that are no node are left out of the
    focus. Raises ValueError for negative ``hops`` or ``most`` below 1.
    """
    seen = np.zeros(len(network), np.bool_)

    def step(ring: Sequence[int], _known: Collection[int]) -> Sequence[int]:
        positions = network.positions(ring)
        seen[positions] = True
        ranked = _ranked(network, positions, seen)
        found: list[int] = network.nodes[ranked].tolist()
        return found

    known = set(network.nodes[network.positions(focus)].tolist())
    start = tuple(no for no in dict.fromkeys(focus) if no in known)
    return _walk(start, step, hops=hops, most=most)


def _ranked(
    network: Network, ring: NDArray[np.int64], seen: NDArray[np.bool_]
) -> NDArray[np.int64]:
    adjacency = network.adjacency
    rows = adjacency.rows(ring)
    neighbours = adjacency.neighbours[rows]
    new = ~seen[neighbours]
    neighbours, strength = neighbours[new], network.strength[adjacency.links[rows[new]]]
    ties = np.bincount(neighbours, minlength=len(network))
    best = np.zeros(len(network), np.int64)
    for rank in np.unique(strength):  # ascending: the strongest has the last word
        best[neighbours[strength == rank]] = rank
    reached = np.flatnonzero(ties)
    merit = best[reached] * (int(ties.max(initial=0)) + 1) + ties[reached]
    return reached[np.argsort(-merit, kind="stable")]


def _walk(
    focus: tuple[int, ...],
    step: Callable[[Sequence[int], Collection[int]], Sequence[int]],
    *,
    hops: int,
    most: int,
) -> Neighbourhood:
    if hops < 0 or most < 1:
        raise ValueError("hops must not be negative, and most must be at least 1")
    hops_of = dict.fromkeys(focus[:most], 0)
    cut = len(focus) - len(hops_of)
    ring: Sequence[int] = tuple(hops_of)
    hop = 0
    while hop < hops and ring and not cut:
        hop += 1
        ranked = step(ring, hops_of)
        ring = ranked[: most - len(hops_of)]
        hops_of.update(dict.fromkeys(ring, hop))
        cut = len(ranked) - len(ring)
    return Neighbourhood(
        focus=focus,
        hops=hops,
        most=most,
        nodes=tuple(hops_of),
        hops_of=hops_of,
        cut=cut,
        unwalked=bool(cut) and hop < hops,
    )
