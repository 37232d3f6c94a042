"""What the reference data says of claims: the rules in force, and what each measure counts.

The lists are ``claim-rules`` and ``outcome-measures``; this module only reads them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ocgdesk.domain import units
from ocgdesk.domain.reference_data import Code, code_list, label
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

STATUSES: Final = "disruption-statuses"
RULES: Final = "claim-rules"
MEASURES: Final = "outcome-measures"
OPEN: Final = frozenset({"draft", "returned"})
"""Statuses in which a claim and its outcomes can be changed."""
SUBMITTED: Final = frozenset({"submitted", "moderated", "accepted"})
"""Statuses of a claim that somebody else looks at, or that counts."""
_DAYS_APART: Final = 3
"""Where no number of days is said: agencies date one event differently."""


# ---- Rules --------------------------------------------------------------------------------------


def applied() -> tuple[Code, ...]:
    """Return the claim rules that are applied, in the order of their list."""
    return tuple(one for one in code_list(RULES) if _is_on(one))


def refuses(rule: str) -> bool:
    """Tell whether a rule is applied and holds back what breaks it."""
    return any(one.code == rule and bool(one.get("refuses")) for one in applied())


def days_apart() -> int:
    """Return how many days may lie between two claims of one event."""
    found = code_list(RULES).find("claimed-twice")
    return max(0, int(found.get("days", _DAYS_APART))) if found else _DAYS_APART


def _is_on(rule: Code) -> bool:
    return bool(rule.get("on", default=True)) and not rule.retired


# ---- Measures -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What an outcome is counted in, from what, and what commodity it may be of."""

    code: str
    label: str
    unit: str
    units: tuple[str, ...]
    """Every unit it may be in, its usual one first; empty where the list names none."""
    step: str
    """The criminal-justice step it is a count of; empty where it is no such count."""
    commodities: tuple[str, ...]
    """The types of commodity it may be entered as; empty where it is of no commodity."""

    def units_in_words(self) -> str:
        """Return the units it takes, as a sentence lists them."""
        return either(label("units", code).lower() for code in self.units)


def measure(code: str) -> Measure:
    """Return a measure by its code; Refused for one there is none of."""
    found = code_list(MEASURES).find(code)
    if found is None:
        raise Refused(_("{code!r} is no outcome measure").format(code=code[:40]))
    return _measure(found)


def counted() -> tuple[Measure, ...]:
    """Return the measures that are counts of criminal-justice steps, retired ones too."""
    return tuple(_measure(one) for one in code_list(MEASURES) if one.get("step", ""))


def _measure(one: Code) -> Measure:
    unit = str(one.get("unit", ""))
    more = (unit, *one.get("units", ()))
    return Measure(
        code=one.code,
        label=one.label,
        unit=unit,
        units=tuple(dict.fromkeys(code for code in more if code)),
        step=str(one.get("step", "")),
        commodities=tuple(one.get("commodities", ())),
    )


def units_of(commodity_type: str, unit: str) -> tuple[str, ...]:
    """Return the units a commodity takes: its own or its type's, and those measured alike.

    Empty where neither the commodity nor its type says one.
    """
    known = code_list("commodity-types").find(commodity_type)
    said = (unit, str(known.get("unit", "")), *known.get("units", ())) if known else (unit,)
    usual = [code for code in said if code]
    alike = [
        one.code
        for one in code_list("units")
        if any(units.factor(one.code, code) is not None for code in usual)
    ]
    return tuple(dict.fromkeys((*usual, *alike)))


def either(words: Iterable[str]) -> str:
    """Return words as a sentence lists them: ``kilograms or grams``."""
    every = list(words)
    if len(every) < 2:
        return "".join(every)
    return _("{some} or {last}").format(some=", ".join(every[:-1]), last=every[-1])
