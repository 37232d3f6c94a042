"""The notes of a chart on screen: painted, ringed when selected, carried by the pointer."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from ocgdesk.domain.charts import Arrangement, Callout, Point
from ocgdesk.reports import drawing_notes
from ocgdesk.reports.drawing_parts import Ink, NoteBox
from ocgdesk.ui.chart.index import Index
from ocgdesk.ui.chart.painting import Brush

GAP: Final = 3.0


def leaders(brush: Brush, notes: Iterable[NoteBox]) -> None:
    """Paint the lines from notes to what they are about."""
    for _pause in brush.lines(note.leader for note in notes if note.leader):
        pass


def paint(brush: Brush, notes: Iterable[NoteBox]) -> None:
    """Paint notes; from too far off to be read only their slabs."""
    for note in notes:
        brush.shape(note.slab)
        for run in note.texts:
            if brush.zoom >= run.min_zoom:
                brush.text(run)


def rings(brush: Brush, notes: Iterable[NoteBox], ink: str = "accent", width: float = 2.0) -> None:
    """Paint rings round notes."""
    painter = brush.painter
    painter.setBrush(Qt.BrushStyle.NoBrush)
    grow = max(1.0, 0.6 / brush.zoom)
    painter.setPen(QPen(brush.ink(Ink(ink)), width * grow))
    for note in notes:
        box = note.box.grown(GAP * grow)
        painter.drawRoundedRect(QRectF(box.x, box.y, box.width, box.height), 6, 6)


def carried(
    brush: Brush, index: Index, arrangement: Arrangement, lifted: frozenset[UUID], by: QPointF
) -> None:
    """Paint the notes that are being carried: by themselves, or along with their items."""
    for callout in arrangement.scene.notes:
        if callout.id not in lifted:
            continue
        about = index.node(callout.about) if callout.about else None
        follows = callout.about in lifted
        note = drawing_notes.note(callout if follows else shifted(callout, by), about)
        brush.painter.save()
        if follows:
            brush.painter.translate(by)
        leaders(brush, [note])
        paint(brush, [note])
        rings(brush, [note])
        brush.painter.restore()


def shifted(callout: Callout, by: QPointF) -> Callout:
    """Return a note so many chart units further on."""
    return replace(callout, x=callout.x + by.x(), y=callout.y + by.y())


def following(arrangement: Arrangement, ids: Iterable[UUID]) -> set[UUID]:
    """Return the notes about any of these items."""
    known = set(ids)
    return {note.id for note in arrangement.scene.notes if note.about in known}


def put(arrangement: Arrangement, places: dict[UUID, Point]) -> Arrangement:
    """Return a chart with notes, of those named, in other places."""
    notes = tuple(
        replace(note, x=places[note.id].x, y=places[note.id].y) if note.id in places else note
        for note in arrangement.scene.notes
    )
    if notes == arrangement.scene.notes:
        return arrangement
    return replace(arrangement, scene=replace(arrangement.scene, notes=notes))


def places_of(
    arrangement: Arrangement, ids: Iterable[UUID], dx: float, dy: float
) -> dict[UUID, Point]:
    """Return where notes, of those named, stand so many chart units further on."""
    known = set(ids)
    return {
        note.id: Point(note.x + dx, note.y + dy)
        for note in arrangement.scene.notes
        if note.id in known and note.about not in known
    }
