"""The OCGs of a sample."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from ocgdesk.casework.sample import words
from ocgdesk.casework.sample.places import TOWNS
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.sizes import Block
from ocgdesk.casework.sample.streams import Weighted, picks, shares
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.values import Alias, External

DRUGS = frozenset({"DRG", "CL"})
LIVE = frozenset({"active", "re-activated"})
_LEADING = ("DRG", "CL", "ML", "VIO", "SAC")
"""The primary types of the first OCGs: a demonstration opens on a varied page."""

_FURTHER = Weighted(
    {"VIO": 26.0, "ML": 24.0, "FIR": 12.0, "DRG": 12.0, "SAC": 8.0, "MSHT": 6.0, "FRD": 5.0,
     "COM": 4.0, "OIC": 3.0}
)  # fmt: skip
_TIERS = Weighted({"t1": 5.0, "t2": 17.0, "t3": 41.0, "t4": 37.0})
_FIRST_TIERS = ("t1", "t2", "t2", "t2")
_SPANS = {"t1": 90, "t2": 90, "t3": 180, "t4": 180}
_WIDER = ("WMP", "MER", "MPS", "GMP", "NCA")

_SITUATIONS = {
    "DRG": "Supplies cocaine and cannabis in and round {town}.",
    "CL": "Runs branded lines out of {town} into smaller towns.",
    "FIR": "Adapts and supplies firearms from {town}.",
    "VIO": "Uses serious violence to hold territory in {town}.",
    "SAC": "Steals plant, metal and vehicles to order round {town}.",
    "FRD": "Defrauds older residents by courier, directed from {town}.",
    "ML": "Launders cash for other groups through firms in {town}.",
    "BRC": "Pays for contracts and consents in {town}.",
    "OIC": "Brings people in by lorry and houses them in {town}.",
    "MSHT": "Makes people work unpaid in car washes in {town}.",
    "CSEA": "Exploits children online from {town}.",
    "SEX": "Runs short-let brothels in {town}.",
    "CYB": "Sells access to firms' systems from {town}.",
    "COM": "Imports counterfeit tobacco through {town}.",
    "ENV": "Dumps and burns commercial waste round {town}.",
    "OTH": "Offends across several types round {town}.",
}
_SUPPORT = (
    "It is likely that the principals use encrypted messaging.",
    "There is a realistic possibility that a haulage firm carries its goods.",
    "It is highly likely that family members hold its assets.",
    "Cohesion is thought to be weak since a quarrel over money.",
    "Little is known of who finances it.",
)


def ocgs(setting: Setting) -> tuple[Ocg, ...]:
    """Return the OCGs, leading ones first; counts by owner and primary type are exact."""
    chance, ids = setting.numbers("ocg"), setting.ids("ocg")
    names = words.groups(setting.numbers("ocg names"), setting.size.ocgs)
    owned = _owned(chance, setting.size.blocks)
    crimes = [crime for _, crime in owned]
    further = _further(setting.numbers("ocg further types"), crimes, setting.size.drugs_in_all)
    statuses = _statuses(setting.numbers("ocg statuses"), setting.size.statuses, len(owned))
    return tuple(
        Ocg(
            id=next(ids),
            name=name,
            aliases=_aliases(chance, name),
            status=status,
            primary_crime=crime,
            further_crimes=more,
            agency=agency,
            impacted=_impacted(chance, agency),
            summary=_summary(chance, agency, crime),
            externals=(External("ocgm-urn", str(99_000_000 + number)),),
            tier=tier,
            review_due=due,
        )
        for number, (name, (agency, crime), more, status) in enumerate(
            zip(names, owned, further, statuses, strict=True)
        )
        for tier, due in (_tiering(setting, chance, number, status),)
    )


def _owned(chance: Random, blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    """Return (agency, primary type) for every OCG, the leading types first."""
    owned: list[tuple[str, str]] = []
    for block in blocks:
        counts = shares(block.count, tuple(block.agencies.values()))
        agencies = [a for a, n in zip(block.agencies, counts, strict=True) for _ in range(n)]
        crimes = [crime for crime, n in block.crimes.items() for _ in range(n)]
        chance.shuffle(crimes)
        owned += zip(agencies, crimes, strict=True)
    main = blocks[0].agencies
    owned.sort(key=lambda pair: next(iter(main)) != pair[0])
    leading = [next(pair for pair in owned if pair[1] == crime) for crime in _LEADING]
    for pair in leading:
        owned.remove(pair)
    chance.shuffle(owned)
    return leading + owned


def _further(chance: Random, crimes: list[str], drugs: int | None) -> list[tuple[str, ...]]:
    """Return the further types; with a number given, drugs are met in exactly so many OCGs."""
    further = [_further_of(chance, crime, may_add_drugs=drugs is None) for crime in crimes]
    if drugs is not None:
        others = [i for i, crime in enumerate(crimes) if crime not in DRUGS]
        for i in chance.sample(others, drugs - (len(crimes) - len(others))):
            further[i] = ("DRG", *further[i])
    return further


def _further_of(chance: Random, crime: str, *, may_add_drugs: bool) -> tuple[str, ...]:
    first = ("DRG",) if crime == "CL" else ()
    extra = {_FURTHER.draw(chance) for _ in range(chance.randint(0, 3))} - {crime, *first}
    if not may_add_drugs:
        extra -= {"DRG"}
    return (*first, *sorted(extra))


def _statuses(chance: Random, weights: Mapping[str, float], count: int) -> list[str]:
    counts = shares(count, tuple(weights.values()))
    statuses = [s for s, n in zip(weights, counts, strict=True) for _ in range(n)]
    rest = statuses[len(_LEADING) :]
    chance.shuffle(rest)
    return statuses[: len(_LEADING)] + rest


def _tiering(setting: Setting, chance: Random, number: int, status: str) -> tuple[str, date | None]:
    """Return tier and next review: only what was tiered is reviewed."""
    tier = _TIERS.draw(chance)
    days = chance.randint(-24, _SPANS[tier])
    if status not in LIVE | {"dormant"}:
        return "", None
    if number < len(_FIRST_TIERS):
        tier, days = _FIRST_TIERS[number], (-16, 3, 27, 10)[number]
    return tier, setting.as_of + timedelta(days=days)


def _aliases(chance: Random, name: str) -> tuple[Alias, ...]:
    if chance.random() < 0.8:
        return ()
    return (
        Alias(f"The {name.split(maxsplit=1)[0]} {chance.choice(('lot', 'boys', 'mob', 'firm'))}"),
    )


def _impacted(chance: Random, agency: str) -> tuple[str, ...]:
    near = [other for other in _WIDER if other != agency]
    count = chance.choice((0, 0, 1, 1, 2))
    first = chance.choice(tuple(TOWNS))
    drawn_ = picks(chance, near, count)
    return tuple(dict.fromkeys((*drawn_, *((first,) if first != agency and count == 2 else ()))))


def _summary(chance: Random, agency: str, crime: str) -> str:
    town = chance.choice(TOWNS.get(agency, TOWNS["WMP"]))
    return f"{_SITUATIONS[crime].format(town=town)} {chance.choice(_SUPPORT)}"
