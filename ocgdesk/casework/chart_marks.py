"""What is drawn on one chart by hand: sketches, lines between them, notes.

None of it is in the register, and no measure counts it. All of it goes with its chart.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from ocgdesk.casework import chart_frozen, records
from ocgdesk.domain.chart_marks import Annotation, SketchItem, SketchTie
from ocgdesk.domain.charts import Callout, Placement, Point, Scene, Tie
from ocgdesk.domain.kinds import MARKS, SUBJECTS, Kind
from ocgdesk.domain.links import Strength
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import networks
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

BESIDE: Final = (46.0, -64.0)
"""Where a note stands that was put on its item: beside it, chart units from its middle."""
DECIMALS: Final = 2
"""Of a chart unit, that a note's place is kept to."""


# ---- Reading -----------------------------------------------------------------------------------


def with_marks(reader: Reader, drawn: Scene, chart_id: UUID) -> Scene:
    """Return a scene with the lines sketched on a chart and its notes."""
    return with_these(drawn, queries.owned(reader, chart_id, Kind.SKETCH_TIE, Kind.ANNOTATION))


def with_these(drawn: Scene, marks: Collection[Thing]) -> Scene:
    """Return a scene with these sketched lines, where both ends are drawn, and these notes."""
    items = {item.id for item in drawn.items}
    ties = tuple(tie_of(mark) for mark in marks if isinstance(mark, SketchTie) and _ends(mark))
    return replace(
        drawn,
        ties=(*drawn.ties, *(tie for tie in ties if {tie.source, tie.target} <= items)),
        notes=tuple(callout_of(mark) for mark in marks if isinstance(mark, Annotation)),
    )


def tie_of(mark: SketchTie) -> Tie:
    """Return a sketched line as a chart shows it."""
    one, other = mark.one, mark.other
    assert one is not None and other is not None  # noqa: S101, PT018 - both were asked for
    return Tie(
        id=mark.id,
        source=one,
        target=other,
        label=mark.name,
        strength=Strength.TENTATIVE,
        directed=mark.directed,
        sketch=True,
    )


def callout_of(mark: Annotation) -> Callout:
    """Return a note as a chart shows it."""
    return Callout(
        id=mark.id,
        text=mark.text,
        about=mark.about,
        x=mark.x,
        y=mark.y,
        width=mark.width,
        tone=mark.tone,
    )


def _ends(mark: SketchTie) -> bool:
    return mark.one is not None and mark.other is not None


def anew(thing: Thing) -> Any:
    """Return a copy of a mark, or of a chart, that is a thing of its own."""
    return replace(thing, id=uuid4(), version=0)


# ---- Drawing -----------------------------------------------------------------------------------


def sketch(work: Work, chart_id: UUID, new: SketchItem, at: Point) -> SketchItem:
    """Put a sketched item on a chart; Refused for a kind that does not stand on charts."""
    chart_frozen.check(work, chart_id)
    check_kind(new.stands_for)
    made = records.create(work, replace(new, owner=chart_id))
    work.put(placement(chart_id, made.id, at))
    return made


def check_kind(code: str) -> None:
    """Raise Refused for what cannot be sketched."""
    if code not in set(SUBJECTS):
        raise Refused(_("A sketch stands for one of the kinds that a chart shows"))


def placement(chart_id: UUID, item: UUID, at: Point) -> Placement:
    """Return the placement of an item that is new on a chart."""
    return Placement(
        id=uuid5(chart_id, str(item)),
        chart=chart_id,
        item=item,
        x=round(at.x, DECIMALS),
        y=round(at.y, DECIMALS),
    )


def tie(work: Work, chart_id: UUID, new: SketchTie) -> SketchTie:
    """Sketch a line between two items of a chart; Refused for one from an item to itself."""
    if new.one is None or new.other is None or new.one == new.other:
        raise Refused(_("A line joins two different items"))
    chart_frozen.check(work, chart_id)
    placed = {place.item for place in networks.placements(work.reader, chart_id)}
    if not {new.one, new.other} <= placed:
        raise Refused(_("Both ends of a line stand on its chart"))
    return records.create(work, replace(new, owner=chart_id))


def annotate(work: Work, chart_id: UUID, new: Annotation) -> Annotation:
    """Put a note on a chart, by itself or about an item of it."""
    if new.about is not None:
        work.reader.find(new.about)
    return records.create(work, _at(replace(new, owner=chart_id), Point(new.x, new.y)))


def _at(note: Annotation, at: Point) -> Annotation:
    return replace(note, x=round(at.x, DECIMALS), y=round(at.y, DECIMALS))


def reword(work: Work, id_: UUID, text: str) -> Thing:
    """Change what a note or a sketch says."""
    mark = work.reader.find(id_)
    if mark.kind not in MARKS:
        raise Refused(_("Only what is drawn on the chart is reworded there"))
    return records.edit(work, id_, {"text" if isinstance(mark, Annotation) else "name": text})


def retone(work: Work, ids: Iterable[UUID], tone: str) -> None:
    """Give notes another tone."""
    work.put(*(replace(work.get(Annotation, id_), tone=tone) for id_ in ids))


def move_notes(work: Work, places: Mapping[UUID, Point]) -> None:
    """Move notes: from the item each is about, or on the chart."""
    work.put(*(_at(work.get(Annotation, id_), at) for id_, at in places.items()))


def clear(work: Work, chart_id: UUID, ids: Collection[UUID]) -> None:
    """Take items off a chart with the marks that hang on them, and these marks themselves.

    Records stay in the register; what was drawn by hand is gone from the workspace.
    """
    gone = set(ids)
    marks = [one for one in queries.owned(work.reader, chart_id, *MARKS) if _hangs(one, gone)]
    places = [p for p in networks.placements(work.reader, chart_id) if p.item in gone]
    if places or any(mark.kind is not Kind.ANNOTATION for mark in marks):
        chart_frozen.check(work, chart_id)
    work.remove(*places, *marks)


def _hangs(mark: Thing, gone: Collection[UUID]) -> bool:
    match mark:
        case SketchTie():
            return mark.id in gone or mark.one in gone or mark.other in gone
        case Annotation():
            return mark.id in gone or mark.about in gone
    return mark.id in gone
