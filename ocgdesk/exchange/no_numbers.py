"""What stands in call data where a number should: withheld, a short code, a handset, nothing.

Such an end is nobody: a record of it would seem to know all whose calls it was in. The words are
the reference list ``no-numbers``, which a workspace may edit.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Final

from ocgdesk.domain.identifiers import check
from ocgdesk.domain.reference_data import CodeList, code_list
from ocgdesk.exchange.convert import is_blank
from ocgdesk.exchange.mapping import squashed
from ocgdesk.i18n import N_, _

LIST: Final = "no-numbers"
NONE: Final = "none-given"
SHORT: Final = "short-code"
HANDSET: Final = "handset"
WITHHELD: Final = "withheld"
SORTS: Final = (WITHHELD, SHORT, HANDSET, NONE)
"""What events without a number are counted by; every word of the list is one withheld."""
_BETWEEN: Final = re.compile(r"[\s().-]+")


_COUNTED: Final = {
    WITHHELD: N_("{n} from or to withheld numbers"),
    SHORT: N_("{n} with short codes"),
    HANDSET: N_("{n} with handsets known by their IMEI alone"),
    NONE: N_("{n} without another number"),
}


def words_of(unnamed: Mapping[str, int]) -> Iterator[str]:
    """Yield a sentence on the events that have one number alone, where there are any."""
    counts = ((words, unnamed.get(sort, 0)) for sort, words in _COUNTED.items())
    said = [_(words).format(n=f"{count:,}") for words, count in counts if count]
    if said:
        text = _("Events kept on the one phone that is known: {what}. No record is made of these.")
        yield text.format(what=", ".join(said))


def is_withheld(text: str) -> bool:
    """Tell whether a text is one of the words for a number that nobody gives."""
    return squashed(text) in _words(code_list(LIST))


@cache
def _words(known: CodeList) -> frozenset[str]:
    items = (item for item in known.offered() if item.get("digits_to") is None)
    return frozenset(squashed(item.label) for item in items if item.code != NONE)


class NoNumbers:
    """Tells what is no subscriber's number; each text is looked at once by who asks."""

    def __init__(self) -> None:
        known = code_list(LIST)
        items = known.offered()
        self._kept = {item.code for item in items}
        self._words = _words(known)
        self._digits = {
            item.code: range(item.get("digits_from", 1), item.get("digits_to") + 1)
            for item in items
            if item.get("digits_to") is not None
        }

    def sort(self, text: str) -> str:
        """Return which of ``SORTS`` a text is; empty for a number."""
        if squashed(text) in self._words:
            return WITHHELD
        if is_blank(text):
            return NONE if NONE in self._kept else ""
        digits = _BETWEEN.sub("", text)
        if not (digits.isascii() and digits.isdigit()):
            return ""
        if len(digits) in self._digits.get(SHORT, ()):
            return SHORT
        is_long = len(digits) in self._digits.get(HANDSET, ())
        return HANDSET if is_long and _is_imei(digits) else ""


def _is_imei(digits: str) -> bool:
    return check("imei", digits, date.today()).problem is None  # noqa: DTZ011 - no year is in it
