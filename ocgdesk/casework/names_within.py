"""Names of people looked for in texts, however many names there are."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final
from uuid import UUID

_LETTERS: Final = re.compile(r"\w+")
_UNSEEN: Final = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
"""Soft hyphens, spaces without width, marks of direction."""
_LEAST: Final = 3
"""A name of fewer letters is not looked for in texts: it would be found in any."""


class Names:
    """Many names of records, found in a text by their first word: there may be thousands."""

    def __init__(self, names: Mapping[UUID, str]) -> None:
        self._by_word: dict[str, list[tuple[str, UUID]]] = {}
        self._ids: dict[str, UUID] = {}
        self._shared: set[str] = set()
        for id_, name in names.items():
            self.add(name, id_)

    def add(self, name: str, id_: UUID) -> None:
        """Look for one more name of a record."""
        words = _LETTERS.findall(_plain(name))
        if words and len(name) >= _LEAST:
            self._by_word.setdefault(words[0], []).append((name, id_))
            if self._ids.setdefault(_plain(name), id_) != id_:
                self._shared.add(_plain(name))

    def within(self, text: str) -> list[tuple[str, UUID]]:
        """Return the names that stand in a text, in capitals too, the longest first."""
        folded = _plain(text)
        found = [
            one
            for word in set(_LETTERS.findall(folded))
            for one in self._by_word.get(word, ())
            if _plain(one[0]) in folded
        ]
        return sorted(found, key=lambda one: (-len(one[0]), one[0]))

    def stretches(self, text: str) -> Iterator[tuple[int, int, UUID | None]]:
        """Yield where names stand in a text by themselves, however far their words are apart.

        A name of one word is found only where it begins with a capital, as on record. None stands
        for a name that several go by: nobody can tell which of them is meant.
        """
        for name, id_ in self.within(text):
            for match in _pattern(name).finditer(text):
                if not _is_a_word(name, match[0]):
                    is_shared = _plain(name) in self._shared
                    yield match.start(), match.end(), None if is_shared else id_


def _is_a_word(name: str, found: str) -> bool:
    """Tell whether a name of one word stands in small letters: Red is somebody, red a colour.

    What has a digit or a hyphen in it, such as YP-01, is a word in no letters.
    """
    return name.isalpha() and found.islower() and not name.islower()


def spellings(name: str) -> tuple[str, ...]:
    """Return how somebody's name is also written: turned round, with initials, by the last."""
    words = name.split()
    if len(words) < 2:
        return (name,)
    first, last = words[0], words[-1]
    short = (f"{first} {last}", f"{last}, {first}", f"{last} {first}")
    initials = (f"{first[0]} {last}", f"{first[0]}. {last}", f"{last}, {first[0]}")
    titled = (f"{title} {last}" for title in ("Mr", "Mrs", "Ms", "Miss", "Dr"))
    return tuple(dict.fromkeys((name, *short, *initials, *titled)))


def visible(text: str) -> str:
    """Return a text without the signs nobody sees: in a name they would hide it from a search."""
    return _UNSEEN.sub("", text)


def replaced(text: str, name: str, words: str) -> str:
    """Return a text with other words in place of a name, wherever it stands by itself."""
    return _pattern(name).sub(lambda _found: words, text)


def _plain(text: str) -> str:
    """Return a text in small letters, with one space between words and one kind of apostrophe."""
    return " ".join(text.casefold().replace("’", "'").split())


@lru_cache(maxsize=4_096)
def _pattern(name: str) -> re.Pattern[str]:
    spaced = r"\s+".join(map(re.escape, name.replace("’", "'").split())).replace("'", "['’]")
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)
