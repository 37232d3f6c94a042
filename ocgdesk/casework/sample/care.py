"""What is on file of a sample's people for their safety: markers, involvements, safeguarding.

Every draw is from streams of its own: nothing else in a sample depends on it. Markers and
involvements are in step with the codes that stand on each nominal.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from random import Random
from typing import Any, Final

from ocgdesk.casework.sample.names import drawn
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.streams import Weighted, picks
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.links import Link
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.subrecords import Involvement, Marker, RiskFactor, Safeguarding

_SOURCES: Final = ("PNC", "Custody record", "Force intelligence", "Partner agency")
_PAST: Final = ("ES", "DR", "AG")
"""Markers that some once had and have no more."""
_STAGES: Final = Weighted({"open": 20.0, "referred": 38.0, "supported": 30.0, "declined": 12.0})
_PROMPTS: Final = (
    "missing", "looked-after", "excluded", "substance", "debt", "learning", "isolation",
)  # fmt: skip
_CHILD: Final = "YP-"
"""How the code names of those begin who were entered as children."""


def markers(setting: Setting, known: Iterable[Nominal]) -> Iterator[Marker]:
    """Yield a marker for each code on a nominal, and some that are over."""
    chance, ids = setting.numbers("markers"), setting.ids("markers")
    for person in known:
        for code in person.warnings:
            yield Marker(
                id=next(ids),
                owner=person.id,
                code=code,
                source="Safeguarding team" if code == "CV" else chance.choice(_SOURCES),
                stated=setting.ago(chance, 20, 1_400),
                review_due=setting.as_of + timedelta(days=chance.randint(-20, 340)),
            )
        if person.warnings and not person.exploited and chance.random() < 0.2:
            yield from _over(setting, chance, person, id=next(ids))


def _over(setting: Setting, chance: Random, person: Nominal, **more: Any) -> Iterator[Marker]:
    code = next((code for code in _PAST if code not in person.warnings), "")
    if code:
        yield Marker(
            **more,
            owner=person.id,
            code=code,
            source="PNC",
            stated=setting.ago(chance, 2_000, 3_000),
            ended=setting.ago(chance, 400, 1_500),
        )


def involvements(
    setting: Setting, known: Iterable[Nominal], investigated: Iterable[Link]
) -> Iterator[Involvement]:
    """Yield as what people are on record: subjects of operations in these, victims as such."""
    chance, ids = setting.numbers("involvements"), setting.ids("involvements")
    people = {person.id: person for person in known}
    for link in investigated:
        person = people.get(link.target)
        if person is None or person.exploited or "suspect" not in person.categories:
            continue
        yield Involvement(
            id=next(ids),
            owner=person.id,
            category="suspect",
            matter=link.source,
            basis="fact" if chance.random() < 0.7 else "assessment",
            start=setting.ago(chance, 20, 500),
        )
    for person in people.values():
        if person.exploited:
            yield Involvement(
                id=next(ids),
                owner=person.id,
                category="victim",
                start=setting.ago(chance, 20, 500),
            )


def safeguarding(setting: Setting, known: Iterable[Nominal]) -> Iterator[Safeguarding]:
    """Yield what is done for each person recorded as exploited; one in nine waits for a start."""
    chance, ids = setting.numbers("safeguarding"), setting.ids("safeguarding")
    leads = _leads(setting)
    for person in known:
        if not person.exploited:
            continue
        number, stage = next(ids), _STAGES.draw(chance)
        if chance.random() < 1 / 9:
            continue
        yield Safeguarding(
            id=number,
            owner=person.id,
            stage=stage,
            lead=chance.choice(leads) if chance.random() < 0.85 else "",
            **_referral(setting, chance, stage, is_child=_is_child(person)),
            entitlements=tuple(
                sorted(picks(chance, _entitlements(), chance.randint(0, 5)), key=_place)
            ),
        )


def _leads(setting: Setting) -> tuple[str, ...]:
    chance = setting.numbers("safeguarding leads")
    return tuple(drawn(chance, male_share=0.4).short for _n in range(12))


def _referral(setting: Setting, chance: Random, stage: str, *, is_child: bool) -> dict[str, Any]:
    """Return how somebody was referred: with consent, as a child, or without a name."""
    group = {"age_group": "child" if is_child else "adult"}
    basis = "child" if is_child else "duty-to-notify" if stage == "declined" else "consent"
    if stage == "open":
        return group
    if chance.random() < 0.15:
        return {**group, "referral_basis": "outside"}
    decided = chance.random() < 0.6
    return {
        **group,
        "referral_basis": basis,
        "referred": setting.ago(chance, 120, 420),
        "referral": f"NRM-{chance.randint(900_000, 999_999)}" if basis != "duty-to-notify" else "",
        "reasonable": "positive" if decided else "pending",
        "reasonable_on": setting.ago(chance, 60, 110) if decided else None,
        "conclusive": "pending" if decided else "",
    }


def risk_factors(setting: Setting, known: Iterable[Nominal]) -> Iterator[RiskFactor]:
    """Yield prompts on the records of some of those to safeguard."""
    chance, ids = setting.numbers("risk factors"), setting.ids("risk factors")
    for person in known:
        if not person.exploited or chance.random() > 0.45:
            continue
        for factor in picks(chance, _PROMPTS, chance.randint(1, 2)):
            yield RiskFactor(
                id=next(ids),
                owner=person.id,
                factor=factor,
                source="Children's services" if _is_child(person) else "Adult services",
                stated=setting.ago(chance, 20, 400),
                review_due=setting.as_of + timedelta(days=chance.randint(-10, 180)),
            )


def _is_child(person: Nominal) -> bool:
    return any(alias.text.startswith(_CHILD) for alias in person.aliases)


def _entitlements() -> tuple[str, ...]:
    return tuple(item.code for item in code_list("victim-entitlements"))


def _place(code: str) -> int:
    return _entitlements().index(code)
