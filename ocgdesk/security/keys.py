"""The data key of a workspace, and the words that are the same key on paper."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Self

from ocgdesk.errors import NotUnlocked
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from mnemonic import Mnemonic

KEY_BYTES = 32
WORD_COUNT = 24
_TELLING_LETTERS = 4  # BIP-39: the first four letters of a word decide which word it is


@dataclass(frozen=True, slots=True)
class DataKey:
    """The random key a workspace is encrypted with. It never shows itself in a repr."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")

    @classmethod
    def new(cls) -> Self:
        """Return a fresh key from the random source of the operating system."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def hex(self) -> str:
        """Return 64 hexadecimal digits, as SQLCipher's raw form ``x'…'`` takes them."""
        return self.raw.hex()


def words(key: DataKey) -> tuple[str, ...]:
    """Return the key as 24 English words, the last of them with a checksum (BIP-39)."""
    return tuple(_language().to_mnemonic(key.raw).split())


def from_words(given: str | Iterable[str]) -> DataKey:
    """Return the key these recovery words hold.

    Capitals and extra spaces do not matter, and four letters of each word are enough.
    Raises NotUnlocked, naming words by their place only: what was typed may end in a log.
    """
    text = given if isinstance(given, str) else " ".join(given)
    typed = text.casefold().split()
    if len(typed) != WORD_COUNT:
        raise NotUnlocked(
            _("There are 24 recovery words; {count} were given.").format(count=len(typed))
        )
    known = [_known(word, place) for place, word in enumerate(typed, start=1)]
    try:
        return DataKey(bytes(_language().to_entropy(known)))
    except ValueError:
        raise NotUnlocked(
            _("These recovery words do not belong together; check each word and their order.")
        ) from None


def _known(word: str, place: int) -> str:
    if word in _language().wordlist:
        return word
    if len(word) >= _TELLING_LETTERS:
        for known in _language().wordlist:
            if known.startswith(word):
                return known
    raise NotUnlocked(
        _("Word {place} is not a recovery word; check its spelling.").format(place=place)
    )


@cache
def _language() -> "Mnemonic":
    from mnemonic import Mnemonic  # not before it is needed: the unlock page opens without

    return Mnemonic("english")
