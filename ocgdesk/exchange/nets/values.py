"""A chart or network as it lay in somebody's file, before anything is understood of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ocgdesk.exchange.raw import SourceFile

MOST_NODES: Final = 200_000
MOST_EDGES: Final = 1_000_000


NO_FILE: Final = SourceFile("", "", 0)
"""Of a chart that was in none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What one source says of an item: i2's card."""

    summary: str = ""
    text: str = ""
    date: str = ""
    """ISO, a day or an instant."""
    source: str = ""
    """The reference of the source."""
    grade: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One entity of a chart."""

    id: str
    """What the file calls it, the same each time it comes: i2's identity."""
    label: str = ""
    type: str = ""
    """The file's own word for what it is."""
    x: float | None = None
    y: float | None = None
    """Downwards, in units of the file."""
    start: str = ""
    """ISO date or instant."""
    end: str = ""
    grade: str = ""
    note: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One link of a chart."""

    source: str
    target: str
    id: str = ""
    label: str = ""
    type: str = ""
    directed: bool = False
    weight: float | None = None
    start: str = ""
    end: str = ""
    strength: str = ""
    grade: str = ""
    note: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """A whole chart: its items, its links, and what is printed on its cover."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    title: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    """Cover sheet by its headings, such as ``Classification``."""
    notes: tuple[str, ...] = ()
    """What was left out in reading, in sentences."""
    format: str = ""
    """The ending such files have, without the dot."""
    source: SourceFile = NO_FILE

    @property
    def things(self) -> tuple[Node | Edge, ...]:
        """All items and links."""
        return (*self.nodes, *self.edges)
