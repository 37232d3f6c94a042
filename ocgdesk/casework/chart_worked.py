"""What charts show of an OCG or a line that stands on other records: its band, plan and clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import assessments
from ocgdesk.casework.threat_grid import RANKING
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import shipped
from ocgdesk.domain.things import Entity
from ocgdesk.store import planning, threats
from ocgdesk.store.planning import Held
from ocgdesk.store.reader import Reader
from ocgdesk.store.threats import Kept

_SCORED: Final = frozenset({Kind.OCG, Kind.COUNTY_LINE})
_STATUSES: Final = {Kind.OCG: "ocg-statuses", Kind.COUNTY_LINE: "line-statuses"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What was worked out of one OCG or line; None where it does not apply."""

    band: str = ""
    """Of its newest score by the ranking sheet, else of its newest score at all, in words."""
    score: float | None = None
    live_actions: int | None = None
    """Of a live OCG: in its newest plan; 0 also where it has none."""
    days_over: int | None = None
    """Of a live OCG or line with a review date: days past it, 0 before it."""


@cache
def _live(kind: Kind) -> frozenset[str]:
    return frozenset(item.code for item in shipped(_STATUSES[kind]) if item.get("live"))


def _is_live(thing: Entity) -> bool:
    return getattr(thing, "status", "") in _live(thing.kind)


def read(reader: Reader, things: Mapping[int, Entity], today: date) -> dict[UUID, Worked]:
    """Return it for the OCGs and lines among these records, which are known by their numbers."""
    scored = {no: thing for no, thing in things.items() if thing.kind in _SCORED}
    if not scored:
        return {}
    live = [no for no, thing in scored.items() if thing.kind is Kind.OCG and _is_live(thing)]
    scores, held = threats.scores(reader, list(scored)), planning.held(reader, live, today)
    return {
        thing.id: Worked(
            **_scored(scores.get(no, [])),
            live_actions=_actions(held, no),
            days_over=_over(thing, _due(held, no, thing), today),
        )
        for no, thing in scored.items()
    }


def _actions(held: Held, ocg: int) -> int | None:
    if ocg not in held.ocgs:
        return None
    plan = held.plans.get(ocg)
    return sum(strand.live for strand in held.counts[plan.no]) if plan else 0


def _due(held: Held, no: int, thing: Entity) -> date | None:
    return held.review_of(no) if no in held.ocgs else getattr(thing, "review_due", None)


def _over(thing: Entity, due: date | None, today: date) -> int | None:
    return max(0, (today - due).days) if due is not None and _is_live(thing) else None


def _scored(scores: Sequence[Kept]) -> dict[str, Any]:
    ranked = [kept for kept in scores if kept.sheet == RANKING and kept.band]
    banded = ranked or [kept for kept in scores if kept.band]
    if not banded:
        return {}
    kept = banded[-1]
    return {"band": assessments.band_words(kept.sheet, kept.band), "score": kept.total}
