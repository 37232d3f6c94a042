"""A reader is always somebody: what they may not know of is left out in one place, here."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Select,
    Subquery,
    and_,
    false,
    literal,
    not_,
    select,
    true,
    union,
)

from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.people import Right, User
from ocgdesk.domain.registry import class_of, kinds_of
from ocgdesk.domain.things import Thing
from ocgdesk.errors import NotFound
from ocgdesk.store import codec, lending, tables
from ocgdesk.store.journal import Act, head

E = TypeVar("E", bound=Thing)

HANGING = "Other records depend on what would be removed; nothing was changed"
"""One sentence whether they are open to the user or not: it must not tell which."""


@dataclass(frozen=True, slots=True)
class Consultation:
    """Something a reader looked at, to be entered in the journal when they are done."""

    label: str
    subjects: tuple[int, ...] = ()
    detail: dict[str, Any] = field(default_factory=dict)


class Reader:
    """One snapshot of the workspace as one user may see it.

    All queries take a reader first. Restricted entities and links the user has no access to
    are absent, with all their sub-records, links and numbers.
    """

    def __init__(
        self, connection: Connection, user: User, purpose: str = "", *, borrows: bool = True
    ) -> None:
        self._connection = connection
        self.user = user
        self.purpose = purpose
        self._borrows = borrows
        """Whether what was lent for a while counts: for reading it does, for changing not."""
        self.consulted: list[Consultation] = []
        self._anything_restricted: bool | None = None
        self._lent: Mapping[int, datetime] | None = None
        self._hidden_numbers: CTE | None = None

    def rows(self, query: Any, **values: Any) -> list[Any]:
        """Run a query of the store and return its rows."""
        return list(self._connection.execute(query, values).all())

    def execute(self, sql: str, *values: Any) -> list[Any]:
        """Run a statement of SQLite's own (the search index) and return its rows."""
        return list(self._connection.exec_driver_sql(sql, values).all())

    @property
    def connection(self) -> Connection:
        """The connection under this snapshot; for the store's own modules."""
        return self._connection

    def may_see(self, base: Base = Base.ENTITY, table: Any = None) -> ColumnElement[bool]:
        """Return the clause that leaves out what this reader may not know of.

        ``table`` is the base table or an alias of it; the default is the base table itself.
        """
        if not self.reads:
            return false()
        if not self.has_restrictions:
            return true()
        source = tables.BASES[base] if table is None else table
        hidden = select(self._hidden().c.no)
        match base:
            case Base.ENTITY:
                return source.c.no.not_in(hidden)
            case Base.LINK:
                return self._may_see_link(source, hidden)
            case Base.PLACEMENT:
                return and_(source.c.chart_no.not_in(hidden), source.c.item_no.not_in(hidden))
            case Base.ASSERTION:
                links = select(tables.link.c.no).where(
                    not_(self._may_see_link(tables.link, hidden))
                )
                return and_(source.c.subject_no.not_in(hidden), source.c.subject_no.not_in(links))

    def _may_see_link(self, source: Any, hidden: Select[Any]) -> ColumnElement[bool]:
        open_to_me = select(tables.access.c.no).where(tables.access.c.user_id == self.user.id.bytes)
        return and_(
            source.c.source_no.not_in(hidden),
            source.c.target_no.not_in(hidden),
            not_(and_(source.c.restricted, source.c.no.not_in(open_to_me))),
        )

    def hidden_links(self) -> Subquery | None:
        """Return the links left out by ``may_see``: their numbers and ends; None without any.

        The same rule turned round, so that the few hidden links are found by their indexes.
        """
        if not self.has_restrictions:
            return None
        link, access = tables.link, tables.access
        hidden = select(self._hidden().c.no)
        open_to_me = select(access.c.no).where(access.c.user_id == self.user.id.bytes)
        columns = (link.c.no, link.c.source_no, link.c.target_no)
        return union(
            select(*columns).where(link.c.source_no.in_(hidden)),
            select(*columns).where(link.c.target_no.in_(hidden)),
            select(*columns).where(link.c.restricted, link.c.no.not_in(open_to_me)),
        ).subquery("hidden_link")

    def _hidden(self) -> CTE:
        """Return the numbers a user may not know of: restricted records and all they own.

        One and the same for every clause of a query, so that it is worked out once in it.
        """
        if self._hidden_numbers is None:
            entity, access = tables.entity, tables.access
            mine = select(access.c.no).where(access.c.user_id == self.user.id.bytes)
            base = select(entity.c.no).where(
                entity.c.restricted,
                entity.c.no.not_in(mine),
                entity.c.no.not_in(list(self.lent)),
            )
            hidden = base.cte("hidden", recursive=True)
            owned = select(entity.c.no).join(hidden, entity.c.owner_no == hidden.c.no)
            self._hidden_numbers = hidden.union(owned, *_about(hidden))
        return self._hidden_numbers

    @property
    def lent(self) -> Mapping[int, datetime]:
        """The numbers opened to this reader by break-glass, with the moment (UTC) that ends."""
        if self._lent is None:
            now = datetime.now(UTC)
            self._lent = lending.lent(self._connection, self.user.id, now) if self._borrows else {}
        return self._lent

    @property
    def reads(self) -> bool:
        """Whether this user's roles let them read records at all."""
        return self.user.may(Right.READ)

    @property
    def has_restrictions(self) -> bool:
        """Whether anything at all is restricted now: most workspaces need no clause."""
        if self._anything_restricted is None:
            self._anything_restricted = any(
                self._connection.execute(
                    select(table.c.no).where(table.c.restricted).limit(1)
                ).first()
                for table in (tables.entity, tables.link)
            )
        return self._anything_restricted

    def look_again(self) -> None:
        """Forget whether anything is restricted: the unit of work just restricted something."""
        self._anything_restricted = None

    def number(self, id_: UUID, base: Base = Base.ENTITY) -> int:
        """Return the number of an entity this reader may see; NotFound otherwise."""
        table = tables.BASES[base]
        row = self._connection.execute(
            select(table.c.no).where(table.c.id == id_.bytes, self.may_see(base))
        ).first()
        if row is None:
            raise NotFound("There is no such record")
        return int(row.no)

    def numbers(self, ids: Collection[UUID], base: Base = Base.ENTITY) -> dict[UUID, int]:
        """Return the numbers of these things; those unknown to this reader are left out."""
        table, found = tables.BASES[base], dict[UUID, int]()
        for some in codec.batches([id_.bytes for id_ in ids]):
            query = select(table.c.id, table.c.no).where(table.c.id.in_(some), self.may_see(base))
            found |= {UUID(bytes=row.id): row.no for row in self._connection.execute(query)}
        return found

    def ends(self, ids: Collection[UUID]) -> dict[UUID, int]:
        """Return the numbers of things others belong to or join: entities, then links."""
        found = self.numbers(ids)
        missing = [id_ for id_ in ids if id_ not in found]
        return found | (self.numbers(missing, Base.LINK) if missing else {})

    def get(self, cls: type[E], id_: UUID) -> E:
        """Return one thing of a class, or raise NotFound."""
        found = self.find(id_, cls.base)
        if not isinstance(found, cls):
            raise NotFound(f"There is no such {cls.__name__.lower()}")
        return found

    def find(self, id_: UUID, base: Base = Base.ENTITY) -> Thing:
        """Return a thing of any kind by its id, or raise NotFound."""
        return self.load([self.number(id_, base)], base)[0]

    def load(self, nos: Collection[int], base: Base = Base.ENTITY) -> list[Thing]:
        """Return the things with these numbers, in the order given; the unseen are left out."""
        found: dict[int, Thing] = {}
        for kind, some in self._kinds(nos, base).items():
            found |= codec.load(self._connection, kind, some)
        return self.without_hidden([found[no] for no in nos if no in found])

    def without_hidden(self, things: Sequence[Thing]) -> list[Thing]:
        """Return these things without the ids of records this reader may not know of.

        A report a link rests on, the focus of a chart, what an action touches: fields that
        name records by id. The unit of work keeps them when it saves.
        """
        if not self.has_restrictions:
            return list(things)
        hidden = self.hidden_among(id_ for thing in things for id_ in named_by(thing))
        return [_stripped(thing, hidden) for thing in things] if hidden else list(things)

    def hidden_among(self, ids: Iterable[UUID]) -> frozenset[UUID]:
        """Return those of these ids that are records this reader may not know of."""
        table, found = tables.entity, set[UUID]()
        for some in codec.batches({id_.bytes for id_ in ids}):
            query = select(table.c.id).where(table.c.id.in_(some), not_(self.may_see()))
            found |= {UUID(bytes=row.id) for row in self._connection.execute(query)}
        return frozenset(found)

    def _kinds(self, nos: Collection[int], base: Base) -> dict[Kind, list[int]]:
        table, by_code = tables.BASES[base], dict[str, list[int]]()
        code = table.c.kind if "kind" in table.c else literal(kinds_of(base)[0].value)
        for some in codec.batches(nos):
            query = select(table.c.no, code).where(table.c.no.in_(some), self.may_see(base))
            for no, kind in self._connection.execute(query):
                by_code.setdefault(kind, []).append(no)
        return {Kind(kind): some for kind, some in by_code.items()}

    def saw(self, label: str, subjects: Iterable[int] = (), **detail: Any) -> None:
        """Note a consultation; it is entered in the journal when this reader closes."""
        self.consulted.append(Consultation(label, tuple(subjects), detail))

    def newest_entry(self) -> int:
        """Return the newest entry of the journal in this snapshot; 0 before any."""
        return head(self._connection)[0]

    def last_saw(self, label: str) -> int:
        """Return the entry of this user's last consultation of this name; 0 for none."""
        table = tables.journal
        query = (
            select(table.c.seq)
            .where(
                table.c.user_id == self.user.id.bytes,
                table.c.act == Act.CONSULTATION.value,
                table.c.label == label,
            )
            .order_by(table.c.seq.desc())
            .limit(1)
        )
        rows = self.rows(query)
        return int(rows[0].seq) if rows else 0


