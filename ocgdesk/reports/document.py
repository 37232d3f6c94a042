"""A report as a value: a titled, marked run of blocks, ready for any writer."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from ocgdesk.i18n import _
from ocgdesk.reports.chart_words import Legend
from ocgdesk.reports.drawing_parts import Drawing
from ocgdesk.reports.figures import FigureOut


class Tone(StrEnum):
    """How a paragraph speaks."""

    PLAIN = "plain"
    QUIET = "quiet"
    """What is there for completeness: basis, fixed line."""
    WARNING = "warning"
    """What somebody must act on; never by colour alone: the words say it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, 1 for the highest below the title."""

    text: str
    level: int = 1
    sources: str = ""
    """What stands beneath it rests on, for the notes of slides."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of plain text."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values, side by side."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column titles; ``widths`` are shares of the page."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    values: tuple[tuple[object, ...], ...] = ()
    """The same rows with numbers as numbers and days as days, for a sheet; empty: as words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart or figure, as points for Word and as lines for paper; ``width`` shares the page."""

    png: bytes
    svg: str = ""
    alt: str
    """What it shows, for whoever cannot see it."""
    caption: str = ""
    width: float = 1.0
    drawing: Drawing | None = None
    """A chart as it is drawn on slides, of native shapes; None where it is a picture only."""

    legend: Legend | None = None
    """What the signs of such a chart mean; its picture holds it already."""
    figure: FigureOut | None = None
    """A figure as it is painted, for slides, which are wider than pages."""

    @property
    def size(self) -> tuple[int, int]:
        """How many points it has across and down."""
        across, down = (int.from_bytes(self.png[at : at + 4]) for at in (16, 20))
        return across, down


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of the headings with their pages; ``levels`` are how deep it goes."""

    levels: int = 2


Block = Heading | Paragraph | Facts | Table | Picture | PageBreak | Contents


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report with what stands on each of its pages."""

    title: str
    subtitle: str = ""
    marking: str
    """Words at the top and bottom of every page."""
    synthetic: bool = False
    """Whether every page says that all of it is invented."""
    author: str = ""
    day: date
    """The day it was issued."""
    foot: str = ""
    """Reference and basis at the bottom of every page."""
    facts: tuple[tuple[str, str], ...] = ()
    """What the paper says of itself beneath its title: its number, of which instant, for whom."""
    identifier: str = ""
    """Its number in the register of products; empty for what is in none."""
    version: str = ""
    is_wide: bool = False
    """Whether its pages lie: for tables of many columns."""
    blocks: tuple[Block, ...] = field(default=())

    @property
    def told(self) -> str:
        """What the properties of its file say of it besides title, marking and author."""
        return "; ".join(f"{name}: {words}" for name, words in self.facts)

    @property
    def banner(self) -> str:
        """The words at the top and bottom of every page."""
        return f"{self.marking} · {_('SYNTHETIC DATA')}" if self.synthetic else self.marking


def fitting(picture: Picture, wide: float, tall: float) -> float:
    """Return the share of the width at which a picture fits a page so wide and so tall.

    Room is left for a heading above it and its caption.
    """
    across, down = picture.size
    return min(picture.width, tall * _ROOM * across / (wide * down))


def is_quiet(block: Block) -> bool:
    """Tell whether a block is there for completeness: the basis, the fixed line."""
    return isinstance(block, Paragraph) and block.tone is Tone.QUIET


_ROOM: Final = 0.75
"""Of the height of a page, at most, a picture takes."""
_FEW: Final = 8
"""Lines: a longer table moved whole to the next page would leave a good part of one empty."""
_LETTERS: Final = 1_000


def is_short(titles: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> bool:
    """Tell whether a table is so short that it stays on one page."""
    letters = sum(len(cell) for row in (titles, *rows) for cell in row)
    lines = sum(max((cell.count("\n") for cell in row), default=0) + 1 for row in rows)
    return lines <= _FEW and letters <= _LETTERS


def levelled(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield the blocks with no level of heading left out, which PDF/UA and HTML do not allow.

    Headings of one level stay of one level, whichever the first of them has.
    """
    first = next((block.level for block in blocks if isinstance(block, Heading)), 1)
    above = 0
    for block in blocks:
        if isinstance(block, Heading):
            above = min(max(1, block.level - first + 1), above + 1)
            yield Heading(block.text, above)
        else:
            yield block
