"""Words for kinds and places, for rail, tabs and search."""

from functools import cache

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.i18n import _


@cache
def _plurals() -> dict[str, str]:
    return {item.code: item.get("plural") for item in code_list("kinds")}


def one(kind: Kind) -> str:
    """Return the word for one of a kind."""
    return _(label("kinds", kind.value))


def many(kind: Kind) -> str:
    """Return the word for several of a kind."""
    return _(_plurals()[kind.value])


def icon_of(kind: Kind, *, exploited: bool = False) -> str:
    """Return the meaning of a kind's icon; an exploited person has their own."""
    return "entity.exploited" if exploited else f"entity.{kind.value}"
