"""Nicknames and last names of the register that stand in a text alone: they may be words too."""

import re
from calendar import month_name
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ocgdesk.domain.dates import MONTHS
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list
from ocgdesk.i18n import _
from ocgdesk.store import identities
from ocgdesk.store.reader import Reader

_CAPITAL: Final = re.compile(r"(?<!\w)[A-Z][\w'’-]{2,}(?!\w)")


@dataclass(slots=True)
class Alone:
    """What is known of the register, once it was asked for; all in small letters."""

    nicknames: frozenset[str] | None = None
    surnames: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    """The words of agencies, towns and months: they name somebody only by chance."""

    def read(self, reader: Reader) -> None:
        """Read it, unless it was read."""
        if self.nicknames is not None:
            return
        others = (alias.strip() for _no, alias in identities.aliases(reader, Kind.NOMINAL))
        self.nicknames = frozenset(one.casefold() for one in others if " " not in one)
        names = (name.split() for _no, name in identities.labels(reader, Kind.NOMINAL))
        self.surnames = frozenset(words[-1].casefold() for words in names if len(words) > 1)
        self.common = common_words()


def common_words() -> frozenset[str]:
    """Return the words of agencies, towns and months, in small letters."""
    lists = (one.label for name in ("agencies", "towns") for one in code_list(name))
    said = (*lists, *MONTHS, *month_name)
    return frozenset(word.casefold() for text in said for word in text.split())


def within(reader: Reader, text: str, known: Alone) -> Iterator[tuple[int, int, str]]:
    """Yield where a nickname or a last name stands with a capital, and which of both it may be."""
    for match in _CAPITAL.finditer(text):
        known.read(reader)
        key = match[0].casefold()
        if key in known.common:
            continue
        if key in (known.nicknames or ()):
            yield match.start(), match.end(), _("may be a nickname")
        elif key in known.surnames:
            yield match.start(), match.end(), _("may be a surname")
