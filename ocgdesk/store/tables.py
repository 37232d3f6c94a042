"""The tables. Kinds' own columns are made from the descriptions of their fields.

Nothing outside the store ever holds a row.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from ocgdesk.domain.fields import MANY, Field, FieldType, described_fields
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.registry import CLASSES
from ocgdesk.domain.things import Thing
from ocgdesk.store import event_tables
from ocgdesk.store import metadata as shared

metadata = shared.metadata
_NUMBER = shared.NUMBER
_SCALARS: dict[FieldType, Any] = {
    FieldType.FLAG: Boolean(create_constraint=False),
    FieldType.INTEGER: Integer(),
    FieldType.NUMBER: Float(),
    FieldType.ENTITY: LargeBinary(16),
}
_NULLABLE = frozenset(
    {
        FieldType.NUMBER,
        FieldType.INTEGER,
        FieldType.DAY,
        FieldType.PARTIAL_DATE,
        FieldType.INSTANT,
        FieldType.ENTITY,
    }
)


def _column(field: Field) -> Column[Any]:
    return Column(field.name, _SCALARS.get(field.type, Text()), nullable=field.type in _NULLABLE)


def _scalar(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(field for field in fields if field.type not in MANY)


def _end(name: str, table: str, *, nullable: bool = False, index: bool = True) -> Column[Any]:
    target = ForeignKey(f"{table}.no", deferrable=True, initially="DEFERRED")
    return Column(name, _NUMBER, target, nullable=nullable, index=index)


def _identity() -> tuple[Column[Any], ...]:
    return (
        Column("no", _NUMBER, primary_key=True, autoincrement=False),
        Column("id", LargeBinary(16), nullable=False, unique=True),
        Column("version", Integer, nullable=False),
    )


def _access() -> tuple[Column[Any], ...]:
    return (
        Column("marking", Text, nullable=False),
        Column("restricted", Boolean(create_constraint=False), nullable=False),
    )


entity = Table(
    "entity",
    metadata,
    *_identity(),
    Column("kind", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("sort_key", Text, nullable=False),
    _end("owner_no", "entity", nullable=True),
    *_access(),
    Index("ix_entity_ref", "ref", unique=True, sqlite_where=text("ref <> ''")),
    Index("ix_entity_kind_sort_key", "kind", "sort_key"),
    Index("ix_entity_restricted", "no", sqlite_where=text("restricted = 1")),
)

_link_fields = _scalar(described_fields(Link))

link = Table(
    "link",
    metadata,
    *_identity(),
    Column("kind", Text, nullable=False),
    _end("source_no", "entity", index=False),
    _end("target_no", "entity", index=False),
    *(_column(field) for field in _link_fields),
    *_access(),
    # Whose links, of which kind, and whether they may be known of: without a look at the links.
    Index("ix_link_source", "source_no", "kind", "target_no", "restricted"),
    Index("ix_link_target", "target_no", "kind", "source_no", "restricted"),
    Index("ix_link_restricted", "no", sqlite_where=text("restricted = 1")),
)

assertion = Table(
    "assertion",
    metadata,
    *_identity(),
    Column("subject_no", _NUMBER, nullable=False, index=True),
    *(_column(field) for field in _scalar(described_fields(CLASSES[Kind.ASSERTION]))),
)

placement = Table(
    "placement",
    metadata,
    *_identity(),
    _end("chart_no", "entity"),
    _end("item_no", "entity"),
    *(_column(field) for field in _scalar(described_fields(CLASSES[Kind.PLACEMENT]))),
)

BASES: dict[Base, Table] = {
    Base.ENTITY: entity,
    Base.LINK: link,
    Base.ASSERTION: assertion,
    Base.PLACEMENT: placement,
}


@dataclass(frozen=True, slots=True)
class KindTables:
    """Where one kind is kept: its base table, its own, and which fields are in which."""

    cls: type[Thing]
    base: Table
    own: Table | None
    base_fields: tuple[Field, ...]
    own_fields: tuple[Field, ...]
    many: tuple[Field, ...]


def _own_table(kind: Kind, base: Table, fields: tuple[Field, ...]) -> Table:
    key = Column(
        "no",
        _NUMBER,
        ForeignKey(f"{base.name}.no", ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
        primary_key=True,
        autoincrement=False,
    )
    return Table(kind.table, metadata, key, *(_column(field) for field in fields))


def _tables_of(kind: Kind, cls: type[Thing]) -> KindTables:
    fields = described_fields(cls)
    scalars, many = _scalar(fields), tuple(f for f in fields if f.type in MANY)
    base = BASES[cls.base]
    in_base = {column.name for column in base.columns} if cls.base is not Base.ENTITY else set()
    base_fields = tuple(f for f in scalars if f.name in in_base)
    own_fields = tuple(f for f in scalars if f.name not in in_base)
    own = _own_table(kind, base, own_fields) if own_fields else None
    return KindTables(cls, base, own, base_fields, own_fields, many)


KINDS: dict[Kind, KindTables] = {kind: _tables_of(kind, cls) for kind, cls in CLASSES.items()}


def _values(name: str, *columns: Column[Any], index: tuple[str, ...] = ()) -> Table:
    return Table(
        f"v_{name}",
        metadata,
        Column("no", _NUMBER, nullable=False),
        Column("field", Text, nullable=False),
        Column("pos", Integer, nullable=False),
        *columns,
        PrimaryKeyConstraint("no", "field", "pos"),
        *((Index(f"ix_v_{name}_{'_'.join(index)}", *index),) if index else ()),
        sqlite_with_rowid=False,
    )


def _text(name: str) -> Column[Any]:
    return Column(name, Text, nullable=False)


v_text = _values("text", _text("value"))
v_entity = _values("entity", Column("target", LargeBinary(16), nullable=False), index=("target",))
v_alias = _values("alias", _text("text"), _text("type"))
v_identifier = _values("identifier", _text("scheme"), _text("value"), index=("value",))
v_external = _values("external", _text("scheme"), _text("value"), index=("scheme", "value"))
v_ground = _values(
    "ground", _text("code"), _text("sign"), _text("note"), _text("grade"), _text("ref")
)
v_answer = _values("answer", _text("factor"), _text("value"), _text("rationale"))

VALUES: dict[FieldType, Table] = {
    FieldType.CODES: v_text,
    FieldType.TEXTS: v_text,
    FieldType.ENTITIES: v_entity,
    FieldType.ALIASES: v_alias,
    FieldType.IDENTIFIERS: v_identifier,
    FieldType.EXTERNALS: v_external,
    FieldType.GROUNDS: v_ground,
    FieldType.ANSWERS: v_answer,
}

access = Table(
    "access",
    metadata,
    Column("no", _NUMBER, nullable=False),
    Column("user_id", LargeBinary(16), nullable=False),
    PrimaryKeyConstraint("no", "user_id"),
    sqlite_with_rowid=False,
)
"""Who may know of a restricted entity or link."""

removed = Table(
    "removed",
    metadata,
    *_identity(),
    Column("kind", Text, nullable=False),
    Column("ref", Text, nullable=False),
)
"""Things that were taken out: they keep their number, so that undo brings back the same."""

former_tie = Table(
    "former_tie",
    metadata,
    Column("end_id", LargeBinary(16), nullable=False),
    Column("no", _NUMBER, nullable=False),
    Column("kind", Text, nullable=False),
    PrimaryKeyConstraint("end_id", "no"),
    sqlite_with_rowid=False,
)
"""What once hung on a record, joined it or named it, and at some time did not any more."""

content = Table(
    "content",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""The bytes of attachments, each kept once, by the hash of its content."""

