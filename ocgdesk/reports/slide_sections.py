"""How tall the sections of a paper stand on slides: short ones share one, a basis stays with rows.

Lengths are in inches of a slide 7.5 inches tall.
"""

from collections.abc import Sequence
from itertools import takewhile
from math import inf
from typing import Final

from ocgdesk.reports import slide_room
from ocgdesk.reports.document import (
    Block,
    Contents,
    Facts,
    Heading,
    Paragraph,
    Table,
    Tone,
    is_quiet,
    is_short,
)

HEAD: Final = 16
"""The size of a heading within a slide."""
FINE: Final = 10
"""The size of what is there for completeness."""
_ROWS: Final = 1.2
"""How much room a heading needs with the first rows of a longer table."""
_LONG: Final = 1_500
"""Letters: a basis that is longer may begin a slide of its own."""


def section(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks up to the next heading of the first level."""
    return list(takewhile(lambda one: not (isinstance(one, Heading) and one.level == 1), blocks))


def tall(blocks: Sequence[Block], room: float) -> float:
    """Return how tall blocks stand one beneath another; infinite where one needs its own slide."""
    return sum(_tall(one, room) for one in blocks)


def beneath(blocks: Sequence[Block], room: float) -> float:
    """Return how tall the basis stands with which these blocks begin, and its heading."""
    head, rest = blocks[:1], blocks[1:]
    if not (head and isinstance(head[0], Heading) and head[0].level > 1):
        head, rest = (), blocks
    basis = [one for one in takewhile(is_quiet, rest) if not _is_long(one)]
    return tall((*head, *basis), room) if basis else 0.0


def begun(heading: Heading, blocks: Sequence[Block], room: float) -> float:
    """Return how tall a heading stands with what goes with it: a basis, a short table, rows."""
    if basis := beneath(blocks, room):
        return basis + _tall(heading, room)
    first = blocks[0] if blocks else heading
    is_one = isinstance(first, Table) and is_short(first.titles, first.rows)
    return tall((heading, first), room) if is_one else _ROWS


def _is_long(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(block.text) >= _LONG


def _tall(block: Block, room: float) -> float:
    match block:
        case Heading(text):
            return slide_room.words(text, HEAD, room)
        case Paragraph(text, tone):
            return slide_room.words(text, FINE if tone is Tone.QUIET else slide_room.POINTS, room)
        case Facts(pairs):
            return _rows((), pairs, (0.3, 0.7), room)
        case Table(titles, rows, shares):
            return _rows(titles, rows, shares or (1 / len(titles),) * len(titles), room)
        case Contents():
            return 0.0
        case _:
            return inf


def _rows(
    titles: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    shares: tuple[float, ...],
    room: float,
) -> float:
    widths = slide_room.widths(titles, rows, shares, room)
    every = (titles, *rows) if titles else rows
    return sum(slide_room.tall(row, widths) for row in every) + slide_room.GAP
