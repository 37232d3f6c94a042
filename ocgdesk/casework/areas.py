"""Which area somebody means: a force, a regional unit, or a town by the name records give it."""

from difflib import get_close_matches

from ocgdesk.domain.areas import Area
from ocgdesk.domain.reference_data import code_list
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import areas
from ocgdesk.store.reader import Reader

_TOWNS = "towns"
_NEAR = 3
"""So many names are offered for one that is not known."""


def of(reader: Reader, text: str) -> Area:
    """Return the area somebody names by an agency's code or words, or by a town.

    Raises Refused for a name that is neither force nor place on the list nor on any record.
    """
    words = text.strip()
    if not words:
        raise Refused(_("Name the area: a force, a regional unit or a town"))
    return _force(words) or _place(reader, words)


def _force(words: str) -> Area | None:
    for one in code_list("agencies"):
        if words.casefold() in {one.code.casefold(), one.label.casefold()}:
            forces = [
                other.code for other in code_list("agencies") if other.get("rocu") == one.code
            ]
            return Area(one.label, codes=(one.code, *forces))
    return None


def _place(reader: Reader, words: str) -> Area:
    for one in code_list(_TOWNS):
        if words.casefold() == one.label.casefold():
            return Area(one.label, name=one.label)
    if areas.is_known(reader, words):
        return Area(words, name=words)
    told = _("There is no area {name!r}: it is no agency, and no record names it as a place")
    near = _near(words)
    meant = "; " + _("perhaps {names}").format(names=", ".join(near)) if near else ""
    raise Refused(told.format(name=words[:40]) + meant)


def _near(words: str) -> list[str]:
    """Return the agencies and towns of the lists whose names hold these words or are like them."""
    names = [one.label for name in ("agencies", _TOWNS) for one in code_list(name)]
    wanted = words.casefold()
    holding = [name for name in names if wanted in name.casefold()]
    alike = get_close_matches(wanted, [name.casefold() for name in names], n=_NEAR)
    like = [name for name in names if name.casefold() in alike]
    return list(dict.fromkeys((*holding, *like)))[:_NEAR]
