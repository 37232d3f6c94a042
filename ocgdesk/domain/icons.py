"""Which drawing stands for which meaning: one table, so that any one is redrawn in one place.

Drawings are Lucide's (ISC) or our own on the same grid: a box of 24, a margin of 2, strokes with
round caps in ``currentColor``. Whoever paints them (window, chart export) tints them.
"""

import json
from functools import cache

from ocgdesk import resources
from ocgdesk.errors import NotFound

STROKE = 1.75
"""Width of a stroke in units of the 24 box."""


@cache
def _table() -> dict[str, tuple[str, str]]:
    """Return where each meaning is drawn: ``(source, name)``, source "lucide" or "own"."""
    shipped = resources.toml("icons", "icons.toml")
    return {
        meaning: (source, name)
        for source in ("lucide", "own")
        for meaning, name in shipped[source].items()
    }


@cache
def _lucide() -> dict[str, str]:
    """Return Lucide's drawings that the table names, as ``make icons`` took them over."""
    text = resources.path("icons", "lucide.json").read_text(encoding="utf-8")
    drawings: dict[str, str] = json.loads(text)
    return drawings


@cache
def _drawing(source: str, name: str) -> str:
    if source == "own":
        return resources.path("icons", "own", f"{name}.svg").read_text(encoding="utf-8")
    return _lucide()[name]


def names() -> tuple[str, ...]:
    """Return every meaning that has a drawing, in alphabetical order."""
    return tuple(sorted(_table()))


def svg(meaning: str, stroke: float = STROKE) -> str:
    """Return the SVG text of a meaning such as ``entity.handle``, strokes of this width.

    Raises NotFound when nothing stands for that meaning.
    """
    if meaning not in _table():
        raise NotFound(f"no drawing stands for “{meaning}”")
    text = _drawing(*_table()[meaning])
    return text.replace('stroke-width="2"', f'stroke-width="{stroke:g}"')
