"""Counts and sums for returns, made where the records are; each can be opened to its records."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    distinct,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
)

from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.return_definitions import OWNER, field_type, is_many
from ocgdesk.domain.returns import RECORDED, Condition, Count, Period
from ocgdesk.errors import Refused
from ocgdesk.store import tables
from ocgdesk.store.among import among
from ocgdesk.store.plain_rows import touched
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs

_entity = tables.entity
RANKING: Final = "morile-style"
"""The sheet by which threats are ranked, and their movement is told."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted of one value of the rows and one of the columns, in one unit."""

    row: str
    column: str
    unit: str
    lines: int
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is counted, of which period, narrowed by what the definition and the user ask."""

    count: Count
    period: Period | None = None
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Same:
    """What is now as it was after an entry of the journal: the rest is counted elsewhere."""

    seq: int
    apart: Collection[int] = ()
    """Numbers that are left out although they were not touched since."""


def tally(
    reader: Reader,
    asked: Asked,
    by: Sequence[str] = (),
    *,
    months: bool = False,
    same: Same | None = None,
) -> list[Tally]:
    """Return counts and sums for each value of up to two fields, in each unit.

    With ``months`` the second is the month of the day counted by (``2026-03``). With ``same``
    only what is now as it was then is counted.
    """
    source = _Source(reader, asked, same)
    groups = [source.group(name) for name in by]
    if months:
        groups.append(func.substr(source.day(asked.count.by), 1, 7))
    return [_tally(row) for row in reader.rows(_counted(source, groups))]


def tally_each(
    reader: Reader,
    asked: Asked,
    periods: Sequence[Period],
    by: Sequence[str] = (),
    *,
    same: Same | None = None,
) -> list[list[Tally]]:
    """Return what ``tally`` returns for each of several periods, read in one go.

    The periods have no day in common, and what is counted is counted by one day.
    """
    source = _Source(reader, replace(asked, period=None), same)
    day = source.day(asked.count.by)
    days = [(one.start.isoformat(), one.end.isoformat()) for one in periods]
    which = case(*((day.between(*ends), literal(n)) for n, ends in enumerate(days)), else_=-1)
    groups = [source.group(name) for name in by]
    query = _counted(source, groups, which).where(
        day >= min(start for start, _end in days), day <= max(end for _start, end in days)
    )
    found: list[list[Tally]] = [[] for _one in periods]
    for row in reader.rows(query):
        if row.which >= 0:
            found[row.which].append(_tally(row))
    return found


def _counted(
    source: "_Source", groups: Sequence[ColumnElement[Any]], *more: ColumnElement[Any]
) -> Select[Any]:
    """Return the query that counts and sums by up to two groups, by unit, and by what more."""
    every = (*groups, *[literal("")] * (2 - len(groups)), source.unit())
    columns = [one.label(f"g{n}") for n, one in enumerate(every)]
    further = [one.label("which") for one in more]
    lines, value = func.count().label("lines"), func.sum(source.number()).label("value")
    query = source.narrowed(select(*columns, *further, lines, value))
    return query.group_by("g0", "g1", "g2", *(["which"] if more else []))


def _tally(row: Any) -> Tally:
    return Tally(
        said(row.g0),
        said(row.g1),
        said(row.g2),
        int(row.lines),
        float(row.value or 0),
    )


def said(value: object) -> str:
    """Return a value that something is counted by as a condition names it; nothing for none."""
    if isinstance(value, bytes):
        return str(UUID(bytes=value))
    if isinstance(value, int):  # only flags: nothing is counted by a number
        return "yes" if value else ""
    return str(value or "")


def beneath(
    reader: Reader, asked: Asked, *, most: int = 1000, same: Same | None = None
) -> tuple[tuple[Brief, ...], int]:
    """Return the records a figure rests on, the newest first, and how many there are in all."""
    source = _Source(reader, asked, same)
    every = source.narrowed(select(func.count(distinct(_entity.c.no)).label("n")))
    total = int(reader.rows(every)[0].n)
    query = source.narrowed(select(_entity.c.no).distinct())
    nos = [int(row.no) for row in reader.rows(query.order_by(_entity.c.no.desc()).limit(most))]
    return tuple(briefs(reader, nos)), total


class _Source:
    """One count over ``entity``: which tables it needs, and what its fields are in SQL."""

    def __init__(self, reader: Reader, asked: Asked, same: Same | None = None) -> None:
        self._reader = reader
        self._same = same
        self._asked = asked
        self._count = asked.count
        own = tables.KINDS[asked.count.kind].own
        assert own is not None  # noqa: S101 - what is counted has fields of its own
        self._own = own
        self._owner = _own_of(asked.count.owner)
        self._many: dict[str, Any] = {}

    def narrowed(self, query: Select[Any]) -> Select[Any]:
        """Return the query over what is counted, less what the reader may not know of."""
        clauses = [self._holds(one) for one in (*self._count.where, *self._asked.where)]
        clauses += [*self._in_period(), *self._as_then()]
        # The join alone says the kind, and its sum that the fields are read first, as they lie:
        # SQLite would go by the index of kinds and names, and read them in alphabetical order.
        source = _entity.join(self._own, self._own.c.no + 0 == _entity.c.no)
        if self._owner is not None:
            source = source.join(self._owner, self._owner.c.no == _entity.c.owner_no)
        for name, values in self._many.items():
            number, plain = self._holder(name)
            at = and_(values.c.no == number, values.c.field == plain)
            source = source.outerjoin(values, at)
        return query.select_from(source).where(self._reader.may_see(), *clauses)

    def _as_then(self) -> list[ColumnElement[bool]]:
        """Return the clauses that leave out what was another then, and what belongs to it."""
        if self._same is None:
            return []
        clauses = [not_(touched(_entity.c.no, self._same.seq))]
        if self._owner is not None:
            clauses.append(not_(touched(_entity.c.owner_no, self._same.seq)))
        if self._same.apart:
            clauses.append(not_(among(_entity.c.no, self._same.apart)))
        return clauses

    def group(self, name: str) -> ColumnElement[Any]:
        """Return what rows or columns are made by; a field of several values counts for each."""
        if is_many(self._count, name):
            value: ColumnElement[Any] = self._each(name).c.value
            return value
        return func.coalesce(self._column(name), "")

    def unit(self) -> ColumnElement[Any]:
        """Return the unit of what is added up; records have none."""
        has_unit = bool(self._count.sum) and "unit" in self._own.c
        return self._own.c.unit if has_unit else literal("")

    def number(self) -> ColumnElement[Any]:
        """Return the number that is added up."""
        return self._own.c[self._count.sum] if self._count.sum else literal(0)

    def day(self, name: str) -> ColumnElement[Any]:
        """Return the first day a date can mean, as text; partial dates count from their start."""
        column = self._column(name)
        if field_type(self._count, name) is FieldType.DAY:
            return column
        bare = func.rtrim(column, "~<>")
        return bare.concat(func.substr("0000-01-01", func.length(bare) + 1))

    def _in_period(self) -> list[ColumnElement[bool]]:
        count, period = self._count, self._asked.period
        recorded: list[ColumnElement[bool]] = []
        if count.sum:
            recorded.append(self._own.c[count.sum].is_not(None))
        if period is None or not count.is_dated:
            return recorded
        start, end = period.start.isoformat(), period.end.isoformat()
        if count.by:
            return [*recorded, self.day(count.by) >= start, self.day(count.by) <= end]
        assert count.open is not None  # noqa: S101 - is_dated says there is one of the two
        begun, ended = (self.day(name) for name in count.open)
        gone = self._column(count.open[1])
        return [*recorded, begun <= end, or_(gone.is_(None), ended > end)]

    def _holds(self, condition: Condition) -> ColumnElement[bool]:
        name, type_ = condition.field, field_type(self._count, condition.field)
        if is_many(self._count, name):
            return self._has(name, condition.values)
        column = self._column(name)
        if RECORDED in condition.values:
            return and_(column.is_not(None), column != "")
        values = [as_kept(value, type_) for value in condition.values]
        said = column.in_([value for value in values if value is not None])
        return or_(said, column.is_(None), column == "") if None in values else said

    def _has(self, name: str, values: Sequence[str]) -> ColumnElement[bool]:
        held = tables.VALUES[FieldType.CODES].alias()
        number, plain = self._holder(name)
        every = select(held.c.no).where(held.c.no == number, held.c.field == plain)
        has_any = every.correlate_except(held).exists()
        if RECORDED in values:
            return has_any
        some = every.where(held.c.value.in_(values)).correlate_except(held).exists()
        return or_(some, not_(has_any)) if "" in values else some

    def _holder(self, name: str) -> tuple[Any, str]:
        """Return the number of the record that holds a field, its own or the owner's."""
        if not name.startswith(OWNER):
            return _entity.c.no, name
        assert self._owner is not None  # noqa: S101 - a definition is checked before it is used
        return self._owner.c.no, name[len(OWNER) :]

    def _each(self, name: str) -> Any:
        if name not in self._many:
            alias = f"each_{name.replace('.', '_')}"
            self._many[name] = tables.VALUES[FieldType.CODES].alias(alias)
        return self._many[name]

    def _column(self, name: str) -> ColumnElement[Any]:
        if (derived := _DERIVED.get((self._count.kind, name))) is not None:
            return derived(self._reader, self._own, self._asked.period)
        if name.startswith(OWNER):
            assert self._owner is not None  # noqa: S101 - a definition is checked before it is used
            return self._known(name, self._owner.c[name[len(OWNER) :]])
        return self._known(name, self._own.c[name])

    def _known(self, name: str, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return a field; where it names a record the reader may not know of, it holds nothing."""
        is_name = field_type(self._count, name) is FieldType.ENTITY
        if not (is_name and self._reader.has_restrictions):
            return column
        other = _entity.alias()
        hidden = exists().where(other.c.id == column, not_(self._reader.may_see(table=other)))
        return case((not_(hidden), column))


def _own_of(kind: Kind | None) -> Any:
    if kind is None:
        return None
    own = tables.KINDS[kind].own
    return None if own is None else own.alias("owning")


def as_kept(value: str, type_: FieldType) -> object:
    """Return a value as its column keeps it; None stands for one that was not recorded.

    Raises Refused where it should name a record and cannot.
    """
    if value == "":
        return None
    if type_ is FieldType.FLAG:
        return value in {"yes", "true", "1"}
    if type_ is FieldType.ENTITY:
        try:
            return UUID(value).bytes
        except ValueError:
            raise Refused(f"{value[:40]!r} names no record") from None
    return value


def _phase_then(_reader: Reader, own: Any, period: Period | None) -> ColumnElement[Any]:
    """Return the phase an operation was in on the last day of the period, by its dated steps."""
    if period is None:
        phase: ColumnElement[Any] = own.c.phase
        return phase
    end = period.end.isoformat()
    return case(
        (own.c.post_charge <= end, literal("post-charge")),
        (own.c.pre_charge <= end, literal("pre-charge")),
        else_=literal("proactive"),
    )


def _on_handles(reader: Reader, _own: Any, _period: Period | None) -> ColumnElement[Any]:
    """Tell whether a handle is linked to a record: that it rests on somebody's messages."""
    link, handle = tables.link, tables.KINDS[Kind.HANDLE].own
    assert handle is not None  # noqa: S101 - handles have fields of their own
    seen = reader.may_see(Base.LINK)
    here = select(link.c.no).where(
        or_(
            and_(link.c.source_no == _entity.c.no, link.c.target_no.in_(select(handle.c.no))),
            and_(link.c.target_no == _entity.c.no, link.c.source_no.in_(select(handle.c.no))),
        ),
        seen,
    )
    return case((here.correlate(_entity).exists(), literal("yes")), else_=literal("no"))


def _from_steps(_reader: Reader, _own: Any, _period: Period | None) -> ColumnElement[Any]:
    """Tell whether an outcome names criminal-justice steps."""
    named = tables.v_entity.alias()
    steps = select(named.c.no).where(named.c.no == _entity.c.no, named.c.field == "steps")
    return case((steps.correlate(_entity).exists(), literal("yes")), else_=literal("no"))


def _movement(reader: Reader, _own: Any, period: Period | None) -> ColumnElement[Any]:
    """Return how the risk score of an OCG moved: that at the end against that before the start.

    Scores of another version of the sheet or from another source are not compared.
    """
    end = period.end if period else date.max
    start = period.start - timedelta(days=1) if period else date.min
    now, then = _score(reader, "total", end), _score(reader, "total", start)
    same = _score(reader, "basis", end) == _score(reader, "basis", start)
    return case(
        (now.is_(None), literal("unscored")),
        (then.is_(None), literal("new")),
        (not_(same), literal("not-compared")),
        (now > then, literal("rising")),
        (now < then, literal("falling")),
        else_=literal("level"),
    )


def _score(reader: Reader, name: str, until: date) -> Any:
    """Return what the newest score by the ranking sheet up to a day says, or what it rests on."""
    held, scored = tables.entity.alias(), tables.KINDS[Kind.ASSESSMENT].own
    assert scored is not None  # noqa: S101 - assessments have fields of their own
    said = {
        "total": scored.c.total,
        "basis": scored.c.score_source.concat(scored.c.sheet_version),
    }
    return (
        select(said[name])
        .join(held, held.c.no == scored.c.no)
        .where(held.c.owner_no == _entity.c.no, scored.c.sheet == RANKING)
        .where(scored.c.total.is_not(None), scored.c.assessed <= until.isoformat())
        .where(reader.may_see(table=held))
        .order_by(scored.c.assessed.desc(), scored.c.no.desc())
        .limit(1)
        .correlate(_entity)
        .scalar_subquery()
    )


_Derived = Callable[[Reader, Any, Period | None], ColumnElement[Any]]
_DERIVED: Final[dict[tuple[Kind, str], _Derived]] = {
    (Kind.OPERATION, "phase_then"): _phase_then,
    (Kind.OPERATION, "on_handles"): _on_handles,
    (Kind.OCG, "movement"): _movement,
    (Kind.OUTCOME, "counted"): _from_steps,
}
