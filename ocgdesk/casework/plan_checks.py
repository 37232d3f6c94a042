"""What stands in the way of signing a plan, and what should be looked at first."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from ocgdesk.domain.dates import shown
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plan_content import COVERED, Content
from ocgdesk.domain.planning import PlanRisk, Requirement, StrandNote
from ocgdesk.domain.plans import Action, ActionStatus, Objective, Plan, Strand, strand_counts
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import _
from ocgdesk.store import recent, records
from ocgdesk.store.reader import Reader

OVER: Final = frozenset({"archived", "rejected", "merged"})
"""Statuses of an OCG that is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Something about a plan that stands in the way, or should be looked at."""

    code: str
    words: str
    blocks: bool = True
    about: UUID | None = None
    strand: str = ""


def content_of(reader: Reader, plan: Plan) -> Content:
    """Return a plan with all that a signature covers."""
    found = records.owned(reader, plan.id, *COVERED)
    return Content(plan=plan, parts=tuple(part for part in found if isinstance(part, Entity)))


def checks(reader: Reader, plan: Plan, *, today: date) -> tuple[Check, ...]:
    """Return what stands in the way of signing, then what only warns."""
    content = content_of(reader, plan)
    ocg = reader.find(plan.owner) if plan.owner else None
    here = recent.user_names(reader).keys()
    found = [
        *_ocg_closed(ocg if isinstance(ocg, Ocg) else None, content),
        *_empty(content, today),
        *_actions(content, here),
        *_rest(content, today),
    ]
    return tuple(sorted(found, key=lambda one: not one.blocks))


def _acts(content: Content) -> list[Action]:
    return [part for part in content.of(Kind.ACTION) if isinstance(part, Action)]


def _ocg_closed(ocg: Ocg | None, content: Content) -> Iterator[Check]:
    live = sum(action.is_live for action in _acts(content))
    if ocg is not None and ocg.status in OVER and live:
        told = _("The OCG is {status} and {n} actions are live: complete or cancel them first")
        status = label("ocg-statuses", ocg.status).lower()
        yield Check(code="closed-with-actions", words=told.format(status=status, n=live))


def excused(content: Content, today: date) -> dict[str, StrandNote]:
    """Return, by strand, the note that says why a P does not apply for now."""
    notes = [part for part in content.of(Kind.STRAND_NOTE) if isinstance(part, StrandNote)]
    return {
        note.strand: note
        for note in notes
        if note.note_type == "not-applicable" and (note.until is None or note.until >= today)
    }


def _empty(content: Content, today: date) -> Iterator[Check]:
    reasons = excused(content, today)
    for count in strand_counts(_acts(content), today):
        if count.is_empty and count.strand.value not in reasons:
            told = _("{strand} is empty: add an action, or say why it does not apply")
            words = told.format(strand=label("strands", count.strand.value))
            yield Check(code="empty-strand", words=words, strand=count.strand.value)


def _actions(content: Content, here: Collection[UUID]) -> Iterator[Check]:
    for action in _acts(content):
        if action.status == ActionStatus.COMPLETE and not action.outcome.strip():
            yield _about(action, "no-outcome", _("{what} is complete and has no outcome"))
        if action.due and action.raised and action.due < action.raised:
            yield _about(action, "due-before-raised", _("{what} is due before it was raised"))
        if action.is_live and action.user is not None and action.user not in here:
            told = _("{what}: its owner's account is closed; give it to somebody else")
            yield _about(action, "owner-left", told, blocks=False)
        if action.is_live and action.due is None:
            yield _about(action, "no-due-day", _("{what} has no due day"), blocks=False)
        if action.is_live and not (action.officer or action.user):
            yield _about(action, "no-owner", _("{what} has no owner"), blocks=False)


def _about(action: Action, code: str, told: str, *, blocks: bool = True) -> Check:
    words = told.format(what=action.title[:80])
    return Check(code=code, words=words, blocks=blocks, about=action.id, strand=action.strand)


def _rest(content: Content, today: date) -> Iterator[Check]:
    aims = [part for part in content.of(Kind.OBJECTIVE) if isinstance(part, Objective)]
    for strand in Strand:
        mine = [aim for aim in aims if aim.strand == strand.value]
        if not mine and any(a.strand == strand.value and a.is_live for a in _acts(content)):
            told = _("{strand} has actions and no objective")
            words = told.format(strand=label("strands", strand.value))
            yield Check(code="no-objective", words=words, blocks=False, strand=strand.value)
    for part in content.parts:
        if isinstance(part, Requirement) and _is_late(part.due, part.status in _OPEN, today):
            told = _("The intelligence requirement “{what}” was due on {day}")
            yield _overdue(part.id, "requirement-late", told, part.question, part.due)
        if isinstance(part, PlanRisk) and _is_late(part.review_due, part.closed is None, today):
            told = _("The risk “{what}” was to be looked at on {day}")
            yield _overdue(part.id, "risk-late", told, part.risk, part.review_due)


_OPEN: Final = frozenset({"open", "tasked"})


def _is_late(due: date | None, is_open: bool, today: date) -> bool:  # noqa: FBT001 - of the part
    return is_open and due is not None and due < today


def _overdue(id_: UUID, code: str, told: str, what: str, day: date | None) -> Check:
    words = told.format(what=what[:80], day=shown(day) if day else "")
    return Check(code=code, words=words, blocks=False, about=id_)


def weeks_between_reviews(tier: str) -> int:
    """Return how many weeks a plan of this tier may wait for its review (local default)."""
    known = code_list("tiers").find(tier)
    return int(known.get("plan_review_weeks", 12)) if known else 12
