"""What became of operations: their phases, arrests and sentences, warnings, referrals, policy logs.

Every draw is from streams of its own: nothing else in a sample depends on it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework.sample.officers import officers
from ocgdesk.casework.sample.operations import investigating
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.streams import Weighted, picks
from ocgdesk.casework.sample.ties import Society
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Nominal, Ocg, Operation
from ocgdesk.domain.subrecords import CourtStep, Decision, GainReferral, ThreatWarning
from ocgdesk.domain.things import Thing

_PARTNERS: Final = ("HMRC", "DWP", "TS", "GLAA", "LA", "HMPPS", "IFB", "DVSA")
_OFFENCES: Final = (
    "Conspiracy to supply Class A drugs",
    "Conspiracy to supply Class B drugs",
    "Participating in activities of an organised crime group",
    "Converting criminal property",
    "Possessing a prohibited firearm",
    "Requiring a person to perform forced or compulsory labour",
)
_RESULTS: Final = ("SCPO, five years", "Travel restriction order", "Deprivation order")
_ANSWERS: Final = Weighted({"waiting": 35.0, "hit": 25.0, "no-hit": 38.0, "declined": 2.0})
_THREATS: Final = (
    "Said to be blamed for a lost delivery.",
    "Named in a dispute between two groups over an area.",
    "Told that a debt will be collected by force.",
)
_ENTRIES: Final = (
    ("Arrest strategy", "strategy", "Arrests together and early, so that devices are not lost."),
    ("Forensic strategy", "strategy", "Devices and packaging first; fingerprints before DNA."),
    ("Victims first", "policy", "Nobody recorded as exploited is arrested before a referral."),
    ("Media line agreed", "decision", "Nothing is said before charge."),
    ("Disclosure officer named", "policy", "The volume of messages needs one person throughout."),
    ("Financial investigation opened", "decision", "Cash and cars are out of step with income."),
)
_REACHED: Final = {"proactive": 0, "pre-charge": 1, "post-charge": 2, "closed": 3}
_MOST_YEARS: Final = 14


def phased(setting: Setting, led: Iterable[Operation]) -> tuple[Operation, ...]:
    """Return operations with the days of their phases, who supports them, what is expected."""
    chance = setting.numbers("operation phases")
    return tuple(_phased(setting, chance, operation) for operation in led)


def _phased(setting: Setting, chance: Random, operation: Operation) -> Operation:
    start = operation.opened.earliest() if operation.opened else setting.as_of
    end = operation.closed.earliest() if operation.closed else setting.as_of
    days = max(2, (end - start).days)
    overt = start + timedelta(days=int(days * (0.3 + 0.2 * chance.random())))
    charged = start + timedelta(days=int(days * (0.6 + 0.2 * chance.random())))
    reached = _REACHED[operation.phase]
    partners = picks(chance, _PARTNERS, chance.randint(0, 3))
    supports = chance.random() < 0.35
    expected = chance.choice((None, 0, 2, 3, 5, 8, 25)) if reached == 1 else None
    return replace(
        operation,
        pre_charge=PartialDate.of(overt) if reached >= 1 else None,
        post_charge=PartialDate.of(charged) if reached >= 2 else None,
        supporting=("RWM",) if supports and operation.agency != "RWM" else (),
        supporting_units=("Proactive operations",) if supports else (),
        partners=partners,
        arrests_expected=expected,
    )


def case_records(society: Society, led: Sequence[Operation]) -> tuple[Thing, ...]:
    """Return the steps, warnings, referrals and policy logs of operations."""
    subjects = _subjects(society, led)
    return (
        *_steps(society, led, subjects),
        *_warnings(society, led, subjects),
        *_referrals(society, led, subjects),
        *_logs(society.setting, led),
    )


def _subjects(
    society: Society, led: Sequence[Operation]
) -> Mapping[UUID, tuple[Nominal | Ocg, ...]]:
    """Return what each operation looks into; the people among it are none of the exploited."""
    known: dict[UUID, Nominal | Ocg] = {person.id: person for person in society.known}
    known |= {group.id: group for group in society.groups}
    found: dict[UUID, list[Nominal | Ocg]] = {operation.id: [] for operation in led}
    for link in investigating(society, led):
        found[link.source].append(known[link.target])
    return {id_: tuple(items) for id_, items in found.items()}


def _people(items: Iterable[Nominal | Ocg]) -> list[Nominal]:
    return [item for item in items if isinstance(item, Nominal) and not item.exploited]


# ---- Steps --------------------------------------------------------------------------------------


def _steps(
    society: Society, led: Sequence[Operation], subjects: Mapping[UUID, tuple[Nominal | Ocg, ...]]
) -> Iterator[CourtStep]:
    chance, ids = society.setting.numbers("court steps"), society.setting.ids("court steps")
    for operation in led:
        reached = _REACHED[operation.phase]
        for person in _people(subjects[operation.id]):
            if reached == 0 or chance.random() < 0.25:
                continue
            for said in _course(society.setting, chance, operation, reached):
                yield CourtStep(id=next(ids), owner=person.id, operation=operation.id, **said)


def _course(
    setting: Setting, chance: Random, operation: Operation, reached: int
) -> Iterator[dict[str, Any]]:
    """Yield what happened to one person, from the arrest as far as the operation has come."""
    offence = (chance.choice(_OFFENCES),)
    arrested = _after(operation.pre_charge, chance.randint(0, 12), setting.as_of)
    yield {"step": "arrested", "on": arrested, "offences": offence, "court": "Custody suite"}
    if reached < 2:
        if chance.random() < 0.6:
            yield {"step": "bailed", "on": arrested + timedelta(days=1), "result": "RUI"}
        return
    charged = _after(operation.post_charge, chance.randint(0, 9), setting.as_of)
    yield {"step": "charged", "on": charged, "offences": offence}
    if reached < 3:
        trial = setting.as_of + timedelta(days=chance.randint(20, 240))
        yield {"step": "trial", "on": trial, "court": "Crown Court"}
        return
    yield from _ended(setting, chance, operation, offence)


def _ended(
    setting: Setting, chance: Random, operation: Operation, offence: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    end = _after(operation.closed, 0, setting.as_of)
    luck = chance.random()
    if luck < 0.15:
        yield {"step": "acquitted", "on": end, "court": "Crown Court"}
        return
    yield {"step": "convicted", "on": end, "offences": offence, "court": "Crown Court"}
    years = round(1 + chance.random() * _MOST_YEARS, 1)
    in_months = chance.random() < 0.2
    amount, unit = (18.0, "months") if in_months else (years, "years")
    yield {"step": "sentenced", "on": end, "amount": amount, "unit": unit, "court": "Crown Court"}
    if luck > 0.7:
        yield {"step": "order", "on": end, "result": chance.choice(_RESULTS)}
    if luck > 0.85:
        sum_ = float(chance.randint(4, 160) * 1_000)
        yield {"step": "confiscation", "on": end, "amount": sum_, "unit": "gbp"}


def _after(day: PartialDate | None, days: int, latest: date) -> date:
    """Return the day so many days after another, never after the sample's own day."""
    start = day.earliest() if day else latest
    return min(start + timedelta(days=days), latest)


