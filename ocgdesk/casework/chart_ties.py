"""Links as lines of a chart: those of one type between the same two items are one line."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from ocgdesk.domain.charts import Tie
from ocgdesk.domain.links import Link, Membership, Strength
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity


def folded(links: Iterable[Link], things: Mapping[UUID, Entity]) -> Iterable[Tie]:
    """Fold links of one type between two items into one line with a count.

    The best strength of them is drawn: a confirmed link is not made doubtful by a second one.
    """
    folded: dict[tuple[UUID, UUID, str, bool], list[Link]] = defaultdict(list)
    for link in links:
        ends = (link.source, link.target)
        if not link.directed:
            ends = (min(ends), max(ends))
        folded[*ends, link.type, link.directed].append(link)
    for (source, target, type_, directed), some in folded.items():
        best = some[0] if len(some) == 1 else max(some, key=_firmness)
        yield Tie(
            id=best.id,
            source=source,
            target=target,
            label=_words(best, things),
            strength=Strength(best.strength),
            directed=directed,
            count=len(some),
            type=type_,
            links=tuple((one.id, Strength(one.strength)) for one in some) if len(some) > 1 else (),
        )


def _firmness(link: Link) -> int:
    return Strength(link.strength).rank


def _words(link: Link, things: Mapping[UUID, Entity]) -> str:
    """Return what stands on a line: who is exploited by an OCG is never called its member."""
    if isinstance(link, Membership) and getattr(things[link.source], "exploited", False):
        return label("roles", "exploited-person")
    return label("link-types", link.type)