_TELLING = (
    (Kind.ANNOTATION, "about"),
    (Kind.SKETCH_TIE, "one"),
    (Kind.SKETCH_TIE, "other"),
    (Kind.AGENDA_ITEM, "about"),
    (Kind.ADVICE, "about"),
    (Kind.SNOOZE, "about"),
    (Kind.PAIRING, "other"),
    (Kind.PRODUCT, "subject"),
)
"""What is said about one record may tell of it: it shares that record's restriction."""


def _about(hidden: CTE) -> Iterator[Select[Any]]:
    """Yield the numbers of what is said about what is hidden: notes on charts, agenda items."""
    for kind, name in _TELLING:
        own = tables.KINDS[kind].own
        assert own is not None  # noqa: S101 - these kinds have fields of their own
        yield (
            select(own.c.no)
            .join(tables.entity, tables.entity.c.id == own.c[name])
            .join(hidden, tables.entity.c.no == hidden.c.no)
        )


def named_by(thing: Thing) -> Iterator[UUID]:
    """Yield the ids of other records that a thing's own fields hold; not its ends."""
    for name, many in _naming(thing.kind):
        value = getattr(thing, name)
        if many:
            yield from value
        elif value is not None:
            yield value


_NAMING = {FieldType.ENTITY: False, FieldType.ENTITIES: True}


