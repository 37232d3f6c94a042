"""What the command line prints: aligned tables for people, JSON for programs."""

import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from unicodedata import combining, east_asian_width

import click

from ocgdesk.i18n import _

Plain = dict[str, Any]
GAP = "  "
_WIDEST_CELL = 48
_WIDTH_OF_A_FILE = 200


def say(text: str = "") -> None:
    """Print one line for people, without what would move a terminal's cursor."""
    click.echo("".join(map(_harmless, text)))


def as_json(payload: object) -> None:
    """Print JSON: dates in ISO form, anything else that JSON has no form for as text."""
    click.echo(json.dumps(payload, default=_plain, ensure_ascii=False, indent=2))


def items_as_json(
    items: Sequence[Plain], *, as_at: str | None = None, filters: Plain | None = None
) -> None:
    """Print several items as every command does.

    ``withheld`` is null: whether anything is restricted from this user is not told.
    """
    as_json({"items": items, "as_at": as_at, "filters": filters or {}, "withheld": None})


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under headings, each column as wide as it must be, the last one cut to fit."""
    lines = [[_shown(cell) for cell in row] for row in rows]
    cells = [[_(heading) for heading in headings], *lines]
    widths = [max(_width(row[i]) for row in cells) for i in range(len(headings))]
    widths = [min(width, _WIDEST_CELL) for width in widths]
    room = shutil.get_terminal_size((_WIDTH_OF_A_FILE, 24)).columns if _to_terminal() else 0
    for number, row in enumerate(cells):
        line = GAP.join(_fitted(cell, width) for cell, width in zip(row, widths, strict=True))
        line = line.rstrip()
        say(_cut(line, room) if room else line)
        if number == 0:
            say(GAP.join("-" * width for width in widths)[: room or None])


def facts(pairs: Mapping[str, str] | Iterable[tuple[str, str]]) -> None:
    """Print names and values in two columns; several lines of a value stand below each other."""
    known = list(pairs.items() if isinstance(pairs, Mapping) else pairs)
    width = max((_width(name) for name, _value in known), default=0)
    for name, value in known:
        first, *rest = value.splitlines() or [""]
        say(f"{_fitted(name, width)}{GAP}{first}".rstrip())
        for line in rest:
            say(f"{' ' * width}{GAP}{line}")


def _to_terminal() -> bool:
    return sys.stdout.isatty()


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    return str(value)


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def _harmless(character: str) -> str:
    """Return what a terminal may be sent: a name with an escape code in it must not run."""
    return character if character.isprintable() or character in "\n\t" else "�"


def _width(text: str) -> int:
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _fitted(text: str, width: int) -> str:
    text = _cut(text, width)
    return text + " " * (width - _width(text))


def _cut(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    kept, used = [], 0
    for character in text:
        used += _cells(character)
        if used > width - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"
