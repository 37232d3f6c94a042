"""What can be done to a county line: close it, try it again, bring it back, follow it on.

Type 1 is a closure by a holder who was charged, Type 2 by a number put out of use; both are tried
again after 30 and 90 days (local default). A line found in use again is active again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import records
from ocgdesk.casework.case_rules import LINE_STATUSES, steps_of
from ocgdesk.domain import moves
from ocgdesk.domain.dates import PartialDate, shown
from ocgdesk.domain.entities import CountyLine
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.subrecords import CheckBack, CourtStep
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work

CLOSED: Final = {"closed-type-1": "type-1", "closed-type-2": "type-2"}
"""The type of closure by the status it leads to."""
AGAIN: Final = "re-activated"
HOLDS: Final = "holds-line"
REBRANDED: Final = "rebranded-to"
_TAKEN_OVER: Final = (
    *("line_type", "exporter", "hub", "importers", "towns", "agency", "travel"),
    *("marking", "restricted_to"),
)
"""What a line that comes back under another name goes on with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was said with a move; which of it a move needs is in the list of moves."""

    on: date | None = None
    """Since when it is so; today where nothing is said."""
    seen: str = ""
    """What was seen of it."""
    evidence: str = ""
    charge: UUID | None = None
    """Of Type 1: the charge of a line holder, a criminal-justice step."""
    check_backs: tuple[date, ...] = ()
    successor: UUID | None = None
    """The line it goes on as."""

    @property
    def needs(self) -> frozenset[str]:
        """The codes of ``move-needs`` that are met."""
        said = {
            "activity": self.seen.strip(),
            "evidence": self.evidence.strip(),
            "holder-charged": self.charge,
            "check-backs": self.check_backs,
            "successor": self.successor,
        }
        return frozenset(need for need, value in said.items() if value)


# ---- Status -------------------------------------------------------------------------------------


def move(work: Work, id_: UUID, status: str, given: Given, *, today: date) -> CountyLine:
    """Move a line to another status; a closure plans its check-backs, activity ends them.

    Raises Refused, saying what would be needed, where the status does not allow it or something
    is missing. Of a closed line a later day counts as the last activity.
    """
    line = work.get(CountyLine, id_)
    status = code_list(LINE_STATUSES).parse(status)
    day = given.on or today
    if refused := _refusal(line, status, given, day, today):
        raise Refused(refused)
    if status == "rebranded":
        assert given.successor is not None  # noqa: S101 - refused above where it is missing
        return rebrand(work, id_, given.successor, today=today, on=day)
    if status in CLOSED:
        return _close(work, line, status, given, day)
    changed = replace(line, status=status)
    if given.seen.strip():
        work.entry = {**work.entry, "reason": given.seen.strip()}
        changed = replace(changed, last_active=PartialDate.of(day))
    if status == AGAIN:
        _drop_check_backs(work, line, day)
    return _save(work, changed)


def _refusal(line: CountyLine, status: str, given: Given, day: date, today: date) -> str | None:
    if status == line.status:
        return _("This line is {status} already").format(
            status=label(LINE_STATUSES, status).lower()
        )
    if day > today:
        return _("{day} is still to come: enter it once it has happened").format(day=shown(day))
    return moves.refuse_move(LINE_STATUSES, line.status, status) or moves.refuse_without(
        LINE_STATUSES, line.status, status, given.needs
    )


def _close(work: Work, line: CountyLine, status: str, given: Given, day: date) -> CountyLine:
    if status == "closed-type-1":
        _check_charge(work.reader, line, given.charge, day)
    if early := [due for due in given.check_backs if due <= day]:
        told = _("A check-back on {day} would come before the closure; it falls after it")
        raise Refused(told.format(day=shown(min(early))))
    saved = _save(
        work,
        replace(
            line,
            status=status,
            closed=PartialDate.of(day),
            closure_type=CLOSED[status],
            closure_evidence=given.evidence.strip(),
        ),
    )
    planned = {one.due for one in check_backs(work.reader, line.id) if one.result == "due"}
    for due in sorted(set(given.check_backs) - planned):
        plan_check_back(work, line.id, due)
    return saved


def _check_charge(reader: Reader, line: CountyLine, charge: UUID | None, day: date) -> None:
    """Refuse a Type 1 closure that rests on no charge of one who holds the line."""
    known = {step.id: step for step, _person in charges(reader, line.id)}
    step = known.get(charge) if charge else None
    if step is None:
        raise Refused(
            _("Type 1 needs a charge of somebody who holds this line; enter the charge first")
        )
    if step.on is not None and step.on > day:
        told = _("The holder was charged on {day}; the line cannot be closed by it before")
        raise Refused(told.format(day=shown(step.on)))


def charges(reader: Reader, id_: UUID) -> list[tuple[CourtStep, Brief]]:
    """Return the charges of those who hold or held a line, the newest first."""
    holders = [
        item.other
        for item in queries.links_of(reader, id_)
        if item.link.type == HOLDS and not item.outward
    ]
    found = [
        (step, holder)
        for holder in {one.id: one for one in holders}.values()
        for step in steps_of(reader, holder.id)
        if step.step == "charged"
    ]
    return sorted(found, key=lambda pair: pair[0].on or date.min, reverse=True)


def _save(work: Work, changed: CountyLine) -> CountyLine:
    """Save a line whose move was checked."""
    records.check(changed)
    saved: Any = work.put(changed)[0]
    assert isinstance(saved, CountyLine)  # noqa: S101 - it was read as one
    return saved


# ---- Check-backs --------------------------------------------------------------------------------


def planned_check_backs(closure_type: str, closed: date) -> tuple[date, ...]:
    """Return the days on which a line closed so is to be tried again (local default)."""
    known = code_list("closure-types").find(closure_type)
    days = known.get("check_backs", ()) if known else ()
    return tuple(closed + timedelta(days=int(number)) for number in days)


def check_backs(reader: Reader, id_: UUID) -> list[CheckBack]:
    """Return the check-backs of a line, by the day they are due."""
    found = queries.owned(reader, id_, Kind.CHECK_BACK)
    backs = [thing for thing in found if isinstance(thing, CheckBack)]
    return sorted(backs, key=lambda one: (one.due or date.max, one.done or date.max))


def plan_check_back(work: Work, id_: UUID, due: date) -> CheckBack:
    """Plan a day on which a closed line is tried again."""
    line = work.get(CountyLine, id_)
    if line.status not in CLOSED and line.status != "rebranded":
        told = _("Only a closed line is tried again; this one is {status}")
        raise Refused(told.format(status=label(LINE_STATUSES, line.status).lower()))
    new = CheckBack(owner=line.id, due=due, marking=line.marking, restricted_to=line.restricted_to)
    return records.create(work, new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of a check-back: a code of ``check-back-results``, by whom, how."""

    result: str
    done: date
    officer: str = ""
    """The user who enters it where nothing is said."""
    note: str = ""
    again: date | None = None
    """Of one that could not be established: when it is tried next."""


