"""A definition of a return as data, and the other way round: what TOML and the window hold."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ocgdesk.domain.fields import MANY, FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.returns import (
    Axis,
    Block,
    Break,
    Condition,
    Count,
    Definition,
    Layout,
    Row,
)
from ocgdesk.errors import Refused

OWNER = "owner."
"""Before the name of a field: that of the record which owns the one counted."""

DERIVED = {
    (Kind.OPERATION, "phase_then"): ("Phase on the last day", "operation-phases"),
    (Kind.OCG, "movement"): ("Movement of the risk score", "score-movements"),
    (Kind.OPERATION, "on_handles"): ("Linked to handles (yes or no)", ""),
    (Kind.OUTCOME, "counted"): ("Counted from criminal-justice steps (yes or no)", ""),
}
"""What is worked out rather than recorded, with its words and its list."""
OF_PERIOD = frozenset({(Kind.OPERATION, "phase_then"), (Kind.OCG, "movement")})
"""What of it depends on the period a return is of."""


def read(data: Mapping[str, Any]) -> Definition:
    """Return the definition that data describes; Refused, in words, for data that is none."""
    try:
        made = _definition(data)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Refused(f"This is no definition of a return: {fault}") from None
    check(made)
    return made


def _definition(data: Mapping[str, Any]) -> Definition:
    return Definition(
        code=str(data["code"]),
        title=str(data["title"]),
        population=str(data["population"]),
        dated=str(data.get("dated", "")),
        number=int(data.get("number", 1)),
        layout=Layout(data.get("layout", "periods")),
        columns=_axis(data.get("columns")),
        column_total=str(data.get("column_total", "")),
        blocks=tuple(_block(one) for one in data["blocks"]),
        asks=tuple(data.get("asks", ("agency",))),
        requires=tuple(map(str, data.get("requires", ()))),
        breaks=tuple(_break(one) for one in data.get("breaks", ())),
        source=str(data.get("source", "")),
    )


def _block(data: Mapping[str, Any]) -> Block:
    return Block(
        title=str(data["title"]),
        count=_count(data["count"]),
        each=_axis(data.get("each")),
        rows=tuple(_row(one) for one in data.get("rows", ())),
        total=str(data.get("total", "")),
    )


def _count(data: Mapping[str, Any]) -> Count:
    first, last = data.get("open", ("", ""))
    return Count(
        kind=Kind(data["kind"]),
        sum=str(data.get("sum", "")),
        by=str(data.get("by", "")),
        open=(str(first), str(last)) if first else None,
        owner=Kind(data["owner"]) if data.get("owner") else None,
        where=_conditions(data.get("where", {})),
    )


def _conditions(data: Mapping[str, Sequence[str]]) -> tuple[Condition, ...]:
    return tuple(Condition(name, tuple(map(str, values))) for name, values in data.items())


def _axis(data: Mapping[str, Any] | None) -> Axis | None:
    if not data:
        return None
    return Axis(
        field=str(data["field"]),
        codes=str(data.get("codes", "")),
        only=tuple(data.get("only", ())),
        recorded=bool(data.get("recorded", False)),
        unsaid=str(data.get("unsaid", "")),
    )


def _row(data: Mapping[str, Any]) -> Row:
    return Row(
        label=str(data["label"]),
        where=_conditions(data.get("where", {})),
        is_cross_cut=bool(data.get("cross_cut", False)),
    )


def _break(data: Mapping[str, Any]) -> Break:
    on = data["on"]
    return Break(
        on=on if isinstance(on, date) else date.fromisoformat(on), reason=str(data["reason"])
    )


def plain(definition: Definition) -> dict[str, Any]:
    """Return a definition as data that ``read`` takes back."""
    made: dict[str, Any] = {
        "code": definition.code,
        "title": definition.title,
        "population": definition.population,
        "dated": definition.dated,
        "number": definition.number,
        "layout": definition.layout.value,
        "column_total": definition.column_total,
        "asks": list(definition.asks),
        **({"requires": list(definition.requires)} if definition.requires else {}),
        "blocks": [_plain_block(block) for block in definition.blocks],
        "breaks": [{"on": one.on.isoformat(), "reason": one.reason} for one in definition.breaks],
        "source": definition.source,
    }
    return made | ({"columns": _plain_axis(definition.columns)} if definition.columns else {})


def _plain_block(block: Block) -> dict[str, Any]:
    made: dict[str, Any] = {"title": block.title, "count": _plain_count(block.count)}
    if block.each:
        made["each"] = _plain_axis(block.each)
    if block.rows:
        made["rows"] = [
            {"label": row.label, "where": _plain_where(row.where), "cross_cut": row.is_cross_cut}
            for row in block.rows
        ]
    return made | {"total": block.total}


def _plain_count(count: Count) -> dict[str, Any]:
    made: dict[str, Any] = {"kind": count.kind.value, "sum": count.sum, "by": count.by}
    if count.open:
        made["open"] = list(count.open)
    if count.owner:
        made["owner"] = count.owner.value
    return made | {"where": _plain_where(count.where)}


def _plain_where(where: Sequence[Condition]) -> dict[str, list[str]]:
    return {one.field: list(one.values) for one in where}


def _plain_axis(axis: Axis) -> dict[str, Any]:
    return {
        "field": axis.field,
        "codes": axis.codes,
        "only": list(axis.only),
        "recorded": axis.recorded,
        "unsaid": axis.unsaid,
    }


def field_type(count: Count, name: str) -> FieldType:
    """Return what a field of what is counted holds; Refused for a field there is none of."""
    kind, rest = (count.owner, name[len(OWNER) :]) if name.startswith(OWNER) else (count.kind, name)
    if kind is None:
        raise Refused(f"{name} asks of an owner, and this count names none")
    if (kind, name) in DERIVED:  # what is worked out is so of what is counted, of no owner
        return FieldType.CODE
    found = next((f for f in described_fields(class_of(kind)) if f.name == rest), None)
    if found is None:
        raise Refused(f"There is no field {rest!r} in a record of this kind ({kind.value})")
    return found.type


ASKED = frozenset(
    {FieldType.CODE, FieldType.CODES, FieldType.TEXT, FieldType.FLAG, FieldType.ENTITY}
)
"""Types of field a return groups and narrows by."""
DAYS = frozenset({FieldType.DAY, FieldType.PARTIAL_DATE})
"""Types of field a return counts by."""
NUMBERS = frozenset({FieldType.NUMBER, FieldType.INTEGER})
"""Types of field a return adds up."""


def check(definition: Definition) -> None:
    """Raise Refused, in words, where a definition asks for what is not recorded."""
    if not definition.blocks:
        raise Refused("A return needs at least one block of rows")
    if (definition.layout is Layout.AXIS) != (definition.columns is not None):
        raise Refused("A return with a column for each value names the field; others name none")
    if strange := [name for name in definition.requires if name not in definition.asks]:
        raise Refused(f"A return can need only what it may be narrowed by, not {strange[0]!r}")
    for block in definition.blocks:
        if bool(block.each) == bool(block.rows):
            raise Refused(f"{block.title}: say either one row for each value, or the rows by hand")
        _check_count(block, definition)
        for name in definition.asks:
            _check_asked(block, name)


def _check_asked(block: Block, name: str) -> None:
    """Raise Refused where a block could not be narrowed by what the whole return asks for."""
    count = block.count
    names = [name] if name.startswith(OWNER) else [name, f"{OWNER}{name}"]
    for one in names if count.owner else names[:1]:
        try:
            field_type(count, one)
        except Refused:
            continue
        return
    raise Refused(f"{block.title}: what is counted is not recorded by {name!r}")


def _check_count(block: Block, definition: Definition) -> None:
    count = block.count
    for one in (*count.where, *(c for row in block.rows for c in row.where)):
        _need(count, one.field, ASKED)
    for axis in (block.each, definition.columns):
        if axis is not None:
            _need(count, axis.field, ASKED)
    for name in (count.by, *(count.open or ())):
        if name:
            _need(count, name, DAYS)
    if count.sum:
        _need(count, count.sum, NUMBERS)


def _need(count: Count, name: str, types: frozenset[FieldType]) -> None:
    if field_type(count, name) not in types:
        raise Refused(f"{name} holds nothing that can be asked for here")


def is_many(count: Count, name: str) -> bool:
    """Tell whether one record may hold several values of a field, and so count several times."""
    return field_type(count, name) in MANY
