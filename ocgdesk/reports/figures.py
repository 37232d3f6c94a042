"""A figure as a value: panels of series, with what it finds, its basis and its words.

A figure never stands alone: the table it is drawn from goes with it, and ``alt`` says in words
what it shows. Values of one panel are in one unit; what is blank is left out, never drawn as 0.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ocgdesk.errors import Refused
from ocgdesk.i18n import _

MOST_SERIES: Final = 6
"""Series one panel holds at most; more are small multiples."""
MOST_PANELS: Final = 24
"""Panels one figure holds at most; the table holds the rest."""


class Form(StrEnum):
    """How a panel is drawn."""

    BARS = "bars"
    """A bar for each label, two where there is a period before."""
    TREND = "trend"
    """A line over the labels for each series."""
    BALANCE = "balance"
    """For each label one bar of shares: the four Ps side by side."""
    HEAT = "heat"
    """A field of numbers, darker where there is more."""
    FLOW = "flow"
    """Bands from the series at the left to the labels at the right, as broad as their values."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values in the order of the labels; None stands where nothing was recorded."""

    name: str
    values: tuple[float | None, ...]
    strand: str = ""
    """The code of a strand, which gives the fill and its hatch."""
    earlier: bool = False
    """Whether it is the period before, which is grey."""
    tone: int = 0
    """Which of several that are neither strands nor periods: 0 the first, as of now."""
    is_rest: bool = False
    """Whether it is what has no strand, in a balance of strands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One plot: its labels, its series, and how it is drawn."""

    title: str
    form: Form
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    notes: tuple[str, ...] = ()
    """What stands after the last bar of each label, such as its change or its share."""
    own_scale: bool = False
    """Whether bars are to the scale of their own label, since units differ."""
    wholes: tuple[float | None, ...] = ()
    """What the shares of each label are of, where that may be more than its parts add up to."""
    top: float = 0.0
    """The most any panel of the same scale holds; 0: this one has a scale of its own."""
    finding: str = ""
    """What this panel finds, in a sentence: its title where it stands alone on a slide."""
    said: str = ""
    """Its numbers in words."""

    def __post_init__(self) -> None:
        if any(len(one.values) != len(self.labels) for one in self.series):
            raise Refused(_("Every series of a figure has one value a label"))
        if self.form in {Form.TREND, Form.BARS} and len(self.series) > MOST_SERIES:
            raise Refused(_("A figure shows six series at most; the rest are small multiples"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOut:
    """A figure to be drawn: the title says what it finds, the subtitle of what and when."""

    title: str
    subtitle: str
    source: str
    panels: tuple[Panel, ...]
    marking: str = ""
    columns: int = 0
    """How many panels stand side by side; 0: as they fit."""
    caption: str = ""
    """What it is called beneath it on a page: its title stands in the picture."""
    left_out: int = 0
    """Panels of the whole figure that stand in its table only, where this is a part of it."""
    alt: str = ""
    table: tuple[tuple[str, ...], ...] = field(default=())
    """The rows it is drawn from, as they are printed; the first holds the headings."""
