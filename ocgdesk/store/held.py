"""A record with its links and what it owned, as this workspace held them at an instant.

Today's state is walked back: what was not touched since stands as it is; what was is read from
the first change after the instant. What hung on it then hangs on it now, or came loose since and
is listed (``ties``): the work grows with the record, not with all that happened since. What the
reader may not know of is left out, judged as ``past.knowable`` does.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import exists, func, or_, select

from ocgdesk.domain.changes import Change
from ocgdesk.domain.kinds import LINKS, Base, Kind
from ocgdesk.domain.links import Assertion, Link
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.errors import NotFound
from ocgdesk.store import codec, tables, ties
from ocgdesk.store.among import among
from ocgdesk.store.past import Pages, knowable
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked

T = TypeVar("T", bound=Thing)
_item = tables.journal_item
_link = tables.link
_entity = tables.entity


class Held:
    """What was held after entry ``seq`` of the journal, as one reader may know of it."""

    def __init__(self, reader: Reader, seq: int) -> None:
        self.reader = reader
        self.seq = seq

    def links_of(self, id_: UUID) -> list[Linked]:
        """Return the links a record had, with their other ends as they were; as records does."""
        no = self.number(id_)
        now = self._now(
            Base.LINK, _link.c.no, or_(_link.c.source_no == no, _link.c.target_no == no)
        )
        links = self._tied([id_], Link, LINKS, now, lambda link: id_ in _ends(link))
        others = self.briefs({_other(link, id_) for link in links})
        found = [
            Linked(link, others[_other(link, id_)], link.source == id_)
            for link in links
            if _other(link, id_) in others
        ]
        found.sort(key=lambda item: item.link.type)
        return sorted(found, key=lambda item: item.link.kind.value, reverse=True)

    def owned(self, owner: UUID, cls: type[T]) -> list[T]:
        """Return the sub-records of a class that a record had, in the order they were made."""
        where = (_entity.c.owner_no == self.number(owner), _entity.c.kind == cls.kind.value)
        now = self._now(Base.ENTITY, _entity.c.no, *where)
        return self._tied(
            [owner], cls, (cls.kind,), now, lambda thing: getattr(thing, "owner", None) == owner
        )

    def hanging(self, owner: UUID, kinds: Collection[Kind]) -> list[Entity]:
        """Return the sub-records of these kinds that a record had, in the order they were made."""
        return self.hanging_on([owner], kinds)

    def hanging_on(self, owners: Collection[UUID], kinds: Collection[Kind]) -> list[Entity]:
        """Return the same of several records."""
        nos, values = list(self._numbers(owners).values()), [kind.value for kind in kinds]
        where = (among(_entity.c.owner_no, nos), _entity.c.kind.in_(values))
        now = self._now(Base.ENTITY, _entity.c.no, *where)
        return self._tied(owners, Entity, kinds, now, lambda thing: thing.owner in owners)

    def claims_on(self, ids: Collection[UUID]) -> list[Entity]:
        """Return the disruptions that named any of these records as a subject."""
        named, wanted = tables.v_entity, frozenset(ids)
        now: list[int] = []
        for some in codec.batches([id_.bytes for id_ in ids]):
            # From what is named: asked of each disruption of a country it takes the longest.
            names = select(named.c.no).where(named.c.field == "subjects", named.c.target.in_(some))
            now += self._now(Base.ENTITY, _entity.c.no, _entity.c.no.in_(names))
        return self._tied(
            wanted, Entity, (Kind.DISRUPTION,), now,
            lambda thing: not wanted.isdisjoint(getattr(thing, "subjects", ())),
        )  # fmt: skip

    def assertions_of(self, subject: UUID) -> list[Assertion]:
        """Return what sources were noted to say of the fields of a record; NotFound for none."""
        if subject not in self.entities([subject]):
            raise NotFound("There is no such record")
        table = tables.assertion
        now = self._now(Base.ASSERTION, table.c.no, table.c.subject_no == self.number(subject))
        return self._tied(
            [subject], Assertion, (Kind.ASSERTION,), now, lambda said: said.subject == subject
        )

    def citing(self, report: UUID) -> list[Brief]:
        """Return the records at the ends of links that rested on a report, as they were."""
        if not self.entities([report]):
            return []
        table = tables.v_entity
        cites = exists().where(
            table.c.no == _link.c.no, table.c.target == report.bytes, table.c.field == "reports"
        )
        now = self._now(Base.LINK, _link.c.no, cites)
        links = self._tied([report], Link, LINKS, now, lambda link: report in link.reports)
        ends = dict.fromkeys(id_ for link in links for id_ in _ends(link))
        found = self.briefs(ends)
        return [found[id_] for id_ in ends if id_ in found]

    def briefs(self, ids: Collection[UUID]) -> dict[UUID, Brief]:
        """Return records in one line each, as they were."""
        numbers = self._numbers(ids)
        return {thing.id: _brief(numbers[thing.id], thing) for thing in self.entities(ids).values()}

    def entities(self, ids: Collection[UUID]) -> dict[UUID, Entity]:
        """Return records as they were; those not held then are left out."""
        nos = self._numbers(ids)
        known = knowable(self.reader, Base.ENTITY, list(nos.values()))
        found = self._as_held(Base.ENTITY, [no for no in nos.values() if no in known])
        return {thing.id: thing for thing in found.values() if isinstance(thing, Entity)}

    def links_by_id(self, ids: Collection[UUID]) -> dict[UUID, Link]:
        """Return links as they were; those not held then are left out."""
        return {link.id: link for link in self.links_by_no(ids).values()}

    def links_by_no(self, ids: Collection[UUID]) -> dict[int, Link]:
        """Return the same by their numbers."""
        nos = self._numbers(ids, Base.LINK)
        known = knowable(self.reader, Base.LINK, list(nos.values()))
        found = self._as_held(Base.LINK, [no for no in nos.values() if no in known])
        return {no: thing for no, thing in found.items() if isinstance(thing, Link)}

    def _now(self, base: Base, column: Any, *where: Any) -> list[int]:
        """Return the numbers that are tied to something now."""
        query = select(column).where(*where, self.reader.may_see(base)).order_by(column)
        return [row.no for row in self.reader.rows(query)]

    def _tied(
        self,
        ids: Collection[UUID],
        cls: type[T],
        kinds: Collection[Kind],
        now: Collection[int],
        is_tied: Callable[[T], bool],
    ) -> list[T]:
        """Return what was tied to records then, of what is tied to them now or once was."""
        former = ties.formerly(self.reader.connection, ids, kinds)
        known = knowable(self.reader, cls.base, former) if former else frozenset()
        found = self._as_held(cls.base, sorted(known.union(now)))
        things = (found[no] for no in sorted(found))
        return [thing for thing in things if isinstance(thing, cls) and is_tied(thing)]

    def _as_held(self, base: Base, nos: Collection[int]) -> dict[int, Thing]:
        """Return things with these numbers as they were; those not held then are left out."""
        after: dict[int, Change | None] = {}
        held: set[int] = set()
        for some in codec.batches(nos):
            after |= self._first_after(some)
            query = select(_item.c.no).where(_item.c.no.in_(some), _item.c.seq <= self.seq)
            held |= {row.no for row in self.reader.rows(query)}
        found = self._untouched(base, [no for no in nos if no in held and no not in after])
        old = {no: c.before for no, c in after.items() if no in held and c and c.before}
        return found | self._stripped(old)

    def _stripped(self, things: Mapping[int, Thing]) -> dict[int, Thing]:
        """Return things without the ids of records the reader may not know of."""
        return dict(zip(things, self.reader.without_hidden(list(things.values())), strict=True))

    def _untouched(self, base: Base, nos: Collection[int]) -> dict[int, Thing]:
        """Return what is there now, and is as it was; what was taken out before then is not."""
        table, there = tables.BASES[base], list[int]()
        for some in codec.batches(nos):
            query = select(table.c.no).where(table.c.no.in_(some), self.reader.may_see(base))
            there += [row.no for row in self.reader.rows(query)]
        return dict(zip(there, self.reader.load(there, base), strict=True))

    def _first_after(self, nos: Any) -> dict[int, Change | None]:
        first = (
            select(_item.c.no, func.min(_item.c.seq).label("seq"))
            .where(_item.c.seq > self.seq, _item.c.no.in_(nos))
            .group_by(_item.c.no)
            .subquery()
        )
        query = (
            select(_item)
            .join(first, (_item.c.no == first.c.no) & (_item.c.seq == first.c.seq))
            .order_by(_item.c.seq, _item.c.block, _item.c.pos)
        )
        pages = Pages(self.reader.connection)
        return {row.no: pages.change(row) for row in self.reader.rows(query)}

    def number(self, id_: UUID) -> int:
        """Return the number of a record that is there or was taken out; 0 for neither."""
        return self._numbers([id_]).get(id_, 0)

    def _numbers(self, ids: Collection[UUID], base: Base = Base.ENTITY) -> dict[UUID, int]:
        """Return the numbers of things that are there, or were taken out."""
        found = self.reader.numbers(ids, base)
        gone = tables.removed
        for some in codec.batches([id_.bytes for id_ in ids if id_ not in found]):
            query = select(gone.c.id, gone.c.no).where(gone.c.id.in_(some))
            found |= {UUID(bytes=row.id): row.no for row in self.reader.rows(query)}
        return found


def _ends(link: Link) -> tuple[UUID, UUID]:
    return link.source, link.target


def _other(link: Link, id_: UUID) -> UUID:
    return link.target if link.source == id_ else link.source


def _brief(no: int, thing: Entity) -> Brief:
    return Brief(
        no,
        thing.id,
        thing.kind,
        thing.ref,
        thing.label,
        thing.marking,
        thing.restricted_to is not None,
        bool(getattr(thing, "exploited", False)),
    )
