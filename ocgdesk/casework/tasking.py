"""Tasking: meetings with their agenda, decisions with their reasons, applied to the OCG once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import ocgs, plan_versions, records, threat_grid
from ocgdesk.casework.ocgs import Given
from ocgdesk.domain.clocks import Urgency, review_clock
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Action
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.tasking import AgendaItem, Meeting, MeetingGroup
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import planning, tasking_queue
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

DECISIONS: Final = "tasking-decisions"
MOST: Final = 12
"""Rows of the threat grid that an agenda is drawn up with."""
_TIERS: Final = {"adopt": "t1", "support": "t2"}
"""The tier a decision puts an OCG in (local default: T1 is ROCU-led, T2 ROCU-supported)."""


# ---- Agenda -------------------------------------------------------------------------------------


def agenda(reader: Reader, group: MeetingGroup, *, today: date) -> tuple[AgendaItem, ...]:
    """Return what the next meeting of a group has to look at, the most pressing first.

    The head of the threat grid, OCGs whose review is overdue, requests that wait, and actions of
    its last meeting that are still open.
    """
    found = [
        *_from_grid(reader, group, today),
        *_from_requests(reader, group),
        *_from_actions(reader, group),
    ]
    first = {item.about or item.id: item for item in reversed(found)}
    kept = [item for item in found if first[item.about or item.id] is item]
    return tuple(replace(item, position=number) for number, item in enumerate(kept, 1))


def _from_grid(reader: Reader, group: MeetingGroup, today: date) -> Iterator[AgendaItem]:
    agencies = (group.agency,) if group.agency else ()
    grid = threat_grid.read(reader, threat_grid.Wish(agencies=agencies), today=today)
    for number, row in enumerate(grid.rows):
        clock = review_clock(row.threat.review_due, today)
        is_late = clock.urgency is Urgency.OVERDUE
        if number < MOST or is_late:
            yield AgendaItem(
                title=row.threat.ocg.label,
                source="grid" if number < MOST else "review",
                about=row.threat.ocg.id,
                plan_version=_version(reader, row.threat.ocg.id),
            )


def _version(reader: Reader, ocg: UUID) -> int | None:
    plan = planning.plan_of(reader, ocg)
    signed = plan_versions.versions(reader, plan.id) if plan else ()
    return signed[0].number if signed else None


def _from_requests(reader: Reader, group: MeetingGroup) -> Iterator[AgendaItem]:
    for request in tasking_queue.waiting(reader, group.agency, most=MOST):
        yield AgendaItem(title=request.title, source="request", about=request.id)


def _from_actions(reader: Reader, group: MeetingGroup) -> Iterator[AgendaItem]:
    for action in tasking_queue.open_actions(reader, group.id):
        yield AgendaItem(title=action.title, source="action", about=action.id)


def outstanding(reader: Reader, group_id: UUID) -> tuple[Action, ...]:
    """Return the live actions that meetings of a group set."""
    return tuple(tasking_queue.open_actions(reader, group_id))


def set_action(work: Work, meeting_id: UUID, action: Action, *, today: date) -> Action:
    """Set somebody to do something at a meeting.

    Raises Refused for one due before it is raised.
    """
    work.get(Meeting, meeting_id)
    made = replace(action, owner=meeting_id, raised=action.raised or today)
    if made.due is not None and made.raised is not None and made.due < made.raised:
        raise Refused(_("Due before raised: give a later day"))
    return records.create(work, made)


def add_item(work: Work, meeting_id: UUID, title: str, about_id: UUID | None) -> AgendaItem:
    """Put another item at the end of an agenda, on an OCG or another record, or on neither.

    Raises Refused where the meeting is closed, and without a title where it is on no record.
    """
    meeting = work.get(Meeting, meeting_id)
    if meeting.status in {"closed", "cancelled"}:
        raise Refused(_("This meeting is closed: put it before the next one"))
    record = work.reader.find(about_id) if about_id else None
    named = title.strip() or (record.label if isinstance(record, Entity) else "")
    if not named:
        raise Refused(_("Say what the item is, or name the record it is on"))
    last = max((one.position for one in items(work.reader, meeting_id)), default=0)
    version = _version(work.reader, record.id) if isinstance(record, Ocg) else None
    made = AgendaItem(
        owner=meeting_id, title=named, source="chair", about=about_id, position=last + 1,
        plan_version=version,
    )  # fmt: skip
    return records.create(work, made)


def prepare(work: Work, group_id: UUID, held: date, *, title: str = "", today: date) -> Meeting:
    """Call a meeting of a group, with an agenda drawn from what waits.

    Raises Refused where the group has ended.
    """
    group = work.get(MeetingGroup, group_id)
    if group.ended is not None and group.ended <= held:
        raise Refused(_("This group does not meet any more"))
    meeting = records.create(
        work, Meeting(owner=group_id, title=title or group.name, held=held, status="prepared")
    )
    for item in agenda(work.reader, group, today=today):
        records.create(work, replace(item, owner=meeting.id))
    return meeting


def items(reader: Reader, meeting_id: UUID) -> tuple[AgendaItem, ...]:
    """Return the agenda of a meeting in its order."""
    found = queries.owned(reader, meeting_id, Kind.AGENDA_ITEM)
    held = [thing for thing in found if isinstance(thing, AgendaItem)]
    return tuple(sorted(held, key=lambda item: (item.position, item.title)))


# ---- Decisions ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a meeting said of one item."""

    decision: str
    rationale: str
    resources: str = ""
    review_on: date | None = None