def record_check_back(work: Work, id_: UUID, said: Tried, *, today: date) -> CheckBack:
    """Enter what a check-back found; a line in use again is re-activated in the same act.

    Raises Refused for one that is entered already, a day to come, and without a result.
    """
    before = work.get(CheckBack, id_)
    result = code_list("check-back-results").parse(said.result)
    if before.result != "due":
        told = _("This check-back is entered already: {result}")
        raise Refused(told.format(result=label("check-back-results", before.result).lower()))
    if result == "due":
        raise Refused(_("Say what was found: out of use, in use again, or not established"))
    if said.done > today:
        raise Refused(_("A check-back is entered once it has been made"))
    saved = records.edit(
        work,
        id_,
        {
            "result": result,
            "done": said.done,
            "officer": said.officer.strip() or work.user.display,
            "note": said.note.strip() or before.note,
        },
        version=before.version,
    )
    assert isinstance(saved, CheckBack)  # noqa: S101 - it was read as one above
    assert before.owner is not None  # noqa: S101 - a check-back hangs on its line
    if result == "in-use":
        seen = said.note.strip() or _("A check-back found it in use")
        _again(work, before.owner, Given(on=said.done, seen=seen), today)
    elif said.again is not None:
        plan_check_back(work, before.owner, said.again)
    return saved


