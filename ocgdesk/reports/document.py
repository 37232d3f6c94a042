"""A report as a value: a titled, marked run of blocks, ready for any writer."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart or figure, as points for Word and as lines for paper; ``width`` shares the page."""

    png: bytes
    svg: str = ""
    alt: str
    """What it shows, for whoever cannot see it."""
    caption: str = ""
    width: float = 1.0


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
    is_wide: bool = False
    """Whether its pages lie: for tables of many columns."""
    blocks: tuple[Block, ...] = field(default=())
