"""What changed since an entry of the journal among some records and all that is tied to them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from ocgdesk.domain.changes import differ
from ocgdesk.domain.kinds import LINKS, SUBJECTS, Base, Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Thing
from ocgdesk.store import journal, merges, numbering, tables, ties
from ocgdesk.store.among import among
from ocgdesk.store.journal import Act, Logged
from ocgdesk.store.merges import Merge
from ocgdesk.store.past import Pages, knowable
from ocgdesk.store.reader import Reader

OWNED: Final = (
    *(Kind.PLAN, Kind.OBJECTIVE, Kind.ACTION, Kind.ASSIGNMENT, Kind.ASSESSMENT, Kind.CUSTODY),
    *(Kind.ORDER, Kind.THREAT_WARNING, Kind.DISRUPTION, Kind.OUTCOME),
)
"""What belongs to the subject of a paper, or is about it, and is told of in one."""
_TOLD: Final = (*SUBJECTS, Kind.REPORT, *OWNED, *LINKS)
"""What a paper can tell of."""
_item, _entity, _link = tables.journal_item, tables.entity, tables.link
_named, _journal = tables.v_entity, tables.journal


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A thing as it was then and as it is now, and the newest entry that changed it."""

    before: Thing | None
    after: Thing | None
    entry: Logged

    @property
    def thing(self) -> Thing:
        """The thing as it is now, or as it last was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of the two is there
        return found


def touched(
    reader: Reader, seq: int, records: Collection[UUID], subject: UUID | None = None
) -> list[Touched]:
    """Return what differs between the entry ``seq`` and now, in the order it was made.

    It is looked for among the records themselves, the links between them and, where there is a
    ``subject``, its own links, what belongs to it and what was claimed against it. What was made
    and taken out in between is not told of; nor is what the reader may not know of.
    """
    return list(_differing(reader, _numbers(reader, seq, records, subject), seq))


def is_touched(
    reader: Reader, seq: int, records: Collection[UUID], subject: UUID | None = None
) -> bool:
    """Tell whether the journal says of any of these that it was changed after an entry.

    What the reader may not know of does not count.
    """
    if not reader.rows(_since(seq, _TOLD).limit(1)):
        return False  # a product may rest on thousands: they are not looked for in vain
    found = _numbers(reader, seq, records, subject).items()
    return any(kind in _TOLD and knowable(reader, class_of(kind).base, nos) for kind, nos in found)


def is_any_touched(reader: Reader, seq: int, kinds: Collection[Kind]) -> bool:
    """Tell whether any record of these kinds was changed after an entry, or taken out.

    What the reader may not know of does not count.
    """
    there = _since(seq, kinds).join(_entity, _entity.c.no == _item.c.no)
    if reader.rows(there.where(reader.may_see()).limit(1)):
        return True
    gone = _since(seq, kinds).join(tables.removed, tables.removed.c.no == _item.c.no)
    nos = sorted({int(row.no) for row in reader.rows(gone)})
    return bool(nos and knowable(reader, Base.ENTITY, nos))


def _since(seq: int, kinds: Collection[Kind]) -> Select[Any]:
    """Return the query of what of these kinds was changed after an entry."""
    codes = [kind.value for kind in kinds]
    return select(_item.c.no).where(_item.c.seq > seq, _item.c.kind.in_(codes))


def merged(reader: Reader, seq: int, records: Collection[UUID]) -> Iterator[Merge]:
    """Yield the merges into these records that came after an entry and hold."""
    about, nos = tables.journal_subject, reader.numbers(records)
    query = (
        select(about.c.no)
        .join(_journal, _journal.c.seq == about.c.seq)
        .where(_journal.c.seq > seq, _journal.c.act == Act.COMBINATION.value)
        .where(_journal.c.undone.is_(False), among(about.c.no, list(nos.values())))
        .distinct()
    )
    found = {int(row.no) for row in reader.rows(query)}
    for id_, no in nos.items():
        if no in found:
            yield from (one for one in merges.of(reader, id_) if one.seq > seq)


# ---- Which ---------------------------------------------------------------------------------------


def _numbers(
    reader: Reader, seq: int, records: Collection[UUID], subject: UUID | None
) -> dict[Kind, list[int]]:
    """Return the numbers of what was touched after an entry, by kind."""
    nos = reader.numbers(records)
    gone = numbering.gone(reader.connection, set(records) - nos.keys())
    scope = [*nos.values(), *(one.no for one in gone.values())]
    entities = {*scope, *_loose(reader, subject, records)}
    own = reader.numbers([subject]).get(subject, 0) if subject else 0
    if subject and own:
        entities |= _belonging(reader, own, subject)
    found = {*_among(reader, seq, entities), *_links(reader, seq, scope, own)}
    by_kind: dict[Kind, list[int]] = {}
    for no, kind in sorted(found):
        by_kind.setdefault(kind, []).append(no)
    return by_kind


def _among(reader: Reader, seq: int, nos: Collection[int]) -> Iterator[tuple[int, Kind]]:
    query = select(_item.c.no, _item.c.kind).where(_item.c.seq > seq, among(_item.c.no, nos))
    for row in reader.rows(query.distinct()):
        yield int(row.no), Kind(row.kind)


def _links(
    reader: Reader, seq: int, scope: Sequence[int], subject: int
) -> Iterator[tuple[int, Kind]]:
    """Yield the links that are there between these records, and all of the subject's own."""
    source, target = _link.c.source_no, _link.c.target_no
    both = among(source, scope) & among(target, scope)
    query = (
        select(_item.c.no, _item.c.kind)
        .join(_link, _link.c.no == _item.c.no)
        .where(_item.c.seq > seq, or_(both, source == subject, target == subject))
    )
    for row in reader.rows(query.distinct()):
        yield int(row.no), Kind(row.kind)


