"""What stands beside a plan's board: agenda, suggestions, sections, versions, clashes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from ocgdesk.casework import (
    handovers,
    plan_checks,
    plan_reviews,
    plan_versions,
    subrecords,
    suggestions,
)
from ocgdesk.casework.plan_reviews import Agenda
from ocgdesk.casework.subrecords import Hanging
from ocgdesk.casework.suggestions import Suggestion
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.planning import Handover, PlanVersion, Review, StrandNote
from ocgdesk.domain.plans import Plan
from ocgdesk.store.reader import Reader

SECTIONS: Final = (
    *(Kind.OBJECTIVE, Kind.REQUIREMENT, Kind.PARTNER, Kind.PLAN_RISK, Kind.STRAND_NOTE),
    *(Kind.DECISION, Kind.REVIEW, Kind.PLAN_VERSION, Kind.ADVICE),
)
"""The kinds a plan is made of beside its actions, in the order they are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """All of a plan that is not on its board."""

    plan: Plan
    agenda: Agenda
    excused: Mapping[str, StrandNote]
    """Why a strand does not apply for now, by strand."""
    suggestions: tuple[Suggestion, ...]
    versions: tuple[PlanVersion, ...]
    reviews: tuple[Review, ...]
    parts: Hanging
    open_handovers: tuple[Handover, ...]


def read(reader: Reader, plan_id: UUID, *, today: date) -> Beside:
    """Return what stands beside a plan; NotFound where this reader knows of no such plan."""
    plan = reader.get(Plan, plan_id)
    content = plan_checks.content_of(reader, plan)
    held = handovers.of_ocg(reader, plan.owner) if plan.owner else []
    return Beside(
        plan=plan,
        agenda=plan_reviews.agenda(reader, plan, today=today),
        excused=plan_checks.excused(content, today),
        suggestions=suggestions.of_plan(reader, plan, today=today),
        versions=plan_versions.versions(reader, plan_id),
        reviews=plan_reviews.reviews(reader, plan_id),
        parts=subrecords.of(reader, plan_id, *SECTIONS),
        open_handovers=tuple(one for one in held if one.taken is None),
    )
