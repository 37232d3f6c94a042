"""How each kind looks: its silhouette, filled and sized by importance, with its icon inside."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Final

from ocgdesk.domain.charts import Importance, Item
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import NotFound
from ocgdesk.reports import drawing_icons
from ocgdesk.reports import drawing_paths as paths
from ocgdesk.reports.drawing_hatch import hatch
from ocgdesk.reports.drawing_marks import marked
from ocgdesk.reports.drawing_parts import Area, Fill, Ink, Look, Shape
from ocgdesk.reports.drawing_paths import Path

EDGE: Final = 2.0
SIZES: Final = {
    Importance.PRINCIPAL: 46.0,
    Importance.SIGNIFICANT: 36.0,
    Importance.PERIPHERAL: 28.0,
}
EXPLOITED: Final = "exploited"
"""The key of a person recorded as exploited, where others have their kind."""
SKETCH: Final = "sketch-"
"""How the key of an item begins that was drawn by hand and is in no register."""
PLAIN: Final = "other"
GHOST: Final = Kind.REQUIREMENT.value
"""The key of an open intelligence requirement that is drawn over a chart."""
_DASHES: Final = 9
_HOOK: Final = (
    (-4.0, -3.4), (-3.4, -5.6), (-1.6, -7.0), (0.8, -7.1), (3.0, -6.0), (3.9, -4.0), (3.4, -2.0),
    (1.6, -0.4), (0.4, 0.9), (0.0, 2.6),
)  # fmt: skip


def key_of(item: Item) -> str:
    """Return what an item is drawn, counted and filtered as: its kind, or ``exploited``.

    A sketch has a key of its own for each kind, so that it is never counted with the record.
    """
    if item.sketch:
        return f"{SKETCH}{item.kind}"
    return EXPLOITED if item.exploited else item.kind


def icon_of(key: str) -> str:
    """Return what the icon of a key is called."""
    if key == GHOST:
        return "status.unknown"
    known = key.removeprefix(SKETCH)
    return f"entity.{known}" if known in SILHOUETTES else "entity.other"


def role_of(key: str) -> str:
    """Return the colour role of a key."""
    known = key.removeprefix(SKETCH)
    return f"kind.{known}" if known in SILHOUETTES else "text.2"


def _speech(s: float) -> tuple[Path, tuple[float, float]]:
    w, h, tail = s * 0.52, s * 0.44, s * 0.17
    corners = (
        (-w, -h), (w, -h), (w, h), (-w * 0.28, h), (-w * 0.8, h + tail), (-w * 0.8, h), (-w, h),
    )  # fmt: skip
    return paths.polygon(corners, s * 0.07), (0.0, 0.0)


def _tag(s: float) -> tuple[Path, tuple[float, float]]:
    w, h = s * 0.63, s * 0.42
    corners = ((-w, -h), (w * 0.5, -h), (w, 0.0), (w * 0.5, h), (-w, h))
    return paths.polygon(corners, s * 0.06), (-s * 0.1, 0.0)


def _pennant(s: float) -> tuple[Path, tuple[float, float]]:
    w, top, foot, tip = s * 0.43, -s * 0.5, s * 0.28, s * 0.58
    corners = ((-w, top), (w, top), (w, foot), (0.0, tip), (-w, foot))
    return paths.polygon(corners, s * 0.05), (0.0, -s * 0.06)


def _page(s: float) -> tuple[Path, tuple[float, float]]:
    w, h, fold = s * 0.37, s * 0.5, s * 0.23
    corners = ((-w, -h), (w - fold, -h), (w, -h + fold), (w, h), (-w, h))
    return paths.polygon(corners, s * 0.05), (0.0, s * 0.03)


def _diamond(s: float) -> tuple[Path, tuple[float, float]]:
    r = s * 0.62
    return paths.polygon(((0.0, -r), (r, 0.0), (0.0, r), (-r, 0.0)), s * 0.05), (0.0, 0.0)


Outline = tuple[Path, tuple[float, float]]
"""A silhouette and where the middle of its icon is."""

_OUTLINES: Final[dict[str, Callable[[float], Outline]]] = {
    "rounded square": lambda s: (paths.box(s * 0.88, s * 0.88, s * 0.16), (0.0, 0.0)),
    "speech box": _speech,
    "tag": _tag,
    "diamond": _diamond,
    "tall box": lambda s: (paths.box(s * 0.66, s * 1.06, s * 0.14), (0.0, 0.0)),
    "pin": lambda s: (paths.pin(s * 0.49, s * 0.7), (0.0, 0.0)),
    "wide box": lambda s: (paths.box(s * 1.26, s * 0.78, s * 0.2), (0.0, 0.0)),
    "square": lambda s: (paths.box(s * 0.9, s * 0.9, s * 0.05), (0.0, 0.0)),
    "octagon": lambda s: (paths.octagon(s * 0.94), (0.0, 0.0)),
    "pennant": _pennant,
    "page": _page,
}


def _circle(s: float) -> Outline:
    return paths.circle(s / 2 - EDGE / 2), (0.0, 0.0)


SILHOUETTES: Final = {
    Kind.OCG.value: "rounded square",
    Kind.NOMINAL.value: "circle",
    EXPLOITED: "double ring",
    Kind.HANDLE.value: "speech box",
    Kind.COUNTY_LINE.value: "tag",
    Kind.COMMODITY.value: "diamond",
    Kind.PHONE.value: "tall box",
    Kind.LOCATION.value: "pin",
    Kind.VEHICLE.value: "wide box",
    Kind.ORGANISATION.value: "square",
    Kind.ACCOUNT.value: "octagon",
    Kind.OPERATION.value: "pennant",
    Kind.REPORT.value: "page",
}


def _icon(key: str, centre: tuple[float, float], side: float, ink: Ink) -> tuple[Shape, ...]:
    try:
        path, filled = drawing_icons.icon(f"entity.{key.removeprefix(SKETCH)}")
    except NotFound:
        path, filled = drawing_icons.icon("entity.other")
    scale = side / drawing_icons.BOX
    stroke = (2.0 if side <= 15 else 1.85) * scale
    at = (centre[0] - side / 2, centre[1] - side / 2)
    drawn = paths.moved(path, *at, scale)
    if filled:
        return (Shape(path=drawn, fill=ink),)
    return (Shape(path=drawn, edge=ink, width=stroke),)


def _fill(role: str, importance: Importance) -> Ink:
    if importance is Importance.PRINCIPAL:
        return Ink(role)
    return Ink(role, Fill.TINT) if importance is Importance.SIGNIFICANT else Ink("surface")


def _shapes(key: str, size: float, outline: Path, fill: Ink, ink: Ink) -> tuple[Shape, ...]:
    body = Shape(path=outline, fill=fill, edge=ink, width=EDGE)
    if key == Kind.OCG.value:
        ring = Shape(
            path=paths.box(size, size, size * 0.21), fill=Ink("surface"), edge=ink, width=1.5
        )
        return ring, body
    if key == EXPLOITED:
        ring = Shape(path=paths.circle(size * 0.56), fill=Ink("surface"), edge=ink, width=1.5)
        inner = Shape(path=paths.circle(size * 0.42), fill=fill, edge=ink, width=EDGE)
        return ring, inner
    return (body,)


def _sketched(
    outline: Path, centre: tuple[float, float], side: float, ink: Ink
) -> tuple[Shape, ...]:
    """Return a silhouette filled with slanted lines, with room left for its icon."""
    body = Shape(path=outline, fill=Ink("surface"), edge=ink, width=1.5)
    lines = Shape(path=hatch(outline), edge=replace(ink, alpha=0.7), width=1.0)
    disc = Shape(path=paths.ellipse(*centre, side * 0.62, side * 0.62), fill=Ink("surface"))
    return body, lines, disc


def _area(shapes: tuple[Shape, ...]) -> Area:
    left, top, right, bottom = paths.bounds(shape.path for shape in shapes)
    return Area(left, top, right - left, bottom - top).grown(EDGE / 2)


def look_of(item: Item) -> Look:
    """Return how an item is drawn: by its kind and importance, or as a rule of its chart says."""
    made = look(key_of(item), item.size or item.importance, item.tone)
    return marked(made, item.change, item.strands)


def _ghostly(size: float, ink: Ink) -> tuple[Shape, ...]:
    """Return a dashed circle: what is not known yet."""
    outline = paths.circle(size / 2 - EDGE / 2)
    ring = Shape(path=paths.dashed_ring(size / 2 - EDGE / 2, _DASHES), edge=ink, width=EDGE)
    return Shape(path=outline, fill=Ink("surface")), ring


def _question(side: float, ink: Ink) -> tuple[Shape, ...]:
    """Return a question mark."""
    unit = side / 16
    hook = tuple((x * unit, y * unit) for x, y in _HOOK)
    dot = (("M", (0.0, 6.2 * unit)), ("L", (0.0, 7.2 * unit)))
    return (Shape(path=(*paths.run(hook), *dot), edge=ink, width=2.2 * unit),)


@cache
def look(key: str, importance: Importance, tone: str = "") -> Look:
    """Return how items of this key and importance are drawn; solid in ``tone`` where a rule says.

    A person recorded as exploited has one look whatever the importance: tinted, never solid.
    So has a sketch: hatched.
    """
    if key == EXPLOITED or key.startswith(SKETCH):
        importance, tone = Importance.SIGNIFICANT, ""
    size = SIZES[importance]
    name, role = SILHOUETTES.get(key.removeprefix(SKETCH), "circle"), tone or role_of(key)
    outline, centre = _OUTLINES.get(name, _circle)(size)
    solid = bool(tone) or importance is Importance.PRINCIPAL
    side = {46.0: 23.0, 36.0: 18.0, 28.0: 14.5}[size] * (0.86 if name in {"page", "pin"} else 1)
    if key == GHOST:
        shapes = _ghostly(size, Ink(role))
    elif key.startswith(SKETCH):
        shapes = _sketched(outline, centre, side, Ink(role))
    else:
        fill = Ink(role) if solid else _fill(role, importance)
        shapes = _shapes(key, size, outline, fill, Ink(role))
    return Look(
        name=name,
        outline=shapes[0].path,
        shapes=shapes,
        icon=_question(side, Ink(role))
        if key == GHOST
        else _icon(key, centre, side, Ink("surface" if solid else role)),
        area=_area(shapes),
        reaches=paths.reaches(shapes[0].path),
        inner=min(paths.reaches(shapes[0].path)),
        role=role,
        importance=importance,
    )
