"""Units as they are written beside a figure."""

from ocgdesk.domain.reference_data import code_list

PLAIN = frozenset({"", "people", "items", "orders"})
"""Symbols that are left out: what is counted says so itself."""


def symbol(unit: str, label: str = "", value: float | None = None) -> str:
    """Return how a unit is written beside a label; nothing where the label says it already.

    :param unit: A code of the list ``units``; anything else has no symbol.
    :param label: What is counted, as ``Cannabis plants``.
    :param value: How many: one round is no "rounds".
    """
    found = code_list("units").find(unit)
    written = str(found.get("symbol", found.label)) if found else ""
    if written.lower() in PLAIN or written.lower() in label.lower():
        return ""
    return str(found.get("one", written)) if found and value == 1 else written


def factor(unit: str, to: str) -> float | None:
    """Return by what a number in one unit is multiplied to be in another.

    None where the list gives no such number: kilograms and plants, pounds and euros.
    """
    (base, one), (other, many) = _based(unit), _based(to)
    return one / many if base == other else None


def is_whole(unit: str) -> bool:
    """Tell whether what is counted in a unit comes whole: people and rounds, not kilograms."""
    found = code_list("units").find(unit)
    return found is not None and bool(found.get("whole"))


def _based(unit: str) -> tuple[str, float]:
    """Return the unit another is measured by, and how much of it that is."""
    found = code_list("units").find(unit)
    base, size = (found.get("base", ""), found.get("factor", 0.0)) if found else ("", 0.0)
    return (str(base), float(size)) if base and size > 0 else (unit, 1.0)


def amount(label: str, value: float, unit: str) -> str:
    """Return a figure in words: ``Heroin 1.45 kg``, ``Cash seized £7,277``, ``Arrested 3``."""
    sign = symbol(unit, label, value)
    if sign in {"£", "€"}:
        return f"{label} {sign}{value:,.0f}"
    return f"{label} {value:,.10g} {sign}".rstrip()
