"""How hard a passphrase is to guess, in one number and one sentence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from unicodedata import normalize

from ocgdesk.i18n import N_, _

LEAST_CHARACTERS: Final = 12
LEAST_SCORE: Final = 3
_JUDGED_CHARACTERS = 72  # zxcvbn refuses more; its time grows faster than the length
_MOST_KNOWN_WORDS = 100
_LEAST_LETTERS = 3

_SHORT = N_("Use at least 12 characters; four uncommon words are easy to remember.")
_PLAIN = N_("Add another word or two; uncommon words are best.")
_HINTS: Final[Mapping[str, str]] = {
    "known": N_("Leave out names of people and of the workspace; they are guessed first."),
    "dictionary": N_("Common words and passwords are guessed first; add a few uncommon words."),
    "spatial": N_("Neighbouring keys are easy to guess; use a few uncommon words instead."),
    "repeat": N_("Repeating the same characters adds nothing; use a few uncommon words instead."),
    "sequence": N_("Runs such as abc or 6543 are easy to guess; use a few uncommon words instead."),
    "date": N_("Dates and years are easy to guess; use a few uncommon words instead."),
    "regex": N_("Dates and years are easy to guess; use a few uncommon words instead."),
}
_GOOD = N_("This is good enough; another word would make it stronger.")
_STRONG = N_("This is strong.")


@dataclass(frozen=True, slots=True)
class Strength:
    """A judgement: score from 0 (guessed at once) to 4 (strong), and what to do about it."""

    score: int
    hint: str
    good_enough: bool


def strength(passphrase: str, *, known_words: Iterable[str] = ()) -> Strength:
    """Judge a passphrase; words an attacker knows (user, workspace, force) count for little.

    Only the first 72 characters are judged. Good enough is 12 characters and a score of 3.
    """
    text = normalize("NFC", passphrase)
    score, pattern = _judged(text, known_words)
    long_enough = len(text) >= LEAST_CHARACTERS
    hint = _hint(score, pattern, long_enough=long_enough)
    return Strength(score, hint, long_enough and score >= LEAST_SCORE)


def _judged(text: str, known_words: Iterable[str]) -> tuple[int, str]:
    if not text:
        return 0, ""  # zxcvbn fails on nothing
    from zxcvbn import zxcvbn  # not before it is needed: a tenth of a second

    known = list(_split(known_words))[:_MOST_KNOWN_WORDS]
    result = zxcvbn(text[:_JUDGED_CHARACTERS], user_inputs=known)
    return int(result["score"]), _weakest(result["sequence"])


def _split(known_words: Iterable[str]) -> Iterator[str]:
    for text in known_words:
        for word in {text, *text.split()}:
            if len(word) >= _LEAST_LETTERS:
                yield word[:_JUDGED_CHARACTERS]


def _weakest(sequence: Sequence[Mapping[str, Any]]) -> str:
    """Return what to complain of: a known word, else the pattern of the longest part."""
    if any(match.get("dictionary_name") == "user_inputs" for match in sequence):
        return "known"
    return str(max(sequence, key=lambda match: len(match["token"]))["pattern"])


def _hint(score: int, pattern: str, *, long_enough: bool) -> str:
    if not long_enough:
        return _(_SHORT)
    if score < LEAST_SCORE:
        return _(_HINTS.get(pattern, _PLAIN))
    return _(_GOOD) if score == LEAST_SCORE else _(_STRONG)
