"""Names made ready for comparing: in any order, by any spelling, without what goes with them."""

from functools import cache, lru_cache
from typing import Final

from ocgdesk import resources
from ocgdesk.domain import sounds
from ocgdesk.domain.likeness import WORD, plain

_MOST_KEYS: Final = 3
"""Sounds of one word that records are sought by; the rest are of rarer readings."""
_JOINED: Final = str.maketrans("", "", "'’-‐‑")
"""Marks inside one word of a name: O'Brien, Lochhead-Ure."""
_OF_MANY: Final = frozenset(["singh", "kaur", "begum", "bibi", "khatun"])
"""Words so many carry that they tell nobody apart; left out where two others are left."""
_LEFT_OUT: Final = frozenset(("mr", "mrs", "ms", "miss", "dr", "jr", "jnr", "snr", "unknown", "nk"))


@cache
def _standing() -> dict[str, str]:
    """Return, by word, the word it is read as: pet names and spellings."""
    groups = resources.toml("matching", "names.toml")
    found: dict[str, str] = {}
    for lines in groups.values():
        for line in lines if isinstance(lines, list) else ():
            first, *others = line.split()
            for word in (first, *others):
                found.setdefault(word, first)
    return found


@lru_cache(maxsize=100_000)
def read_as(word: str) -> str:
    """Return what a word of a name is read as: ``bill`` as william, ``muhammad`` as mohammed."""
    return _standing().get(word, word)


@lru_cache(maxsize=200_000)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared; particles such as ap and bin are none.

    A name of particles alone keeps them: Van, Le.
    """
    every = [plain(word) for word in WORD.findall(name.translate(_JOINED))]
    every = [word for word in every if word and word not in _LEFT_OUT]
    kept = [word for word in every if not sounds.is_particle(word)] or every
    bare = [word for word in kept if word not in _OF_MANY]
    return tuple(read_as(word) for word in (bare if len(bare) > 1 else kept))


@lru_cache(maxsize=100_000)
def heard(word: str) -> tuple[str, ...]:
    """Return how one word sounds, a few keys at most: what records are sought by."""
    return tuple(sorted(sounds.keys(word))[:_MOST_KEYS])
