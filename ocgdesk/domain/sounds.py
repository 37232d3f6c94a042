"""Names by how they sound: keys that spellings of one name share, in any script and order.

One name has many spellings in police records: Mohammed and Muhammad, Kowalski and Kovalsky,
Gruffydd and Griffith, Hoxha and Hodža. A key keeps the consonants by class (b with p, d with t,
f with v, and so on) and drops the vowels but for a first one. Where a letter sounds differently
in different traditions (j in Joseph and Jusuf), there is a key for each. After the ideas of
Philips's Double Metaphone and of Beider and Morse; what two names share is a reason to look, never
a statement that they are one.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Final

from anyascii import anyascii

_MOST_KEYS = 12
"""Keys of one part of a name; a part with more ambiguous letters than that is cut off there."""

_RULES: Final = (
    (r"^(?:kn|gn|ng)", "N"),
    (r"^wr", "R"),
    (r"^ps", "S"),
    (r"^pf", "F"),
    (r"^ll", "L FL"),  # Lloyd, Floyd
    (r"^s(?=[ei])", "S X"),  # Sean, Sioned
    (r"^(?:wh?|ou(?=[aei]))", "F"),  # Walid, Oualid
    (r"^hs", "X HS"),  # Hsu; Hasan where vowels are not written
    (r"^kh", "K H"),
    (r"^gh", "K"),
    (r"^h", "H"),
    (r"^j", "X A"),  # Joseph; Jusuf
    (r"^x(?!h)", "S X"),  # Xavier; Xu
    (r"^[aeiouy]+", "A"),
    (r"[aeiouy]+|h", "-"),
    (r"tsch|tch|tsh|dzh|sh|zh|xh|dj", "X"),
    (r"sch(?=[mnlwr])", "X S"),  # Schmidt, Smith
    (r"sch", "X SK"),
    (r"cz", "X"),
    (r"sz", "X S"),  # Polish; Hungarian
    (r"cs", "X KS"),
    (r"dz|d2", "X S"),
    (r"rz", "RS X"),
    (r"gj", "X K"),
    (r"ch", "X K"),
    (r"kh|ck|qu", "K"),
    (r"ksh", "KX KS"),  # Lakshmi, Laxmi
    (r"gh(?=t)", "-"),
    (r"gh", "- K"),
    (r"c(?=[eiy])", "S X"),
    (r"c$", "K X"),  # Isaac; Petrovic
    (r"ph", "F"),
    (r"th|dt", "T"),
    (r"t[sz]", "S TS"),
    (r"q", "K X"),  # Qasim; Qing
    (r"g(?=[eiy])", "K X"),
    (r"j", "X -"),
    (r"x", "KS"),
    (r"w", "F -"),  # Kowalski; Lewis
    (r"1", "X K"),
    (r"2", "X S"),
    (r"3", "X T"),
    (r"4", "- K"),
    (r"5", "S T"),
    (r"6", "S X K"),
    (r"[bp]", "P"),
    (r"[vf]", "F"),
    (r"[dt]", "T"),
    (r"[ckg]", "K"),
    (r"[sz]", "S"),
    (r"l", "L"),
    (r"m[pb](?=[st])", "M"),  # Thompson
    (r"m(?=[gk])", "M N"),
    (r"m", "M"),
    (r"n", "N"),
    (r"r", "R"),
)
"""What letters sound like, first fit first: a class of consonants, or several; ``-`` is none.

