"""The people of a sample, none of whom exists."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from ocgdesk.casework.sample.cast import CAST
from ocgdesk.casework.sample.names import Name, aliases, drawn
from ocgdesk.casework.sample.rosters import SENIOR, Rosters
from ocgdesk.casework.sample.setting import Setting, loosely
from ocgdesk.casework.sample.streams import Weighted
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.police_numbers import check_letter
from ocgdesk.domain.values import Alias, Identifier

_WARNINGS = Weighted({"VI": 30.0, "WE": 26.0, "DR": 22.0, "FI": 12.0, "ES": 5.0, "SU": 5.0})
_ARMED = frozenset({"enforcer", "armourer"})
_OUTSIDE = Weighted(
    {"not-yet-categorised": 38.0, "suspect": 24.0, "other": 22.0, "witness": 8.0, "convicted": 8.0}
)
_AGES = {"principal": (31, 56), "lieutenant": (26, 48), "member": (18, 47), "other": (18, 68)}


def names(setting: Setting, people: Rosters) -> tuple[Name, ...]:
    """Return a name for every nominal; families share theirs."""
    chance = setting.numbers("names")
    made = [name for name, _ in CAST]
    used = set(made)
    for number in range(len(CAST), setting.size.nominals):
        kin = people.kin.get(number)
        name = _unused(chance, None if kin is None else made[kin], used)
        used.add(name)
        made.append(name)
    return tuple(made)


def _unused(chance: Random, kin: Name | None, used: set[Name]) -> Name:
    """Return a name nobody has yet, unless three tries find none: namesakes exist."""
    name = drawn(chance, kin=kin)
    for _ in range(3):
        if name not in used:
            break
        name = drawn(chance, kin=kin)
    return name


def nominals(setting: Setting, people: Rosters, named: tuple[Name, ...]) -> tuple[Nominal, ...]:
    """Return the nominals, in the numbers of the rosters."""
    chance, ids = setting.numbers("nominals"), setting.ids("nominals")
    return tuple(
        Nominal(
            id=next(ids),
            name=name.full,
            gender="male" if name.is_male else "female",
            **details,
        )
        for name, details in zip(named, _details(setting, chance, people, named), strict=True)
    )


def _details(
    setting: Setting, chance: Random, people: Rosters, named: tuple[Name, ...]
) -> Iterator[dict[str, Any]]:
    others = setting.numbers("aliases")
    for number, name in enumerate(named):
        if number in people.exploited:
            yield _exploited(setting, chance, number - people.exploited.start)
        else:
            role = people.role.get(number, "")
            yield {"aliases": aliases(others, name), **_known(setting, chance, number, role)}


def _known(setting: Setting, chance: Random, number: int, role: str) -> dict[str, Any]:
    """Return what is known of a member (with a role) or somebody outside the groups."""
    age = chance.randint(*_AGES[role if role in SENIOR else "member" if role else "other"])
    luck = chance.random()
    return {
        "born": _born(chance, setting.as_of, age),
        "identifiers": _identifiers(chance, setting.as_of.year, age, number) if role else (),
        "categories": _categories(chance, role),
        "deceased": luck < 0.004,
        "in_custody": bool(role) and 0.02 < luck < 0.1,
        "warnings": _warnings(chance, role),
    }


def _exploited(setting: Setting, chance: Random, number: int) -> dict[str, Any]:
    """Return what is known of somebody to safeguard: a child, or an adult in their home."""
    is_child = chance.random() < 0.7
    age = chance.randint(13, 17) if is_child else chance.randint(19, 61)
    code = f"{'YP' if is_child else 'AP'}-{number + 1:02d}"
    return {
        "aliases": (Alias(code, "code-name"),),
        "born": _born(chance, setting.as_of, age),
        "categories": ("victim",),
        "exploited": True,
        "warnings": ("CV",),
    }


def _born(chance: Random, as_of: date, age: int) -> PartialDate | None:
    ordinal = as_of.toordinal() - int((age + chance.random()) * 365.25)
    return None if chance.random() < 0.06 else loosely(chance, ordinal)


def _identifiers(chance: Random, year: int, age: int, number: int) -> tuple[Identifier, ...]:
    """Return numbers of the right form in ranges that are not issued, check letters right."""
    luck = chance.random()
    if luck > 0.62:
        return ()
    recorded = year - max(0, age - 17) + int(luck * 3)
    serial = 9_000_000 + number % 1_000_000
    found = [Identifier("pnc", pnc_id(min(recorded, year), serial))]
    if luck < 0.3:
        found.append(Identifier("cro", cro_number(min(recorded, year), 900_000 + number % 100_000)))
    if luck < 0.08:
        found.append(Identifier("prison", f"Z{number % 10_000:04d}ZZ"))
    return tuple(found)


def pnc_id(year: int, serial: int) -> str:
    """Return a PNC ID with its check letter: ``2004/9000012L``."""
    return f"{year}/{serial:07d}{check_letter(f'{year % 100:02d}{serial:07d}')}"


def cro_number(year: int, serial: int) -> str:
    """Return a CRO number with its check letter: ``900012/04D``."""
    return f"{serial:06d}/{year % 100:02d}{check_letter(f'{year % 100:02d}{serial:06d}')}"


def _categories(chance: Random, role: str) -> tuple[str, ...]:
    if not role:
        return (_OUTSIDE.draw(chance),)
    luck = chance.random()
    if luck < 0.09:
        return ("not-yet-categorised",)
    return ("suspect", "convicted") if luck < 0.38 else ("suspect",)


def _warnings(chance: Random, role: str) -> tuple[str, ...]:
    luck = chance.random()
    if not role or luck > (0.5 if role in _ARMED else 0.12):
        return ()
    drawn_ = {_WARNINGS.draw(chance), _WARNINGS.draw(chance)} if luck < 0.03 else set()
    return tuple(sorted(drawn_ | {"FI" if role == "armourer" else _WARNINGS.draw(chance)}))
