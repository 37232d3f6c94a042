"""What can be done to OCGs: nominate, move between statuses, tier, hand over.

Each move leaves an entry in the decision log. Such an entry cannot be undone, only superseded,
so the move that made it cannot be undone either: another move takes it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import archiving, records
from ocgdesk.domain import moves, reviews, statutory
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Assignment, Nominal, Ocg
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Membership
from ocgdesk.domain.plans import Action, Plan
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.statutory import Shortfall
from ocgdesk.domain.subrecords import Assessment, Decision
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import history, planning
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

STATUSES: Final = "ocg-statuses"
ENDED: Final = frozenset({"archived", "rejected", "merged"})
"""Statuses in which nothing is worked on: no review falls due, no action may be live."""
_NAMED: Final = 3
"""So many live actions are named in a refusal."""
_NO: Final = frozenset({"no", "none", "nil"})
_ONE_HOLDER: Final = frozenset({"lro", "sro"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was said with a move; which of it a move needs is in the list of moves."""

    reason: str = ""
    archive_reason: str = ""
    decision_maker: str = ""
    trigger: str = ""
    """What would re-activate it."""
    successor: UUID | None = None
    """The OCG it goes on as."""
    meeting: str = ""
    decided: date | None = None
    """Today where nothing is said."""

    @property
    def needs(self) -> frozenset[str]:
        """The codes of ``move-needs`` that are met."""
        said = {
            "reason": self.reason.strip(),
            "archive-reason": self.archive_reason,
            "decision-maker": self.decision_maker.strip(),
            "trigger": self.trigger.strip(),
            "successor": self.successor,
        }
        return frozenset(need for need, value in said.items() if value)


# ---- Nomination ---------------------------------------------------------------------------------


def nominate(work: Work, new: Ocg, members: Sequence[UUID] = ()) -> Ocg:
    """Nominate a group, with those who are thought to belong to it, in one act.

    Whether it meets the definition is for ``check`` to say; nothing is refused for that.
    """
    if new.status != "nominated":
        raise Refused(_("A nomination begins as nominated; what follows are moves"))
    made = records.create(work, new)
    for nominal in dict.fromkeys(members):
        person = work.get(Nominal, nominal)
        records.link(work, Membership(source=person.id, target=made.id))
    return made


def check(reader: Reader, ocg: Ocg, today: date) -> tuple[Shortfall, ...]:
    """Return what of the statutory definition a recorded OCG does not show, in words."""
    links = queries.links_of(reader, ocg.id)
    held = [
        item for item in links if isinstance(item.link, Membership) and item.link.holds_on(today)
    ]
    exploited = sum(item.other.exploited for item in held)
    return shortfalls(ocg, persons=len(held) - exploited, exploited=exploited)


def shortfalls(ocg: Ocg, *, persons: int, exploited: int = 0) -> tuple[Shortfall, ...]:
    """Return what of the definition is not met, given how many act together."""
    crimes = (ocg.primary_crime, *ocg.further_crimes)
    return statutory.shortfalls(
        threat_type=ocg.threat_type,
        persons=persons,
        crime_types=[code for code in crimes if code],
        gain=gain_of(ocg.benefit),
        offences=ocg.offences,
        exploited=exploited,
    )


def gain_of(benefit: str) -> bool | None:
    """Return whether a gain or benefit is recorded; None where nobody has said."""
    said = benefit.strip().rstrip(".").casefold()
    return None if not said else said not in _NO


# ---- Status -------------------------------------------------------------------------------------


def move(work: Work, id_: UUID, status: str, given: Given, *, today: date) -> Ocg:
    """Move an OCG to another status and enter the decision; it cannot be undone.

    Raises Refused, saying what would be needed, where the status does not allow it, something
    is missing, or actions of its plan are still live.
    """
    ocg = work.get(Ocg, id_)
    if refused := _refusal(ocg, status, given):
        raise Refused(refused)
    found = moves.move_between(STATUSES, ocg.status, status)
    assert found is not None  # noqa: S101 - what is no move was refused above
    if status in ENDED:
        _check_nothing_is_live(work.reader, ocg, _(found.label))
    if given.successor is not None:
        _check_successor(work.reader, ocg, given.successor)
    saved = _save(work, ocg, _moved(ocg, status, given))
    missing = archiving.doubts(work.reader, id_) if status == "archived" else ()
    rationale = "\n".join((_rationale(work.reader, given), *missing))
    decide(work, saved, _(found.label), rationale, given, today=today)
    return saved


def _refusal(ocg: Ocg, status: str, given: Given) -> str | None:
    if status == ocg.status:
        told = _("This OCG is {status} already")
        return told.format(status=label(STATUSES, status))
    return moves.refuse_move(STATUSES, ocg.status, status) or moves.refuse_without(
        STATUSES, ocg.status, status, given.needs
    )


