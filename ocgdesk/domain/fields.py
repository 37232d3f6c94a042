"""How one field of a kind is described: once, for tables, forms, columns, import and export."""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any


class FieldType(StrEnum):
    """What a field holds; decides its column, its editor and how it is written out."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    CODE = "code"
    FLAG = "flag"
    INTEGER = "integer"
    NUMBER = "number"
    DAY = "day"
    PARTIAL_DATE = "partial-date"
    INSTANT = "instant"
    GRADE = "grade"
    ENTITY = "entity"
    CODES = "codes"
    TEXTS = "texts"
    ENTITIES = "entities"
    ALIASES = "aliases"
    IDENTIFIERS = "identifiers"
    EXTERNALS = "externals"
    GROUNDS = "grounds"
    ANSWERS = "answers"


MANY = frozenset(
    {
        FieldType.CODES,
        FieldType.TEXTS,
        FieldType.ENTITIES,
        FieldType.ALIASES,
        FieldType.IDENTIFIERS,
        FieldType.EXTERNALS,
        FieldType.GROUNDS,
        FieldType.ANSWERS,
    }
)
"""Types that hold several values: kept in a table per value type, not in a column."""


class Search(StrEnum):
    """How the search box finds a record by this field."""

    NOT = "not"
    NAME = "name"
    IDENTIFIER = "identifier"
    TEXT = "text"


class Sensitivity(StrEnum):
    """How careful lists and products are with this field."""

    ORDINARY = "ordinary"
    PERSONAL = "personal"
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its type, its words and how it is searched.

    ``codes`` names the reference list of a CODE or CODES field. ``link_end`` marks
    fields that hold the UUID of another thing and are kept as integers inside the file.
    """

    label: str
    type: FieldType
    name: str = ""
    codes: str = ""
    required: bool = False
    is_label: bool = False
    search: Search = Search.NOT
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    in_table: bool = False
    mono: bool = False
    help: str = ""


def described(
    label: str,
    type_: FieldType = FieldType.TEXT,
    *,
    default: object = MISSING,
    factory: Callable[[], object] | None = None,
    **more: Any,
) -> Any:
    """Return a dataclass field that carries its description."""
    metadata = {"field": Field(label=label, type=type_, **more)}
    if factory is not None:
        return field(default_factory=factory, metadata=metadata)
    return field(default=_default(type_) if default is MISSING else default, metadata=metadata)


def _default(type_: FieldType) -> object:
    if type_ in MANY:
        return ()
    if type_ is FieldType.FLAG:
        return False
    if type_ in {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CODE, FieldType.GRADE}:
        return ""
    return None


_described: dict[type, tuple[Field, ...]] = {}


def described_fields(cls: type) -> tuple[Field, ...]:
    """Return the descriptions of a kind's own fields, in the order they were written."""
    if (known := _described.get(cls)) is None:
        known = _described[cls] = _read(cls)
    return known


def _read(cls: type) -> tuple[Field, ...]:
    return tuple(_named(f.metadata["field"], f.name) for f in fields(cls) if "field" in f.metadata)


def _named(description: Field, name: str) -> Field:

    return replace(description, name=name)
