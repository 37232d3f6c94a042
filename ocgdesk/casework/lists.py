"""Lists for papers and programs: what was asked for, now or as it was recorded, as rows."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import present, views, withholding
from ocgdesk.casework.field_words import worded
from ocgdesk.domain import valid_time
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import OWNED, Base, Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity, Marked, Thing
from ocgdesk.domain.wire import ENDS
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _
from ocgdesk.store import codec, history, listing, recent, recorded, records
from ocgdesk.store.listing import Filter, ListQuery, Sort, Test
from ocgdesk.store.reader import Reader

LISTED = tuple(kind for kind in Kind if kind not in {Kind.ASSERTION, Kind.PLACEMENT})
"""The kinds that can be listed and exported."""

NOT_DATED: Final = N_(
    "Only links, assignments, orders, custody, markers and what else has a beginning and an end"
    " hold on a day"
)
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which things of one kind are wanted, in which order, as at which moment."""

    kind: Kind
    filters: tuple[Filter, ...] = ()
    text: str = ""
    sorts: tuple[Sort, ...] = ()
    limit: int | None = None
    as_at: datetime | None = None
    """Recorded time: what this workspace held then; None is now."""
    on: date | None = None
    """Valid time: only links and assignments that may have held on this day."""
    view: str = ""
    """A saved view by its name: its filters hold too, its order where no other is asked for."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: a heading, and the field it shows where it shows one."""

    name: str
    heading: str
    field: Field | None = None
    counted: bool = False


Pairs = list[tuple[int, Thing]]


def find(reader: Reader, question: Question) -> Pairs:
    """Return the things asked for with their numbers; that they were read is not logged here.

    Raises Refused for a column that is not there, and where ``on`` means nothing for the kind.
    """
    withholding.refuse_list(question.kind)
    if question.view:
        question = _with_view(reader, question)
    if question.on is not None and not valid_time.is_dated(question.kind):
        raise Refused(_(NOT_DATED))
    pairs = _then(reader, question) if question.as_at else _now(reader, question)
    pairs = [pair for pair in pairs if views.is_open(reader, pair[1])]
    return pairs[: question.limit]


def _with_view(reader: Reader, question: Question) -> Question:
    layout, _gone = views.layout_of(views.named(reader, question.kind, question.view))
    return replace(
        question,
        filters=(*layout.filters, *question.filters),
        sorts=question.sorts or layout.sorts,
        text=question.text or layout.text,
        view="",
    )


def _holds(thing: Thing, on: date | None) -> bool:
    return on is None or valid_time.holds(thing, on)


def _now(reader: Reader, question: Question) -> Pairs:
    query = ListQuery(
        kind=question.kind,
        sorts=question.sorts,
        filters=question.filters,
        text=question.text,
    )
    nos = listing.order(reader, query)
    if question.on is None:
        nos = nos[: question.limit]
    base, pairs = class_of(question.kind).base, Pairs()
    for some in codec.batches(nos, _AT_ONCE):
        pairs += recorded.pairs(reader, some, base)
    return [pair for pair in pairs if _holds(pair[1], question.on)]


def _then(reader: Reader, question: Question) -> Pairs:
    """Return what was recorded; order and filters are worked out here, not in the file."""
    assert question.as_at is not None  # noqa: S101 - asked for by who calls
    seq = history.seq_at(reader, question.as_at)
    tests = [_tester(question.kind, filter_) for filter_ in question.filters]
    found = [
        (no, thing)
        for no, thing in history.numbered_as_at(reader, question.kind, seq)
        if _holds(thing, question.on)
        and all(test(thing) for test in tests)
        and _has_words(thing, question.text)
    ]
    for sort in reversed(question.sorts or _natural(question.kind)):
        value = _valuer(question.kind, sort.column)
        keyed = [(_key(value(pair[1])), pair) for pair in found]
        full = sorted((k for k in keyed if k[0] is not None), key=_first, reverse=sort.descending)
        found = [pair for _k, pair in (*full, *(k for k in keyed if k[0] is None))]
    return found


Value = Callable[[Thing], Any]
_EMPTY: Final[tuple[Any, ...]] = (None, "", (), [])


def _first(pair: tuple[Any, Any]) -> Any:
    return pair[0]


def _natural(kind: Kind) -> tuple[Sort, ...]:
    return (Sort("label"),) if class_of(kind).base is Base.ENTITY else ()


def _valuer(kind: Kind, column: str) -> Value:
    """Return what reads a column of a thing recorded earlier; Refused where nothing can."""
    cls = class_of(kind)
    if column in {"ref", "label"} and issubclass(cls, Entity):
        return attrgetter(column)
    if column == "marking" and issubclass(cls, Marked):
        return attrgetter("marking.value")
    if (field := next((f for f in described_fields(cls) if f.name == column), None)) is not None:
        return partial(_field_value, field)
    told = _("The column {name} cannot be asked for as it was recorded then")
    raise Refused(told.format(name=column[:40]))


def _field_value(field: Field, thing: Thing) -> Any:
    return present.value(field, getattr(thing, field.name))


def _key(value: Any) -> Any:
    """Return what a value is ordered by; None for an empty one, which comes last either way."""
    if value in _EMPTY:
        return None
    return value if isinstance(value, int | float) else str(value).casefold()


def _has_words(thing: Thing, text: str) -> bool:
    if not text:
        return True
    label = thing.label if isinstance(thing, Entity) else ""
    said = f"{label} {getattr(thing, 'ref', '')}".casefold()
    return all(word in said for word in text.casefold().split())


def _tester(kind: Kind, filter_: Filter) -> Callable[[Thing], bool]:
    return partial(_test, _valuer(kind, filter_.column), filter_)


