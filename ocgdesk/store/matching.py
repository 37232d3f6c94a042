"""What records are compared by, read in bulk: names, births, numbers, what they share."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, or_, select

from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.pairings import DECONFLICTED, NEVER, PROPOSED, SHARED, Pairing
from ocgdesk.store import tables
from ocgdesk.store.among import among
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader

_entity, _link = tables.entity, tables.link
_pairing = own_table(Kind.PAIRING)

MOST_SHARING: Final = 8
"""What more people share than that tells nothing of any two of them."""
CARRIED: Final = (Kind.PHONE, Kind.HANDLE, Kind.VEHICLE, Kind.ACCOUNT)
"""What people use and are known by, besides places."""
Row = Mapping[str, Any]


def rows(reader: Reader, kind: Kind) -> list[Row]:
    """Return number, label and own fields of every record of a kind this reader may see."""
    own = tables.KINDS[kind].own
    if own is None:
        return []  # a kind without fields of its own has nothing to be compared by
    query = (
        select(_entity.c.label, own)
        .join(own, own.c.no == _entity.c.no)
        .where(_entity.c.kind == kind.value, reader.may_see())
        .order_by(_entity.c.no)
    )
    return [row._mapping for row in reader.rows(query)]


def aliases(reader: Reader, kind: Kind) -> dict[int, list[str]]:
    """Return the other names of the records of a kind, by number."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in _values(reader, kind, tables.v_alias):
        found[row.no].append(row.text)
    return found


