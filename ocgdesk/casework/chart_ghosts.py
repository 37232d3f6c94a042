"""What a plan has still to find out, as ghosts on a chart: joined to what each asks about.

They are drawn over a chart and are not on it: no layout, measure or saved chart knows them, and
they are gone once a report answers them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import cos, pi, sin
from typing import Final
from uuid import UUID, uuid5

import numpy as np
from numpy.typing import NDArray

from ocgdesk.domain.charts import Arrangement, Importance, Item, Point, Scene, Tie
from ocgdesk.domain.dates import shown
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Strength
from ocgdesk.domain.planning import Requirement
from ocgdesk.domain.plans import Plan
from ocgdesk.i18n import _
from ocgdesk.store import happenings, plan_parts
from ocgdesk.store.reader import Reader

MOST: Final = 60
"""Ghosts on one chart; the question asked first comes first."""
LONGEST: Final = 30
"""Letters of a question under its ghost; the whole is in the list and on the plan."""
AWAY: Final = (105.0, 145.0, 195.0)
"""Chart units from what it asks about to a ghost, the nearest that is free first."""
ROUND: Final = 12
CLEAR: Final = 84.0
"""Chart units that are free round a ghost, where there is such a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ghosts:
    """The open requirements about what is on a chart."""

    items: tuple[Item, ...] = ()
    about: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    plans: Mapping[UUID, UUID] = field(default_factory=dict)
    """The OCG in whose plan each stands."""


NONE: Final = Ghosts()


def read(reader: Reader, scene: Scene) -> Ghosts:
    """Return the open requirements about the records of a scene, the oldest first."""
    ids = [item.id for item in scene.items if not item.sketch]
    found = plan_parts.asked(reader, ids)[:MOST]
    plans = happenings.entities(reader, {one.owner for one in found if one.owner})
    owners = {plan.id: plan.owner for plan in plans if isinstance(plan, Plan) and plan.owner}
    return Ghosts(
        items=tuple(_item(one) for one in found),
        about={one.id: tuple(id_ for id_ in one.about if id_ in set(ids)) for one in found},
        plans={one.id: owners[one.owner] for one in found if one.owner in owners},
    )


def _item(one: Requirement) -> Item:
    cut = len(one.question) > LONGEST
    due = _("due {day}").format(day=shown(one.due)) if one.due else ""
    return Item(
        id=one.id,
        kind=Kind.REQUIREMENT,
        label=f"{one.question[: LONGEST - 1].rstrip()}…" if cut else one.question,
        detail=due,
        importance=Importance.PERIPHERAL,
        marking=one.marking,
        ghost=True,
    )


def over(
    arrangement: Arrangement, ghosts: Ghosts, moved: Mapping[UUID, Point] | None = None
) -> Arrangement:
    """Return a chart with ghosts beside what they ask about, as far as that is drawn.

    Each stands in the first free place; ``moved`` ones where somebody put them.
    """
    drawn = {item.id for item in arrangement.scene.items} - arrangement.hidden
    seen = [one for one in ghosts.items if drawn.intersection(ghosts.about[one.id])]
    if not seen:
        return arrangement
    places = dict(arrangement.places)
    taken = [(at.x, at.y) for id_, at in places.items() if id_ in drawn]
    for one in seen:
        ends = [places[id_] for id_ in ghosts.about[one.id] if id_ in drawn and id_ in places]
        places[one.id] = (moved or {}).get(one.id) or _beside(ends, taken)
        taken.append((places[one.id].x, places[one.id].y))
    ties = tuple(tie for one in seen for tie in _ties(one.id, ghosts.about[one.id], drawn))
    scene = arrangement.scene
    scene = replace(scene, items=(*scene.items, *seen), ties=(*scene.ties, *ties))
    return replace(arrangement, scene=scene, places=places)


def without(arrangement: Arrangement) -> Arrangement:
    """Return a chart without ghosts: what leaves, unless somebody chose them."""
    scene = arrangement.scene
    gone = {item.id for item in scene.items if item.ghost}
    if not gone:
        return arrangement
    return replace(
        arrangement,
        scene=replace(
            scene,
            items=tuple(item for item in scene.items if item.id not in gone),
            ties=tuple(tie for tie in scene.ties if tie.source not in gone),
        ),
        places={id_: at for id_, at in arrangement.places.items() if id_ not in gone},
    )


def are_drawn(arrangement: Arrangement) -> bool:
    """Tell whether there are ghosts on a chart."""
    return any(item.ghost for item in arrangement.scene.items)


def _ties(ghost: UUID, about: Sequence[UUID], drawn: Collection[UUID]) -> Iterator[Tie]:
    for id_ in about:
        if id_ in drawn:
            yield Tie(
                id=uuid5(ghost, str(id_)),
                source=ghost,
                target=id_,
                label="",
                strength=Strength.TENTATIVE,
                sketch=True,
                asks=True,
            )


def _beside(ends: Sequence[Point], taken: Sequence[tuple[float, float]]) -> Point:
    """Return the nearest place round the first of these that nothing stands in."""
    middle = ends[0] if ends else Point(0.0, 0.0)
    others: NDArray[np.float64] = np.array(taken or [(0.0, 0.0)])
    best, room = middle, -1.0
    for at in _round(middle):
        free = float(np.hypot(others[:, 0] - at.x, others[:, 1] - at.y).min())
        if free >= CLEAR:
            return at
        if free > room:
            best, room = at, free
    return best


def _round(middle: Point) -> Iterator[Point]:
    for away in AWAY:
        for step in range(ROUND):
            turn = -pi / 4 + step * 2 * pi / ROUND
            yield Point(middle.x + away * cos(turn), middle.y + away * sin(turn))
