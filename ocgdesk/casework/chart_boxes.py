"""OCGs as boxes round their members: who stands in one, and what its tab says."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from ocgdesk.domain.charts import Box, Importance
from ocgdesk.domain.links import Link, Membership
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity


def is_said(link: Link, boxed: Collection[tuple[UUID, UUID]]) -> bool:
    """Tell whether a box round the members says what a line would: who belongs to the OCG."""
    return isinstance(link, Membership) and (link.source, link.target) in boxed


def memberships(
    links: Iterable[Link], things: Iterable[Entity]
) -> tuple[dict[UUID, set[UUID]], dict[UUID, Membership]]:
    """Return the members drawn of each OCG, and each person's foremost place in one of them.

    People recorded as exploited stand in no box: they are nobody's members.
    """
    groups: dict[UUID, set[UUID]] = defaultdict(set)
    roles: dict[UUID, Membership] = {}
    there = {thing.id: thing for thing in things}
    for link in links:
        if isinstance(link, Membership) and {link.source, link.target} <= there.keys():
            if not getattr(there[link.source], "exploited", False):  # never inside an OCG's box
                groups[link.target].add(link.source)
            known = roles.get(link.source)
            if known is None or _rank(link) > _rank(known):
                roles[link.source] = link
    return groups, roles


def _rank(membership: Membership) -> tuple[int, int]:
    """Return how far in front a place is; of two alike the same one each time."""
    return -list(Importance).index(Importance(membership.importance)), membership.id.int


def boxes_of(
    totals: Mapping[UUID, int],
    groups: Mapping[UUID, set[UUID]],
    things: Mapping[UUID, Entity],
) -> tuple[Box, ...]:
    """Return a box for each OCG with two members drawn or more; ``totals`` knows all members."""
    return tuple(
        Box(
            id=ocg,
            title=things[ocg].label,
            detail=_box_detail(things[ocg], len(members), totals.get(ocg, len(members))),
            members=frozenset({*members, ocg}),
        )
        for ocg, members in sorted(groups.items(), key=lambda pair: -len(pair[1]))
        if len(members) >= 2
    )


def _box_detail(ocg: Entity, drawn: int, total: int) -> str:
    tier = str(getattr(ocg, "tier", ""))
    words = f"{drawn} of {total} members drawn"
    return f"{label('tiers', tier)} · {words}" if tier else words