def numbers(reader: Reader, kind: Kind) -> dict[int, list[tuple[str, str]]]:
    """Return the identifiers of the records of a kind as pairs of scheme and value, by number."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in _values(reader, kind, tables.v_identifier):
        found[row.no].append((row.scheme, row.value))
    return found


def _values(reader: Reader, kind: Kind, table: Any) -> list[Any]:
    query = (
        select(table)
        .join(_entity, _entity.c.no == table.c.no)
        .where(_entity.c.kind == kind.value, reader.may_see())
    )
    return reader.rows(query)


def carried(reader: Reader, kind: Kind) -> dict[int, list[str]]:
    """Return the phones, handles, vehicles and accounts linked to each record of a kind.

    What is on the stop list, and what more than ``MOST_SHARING`` of them share, is left out.
    """
    found: dict[int, list[str]] = defaultdict(list)
    for row in _beside(reader, kind, CARRIED, ()):
        found[row.mine].append(row.label)
    return found


def places(reader: Reader, kind: Kind) -> dict[int, list[Row]]:
    """Return name, town and postcode of the places linked to each record of a kind, likewise."""
    own = own_table(Kind.LOCATION)
    found: dict[int, list[Row]] = defaultdict(list)
    for row in _beside(reader, kind, (Kind.LOCATION,), (own.c.town, own.c.postcode)):
        found[row.mine].append(row._mapping)
    return found


def _beside(reader: Reader, kind: Kind, kinds: Collection[Kind], more: Any) -> list[Any]:
    told: dict[tuple[int, int], Any] = {}
    for mine, theirs in (("source_no", "target_no"), ("target_no", "source_no")):
        one, other = _entity.alias("one"), _entity.alias("other")
        query = (
            select(one.c.no.label("mine"), other.c.no.label("no"), other.c.label, *more)
            .select_from(_link)
            .join(one, one.c.no == _link.c[mine])
            .join(other, other.c.no == _link.c[theirs])
            .where(
                one.c.kind == kind.value,
                other.c.kind.in_([one_kind.value for one_kind in kinds]),
                reader.may_see(Base.LINK),
            )
        )
        if more:
            own = own_table(Kind.LOCATION)
            query = query.join(own, own.c.no == other.c.no)
        told |= {(row.mine, row.no): row for row in reader.rows(query)}
    return _telling(reader, list(told.values()))


def _telling(reader: Reader, found: list[Any]) -> list[Any]:
    holders: dict[int, int] = defaultdict(int)
    for row in found:
        holders[row.no] += 1
    stopped = stop_list(reader)
    return [row for row in found if row.no not in stopped and holders[row.no] <= MOST_SHARING]


def stop_list(reader: Reader) -> frozenset[int]:
    """Return the numbers of the records that somebody noted as shared by many."""
    query = (
        select(_entity.c.owner_no)
        .join(_pairing, _pairing.c.no == _entity.c.no)
        .where(_pairing.c.verdict == SHARED, reader.may_see())
    )
    return frozenset(row.owner_no for row in reader.rows(query))


def settled(reader: Reader, kind: Kind) -> dict[frozenset[int], str]:
    """Return the pairs of a kind that somebody decided on: never, proposed, or maybe the same."""
    other = _entity.alias("other")
    owner = _entity.alias("owner")
    query = (
        select(_entity.c.owner_no, other.c.no, _pairing.c.verdict)
        .join(_pairing, _pairing.c.no == _entity.c.no)
        .join(other, other.c.id == _pairing.c.other)
        .join(owner, owner.c.no == _entity.c.owner_no)
        .where(
            _pairing.c.verdict.in_((NEVER, PROPOSED)), owner.c.kind == kind.value, reader.may_see()
        )
    )
    maybe = (
        select(_link.c.source_no, _link.c.target_no)
        .join(owner, owner.c.no == _link.c.source_no)
        .where(_link.c.type == "maybe-same", owner.c.kind == kind.value, reader.may_see(Base.LINK))
    )
    found = {frozenset((row.source_no, row.target_no)): "maybe" for row in reader.rows(maybe)}
    return found | {frozenset((row[0], row[1])): row.verdict for row in reader.rows(query)}


def deconflicted(reader: Reader, since: int) -> dict[frozenset[int], int]:
    """Return the pairs of OCGs whose alerts were dismissed after an entry of the journal.

    With each stands the entry that did it: what links the two later is told anew.
    """
    other, item = _entity.alias("other"), tables.journal_item
    query = (
        select(_entity.c.no, _entity.c.owner_no, other.c.no.label("other"))
        .select_from(_pairing)
        .join(_entity, _entity.c.no == _pairing.c.no)
        .join(other, other.c.id == _pairing.c.other)
        .where(_pairing.c.verdict == DECONFLICTED, reader.may_see())
    )
    pairs = {row.no: frozenset((row.owner_no, row.other)) for row in reader.rows(query)}
    entered = select(item.c.no, func.min(item.c.seq).label("seq")).group_by(item.c.no)
    rows = reader.rows(entered.where(among(item.c.no, list(pairs)))) if pairs else []
    newest = sorted((row.seq, row.no) for row in rows if row.seq > since)
    return {pairs[no]: seq for seq, no in newest}


def verdicts(reader: Reader, one: UUID, other: UUID) -> list[Pairing]:
    """Return what was decided of two records, whichever of them it hangs on, oldest first."""
    nos = reader.numbers((one, other))
    query = (
        select(_entity.c.no)
        .join(_pairing, _pairing.c.no == _entity.c.no)
        .where(
            among(_entity.c.owner_no, list(nos.values())),
            or_(_pairing.c.other == one.bytes, _pairing.c.other == other.bytes),
            reader.may_see(),
        )
        .order_by(_entity.c.no)
    )
    found = reader.load([row.no for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, Pairing)]


def link_counts(reader: Reader, nos: Collection[int]) -> dict[int, int]:
    """Return how many links each of these records has."""
    found: dict[int, int] = defaultdict(int)
    for end in (_link.c.source_no, _link.c.target_no):
        query = (
            select(end, func.count())
            .where(among(end, nos), reader.may_see(Base.LINK))
            .group_by(end)
        )
        for row in reader.rows(query):
            found[row[0]] += row[1]
    return found
