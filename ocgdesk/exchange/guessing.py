"""What the rows of a table make where its headers name several kinds of record at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from ocgdesk.domain.fields import MANY
from ocgdesk.domain.kinds import Kind
from ocgdesk.exchange.mapping import (
    IMPORTABLE,
    Target,
    Use,
    headers,
    label_field,
    squashed,
    targets,
)
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.specifications import (
    MARKING,
    EntityPart,
    FieldFrom,
    LinkPart,
    Specification,
    fields_by_name,
)

_SAMPLE: Final = 200
_COMMA: Final = re.compile(r"[^,\d]+,[^,\d]+")
K = Kind
_USUAL: Final[Mapping[tuple[Kind, Kind], str]] = {
    (K.NOMINAL, K.PHONE): "uses",
    (K.NOMINAL, K.VEHICLE): "uses",
    (K.NOMINAL, K.ACCOUNT): "uses",
    (K.NOMINAL, K.LOCATION): "resides",
    (K.NOMINAL, K.ORGANISATION): "works-for",
    (K.NOMINAL, K.COUNTY_LINE): "deals-for",
    (K.NOMINAL, K.COMMODITY): "deals-in",
    (K.OCG, K.COUNTY_LINE): "controls",
    (K.OCG, K.ORGANISATION): "controls",
    (K.OCG, K.LOCATION): "located-at",
    (K.OCG, K.PHONE): "uses",
    (K.OCG, K.VEHICLE): "uses",
    (K.OCG, K.ACCOUNT): "uses",
    (K.OCG, K.COMMODITY): "deals-in",
    (K.OCG, K.HANDLE): "uses",
    (K.COUNTY_LINE, K.PHONE): "uses",
    (K.COUNTY_LINE, K.LOCATION): "runs-to",
    (K.COUNTY_LINE, K.COMMODITY): "deals-in",
    (K.HANDLE, K.PHONE): "uses",
    (K.ORGANISATION, K.LOCATION): "located-at",
    (K.ORGANISATION, K.ACCOUNT): "owns",
    (K.ORGANISATION, K.VEHICLE): "owns",
    (K.VEHICLE, K.LOCATION): "located-at",
    (K.OPERATION, K.NOMINAL): "investigates",
    (K.OPERATION, K.OCG): "investigates",
    (K.OPERATION, K.COUNTY_LINE): "investigates",
    (K.OPERATION, K.HANDLE): "investigates",
}
"""The link that two records of one row usually have, by source and target."""
_SPECIAL: Final = {
    (K.NOMINAL, K.OCG): Kind.MEMBERSHIP,
    (K.HANDLE, K.NOMINAL): Kind.ATTRIBUTION,
}
_HUBS: Final = (
    *(K.NOMINAL, K.OCG, K.COUNTY_LINE, K.HANDLE, K.ORGANISATION, K.OPERATION, K.VEHICLE),
)
"""What the other records of a row hang on, the likeliest first."""


@dataclass(slots=True)
class _Guess:
    """The parts of a specification as they are guessed, by kind."""

    fields: dict[Kind, list[FieldFrom]] = field(default_factory=dict)
    ties: dict[Kind, list[FieldFrom]] = field(default_factory=dict)
    taken: set[tuple[Kind, str]] = field(default_factory=set)

    def take(self, kind: Kind, header: str, target: Target) -> bool:
        """Let a column fill a field of a kind; False where another does already."""
        if target.use is Use.MARKING:
            self.fields[kind].append(FieldFrom(field=MARKING, column=header))
            return True
        if target.use not in {Use.FIELD, Use.PART}:
            return False
        many = fields_by_name(kind)[target.field].type in MANY or target.use is Use.PART
        if (kind, target.field) in self.taken and not many:
            return False
        self.taken.add((kind, target.field))
        self.fields[kind].append(_from(header, target))
        return True


def _from(header: str, target: Target) -> FieldFrom:
    return FieldFrom(field=target.field, column=header, scheme=target.scheme)


def guessed(table: RawTable, name: str) -> Specification | None:
    """Return what the rows of a table make, where the headers name two kinds or more."""
    chiefs = _chiefs(table)
    if len(chiefs) < 2:
        return None
    guess = _Guess({kind: [] for kind in chiefs})
    near: Kind = next(iter(chiefs))
    for index, header in enumerate(table.header):
        near = next((kind for kind, places in chiefs.items() if index in places), near)
        _place(guess, header, near, chiefs, index)
    parts = tuple(
        EntityPart(name=kind.value, kind=kind, fields=_turned(table, kind, _in_order(kind, taken)))
        for kind, taken in guess.fields.items()
    )
    links = tuple(_links(tuple(chiefs), guess))
    return Specification(name=name, parts=parts, links=links) if links else None


def _in_order(kind: Kind, taken: list[FieldFrom]) -> tuple[FieldFrom, ...]:
    """Return fields with the parts of a name as it is said: forename, middle name, surname."""
    known, label = targets(kind), label_field(kind).name
    name = [one for one in taken if one.field == label]
    name.sort(key=lambda one: known[squashed(one.column)].order if _known(known, one) else 0)
    return (*name, *(one for one in taken if one.field != label))


def _turned(table: RawTable, kind: Kind, taken: tuple[FieldFrom, ...]) -> tuple[FieldFrom, ...]:
    """Turn names round where the column has surname first, with a comma."""
    if kind is not Kind.NOMINAL or sum(one.field == "name" for one in taken) != 1:
        return taken
    return tuple(
        replace(one, ways=("surname-first",))
        if one.field == "name" and has_surname_first(table, one.column)
        else one
        for one in taken
    )


def has_surname_first(table: RawTable, header: str) -> bool:
    """Tell whether the names in a column are mostly written ``SURNAME, Forename``."""
    index = table.header.index(header)
    names = [name for row in table.rows[:_SAMPLE] if (name := row[index].strip())]
    return sum(bool(_COMMA.fullmatch(name)) for name in names) * 2 > len(names)


def _known(known: Mapping[str, Target], one: FieldFrom) -> bool:
    return squashed(one.column) in known


def _chiefs(table: RawTable) -> dict[Kind, tuple[int, ...]]:
    """Return the kinds that have a column for what they are called, in the order of columns."""
    words = [squashed(header) for header in table.header]
    found = {
        kind: tuple(i for i, word in enumerate(words) if word in chief_words(kind))
        for kind in IMPORTABLE
    }
    if not found[Kind.NOMINAL] and _tells_people(words):
        found[Kind.NOMINAL] = (words.index("name"),)
    there = [(places[0], kind) for kind, places in found.items() if places]
    return {kind: found[kind] for _first, kind in sorted(there)}


def _tells_people(words: list[str]) -> bool:
    return "name" in words and bool({"dob", "dateofbirth", "pncid", "pnc"} & set(words))


@cache
def chief_words(kind: Kind) -> frozenset[str]:
    """Return the headers that name a record of this kind and of no other."""
    table, label = headers()[kind.value], label_field(kind)
    named = {word for words in table.get("parts", {}).values() for word in words}
    named |= {*table.get("fields", {}).get(label.name, ()), squashed(label.name)}
    return frozenset(named & {*table["tells"], squashed(kind.value)})


def _place(
    guess: _Guess,
    header: str,
    near: Kind,
    chiefs: Mapping[Kind, tuple[int, ...]],
    index: int,
) -> None:
    """Give a column to a record of the row or to a link; one nobody knows is left out."""
    word = squashed(header)
    for kind, places in chiefs.items():
        if index in places:
            target = targets(kind).get(word)
            guess.take(kind, header, target or Target(Use.FIELD, label_field(kind).name))
            return
    if _of_link(guess, header, word, chiefs):
        return
    for kind, target in _claims(word, near, tuple(chiefs)):
        if guess.take(kind, header, target):
            return


def _claims(word: str, near: Kind, kinds: tuple[Kind, ...]) -> Iterator[tuple[Kind, Target]]:
    """Yield who may own a column: named in its header, then near, then any that knows it."""
    for kind in kinds:
        for prefix in headers()[kind.value]["names"]:
            rest = targets(kind).get(word.removeprefix(prefix))
            if word.startswith(prefix) and rest is not None:
                yield kind, rest
    if target := targets(near).get(word):
        yield near, target
    yield from ((kind, targets(kind)[word]) for kind in kinds if word in targets(kind))


def _of_link(guess: _Guess, header: str, word: str, kinds: Mapping[Kind, tuple[int, ...]]) -> bool:
    """Take a column that speaks of the link: a role in an OCG, how sure an attribution is."""
    for link, pair in ((v, k) for k, v in _SPECIAL.items()):
        if not all(kind in kinds for kind in pair):
            continue
        name = _tie_words(link).get(word)
        taken = guess.ties.setdefault(link, [])
        if name and all(one.field != name for one in taken):
            taken.append(FieldFrom(field=name, column=header))
            return True
    return False


@cache
def _tie_words(link: Kind) -> Mapping[str, str]:
    table = headers().get(link.value, {}).get("fields", {})
    return {word: field for field, words in table.items() for word in words}


def usual_link(source: Kind, target: Kind) -> tuple[Kind, str] | None:
    """Return the kind and type of link two records of one row usually have; None for none."""
    if special := _SPECIAL.get((source, target)):
        return special, ""
    type_ = _USUAL.get((source, target))
    return (Kind.LINK, type_) if type_ else None


def _links(kinds: tuple[Kind, ...], guess: _Guess) -> Iterator[LinkPart]:
    """Yield the links of a row: each record hangs on the likeliest other of its row."""
    joined: set[frozenset[Kind]] = set()
    for kind in kinds:
        found = next(_joining(kind, kinds), None)
        if found is None or frozenset(found) in joined:
            continue
        joined.add(frozenset(found))
        special = _SPECIAL.get(found)
        yield LinkPart(
            source=found[0].value,
            target=found[1].value,
            kind=special or Kind.LINK,
            type="" if special else _USUAL[found],
            fields=tuple(guess.ties.get(special, ())) if special else (),
        )


def _joining(kind: Kind, kinds: tuple[Kind, ...]) -> Iterator[tuple[Kind, Kind]]:
    for hub in _HUBS:
        if hub is kind or hub not in kinds:
            continue
        for pair in ((hub, kind), (kind, hub)):
            if pair in _SPECIAL or pair in _USUAL:
                yield pair
