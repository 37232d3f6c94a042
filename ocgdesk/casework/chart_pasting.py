"""What is copied from one chart and pasted into another of the same workspace: ids and places.

Nothing on record goes over the clipboard, so that nothing leaves the program by it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

import msgspec

from ocgdesk.casework import chart_marks, charts
from ocgdesk.domain.chart_marks import Annotation, SketchItem, SketchTie
from ocgdesk.domain.charts import Arrangement, Point
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _
from ocgdesk.store import networks
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

MIME: Final = "application/x-ocgdesk-chart-items"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """Items and notes of a chart with their places, about the middle of them all."""

    workspace: UUID
    items: dict[UUID, Point] = field(default_factory=dict)
    sketches: tuple[UUID, ...] = ()
    """Those of the items that are in no register."""
    lines: tuple[UUID, ...] = ()
    """Sketched lines between the items."""
    notes: dict[UUID, Point] = field(default_factory=dict)
    """Upper left corners, wherever the notes stood."""

    @property
    def has_marks(self) -> bool:
        """Whether something of it belongs to a chart alone."""
        return bool(self.sketches or self.lines or self.notes)


def copied(arrangement: Arrangement, ids: Collection[UUID], workspace: UUID) -> Copied:
    """Return what is selected, as it is copied; lines and notes of what is come along."""
    scene = arrangement.scene
    items, notes = _selected(arrangement, ids)
    centre = _middle([*items.values(), *notes.values()])
    return Copied(
        workspace=workspace,
        items={id_: _less(at, centre) for id_, at in items.items()},
        sketches=tuple(i.id for i in scene.items if i.sketch and i.id in items),
        lines=tuple(
            t.id
            for t in scene.ties
            if t.sketch and not t.asks and {t.source, t.target} <= items.keys()
        ),
        notes={id_: _less(at, centre) for id_, at in notes.items()},
    )


def middle(arrangement: Arrangement, ids: Collection[UUID]) -> Point:
    """Return the middle of what is copied, on its own chart."""
    items, notes = _selected(arrangement, ids)
    return _middle([*items.values(), *notes.values()])


def _selected(
    arrangement: Arrangement, ids: Collection[UUID]
) -> tuple[dict[UUID, Point], dict[UUID, Point]]:
    """Return the items selected, and the notes that are or that are about them."""
    scene, wanted = arrangement.scene, set(ids)
    drawn = (item for item in scene.items if item.id in wanted and not item.ghost)
    items = {item.id: arrangement.places[item.id] for item in drawn}
    notes = {
        note.id: _corner(arrangement, note.about, Point(note.x, note.y))
        for note in scene.notes
        if note.id in wanted or note.about in items
    }
    return items, notes


def _corner(arrangement: Arrangement, about: UUID | None, at: Point) -> Point:
    start = arrangement.places.get(about, Point(0.0, 0.0)) if about else Point(0.0, 0.0)
    return Point(start.x + at.x, start.y + at.y)


def _middle(places: Collection[Point]) -> Point:
    if not places:
        return Point(0.0, 0.0)
    xs, ys = [at.x for at in places], [at.y for at in places]
    return Point((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)


def _less(at: Point, by: Point) -> Point:
    return Point(at.x - by.x, at.y - by.y)


def packed(what: Copied) -> bytes:
    """Return what was copied as bytes for the clipboard."""
    return msgspec.json.encode(what)


class FromWorkspace(Protocol):
    """What goes over the clipboard: it says which workspace its records are of."""

    @property
    def workspace(self) -> UUID:
        """The workspace it was copied in."""


T = TypeVar("T", bound=FromWorkspace)


def decoded(data: bytes, into: type[T], workspace: UUID) -> T:
    """Return what a clipboard holds; Refused where it is from elsewhere or is damaged."""
    try:
        found = msgspec.json.decode(data, type=into)
    except msgspec.MsgspecError:
        raise Refused(_("What is on the clipboard cannot be pasted into a chart")) from None
    if found.workspace != workspace:
        raise Refused(
            _("These items are from another workspace; export them there and import them here")
        )
    return found


def unpacked(data: bytes, workspace: UUID) -> Copied:
    """Return what ``packed`` wrote; Refused where it is from elsewhere or is damaged."""
    return decoded(data, Copied, workspace)


def present(reader: Reader, what: Copied) -> dict[UUID, Point]:
    """Return the records copied that are still there and may be seen, with their places."""
    there = networks.numbers(reader, [i for i in what.items if i not in set(what.sketches)])
    return {id_: at for id_, at in what.items.items() if id_ in there}


def paste(work: Work, chart_id: UUID, what: Copied, at: Point) -> list[UUID]:
    """Put what was copied on a chart about a place; return the ids it has there.

    Records that stand on it already stay where they are. Sketches and notes are drawn anew.
    Raises Refused where nothing of it is left.
    """
    on_chart = {place.item for place in networks.placements(work.reader, chart_id)}
    records = present(work.reader, what)
    fresh = {i: _plus(place, at) for i, place in records.items() if i not in on_chart}
    charts.put_places(work, chart_id, fresh)
    now = {id_: id_ for id_ in records} | _sketched(work, chart_id, what, at)
    for line in _held(work.reader, what.lines, SketchTie):
        ends = now.get(line.one), now.get(line.other)
        if all(ends) and ends != (line.one, line.other):  # else it is drawn already
            chart_marks.tie(
                work, chart_id, replace(chart_marks.anew(line), one=ends[0], other=ends[1])
            )
    notes = _noted(work, chart_id, what, at, now)
    if not (now or notes):
        raise Refused(_("Nothing of what was copied is there any more"))
    return [*now.values(), *notes]


def _sketched(work: Work, chart_id: UUID, what: Copied, at: Point) -> dict[UUID, UUID]:
    made = {}
    for sketch in _held(work.reader, what.sketches, SketchItem):
        place = _plus(what.items[sketch.id], at)
        made[sketch.id] = chart_marks.sketch(work, chart_id, chart_marks.anew(sketch), place).id
    return made


def _noted(
    work: Work, chart_id: UUID, what: Copied, at: Point, now: Mapping[UUID, UUID]
) -> list[UUID]:
    made = []
    for note in _held(work.reader, what.notes, Annotation):
        about = now.get(note.about) if note.about else None
        place = Point(note.x, note.y) if about else _plus(what.notes[note.id], at)
        new = replace(chart_marks.anew(note), about=about, x=place.x, y=place.y)
        made.append(chart_marks.annotate(work, chart_id, new).id)
    return made


def _held(reader: Reader, ids: Collection[UUID], cls: type[Any]) -> list[Any]:
    found = []
    for id_ in ids:
        try:
            found.append(reader.get(cls, id_))
        except NotFound:
            continue
    return found


def _plus(at: Point, by: Point) -> Point:
    return Point(at.x + by.x, at.y + by.y)