def _moved(ocg: Ocg, status: str, given: Given) -> Ocg:
    is_archived = status == "archived"
    return replace(
        ocg,
        status=status,
        status_reason=given.reason.strip(),
        decision_maker=given.decision_maker.strip(),
        archive_reason=given.archive_reason if is_archived else "",
        trigger=given.trigger.strip() if is_archived else "",
        merged_into=given.successor if status == "merged" else None,
        review_due=None if status in ENDED else ocg.review_due,
    )


def live_actions(reader: Reader, ocg: UUID) -> list[Action]:
    """Return the actions of its plans that somebody still has to do."""
    plans = [t for t in queries.owned(reader, ocg, Kind.PLAN) if isinstance(t, Plan)]
    actions = [action for plan in plans for action in planning.actions_of(reader, plan.id)]
    return [action for action in actions if action.is_live]


def _check_nothing_is_live(reader: Reader, ocg: Ocg, act: str) -> None:
    live = live_actions(reader, ocg.id)
    if not live:
        return
    named = ", ".join(action.ref for action in live[:_NAMED])
    more = _(" and {n} more").format(n=len(live) - _NAMED) if len(live) > _NAMED else ""
    told = ngettext(
        "{act}: {n} action of its 4P plan is still live ({refs}); complete or cancel it first",
        "{act}: {n} actions of its 4P plan are still live ({refs}); complete or cancel them first",
        len(live),
    )
    raise Refused(told.format(act=act, n=len(live), refs=named + more))


def _check_successor(reader: Reader, ocg: Ocg, successor: UUID) -> None:
    """Refuse to merge an OCG into itself, or into one that was merged."""
    into = reader.get(Ocg, successor)
    if into.id == ocg.id:
        raise Refused(_("An OCG cannot be merged into itself; name the one it goes on as"))
    if into.status in ENDED:
        told = _("{ref} is {status}; name an OCG that is still worked on")
        raise Refused(told.format(ref=into.ref, status=label(STATUSES, into.status)))


def take_back_merge(work: Work, id_: UUID, given: Given, *, today: date) -> Ocg:
    """Bring back an OCG that was merged into another, as it stood before; needs a reason."""
    ocg = work.get(Ocg, id_)
    if ocg.status != "merged":
        raise Refused(_("This OCG was not merged into another"))
    if not given.reason.strip():
        raise Refused(_("Say why the merge is taken back; the reason is kept"))
    before = _status_before(work.reader, ocg)
    saved = _save(work, ocg, _moved(ocg, before, given))
    merge = next(
        (d for d in reversed(decisions(work.reader, id_)) if d.title == _merge_label()), None
    )
    decide(
        work,
        saved,
        _("Take the merge back"),
        given.reason.strip(),
        given,
        today=today,
        supersedes=merge.id if merge else None,
    )
    return saved


def _merge_label() -> str:
    found = moves.move_between(STATUSES, "active", "merged")
    return _(found.label) if found else ""


def _status_before(reader: Reader, ocg: Ocg) -> str:
    """Return what the journal says it was before it was merged; active where it says nothing."""
    for event in reversed(history.of(reader, reader.number(ocg.id))):
        before = event.change.before if event.change else None
        if isinstance(before, Ocg) and before.status != "merged":
            return before.status
    return "active"


# ---- Tier ---------------------------------------------------------------------------------------


def set_tier(
    work: Work,
    id_: UUID,
    tier: str,
    given: Given,
    *,
    today: date,
    review_due: date | None = None,
) -> Ocg:
    """Set the tier with its reason and where it was decided, and the next review.

    Without a day the next review is the one proposed for the tier. It is entered in the
    decision log and cannot be undone. Raises Refused without a tier or a reason.
    """
    ocg = work.get(Ocg, id_)
    if not tier:
        raise Refused(_("Choose a tier"))
    if not given.reason.strip():
        raise Refused(_("Say why it is in this tier; the reason is kept"))
    due = review_due or proposed_review(work.reader, replace(ocg, tier=tier), today)
    changed = replace(
        ocg,
        tier=tier,
        tier_reason=given.reason.strip(),
        tier_meeting=given.meeting.strip(),
        tier_decided=given.decided or today,
        review_due=None if ocg.status in ENDED else due,
    )
    saved = _save(work, ocg, changed)
    title = _("Tier {tier}").format(tier=label("tiers", tier))
    decide(work, saved, title, given.reason.strip(), given, today=today, type_="tasking")
    return saved


def proposed_review(reader: Reader, ocg: Ocg, today: date) -> date | None:
    """Return the next review by tier, from the last assessment or else from today."""
    found = queries.owned(reader, ocg.id, Kind.ASSESSMENT)
    dates = [item.assessed for item in found if isinstance(item, Assessment) and item.assessed]
    return reviews.next_review(ocg.tier, max(dates, default=today))


