"""Which pairs are looked at: records that share something, never all with all.

Each record gets a handful of keys from what it holds, in any order and by sound. Records that
share a key are compared, unless so many share it that it tells nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import Final

from ocgdesk.matching import names
from ocgdesk.matching.values import Person

MOST_SHARING: Final = 120
"""A key that more records share is left out: what it would find, narrower keys find as well."""
PAIRS_A_RECORD: Final = 50
"""So many pairs are looked at for each record, the narrowest keys first."""
PAIRS_ANYWAY: Final = 500_000
_DAY: Final = 8
_WORDS: Final = 4
"""So many words of a name are sought by; the fifth and further ones tell no more."""


def keys(person: Person) -> frozenset[str]:
    """Return the keys under which a person is sought."""
    return frozenset((*_numbered(person), *_dated(person), *_named(person), *_placed(person)))


def any_shared(people: Iterable[Person], among: Collection[int]) -> bool:
    """Tell whether one of these keys of people shares anything to be sought by with another."""
    holders: dict[str, list[int]] = defaultdict(list)
    for person in people:
        for key in keys(person):
            holders[key].append(person.key)
    return any(len(held) > 1 and any(no in among for no in held) for held in holders.values())


def _numbered(person: Person) -> Iterator[str]:
    for number in person.numbers:
        scheme, _, value = number.partition(":")
        yield f"n{number}"
        half = len(value) // 2
        if half >= 3:  # one character wrong leaves one half whole
            yield f"h{scheme}{value[:half]}"
            yield f"t{scheme}{value[half:]}"
    for phone in person.phones:
        yield f"p{phone}"


def _dated(person: Person) -> Iterator[str]:
    born = person.born
    if len(born) < 4:
        return
    sounds = _sounds(person.name)
    for sound in sounds:
        yield f"y{born[:4]}{sound}"
    if len(born) < _DAY:
        return
    year, month, day = born[:4], born[4:6], born[6:]
    yield f"d{born}"
    yield f"s{year[:3]}{''.join(sorted(year[3] + month + day))}"  # transposed digits
    for sound in sounds:
        yield f"m{month}{day}{sound}"
        yield f"m{day}{month}{sound}"
        yield f"e{year[2:]}{day}{sound}"


def _named(person: Person) -> Iterator[str]:
    for name in (person.name, *person.aliases):
        words = names.words(name)[:_WORDS]
        yield f"w{' '.join(sorted(words))}"
        for one, other in combinations(words, 2):
            for pair in _pairs(names.heard(one), names.heard(other)):
                yield f"v{pair}"
                if person.born:
                    yield f"k{person.born[:3]}{pair}"


def _pairs(one: tuple[str, ...], other: tuple[str, ...]) -> Iterator[str]:
    for a in one:
        for b in other:
            yield f"{min(a, b)}+{max(a, b)}"


def _sounds(name: str) -> set[str]:
    return {sound for word in names.words(name)[:_WORDS] for sound in names.heard(word)}


def _placed(person: Person) -> Iterator[str]:
    sounds = _sounds(person.name)
    begun = {word[:3] for word in names.words(person.name)[:_WORDS]}
    for street in person.streets:
        yield f"a{street}"
        number = "".join(c for c in street if c.isdigit())
        letters = "".join(c for c in street if c.isalpha())
        for postcode in person.postcodes or ("",):
            yield f"b{number}{letters[:3]}{postcode}"
            yield f"f{letters[:5]}{postcode[:2]}"
        for word in begun:
            yield f"g{number}{word}{letters[:3]}"
            yield f"g{letters[:6]}{word}"
    for place in (*person.postcodes, *person.areas):
        for sound in (*sounds, *begun):
            yield f"c{place}{sound}"