def decide(work: Work, item_id: UUID, said: Said, *, today: date) -> AgendaItem:
    """Record what a meeting decided on an item; it takes effect when it is applied.

    Raises Refused without a reason, for a decision there is none of, where it was applied
    already, and where a later version of the plan was signed than the meeting had before it.
    """
    item = work.get(AgendaItem, item_id)
    if said.decision not in code_list(DECISIONS):
        raise Refused(_("{code!r} is no decision").format(code=said.decision[:40]))
    if not said.rationale.strip():
        raise Refused(_("Say why; the reason is kept with the decision"))
    if item.applied:
        raise Refused(_("This decision was applied; another meeting decides anew"))
    _check_version(work.reader, item)
    changed = replace(
        item,
        decision=said.decision,
        rationale=said.rationale.strip(),
        resources=said.resources.strip(),
        review_on=said.review_on,
        decided=today,
    )
    saved = work.put(changed)[0]
    assert isinstance(saved, AgendaItem)  # noqa: S101 - what is put comes back as it went
    return saved


def _check_version(reader: Reader, item: AgendaItem) -> None:
    ocg = _ocg_of(reader, item)
    now = _version(reader, ocg.id) if ocg else None
    if now is not None and item.plan_version is not None and now > item.plan_version:
        told = _(
            "The meeting had version {then} of the plan before it; version {now} was signed since:"
            " take the item up again"
        )
        raise Refused(told.format(then=item.plan_version, now=now))


def take_up_again(work: Work, item_id: UUID) -> AgendaItem:
    """Put an item before the meeting with the plan as it is signed now."""
    item = work.get(AgendaItem, item_id)
    ocg = _ocg_of(work.reader, item)
    version = _version(work.reader, ocg.id) if ocg else None
    saved = work.put(replace(item, plan_version=version, decision="", decided=None))[0]
    assert isinstance(saved, AgendaItem)  # noqa: S101 - what is put comes back as it went
    return saved


