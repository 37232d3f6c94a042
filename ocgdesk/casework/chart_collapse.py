"""OCGs drawn as one item: members folded in, their links the OCG's, its standing written on it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID, uuid5

from ocgdesk.casework import assessments
from ocgdesk.domain.charts import Box, Importance, Item, Scene, Tie
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import ngettext
from ocgdesk.store import networks, planning
from ocgdesk.store.reader import Reader

_SPACE: Final = UUID("8e1d4c57-2f52-4d0f-9a56-5f0c6f4f7a10")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is written on an OCG that is drawn as one item."""

    tier: str = ""
    members: int = 0
    score: str = ""
    strands: tuple[str, ...] = ()
    """The strands with a live action in its plan."""

    @property
    def words(self) -> str:
        """The second line under its name."""
        members = ngettext("{n:,} member", "{n:,} members", self.members).format(n=self.members)
        parts = (label("tiers", self.tier) if self.tier else "", members, self.score)
        return " · ".join(part for part in parts if part)


def standings(reader: Reader, ocgs: Collection[UUID], today: date) -> dict[UUID, Standing]:
    """Return what is written on each of these OCGs: members, score, which Ps are covered."""
    nos = networks.numbers(reader, ocgs)
    held = planning.held(reader, list(nos.values()), today)
    counts = networks.member_counts(reader, list(nos))
    return {
        row.ocg.id: Standing(
            tier=row.tier,
            members=counts.get(row.ocg.id, 0),
            score=_score(reader, row.ocg.id),
            strands=tuple(one.strand.value for one in row.strands if one.live),
        )
        for row in planning.glance(reader, held)
    }


def _score(reader: Reader, ocg: UUID) -> str:
    newest = (side.newest for side in assessments.sides(assessments.of(reader, ocg)))
    return next((assessments.headline(one) for one in newest if one is not None), "")


def collapsible(drawn: Scene) -> tuple[UUID, ...]:
    """Return the OCGs of a scene that have a box."""
    return tuple(box.id for box in drawn.boxes)


def collapsed(drawn: Scene, standing: Mapping[UUID, Standing]) -> Scene:
    """Return the scene with these OCGs drawn as one item each.

    A member whose every box is folded goes with the first of them; one that stands in an open box
    too stays, and a line says that they belong to the other as well. What linked members links
    the OCG, counted; what linked two members of one OCG is inside it.
    """
    there = {item.id for item in drawn.items}
    shut = [box for box in drawn.boxes if box.id in standing and box.id in there]
    if not shut:
        return drawn
    into = _into(shut, [box for box in drawn.boxes if box not in shut])
    kinds = {item.id: item.kind for item in drawn.items}
    held: dict[UUID, list[UUID]] = {box.id: [] for box in shut}
    for member, ocg in into.items():
        if member in kinds:
            held[ocg].append(member)
    items = tuple(
        _one(item, standing[item.id], tuple(sorted(held[item.id]))) if item.id in held else item
        for item in drawn.items
        if item.id not in into
    )
    there = {item.id for item in items}
    ties = (*_folded(drawn.ties, into, there), *_belonging(shut, into, there))
    boxes = tuple(box for box in drawn.boxes if box not in shut)
    return replace(drawn, items=items, ties=ties, boxes=boxes)


def _into(shut: Iterable[Box], still_open: Iterable[Box]) -> dict[UUID, UUID]:
    """Return into which OCG each member is folded."""
    stays = {member for box in still_open for member in box.members}
    into: dict[UUID, UUID] = {}
    for box in shut:
        for member in box.members:
            if member != box.id and member not in stays:
                into.setdefault(member, box.id)
    return into


def _one(item: Item, standing: Standing, holds: tuple[UUID, ...]) -> Item:
    importance = max(item.importance, Importance.SIGNIFICANT, key=_weight)
    return replace(
        item,
        detail=standing.words,
        importance=importance,
        strands=standing.strands,
        holds=holds,
    )


def _weight(importance: Importance) -> int:
    return -list(Importance).index(importance)


def _folded(ties: Iterable[Tie], into: Mapping[UUID, UUID], there: set[UUID]) -> Iterator[Tie]:
    """Yield ties with folded ends moved to their OCG; those that then say the same are one."""
    found: dict[tuple[UUID, UUID, str, bool], list[Tie]] = {}
    for tie in ties:
        if not {tie.source, tie.target} & into.keys():
            yield tie
            continue
        ends = into.get(tie.source, tie.source), into.get(tie.target, tie.target)
        if ends[0] == ends[1] or not there.issuperset(ends):
            continue
        if not tie.directed:
            ends = (min(ends), max(ends))
        found.setdefault((*ends, tie.label, tie.directed), []).append(tie)
    for (source, target, words, directed), some in found.items():
        best = max(some, key=lambda tie: tie.strength.rank)
        folded_ends = {end for tie in some for end in (tie.source, tie.target) if end in into}
        yield replace(
            best,
            id=uuid5(_SPACE, f"{source}{target}{words}{directed}"),
            source=source,
            target=target,
            count=sum(tie.count for tie in some),
            beneath=tuple(sorted(folded_ends)),
        )


def _belonging(shut: Iterable[Box], into: Mapping[UUID, UUID], there: set[UUID]) -> Iterator[Tie]:
    """Yield lines for members who are drawn elsewhere: no box says any more that they belong."""
    shared: dict[tuple[UUID, UUID], list[UUID]] = {}
    for box in shut:
        for member in sorted(box.members - {box.id}):
            ends = into.get(member, member), box.id
            if ends[0] != ends[1] and there.issuperset(ends):
                shared.setdefault(ends, []).append(member)
    for (source, target), members in shared.items():
        is_member = members == [source]
        words = ngettext("{n:,} member in both", "{n:,} members in both", len(members))
        yield Tie(
            id=uuid5(_SPACE, f"{source}{target}"),
            source=source,
            target=target,
            label=label("link-types", "member-of") if is_member else words.format(n=len(members)),
            directed=is_member,
            count=len(members),
            beneath=() if is_member else tuple(members),
        )
