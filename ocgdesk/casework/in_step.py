"""What a sub-record does to the record it hangs on, and what must not be done to it.

Called wherever a record is made, changed or taken out, so that every way in keeps the rules:
the window, the command line, and the use cases that make several things in one act.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import outcome_rules
from ocgdesk.domain import valid_time
from ocgdesk.domain.dates import LONDON, PartialDate
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.kinds import SUBRECORDS, Kind
from ocgdesk.domain.plan_content import COVERED, Content, text
from ocgdesk.domain.planning import PlanVersion
from ocgdesk.domain.plans import Plan
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.subrecords import Attachment, Custody, Decision, Involvement, Marker
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

ABSENT: Final = "not-yet-categorised"
"""The category that says that there is none yet."""
EXHIBIT: Final = "exhibit"
"""The purpose of an attachment that is kept byte for byte."""
_DRIVING: Final = (Kind.MARKER, Kind.INVOLVEMENT, Kind.CUSTODY)


def check_owner(reader: Reader, new: Thing) -> None:
    """Raise Refused where a sub-record names no owner, or one of a kind it does not hang on."""
    if not isinstance(new, Entity) or not new.owners:
        return
    words = label("kinds", new.kind.value)
    if new.owner is None:
        raise Refused(_("Say what this hangs on: {kind} needs an owner").format(kind=words))
    owner = reader.find(new.owner)
    if owner.kind not in new.owners:
        kinds = ", ".join(label("kinds", kind.value).lower() for kind in new.owners)
        told = _("{kind} hangs on one of these: {kinds}; not on {owner}")
        raise Refused(
            told.format(kind=words, kinds=kinds, owner=label("kinds", owner.kind.value).lower())
        )


def check_change(reader: Reader, before: Thing, after: Thing | None, on: date) -> None:
    """Raise Refused where a thing must stay as it is.

    The decision log only grows, a sub-record stays where it was made, and what a sub-record
    in force puts on a nominal is ended there, not wiped off the nominal.
    """
    if isinstance(before, Decision):
        raise Refused(_("A decision is never changed or removed; supersede it by a new one"))
    if isinstance(before, PlanVersion):
        raise Refused(_("A signed version is never changed or removed; sign the next one"))
    if after is None or not isinstance(before, Entity) or not isinstance(after, Entity):
        return
    if before.owners and before.owner != after.owner:
        raise Refused(_("A sub-record stays on the record it was made on"))
    if isinstance(before, Attachment) and isinstance(after, Attachment):
        _check_purpose(before, after)
    if isinstance(before, Nominal) and isinstance(after, Nominal):
        _check_codes(reader, before, after, on)


def _check_codes(reader: Reader, before: Nominal, after: Nominal, on: date) -> None:
    fields = ("warnings", "categories", "in_custody")
    if all(getattr(before, name) == getattr(after, name) for name in fields):
        return
    should = in_step(after, queries.owned(reader, after.id, *_DRIVING), (), on)
    if lost := set(should.warnings) - set(after.warnings):
        words = label("warning-markers", min(lost))
        told = _("{words} is a warning marker in force; end it among the warning markers")
        raise Refused(told.format(words=words))
    if lost := set(should.categories) - set(after.categories):
        words = label("data-subject-categories", min(lost))
        told = _("{words} is an involvement in force; end it among the involvements")
        raise Refused(told.format(words=words))
    if should.in_custody != after.in_custody:
        raise Refused(_("Custody follows from the times in custody; change it there"))


def _check_purpose(before: Attachment, after: Attachment) -> None:
    """Refuse what would make an exhibit of a picture drawn anew, or the other way round."""
    if before.digest != after.digest:
        raise Refused(_("The content of an attachment stays; attach the other file beside it"))
    if (before.purpose == EXHIBIT) is not (after.purpose == EXHIBIT):
        raise Refused(_("An exhibit is kept byte for byte: attach the file anew as what it is"))


def follow(work: Work, things: Iterable[Thing]) -> None:
    """Bring the records these things hang on into step with them, in the same act."""
    things = list(things)
    if any(isinstance(thing, Decision) for thing in things):
        work.entry = {**work.entry, "undoable": False}
    gone = {c.thing.id for c in work.changes if c.after is None}
    _reopen_plans(work, things)
    _carry_outcomes(work, {t.id for t in things if isinstance(t, Disruption)})
    driven = [t for t in things if isinstance(t, Entity) and t.kind in _DRIVING]
    for owner in dict.fromkeys(t.owner for t in driven if t.owner and t.owner not in gone):
        _bring_into_step(work, owner)


def _carry_outcomes(work: Work, claims: Collection[UUID]) -> None:
    """Have outcomes follow a claim that was edited: its day, strand, agency, part and operation."""
    for change in [c for c in work.changes if c.thing.id in claims]:
        before, after = change.before, change.after
        if not (isinstance(before, Disruption) and isinstance(after, Disruption)):
            continue
        if outcome_rules.carries(before, after):
            lines = queries.owned(work.reader, after.id, Kind.OUTCOME)
            work.put(*outcome_rules.carried(before, after, lines))


def _reopen_plans(work: Work, things: Iterable[Thing]) -> None:
    """Make a signed plan the draft of its next version once something in it changes."""
    parts = [t for t in things if isinstance(t, Entity) and t.kind in COVERED and t.owner]
    owners = {part.owner for part in parts if part.owner}
    owners |= {t.id for t in things if isinstance(t, Plan) and _is_reopened(work, t)}
    for owner in owners & work.reader.numbers(owners).keys():
        plan = work.reader.find(owner)
        if isinstance(plan, Plan) and plan.status == "signed":
            work.put(replace(plan, status="draft", number=plan.number + 1))


def _is_reopened(work: Work, plan: Plan) -> bool:
    """Tell whether an edit changed what the signature of a plan covers."""
    changes = [c for c in work.changes if c.thing.id == plan.id and c.before and c.after]
    return any(_covered(c.before) != _covered(c.after) for c in changes)


def _covered(plan: Thing | None) -> str:
    return text(Content(plan=plan)) if isinstance(plan, Plan) else ""


def _bring_into_step(work: Work, id_: UUID) -> None:
    person = work.reader.find(id_)
    if isinstance(person, Nominal):
        held = queries.owned(work.reader, id_, *_DRIVING)
        removed = [c.before for c in work.changes if c.before and c.after is None]
        work.put(in_step(person, held, removed, day_of(work)))


def day_of(work: Work) -> date:
    """Return the day an act is done on, where the work is done."""
    return work.now.astimezone(LONDON).date()


def in_step(
    person: Nominal, held: Iterable[Thing], removed: Iterable[Thing | None], on: date
) -> Nominal:
    """Return a nominal with the codes that its sub-records put in force on a day.

    A marker or a category without a sub-record of its own stands as it was typed. One whose
    last sub-record was taken out in this act (``removed``) goes with it.
    """
    everything = list(held)
    taken = [t for t in removed if isinstance(t, Entity) and t.owner == person.id]
    changed = replace(
        person,
        warnings=_codes(person.warnings, everything, taken, Marker, on),
        categories=_categories(_codes(person.categories, everything, taken, Involvement, on)),
    )
    times = [t for t in everything if isinstance(t, Custody)]
    if times or any(isinstance(t, Custody) for t in taken):
        changed = replace(changed, in_custody=any(is_in_force(t, on) for t in times))
    return changed


def _codes(
    now: tuple[str, ...],
    held: Iterable[Thing],
    taken: Iterable[Thing],
    cls: type[Marker] | type[Involvement],
    on: date,
) -> tuple[str, ...]:
    records = [t for t in held if isinstance(t, cls)]
    in_force = [_code(t) for t in records if is_in_force(t, on)]
    managed = {_code(t) for t in (*records, *taken) if isinstance(t, cls)}
    kept = [code for code in now if code not in managed or code in in_force]
    return tuple(dict.fromkeys((*kept, *in_force)))


def _code(thing: Marker | Involvement) -> str:
    return thing.code if isinstance(thing, Marker) else thing.category


def _categories(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the category that says there is none, where there is one."""
    told = tuple(code for code in codes if code != ABSENT)
    return told or codes


