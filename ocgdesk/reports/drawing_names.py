"""The name and second line of an item: below it, or beside or above it where below is taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ocgdesk.domain.charts import Importance, Item
from ocgdesk.reports import fonts
from ocgdesk.reports.drawing_labels import Taken
from ocgdesk.reports.drawing_parts import Anchor, Area, Ink, Node, TextRun

NAME: Final = 12.0
DETAIL: Final = 11.0
LEADING: Final = 15.0
ROOM: Final = 150.0
DETAIL_ZOOM: Final = 0.6
NAME_ZOOM: Final = {
    Importance.PRINCIPAL: 0.0,
    Importance.SIGNIFICANT: 0.35,
    Importance.PERIPHERAL: 0.6,
}


@dataclass(frozen=True, slots=True)
class Naming:
    """The label of an item; neither part where it has yielded."""

    name: TextRun | None = None
    detail: TextRun | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """A label broken into lines, with its size."""

    name: tuple[str, ...]
    detail: tuple[str, ...]
    name_width: float
    detail_width: float

    @property
    def width(self) -> float:
        return max(self.name_width, self.detail_width)

    @property
    def height(self) -> float:
        return LEADING * (len(self.name) + len(self.detail))


@lru_cache(maxsize=20_000)
def _words(name: str, detail: str) -> _Words:
    names = fonts.broken(name, "semibold", NAME, ROOM, 2)
    details = fonts.broken(detail, "regular", DETAIL, ROOM, 1)
    name_width = max((fonts.width(line, "semibold", NAME) for line in names), default=0.0)
    detail_width = max((fonts.width(line, "regular", DETAIL) for line in details), default=0.0)
    return _Words(names, details, name_width, detail_width)


def width_of(item: Item) -> float:
    """Return how wide an item's label is when it has all its lines."""
    return _words(item.label, item.detail).width


def _places(node: Node, words: _Words) -> Iterator[tuple[float, float, Anchor]]:
    """Yield where the upper left corner of a label may be: below, right, left, above."""
    box, wide, high = node.box, words.width, words.height
    middle = node.at.y - high / 2
    yield node.at.x - wide / 2, box.bottom + 3, "middle"
    yield box.right + 5, middle, "start"
    yield box.x - 5 - wide, middle, "end"
    yield node.at.x - wide / 2, box.y - 3 - high, "middle"


def _line_box(area: Area, anchor: Anchor, wide: float, top: float, high: float) -> Area:
    """Return the box of one part of a label, no wider than its own words."""
    x = {
        "start": area.x,
        "middle": area.centre.x - wide / 2,
        "end": area.right - wide,
    }[anchor]
    return Area(x, top, wide, high)


def _run(
    lines: tuple[str, ...], node: Node, box: Area, anchor: Anchor, *, strong: bool, rank: int
) -> TextRun:
    x = {"start": box.x, "middle": box.centre.x, "end": box.right}[anchor]
    role = "text" if strong else "text.2"
    if not strong and node.look.role == "kind.exploited":
        role = node.look.role
    return TextRun(
        lines=lines,
        x=x,
        y=box.y + 11.5,
        leading=LEADING,
        face="semibold" if strong else "regular",
        size=NAME if strong else DETAIL,
        ink=Ink(role),
        box=box,
        anchor=anchor,
        owner=node.id,
        min_zoom=NAME_ZOOM[node.look.importance] if strong else DETAIL_ZOOM,
        rank=rank,
    )


def _naming(node: Node, words: _Words, area: Area, anchor: Anchor, rank: int) -> Naming:
    high = LEADING * len(words.name)
    upper = _line_box(area, anchor, words.name_width, area.y, high)
    name = _run(words.name, node, upper, anchor, strong=True, rank=rank)
    if not words.detail:
        return Naming(name)
    lower = _line_box(area, anchor, words.detail_width, area.y + high, area.height - high)
    return Naming(name, _run(words.detail, node, lower, anchor, strong=False, rank=rank))


def naming(item: Item, node: Node, taken: Taken, rank: int) -> Naming:
    """Return an item's label and take its room.

    Where higher-ranked labels leave no other choice it loses its second line, or both.
    """
    tries = [_words(item.label, item.detail)]
    if item.detail:
        tries.append(_words(item.label, ""))
    for words in tries:
        wide, high = words.width, words.height
        for x, y, anchor in _places(node, words) if words.name else ():
            if taken.has_room(x, y, x + wide, y + high):
                area = Area(x, y, wide, high)
                taken.add(area)
                return _naming(node, words, area, anchor, rank)
    return Naming()
