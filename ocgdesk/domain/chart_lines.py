"""How links between the same two items are drawn: folded into one line, or fanned out."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _

KEY: Final = "lines"
"""What it stands under among the filters of a chart."""


class Lines(StrEnum):
    """What one line stands for; i2 calls the last three single, directed and multiple."""

    TYPE = "type"
    ONE = "one"
    WAY = "way"
    EACH = "each"


WORDS: Final = {
    Lines.TYPE: N_("One for each type"),
    Lines.ONE: N_("One for all"),
    Lines.WAY: N_("One each way"),
    Lines.EACH: N_("Each link apart"),
}


def plain(lines: Lines) -> tuple[dict[str, Any], ...]:
    """Return how lines are drawn as plain values; none for what is usual."""
    return () if lines is Lines.TYPE else ({KEY: lines.value},)


def is_lines(one: Mapping[str, Any]) -> bool:
    """Tell whether plain values say how lines are drawn."""
    return KEY in one


def unpacked(text: str) -> Lines:
    """Return how the lines of a chart are drawn; Refused where that cannot be read."""
    try:
        kept = [one[KEY] for one in json.loads(text or "[]") if is_lines(one)]
        return Lines(kept[0]) if kept else Lines.TYPE
    except (ValueError, TypeError):
        raise Refused(_("How the lines of this chart are drawn cannot be read")) from None
