"""How much room words take on a slide, in inches of one 7.5 inches tall."""

import textwrap
from typing import Final

from ocgdesk.reports import columns

POINTS: Final = 12
LINE: Final = 0.2
PADDING: Final = 0.1
LETTERS: Final = 12
"""How many letters of the body's size fit an inch, on average."""
GAP: Final = 0.2
"""What parts a table from what follows it."""
_MARGIN: Final = 3.4
"""What the margins of a cell take, in letters."""
MOST_LINES: Final = 22
"""A row of more lines is taller than a slide: it goes on on the next."""


def lines(text: str, width: float) -> int:
    """Return how many lines a text takes in so many inches, at the body's size."""
    letters = max(1, int(width * LETTERS))
    return sum(
        1 if len(line) <= letters else len(textwrap.wrap(line, letters)) or 1
        for line in text.split("\n")
    )


def words(text: str, points: int, room: float) -> float:
    """Return how tall words of this size stand across so much room."""
    return lines(text, room * POINTS / points) * LINE * points / POINTS + PADDING


def widths(
    titles: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    shares: tuple[float, ...],
    room: float,
) -> list[float]:
    """Return how wide the columns of a table stand across so much room."""
    fitted = columns.fitted(titles, rows, shares, letters=room * LETTERS, margin=_MARGIN)
    return [share * room for share in fitted]


def tall(row: tuple[str, ...], widths: list[float]) -> float:
    """Return how tall a row of a table is; a cell has a margin of its own at each side."""
    most = max(lines(text, width - 0.2) for text, width in zip(row, widths, strict=True))
    return min(most, MOST_LINES) * LINE + PADDING


def split(row: tuple[str, ...], widths: list[float]) -> list[tuple[str, ...]]:
    """Return a row in pieces that are no taller than a slide, each going on where one ended."""
    if tall(row, widths) < MOST_LINES * LINE:
        return [row]
    cells = [
        [piece for line in text.split("\n") for piece in _wrapped(line, width - 0.2)]
        for text, width in zip(row, widths, strict=True)
    ]
    count = max(1, -(-max(map(len, cells)) // MOST_LINES))
    return [
        tuple("\n".join(lines[at * MOST_LINES : (at + 1) * MOST_LINES]) for lines in cells)
        for at in range(count)
    ]


def _wrapped(line: str, width: float) -> list[str]:
    return textwrap.wrap(line, max(1, int(width * LETTERS))) or [""]


def parts(text: str, room: float) -> list[str]:
    """Return a long text in pieces that each fit a slide, broken between words."""
    most = int(room * LETTERS) * MOST_LINES
    return textwrap.wrap(text, most) if len(text) > most else [text]
