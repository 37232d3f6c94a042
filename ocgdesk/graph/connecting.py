"""What connects three or more items: a small network of shortest paths that holds them all."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocgdesk.errors import Refused
from ocgdesk.graph.paths import shortest, tied
from ocgdesk.graph.ways import UNREACHED, Limits, Route, Ways
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent, track

MOST = 50
"""Items that can be connected at once."""


@dataclass(frozen=True, slots=True)
class Connecting:
    """The paths that join chosen items, and the sets of them that nothing joins."""

    routes: tuple[Route, ...]
    parts: tuple[tuple[int, ...], ...]
    """The chosen items as they hang together, in workspace numbers; one part joins all."""

    @property
    def nodes(self) -> tuple[int, ...]:
        """Every item on the paths, each once, in workspace numbers."""
        chosen = (no for part in self.parts for no in part)
        return tuple(dict.fromkeys((*chosen, *(no for path in self.routes for no in path.nodes))))

    @property
    def links(self) -> tuple[int, ...]:
        """Every link of the paths, each once."""
        found = (no for path in self.routes for step in path.steps for no in step)
        return tuple(dict.fromkeys(found))


def connecting(
    ways: Ways,
    chosen: Sequence[int],
    limits: Limits | None = None,
    *,
    ties: bool = False,
    progress: Progress = silent,
) -> Connecting:
    """Return the shortest paths that join the chosen positions, nearest pairs first.

    A spanning tree of least length between the chosen, each of its edges a shortest path: at
    most twice as many links as the smallest network that joins them (Kou, Markowsky and Berman
    1981). ``ties`` takes all shortest paths of each pair joined, not one. Raises Refused for
    fewer than two items or more than ``MOST``.
    """
    chosen = list(dict.fromkeys(chosen))
    if not 2 <= len(chosen) <= MOST:
        raise Refused(_("Choose two to {most} different items to connect").format(most=MOST))
    limits = limits or Limits()
    part = {one: one for one in chosen}
    routes: list[Route] = []
    for _length, one, two in _pairs(ways, chosen, limits, progress):
        if part[one] != part[two]:
            gone, kept = part[one], part[two]
            part = {item: kept if of == gone else of for item, of in part.items()}
            routes += _joined(ways, one, two, limits, ties=ties)
    nos = ways.network.nodes
    parts: dict[int, list[int]] = {}
    for item, of in part.items():
        parts.setdefault(of, []).append(int(nos[item]))
    return Connecting(tuple(routes), tuple(tuple(some) for some in parts.values()))


def _pairs(
    ways: Ways, chosen: Sequence[int], limits: Limits, progress: Progress
) -> list[tuple[int, int, int]]:
    """Return the pairs that a path joins, shortest first: length, one, two."""
    found = []
    for at, one in enumerate(track(chosen, progress, "Connecting")):
        lengths = limits.ground(ways, chosen).depths(one)
        found += [
            (int(lengths[two]), one, two) for two in chosen[at + 1 :] if lengths[two] != UNREACHED
        ]
    return sorted(found)


def _joined(ways: Ways, one: int, two: int, limits: Limits, *, ties: bool) -> tuple[Route, ...]:
    if ties:
        return tied(ways, one, two, limits).routes
    found = shortest(ways, one, two, limits)
    return () if found is None else (found,)
