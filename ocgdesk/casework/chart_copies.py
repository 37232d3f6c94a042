"""A saved chart saved once more under another title: a chart of its own from then on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from ocgdesk.casework import chart_marks, charts
from ocgdesk.domain.chart_marks import Annotation, SketchItem, SketchTie
from ocgdesk.domain.charts import Chart, Placement, Point
from ocgdesk.domain.kinds import MARKS
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import networks
from ocgdesk.store import records as queries
from ocgdesk.store.work import Work


def copy(work: Work, chart_id: UUID, title: str) -> Chart:
    """Keep a chart once more, with all that is on it; its versions stay with the first.

    A frozen one is frozen as at the same instant. Raises Refused for an empty title.
    """
    if not title.strip():
        raise Refused(_("Give it a title first"))
    chart = work.get(Chart, chart_id)
    made = work.put(replace(chart_marks.anew(chart), title=title.strip(), ref="", frozen=None))[0]
    assert isinstance(made, Chart)  # noqa: S101 - what is put comes back as it went
    marks = queries.owned(work.reader, chart_id, *MARKS)
    places = {place.item: place for place in networks.placements(work.reader, chart_id)}
    now = _place(work, places, made.id, marks)
    _draw(work, places, made.id, marks, now)
    if chart.frozen is None:
        return made
    frozen = work.put(replace(work.get(Chart, made.id), frozen=chart.frozen))[0]
    assert isinstance(frozen, Chart)  # noqa: S101 - likewise
    return frozen


def _place(
    work: Work, places: Mapping[UUID, Placement], new: UUID, marks: Sequence[Thing]
) -> dict[UUID, UUID]:
    """Put every item where it stood; return the ids sketches have on the new chart."""
    now = {}
    for mark in marks:
        if isinstance(mark, SketchItem) and (at := places.get(mark.id)) is not None:
            now[mark.id] = chart_marks.sketch(
                work, new, chart_marks.anew(mark), Point(at.x, at.y)
            ).id
    charts.put_places(
        work,
        new,
        {now.get(id_, id_): Point(place.x, place.y) for id_, place in places.items()},
        hidden={now.get(id_, id_) for id_, place in places.items() if place.hidden},
        pinned={now.get(id_, id_) for id_, place in places.items() if place.pinned},
    )
    return now


def _draw(
    work: Work,
    places: Mapping[UUID, Placement],
    chart: UUID,
    marks: Sequence[Thing],
    now: Mapping[UUID, UUID],
) -> None:
    """Draw lines and notes again, on the sketches the new chart has."""
    for mark in marks:
        if isinstance(mark, SketchTie) and mark.one and mark.other:
            ends = {"one": now.get(mark.one, mark.one), "other": now.get(mark.other, mark.other)}
            chart_marks.tie(work, chart, replace(chart_marks.anew(mark), **ends))
        elif isinstance(mark, Annotation):
            chart_marks.annotate(work, chart, _note(work, places, mark, now))


def _note(
    work: Work, places: Mapping[UUID, Placement], note: Annotation, now: Mapping[UUID, UUID]
) -> Annotation:
    """Return a note as it stands on the new chart: where its item is gone, by itself."""
    about = now.get(note.about, note.about) if note.about else None
    new: Annotation = replace(chart_marks.anew(note), about=about)
    if about is None or work.reader.numbers([about]):
        return new
    at = places.get(about)
    return (
        replace(new, about=None, x=note.x + at.x, y=note.y + at.y)
        if at
        else replace(new, about=None)
    )
