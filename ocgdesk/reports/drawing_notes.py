"""Notes on a chart: a box of text, and a leader to the item it follows."""

from collections.abc import Iterable, Mapping
from math import hypot
from typing import Final
from uuid import UUID

from ocgdesk.domain.charts import Callout, Point
from ocgdesk.reports import drawing_paths, fonts
from ocgdesk.reports.drawing_parts import Area, Ink, Line, Node, NoteBox, Shape, TextRun
from ocgdesk.reports.fonts import Face

SIZE: Final = 11.0
LEADING: Final = 15.0
PAD: Final = 9.0
LEAST: Final = 60.0
MOST: Final = 600.0
"""A note is no narrower and no wider."""
MOST_LINES: Final = 24
ZOOM: Final = 0.4
"""Below this zoom only the slab is painted on screen."""
GAP: Final = 3.0
"""Between a leader and the silhouette it points to."""
TONES: Final = {
    "info": ("info", "info.tint"),
    "due": ("due", "due.tint"),
    "overdue": ("overdue", "overdue.tint"),
    "victim": ("victim", "victim.tint"),
    "ok": ("ok", "ok.tint"),
}
"""Ink and ground of each tone; others are plain paper."""

Lines = tuple[tuple[str, Face], ...]


def notes(callouts: Iterable[Callout], nodes: Mapping[UUID, Node]) -> tuple[NoteBox, ...]:
    """Return the notes that are drawn: those about an item that is not drawn wait for it."""
    return tuple(
        note(callout, nodes.get(callout.about) if callout.about else None)
        for callout in callouts
        if callout.about is None or callout.about in nodes
    )


def note(callout: Callout, about: Node | None) -> NoteBox:
    """Return one note as drawn."""
    lines = words(callout)
    ink, ground = TONES.get(callout.tone, ("text.2", "surface"))
    start = about.at if about else Point(0.0, 0.0)
    wide = max(fonts.width(line, face, SIZE) for line, face in lines)
    box = Area(
        start.x + callout.x,
        start.y + callout.y,
        max(LEAST, wide + 2 * PAD),
        len(lines) * LEADING + 2 * PAD - 3,
    )
    path = drawing_paths.rectangle(box.x, box.y, box.width, box.height, 4.0)
    return NoteBox(
        id=callout.id,
        slab=Shape(path=path, fill=Ink(ground), edge=Ink(ink), width=1.0),
        texts=tuple(_runs(callout.id, lines, box, Ink(ground))),
        box=box,
        leader=_leader(callout.id, box, about, ink) if about else None,
    )


def words(callout: Callout) -> Lines:
    """Return the lines of a note, broken; the first of several paragraphs is its heading."""
    room = min(max(callout.width, LEAST), MOST) - 2 * PAD
    parts = [part for part in callout.text.splitlines() if part.strip()] or ["…"]
    made: list[tuple[str, Face]] = []
    for at, part in enumerate(parts):
        face: Face = "semibold" if at == 0 and len(parts) > 1 else "regular"
        made += [(line, face) for line in fonts.broken(part, face, SIZE, room, MOST_LINES)]
    return tuple(made[:MOST_LINES]) or (("…", "regular"),)


def _runs(owner: UUID, lines: Lines, box: Area, ground: Ink) -> Iterable[TextRun]:
    for at, (line, face) in enumerate(lines):
        top = box.y + PAD - 2 + at * LEADING
        yield TextRun(
            lines=(line,),
            x=box.x + PAD,
            y=top + 11.5,
            leading=LEADING,
            face=face,
            size=SIZE,
            ink=Ink("text"),
            box=Area(box.x + PAD, top, fonts.width(line, face, SIZE), LEADING),
            anchor="start",
            ground=ground,
            owner=owner,
            min_zoom=ZOOM,
        )


def _leader(owner: UUID, box: Area, about: Node, ink: str) -> Line | None:
    """Return the line from a note to the edge of its item; none where the two touch."""
    near = Point(min(max(about.at.x, box.x), box.right), min(max(about.at.y, box.y), box.bottom))
    dx, dy = near.x - about.at.x, near.y - about.at.y
    far, reach = hypot(dx, dy), about.look.inner + GAP
    if far <= reach:
        return None
    end = Point(about.at.x + dx / far * reach, about.at.y + dy / far * reach)
    return Line(points=(near, end), width=1.0, ink=Ink(ink), owner=owner, ends=(owner, about.id))