The digits stand for letters that lose their sound with their mark (see ``_MARKED``).
"""

_APOSTROPHES: Final = "'’‘ʼ`´"
_MARKED: Final = str.maketrans(
    {
        **dict.fromkeys("čć", "1"),
        **dict.fromkeys("šşśșžżź", "2"),
        "đ": "3",
        "ç": "6",
        "ğ": "4",
        **dict.fromkeys("țţ", "5"),
        **dict.fromkeys("عأإآٱا", "a"),
        **dict.fromkeys(_APOSTROPHES, "'"),
    }
)
_SOUNDS = re.compile("|".join(f"(?P<r{n}>{pattern})" for n, (pattern, _) in enumerate(_RULES)))
_CLASSES = {f"r{n}": tuple(classes.split()) for n, (_, classes) in enumerate(_RULES)}

_PARTICLES: Final = frozenset(
    re.findall(
        r"\w+",
        "ab ap ferch verch o mac mc mag ni nic ui abd abdal abdel abdul abdur al as ash ar ad an"
        " el ul ur us bin ben ibn bint bte binti d da de del della den der di do dos du la le lo"
        " san st ter van vander vom von y zu",
    )
)
"""Words that go with the name after them: left out by themselves, and tried joined to it."""
"""Words that go with the name after them: left out by themselves, and tried joined to it."""

_NAMES_TOO: Final = frozenset(
    ("al", "an", "ben", "da", "do", "le", "lo", "mac", "ni", "san", "van")
)
"""Particles that are also names of their own: Ben, Van, Le."""

_SHORT: Final = {
    **dict.fromkeys(("md", "mohd", "mhd", "muhd", "moh"), "mohammed"),
    "abdl": "abdul",
}
_VOWELS: Final = {**dict.fromkeys("eiy", "I"), **dict.fromkeys("ou", "U"), "a": "A"}


def keys(name: str) -> frozenset[str]:
    """Return the keys of all parts of a name, without regard to their order.

    Two spellings of one part share at least one key. Empty for a name without letters.
    """
    also = (_sounded(word) for word in _split(name) if word in _NAMES_TOO)
    return frozenset().union(*parts(name), *also)


def parts(name: str) -> tuple[frozenset[str], ...]:
    """Return the keys of each part of a name; particles such as ap, bin or van are in none."""
    return tuple(found for words in _words(name) if (found := _keys_of(words)))


def alike(one: str, other: str) -> bool:
    """Tell whether every part of the shorter name sounds like a part of the longer one."""
    shorter, longer = sorted((parts(one), parts(other)), key=len)
    left = list(longer)
    for part in shorter:
        fit = next((found for found in left if found & part), None)
        if fit is None:
            return False
        left.remove(fit)
    return bool(shorter)


def is_particle(word: str) -> bool:
    """Tell whether a word in small letters goes with the name after it: ap, bin, van."""
    return word in _PARTICLES


def is_name_too(word: str) -> bool:
    """Tell whether a particle is also a name of its own: Ben, Van, Le."""
    return word in _NAMES_TOO


def _words(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways to write each part: by itself, and joined to the particles before it."""
    before: list[str] = []
    for word in _split(name):
        if word in _PARTICLES:
            before.append(word)
            continue
        joined = ("".join(before) + word, before[-1] + word) if before else ()
        yield (word, *joined, *_without_prefix(word))
        before = []
    if before:  # a name may be one of them: Van, Le, Do
        yield (before[-1],)


def _split(name: str) -> Iterator[str]:
    # Turkish capital I with a dot becomes two characters in lower case.
    text = unicodedata.normalize("NFC", name.replace("\u0130", "i")).lower()
    letters = (c if c in _APOSTROPHES or unicodedata.category(c)[0] in "LM" else " " for c in text)
    for token in "".join(letters).translate(_MARKED).split():
        for piece in _elided(token):
            for word in _latin(piece):
                yield _SHORT.get(word, word)


def _elided(token: str) -> tuple[str, ...]:
    """Return O'Brien as two words, and Sa'id as one."""
    head, mark, tail = token.partition("'")
    if mark and head in _PARTICLES:
        return head, tail.replace("'", "")
    return (token.replace("'", ""),)


def _latin(token: str) -> list[str]:
    """Return a word in plain letters; Chinese comes as a syllable a character, and joined."""
    written = token if token.isascii() else anyascii(token)
    syllables = re.findall(r"[A-Z][a-z]+", written)
    if len(syllables) > 1 and "".join(syllables) == written:
        return [one.lower() for one in (*syllables, "".join(syllables[1:]))]
    return list(filter(None, [_plain(written)]))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z1-6]", "", text.lower())


def _without_prefix(word: str) -> Iterator[str]:
    """Yield a word as if what is often written apart were: Abdulrahman, Alhassan, McKenzie."""
    if match := re.match(r"abd[aeu][lrsdnt]?(?=[a-z]{4})", word):
        yield word[match.end() :]
    if re.match(r"[ae]l(?=[^aeiouyl][a-z]{4})", word):
        yield word[2:]
    if match := re.match(r"ma?c(?=[a-z]{4})", word):
        yield "mak" + word[match.end() :]


def _keys_of(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(_sounded(word) for word in words))


@lru_cache(maxsize=50_000)
def _sounded(word: str) -> frozenset[str]:
    classes = [_CLASSES[match.lastgroup or ""] for match in _SOUNDS.finditer(word)]
    every = ("".join(one) for one in islice(product(*classes), _MOST_KEYS))
    return frozenset(filter(None, (_closed(word, one) for one in every)))


def _closed(word: str, sounds: str) -> str:
    """Return the key: doubled sounds once; one consonant alone takes its vowel with it."""
    key = re.sub(r"(.)\1+", r"\1", sounds).replace("-", "")
    if len(key) > 1:
        return key
    vowel = next((_VOWELS[letter] for letter in word if letter in _VOWELS), "")
    return key + vowel
