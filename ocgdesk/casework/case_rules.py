"""What records of a case must keep to, whichever way they come in: page, table or command line.

A rule refuses in one sentence that says what would be needed. It looks at what an edit changes:
a record that came from a file as it is can still be edited elsewhere.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from uuid import UUID

from ocgdesk.casework import claim_rules, outcome_rules
from ocgdesk.domain import moves
from ocgdesk.domain.dates import shown
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import Commodity, CountyLine, Operation, Report
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.subrecords import CourtStep
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import records
from ocgdesk.store.reader import Reader

LINE_STATUSES: Final = "line-statuses"
PHASE_DATES: Final = {
    "proactive": "opened",
    "pre-charge": "pre_charge",
    "post-charge": "post_charge",
    "closed": "closed",
}
"""The field that keeps since when an operation is in a phase, in the order of the phases."""


def check_new(reader: Reader, thing: Thing) -> None:
    """Raise Refused where a new record would break a rule."""
    match thing:
        case CourtStep():
            _check_claimed_once(reader, thing)
        case Report():
            _check_conditions(thing)
        case Commodity():
            _check_place(reader, thing)
        case CountyLine():
            _check_chain(reader, thing)
        case Disruption() | Outcome():
            claim_rules.check(reader, None, thing)


def begun(reader: Reader, new: Thing) -> Thing:
    """Return a new record with what follows from others: an outcome takes unit and day of them."""
    return outcome_rules.settled(reader, new) if isinstance(new, Outcome) else new


def check_removal(reader: Reader, gone: Thing) -> None:
    """Raise Refused where what is to be taken out was submitted, came of what was, or counts."""
    claim_rules.check_removal(reader, gone)
    if isinstance(gone, CourtStep):
        outcome_rules.check_step(reader, gone, None)


def check_edit(reader: Reader, before: Thing, after: Thing) -> None:
    """Raise Refused where what an edit changes would break a rule."""
    if isinstance(before, CourtStep) and isinstance(after, CourtStep):
        outcome_rules.check_step(reader, before, after)
    match before, after:
        case CourtStep(), CourtStep() if _claim(before) != _claim(after):
            _check_claimed_once(reader, after)
        case Report(), Report() if _sharing(before) != _sharing(after):
            _check_conditions(after)
        case Commodity(), Commodity() if before.part_of != after.part_of:
            _check_place(reader, after)
        case CountyLine(), CountyLine():
            _check_line(reader, before, after)
        case Operation(), Operation() if before.phase != after.phase:
            _check_phase(after)
        case (Disruption(), Disruption()) | (Outcome(), Outcome()):
            claim_rules.check(reader, before, after)


def settled(before: Thing, after: Thing) -> Thing:
    """Return a thing with what follows from an edit: other words have to be sanitised anew.

    An outcome without a unit is in the usual one of its measure.
    """
    if isinstance(before, Report) and isinstance(after, Report):
        said = (after.title, after.text)
        if before.sanitised and after.sanitised and said != (before.title, before.text):
            return replace(after, sanitised=False)
    return outcome_rules.with_unit(after) if isinstance(after, Outcome) else after


# ---- Criminal-justice steps ---------------------------------------------------------------------


def _claim(step: CourtStep) -> tuple[object, ...]:
    return (step.owner, step.step, step.on, step.operation, step.result)


def steps_of(reader: Reader, nominal: UUID) -> list[CourtStep]:
    """Return the criminal-justice steps of a person, in the order they were entered."""
    found = records.owned(reader, nominal, Kind.COURT_STEP)
    return [thing for thing in found if isinstance(thing, CourtStep)]


def same_steps(reader: Reader, step: CourtStep) -> list[CourtStep]:
    """Return the other steps of this person of the same sort on the same day."""
    if step.owner is None or not reader.numbers([step.owner]):
        return []
    return [
        other
        for other in steps_of(reader, step.owner)
        if other.id != step.id and (other.step, other.on) == (step.step, step.on)
    ]


def _check_claimed_once(reader: Reader, step: CourtStep) -> None:
    """Refuse a step that is there: one arrest cannot be claimed twice.

    Steps of which there may be several a day (orders) are alike only with the same result.
    """
    known = code_list("court-steps").find(step.step)
    several = bool(known and known.get("several", False))
    for other in same_steps(reader, step):
        if other.operation == step.operation and not (several and other.result != step.result):
            told = _(
                "“{step}” on {day} is on record for this person in this operation already ({ref});"
                " change that entry instead"
            )
            day = shown(step.on) if step.on else _("a day not recorded")
            words = label("court-steps", step.step)
            raise Refused(told.format(step=words, day=day, ref=other.ref))


def _check_phase(operation: Operation) -> None:
    """Refuse a phase without the day it began."""
    name = PHASE_DATES.get(operation.phase)
    if name is not None and getattr(operation, name) is None:
        described = next(one for one in described_fields(Operation) if one.name == name)
        told = _("A phase keeps the day it began: enter “{field}” first, or move it on its case")
        raise Refused(told.format(field=_(described.label)))


# ---- Reports ------------------------------------------------------------------------------------


def _sharing(report: Report) -> tuple[str, str]:
    return (report.grade, report.conditions)


def _check_conditions(report: Report) -> None:
    """Refuse handling C without its conditions (College of Policing, 3x5x2)."""
    if not report.grade or report.conditions.strip():
        return
    grading = Grading.parse(report.grade)
    if grading.scheme == "3x5x2" and grading.handling == "C":
        raise Refused(
            _("Handling C is sharing with conditions: enter the handling conditions first")
        )


# ---- Commodities --------------------------------------------------------------------------------


def _check_place(reader: Reader, commodity: Commodity) -> None:
    """Refuse a place in the taxonomy that would go round in a circle."""
    above = _walk(reader, commodity.part_of, "part_of")
    if any(id_ == commodity.id for id_ in above):
        raise Refused(_("A commodity cannot be part of itself, nor of one of its own parts"))


# ---- County lines -------------------------------------------------------------------------------


def _check_line(reader: Reader, before: CountyLine, after: CountyLine) -> None:
    if before.follows != after.follows:
        _check_chain(reader, after)
    if before.status == after.status:
        return
    if refused := moves.refuse_move(LINE_STATUSES, before.status, after.status):
        raise Refused(refused)
    if told := moves.refuse_without(LINE_STATUSES, before.status, after.status, ()):
        way = _("{told}; do it on the line's page, or with the command line move")
        raise Refused(way.format(told=told))


def _check_chain(reader: Reader, line: CountyLine) -> None:
    """Refuse a line that would come back from itself."""
    if any(id_ == line.id for id_ in _walk(reader, line.follows, "follows")):
        raise Refused(_("A line cannot come back from itself, nor from one that came after it"))


def _walk(reader: Reader, start: UUID | None, field: str) -> Iterator[UUID]:
    """Yield ids from one record to the next by a field; each once, as far as they may be seen."""
    seen: set[UUID] = set()
    here = start
    while here is not None and here not in seen:
        seen.add(here)
        yield here
        known = reader.load(list(reader.numbers([here]).values()))
        here = getattr(known[0], field, None) if known else None
