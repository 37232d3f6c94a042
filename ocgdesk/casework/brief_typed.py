"""Text somebody typed into a product: read for its audience as every other text is.

What is surely a name, a number or a reference is replaced; what may be one holds the product back
until somebody settles it: replaced too, or kept as typed with a reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ocgdesk.casework import brief_doubts, brief_redacting
from ocgdesk.casework.brief_forms import Find
from ocgdesk.casework.brief_naming import Naming
from ocgdesk.casework.names_within import visible
from ocgdesk.errors import Refused
from ocgdesk.i18n import _


@dataclass(frozen=True, slots=True)
class Place:
    """Words in a typed text that this audience may not, or perhaps may not, read."""

    section: str
    words: str
    what: str
    proposal: str
    """What stands, or could stand, in their place."""
    is_sure: bool
    is_settled: bool = True
    reason: str = ""
    """Why they are kept as typed; empty: they are replaced, or not settled yet."""

    @property
    def is_open(self) -> bool:
        """Whether somebody has to settle it before the product leaves."""
        return not self.is_settled

    @property
    def is_kept(self) -> bool:
        """Whether it goes out as typed."""
        return bool(self.reason)


def read(
    made: Naming, section: str, text: str, settled: Mapping[str, str]
) -> tuple[str, tuple[Place, ...]]:
    """Return a typed text as this audience may read it, and each place that was looked at.

    :param settled: Words that were settled: why they are kept, or nothing where they go.
    """
    text = visible(text)
    known = {_key(words): reason.strip() for words, reason in settled.items()}
    sure = made.finds(text)
    maybe = [one for one in _maybe(made, text) if not _meets(one, sure)]
    finds, places = list[Find](), list[Place]()
    for one in sorted([*sure, *brief_redacting.settled(maybe)]):
        words, is_sure = text[one.start : one.end], one in sure
        place = Place(section, words, one.what, one.instead, is_sure)
        reason = known.get(_key(words))
        if reason is None and not is_sure:
            places.append(replace(place, is_settled=False))
            continue
        places.append(replace(place, reason=reason or ""))
        if not reason:
            finds.append(one)
    return brief_redacting.put(text, finds), tuple(places)


def _maybe(made: Naming, text: str) -> Iterator[Find]:
    """Yield what may name somebody: a part of a name, a nickname, what is rare together."""
    if made.audience.names:
        return
    parts = brief_doubts.name_parts(made)
    for start, end, called in brief_doubts.parts_in(text, parts):
        yield Find(start, end, _("part of a name"), called)
    yield from made.alone_in(text)


def _meets(one: Find, others: list[Find]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _key(words: str) -> str:
    return " ".join(words.casefold().split())


def check_settled(settled: Mapping[str, str], places: tuple[Place, ...]) -> None:
    """Refuse words that were settled and stand in no typed text: they were misspelt."""
    there = {_key(one.words) for one in places}
    strange = [words for words in settled if _key(words) not in there]
    if strange:
        known = ", ".join(dict.fromkeys(one.words for one in places)) or _("none")
        told = _("No typed text needs “{words}” settled; to be settled are: {known}")
        raise Refused(told.format(words=strange[0][:40], known=known[:300]))
