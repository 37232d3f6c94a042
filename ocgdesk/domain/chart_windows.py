"""The days a chart is narrowed to: the brush of its time bar, kept with the chart's filters."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ocgdesk.errors import Refused
from ocgdesk.i18n import _

KEY: Final = "window"
"""What it stands under among the filters of a chart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What held on these days is shown; one of the two may be open."""

    first: date | None = None
    last: date | None = None
    faint: bool = False
    """Whether the rest stays in sight, faint."""

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day, an open one as far away as can be."""
        return self.first or date.min, self.last or date.max


def checked(first: date | None, last: date | None, *, faint: bool = False) -> Window:
    """Return a window; Refused where it has no day or ends before it begins."""
    if first is None and last is None:
        raise Refused(_("Say the first day, the last or both"))
    if first and last and first > last:
        raise Refused(_("The period ends before it begins"))
    return Window(first=first, last=last, faint=faint)


def plain(window: Window) -> dict[str, Any]:
    """Return a window as plain values."""
    first, last = (day.isoformat() if day else "" for day in (window.first, window.last))
    return {KEY: {"first": first, "last": last, "faint": window.faint}}


def is_window(one: Mapping[str, Any]) -> bool:
    """Tell whether plain values are those of a window rather than of a filter."""
    return KEY in one


def unpacked(text: str) -> Window | None:
    """Return the window that is kept among the filters of a chart, if there is one.

    Raises Refused where it cannot be read: a chart that was narrowed is not shown whole unsaid.
    """
    try:
        kept = [one[KEY] for one in json.loads(text or "[]") if is_window(one)]
        return _read(kept[0]) if kept else None
    except (ValueError, TypeError, KeyError, AttributeError, Refused):
        raise Refused(
            _("The days this chart is narrowed to cannot be read; set them anew")
        ) from None


def _read(one: Mapping[str, Any]) -> Window:
    first, last = (
        date.fromisoformat(one[name]) if one[name] else None for name in ("first", "last")
    )
    return checked(first, last, faint=bool(one["faint"]))
