"""The tabs of hulls as they are seen: from afar they keep a readable size and stay apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ocgdesk.reports import drawing_paths
from ocgdesk.reports.drawing_labels import Taken
from ocgdesk.reports.drawing_parts import Area, Hull, TextRun
from ocgdesk.ui.chart.painting import SMALL, Brush

END: Final = 12.0
"""Between the last word of a tab and its edge."""
RADIUS: Final = 6.0
APART: Final = 3.0
MOST_LIFTS: Final = 12


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab in its place: ``grow`` times as large as it is drawn at 100 %."""

    hull: Hull
    box: Area
    """Where it is seen, in chart units."""
    grow: float
    texts: tuple[TextRun, ...]
    """Those of its texts that are read at this zoom."""


class Tabs:
    """The tabs of hulls as seen at a zoom; one in another's way stands above it."""

    def __init__(self, hulls: Sequence[Hull], zoom: float) -> None:
        self.are_grown = zoom < SMALL
        self._tabs = (
            _apart(hulls, zoom)
            if self.are_grown
            else [Tab(hull, hull.tab_box, 1.0, hull.texts) for hull in hulls]
        )

    @property
    def boxes(self) -> list[Area]:
        """Where they are seen, in chart units."""
        return [tab.box for tab in self._tabs]

    def at(self, place: Area) -> Hull | None:
        """Return the hull whose tab is met there; the last painted lies on top."""
        return next((tab.hull for tab in reversed(self._tabs) if tab.box.meets(place)), None)

    def paint(self, brush: Brush) -> None:
        """Paint all of them."""
        for tab in self._tabs:
            _paint(brush, tab)


def _apart(hulls: Sequence[Hull], zoom: float) -> list[Tab]:
    grow, made = SMALL / zoom, list[Tab]()
    taken = Taken(200 * grow)
    for hull in hulls:
        tab = _lifted(_grown(hull, zoom, grow), taken)
        taken.add(tab.box)
        made.append(tab)
    return made


def _grown(hull: Hull, zoom: float, grow: float) -> Tab:
    texts = tuple(run for run in hull.texts if zoom >= run.min_zoom)
    drawn = hull.tab_box
    wide = texts[-1].box.right + END - drawn.x if texts else drawn.width
    high = drawn.height * grow
    # It stays on the upper edge of its hull, where it begins.
    return Tab(hull, Area(drawn.x, drawn.centre.y - high / 2, wide * grow, high), grow, texts)


def _lifted(tab: Tab, taken: Taken) -> Tab:
    step = tab.box.height + APART * tab.grow
    for _lift in range(MOST_LIFTS):
        if taken.is_free(tab.box):
            break
        tab = replace(tab, box=replace(tab.box, y=tab.box.y - step))
    return tab


def _paint(brush: Brush, tab: Tab) -> None:
    painter, drawn = brush.painter, tab.hull.tab_box
    path = drawing_paths.rectangle(drawn.x, drawn.y, tab.box.width / tab.grow, drawn.height, RADIUS)
    painter.save()
    painter.translate(tab.box.x, tab.box.y)
    painter.scale(tab.grow, tab.grow)
    painter.translate(-drawn.x, -drawn.y)
    with brush.grown(tab.grow):
        brush.shape(replace(tab.hull.tab, path=path))
        for shape in tab.hull.icon:
            brush.shape(shape)
        for run in tab.texts:
            brush.text(run)
    painter.restore()
