"""Badges: up to two codes at the upper right of an item, then how many more there are."""

from functools import cache
from typing import Final

from ocgdesk.domain.charts import Point
from ocgdesk.i18n import N_
from ocgdesk.reports import drawing_paths, fonts
from ocgdesk.reports.drawing_parts import Area, Badge, Ink, Shape, TextRun

HEIGHT: Final = 15.0
SIZE: Final = 10.0
MOST: Final = 2
ROLES: Final = {
    "FI": "overdue",
    "0P": "overdue",
    "REV": "due",
    "U18": "victim",
    "SG": "victim",
    "NRM": "victim",
    "+": "ok",
    "×": "overdue",
    "≠": "due",
}
"""The colour of each code; others are grey (HMP, †)."""

WORDS: Final = {
    "0P": N_("No live action"),
    "REV": N_("Review overdue"),
    "VH": N_("Very high risk"),
    "H": N_("High risk"),
    "FI": N_("Warning: firearms"),
    "WE": N_("Warning: weapons"),
    "VI": N_("Warning: violent"),
    "HMP": N_("In custody"),
    "†": N_("Deceased"),
    "U18": N_("Under 18"),
    "SG": N_("To be safeguarded"),
    "NRM": N_("Referred as a victim"),
}
"""What the codes of records mean, in the order of a legend."""


@cache
def _width(code: str) -> float:
    return max(HEIGHT, fonts.width(code, "semibold", SIZE) + 8)


def badge(code: str, x: float, y: float) -> Badge:
    """Return the badge of a code with its upper left corner at a point."""
    wide = _width(code)
    return Badge(
        slab=Shape(
            path=drawing_paths.rectangle(x, y, wide, HEIGHT, 3.0),
            fill=Ink(ROLES.get(code, "text.2")),
            edge=Ink("surface"),
            width=1.0,
        ),
        text=TextRun(
            lines=(code,),
            x=x + wide / 2,
            y=y + HEIGHT / 2 + SIZE * 0.35,
            leading=HEIGHT,
            face="semibold",
            size=SIZE,
            ink=Ink("surface"),
            box=Area(x, y, wide, HEIGHT),
            min_zoom=0.5,
        ),
        box=Area(x, y, wide, HEIGHT),
    )


def badges(codes: tuple[str, ...], at: Point, area: Area) -> tuple[Badge, ...]:
    """Return the badges of an item at a point whose silhouette covers ``area``."""
    shown = codes[:MOST]
    if len(codes) > MOST:
        shown = (*shown, f"+{len(codes) - MOST}")
    x, y = at.x + area.right * 0.55, at.y + area.y - 4
    made = []
    for code in shown:
        made.append(badge(code, x, y))
        x += _width(code) + 2
    return tuple(made)