def is_categorised(person: Nominal) -> bool:
    """Tell whether it is on record as what a person is: suspect, victim, witness or another."""
    return any(code != ABSENT for code in person.categories)


def is_in_force(thing: Thing, on: date) -> bool:
    """Tell whether a dated sub-record holds on a day: begun, and not known to be over.

    What ended "in 2026" is over from the first day that can mean; an order that expires "in
    2028" runs to the last.
    """
    start, end = period(thing)
    if start is not None and start.earliest() > on:
        return False
    if end is None:
        return True
    return end.latest() >= on if thing.kind is Kind.ORDER else end.earliest() > on


def period(thing: Thing) -> tuple[PartialDate | None, PartialDate | None]:
    """Return from when to when a sub-record holds; an open end is None."""
    start, end = valid_time.PERIODS.get(thing.kind, ("start", ""))
    return _dated(thing, start), _dated(thing, end)


END_FIELD: Final[dict[Kind, str]] = {
    kind: valid_time.PERIODS[kind][1] for kind in SUBRECORDS if kind in valid_time.PERIODS
}
"""The field that says since when a sub-record is over, of the kinds that end."""


def _dated(thing: Thing, name: str) -> PartialDate | None:
    value: Any = getattr(thing, name, None) if name else None
    return PartialDate.of(value) if isinstance(value, date) else value
