"""OCGs drawn open: rounded boxes round their members, each with a tab that names it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

from ocgdesk.domain.charts import Box
from ocgdesk.domain.kinds import Kind
from ocgdesk.reports import drawing_icons, drawing_paths, fonts
from ocgdesk.reports.drawing_labels import Taken
from ocgdesk.reports.drawing_parts import Area, Hull, Ink, Node, Shape, TextRun
from ocgdesk.reports.fonts import Face
from ocgdesk.reports.palette import WASH

ROLE: Final = f"kind.{Kind.OCG.value}"
RADIUS: Final = 14.0
SIDE: Final = 20.0
TOP: Final = 44.0
BOTTOM: Final = 54.0
"""Room under the lowest member, for its label."""
TAB: Final = 26.0
TAB_AT: Final = 18.0
"""Where the tab begins, from the left edge."""
ICON: Final = 15.0
TITLE: Final = 13.0
DETAIL: Final = 12.0
ROOM: Final = 280.0
"""For each of the two texts of a tab."""


def _line(text: str, x: float, y: float, *, strong: bool) -> TextRun:
    face: Face = "semibold" if strong else "regular"
    size = TITLE if strong else DETAIL
    line = fonts.shortened(fonts.clean(text[:400]), face, size, ROOM)
    return TextRun(
        lines=(line,),
        x=x,
        y=y + size * 0.35,
        leading=size * fonts.LEADING,
        face=face,
        size=size,
        ink=Ink("text" if strong else "text.2"),
        box=Area(x, y - size / 2, fonts.width(line, face, size), size),
        anchor="start",
        min_zoom=0.0 if strong else 0.5,
        rank=9000,
    )


def _icon(x: float, y: float) -> tuple[Shape, ...]:
    path, _filled = drawing_icons.icon("entity.ocg")
    scale = ICON / drawing_icons.BOX
    drawn = drawing_paths.moved(path, x, y - ICON / 2, scale)
    return (Shape(path=drawn, edge=Ink(ROLE), width=1.75 * scale),)


def _frame(box: Area) -> Shape:
    return Shape(
        path=drawing_paths.rectangle(box.x, box.y, box.width, box.height, RADIUS),
        fill=Ink(ROLE, alpha=WASH),
        edge=Ink(ROLE, alpha=0.55),
        width=1.5,
    )


def _texts(box: Box, x: float, y: float) -> tuple[TextRun, ...]:
    first = _line(box.title, x, y, strong=True)
    if not box.detail:
        return (first,)
    return first, _line(box.detail, first.box.right + 8, y, strong=False)


def _tabbed(box: Box, area: Area, left: float, members: frozenset[UUID]) -> Hull:
    """Return the hull with its tab at ``left``."""
    y = area.y
    texts = _texts(box, left + 10 + ICON + 7, y)
    wide = texts[-1].box.right + 12 - left
    tab = Area(left, y - TAB / 2, wide, TAB)
    if tab.right + TAB_AT > area.right:
        area = replace(area, width=tab.right + TAB_AT - area.x)
    return Hull(
        id=box.id,
        frame=_frame(area),
        tab=Shape(
            path=drawing_paths.rectangle(tab.x, tab.y, tab.width, tab.height, 6.0),
            fill=Ink("surface"),
            edge=Ink(ROLE),
            width=1.5,
        ),
        icon=_icon(left + 10, y),
        texts=texts,
        box=area,
        tab_box=tab,
        members=members,
    )


def _area(nodes: Iterable[Node], widths: Mapping[UUID, float]) -> Area:
    """Return the box round silhouettes and the names that will stand under them."""
    lefts, tops, rights, bottoms = [], [], [], []
    for node in nodes:
        half = widths.get(node.id, 0.0) / 2
        box = node.box
        lefts.append(min(box.x, node.at.x - half))
        rights.append(max(box.right, node.at.x + half))
        tops.append(box.y)
        bottoms.append(box.bottom)
    left, top, right, bottom = min(lefts) - SIDE, min(tops), max(rights) + SIDE, max(bottoms)
    return Area(left, top - TOP, right - left, bottom - top + TOP + BOTTOM)


def _placed(box: Box, area: Area, members: frozenset[UUID], taken: Taken) -> Hull:
    """Return the hull, its tab moved right, then up, until it covers no other."""
    hull = _tabbed(box, area, area.x + TAB_AT, members)
    for lift in range(6):
        raised = replace(area, y=area.y - lift * (TAB + 6), height=area.height + lift * (TAB + 6))
        for left in (area.x + TAB_AT, area.right - TAB_AT - hull.tab_box.width):
            found = _tabbed(box, raised, left, members)
            if left >= area.x + TAB_AT and taken.is_free(found.tab_box.grown(2)):
                return found
    return hull


def hulls(
    boxes: Iterable[Box], nodes: Mapping[UUID, Node], widths: Mapping[UUID, float]
) -> tuple[Hull, ...]:
    """Return the boxes that have a member drawn, largest first, their tabs apart."""
    found = [
        (box, members, _area((nodes[id_] for id_ in members), widths))
        for box in boxes
        if (members := frozenset(id_ for id_ in box.members if id_ in nodes))
    ]
    found.sort(key=lambda one: (-one[2].width * one[2].height, one[0].id.int))
    taken, made = Taken(), []
    for box, members, area in found:
        hull = _placed(box, area, members, taken)
        taken.add(hull.tab_box)
        made.append(hull)
    return tuple(made)


def ground(made: Iterable[Hull], box: Area) -> Ink:
    """Return what lies under a label: paper, coloured by each hull round its middle."""
    x, y = box.centre.x, box.centre.y
    inside = (hull.box.x < x < hull.box.right and hull.box.y < y < hull.box.bottom for hull in made)
    return Ink("surface", washes=sum(inside))
