"""Disruptions of two years and what came of them.

Every draw is from streams of its own: nothing else in a sample depends on it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework.sample.claimed_steps import Justice, members_of
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.streams import Weighted, picks
from ocgdesk.casework.sample.ties import Society
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import Ocg, Operation
from ocgdesk.domain.reference_data import code_list

DAYS: Final = 730
"""So far back the ledger goes: two periods of a return side by side."""
_STRANDS: Final = Weighted(
    {"pursue": 62.0, "prevent": 16.0, "protect": 17.5, "prepare": 4.4, "": 0.1}
)
_LEVELS: Final = Weighted(
    {"major": 7.0, "moderate": 33.0, "minor": 56.0, "none": 3.0, "negative": 1.0}
)
_LASTS: Final = {
    "major": "over-12",
    "moderate": "3-12",
    "minor": "under-3",
    "none": "weeks",
    "negative": "unknown",
}
_WAITING: Final = Weighted({"accepted": 60.0, "submitted": 24.0, "draft": 12.0, "returned": 4.0})
_DONE: Final = Weighted({"accepted": 985.0, "withdrawn": 15.0})
_PARTS: Final = Weighted({"lead": 62.0, "support": 38.0})
_TARGETS: Final = Weighted({"ocg": 66.0, "individual": 14.0, "vulnerability": 12.0, "threat": 8.0})
_THREATS: Final = {
    "DRG": "drugs", "CL": "county-lines", "FIR": "firearms", "MSHT": "msht", "CSEA": "csea",
    "SEX": "csea", "OIC": "oic", "FRD": "fraud", "ML": "money-laundering", "CYB": "cyber",
    "SAC": "acquisitive", "BRC": "corruption",
}  # fmt: skip
_TITLES: Final[Mapping[str, tuple[str, ...]]] = {
    "pursue": (
        "Warrants at three addresses",
        "Courier stopped with a package",
        "Principal charged with conspiracy",
        "Cash seized from a hire car",
        "Cannabis grow taken down",
        "Firearm recovered from a lock-up",
        "Restraint of bank accounts",
        "Line holder sentenced",
    ),
    "prevent": (
        "Cease-and-desist letters delivered",
        "Mentor agreed for two pupils",
        "Release plan agreed with probation",
        "Workshop in a referral unit",
    ),
    "protect": (
        "Tenant moved from a cuckooed flat",
        "Two children safeguarded, referral accepted",
        "Bank alerted customers to mule accounts",
        "Port advice to hauliers",
        "Target hardening at farm premises",
    ),
    "prepare": (
        "Local profile agreed with the council",
        "Housing staff trained to spot the signs",
        "Contingency agreed for the weeks after arrests",
    ),
}
_REASON: Final = "The surveillance team was ours; the stop could not have been made without it."
_POWERS: Final = {
    "pursue": ("search-warrant", "stop-search", "arrest", "cash-seizure", "restraint", "scpo"),
    "prevent": ("cease-desist", "cbo", "gang-injunction"),
    "protect": ("closure-order", "cpn", "licensing"),
    "prepare": ("none",),
}
_Amounts = Mapping[str, tuple[float, float, float, int]]
_OUTCOMES: Final[Mapping[str, _Amounts]] = {
    "pursue": {
        "arrested": (0.55, 1, 4, 0),
        "charged": (0.3, 1, 3, 0),
        "convicted": (0.2, 1, 2, 0),
        "years-sentenced": (0.16, 1, 12, 1),
        "cocaine": (0.12, 0.05, 6, 2),
        "heroin": (0.07, 0.02, 2, 2),
        "class-b-other": (0.06, 0.1, 4, 2),
        "cannabis-plants": (0.08, 20, 400, 0),
        "firearms": (0.05, 1, 3, 0),
        "ammunition": (0.04, 5, 80, 0),
        "cash": (0.22, 500, 60_000, 0),
        "scpo": (0.02, 1, 1, 0),
    },
    "prevent": {"people-reached": (0.6, 4, 60, 0), "presentations": (0.3, 1, 2, 0)},
    "protect": {
        "adults-safeguarded": (0.4, 1, 2, 0),
        "children-safeguarded": (0.3, 1, 3, 0),
        "businesses-advised": (0.2, 2, 30, 0),
    },
    "prepare": {"presentations": (0.5, 1, 2, 0), "people-reached": (0.4, 8, 40, 0)},
    "": {},
}
"""By strand: how often a measure comes of a disruption, from how much to how much, to how many
decimals."""


def disruptions(society: Society, operations: Sequence[Operation]) -> Iterator[Disruption]:
    """Yield the claims of two years."""
    setting, groups = society.setting, society.groups
    members = members_of(society)
    chance, ids = setting.numbers("disruptions"), setting.ids("disruptions")
    rocu = {one.code: str(one.get("rocu", "")) for one in code_list("agencies")}
    led: dict[str, list[UUID]] = {}
    for operation in operations:
        led.setdefault(operation.agency, []).append(operation.id)
    for number in range(setting.size.disruptions):
        made = _claim(setting, chance, next(ids), chance.choice(groups), (rocu, led))
        yield _named(setting, made, members, number)


def outcomes(setting: Setting, claims: Iterable[Disruption], justice: Justice) -> Iterator[Outcome]:
    """Yield what came of each claim; arrests, charges and sentences are counted of steps."""
    chance, ids = setting.numbers("outcomes"), setting.ids("outcomes")
    units = {one.code: str(one.get("unit", "")) for one in code_list("outcome-measures")}
    for claim in claims:
        for line in _outcomes(chance, ids, claim, units):
            if (counted := justice.counted(claim, line)) is not None:
                yield counted


def _named(
    setting: Setting, claim: Disruption, members: Mapping[UUID, Sequence[UUID]], number: int
) -> Disruption:
    """Return a claim with the person it is against, and with a reference on APMIS of its own."""
    subjects = claim.subjects
    if claim.against == "individual":
        people = members.get(subjects[0], ())
        subjects = (people[number % len(people)],) if people else subjects
    elif claim.against != "ocg":
        subjects = ()
    return replace(claim, subjects=subjects, **_on_apmis(setting, claim, number))


def _claim(
    setting: Setting,
    chance: Random,
    id_: UUID,
    ocg: Ocg,
    known: tuple[Mapping[str, str], Mapping[str, Sequence[UUID]]],
) -> Disruption:
    rocu, led = known
    by_rocu = chance.random() < 0.35 and bool(rocu.get(ocg.agency))
    agency = rocu[ocg.agency] if by_rocu else ocg.agency
    strand, level, part = _STRANDS.draw(chance), _LEVELS.draw(chance), _PARTS.draw(chance)
    on = setting.day_ago(chance, 1, DAYS)
    against = _TARGETS.draw(chance) if by_rocu else "ocg"
    status = (_WAITING if (setting.as_of - on).days < 21 else _DONE).draw(chance)
    operation = chance.choice(led[agency]) if agency in led and chance.random() < 0.4 else None
    others = (
        (ocg.agency,) if agency != ocg.agency else ((rocu[agency],) if rocu.get(agency) else ())
    )
    return Disruption(
        id=id_,
        title=chance.choice(_TITLES[strand or "pursue"]),
        on=on,
        against=against,
        subjects=(ocg.id,),
        threat=_THREATS.get(ocg.primary_crime, ""),
        strand=strand,
        level=level,
        agency=agency,
        part=part,
        others=others if part == "support" else (),
        support_reason=_REASON if part == "support" else "",
        operation=operation,
        powers=picks(chance, _POWERS[strand or "pursue"], chance.choice((0, 1, 1, 2))),
        narrative="The activity was planned with partners and its effect was looked for after.",
        evidence=("Operation log",),
        lasts=_LASTS[level],
        status=status,
        submitted=None if status == "draft" else on + timedelta(days=2),
        moderated=_moderated(setting, status, on),
    )


def _on_apmis(setting: Setting, claim: Disruption, number: int) -> dict[str, Any]:
    """Return the reference on APMIS of what was accepted some time ago; the rest waits for it."""
    on = claim.on
    if claim.status != "accepted" or on is None or (setting.as_of - on).days < 45:
        return {}
    return {"apmis": f"AP{on:%y}-{number + 1:06d}", "apmis_on": on + timedelta(days=28)}


def _moderated(setting: Setting, status: str, on: date) -> date | None:
    if status not in {"accepted", "returned"}:
        return None
    return min(on + timedelta(days=9), setting.as_of)


def _outcomes(
    chance: Random, ids: Iterator[UUID], claim: Disruption, units: Mapping[str, str]
) -> Iterator[Outcome]:
    for measure, (often, least, most, decimals) in _OUTCOMES[claim.strand].items():
        if chance.random() >= often:
            continue
        value = least + (most - least) * chance.random() ** 3
        yield Outcome(
            id=next(ids),
            owner=claim.id,
            measure=measure,
            value=round(value, decimals) if decimals else float(round(value)),
            unit=units[measure],
            on=claim.on,
            strand=claim.strand,
            part=claim.part,
            agency=claim.agency,
            operation=claim.operation,
        )
