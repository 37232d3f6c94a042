"""What a drawing is made of: shapes, lines and text in chart units, coloured by role.

Nothing here knows a colour, a pixel or a painter. A role such as ``kind.nominal`` or ``text`` is
looked up in a theme by whoever paints, so that one drawing serves every theme and paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal
from uuid import UUID

from ocgdesk.domain.charts import Importance, Point
from ocgdesk.domain.links import Strength
from ocgdesk.reports import drawing_paths
from ocgdesk.reports.drawing_paths import Path
from ocgdesk.reports.fonts import Face

Anchor = Literal["start", "middle", "end"]


class Fill(StrEnum):
    """How strong a role's colour is laid on."""

    FULL = "full"
    TINT = "tint"
    """Mixed with the paper: 16 % in light themes, 26 % in dark ones. Opaque."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour by what it means."""

    role: str
    fill: Fill = Fill.FULL
    alpha: float = 1.0
    washes: int = 0
    """Seen through so many hulls: paper inside an OCG's box is that box's colour."""


PAPER = Ink("surface")


class Dash(StrEnum):
    """How a line is broken: by the strength of what it says, as i2 does."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    SKETCHED = "sketched"
    """Long and short by turns: drawn by hand, and no link of the register."""


DASHES: dict[Dash, tuple[float, ...]] = {
    Dash.SOLID: (),
    Dash.DASHED: (7.0, 5.0),
    Dash.DOTTED: (0.1, 4.0),
    Dash.SKETCHED: (6.0, 2.0, 2.0, 2.0),
}
"""Strokes and gaps in chart units for a line of 1.5; dots are round caps of almost no length."""

DASH_OF = {
    Strength.CONFIRMED: Dash.SOLID,
    Strength.UNCONFIRMED: Dash.DASHED,
    Strength.TENTATIVE: Dash.DOTTED,
}


@dataclass(frozen=True, slots=True)
class Area:
    """An upright box, in chart units, y downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """The middle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def grown(self, by: float) -> "Area":
        """Return the box with a margin on every side."""
        return Area(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def meets(self, other: "Area") -> bool:
        """Tell whether the two overlap."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def holds(self, other: "Area") -> bool:
        """Tell whether the other lies inside this one."""
        return (
            self.x <= other.x + 1e-6
            and self.y <= other.y + 1e-6
            and self.right >= other.right - 1e-6
            and self.bottom >= other.bottom - 1e-6
        )

    def joined(self, other: "Area") -> "Area":
        """Return the smallest box round both."""
        left, top = min(self.x, other.x), min(self.y, other.y)
        right, bottom = max(self.right, other.right), max(self.bottom, other.bottom)
        return Area(left, top, right - left, bottom - top)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """An outline, filled, stroked or both."""

    path: Path
    fill: Ink | None = None
    edge: Ink | None = None
    width: float = 0.0
    """Of the edge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRun:
    """Lines of text, broken and measured: a painter only sets them."""

    lines: tuple[str, ...]
    x: float
    """Where the anchor of every line stands."""
    y: float
    """The base line of the first."""
    leading: float
    face: Face
    size: float
    ink: Ink
    box: Area
    anchor: Anchor = "middle"
    ground: Ink = PAPER
    """What it stands on."""
    owner: UUID | None = None
    min_zoom: float = 0.0
    """Below this zoom it is not shown on screen."""
    rank: int = 0
    """Higher is dropped later when room is short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A tie as drawn, from silhouette to silhouette."""

    points: tuple[Point, ...]
    """Two ends; four points are a cubic (a tie of an item to itself)."""
    dash: Dash = Dash.SOLID
    width: float = 1.5
    ink: Ink = Ink("text.3")
    arrow: bool = False
    """A head at the last point."""
    owner: UUID | None = None
    ends: tuple[UUID, UUID] | None = None
    label: TextRun | None = None
    """Stands on a slab of paper."""


Element = Shape | Line | TextRun
"""What a painter has to know how to paint: nothing else."""
ORIGIN = Point(0.0, 0.0)
VEIL = 0.8
"""How much of what lies behind a name its veil takes away."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Look:
    """How every item of one kind and importance is drawn, about the origin.

    Shared by all of them, and so compared by identity: painters keep one picture of each.
    """

    name: str
    """What the silhouette is called: ``circle``, ``speech box``, ``tag`` …"""
    outline: Path
    shapes: tuple[Shape, ...]
    icon: tuple[Shape, ...]
    area: Area
    """All of it, edges included."""
    reaches: tuple[float, ...]
    """How far the outline reaches in each direction; see ``drawing_paths.reaches``."""
    inner: float
    """The least of these."""
    role: str
    importance: Importance


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A slab with a code at the upper right of an item."""

    slab: Shape
    text: TextRun
    box: Area
    min_zoom: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An item as drawn."""

    id: UUID
    at: Point
    look: Look
    label: TextRun | None
    """Name, under the silhouette or beside it; none where a higher-ranked label has the room."""
    detail: TextRun | None
    badges: tuple[Badge, ...] = ()

    @property
    def box(self) -> Area:
        """The silhouette, without label."""
        area = self.look.area
        return Area(self.at.x + area.x, self.at.y + area.y, area.width, area.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hull:
    """An OCG opened: a rounded box round its members with a tab on its top edge."""

    id: UUID
    frame: Shape
    tab: Shape
    icon: tuple[Shape, ...]
    """In place, not about the origin."""
    texts: tuple[TextRun, ...]
    box: Area
    tab_box: Area
    members: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBox:
    """A note as drawn: a slab with text, and a leader to the item it is about."""

    id: UUID
    slab: Shape
    texts: tuple[TextRun, ...]
    box: Area
    leader: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart as painted, in chart units. Parts are in painting order within each group."""

    bounds: Area
    """Round everything."""
    hulls: tuple[Hull, ...] = ()
    lines: tuple[Line, ...] = ()
    nodes: tuple[Node, ...] = ()
    notes: tuple[NoteBox, ...] = ()
    """On top of everything."""
    yielded: int = 0
    """How many labels gave way because another had the room."""
    words: str = ""
    """The drawing in one paragraph, for those who cannot see it."""
    _by_id: dict[UUID, Node] = field(default_factory=dict, repr=False, compare=False)

    def node(self, id_: UUID) -> Node | None:
        """Return the item drawn with this id, if it is drawn."""
        if not self._by_id and self.nodes:
            self._by_id.update((node.id, node) for node in self.nodes)
        return self._by_id.get(id_)

    def texts(self) -> Iterator[TextRun]:
        """Yield every run of text, in painting order."""
        return (part for part, _at in self.elements() if isinstance(part, TextRun))

    def elements(self) -> Iterator[tuple[Element, Point]]:
        """Yield all there is to paint, in order, each with how far it is moved."""
        for hull in self.hulls:
            yield hull.frame, ORIGIN
        for line in self.lines:
            yield line, ORIGIN
        for hull in self.hulls:
            yield from _still(hull.tab, *hull.icon, *hull.texts)
        for run in (line.label for line in self.lines if line.label):
            yield from _still(slab(run), run)
        yield from ((note.leader, ORIGIN) for note in self.notes if note.leader)
        for node in self.nodes:
            yield from ((shape, node.at) for shape in (*node.look.shapes, *node.look.icon))
        for node in self.nodes:
            yield from _annotations(node)
        for note in self.notes:
            yield from _still(note.slab, *note.texts)


def _still(*parts: Element) -> Iterator[tuple[Element, Point]]:
    """Yield parts that stand where they say."""
    return ((part, ORIGIN) for part in parts)


def _annotations(node: Node) -> Iterator[tuple[Element, Point]]:
    for run in (node.label, node.detail):
        if run:
            yield veil(run), ORIGIN
            yield run, ORIGIN
    for badge in node.badges:
        yield badge.slab, ORIGIN
        yield badge.text, ORIGIN


def veil(run: TextRun) -> Shape:
    """Return the thin paper under a name: what lies behind stays visible, but recedes."""
    box = run.box
    path = drawing_paths.rectangle(box.x - 2, box.y, box.width + 4, box.height, 3.0)
    return Shape(path=path, fill=replace(run.ground, alpha=VEIL))


def slab(run: TextRun) -> Shape:
    """Return the paper a tie's label stands on."""
    box = run.box
    path = drawing_paths.rectangle(box.x, box.y, box.width, box.height, 3.0)
    return Shape(path=path, fill=run.ground)
