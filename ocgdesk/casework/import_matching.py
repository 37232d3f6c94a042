"""Which records of a draft are on the register already, and how that is known.

A reference, an identifier or a name with its day of birth identifies, where nothing speaks
against it and only one record has it. A name alone never does for a person; it is shown as a
possible duplicate for somebody to look at.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from ocgdesk.casework.import_decisions import Alike
from ocgdesk.domain.dates import PartialDate, Precision
from ocgdesk.domain.identifiers import normal
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.domain.values import External, Identifier
from ocgdesk.exchange.draft import Draft, DraftRecord
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, batches, silent
from ocgdesk.store import codec, identities
from ocgdesk.store import records as queries
from ocgdesk.store.codec import sort_key
from ocgdesk.store.reader import Reader

_AT_ONCE = 5_000
_BY_NAME: Final = frozenset(
    {
        *(Kind.OCG, Kind.HANDLE, Kind.COUNTY_LINE, Kind.COMMODITY, Kind.PHONE, Kind.VEHICLE),
        *(Kind.ACCOUNT, Kind.ORGANISATION, Kind.LOCATION, Kind.OPERATION),
    }
)
"""Kinds that a list names by what they are called, where it has no id of its own for them."""
_TELL_NOTHING: Final = frozenset({"other", "ip", "import"})
MOST_ALIKE = 5


@dataclass(slots=True)
class Matches:
    """What of a draft is on the register: by full key the record, and how that is known."""

    known: dict[str, Thing] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    alike: dict[str, tuple[Alike, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Sure:
    """The numbers found for records so far, and those several rows would claim."""

    nos: dict[str, int] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    maybe: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))

    def offer(self, record: DraftRecord, found: Iterable[int], how: str) -> None:
        """Take what was found for a record: one is the same, several may be."""
        nos = set(found)
        if len(nos) == 1:
            self.nos[record.full_key] = nos.pop()
            self.how[record.full_key] = how
        else:
            self.maybe[record.full_key] |= dict.fromkeys(nos, how)


def match(reader: Reader, draft: Draft, progress: Progress = silent) -> Matches:
    """Look for the records of a draft in the register."""
    found = Matches()
    _by_key(reader, draft, found)
    kinds = defaultdict(list)
    for record in draft.records:
        if record.full_key not in found.known:
            kinds[record.kind].append(record)
    for kind, records in kinds.items():
        for some in batches(records, _AT_ONCE, progress, _("Looking in the register")):
            _identified(reader, kind, some, found)
    return found


def _by_key(reader: Reader, draft: Draft, found: Matches) -> None:
    """Find what an earlier import brought: its reference is the key in the file."""
    schemes: dict[str, list[DraftRecord]] = defaultdict(list)
    for record in draft.records:
        schemes[record.scheme or draft.specification].append(record)
    for scheme, records in schemes.items():
        known = known_by(reader, scheme, [record.key for record in records], Base.ENTITY)
        found.known |= {r.full_key: known[r.key] for r in records if r.key in known}


def known_by(reader: Reader, scheme: str, keys: Sequence[str], base: Base) -> dict[str, Thing]:
    """Return the things with these external references of one scheme."""
    nos = queries.with_external(reader, scheme, keys, base)
    things = loaded(reader, list(nos.values()), base)
    return {key: things[no] for key, no in nos.items() if no in things}


def loaded(reader: Reader, nos: Sequence[int], base: Base = Base.ENTITY) -> dict[int, Thing]:
    """Return things by number, in batches."""
    things: dict[int, Thing] = {}
    for some in codec.batches(nos, _AT_ONCE):
        things |= dict(zip(some, reader.load(some, base), strict=True))
    return things


def _identified(reader: Reader, kind: Kind, records: Sequence[DraftRecord], found: Matches) -> None:
    sure = _Sure()
    for step in (_by_ref, _by_numbers, _by_label, _by_normal):
        step(reader, kind, [r for r in records if r.full_key not in sure.nos], sure)
    things = loaded(reader, sorted({*sure.nos.values(), *_numbers(sure.maybe.values())}))
    taken = {thing.id for thing in found.known.values()}
    for record in records:
        _settle(record, sure, things, taken, found)


def _numbers(maybe: Iterable[Mapping[int, str]]) -> Iterator[int]:
    for some in maybe:
        yield from some


def _settle(
    record: DraftRecord,
    sure: _Sure,
    things: Mapping[int, Thing],
    taken: set[UUID],
    found: Matches,
) -> None:
    """Take the one that was found for the same; what is doubtful is only shown."""
    full = record.full_key
    no = sure.nos.get(full)
    if no is not None:
        before = things[no]
        if before.id not in taken and not _contradicts(record, before):
            taken.add(before.id)
            found.known[full], found.how[full] = before, sure.how[full]
            return
        sure.maybe[full][no] = sure.how[full]
    if maybe := sure.maybe.get(full):
        found.alike[full] = tuple(
            Alike(thing.id, thing.ref, thing.label, reason)
            for one, reason in list(maybe.items())[:MOST_ALIKE]
            if isinstance(thing := things[one], Entity)
        )


def _contradicts(record: DraftRecord, before: Thing) -> bool:
    """Tell whether name and birth both speak against what a number says."""
    here, there = record.values.get("born"), getattr(before, "born", None)
    if not isinstance(here, PartialDate) or not isinstance(there, PartialDate) or here == there:
        return False
    return isinstance(before, Entity) and sort_key(before.label) != sort_key(record.label)


def _by_ref(reader: Reader, kind: Kind, records: Sequence[DraftRecord], sure: _Sure) -> None:
    wanted = {text for r in records for text in (r.key, r.label) if "-" in text}
    refs = identities.by_ref(reader, kind, wanted) if wanted else {}
    for record in records:
        no = refs.get(record.key) or refs.get(record.label)
        if no is not None:
            sure.offer(record, [no], _("the same reference"))


def _by_numbers(reader: Reader, kind: Kind, records: Sequence[DraftRecord], sure: _Sure) -> None:
    """Go by identifiers, then by the references of other systems."""
    for name, search, words in (
        ("identifiers", identities.by_identifier, "identifier-schemes"),
        ("externals", identities.by_external, "external-schemes"),
    ):
        _by_values(reader, kind, records, sure, (name, search, words))


_Search = Callable[[Reader, Kind, Sequence[str]], dict[str, set[int]]]


def _by_values(
    reader: Reader,
    kind: Kind,
    records: Sequence[DraftRecord],
    sure: _Sure,
    where: tuple[str, _Search, str],
) -> None:
    name, search, words = where
    told = [(record, _told(record, name)) for record in records if record.values.get(name)]
    values = {
        text for _r, pairs in told for one in pairs for text in (one.value, one.value.upper())
    }
    known = search(reader, kind, sorted(values)) if values else {}
    for record, pairs in told:
        hits = [(one, known.get(f"{one.scheme}:{one.value}".casefold(), set())) for one in pairs]
        nos = {no for _one, some in hits for no in some}
        if nos and record.full_key not in sure.nos:
            first = next(one for one, some in hits if some)
            what = _("the same {number}").format(number=label(words, first.scheme))
            sure.offer(record, nos, what)


def _told(record: DraftRecord, name: str) -> list[Identifier | External]:
    values = record.values.get(name)
    if not isinstance(values, tuple):
        return []
    return [one for one in values if one.scheme not in _TELL_NOTHING]


def _by_label(reader: Reader, kind: Kind, records: Sequence[DraftRecord], sure: _Sure) -> None:
    named = identities.by_label(reader, kind, (record.label for record in records))
    for record in records:
        there = named.get(sort_key(record.label), [])
        if not there:
            continue
        if kind is Kind.NOMINAL:
            _by_birth(record, there, sure)
        elif record.made and kind in _BY_NAME:
            same = [one for one in there if kind is not Kind.HANDLE or one.label == record.label]
            sure.offer(record, [one.no for one in same], _("the same name"))
        else:
            sure.maybe[record.full_key] |= {one.no: _("the same name") for one in there}


_NUMBERED: Final = {Kind.PHONE: "phone", Kind.VEHICLE: "vrm"}
"""Kinds that go by a number, which is written in more ways than one."""


def _by_normal(reader: Reader, kind: Kind, records: Sequence[DraftRecord], sure: _Sure) -> None:
    """Find a number that is written otherwise: with its country's code, with spaces."""
    if not records or kind not in _NUMBERED:
        return
    type_, known = _NUMBERED[kind], defaultdict[str, list[int]](list)
    for no, text in identities.labels(reader, kind):
        known[normal(type_, text)].append(no)
    for record in records:
        if record.made and (there := known.get(normal(type_, record.label))):
            sure.offer(record, there, _("the same number"))


def is_same_number(record: DraftRecord, before: Thing) -> bool:
    """Tell whether both go by one number, though they may write it in different ways."""
    type_ = _NUMBERED.get(record.kind)
    if type_ is None or not isinstance(before, Entity):
        return False
    return normal(type_, record.label) == normal(type_, before.label)


def _by_birth(record: DraftRecord, there: Sequence[identities.Named], sure: _Sure) -> None:
    """Take a person of the same name and day of birth for the same, if there is only one."""
    born = record.values.get("born")
    is_day = isinstance(born, PartialDate) and bool(born.day) and born.precision is Precision.EXACT
    same = [one.no for one in there if is_day and one.born == str(born)]
    if same:
        sure.offer(record, same, _("the same name and day of birth"))
        return
    reason = _("the same name")
    sure.maybe[record.full_key] |= {
        one.no: reason for one in there if not (is_day and _other_day(one.born, born))
    }


def _other_day(kept: str, born: object) -> bool:
    """Tell whether a day of birth on record is plainly another one."""
    return len(kept) == len("1991-02-14") and kept != str(born)
