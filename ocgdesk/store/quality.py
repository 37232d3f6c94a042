"""What breaks a quality rule, among what a reader may know of.

Each query of ``domain.quality`` is one statement, or one and a look at each of its rows where
SQL cannot tell. What it returns besides the number of a record says why in a word.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select

from ocgdesk.domain import identifiers, reviews, source_words
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.plans import LIVE, Strand
from ocgdesk.domain.quality import DATED, Query, Rule
from ocgdesk.domain.reference_data import code_list
from ocgdesk.store import network_parts, tables
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader

_entity, _link = tables.entity, tables.link


Found = tuple[int, Any]
"""The number of what breaks a rule, and why: a day, a count, a text; None where plain."""


# ---- Counting ----------------------------------------------------------------------------------


def count(reader: Reader, rule: Rule, today: date) -> int:
    """Return how many records or links break a rule."""
    query = _QUERIES[rule.query](reader, rule, today)
    if isinstance(query, Select):
        return _count(reader, query)
    return sum(1 for _each in query)


def population(reader: Reader, rule: Rule) -> int:
    """Return how many records or links a rule looks at."""
    principals = rule.query is Query.BARE_PRINCIPAL
    return _count(reader, _principals(reader) if principals else _every(reader, rule))


def _count(reader: Reader, query: Select[Any]) -> int:
    return int(reader.rows(select(func.count()).select_from(query.order_by(None).subquery()))[0][0])


def numbers(reader: Reader, rule: Rule, today: date) -> list[Found]:
    """Return the numbers of all that breaks a rule, each with why, in the order of names."""
    query = _QUERIES[rule.query](reader, rule, today)
    if isinstance(query, Select):
        return [(row[0], row[1]) for row in reader.rows(query)]
    return list(query)


# ---- What every query starts from --------------------------------------------------------------


def _every(reader: Reader, rule: Rule, why: Any = None) -> Select[Any]:
    """Select what a rule looks at: of its kind, live where only those count, and seen."""
    spec = tables.KINDS[rule.kind]
    reason = literal(None) if why is None else why
    query = select(spec.base.c.no, reason.label("why")).where(spec.base.c.kind == rule.kind.value)
    if spec.own is not None:
        query = query.join(spec.own, spec.own.c.no == spec.base.c.no)
    if spec.base is _link:
        return query.where(_seen_link(reader)).order_by(_link.c.no)
    if rule.live:
        query = query.where(own_table(rule.kind).c.status.in_(_live(rule.kind)))
    return query.where(reader.may_see()).order_by(_entity.c.sort_key, _entity.c.no)


def _live(kind: Kind) -> list[str]:
    field = next(field for field in tables.KINDS[kind].own_fields if field.name == "status")
    return [item.code for item in code_list(field.codes) if item.get("live")]


def _seen_link(reader: Reader) -> ColumnElement[bool]:
    """Return the clause of ``may_see`` turned round, so that no link is asked one by one.

    Few are hidden, and those are found by their indexes; to ask each of 500,000 takes seconds.
    """
    hidden = reader.hidden_links()
    if not reader.reads or hidden is None:
        return reader.may_see(Base.LINK)
    return _link.c.no.not_in(select(hidden.c.no))


def _held(rule: Rule, name: str) -> ColumnElement[bool]:
    """Return the clause that something stands in a field."""
    spec = tables.KINDS[rule.kind]
    many = next((field for field in spec.many if field.name == name), None)
    if many is not None:
        table = tables.VALUES[many.type]
        return exists().where(table.c.no == spec.base.c.no, table.c.field == name)
    column = _column(rule, name)
    return and_(column.is_not(None), column != "") if _is_text(rule, name) else column.is_not(None)


def _column(rule: Rule, name: str) -> Any:
    spec = tables.KINDS[rule.kind]
    own = spec.own is not None and name in spec.own.c
    return spec.own.c[name] if own and spec.own is not None else spec.base.c[name]


def _is_text(rule: Rule, name: str) -> bool:
    spec = tables.KINDS[rule.kind]
    numbers_ = {FieldType.NUMBER, FieldType.INTEGER, FieldType.ENTITY, FieldType.FLAG, *DATED}
    fields = (*spec.own_fields, *spec.base_fields)
    return all(field.type not in numbers_ for field in fields if field.name == name)


# ---- The queries -------------------------------------------------------------------------------


def _field_empty(reader: Reader, rule: Rule, today: date) -> Select[Any]:
    del today
    return _every(reader, rule).where(~_held(rule, rule.field))


def _field_older(reader: Reader, rule: Rule, today: date) -> Select[Any]:
    column, last = _column(rule, rule.field), (today - timedelta(days=rule.days)).isoformat()
    # A date that is only known by its year or month is past once no day of it is left.
    whole = func.substr(column + "-99-99", 1, 10)
    query = _every(reader, rule, column).where(column.is_not(None), whole < last)
    return query.where(~_held(rule, rule.unless)) if rule.unless else query


def _few_links(reader: Reader, rule: Rule, today: date) -> Select[Any]:
    current = [_seen_link(reader), or_(_link.c.end.is_(None), _link.c.end >= today.isoformat())]
    if rule.link:
        current.append(_link.c.type == rule.link)
    ends = [
        select(end.label("no")).where(*current) for end in (_link.c.source_no, _link.c.target_no)
    ]
    each = ends[0].union_all(ends[1]).subquery()
    counted = select(each.c.no, func.count().label("n")).group_by(each.c.no).subquery()
    number = func.coalesce(counted.c.n, 0)
    query = _every(reader, rule, number).outerjoin(counted, counted.c.no == _entity.c.no)
    return query.where(number < rule.below)


def _no_post(reader: Reader, rule: Rule, today: date) -> Select[Any]:
    child, own = _entity.alias("assigned"), own_table(Kind.ASSIGNMENT)
    held = (
        select(child.c.owner_no)
        .join(own, own.c.no == child.c.no)
        .where(
            own.c.role == rule.post,
            or_(own.c.end.is_(None), own.c.end >= today.isoformat()),
            reader.may_see(table=child),
        )
    )
    return _every(reader, rule).where(_entity.c.no.not_in(held))


def _score_due(reader: Reader, rule: Rule, today: date) -> list[Found]:
    child, own = _entity.alias("scored"), own_table(Kind.ASSESSMENT)
    newest = (
        select(child.c.owner_no, func.max(own.c.assessed).label("on"))
        .join(own, own.c.no == child.c.no)
        .where(reader.may_see(table=child))
        .group_by(child.c.owner_no)
        .subquery()
    )
    query = _every(reader, rule, newest.c.on).add_columns(own_table(Kind.OCG).c.tier)
    found: list[Found] = []
    for no, on, tier in reader.rows(query.outerjoin(newest, newest.c.owner_no == _entity.c.no)):
        due = reviews.next_review(tier, date.fromisoformat(on)) if on else None
        if on is None or (due is not None and due < today):
            found.append((no, due.isoformat() if due else None))
    return found


def _empty_strand(reader: Reader, rule: Rule, today: date) -> Select[Any]:
    del today
    child, own = _entity.alias("doing"), own_table(Kind.ACTION)
    live = (
        select(child.c.owner_no, func.count(own.c.strand.distinct()).label("n"))
        .join(own, own.c.no == child.c.no)
        .where(own.c.status.in_(LIVE), reader.may_see(table=child))
        .group_by(child.c.owner_no)
        .subquery()
    )
    empty = len(Strand) - func.coalesce(live.c.n, 0)
    query = _every(reader, rule, empty).outerjoin(live, live.c.owner_no == _entity.c.no)
    return query.where(empty > 0)


def _principals(reader: Reader) -> Select[Any]:
    member = own_table(Kind.MEMBERSHIP)
    return (
        select(_link.c.source_no)
        .join(member, member.c.no == _link.c.no)
        .where(member.c.importance == "principal", _seen_link(reader))
        .distinct()
    )


def _bare_principal(reader: Reader, rule: Rule, today: date) -> Select[Any]:
    del today
    query = _every(reader, rule).where(_entity.c.no.in_(_principals(reader)))
    return query.where(~_held(rule, "identifiers"))


def _not_categorised(reader: Reader, rule: Rule, today: date) -> Select[Any]:
    del today
    listed = code_list("data-subject-categories")
    absent = [item.code for item in listed if item.get("absence")]
    said = exists().where(
        tables.v_text.c.no == _entity.c.no,
        tables.v_text.c.field == "categories",
        tables.v_text.c.value.not_in(absent),
    )
    return _every(reader, rule).where(~said)


def _victim_words(reader: Reader, rule: Rule, today: date) -> Iterator[Found]:
    del today
    known = network_parts.exploited(reader)
    written: dict[int, list[str]] = {}
    for no, text in _written(reader):
        if text and no in known:
            written.setdefault(no, []).append(text)
    for no, _why in reader.rows(_every(reader, rule)):
        found = [
            finding.text
            for text in written.get(no, ())
            for finding in source_words.findings(text, source_words.VICTIMS)
        ]
        if found:
            yield no, "; ".join(dict.fromkeys(found))


def _written(reader: Reader) -> Iterator[Found]:
    """Yield what is written of nominals: summaries, notes, and what stands on memberships."""
    nominal, note = own_table(Kind.NOMINAL), own_table(Kind.NOTE)
    safe, child = own_table(Kind.SAFEGUARDING), _entity.alias("written")
    yield from reader.rows(select(nominal.c.no, nominal.c.summary).where(nominal.c.summary != ""))
    for own, column in ((note, note.c.text), (safe, safe.c.note)):
        owned = select(child.c.owner_no, column).join(own, own.c.no == child.c.no)
        yield from reader.rows(owned.where(column != "", reader.may_see(table=child)))
    member = select(_link.c.source_no, _link.c.note).where(
        _link.c.kind == Kind.MEMBERSHIP.value, _link.c.note != "", _seen_link(reader)
    )
    yield from reader.rows(member)


def _identifier_format(reader: Reader, rule: Rule, today: date) -> Iterator[Found]:
    query = _every(reader, rule, tables.v_identifier.c.scheme)
    query = query.add_columns(tables.v_identifier.c.value).join(
        tables.v_identifier, tables.v_identifier.c.no == tables.KINDS[rule.kind].base.c.no
    )
    rows = [tuple(row) for row in reader.rows(query)]
    if (field := _NUMBERED.get(rule.kind)) is not None:
        plain = _every(reader, rule, literal(field[0])).add_columns(_column(rule, field[1]))
        rows += [tuple(row) for row in reader.rows(plain)]
    told: dict[int, Any] = {}
    for no, scheme, value in rows:
        if scheme in identifiers.CHECKED_TYPES and no not in told:
            problem = identifiers.check(scheme, value, today).problem
            if problem:
                told[no] = f"{value}: {problem}"
    yield from told.items()


_NUMBERED = {Kind.PHONE: ("phone", "number"), Kind.VEHICLE: ("vrm", "vrm")}
"""Kinds whose own field is an identifier: its type, and the field."""


def _no_source(reader: Reader, rule: Rule, today: date) -> Select[Any]:
    del today
    return _every(reader, rule).where(~_held(rule, "reports"))


def _not_reviewed(reader: Reader, rule: Rule, today: date) -> Select[Any]:
    del today
    own = own_table(Kind.ATTRIBUTION)
    unseen = or_(own.c.reviewer.is_(None), own.c.reviewer == own.c.analyst)
    return _every(reader, rule).where(own.c.status == "confirmed", unseen)


def _no_check_back(reader: Reader, rule: Rule, today: date) -> Select[Any]:
    del today
    child = _entity.alias("tried")
    tried = select(child.c.owner_no).where(
        child.c.kind == Kind.CHECK_BACK.value, reader.may_see(table=child)
    )
    own = own_table(Kind.COUNTY_LINE)
    closed = or_(own.c.closure_type != "", own.c.status.startswith("closed"))
    shut = own.c.status.not_in(_live(Kind.COUNTY_LINE))
    return _every(reader, rule).where(closed, shut, _entity.c.no.not_in(tried))


def _no_workings(reader: Reader, rule: Rule, today: date) -> Select[Any]:
    del today
    own, answer = own_table(Kind.ASSESSMENT), tables.v_answer
    said = exists().where(answer.c.no == _entity.c.no, answer.c.rationale != "")
    local = and_(own.c.score_source == "local", own.c.rationale == "")
    return _every(reader, rule, own.c.assessed).where(local, ~said)


_Asked = Callable[[Reader, Rule, date], "Select[Any] | Iterator[Found] | list[Found]"]

_QUERIES: dict[Query, _Asked] = {
    Query.FIELD_EMPTY: _field_empty,
    Query.FIELD_OLDER: _field_older,
    Query.FEW_LINKS: _few_links,
    Query.NO_POST: _no_post,
    Query.SCORE_DUE: _score_due,
    Query.EMPTY_STRAND: _empty_strand,
    Query.BARE_PRINCIPAL: _bare_principal,
    Query.NOT_CATEGORISED: _not_categorised,
    Query.VICTIM_WORDS: _victim_words,
    Query.IDENTIFIER_FORMAT: _identifier_format,
    Query.NO_SOURCE: _no_source,
    Query.NOT_REVIEWED: _not_reviewed,
    Query.NO_CHECK_BACK: _no_check_back,
    Query.NO_WORKINGS: _no_workings,
}
