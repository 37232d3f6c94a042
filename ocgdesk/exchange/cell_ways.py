"""Ways to make of a cell's text what a field wants, before it is read: each a name and words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from ocgdesk.domain.identifiers import normal
from ocgdesk.exchange.no_numbers import is_withheld
from ocgdesk.i18n import N_

_LIST = re.compile(r"[;|\n]")
_AMERICAN = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(.*)", re.DOTALL)
_SECONDS = re.compile(r"\s*(\d{9,10})(?:\d{3})?(?:\.\d+)?\s*")
_PHONE = re.compile(r"[^\d+]")
_BRACKETS = re.compile(r"\s*[(\[].*?[)\]]")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class CellWay:
    """One way: what it does to a text, and the words it is offered by."""

    words: str
    make: Callable[[str], str]


def surname_first(text: str) -> str:
    """``CORS, Aled Rhys`` becomes ``Aled Rhys Cors``; a name without a comma stays."""
    surname, comma, forenames = text.partition(",")
    if not comma or not forenames.strip():
        return text.strip(" ,")
    surname = surname.strip()
    return f"{forenames.strip()} {_quiet(surname) if surname.isupper() else surname}"


def _quiet(text: str) -> str:
    """Return a shouted name in capitals and small letters: ``O'NEILL-BRAY``, ``O'Neill-Bray``."""
    return "".join(word.capitalize() for word in re.split(r"([\W_]+)", text))


def quiet(text: str) -> str:
    """Return words in capitals throughout as a name is written; any other text stays."""
    return _quiet(text) if text.isupper() else text


def american(text: str) -> str:
    """``10/31/2026`` becomes ``31/10/2026``: month first, as US programs write it."""
    match = _AMERICAN.fullmatch(text)
    return f"{match[2]}/{match[1]}/{match[3]}{match[4]}" if match else text


def unix_time(text: str) -> str:
    """Seconds or thousandths since 1970 become a day."""
    match = _SECONDS.fullmatch(text)
    return datetime.fromtimestamp(int(match[1]), UTC).date().isoformat() if match else text


def phone_number(text: str) -> str:
    """Return the digits of a number, with its leading + if it has one."""
    bare = _PHONE.sub("", text)
    return bare[:1] + bare[1:].replace("+", "")


def full_number(text: str) -> str:
    """Return a telephone number as ``+44…`` or with its own country's code; a short code stays.

    A number that was withheld is none: all such calls would else seem to be of one phone.
    """
    if is_withheld(text):
        return ""
    return normal("phone", text) or text


def plate(text: str) -> str:
    """Return a registration mark in capitals without spaces."""
    return normal("vrm", text) or text


def _item(place: int) -> Callable[[str], str]:
    def item(text: str) -> str:
        parts = [part.strip() for part in _LIST.split(text)]
        return parts[place] if place < len(parts) else ""

    return item


def _first_number(text: str) -> str:
    match = _NUMBER.search(text)
    return match[0] if match else ""


def _first_word(text: str) -> str:
    return text.strip().partition(" ")[0]


def _other_words(text: str) -> str:
    return text.strip().partition(" ")[2].strip()


def _by_comma(text: str) -> str:
    return "\n".join(part.strip() for part in text.split(",") if part.strip())


WAYS: Final[Mapping[str, CellWay]] = {
    "surname-first": CellWay(N_("SURNAME, Forename → Forename Surname"), surname_first),
    "quiet": CellWay(N_("CAPITALS → Capitals"), quiet),
    "american-date": CellWay(N_("Month first (US dates)"), american),
    "unix-time": CellWay(N_("Seconds since 1970 → date"), unix_time),
    "phone-number": CellWay(N_("Digits of a number only"), phone_number),
    "full-number": CellWay(N_("Telephone number with its country's code"), full_number),
    "plate": CellWay(N_("Registration mark without spaces"), plate),
    "upper": CellWay(N_("In capitals"), str.upper),
    "no-brackets": CellWay(N_("Without what stands in brackets"), lambda t: _BRACKETS.sub("", t)),
    "first-number": CellWay(N_("The first number in it"), _first_number),
    "first-word": CellWay(N_("The first word"), _first_word),
    "other-words": CellWay(N_("All but the first word"), _other_words),
    "by-comma": CellWay(N_("Several, with commas between"), _by_comma),
    "first": CellWay(N_("The first of several"), _item(0)),
    "second": CellWay(N_("The second of several"), _item(1)),
    "third": CellWay(N_("The third of several"), _item(2)),
}
"""Every way by its name in a specification."""


def made(text: str, ways: tuple[str, ...]) -> str:
    """Return a text after these ways, in their order."""
    for way in ways:
        text = WAYS[way].make(text)
    return text