@cache
def _naming(kind: Kind) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a kind that name records, and whether each names several."""
    fields = described_fields(class_of(kind))
    return tuple((field.name, _NAMING[field.type]) for field in fields if field.type in _NAMING)


def _stripped(thing: Thing, hidden: Collection[UUID]) -> Thing:
    changed: dict[str, Any] = {}
    for name, many in _naming(thing.kind):
        value = getattr(thing, name)
        if many and any(id_ in hidden for id_ in value):
            changed[name] = tuple(id_ for id_ in value if id_ not in hidden)
        elif not many and value in hidden:
            changed[name] = None
    return replace(thing, **changed) if changed else thing


def with_kept(thing: Thing, before: Thing, hidden: Collection[UUID]) -> Thing:
    """Return a thing as saved by somebody who could not see some ids it holds: they stay."""
    changed: dict[str, Any] = {}
    for name, many in _naming(thing.kind):
        new, old = getattr(thing, name), getattr(before, name)
        if not many:
            changed |= {name: old} if new is None and old in hidden else {}
        elif new == tuple(id_ for id_ in old if id_ not in hidden):
            changed[name] = old
        else:
            changed[name] = (*new, *(id_ for id_ in old if id_ in hidden and id_ not in new))
    return replace(thing, **changed) if changed else thing
