"""What widgets and table cells show: frozen values with their words, and nothing of a record."""

from dataclasses import dataclass
from typing import Literal

from ocgdesk.i18n import _

Tone = Literal[
    "neutral", "outline", "accent", "overdue", "due", "ok", "info", "restricted", "victim",
    "synthetic",
]  # fmt: skip
"""What a colour means; each travels with an icon or a word."""

Strand = Literal["pursue", "prevent", "protect", "prepare"]
Strength = Literal["confirmed", "unconfirmed", "tentative"]
Align = Literal["left", "right"]

NONE = "–"
"""Stands for what is missing; unknown is the word “Unknown”."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A word on a tint, with its icon: the state of something."""

    word: str
    tone: Tone = "neutral"
    icon: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade as printed, such as ``2·C·P``; the border says how far the source is tested.

    ``assessed`` 1 solid, 2 dashed, 3 dotted (the letters of the
    intelligence assessment have no border of their own).
    """

    text: str
    assessed: int = 1
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words in a cell."""

    text: str
    ink: str = "text"
    align: Align = "left"
    strong: bool = False
    mono: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A record by its kind's icon and its label; ``second`` only for a second fact of it.

    Without a ``kind`` there is no icon: for tables that hold one kind only.
    """

    kind: str
    label: str
    second: str = ""
    restricted: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """A state as an icon and a word, without a tint."""

    word: str
    icon: str
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score with its band and how many of four steps that is (0 when not scored)."""

    text: str
    band: str = ""
    steps: int = 0
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Spark:
    """A small line of a figure over time; it takes red or green only for a score."""

    points: tuple[float, ...]
    tone: Tone = "neutral"
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StrandCount:
    """Live actions of one strand of a plan and the share done (0 to 1); none is an empty strand."""

    strand: Strand
    live: int
    done: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A sample of how a link is drawn, with the word for its strength."""

    strength: Strength
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A value against a whole (0 to 1), and the earlier one in grey above it if there is one."""

    share: float
    before: float | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class StrandName:
    """The name of a strand with its icon, in its ink."""

    strand: Strand


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a value was, struck through, and what it would be."""

    before: str
    after: str
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Flagged:
    """A value with a sign behind it: what makes no sense, or is doubtful."""

    text: str
    tone: Tone = "overdue"
    icon: str = "status.warning"
    mono: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The ranks somebody may take among so many: a line from the best to the worst, the rank on it.

    Ranks are drawn on a scale that widens towards the top, where they are told apart.
    """

    rank: int
    best: int
    worst: int
    most: int
    words: str = ""


Cell = (
    Text | Entity | Status | Chip | Grade | Score | Spark | StrandCount | Line | Bar | StrandName
    | Change | Flagged | Band
)  # fmt: skip
"""Everything a table cell can show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The header of a column: ``sort`` is 1 up, -1 down, 0 none; ``rank`` from 1 if several."""

    title: str
    icon: str = ""
    ink: str = "text.2"
    align: Align = "left"
    sort: int = 0
    rank: int = 0
    filtered: bool = False


def strand_name(strand: Strand) -> str:
    """Return the name of a strand of the 4P plan."""
    match strand:
        case "pursue":
            return _("Pursue")
        case "prevent":
            return _("Prevent")
        case "protect":
            return _("Protect")
    return _("Prepare")


def _entity_words(cell: Entity) -> str:
    parts = (cell.label, cell.second, _("restricted") if cell.restricted else "")
    return ", ".join(part for part in parts if part)


def _strand_words(cell: StrandCount) -> str:
    if cell.live == 0:
        return _("{strand}: empty").format(strand=strand_name(cell.strand))
    return _("{strand}: {live} live, {done} % done").format(
        strand=strand_name(cell.strand), live=cell.live, done=round(cell.done * 100)
    )


def words(cell: Cell) -> str:
    """Return what a cell says to a screen reader, a copied table and a tooltip."""
    match cell:
        case Text(text=said) | Flagged(text=said) | Grade(text=said) | Chip(word=said):
            return said
        case (
            Status(word=said)
            | Spark(words=said)
            | Bar(words=said)
            | Line(word=said)
            | Band(words=said)
        ):
            return said
        case Entity():
            return _entity_words(cell)
        case Score():
            return f"{cell.text} {cell.band}".strip()
        case Change():
            return _("{before}, would be {after}").format(before=cell.before, after=cell.after)
    return _strand_words(cell) if isinstance(cell, StrandCount) else strand_name(cell.strand)
