"""How much room words take on a slide, in inches of one 7.5 inches tall."""

import textwrap
from math import ceil
from typing import Final

POINTS: Final = 12
LINE: Final = 0.2
PADDING: Final = 0.1
LETTERS: Final = 12
"""How many letters of the body's size fit an inch, on average."""
MOST_LINES: Final = 22
"""A cell's lines beyond this are cut: it would be taller than the slide."""


def lines(text: str, width: float) -> int:
    """Return how many lines a text takes in so many inches, at the body's size."""
    letters = max(1, int(width * LETTERS))
    return sum(max(1, ceil(len(line) / letters)) for line in text.split("\n") or [""])


def tall(row: tuple[str, ...], widths: list[float]) -> float:
    """Return how tall a row of a table is; a cell has a margin of its own at each side."""
    most = max(lines(text, width - 0.2) for text, width in zip(row, widths, strict=True))
    return min(most, MOST_LINES) * LINE + PADDING


def cut(text: str, width: float) -> str:
    """Return a text that is no taller than a slide in a cell so wide, cut where it would be."""
    most = int((width - 0.2) * LETTERS) * MOST_LINES
    return text if len(text) <= most else text[: most - 1] + "…"


def parts(text: str, room: float) -> list[str]:
    """Return a long text in pieces that each fit a slide, broken between words."""
    most = int(room * LETTERS) * MOST_LINES
    return textwrap.wrap(text, most) if len(text) > most else [text]