def _belonging(reader: Reader, no: int, subject: UUID) -> set[int]:
    """Return what belongs to a record, to that again, and what is claimed against it."""
    claims = select(_named.c.no).where(_named.c.target == subject.bytes)
    found = {int(row.no) for row in reader.rows(claims.where(_named.c.field == "subjects"))}
    level = {no, *found}
    for _step in range(2):
        query = select(_entity.c.no).where(among(_entity.c.owner_no, list(level)))
        level = {int(row.no) for row in reader.rows(query)}
        found |= level
    return found


def _loose(reader: Reader, subject: UUID | None, records: Collection[UUID]) -> Iterator[int]:
    """Yield what was once tied to the subject, or to one of these records as its link.

    What was claimed against a record by way of something that is gone as well is found by that.
    """
    if subject is not None:
        yield from ties.formerly(reader.connection, [subject], (*OWNED, *LINKS))
        plans = ties.formerly(reader.connection, [subject], (Kind.PLAN, Kind.DISRUPTION))
        yield from ties.formerly(reader.connection, _ids(reader, plans), OWNED)
    yield from ties.formerly(reader.connection, list(records), LINKS)


def _ids(reader: Reader, nos: Collection[int]) -> list[UUID]:
    table = tables.removed
    query = select(table.c.id).where(among(table.c.no, nos))
    return [UUID(bytes=row.id) for row in reader.rows(query)]


# ---- What ----------------------------------------------------------------------------------------


def _differing(reader: Reader, found: dict[Kind, list[int]], seq: int) -> Iterator[Touched]:
    every = [no for nos in found.values() for no in nos]
    before, last = _then(reader, every, seq), _newest(reader, every)
    entries: dict[int, Logged | None] = {}
    for kind, nos in found.items():
        base = class_of(kind).base
        known = knowable(reader, base, nos)
        now = _now(reader, base, [no for no in nos if no in known])
        for no in nos:
            old, new = _seen(reader, before.get(no)), now.get(no)
            if no not in known or not (old or new) or not differ(old, new):
                continue
            at = last[no]
            if at not in entries:
                entries[at] = journal.entry(reader.connection, at)
            if (entry := entries[at]) is not None:
                yield Touched(before=old, after=new, entry=entry)


def _seen(reader: Reader, thing: Thing | None) -> Thing | None:
    return reader.without_hidden([thing])[0] if thing is not None else None


def _now(reader: Reader, base: Base, nos: Sequence[int]) -> dict[int, Thing]:
    table = tables.BASES[base]
    there = [row.no for row in reader.rows(select(table.c.no).where(among(table.c.no, nos)))]
    return dict(zip(there, reader.load(there, base), strict=True))


def _newest(reader: Reader, nos: Collection[int]) -> dict[int, int]:
    """Return the newest entry that changed each of these."""
    query = select(_item.c.no, func.max(_item.c.seq).label("seq"))
    rows = reader.rows(query.where(among(_item.c.no, nos)).group_by(_item.c.no))
    return {int(row.no): int(row.seq) for row in rows}


def _then(reader: Reader, nos: Collection[int], seq: int) -> dict[int, Thing]:
    """Return each of these as it was after an entry, by the first change that came later."""
    first = (
        select(_item.c.no, func.min(_item.c.seq).label("seq"))
        .where(_item.c.seq > seq, among(_item.c.no, nos))
        .group_by(_item.c.no)
        .subquery()
    )
    query = (
        select(_item)
        .join(first, (_item.c.no == first.c.no) & (_item.c.seq == first.c.seq))
        .order_by(_item.c.seq, _item.c.block, _item.c.pos)
    )
    pages, found = Pages(reader.connection), dict[int, Thing]()
    for row in reader.rows(query):
        change = pages.change(row)
        if change is not None and change.before is not None:
            found[int(row.no)] = change.before
    return found
