"""Link charts: what is kept of one, and what it shows of the register."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID, uuid5

from ocgdesk.domain.fields import FieldType, Search, described
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Strength
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.i18n import N_

T = FieldType

MOST_ITEMS = 500
"""Items a chart is cut at unless the user asks for more; the cut is always said."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Chart(Entity):
    """A saved chart: its cover and what it was drawn from. Positions are placements."""

    kind: ClassVar[Kind] = Kind.CHART

    title: str = described(
        N_("Title"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    case: str = described(N_("Case"), search=Search.TEXT, in_table=True)
    note: str = described(N_("Note"), T.LONG_TEXT)
    focus: tuple[UUID, ...] = described(N_("Drawn round"), T.ENTITIES)
    hops: int = described(N_("Hops"), T.INTEGER, default=1, in_table=True)
    layout: str = described(N_("Layout"), T.CODE, codes="layouts", default="force", in_table=True)
    kinds: tuple[str, ...] = described(N_("Only these kinds"), T.CODES, codes="kinds")
    most: int = described(N_("Items at most"), T.INTEGER, default=MOST_ITEMS)
    expanded: tuple[UUID, ...] = described(N_("Expanded"), T.ENTITIES)
    collapsed: tuple[UUID, ...] = described(N_("Drawn as one item"), T.ENTITIES)
    """OCGs whose members are folded into one item each."""
    overview: str = described(N_("Overview"))
    """What an overview joins, such as ``ocg-line``; empty for a chart drawn round records."""
    filters: str = described(N_("Filters"), T.LONG_TEXT)
    """What is left out and whether it is now, as ``chart_filters.packed`` writes it."""
    rules: str = described(N_("Conditional formatting"), T.LONG_TEXT)
    """How items and lines are drawn, as ``chart_rules.packed`` writes it."""
    frozen: datetime | None = described(N_("Frozen as at"), T.INSTANT, in_table=True)
    """The instant whose records it shows for good; None: it follows the register."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Placement(Thing):
    """Where one entity stands on one chart. A drag journals these, not the chart."""

    kind: ClassVar[Kind] = Kind.PLACEMENT
    base: ClassVar[Base] = Base.PLACEMENT

    chart: UUID
    item: UUID
    x: float = described(N_("x"), T.NUMBER, default=0.0)
    y: float = described(N_("y"), T.NUMBER, default=0.0)
    pinned: bool = described(N_("Pinned"), T.FLAG)
    hidden: bool = described(N_("Hidden"), T.FLAG)


def placement_id(chart: UUID, item: UUID) -> UUID:
    """Return the id of the place of an item on a chart: there is only one."""
    return uuid5(chart, str(item))


class Difference(StrEnum):
    """What became of an item or a line between two dates."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Importance(StrEnum):
    """How large and solid an item is drawn."""

    PRINCIPAL = "principal"
    SIGNIFICANT = "significant"
    PERIPHERAL = "peripheral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entity as a chart shows it."""

    id: UUID
    kind: Kind
    label: str
    detail: str = ""
    """The second line: a role, a platform, a town."""
    importance: Importance = Importance.SIGNIFICANT
    exploited: bool = False
    """Recorded as exploited: own symbol, never solid, never ranked."""
    badges: tuple[str, ...] = ()
    marking: Marking = Marking.OFFICIAL
    sketch: bool = False
    """Drawn by hand on this chart only: hatched, in no register and no measure."""
    ghost: bool = False
    """An open intelligence requirement drawn over the chart: dashed, on no chart and in no
    measure."""
    role: str = ""
    """The code of a member's foremost role in an OCG drawn; what layouts go by."""
    strands: tuple[str, ...] | None = None
    """Of an OCG drawn as one: the strands a live action of its plan is under; None elsewhere."""
    holds: tuple[UUID, ...] = ()
    """The members that are folded into an OCG drawn as one."""
    change: Difference | None = None
    """On a chart that compares two dates."""
    tone: str = ""
    """The colour role a rule of the chart gives it; empty for that of its kind."""
    size: Importance | None = None
    """How large a rule draws it; its importance stays what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One drawn line: all links of one type between two items, in one direction."""

    id: UUID
    """The first of the links it stands for."""
    source: UUID
    target: UUID
    label: str = ""
    strength: Strength = Strength.UNCONFIRMED
    directed: bool = False
    count: int = 1
    sketch: bool = False
    """Drawn by hand on this chart only; no link of the register."""
    asks: bool = False
    """From an open intelligence requirement to what it asks about; drawn as a sketch is."""
    type: str = ""
    """The code of its links' type; empty on lines that were worked out from records between."""
    beneath: tuple[UUID, ...] = ()
    """The records a line of an overview was worked out from; empty where it is links itself."""
    links: tuple[tuple[UUID, Strength], ...] = ()
    """The links it stands for and how sure each is, where there are several."""
    tone: str = ""
    """The colour role it is drawn in where not that of every line: a feud stands out."""
    mark: str = ""
    """What a rule of the chart writes on it, for a copy without colour."""
    wide: bool = False
    """Whether a rule draws it thicker."""
    change: Difference | None = None
    """On a chart that compares two dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """An OCG drawn as a box round its members."""

    id: UUID
    title: str
    detail: str = ""
    """Tier, score and how many members are drawn: ``T2 · 8 of 23 members drawn``."""
    members: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """A note as a chart shows it: by itself, or following the item it is about."""

    id: UUID
    text: str
    about: UUID | None = None
    x: float = 0.0
    """Of its upper left corner: from the middle of its item, else on the chart; chart units."""
    y: float = 0.0
    width: float = 180.0
    tone: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleKey:
    """One rule of a chart as its legend states it, with what it is drawn on."""

    words: str
    tone: str = ""
    size: Importance | None = None
    badge: str = ""
    """Also what is written on lines."""
    of_links: bool = False
    wide: bool = False
    ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a chart shows: items, ties and boxes read from the register, without positions."""

    items: tuple[Item, ...] = ()
    ties: tuple[Tie, ...] = ()
    boxes: tuple[Box, ...] = ()
    notes: tuple[Callout, ...] = ()
    keys: tuple[RuleKey, ...] = ()
    """The rules that items and lines are drawn by, for the legend."""
    said: tuple[str, ...] = ()
    """What has to be said of its colours wherever it is shown: of what, as at when, with what
    caveat."""
    cut: str = ""
    """What was left out and by which rule, in words; empty where nothing was."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a chart, in chart units (one unit is one pixel at 100 %), y downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What is printed round a chart: nothing leaves without it."""

    title: str
    subtitle: str = ""
    references: tuple[str, ...] = ()
    author: str = ""
    agency: str = ""
    drawn: str = ""
    """Date and as-at, in words."""
    marking: Marking = Marking.OFFICIAL_SENSITIVE
    synthetic: bool = False
    filters: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    """What has to be said of its colours, in sentences."""
    sources: str = ""
    """How many sources and the lowest grade: ``12 sources, lowest grade 2C``."""
    cited: tuple[str, ...] = ()
    """The same sources by reference and grade: for the notes of a slide."""
    handling: str = ""
    head: str = ""
    """The head of the journal it was made at, as printed."""
    safeguarding: bool = False
    """Whether badges are printed that say who is being safeguarded."""


FIXED_LINE = N_("Records restricted from this user are not included.")
"""Printed on every product and measure, whether or not anything is withheld."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """A scene with a place for every item, and those that are hidden."""

    scene: Scene
    places: dict[UUID, Point] = field(default_factory=dict)
    pinned: frozenset[UUID] = frozenset()
    hidden: frozenset[UUID] = frozenset()
