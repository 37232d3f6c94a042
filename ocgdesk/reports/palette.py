"""Colours by role for painters outside the window, read from the same themes as the window's."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from ocgdesk import resources
from ocgdesk.reports.drawing_parts import Fill, Ink

Rgba = tuple[float, float, float, float]

TINT: Final = {False: 0.16, True: 0.26}
"""How much of a kind's colour its tint holds: light, dark."""


def _rgb(colour: str) -> tuple[float, float, float]:
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one theme, by role."""

    name: str
    dark: bool
    colours: Mapping[str, str]

    def rgba(self, ink: Ink) -> Rgba:
        """Return an ink as red, green, blue and opacity, each 0 to 1; KeyError: no such role."""
        red, green, blue = _rgb(self.colours[ink.role])
        if ink.fill is Fill.TINT:
            share = TINT[self.dark]
            paper = _rgb(self.colours["surface"])
            mixed = (
                share * part + (1 - share) * under
                for part, under in zip((red, green, blue), paper, strict=True)
            )
            red, green, blue = mixed
        return red, green, blue, ink.alpha


def _flat(read: dict[str, Any]) -> dict[str, str]:
    colours: dict[str, str] = dict(read["roles"])
    for tone, pair in read["semantic"].items():
        colours |= {tone: pair["ink"], f"{tone}.tint": pair["tint"]}
    colours |= {f"kind.{kind}": ink for kind, ink in read["kinds"].items()}
    for mark, look in read["banners"].items():
        colours |= {f"banner.{mark}": look["ink"], f"banner.{mark}.ground": look["ground"]}
    return colours


@cache
def load(name: str) -> Palette:
    """Return the colours of a theme that ships: ``light``, ``dark`` or ``high-contrast``."""
    read = resources.toml("themes", f"{name}.toml")
    return Palette(name=read["name"], dark=read["dark"], colours=_flat(read))
