"""What a chart is coloured by: which kept results can be, and the acts that choose one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from ocgdesk.casework import chart_looks, chart_themes, results
from ocgdesk.casework.results import Draft
from ocgdesk.domain.chart_themes import Theme
from ocgdesk.domain.charts import Chart
from ocgdesk.domain.results import Result
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

RANKING: Final = "measures"
"""The analysis whose results colour charts: one record a row, figures beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A kept result a chart can be coloured by."""

    result: Result
    figures: tuple[tuple[int, str], ...]
    """Its figures: the place of each among the columns, and what it is called."""
    holds: bool
    on_chart: int
    """How many of the chart's items it has a figure for."""


def choices(
    reader: Reader, *, drawn: Collection[UUID], chart: UUID | None = None
) -> tuple[Choice, ...]:
    """Return the rankings kept that speak of something drawn, those of this chart first."""
    found = _choices(reader, frozenset(drawn))
    return tuple(sorted(found, key=lambda one: chart is None or one.result.owner != chart))


def _choices(reader: Reader, drawn: frozenset[UUID]) -> Iterator[Choice]:
    for one in results.of(reader):
        if one.task != RANKING:
            continue
        table = results.decoded(one)
        if on_chart := len(chart_themes.subjects(table) & drawn):
            yield Choice(
                result=one,
                figures=chart_themes.figures(table),
                holds=results.holds(reader, one),
                on_chart=on_chart,
            )


def named(reader: Reader, text: str) -> Result:
    """Return the newest kept result of this title, or the one with this id.

    Raises NotFound, naming those there are, where there is none.
    """
    wanted, kept = text.strip().casefold(), results.of(reader)
    for one in kept:
        if wanted in {one.title.casefold(), str(one.id)}:
            return one
    known = ", ".join(dict.fromkeys(one.title for one in kept if one.task == RANKING))
    told = _("No result is kept as {title}; there are {known}")
    raise NotFound(told.format(title=repr(text[:60]), known=known or "–"))


def theme_of(result: Result, measure: str = "") -> Theme:
    """Return the theme a result gives: by a figure of this name, else by what it ranks by.

    Raises Refused where it is no ranking, or has no such figure.
    """
    if result.task != RANKING:
        raise Refused(_("Only a ranking can colour a chart: choose a result of Measures"))
    known = chart_themes.figures(results.decoded(result))
    wanted = measure.strip().casefold()
    for at, title in known:
        if not wanted or title.casefold() == wanted:
            return Theme(result=result.id, column=at)
    names = ", ".join(title for _at, title in known)
    raise Refused(_("The result has no such figure; it has {names}").format(names=names or "–"))


def keep(work: Work, draft: Draft, title: str) -> Theme:
    """Keep an answer and return the theme it gives. What a chart is drawn by is always kept."""
    return theme_of(results.keep_named(work, draft, title))


def put(work: Work, chart_id: UUID, theme: Theme | None) -> Chart:
    """Draw a kept chart by a theme from now on, or by none."""
    chart = work.get(Chart, chart_id)
    looks, faults = chart_looks.looks_of(chart)
    if faults:
        raise Refused(" ".join(faults))
    saved = work.put(chart_looks.with_looks(chart, replace(looks, theme=theme)))[0]
    assert isinstance(saved, Chart)  # noqa: S101 - what is put comes back as its own kind
    return saved


def keep_and_put(work: Work, draft: Draft, title: str, chart_id: UUID) -> Theme:
    """Keep an answer and draw a kept chart by it, as one act."""
    theme = keep(work, draft, title)
    put(work, chart_id, theme)
    return theme
