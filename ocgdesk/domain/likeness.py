"""Words of names beside each other: the same, nearly the same, or alike by sound."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

from ocgdesk.domain import sounds

ONE_FROM = 4
"""So long must a word be for one letter to differ; with fewer, nearly is another word."""
TWO_FROM = 8
"""So long must a word be for two letters to differ."""
FARTHEST = 0.85
"""The share of letters that may differ in words that sound alike: the keys are generous."""
WORD = re.compile(r"[^\W_]+")
Span = tuple[int, int]
"""Where something stands in a text: its first character, and the one after its last."""


class Nearness(IntEnum):
    """How near two words are, the nearest first."""

    SAME = 0
    BEGINS = 1
    ONE_LETTER = 2
    SOUNDS = 3
    TWO_LETTERS = 4


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """Return a word as words are compared: small, without accents, in Latin letters."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.lower())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare if bare.isascii() else anyascii(bare).lower().replace(" ", "")


@lru_cache(maxsize=50_000)
def sound(words: str) -> frozenset[str]:
    """Return the keys of one part of a name, given with the particles before it."""
    return frozenset().union(*sounds.parts(words))


def spoken(names: str) -> Iterator[str]:
    """Yield the words of names, small: each by itself, and with the particles before it.

    ``Sean O'Brien`` is ``sean``, ``o brien`` and ``brien``. Words with digits are no names.
    """
    for line in names.splitlines():
        before: list[str] = []
        for word in WORD.findall(unicodedata.normalize("NFC", line).lower()):
            if before and not sounds.is_particle(word):
                yield " ".join((*before, word))
            if len(word) > 1 and word.isalpha():
                yield word
            before = [*before, word] if sounds.is_particle(word) else []


def tolerance(length: int) -> int:
    """Return how many letters of a word so long may differ."""
    return (length >= ONE_FROM) + (length >= TWO_FROM)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a record's names: as compared, as spoken, and where it stands."""

    plain: str
    spoken: str
    line: int
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name as typed, with the particles before it, if any, joined to it."""

    plain: str
    joined: str
    spoken: str
    optional: bool = False
    """A particle that may also be a name: it counts where it is met, and is not missed."""

    def near(self, token: Token) -> tuple[Nearness, int] | None:
        """Return how near a word on record is and by how many letters; None for another word."""
        alone = _near(self.plain, self.spoken, token.plain, token.spoken)
        if not self.joined:
            return alone
        both = (alone, _near(self.joined, self.spoken, token.plain, token.spoken))
        return min((one for one in both if one is not None), default=None)


@lru_cache(maxsize=20_000)
def _near(
    typed: str, typed_spoken: str, word: str, word_spoken: str
) -> tuple[Nearness, int] | None:
    if word == typed:
        return Nearness.SAME, 0
    if word.startswith(typed):
        return Nearness.BEGINS, len(word) - len(typed)
    sounds_alike = not sound(typed_spoken).isdisjoint(sound(word_spoken))
    spelt = _spelt(typed, word)
    if spelt is not None and (spelt[0] is Nearness.ONE_LETTER or not sounds_alike):
        return spelt
    if not sounds_alike:
        return None
    differing = OSA.distance(typed, word)
    return (Nearness.SOUNDS, differing) if _may_sound(typed, word, differing) else None


def _may_sound(typed: str, word: str, differing: int) -> bool:
    """Tell whether words of one key have letters in common: Yusuf and Joseph have one in six."""
    longer = max(len(typed), len(word))
    return longer < ONE_FROM or differing <= FARTHEST * longer


def _spelt(typed: str, word: str) -> tuple[Nearness, int] | None:
    """Return how near two words are in writing: a word half typed is held to its beginning."""
    allowed = tolerance(len(typed))
    differing = OSA.distance(typed, word, score_cutoff=allowed)
    if differing == 1 <= allowed:
        return Nearness.ONE_LETTER, 1
    if len(typed) > ONE_FROM and OSA.distance(typed, word[: len(typed)], score_cutoff=1) <= 1:
        return Nearness.ONE_LETTER, 1 + len(word) - len(typed)
    return (Nearness.TWO_LETTERS, differing) if differing <= allowed else None


def parts(words: Sequence[str]) -> list[Part]:
    """Return the parts of a name that these words may be, those that can be missed at the end."""
    return sorted(_parts(words), key=lambda part: part.optional)


def _parts(words: Sequence[str]) -> Iterator[Part]:
    before: list[str] = []
    for word in words:
        if sounds.is_particle(word):
            before.append(word)
            continue
        yield from (Part(plain(one), "", one, optional=True) for one in before if _stands(one))
        joined = "".join(map(plain, (*before, word))) if before else ""
        yield Part(plain(word), joined, " ".join((*before, word)))
        before = []
    if before:
        yield Part(plain(before[-1]), "".join(map(plain, before)), " ".join(before))


def _stands(word: str) -> bool:
    return sounds.is_name_too(word)


def tokens(line: str, no: int) -> Iterator[Token]:
    """Yield the words of one line of names, each also with the particles before it."""
    before: list[re.Match[str]] = []
    for match in WORD.finditer(line):
        word = match[0].lower()
        yield Token(plain(word), word, no, match.span())
        if before and not sounds.is_particle(word):
            run = [*(one[0].lower() for one in before), word]
            span = before[0].start(), match.end()
            yield Token("".join(map(plain, run)), " ".join(run), no, span)
        before = [*before, match] if sounds.is_particle(word) else []
