"""Lines between the same two items, folded into one, one each way, or one for each link."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from ocgdesk.domain.chart_lines import Lines
from ocgdesk.domain.charts import Scene, Tie
from ocgdesk.i18n import ngettext


def drawn(scene: Scene, lines: Lines) -> Scene:
    """Return a scene with its lines drawn so.

    What was worked out from records between, drawn by hand, or differs between two dates stays a
    line of its own: it says something no other line says.
    """
    if lines is Lines.TYPE:
        return scene
    alone = [tie for tie in scene.ties if tie.beneath or tie.sketch or tie.change]
    links = [tie for tie in scene.ties if not (tie.beneath or tie.sketch or tie.change)]
    if lines is Lines.EACH:
        made = [part for tie in links for part in _each(tie)]
    else:
        made = list(_folded(links, _pair if lines is Lines.ONE else _way))
    return replace(scene, ties=(*made, *alone))


def _each(tie: Tie) -> Iterator[Tie]:
    if not tie.links:
        yield tie
    for id_, strength in tie.links:
        yield replace(tie, id=id_, strength=strength, count=1, links=())


def _pair(tie: Tie) -> Hashable:
    return (*_sorted(tie.source, tie.target), tie.tone)


def _way(tie: Tie) -> Hashable:
    ends = (tie.source, tie.target) if tie.directed else _sorted(tie.source, tie.target)
    return (*ends, tie.directed, tie.tone)


def _sorted(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (one, other) if one.int <= other.int else (other, one)


def _folded(ties: Iterable[Tie], key: Callable[[Tie], Hashable]) -> Iterator[Tie]:
    among: defaultdict[Hashable, list[Tie]] = defaultdict(list)
    for tie in ties:
        among[key(tie)].append(tie)
    for some in among.values():
        yield some[0] if len(some) == 1 else _one(some)


def _one(ties: Sequence[Tie]) -> Tie:
    """Return lines as one; it has a direction only where all of them have the same."""
    best = max(ties, key=lambda tie: tie.strength.rank)
    ways = {(tie.source, tie.target) for tie in ties if tie.directed}
    labels = list(dict.fromkeys(tie.label for tie in ties))
    more = len(labels) - 1
    told = ngettext("{first} and {n} more", "{first} and {n} more", more)
    return replace(
        best,
        label=told.format(first=best.label, n=more) if more else best.label,
        directed=len(ways) == 1 and all(tie.directed for tie in ties),
        count=sum(tie.count for tie in ties),
        type=best.type if not more else "",
        mark=next((tie.mark for tie in ties if tie.mark), ""),
        wide=any(tie.wide for tie in ties),
        links=(),
    )
