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


WASH: Final = 0.04
"""How much a hull colours the paper inside it."""

Rgb = tuple[float, float, float]


def _mixed(under: Rgb, over: Rgb, share: float) -> Rgb:
    """Return one colour laid thinly on another."""
    red, green, blue = (
        share * part + (1 - share) * below for part, below in zip(over, under, strict=True)
    )
    return red, green, blue


@cache
def _rgb(colour: str) -> Rgb:
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one theme, by role."""

    name: str
    dark: bool
    colours: Mapping[str, str]

    def rgba(self, ink: Ink) -> Rgba:
        """Return an ink as red, green, blue and opacity, each 0 to 1; KeyError: no such role."""
        rgb = _rgb(self.colours[ink.role])
        if ink.fill is Fill.TINT:
            rgb = _mixed(_rgb(self.colours["surface"]), rgb, TINT[self.dark])
        for _wash in range(ink.washes):
            rgb = _mixed(rgb, _rgb(self.colours["kind.ocg"]), WASH)
        return *rgb, ink.alpha


def _flat(read: dict[str, Any]) -> dict[str, str]:
    colours: dict[str, str] = dict(read["roles"])
    for tone, pair in read["semantic"].items():
        colours |= {tone: pair["ink"], f"{tone}.tint": pair["tint"]}
    colours |= {f"kind.{kind}": ink for kind, ink in read["kinds"].items()}
    colours |= {f"strand.{strand}": look["ink"] for strand, look in read["strands"].items()}
    colours |= {f"rule.{step}": ink for step, ink in read["rules"].items()}
    for mark, look in read["banners"].items():
        colours |= {f"banner.{mark}": look["ink"], f"banner.{mark}.ground": look["ground"]}
    return colours


@cache
def load(name: str) -> Palette:
    """Return the colours of a theme that ships: ``light``, ``dark`` or ``high-contrast``."""
    read = resources.toml("themes", f"{name}.toml")
    return Palette(name=read["name"], dark=read["dark"], colours=_flat(read))
