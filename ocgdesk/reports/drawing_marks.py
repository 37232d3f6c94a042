"""What is drawn on a silhouette beside its own look: which Ps are covered, what changed."""

from dataclasses import replace
from functools import cache
from math import cos, pi, sin
from typing import Final

from ocgdesk.domain.charts import Difference, Item
from ocgdesk.domain.plans import Strand
from ocgdesk.reports import drawing_paths as paths
from ocgdesk.reports.drawing_parts import Area, Ink, Look, Shape

RING: Final = 5.0
"""From the outline to the ring that says what changed."""
_WIDTH: Final = 2.5
_DOTS: Final = 20
_PIP: Final = 7.0
_PIP_GAP: Final = 2.0
SIGNS: Final = {Difference.ADDED: "+", Difference.REMOVED: "×", Difference.CHANGED: "≠"}
"""Written as a badge: no colour is needed to tell them apart."""
TONES: Final = {Difference.ADDED: "ok", Difference.REMOVED: "overdue", Difference.CHANGED: "due"}


def codes(item: Item) -> tuple[str, ...]:
    """Return the badges of an item, what changed first."""
    return item.badges if item.change is None else (SIGNS[item.change], *item.badges)


@cache
def marked(
    look: Look, change: Difference | None = None, strands: tuple[str, ...] | None = None
) -> Look:
    """Return a look with four pips for the Ps and a ring for what changed.

    A pip is filled where a live action is under that P; the ring is solid where something was
    added, dotted where it was removed, double where it changed.
    """
    if strands is not None:
        look = replace(look, shapes=(*look.shapes, *_pips(look, frozenset(strands))))
    return look if change is None else _ringed(look, change)


def _pips(look: Look, covered: frozenset[str]) -> list[Shape]:
    """Return a row of four under the silhouette, in the order of the Ps."""
    x = -(4 * _PIP + 3 * _PIP_GAP) / 2
    y = look.area.bottom - _PIP * 0.75
    return [
        Shape(
            path=paths.rectangle(x + at * (_PIP + _PIP_GAP), y, _PIP, _PIP, 1.5),
            fill=Ink(f"strand.{strand.value}" if strand.value in covered else "surface"),
            edge=Ink(f"strand.{strand.value}"),
            width=1.2,
        )
        for at, strand in enumerate(Strand)
    ]


def _ringed(look: Look, change: Difference) -> Look:
    radius = max(look.reaches) + RING
    ring = _RINGS[change](radius, Ink(TONES[change]))
    box = Area(-radius, -radius, 2 * radius, 2 * radius).grown(_WIDTH / 2)
    path = paths.circle(radius)
    reaches = paths.reaches(path)
    return replace(
        look,
        shapes=(ring, *look.shapes),
        area=look.area.joined(box),
        reaches=reaches,
        inner=min(reaches),
    )


def _solid(radius: float, ink: Ink) -> Shape:
    return Shape(path=paths.circle(radius), edge=ink, width=_WIDTH)


def _dotted(radius: float, ink: Ink) -> Shape:
    dots: paths.Path = ()
    for dot in range(_DOTS):
        angle = 2 * pi * dot / _DOTS
        dots += paths.moved(paths.circle(_WIDTH / 2), radius * cos(angle), radius * sin(angle))
    return Shape(path=dots, fill=ink)


def _double(radius: float, ink: Ink) -> Shape:
    """Return two rings: one that was, one that is."""
    return Shape(path=paths.circle(radius) + paths.circle(radius - 3.0), edge=ink, width=1.2)


_RINGS: Final = {
    Difference.ADDED: _solid,
    Difference.REMOVED: _dotted,
    Difference.CHANGED: _double,
}
