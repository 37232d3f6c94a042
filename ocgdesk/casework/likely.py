"""What somebody may have meant by a name there is none of."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from ocgdesk.i18n import _

_NEAR: Final = 3
"""So many names are offered for one that is not known."""


def near(wanted: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that hold what was written, or are like it: three at most."""
    every, folded = list(names), wanted.casefold()
    holding = [name for name in every if folded in name.casefold()]
    alike = get_close_matches(folded, [name.casefold() for name in every], n=_NEAR)
    like = [name for name in every if name.casefold() in alike]
    return tuple(dict.fromkeys((*holding, *like)))[:_NEAR]


def meant(wanted: str, names: Iterable[str]) -> str:
    """Return the end of a refusal that offers near names: ``; perhaps Members``, or nothing."""
    found = near(wanted, names)
    return "; " + _("perhaps {names}").format(names=", ".join(found)) if found else ""