def _again(work: Work, id_: UUID, given: Given, today: date) -> None:
    line = work.get(CountyLine, id_)
    if line.status in CLOSED or line.status == "rebranded":
        move(work, id_, AGAIN, given, today=today)


def _drop_check_backs(work: Work, line: CountyLine, day: date) -> None:
    """Take what is still due off the list: the line is in use, there is nothing to try."""
    for one in check_backs(work.reader, line.id):
        if one.result == "due":
            values = {"result": "not-needed", "done": day, "officer": work.user.display}
            records.edit(work, one.id, values, version=one.version)


# ---- Another name -------------------------------------------------------------------------------


def rebrand(
    work: Work,
    id_: UUID,
    successor: UUID,
    *,
    today: date,
    on: date | None = None,
    reports: Sequence[UUID] = (),
) -> CountyLine:
    """Record that a line goes on under another name: both stay, joined into one story.

    Raises Refused where the other is the line itself, came back from a third, or came before.
    """
    line, other = work.get(CountyLine, id_), work.get(CountyLine, successor)
    if other.id == line.id:
        raise Refused(_("A line cannot be rebranded to itself; name the line it goes on as"))
    if other.follows not in {None, line.id}:
        before = queries.by_ids(work.reader, [other.follows]).get(other.follows)
        told = _("{ref} came back from {before} already")
        raise Refused(told.format(ref=other.ref, before=before.ref if before else _("another")))
    if refused := moves.refuse_without(LINE_STATUSES, line.status, "rebranded", {"successor"}):
        raise Refused(refused)
    if line.status != "rebranded":
        if refused := moves.refuse_move(LINE_STATUSES, line.status, "rebranded"):
            raise Refused(refused)
        line = _save(work, replace(line, status="rebranded"))
    if other.follows is None:
        records.edit(work, other.id, {"follows": line.id}, version=other.version)
    _join(work, line, other, on or today, reports)
    return line


def come_back_as(
    work: Work, id_: UUID, brand: str, *, today: date, reports: Sequence[UUID] = ()
) -> CountyLine:
    """Record a new line as what a line came back as: it takes over hub, towns and type."""
    line = work.get(CountyLine, id_)
    if brand.strip().casefold() == line.brand.casefold():
        raise Refused(_("Under the same name it is the same line: re-activate it instead"))
    kept: dict[str, Any] = {name: getattr(line, name) for name in _TAKEN_OVER}
    today_ = PartialDate.of(today)
    new = CountyLine(
        brand=brand.strip(), status="active", opened=today_, last_active=today_, **kept
    )
    made = records.create(work, new)
    rebrand(work, id_, made.id, today=today, reports=reports)
    return work.get(CountyLine, made.id)


def _join(
    work: Work, line: CountyLine, other: CountyLine, day: date, reports: Sequence[UUID]
) -> None:
    """Link the two, so that charts show it; not a second time."""
    if other.id in _rebranded(work.reader, line.id):
        return
    records.link(
        work,
        Link(
            source=line.id,
            target=other.id,
            type=REBRANDED,
            directed=True,
            start=PartialDate.of(day),
            reports=tuple(reports),
            marking=line.marking,
        ),
    )


def _rebranded(reader: Reader, id_: UUID) -> Iterable[UUID]:
    found = queries.links_of(reader, id_)
    return [item.other.id for item in found if item.link.type == REBRANDED and item.outward]