# ---- Who answers for it -------------------------------------------------------------------------


def assign(
    work: Work, id_: UUID, new: Assignment, *, handover: str = "", beside: bool = False
) -> Assignment:
    """Give an OCG an LRO, SIO or SRO from a day on; whoever held the role hands over.

    ``handover`` says with what, and stays on the assignment that ends. ``beside`` keeps the
    holders there are, which only an SIO may be. Raises Refused where the new one would begin
    before the one that ends.
    """
    ocg = work.get(Ocg, id_)
    if beside and new.role in _ONE_HOLDER:
        told = _("There is one {role} at a time: the one there is hands over")
        raise Refused(told.format(role=label("assignment-roles", new.role)))
    start = new.start.earliest() if new.start else work.now.date()
    before = [] if beside else _holders(work.reader, id_, new.role)
    if before:
        work.put(*(_ended(post, start, handover) for post in before))
    made = replace(
        new,
        owner=ocg.id,
        start=new.start or PartialDate.of(start),
        marking=ocg.marking,
        restricted_to=ocg.restricted_to,
    )
    return records.create(work, made)


def end_assignment(work: Work, id_: UUID, day: date, handover: str = "") -> Assignment:
    """End an assignment on a day without naming who follows."""
    post = work.get(Assignment, id_)
    if post.end is not None:
        raise Refused(_("This assignment has ended already"))
    _check_order(post, day)
    note = handover.strip() or post.handover
    saved = work.put(replace(post, end=PartialDate.of(day), handover=note))[0]
    assert isinstance(saved, Assignment)  # noqa: S101 - it was read as one above
    return saved


def _holders(reader: Reader, ocg: UUID, role: str) -> list[Assignment]:
    return [post for post in assignments(reader, ocg) if post.role == role and post.end is None]


def assignments(reader: Reader, ocg: UUID) -> list[Assignment]:
    """Return who answers and answered for an OCG, in the order it was entered."""
    found = queries.owned(reader, ocg, Kind.ASSIGNMENT)
    return [thing for thing in found if isinstance(thing, Assignment)]


def _ended(post: Assignment, next_start: date, handover: str) -> Assignment:
    """End a post the day before the next begins, so that each day has one holder."""
    _check_order(post, next_start)
    last = next_start - timedelta(days=1)
    if post.start is not None and post.start.earliest() > last:
        last = next_start
    return replace(post, end=PartialDate.of(last), handover=handover.strip())


def _check_order(post: Assignment, day: date) -> None:
    if post.start is not None and post.start.earliest() > day:
        told = _("The assignment before it only began on {day}; nothing can end before it began")
        raise Refused(told.format(day=post.start.worded()))


# ---- The decision log ---------------------------------------------------------------------------


def decisions(reader: Reader, owner: UUID) -> list[Decision]:
    """Return the decision log of a record, oldest first."""
    found = queries.owned(reader, owner, Kind.DECISION)
    return [thing for thing in found if isinstance(thing, Decision)]


def decide(
    work: Work,
    ocg: Ocg,
    title: str,
    rationale: str,
    given: Given,
    *,
    today: date,
    type_: str = "decision",
    supersedes: UUID | None = None,
) -> Decision:
    """Enter a decision about an OCG; from here on the whole act cannot be undone."""
    work.entry = {**work.entry, "undoable": False, "reason": given.reason or rationale}
    return records.create(
        work,
        Decision(
            owner=ocg.id,
            title=title,
            decision_type=type_,
            decided=given.decided or today,
            decided_by=given.decision_maker.strip() or work.user.display,
            meeting=given.meeting.strip(),
            rationale=rationale,
            supersedes=supersedes,
            marking=ocg.marking,
            restricted_to=ocg.restricted_to,
        ),
    )


def _rationale(reader: Reader, given: Given) -> str:
    """Return everything that was said with a move, a line for each."""
    into = reader.get(Ocg, given.successor) if given.successor else None
    lines = (
        label("archive-reasons", given.archive_reason),
        given.reason.strip(),
        _("Would be re-activated by: {text}").format(text=given.trigger.strip())
        if given.trigger.strip()
        else "",
        _("Goes on as {ref}").format(ref=into.ref) if into else "",
    )
    return "\n".join(line for line in lines if line)


def _save(work: Work, before: Ocg, changed: Ocg) -> Ocg:
    """Save an OCG by the rules of any edit."""
    records.check(changed)
    saved: Any = work.put(replace(changed, version=before.version))[0]
    assert isinstance(saved, Ocg)  # noqa: S101 - it was read as one above
    return saved
