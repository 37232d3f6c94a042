"""The scores of a sample's OCGs over time, why each is in its tier, and what it counts under.

Every draw is from streams of its own: nothing else in a sample depends on it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final
from uuid import UUID

from ocgdesk.casework.sample.names import drawn
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.domain import scoring, scoring_sheets
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.reviews import months_after, months_between_reviews
from ocgdesk.domain.scoring_sheets import Factor, Sheet
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.domain.values import Answer

_HEIGHT: Final = {"t1": 3.1, "t2": 2.4, "t3": 1.8, "t4": 1.2, "": 1.3}
"""How high factors lie on the average, on a scale of four."""
_NOT_SCORED: Final = 14
"""One OCG in so many was never scored, as registers show."""
_OFFICIAL: Final = 17
"""One in so many has an official score typed in as its newest by one sheet."""
_FIRST: Final = {
    "physical": "3", "psychological": "3", "financial": "2", "community": "3", "scope": "2",
    "vulnerability": "4", "frequency": "4", "intent": "4", "intelligence-quality": "high",
    "capacity-gap": "2", "capability-gap": "1", "priority": "yes", "opportunity": "no",
}  # fmt: skip
"""What the leading OCG was answered last: a demonstration opens on it."""
_FIRST_OCGM: Final = {
    **dict.fromkeys(("violence", "drugs", "commodity", "theft"), "high"),
    **dict.fromkeys(("fraud", "sexual"), "medium"),
    **dict.fromkeys(("cash-flow", "links", "scope", "expertise", "tactical-awareness"), "high"),
    **dict.fromkeys(("enterprises", "cohesion"), "medium"),
    "immigration": "low",
    "environment": "none",
    "infiltration": "unknown",
}
_FACTORS: Final = {
    "DRG": "drugs", "CL": "drugs", "VIO": "violence", "FRD": "fraud", "SAC": "theft",
    "COM": "commodity", "SEX": "sexual", "CSEA": "sexual", "OIC": "immigration",
    "MSHT": "immigration", "ENV": "environment", "ML": "cash-flow",
}  # fmt: skip
"""The attribute that an OCG of a primary type is always high in."""
_REASONS: Final = (
    "Two independent reports in the last quarter.",
    "Seizures and arrests since the last assessment bear it out.",
    "As at the last assessment; nothing new.",
    "Partner information, not yet tested.",
    "Rests on a single source.",
)
_PILLARS: Final = {
    **dict.fromkeys(("DRG", "FIR", "COM", "ENV"), "commodities"),
    **dict.fromkeys(("CL", "MSHT", "CSEA", "OIC", "SEX", "VIO"), "vulnerabilities"),
    **dict.fromkeys(("ML", "FRD", "CYB", "BRC", "SAC"), "prosperity"),
}
_THREATS: Final = {
    "DRG": "drugs", "FIR": "firearms", "CL": "county-lines", "MSHT": "msht", "CSEA": "csea",
    "SEX": "csea", "OIC": "oic", "FRD": "fraud", "ML": "money-laundering", "CYB": "cyber",
    "SAC": "acquisitive", "BRC": "corruption",
}  # fmt: skip
_TIER_REASONS: Final = {
    "t1": "Reaches across regions; national or regional lead agreed.",
    "t2": "Needs regional specialist support.",
    "t3": "Within the force's own means.",
    "t4": "Local policing with partners is enough.",
}
_MEETINGS: Final = {"t1": "Regional TTCG", "t2": "Regional TTCG", "t3": "Force TTCG"}
_BENEFIT: Final = "Cash and standing; shared among the principals."


def told(setting: Setting, groups: tuple[Ocg, ...]) -> tuple[Ocg, ...]:
    """Return the OCGs with why each is in its tier, its pillar, offences and benefit."""
    chance = setting.numbers("ocg tiers told")
    return tuple(_told(setting, chance, ocg) for ocg in groups)


def _told(setting: Setting, chance: Random, ocg: Ocg) -> Ocg:
    days, said = chance.randint(20, 300), chance.random() < 0.9
    crime = ocg.primary_crime
    return replace(
        ocg,
        tier_reason=_TIER_REASONS[ocg.tier] if ocg.tier else "",
        tier_meeting=_MEETINGS.get(ocg.tier, "Local TTCG") if ocg.tier else "",
        tier_decided=setting.as_of - timedelta(days=days) if ocg.tier else None,
        pillar=_PILLARS.get(crime, ""),
        threat=_THREATS.get(crime, ""),
        offences=_offences(crime),
        benefit=_BENEFIT if said else "",
    )


def _offences(crime: str) -> tuple[str, ...]:
    """Return the first offence the list has for a primary type."""
    found = (o.label for o in code_list("offence-maxima") if crime in o.get("crime_types"))
    return tuple(list(found)[:1])


def assessments(setting: Setting, groups: tuple[Ocg, ...]) -> tuple[Assessment, ...]:
    """Return the assessments of the OCGs by both sheets, several over time."""
    chance, ids = setting.numbers("assessments"), setting.ids("assessments")
    rounds = 5 if len(groups) < 100 else 3 if len(groups) < 1_000 else 2
    scorers = [drawn(chance, male_share=0.5).short for _ in range(max(4, len(groups) // 40))]
    made: list[Assessment] = []
    for number, ocg in enumerate(groups):
        if ocg.status in {"nominated", "rejected"} or number % _NOT_SCORED == _NOT_SCORED - 1:
            continue
        history = _Scored(chance, ids, number, ocg, chance.choice(scorers))
        last = _last(setting, chance, ocg)
        times = 1 if ocg.status == "under-assessment" else rounds
        for name in ("morile-style", "ocgm"):
            made += history.by(scoring_sheets.sheet(name), last, times)
    return tuple(made)


class _Scored:
    """Scores one OCG again and again, going back from how it stands now."""

    def __init__(
        self, chance: Random, ids: Iterator[UUID], number: int, ocg: Ocg, scorer: str
    ) -> None:
        self._chance, self._ids, self._number = chance, ids, number
        self._ocg, self._scorer = ocg, scorer
        self._months = months_between_reviews(ocg.tier) or 6

    def by(self, sheet: Sheet, last: date, times: int) -> list[Assessment]:
        """Return so many assessments by one sheet, oldest first, the newest made on a day."""
        answers, found = self._now(sheet), list[Assessment]()
        for back in range(times):
            on = months_after(last, -self._months * back)
            found.append(self._assessment(sheet, answers, on))
            answers = self._before(sheet, answers)
        if sheet.name == "ocgm" and self._number % _OFFICIAL == 5:
            found[0] = self._official(found[0])
        return found[::-1]

    def _now(self, sheet: Sheet) -> dict[str, str]:
        if self._number == 0:
            return dict(_FIRST if sheet.name == "morile-style" else _FIRST_OCGM)
        answers = {factor.code: self._level(factor) for factor in sheet.factors}
        main = _FACTORS.get(self._ocg.primary_crime, "")
        if main in answers and sheet.name == "ocgm":
            answers[main] = "high"
        return answers

    def _level(self, factor: Factor) -> str:
        """Return what a factor is answered: about as high as the tier has it, seldom unknown."""
        if len(factor.scale.levels) == 2:  # a flag
            return "yes" if self._chance.random() < 0.2 else "no"
        valued = _valued(factor)
        if not valued:  # a label
            return self._chance.choice(factor.scale.levels).code
        unsure = 0.3 if self._ocg.status == "under-assessment" else 0.07
        if len(valued) < len(factor.scale.levels) and self._chance.random() < unsure:
            return "unknown"
        most = factor.scale.most
        height = self._chance.gauss(_HEIGHT[self._ocg.tier] * most / 4, most / 5)
        return valued[min(most, max(0, round(height)))]

    def _before(self, sheet: Sheet, answers: Mapping[str, str]) -> dict[str, str]:
        """Return what was answered one review earlier: a third of the OCGs rise, a third fall."""
        changed, lean = dict(answers), (-1, 1, 0)[self._number % 3]
        known = [f for f in sheet.factors if answers.get(f.code) in _valued(f).values()]
        for factor in self._chance.sample(known, min(2, len(known))):
            valued = _valued(factor)
            at = next(value for value, code in valued.items() if code == answers[factor.code])
            step = lean or self._chance.choice((-1, 0, 1))
            changed[factor.code] = valued[min(factor.scale.most, max(0, at + step))]
        return changed

    def _assessment(self, sheet: Sheet, answers: Mapping[str, str], on: date) -> Assessment:
        found = scoring.score(sheet, answers)
        sure = found.part("confidence")
        return Assessment(
            id=next(self._ids),
            owner=self._ocg.id,
            sheet=sheet.name,
            sheet_version=sheet.version,
            assessed=on,
            scorer=self._scorer,
            agency=self._ocg.agency,
            answers=tuple(self._answer(code, value) for code, value in answers.items()),
            total=found.result,
            band=found.band or "/".join(found.cell or ()),
            confidence=sure.chosen[0] if sure and sure.chosen else "",
            rationale=self._chance.choice(_REASONS),
        )

    def _answer(self, code: str, value: str) -> Answer:
        said = self._chance.choice(_REASONS) if self._chance.random() < 0.2 else ""
        return Answer(code, value, said)

    def _official(self, local: Assessment) -> Assessment:
        """Return a score as another scheme gave it: a number of its own, no answers."""
        return replace(
            local,
            score_source="official",
            answers=(),
            total=float(self._chance.randint(20, 95)),
            band="",
            confidence="",
            scorer="ROCTA",
            rationale="As given by the regional threat assessment team.",
        )


def _last(setting: Setting, chance: Random, ocg: Ocg) -> date:
    """Return the day of the newest assessment: one span before the next review."""
    months = months_between_reviews(ocg.tier)
    if ocg.review_due is not None and months is not None:
        return min(setting.as_of, months_after(ocg.review_due, -months))
    return setting.day_ago(chance, 30, 400)


def _valued(factor: Factor) -> dict[int, str]:
    """Return the levels of a factor that have a value, by it."""
    return {level.value: level.code for level in factor.scale.levels if level.value is not None}