origin_file = Table(
    "origin_file",
    metadata,
    Column("file_no", _NUMBER, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("specification", Text, nullable=False),
    Column("at", Text, nullable=False),
)
"""Files that were taken in: what a record says of where it came from."""

origin = Table(
    "origin",
    metadata,
    Column("no", _NUMBER, nullable=False),
    Column("file_no", _NUMBER, nullable=False),
    Column("row", Integer, nullable=False),
    PrimaryKeyConstraint("no", "file_no"),
    sqlite_with_rowid=False,
)
"""The row of a file that made or changed a record or link, the first where there were several."""

event_block = event_tables.event_block

meta = Table("meta", metadata, Column("name", Text, primary_key=True), _text("value"))

counter = Table(
    "counter",
    metadata,
    Column("letters", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("letters", "year"),
)
"""The last reference issued of each kind and year."""

user = Table(
    "user",
    metadata,
    Column("id", LargeBinary(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("display", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("disabled", Boolean(create_constraint=False), nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("user_id", LargeBinary(16), nullable=False),
    Column("act", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("undoes", _NUMBER, nullable=True),
    Column("things", Integer, nullable=False),
    Column("payload_hash", LargeBinary(32), nullable=False),
    Column("previous", LargeBinary(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("undoable", Boolean(create_constraint=False), nullable=False),
    Column("undone", Boolean(create_constraint=False), nullable=False),
    CheckConstraint("seq > 0", name="seq"),
    Index("ix_journal_user_id", "user_id", "seq"),
    Index("ix_journal_at", "at"),
    Index("ix_journal_act", "act", "seq"),
)

journal_block = Table(
    "journal_block",
    metadata,
    Column("seq", _NUMBER, nullable=False),
    Column("block", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("seq", "block"),
)
"""What each change set did: up to 1,000 pairs of before and after, compressed."""

journal_item = Table(
    "journal_item",
    metadata,
    Column("no", _NUMBER, nullable=False),
    Column("seq", _NUMBER, nullable=False),
    Column("kind", Text, nullable=False),
    Column("left_version", Integer, nullable=False),
    Column("state", Integer, nullable=False),
    Column("block", Integer, nullable=False),
    Column("pos", Integer, nullable=False),
    PrimaryKeyConstraint("no", "seq"),
    Index("ix_journal_item_seq", "seq"),
    sqlite_with_rowid=False,
)
"""Where in the journal each change of each thing is.

``state`` is the version whose content the change left: an undo leaves an earlier state under
a new version, so that the edit before it can be undone in turn.
"""

journal_subject = Table(
    "journal_subject",
    metadata,
    Column("no", _NUMBER, nullable=False),
    Column("seq", _NUMBER, nullable=False),
    PrimaryKeyConstraint("no", "seq"),
    Index("ix_journal_subject_seq", "seq"),
    sqlite_with_rowid=False,
)
"""Which records a consultation, disclosure or combination was about."""

search_text = Table(
    "search_text",
    metadata,
    Column("no", _NUMBER, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("names", Text, nullable=False),
    Column("identifiers", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""What the search index holds of each entity; kept by the unit of work on every path."""

search_name = Table(
    "search_name",
    metadata,
    Column("no", _NUMBER, primary_key=True),
    Column("word", Text, nullable=False, unique=True),
    Column("uses", Integer, nullable=False),
    sqlite_autoincrement=True,
)
"""Each word of the names on record, and how often it is used. A number is never used again."""

search_sound = Table(
    "search_sound",
    metadata,
    Column("sound", Text, nullable=False),
    Column("word", Text, nullable=False),
    PrimaryKeyConstraint("sound", "word"),
    sqlite_with_rowid=False,
)
"""The words that sound alike, by the keys of ``domain.sounds``."""
