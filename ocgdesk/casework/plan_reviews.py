"""Reviews of a plan: an agenda made from what changed, decisions, the next date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ocgdesk.casework import plan_checks, plan_versions, records
from ocgdesk.casework.plan_checks import Check
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plan_content import Difference, digest, text
from ocgdesk.domain.planning import Review
from ocgdesk.domain.plans import Action, Plan
from ocgdesk.domain.subrecords import Decision
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What a review looks at: what changed, what stands in the way, what is late, what is next."""

    plan: Plan
    last: Review | None
    changed: tuple[Difference, ...]
    checks: tuple[Check, ...]
    late: tuple[Action, ...]
    next_due: date
    digest: str
    """The hash of the plan as it stands; signing names it."""

    @property
    def blockers(self) -> tuple[Check, ...]:
        """What stands in the way of signing."""
        return tuple(one for one in self.checks if one.blocks)


def reviews(reader: Reader, plan_id: UUID) -> tuple[Review, ...]:
    """Return the reviews of a plan, the newest first."""
    found = queries.owned(reader, plan_id, Kind.REVIEW)
    held = [thing for thing in found if isinstance(thing, Review)]
    return tuple(sorted(held, key=lambda one: one.held or date.min, reverse=True))


def agenda(reader: Reader, plan: Plan, *, today: date) -> Agenda:
    """Return what the next review of a plan looks at."""
    content = plan_checks.content_of(reader, plan)
    held = reviews(reader, plan.id)
    acts = [part for part in content.of(Kind.ACTION) if isinstance(part, Action)]
    late = sorted((a for a in acts if a.days_over(today)), key=lambda a: a.due or date.max)
    return Agenda(
        plan=plan,
        last=held[0] if held else None,
        changed=plan_versions.unsigned(reader, plan),
        checks=plan_checks.checks(reader, plan, today=today),
        late=tuple(late),
        next_due=next_review(reader, plan, today),
        digest=digest(text(content)),
    )


def next_review(reader: Reader, plan: Plan, last: date) -> date:
    """Return the day of the next review, by the tier of the OCG (local default)."""
    ocg = reader.find(plan.owner) if plan.owner else None
    tier = ocg.tier if isinstance(ocg, Ocg) else ""
    return last + timedelta(weeks=plan_checks.weeks_between_reviews(tier))


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What was said at a review."""

    meeting: str
    held: date
    attendance: tuple[str, ...] = ()
    is_joint: bool = False
    agenda: str = ""
    result: str = ""
    lessons: str = ""
    next_due: date | None = None
    decisions: tuple[tuple[str, str], ...] = ()
    """Title and rationale of each; a decision-log entry each, which only supersession changes."""


def hold(work: Work, plan_id: UUID, said: Held) -> Review:
    """Record a review: who came, what was decided, when the next one is.

    Raises Refused for a joint review without both, one held ahead of its day, and a next one
    that is not after it.
    """
    plan = work.get(Plan, plan_id)
    _check(work, said)
    due = said.next_due or next_review(work.reader, plan, said.held)
    made = records.create(
        work,
        Review(
            owner=plan_id,
            held=said.held,
            meeting=said.meeting,
            is_joint=said.is_joint,
            attendance=said.attendance,
            agenda=said.agenda,
            result=said.result,
            lessons=said.lessons,
            next_due=due,
            signed_version=plan.number if plan.status == plan_versions.SIGNED else None,
            marking=plan.marking,
            restricted_to=plan.restricted_to,
        ),
    )
    records.edit(work, plan_id, {"review_due": due})
    for decision in _decisions(plan, said):
        records.create(work, decision)
    return made


def _check(work: Work, said: Held) -> None:
    if said.held > work.now.date():
        raise Refused(_("A review is recorded when it was held: this day is ahead"))
    if said.next_due is not None and said.next_due <= said.held:
        raise Refused(_("The next review comes after this one"))
    if said.is_joint and len(said.attendance) < 2:
        raise Refused(_("A joint review names LRO and SIO among those who came"))


def _decisions(plan: Plan, said: Held) -> Iterator[Decision]:
    for title, rationale in said.decisions:
        yield Decision(
            owner=plan.id,
            title=title,
            decision_type="review",
            decided=said.held,
            decided_by=", ".join(said.attendance[:2]),
            meeting=said.meeting,
            rationale=rationale,
        )
