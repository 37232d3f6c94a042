"""Names of people looked for in texts, however many names there are."""

import re
from collections.abc import Mapping
from typing import Final
from uuid import UUID

_LETTERS: Final = re.compile(r"\w+")
_LEAST: Final = 3
"""A name of fewer letters is not looked for in texts: it would be found in any."""


class Names:
    """Many names of records, found in a text by their first word: there may be thousands."""

    def __init__(self, names: Mapping[UUID, str]) -> None:
        self._by_word: dict[str, list[tuple[str, UUID]]] = {}
        for id_, name in names.items():
            words = _LETTERS.findall(name.casefold())
            if words and len(name) >= _LEAST:
                self._by_word.setdefault(words[0], []).append((name, id_))

    def within(self, text: str) -> list[tuple[str, UUID]]:
        """Return the names that stand in a text, in capitals too, the longest first."""
        folded = text.casefold()
        found = [
            one
            for word in set(_LETTERS.findall(folded))
            for one in self._by_word.get(word, ())
            if one[0].casefold() in folded
        ]
        return sorted(found, key=lambda one: (-len(one[0]), one[0]))


def replaced(text: str, name: str, words: str) -> str:
    """Return a text with other words in place of a name, wherever it stands by itself."""
    pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
    return re.sub(pattern, lambda _found: words, text, flags=re.IGNORECASE)