def _test(read: Value, filter_: Filter, thing: Thing) -> bool:
    value = read(thing)
    some = value if isinstance(value, list) else [value]
    texts = ["" if item is None else str(item).casefold() for item in some]
    wanted = [word.casefold() for word in filter_.values]
    match filter_.test:
        case Test.IS:
            return any(text in wanted for text in texts)
        case Test.IS_NOT:
            return not any(text in wanted for text in texts)
        case Test.CONTAINS:
            return any(word in text for word in wanted for text in texts)
        case Test.EMPTY | Test.NOT_EMPTY:
            return any(texts) is (filter_.test is Test.NOT_EMPTY)
    raise Refused(_("A range cannot be asked for as it was recorded then"))


# ---- Rows ---------------------------------------------------------------------------------------

_ENDS = (
    Column("source_ref", N_("From reference")),
    Column("source", N_("From entity")),
    Column("target_ref", N_("To reference")),
    Column("target", N_("To entity")),
)
_MARKING = Column("marking", N_("Marking"))


def columns(kind: Kind, *, brief: bool, counted: bool = True) -> tuple[Column, ...]:
    """Return the columns of a list: those people look at first, or every field there is."""
    cls = class_of(kind)
    fields = [f for f in described_fields(cls) if f.in_table or not brief]
    own = [Column(f.name, f.label, f) for f in fields]
    if cls.base is Base.LINK:
        ends = _ENDS[1::2] if brief else _ENDS
        return (*ends, *own) if brief else (*ends, *own, _MARKING)
    has_owner = kind in OWNED
    owner = [Column("owner", N_("Belongs to"))] if has_owner else []
    found = [Column("ref", N_("Reference")), *owner, *own]
    if brief:
        return (*found, *(_counted(kind) if counted else ()))
    return (*found, _MARKING)


def _counted(kind: Kind) -> Iterable[Column]:
    for spec in listing.columns(kind):
        if spec.counted and spec.shown:
            yield Column(spec.name, spec.label, counted=True)


def rows(
    reader: Reader, pairs: Pairs, wanted: Sequence[Column], *, as_at: datetime | None = None
) -> list[tuple[object, ...]]:
    """Return a row for each thing: words for codes, dates and numbers as such."""
    names = _Names(reader, [thing for _no, thing in pairs], as_at)
    counts = _counts(reader, pairs, [c.name for c in wanted if c.counted])
    return [
        tuple(_cell(names, counts.get(no, {}), thing, column) for column in wanted)
        for no, thing in pairs
    ]


def _counts(
    reader: Reader, pairs: Pairs, names: Sequence[str]
) -> Mapping[int, Mapping[str, object]]:
    if not names or not pairs:
        return {}
    kind, nos = pairs[0][1].kind, [no for no, _thing in pairs]
    found = listing.window(reader, kind, nos, names)
    return {row.no: dict(zip(names, row.cells, strict=True)) for row in found}


def _cell(names: "_Names", counts: Mapping[str, object], thing: Thing, column: Column) -> object:
    if column.counted:
        return counts.get(column.name)
    if column.field is not None:
        return _field_cell(names, column.field, getattr(thing, column.field.name))
    match column.name:
        case "marking":
            return thing.marking.banner if isinstance(thing, Marked) else ""
        case "ref":
            return getattr(thing, "ref", "")
        case "owner":
            return names.label(getattr(thing, "owner", None))
    end = getattr(thing, column.name.removesuffix("_ref"))
    return names.ref(end) if column.name.endswith("_ref") else names.label(end)


_AS_THEY_ARE = (int, float, date)


def _field_cell(names: "_Names", field: Field, value: Any) -> object:
    if field.type is FieldType.ENTITY:
        return names.ref(value)
    if field.type is FieldType.ENTITIES:
        return "; ".join(names.ref(id_) for id_ in value)
    if isinstance(value, _AS_THEY_ARE) and not isinstance(value, bool):
        return value
    return worded(field, value)


class _Names:
    """References and labels of the records that a list's rows name by id."""

    def __init__(self, reader: Reader, things: Collection[Thing], as_at: datetime | None) -> None:
        self._briefs = records.by_ids(reader, {id_ for t in things for id_ in _named(t)})
        self._users = recent.user_names(reader)
        if as_at is not None:
            self._go_back(reader, history.seq_at(reader, as_at))

    def _go_back(self, reader: Reader, seq: int) -> None:
        for id_, brief in self._briefs.items():
            then = history.as_at(reader, brief.no, seq)
            if isinstance(then, Entity):
                self._briefs[id_] = replace(brief, label=then.label)

    def ref(self, id_: UUID | None) -> str:
        """Return the reference of a record, or the name of a user."""
        if id_ is None:
            return ""
        brief = self._briefs.get(id_)
        return (brief.ref or brief.label) if brief else self._users.get(id_, "")

    def label(self, id_: UUID | None) -> str:
        """Return what people call a record."""
        brief = self._briefs.get(id_) if id_ else None
        return brief.label if brief else ""


def markings(reader: Reader, things: Collection[Thing]) -> Iterable[Marking]:
    """Yield the markings of things and of the records that their rows name."""
    yield from (thing.marking for thing in things if isinstance(thing, Marked))
    named = records.by_ids(reader, {id_ for thing in things for id_ in _named(thing)})
    yield from (brief.marking for brief in named.values())


def _named(thing: Thing) -> Iterable[UUID]:
    ends = (getattr(thing, name) for name in ENDS[thing.base])
    yield from (end for end in ends if end is not None)
    for field in described_fields(type(thing)):
        value = getattr(thing, field.name)
        if field.type is FieldType.ENTITY and value is not None:
            yield value
        elif field.type is FieldType.ENTITIES:
            yield from value
