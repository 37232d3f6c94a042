"""Records that may be one: what is compared, the queue that comes of it, and its words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import present
from ocgdesk.domain import identifiers
from ocgdesk.domain.entities import Location, Nominal
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.pairings import COMPARED, PROPOSED
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.matching import blocking, items, people
from ocgdesk.matching.values import Candidate, Evidence, Item, Person, Sign
from ocgdesk.matching.words import worded
from ocgdesk.progress import Progress, silent
from ocgdesk.store import matching as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs

MOST_SHOWN: Final = 500
_TELL_NOTHING: Final = frozenset({"other", "ip", "import"})
_CHECKED: Final = {Kind.PHONE: "phone", Kind.VEHICLE: "vrm"}
_CONTEXT: Final = {Kind.HANDLE: "platform", Kind.LOCATION: "town", Kind.VEHICLE: "make"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What of one kind is compared; it can go to another process."""

    kind: Kind
    people: tuple[Person, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records that may be one, with the evidence and what was decided so far."""

    one: Brief
    other: Brief
    probability: float
    evidence: tuple[Evidence, ...]
    verdict: str = ""
    """Empty, ``maybe`` or ``proposed``."""

    @property
    def reasons_for(self) -> tuple[str, ...]:
        """What speaks for the two being one, the strongest first."""
        return tuple(worded(item) for item in self.evidence if item.sign is Sign.FOR)

    @property
    def reasons_against(self) -> tuple[str, ...]:
        """What speaks against it."""
        return tuple(worded(item) for item in self.evidence if item.sign is Sign.AGAINST)


# ---- What is compared --------------------------------------------------------------------------


def gather(reader: Reader, kind: Kind) -> Material:
    """Read what the records of a kind are compared by; Refused for kinds that are not."""
    if kind not in COMPARED:
        raise Refused(_("Duplicates are not looked for among this kind of record"))
    rows = queries.rows(reader, kind)
    aliases = queries.aliases(reader, kind)
    numbers = {no: _numbers(pairs) for no, pairs in queries.numbers(reader, kind).items()}
    if kind is Kind.NOMINAL:
        return Material(kind=kind, people=_people(reader, rows, aliases, numbers))
    found = (_item(kind, row, aliases.get(row["no"], []), numbers) for row in rows)
    return Material(kind=kind, items=tuple(found))


def _people(
    reader: Reader,
    rows: Iterable[Mapping[str, Any]],
    aliases: Mapping[int, list[str]],
    numbers: Mapping[int, tuple[str, ...]],
) -> tuple[Person, ...]:
    carried = queries.carried(reader, Kind.NOMINAL)
    places = queries.places(reader, Kind.NOMINAL)
    return tuple(
        Person(
            key=row["no"],
            name=row["label"],
            aliases=tuple(aliases.get(row["no"], ())),
            born=_digits(row["born"]),
            gender=row["gender"] or "",
            numbers=numbers.get(row["no"], ()),
            phones=tuple(map(items.packed, carried.get(row["no"], ()))),
            **_addresses(places.get(row["no"], ())),
        )
        for row in rows
    )


def _addresses(places: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    known = list(places)
    return {
        "streets": tuple(" ".join(items.address(place["label"])) for place in known),
        "areas": tuple(place["town"].casefold() for place in known if place["town"]),
        "postcodes": tuple(items.packed(p["postcode"]) for p in known if p["postcode"]),
    }


def _digits(stored: str | None) -> str:
    """Return a birth as the comparison has it: only figures, and only if it is exact."""
    text = (stored or "").replace("-", "")
    return text if text.isdigit() else ""


def _numbers(pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    told = [(scheme, value) for scheme, value in pairs if scheme not in _TELL_NOTHING]
    return tuple(f"{scheme}:{identifiers.normal(scheme, value)}" for scheme, value in told)


def _item(
    kind: Kind,
    row: Mapping[str, Any],
    aliases: Iterable[str],
    numbers: Mapping[int, tuple[str, ...]],
) -> Item:
    text = row["label"]
    checked = _CHECKED.get(kind)
    return Item(
        key=row["no"],
        kind=kind.value,
        text=identifiers.normal(checked, text) if checked else text,
        aliases=tuple(aliases),
        numbers=numbers.get(row["no"], ()),
        context=(row[_CONTEXT[kind]] or "") if kind in _CONTEXT else "",
        postcode=items.packed(row["postcode"] or "") if kind is Kind.LOCATION else "",
    )


# ---- Looking -----------------------------------------------------------------------------------


def compare(
    material: Material, progress: Progress = silent, *, among: Collection[int] | None = None
) -> list[Candidate]:
    """Return the pairs of what was gathered that may be one; runs in a process of its own.

    With ``among``, only pairs with at least one of these keys.
    """
    if material.kind is Kind.NOMINAL:
        return people.candidates(material.people, among=among, progress=progress)
    return items.candidates(material.items, among=among, progress=progress)


def may_be_any(material: Material, among: Collection[int]) -> bool:
    """Tell whether it is worth comparing: whether one of these keys shares anything with another.

    Quick only for few records.
    """
    if material.kind is Kind.NOMINAL:
        return blocking.any_shared(material.people, among)
    return items.any_shared(material.items, among)


def queue(
    reader: Reader, kind: Kind, found: Sequence[Candidate], *, most: int | None = MOST_SHOWN
) -> list[Pair]:
    """Return the pairs for somebody to decide on: those refused for good are left out."""
    settled = queries.settled(reader, kind)
    never = {pair for pair, verdict in settled.items() if verdict not in {PROPOSED, "maybe"}}
    left = [one for one in found if frozenset((one.one, one.other)) not in never][:most]
    known = {item.no: item for item in briefs(reader, _ends(left))}
    reader.saw("Look for duplicates", list(known), kind=kind.value, pairs=len(left))
    return [
        Pair(
            one=known[one.one],
            other=known[one.other],
            probability=one.probability,
            evidence=one.evidence,
            verdict=settled.get(frozenset((one.one, one.other)), ""),
        )
        for one in left
        if one.one in known and one.other in known
    ]


def _ends(found: Iterable[Candidate]) -> list[int]:
    return list(dict.fromkeys(no for one in found for no in (one.one, one.other)))


# ---- What is not on the register yet -----------------------------------------------------------


def with_new(
    register: Material,
    first: int,
    things: Sequence[Entity],
    beside: Mapping[UUID, Sequence[Entity]],
) -> Material:
    """Return what is compared of the register with new records of the same kind behind it.

    These have keys from ``first`` on; ``beside`` is what is linked to each of them.
    """
    if register.kind is Kind.NOMINAL:
        new = (
            _person(key, thing, beside.get(thing.id, ()))
            for key, thing in enumerate(things, first)
            if isinstance(thing, Nominal)
        )
        return replace(register, people=(*register.people, *new))
    added = (_new_item(register.kind, key, thing) for key, thing in enumerate(things, first))
    return replace(register, items=(*register.items, *added))


def _person(key: int, nominal: Nominal, beside: Sequence[Entity]) -> Person:
    places = [one for one in beside if isinstance(one, Location)]
    known = [{"label": p.label, "town": p.town, "postcode": p.postcode} for p in places]
    return Person(
        key=key,
        name=nominal.name,
        aliases=tuple(alias.text for alias in nominal.aliases),
        born=_digits(str(nominal.born) if nominal.born else ""),
        gender=nominal.gender,
        numbers=_numbers([(one.scheme, one.value) for one in nominal.identifiers]),
        phones=tuple(items.packed(one.label) for one in beside if not isinstance(one, Location)),
        **_addresses(known),
    )


def _new_item(kind: Kind, key: int, thing: Entity) -> Item:
    names = ("postcode", *filter(None, [_CONTEXT.get(kind)]))
    row = {"no": key, "label": thing.label} | {n: getattr(thing, n, "") for n in names}
    aliases = (alias.text for alias in getattr(thing, "aliases", ()))
    told = [(one.scheme, one.value) for one in getattr(thing, "identifiers", ())]
    return _item(kind, row, aliases, {key: _numbers(told)})


def plain(pair: Pair) -> dict[str, Any]:
    """Return a pair as ``--json`` has it."""
    return present.brief(pair.one) | {
        "other": present.brief(pair.other),
        "probability": round(pair.probability, 4),
        "verdict": pair.verdict or None,
        "evidence": [
            {
                "code": item.code,
                "sign": item.sign.value,
                "weight": item.weight,
                "words": worded(item),
            }
            for item in pair.evidence
        ],
    }
