"""What an outcome must keep to: its unit, the steps it counts, and the claim it stands on."""

import math
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from ocgdesk.domain import claiming, units
from ocgdesk.domain.claiming import OPEN, STATUSES
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import Operation
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.subrecords import CourtStep
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import claims
from ocgdesk.store.reader import Reader

_OF_CLAIM = ("on", "strand", "agency", "operation", "part")
"""What an outcome takes from its claim."""
_MONTHS = 12
"""Of a year."""
BACKED = "steps"
"""The claim rule by which arrests, charges and sentences are counted from their steps."""


# ---- What follows from the rest -----------------------------------------------------------------


def settled(reader: Reader, outcome: Outcome) -> Outcome:
    """Return an outcome line with what follows from its measure, what it stands on and its steps.

    Raises Refused for a measure there is none of, and for what is no criminal-justice step.
    """
    made = with_unit(outcome)
    match _owner_of(reader, outcome):
        case Disruption() as claim:
            made = replace(
                made,
                on=made.on or claim.on,
                strand=made.strand or claim.strand,
                agency=made.agency or claim.agency,
                operation=made.operation or claim.operation,
                part=claim.part,
            )
        case Operation() as operation:
            made = replace(
                made,
                agency=made.agency or operation.agency,
                operation=made.operation or operation.id,
            )
    if made.steps and made.value is None:
        return replace(made, value=worth(reader, made))
    return made


def carries(before: Disruption, after: Disruption) -> bool:
    """Tell whether what outcomes take from a claim was changed."""
    return any(getattr(before, name) != getattr(after, name) for name in _OF_CLAIM)


def carried(before: Disruption, after: Disruption, lines: Iterable[Thing]) -> list[Outcome]:
    """Return the outcomes that change with their claim: where they said what it said, they do so.

    What an outcome says of its own, such as another agency, stays.
    """
    changed = [name for name in _OF_CLAIM if getattr(before, name) != getattr(after, name)]
    found = []
    for one in (line for line in lines if isinstance(line, Outcome)):
        same = [name for name in changed if getattr(one, name) == getattr(before, name)]
        if same:
            found.append(replace(one, **{name: getattr(after, name) for name in same}))
    return found


def with_unit(outcome: Outcome) -> Outcome:
    """Return an outcome line in the usual unit of its measure where none is said."""
    return replace(outcome, unit=outcome.unit or claiming.measure(outcome.measure).unit)


def claim_of(reader: Reader, outcome: Outcome) -> Disruption | None:
    """Return the claim an outcome stands on; None where it stands on something else."""
    found = _owner_of(reader, outcome)
    return found if isinstance(found, Disruption) else None


def _owner_of(reader: Reader, outcome: Outcome) -> Thing | None:
    """Return what an outcome stands on; None where that is not on record.

    An import may bring it along.
    """
    if outcome.owner is None or not reader.numbers([outcome.owner]):
        return None
    return reader.find(outcome.owner)


def is_bare(outcome: Outcome) -> bool:
    """Tell whether a figure that should be counted from steps was typed, and names none."""
    return bool(outcome.value and not outcome.steps and claiming.measure(outcome.measure).step)


def unbacked(reader: Reader, claim: UUID) -> list[Outcome]:
    """Return the outcomes of a claim whose figures are not what criminal-justice steps come to."""
    every = claims.outcomes_of(reader, [claim]).get(claim, ())
    return [one for one in every if is_bare(one) or _is_stale(reader, one)]


def _is_stale(reader: Reader, outcome: Outcome) -> bool:
    """Tell whether its steps come to something else by now, as a sentence was put right."""
    return bool(outcome.steps) and not _is_worth(reader, outcome)


def is_ahead(reader: Reader, claim: UUID, today: date) -> bool:
    """Tell whether an outcome of a claim, or a step it counts, has a day after today."""
    every = claims.outcomes_of(reader, [claim]).get(claim, ())
    steps = [step for line in every for step in _steps(reader, line.steps)]
    days = (*(line.on for line in every), *(step.on for step in steps))
    return any(day is not None and day > today for day in days)


def worth(reader: Reader, outcome: Outcome) -> float:
    """Return what steps come to: how many there are, or the years they add up to."""
    steps = _steps(reader, outcome.steps)
    if outcome.unit != "years":
        return float(len(steps))
    return years_of(steps)


def _steps(reader: Reader, ids: Collection[UUID]) -> list[CourtStep]:
    """Return the steps of these ids, read at once: one outcome may count hundreds."""
    numbers = reader.numbers(ids)
    found = reader.load([numbers[id_] for id_ in ids if id_ in numbers])
    steps = [one for one in found if isinstance(one, CourtStep)]
    if len(steps) != len(ids):
        raise Refused(_("Only criminal-justice steps are counted here"))
    return steps


def years_of(steps: Iterable[CourtStep]) -> float:
    """Return the years that sentences add up to, in whatever order they stand."""
    return math.fsum(_years(step) for step in steps)


