"""The pictures of briefings: a chart round the subject, called as the product calls people."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ocgdesk.casework import (
    brief_scenes,
    chart_badges,
    chart_looks,
    chart_opening,
    chart_seen,
    charts,
)
from ocgdesk.casework.brief_parts import Making, nothing
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Arrangement
from ocgdesk.domain.dates import shown
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.reports.document import Block, Heading, Picture
from ocgdesk.store import records as queries

_BROAD: Final = 1.8
"""How many times as broad the rows of a chart are on a slide."""
MOST: Final = 60
"""Items on the chart of a briefing: more cannot be read on a page."""
_KINDS: Final = (
    *(Kind.OCG, Kind.NOMINAL, Kind.HANDLE, Kind.COUNTY_LINE, Kind.COMMODITY, Kind.OPERATION),
)


def chart(made: Making) -> Iterator[Block]:
    """Yield the chart one step round the subject, with what was left out in its caption."""
    on = made.today if made.subject.kind is Kind.OCG else None
    query = ChartQuery(focus=(made.subject.id,), hops=1, kinds=_KINDS, most=MOST, on=on)
    scene = brief_scenes.for_audience(made, charts.scene(made.reader, query))
    if len(scene.items) < 2:
        yield nothing(_("Nothing is linked to it."))
        return
    if not made.draws:
        return
    upright, lying = (
        Arrangement(
            scene=scene, places=charts.lay_out(scene, "ocg", focus=query.focus, broad=broad)
        )
        for broad in (1.0, _BROAD)
    )
    told = _("What is linked to it on {day}, one step away")
    if on is None:
        told = _("What is or was linked to it, as recorded on {day}, one step away")
    words = scene.cut or told.format(day=shown(made.today))
    yield picture(upright, brief_scenes.caption(made, words), lying=lying)


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
    if faults := chart_looks.looks_of(opened.chart)[1]:
        raise Refused(" ".join(faults))
    seen = chart_seen.kept(made.reader, opened)
    shown = seen.arrangement
    # First who is drawn: the title may say any of their names.
    scene = brief_scenes.for_audience(made, shown.scene)
    yield Heading(made.text(brief.label))
    if not shown.scene.items:
        yield nothing(_("Nothing is on this chart."))
        return
    caption = made.text(shown.scene.cut or brief.label)
    if seen.stated:
        filters = _("Filters: {filters}").format(filters="; ".join(seen.stated))
        caption = f"{caption}. {made.text(filters)}"
    if made.draws:
        yield picture(replace(shown, scene=scene), brief_scenes.caption(made, caption))


def picture(arrangement: Arrangement, cut: str, *, lying: Arrangement | None = None) -> Picture:
    """Return a chart as a picture for a paper, without a frame: the page has one.

    ``lying`` is the same chart set out for slides, which are broader than pages.
    """
    # matplotlib takes longer to import than the rest of the program: only who draws needs it.
    from ocgdesk.reports import chart_figure, chart_page, chart_words
    from ocgdesk.reports.drawing import draw

    leaving = chart_badges.without_safeguarding(arrangement)
    drawing, legend = draw(leaving), chart_words.legend(leaving)
    sheet = chart_page.bare(drawing, legend)
    return Picture(
        png=chart_figure.export(sheet, "png", dpi=200),
        svg=chart_figure.export(sheet, "svg").decode(),
        alt=drawing.words,
        drawing=draw(chart_badges.without_safeguarding(lying)) if lying else drawing,
        legend=legend,
        caption=cut,
    )
