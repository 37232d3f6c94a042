"""Timelines and maps on paper: what is printed round them, the bytes, and that they left."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ocgdesk.casework import exports, line_maps
from ocgdesk.casework.files import ending_of
from ocgdesk.domain.charts import FIXED_LINE, Cover
from ocgdesk.domain.dates import shown
from ocgdesk.domain.grounds import Ring
from ocgdesk.domain.line_map import Flow, Gazetteer, LineMap
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.domain.timelines import Timeline
from ocgdesk.errors import Refused
from ocgdesk.exchange.writers import write_json
from ocgdesk.i18n import _
from ocgdesk.reports.timeline_axis import Window
from ocgdesk.security import chain
from ocgdesk.store.workspace import Workspace

if TYPE_CHECKING:
    from ocgdesk.reports.plate import Plate

FORMATS: Final = ("png", "svg", "pdf", "json")
_SHARE: Final = 1.95
"""How much wider than high the room for a picture on a sheet is."""
_WIDE: Final = 1_070.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said round a picture beside its title."""

    title: str
    filters: tuple[str, ...]
    subtitle: str = ""
    sources: str = ""
    markings: tuple[Marking, ...] = ()


def format_of(path: Path) -> str:
    """Return the format a file's ending names; Refused for any other."""
    return ending_of(path, FORMATS, _("A timeline or map is written as {known}"))


def cover(workspace: Workspace, said: Said, *, author: str, agency: str, now: datetime) -> Cover:
    """Return what is printed round a picture; it is marked no lower than what is on it."""
    moment = _("as at {day}, {time}").format(day=shown(now.date()), time=f"{now:%H:%M}")
    return Cover(
        title=said.title,
        subtitle=said.subtitle,
        author=author or workspace.user.display,
        agency=agency or workspace.about.agency,
        drawn=moment,
        marking=highest(said.markings),
        synthetic=workspace.about.synthetic,
        filters=said.filters,
        sources=said.sources,
        head=chain.short(workspace.head()[1]),
    )


def timeline_said(timeline: Timeline, title: str) -> Said:
    """Return what is said round a timeline that may leave."""
    withheld = any(lane.exploited for lane in timeline.lanes)
    told = (_("names of exploited people withheld"),) if withheld else ()
    return Said(
        title=title or _("Timeline"),
        subtitle=timeline.cut,
        filters=(*timeline.filters, *told),
        markings=(*(one.marking for one in timeline.lanes), *(e.marking for e in timeline.events)),
    )


def render_timeline(
    timeline: Timeline, window: Window, made: Cover, kind: str, size: str = "a4"
) -> bytes:
    """Return a framed timeline as PNG, SVG or PDF; the same input gives the same bytes.

    It is to be as ``timelines.leaving`` returns it.
    """
    from ocgdesk.reports import timeline_drawing

    def drawn(width: float) -> "Plate":
        return timeline_drawing.draw(timeline, window, width, with_legend=True)

    return _page(drawn, made, kind, size, grows=True)


def map_said(found: LineMap, flows: Sequence[Flow], filters: Sequence[str]) -> Said:
    """Return what is said round a map of county lines."""
    from ocgdesk.reports import map_drawing

    shown_lines = {id_ for flow in flows for id_ in flow.lines}
    return Said(
        title=_("County lines"),
        subtitle=" ".join(filter(None, (map_drawing.left_out(flows), line_maps.told(found)))),
        filters=tuple(filters),
        markings=tuple(found.known[id_].marking for id_ in shown_lines),
    )


def render_map(  # noqa: PLR0917 - of one picture
    found: LineMap,
    flows: Sequence[Flow],
    ground: Sequence[Ring],
    made: Cover,
    kind: str,
    size: str = "a4",
) -> bytes:
    """Return a framed map as PNG, SVG or PDF; the same input gives the same bytes."""
    from ocgdesk.reports import map_drawing

    forces = Gazetteer().forces
    area = map_drawing.shaped(map_drawing.extent(flows, forces), _SHARE)

    def drawn(width: float) -> "Plate":
        return map_drawing.draw(
            found, flows, area, width / area.width,
            forces=forces, ground=ground, with_legend=True,
        )  # fmt: skip

    return _page(drawn, made, kind, size)


def _page(
    drawn: "Callable[[float], Plate]", made: Cover, kind: str, size: str, *, grows: bool = False
) -> bytes:
    """Return a plate on its page; one that ``grows`` is as wide as it is high, times the room's."""
    # matplotlib takes longer to import than the rest of the program: only who draws needs it.
    from ocgdesk.reports import chart_figure
    from ocgdesk.reports.chart_page import PageSize, page
    from ocgdesk.reports.chart_words import Legend

    if kind not in FORMATS[:3]:
        raise Refused(_("A picture is written as {known}").format(known=", ".join(FORMATS[:3])))
    plate = drawn(_WIDE)
    if grows and plate.bounds.height * _SHARE > _WIDE:
        plate = drawn(plate.bounds.height * _SHARE)
    sheet = page(plate, made, PageSize(size), Legend())
    return chart_figure.export(sheet, kind)  # type: ignore[arg-type]


def as_json(plain: Mapping[str, Any], made: Cover) -> bytes:
    """Return what a picture shows as JSON, with its marking and what is said on every product."""
    said = {"title": made.title, "marking": made.marking.value, "filters": list(made.filters)}
    return write_json({**plain, **said, "note": _(FIXED_LINE), "head": made.head})


def to_file(
    workspace: Workspace,
    label: str,
    data: bytes,
    path: Path,
    subjects: Iterable[int],
    *,
    recipient: str = "",
    reason: str = "",
) -> Path:
    """Write a picture that was made; that it leaves is journalled first under this label.

    Raises Refused to those who may not export, CannotWrite where the file cannot be written.
    """
    format_of(path)
    about = tuple(subjects)
    return exports.leave(workspace, label, data, path, about, recipient=recipient, reason=reason)
