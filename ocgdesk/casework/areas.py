"""Which area somebody means: a force, a regional unit, or a town by the name records give it."""

from ocgdesk.casework import likely
from ocgdesk.domain.areas import Area
from ocgdesk.domain.reference_data import code_list
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import areas
from ocgdesk.store.reader import Reader

_TOWNS = "towns"


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
    names = (one.label for name in ("agencies", _TOWNS) for one in code_list(name))
    raise Refused(told.format(name=words[:40]) + likely.meant(words, names))
