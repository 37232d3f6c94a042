"""A theme: a chart coloured and sized by one figure of a result that was kept.

What is kept with the chart is only which result and which figure: the values stay with the
result, which is open to those its records are open to, and says when it no longer holds.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from ocgdesk.domain.chart_rules import TONES
from ocgdesk.domain.charts import Importance
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

KEY: Final = "theme"
"""What a theme stands under among the rules of a chart."""
TOP: Final = 10
"""So many of the highest are marked with their rank: i2's top ten."""
STEPS: Final = tuple(TONES)
"""A colour for each fifth, the highest first; they lie apart in lightness too."""
SIZES: Final = (
    Importance.PRINCIPAL,
    Importance.SIGNIFICANT,
    Importance.SIGNIFICANT,
    Importance.PERIPHERAL,
    Importance.PERIPHERAL,
)
"""How large each fifth is drawn, so that the ramp is read without colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Which figure of which kept result a chart is drawn by."""

    result: UUID
    column: int
    """The place of the figure among the columns of the result's table."""
    on: bool = True


def plain(theme: Theme) -> dict[str, Any]:
    """Return a theme as plain values."""
    return {KEY: {"result": str(theme.result), "column": theme.column, "on": theme.on}}


def is_theme(one: Mapping[str, Any]) -> bool:
    """Tell whether plain values are those of a theme rather than of a rule."""
    return KEY in one


def unpacked(text: str) -> Theme | None:
    """Return the theme that is kept among the rules of a chart, if there is one.

    Raises Refused where it cannot be read.
    """
    try:
        kept = [one[KEY] for one in json.loads(text or "[]") if is_theme(one)]
        return _read(kept[0]) if kept else None
    except (ValueError, TypeError, KeyError, AttributeError):
        told = _("What this chart is coloured by cannot be read; choose the result anew")
        raise Refused(told) from None


def _read(one: Mapping[str, Any]) -> Theme:
    on = bool(one.get("on", True))
    return Theme(result=UUID(one["result"]), column=int(one["column"]), on=on)


def fifths(values: Mapping[UUID, float], *, low_first: bool = False) -> dict[UUID, int]:
    """Return the fifth each stands in, 0 the foremost.

    Equal values stand together, in the fifth of their middle: many that have nothing are among
    the last. Where all are alike nothing stands out, and none is in any.
    """
    ranks = ranked(values, low_first=low_first)
    tied = Counter(ranks.values())
    if len(tied) < 2:
        return {}
    steps, twice = len(STEPS), 2 * len(ranks)
    return {id_: (2 * r - 2 + tied[r]) * steps // twice for id_, r in ranks.items()}


def ranked(values: Mapping[UUID, float], *, low_first: bool = False) -> dict[UUID, int]:
    """Return the rank of each among these: one more than there are before it."""
    ordered = sorted(values, key=lambda id_: values[id_], reverse=not low_first)
    found: dict[UUID, int] = {}
    for at, id_ in enumerate(ordered, 1):
        before = ordered[at - 2] if at > 1 else None
        tied = before is not None and values[before] == values[id_]
        found[id_] = found[before] if tied and before is not None else at
    return found
