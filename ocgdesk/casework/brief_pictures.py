"""The pictures of briefings: a chart round the subject, called as the product calls people."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ocgdesk.casework import chart_looks, chart_opening, chart_papers, chart_seen, charts
from ocgdesk.casework.brief_parts import Making, nothing
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Arrangement, Scene
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.reports.document import Block, Heading, Picture
from ocgdesk.store import records as queries

MOST: Final = 60
"""Items on the chart of a briefing: more cannot be read on a page."""
_KINDS: Final = (
    *(Kind.OCG, Kind.NOMINAL, Kind.HANDLE, Kind.COUNTY_LINE, Kind.COMMODITY, Kind.OPERATION),
)


def chart(made: Making) -> Iterator[Block]:
    """Yield the chart one step round the subject, with what was left out in its caption."""
    query = ChartQuery(focus=(made.subject.id,), hops=1, kinds=_KINDS, most=MOST, on=made.today)
    scene = _named(made, charts.scene(made.reader, query))
    if len(scene.items) < 2:
        yield nothing(_("Nothing is linked to it."))
        return
    places = charts.lay_out(scene, "ocg", focus=query.focus)
    yield picture(Arrangement(scene=scene, places=places), scene.cut)


def saved(made: Making, ref: str) -> Iterator[Block]:
    """Yield a saved chart under its title, as it was arranged and as its own filters show it.

    Raises NotFound for a chart there is none of, Refused for one whose filters cannot be read:
    what they hid must not leave.
    """
    brief = queries.resolve(made.reader, ref)
    if brief.kind is not Kind.CHART:
        raise Refused(_("{ref} is no chart").format(ref=brief.ref or ref[:40]))
    opened = chart_opening.open_chart(made.reader, brief.id)
    made.rests_on(brief)
    yield Heading(made.text(brief.label))
    if faults := chart_looks.looks_of(opened.chart)[1]:
        raise Refused(" ".join(faults))
    seen = chart_seen.kept(made.reader, opened)
    shown = seen.arrangement
    if not shown.scene.items:
        yield nothing(_("Nothing is on this chart."))
        return
    caption = made.text(shown.scene.cut or brief.label)
    if seen.stated:
        filters = _("Filters: {filters}").format(filters="; ".join(seen.stated))
        caption = f"{caption}. {made.text(filters)}"
    yield picture(replace(shown, scene=_named(made, shown.scene)), caption)


def _named(made: Making, scene: Scene) -> Scene:
    """Return what is drawn with everybody called as the product calls them."""
    known = queries.by_ids(made.reader, [item.id for item in scene.items])
    items = tuple(
        replace(item, label=made.name(known[item.id]) if item.id in known else _("Not named"))
        for item in scene.items
    )
    boxes = tuple(
        replace(box, title=made.text(box.title)) if box.title else box for box in scene.boxes
    )
    notes = tuple(replace(note, text=made.text(note.text)) for note in scene.notes)
    ties = tuple(
        replace(tie, label=made.text(tie.label)) if tie.sketch else tie for tie in scene.ties
    )
    keys = tuple(replace(key, words=made.text(key.words)) for key in scene.keys)
    said = tuple(map(made.text, scene.said))
    return replace(scene, items=items, boxes=boxes, notes=notes, ties=ties, keys=keys, said=said)


def picture(arrangement: Arrangement, cut: str = "") -> Picture:
    """Return a chart as a picture for a paper, without a frame: the page has one."""
    # matplotlib takes longer to import than the rest of the program: only who draws needs it.
    from ocgdesk.reports import chart_figure, chart_page, chart_words
    from ocgdesk.reports.drawing import draw

    leaving = chart_papers.withheld(arrangement)
    drawing, legend = draw(leaving), chart_words.legend(leaving)
    sheet = chart_page.bare(drawing, legend)
    return Picture(
        png=chart_figure.export(sheet, "png", dpi=200),
        svg=chart_figure.export(sheet, "svg").decode(),
        alt=drawing.words,
        drawing=drawing,
        legend=legend,
        caption=cut or _("What is linked to it today, one step away"),
    )
