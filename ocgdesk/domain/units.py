"""Units as they are written beside a figure."""

from ocgdesk.domain.reference_data import code_list

PLAIN = frozenset({"", "people", "items"})
"""Symbols that are left out: what is counted says so itself."""


def symbol(unit: str, label: str = "") -> str:
    """Return how a unit is written beside a label; nothing where the label says it already.

    :param unit: A code of the list ``units``; anything else has no symbol.
    :param label: What is counted, as ``Cannabis plants``.
    """
    found = next((one for one in code_list("units") if one.code == unit), None)
    written = str(found.get("symbol", found.label)) if found else ""
    plain = written.lower() in PLAIN or written.lower() in label.lower()
    return "" if plain else written


def amount(label: str, value: float, unit: str) -> str:
    """Return a figure in words: ``Heroin 1.45 kg``, ``Cash seized £7,277``, ``Arrested 3``."""
    sign = symbol(unit, label)
    if sign in {"£", "€"}:
        return f"{label} {sign}{value:,.0f}"
    return f"{label} {value:,g} {sign}".rstrip()