# ---- Warnings, referrals, logs ------------------------------------------------------------------


def _warnings(
    society: Society, led: Sequence[Operation], subjects: Mapping[UUID, tuple[Nominal | Ocg, ...]]
) -> Iterator[ThreatWarning]:
    setting = society.setting
    chance, ids = setting.numbers("threat warnings"), setting.ids("threat warnings")
    by = officers(setting.numbers("warning officers"), "sio", 6)
    for operation in led:
        people = _people(subjects[operation.id])
        if not people or chance.random() < 0.7:
            continue
        given = setting.day_ago(chance, 3, 80)
        due = given + timedelta(days=chance.choice((14, 28, 56)))
        is_closed = due < setting.as_of and chance.random() < 0.6
        yield ThreatWarning(
            id=next(ids),
            owner=chance.choice(people).id,
            warning_type=chance.choice(("warning", "warning", "reverse", "disruption")),
            given=given,
            given_by=chance.choice(by),
            operation=operation.id,
            threat=chance.choice(_THREATS),
            review_due=due,
            closed=min(due, setting.as_of) if is_closed else None,
        )


def _referrals(
    society: Society, led: Sequence[Operation], subjects: Mapping[UUID, tuple[Nominal | Ocg, ...]]
) -> Iterator[GainReferral]:
    setting = society.setting
    chance, ids = setting.numbers("gain referrals"), setting.ids("gain referrals")
    for operation in led:
        groups = [item for item in subjects[operation.id] if isinstance(item, Ocg)]
        owner = groups[0].id if groups and chance.random() < 0.5 else operation.id
        for partner in picks(chance, _PARTNERS, chance.choice((0, 0, 1, 1, 2))):
            referred = setting.day_ago(chance, 4, 120)
            answer = _ANSWERS.draw(chance)
            days = timedelta(days=chance.randint(2, 21))
            answered = min(referred + days, setting.as_of)
            yield GainReferral(
                id=next(ids),
                owner=owner,
                partner=partner,
                referred=referred,
                answer=answer,
                answered=None if answer == "waiting" else answered,
            )


def _logs(setting: Setting, led: Sequence[Operation]) -> Iterator[Decision]:
    chance, ids = setting.numbers("policy logs"), setting.ids("policy logs")
    for operation in led:
        start = operation.opened.earliest() if operation.opened else setting.as_of
        days = max(1, (setting.as_of - start).days)
        entries = picks(chance, _ENTRIES, chance.randint(1, 4))
        on = sorted(start + timedelta(days=int(days * chance.random())) for _n in entries)
        for day, (title, type_, why) in zip(on, entries, strict=True):
            yield Decision(
                id=next(ids),
                owner=operation.id,
                title=title,
                decision_type=type_,
                decided=day,
                decided_by=operation.sio,
                rationale=why,
            )