def _years(step: CourtStep) -> float:
    """Return how long a sentence is, in years where nothing is said; a fine is no time."""
    amount = step.amount or 0.0
    if step.unit == "months":
        return amount / _MONTHS
    return amount if step.unit in {"", "years"} else 0.0


def _is_worth(reader: Reader, outcome: Outcome) -> bool:
    """Tell whether an outcome says what its steps come to, as near as numbers are kept."""
    return outcome.value is not None and math.isclose(outcome.value, worth(reader, outcome))


# ---- What is refused ----------------------------------------------------------------------------


def check(reader: Reader, before: Thing | None, after: Outcome) -> None:
    """Raise Refused where an outcome would get round its claim, its unit or its steps."""
    was = before if isinstance(before, Outcome) else None
    if after.value is not None and after.value < 0:
        raise Refused(_("What came of a disruption is not less than nothing"))
    if was is None or (was.value, was.unit) != (after.value, after.unit):
        _check_whole(after)
    if was is None or (was.measure, was.unit) != (after.measure, after.unit):
        _check_unit(after)
    _check_steps(reader, was, after)
    owner = _owner_of(reader, after)
    if isinstance(owner, Disruption):
        if owner.status not in OPEN:
            told = _("The outcomes of a disruption that is {status} stay as they were claimed")
            raise Refused(told.format(status=label(STATUSES, owner.status).lower()))
    elif owner is not None and _figure(was) != _figure(after):
        check_backed(after)


def check_backed(outcome: Outcome) -> None:
    """Raise Refused where an outcome that stands on no claim counts steps and names none."""
    if is_bare(outcome) and claiming.refuses(BACKED):
        told = _("{outcome} is counted from criminal-justice steps: name those it counts")
        raise Refused(told.format(outcome=label(claiming.MEASURES, outcome.measure)))


def _figure(outcome: Outcome | None) -> object:
    return outcome and (outcome.measure, outcome.value, outcome.steps)


def _check_unit(outcome: Outcome) -> None:
    """Raise Refused, naming the units there are, for one that is not of the measure."""
    measure = claiming.measure(outcome.measure)
    if outcome.unit and measure.units and outcome.unit not in measure.units:
        told = _("{outcome} is not counted in {unit}: it is in {units}")
        raise Refused(
            told.format(
                outcome=measure.label,
                unit=label("units", outcome.unit).lower(),
                units=measure.units_in_words(),
            )
        )


def _check_whole(outcome: Outcome) -> None:
    """Raise Refused for half a person, or half a firearm."""
    if outcome.value is not None and outcome.value % 1 and units.is_whole(outcome.unit):
        told = _("{outcome} is counted in whole numbers")
        raise Refused(told.format(outcome=label(claiming.MEASURES, outcome.measure)))


def _check_steps(reader: Reader, was: Outcome | None, after: Outcome) -> None:
    """Raise Refused where a step is not what is counted, or is counted already.

    A trial is no arrest, and an outcome is worth no more than its steps.
    """
    wanted = claiming.measure(after.measure).step
    if len(set(after.steps)) != len(after.steps):
        raise Refused(_("A step is named twice here: one arrest counts once"))
    steps = _steps(reader, after.steps)
    if any(one.step != wanted for one in steps):
        told = _("{outcome} does not count steps of this kind")
        raise Refused(told.format(outcome=label(claiming.MEASURES, after.measure)))
    if after.unit == "years" and any(_is_unsaid(one) for one in steps):
        raise Refused(_("Say of each sentence first whether it is in years, months or pounds"))
    if after.steps and not _is_worth(reader, after):
        raise Refused(_("The value of this outcome is what its criminal-justice steps come to"))
    if (other := claims.shares_step(reader, was, after)) is not None:
        told = _("One of these steps is claimed already, as {outcome}: one arrest counts once")
        raise Refused(told.format(outcome=named(reader, other.id)))


def _is_unsaid(step: CourtStep) -> bool:
    """Tell whether nobody can say how long a sentence is: of no unit, or of less than nothing."""
    return step.amount is not None and (not step.unit or step.amount < 0)


def named(reader: Reader, id_: UUID) -> str:
    """Return an outcome in words, with what it stands on: ``Arrested of DIS-2026-0004``."""
    found = reader.find(id_)
    assert isinstance(found, Outcome)  # noqa: S101 - asked of outcomes alone
    words = label(claiming.MEASURES, found.measure)
    owner = _owner_of(reader, found)
    if not isinstance(owner, Entity):
        return words
    return _("{outcome} of {ref}").format(outcome=words, ref=owner.ref)


# ---- The steps themselves -----------------------------------------------------------------------


def check_step(reader: Reader, before: CourtStep, after: CourtStep | None) -> None:
    """Raise Refused where a step that an outcome counts would become another, or go.

    What a sentence came to may be put right: an open claim is told that its figure differs.
    """
    if after is not None and after.step == before.step:
        return
    for brief in claims.claimed(reader, [before.id]).values():
        told = _("This step is counted in {outcome}: it stays what it is while it is")
        raise Refused(told.format(outcome=named(reader, brief.id)))