def apply(
    work: Work, item_id: UUID, *, today: date, given: Mapping[str, Any] | None = None
) -> AgendaItem:
    """Let a decision take effect on its OCG: its tier or status, the log, the next review.

    ``given`` is what an archive needs besides: archive reason, decision-maker, trigger. Raises
    Refused where nothing was decided, where it was applied already, and for whatever the move
    itself refuses, such as an archive with live actions.
    """
    item = work.get(AgendaItem, item_id)
    if not item.decision:
        raise Refused(_("Nothing was decided on this item yet"))
    if item.applied:
        raise Refused(_("This decision was applied already"))
    _check_version(work.reader, item)
    ocg = _ocg_of(work.reader, item)
    if ocg is not None:
        _apply(work, ocg, item, _given(work.reader, item, given or {}), today)
    saved = work.put(replace(work.get(AgendaItem, item_id), applied=True))[0]
    assert isinstance(saved, AgendaItem)  # noqa: S101 - what is put comes back as it went
    return saved


def _ocg_of(reader: Reader, item: AgendaItem) -> Ocg | None:
    if item.about is None or not reader.numbers([item.about]):
        return None
    found = reader.find(item.about)
    return found if isinstance(found, Ocg) else None


def _given(reader: Reader, item: AgendaItem, more: Mapping[str, Any]) -> Given:
    meeting = reader.find(item.owner) if item.owner else None
    title = meeting.title if isinstance(meeting, Meeting) else ""
    chair = meeting.chair if isinstance(meeting, Meeting) else ""
    said = {"reason": item.rationale, "meeting": title, "decision_maker": chair or title}
    return Given(**(said | {"decided": item.decided} | dict(more)))


def _apply(work: Work, ocg: Ocg, item: AgendaItem, given: Given, today: date) -> None:
    tier = _tier(ocg, item.decision)
    if item.decision == "archive":
        ocgs.move(work, ocg.id, "archived", given, today=today)
    elif tier and tier != ocg.tier:
        ocgs.set_tier(work, ocg.id, tier, given, today=today, review_due=item.review_on)
    else:
        title = _("Tasking: {decision}").format(decision=label(DECISIONS, item.decision).lower())
        ocgs.decide(work, ocg, title, _with_resources(item), given, today=today, type_="tasking")
        if item.review_on is not None:
            records.edit(work, ocg.id, {"review_due": item.review_on})


def _with_resources(item: AgendaItem) -> str:
    if not item.resources:
        return item.rationale
    return _("{why} Resources: {what}").format(why=item.rationale, what=item.resources)


def _tier(ocg: Ocg, decision: str) -> str:
    """Return the tier a decision puts an OCG in; empty where it leaves it where it is."""
    if decision in _TIERS:
        return _TIERS[decision]
    order = [item.code for item in code_list("tiers") if not item.retired]
    if ocg.tier not in order or decision not in {"escalate", "de-escalate"}:
        return ""
    step = -1 if decision == "escalate" else 1
    return order[max(0, min(len(order) - 1, order.index(ocg.tier) + step))]


def undecided(found: Iterable[AgendaItem]) -> int:
    """Return how many items of an agenda wait for a decision."""
    return sum(not item.decision for item in found)


def close(work: Work, meeting_id: UUID, *, minutes: str = "", today: date) -> Meeting:
    """Close a meeting: apply what was decided and not yet applied.

    Raises Refused where an item waits for its decision; nothing is applied then.
    """
    held = items(work.reader, meeting_id)
    if left := undecided(held):
        told = _("{n} items wait for a decision: decide, or note them")
        raise Refused(told.format(n=left))
    for item in held:
        if not item.applied and item.decision != "archive":
            apply(work, item.id, today=today)
    meeting = work.get(Meeting, meeting_id)
    saved = work.put(replace(meeting, status="closed", minutes=minutes or meeting.minutes))[0]
    assert isinstance(saved, Meeting)  # noqa: S101 - what is put comes back as it went
    return saved


def about(reader: Reader, item: AgendaItem) -> Entity | None:
    """Return the record an item is about, as far as the reader may know of it."""
    if item.about is None or not reader.numbers([item.about]):
        return None
    found = reader.find(item.about)
    return found if isinstance(found, Entity) else None
