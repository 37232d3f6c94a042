"""The search index: words by prefix, any three letters of a name or number, names by sound.

This is SQLite's own (FTS5); another database needs its own version of this module only.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Table, event, text

from ocgdesk.domain.fields import FieldType, Search, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity
from ocgdesk.store import tables, vocabulary
from ocgdesk.store.vocabulary import Words

_COLUMNS = ("names", "identifiers", "body")
_DDL = (
    """CREATE VIRTUAL TABLE search_word USING fts5(names, identifiers, body,
    content='search_text', content_rowid='no', prefix='1 2 3',
    tokenize="unicode61 remove_diacritics 2")""",
    """CREATE VIRTUAL TABLE search_gram USING fts5(names, identifiers,
    content='search_text', content_rowid='no', tokenize="trigram remove_diacritics 1")""",
)
LONGEST = 20_000
"""Characters of a long text that are indexed; a report is found by its beginning."""


def create(connection: Connection) -> None:
    """Make the two indexes over the table of search texts."""
    for statement in _DDL:
        connection.exec_driver_sql(statement)


def _after_create(_table: Table, connection: Connection, **_kw: Any) -> None:
    create(connection)


event.listen(tables.search_text, "after_create", _after_create)


@dataclass(frozen=True, slots=True)
class SearchText:
    """What the index holds of one entity."""

    no: int
    kind: str
    names: str
    identifiers: str
    body: str


def text_of(entity: Entity, no: int) -> SearchText:
    """Return what an entity is found by, from the descriptions of its fields."""
    names: list[str] = []
    identifiers: list[str] = [entity.ref] if entity.ref else []
    body: list[str] = []
    into = {Search.NAME: names, Search.IDENTIFIER: identifiers, Search.TEXT: body}
    for where, read, words in _searched(entity.kind):
        if value := read(entity):
            into[where] += words(value)
    packed = [value.translate(_PACKING) for value in identifiers]
    identifiers += [new for new, old in zip(packed, identifiers, strict=True) if new != old]
    return SearchText(
        no,
        entity.kind.value,
        "\n".join(names),
        "\n".join(identifiers),
        "\n".join(body)[:LONGEST],
    )


_PACKING = str.maketrans("", "", " \t/()+-")
"""Numbers are found without their spaces too: 07700900321 finds 07700 900321."""

_Words = Callable[[Any], Iterable[str]]
_WORDS: dict[FieldType, _Words] = {
    FieldType.ALIASES: lambda value: [alias.text for alias in value],
    FieldType.IDENTIFIERS: lambda value: [item.value for item in value],
    FieldType.EXTERNALS: lambda value: [item.value for item in value],
    FieldType.TEXTS: list,
}


@cache
def _searched(kind: Kind) -> tuple[tuple[Search, Callable[[Any], Any], _Words], ...]:
    """Return the fields of a kind the index holds: where, how to read them, their words."""
    return tuple(
        (field.search, attrgetter(field.name), _WORDS.get(field.type, lambda value: [str(value)]))
        for field in described_fields(class_of(kind))
        if field.search is not Search.NOT
    )


def put(
    connection: Connection,
    texts: Sequence[SearchText],
    words: Words,
    *,
    new: bool,
) -> None:
    """Index these texts; ``new`` promises that none of them was there before.

    ``words`` are those of their names, counted beforehand by ``words_of``.
    """
    if not texts:
        return
    by = words.uses if new else _differing(connection, texts, words.uses)
    vocabulary.change(connection, by, words.sounds)
    if not new:
        _take_out(connection, [item.no for item in texts])
    rows = [(t.no, t.kind, t.names, t.identifiers, t.body) for t in texts]
    connection.exec_driver_sql(
        "INSERT INTO search_text (no, kind, names, identifiers, body) VALUES (?,?,?,?,?)", rows
    )
    connection.exec_driver_sql(
        "INSERT INTO search_word (rowid, names, identifiers, body) VALUES (?,?,?,?)",
        [(t.no, t.names, t.identifiers, t.body) for t in texts],
    )
    connection.exec_driver_sql(
        "INSERT INTO search_gram (rowid, names, identifiers) VALUES (?,?,?)",
        [(t.no, t.names, t.identifiers) for t in texts],
    )


def held(connection: Connection, nos: Sequence[int]) -> dict[int, SearchText]:
    """Return what the index holds of these entities, by number."""
    found: dict[int, SearchText] = {}
    for start in range(0, len(nos), 500):
        marks = ",".join(str(int(no)) for no in nos[start : start + 500])
        sql = f"SELECT no, kind, names, identifiers, body FROM search_text WHERE no IN ({marks})"  # noqa: S608
        found |= {row[0]: SearchText(*row) for row in connection.exec_driver_sql(sql)}
    return found


def words_of(texts: Iterable[SearchText]) -> Words:
    """Return the words of the names of these texts, counted for the vocabulary."""
    return vocabulary.counted(text.names for text in texts)


def _differing(
    connection: Connection, texts: Sequence[SearchText], words: Mapping[str, int]
) -> Counter[str]:
    """Return by how much each word is used more or less than before."""
    by = Counter(words)
    by.subtract(vocabulary.count(_names(connection, [item.no for item in texts])))
    return by


def _names(connection: Connection, nos: Sequence[int]) -> Iterator[str]:
    for start in range(0, len(nos), 500):
        marks = ",".join(str(int(no)) for no in nos[start : start + 500])
        sql = f"SELECT names FROM search_text WHERE no IN ({marks})"  # noqa: S608 - integers
        yield from connection.exec_driver_sql(sql).scalars()


def remove(connection: Connection, nos: Sequence[int]) -> None:
    """Take these entities out of the index."""
    gone = vocabulary.count(_names(connection, nos))
    vocabulary.change(connection, {word: -n for word, n in gone.items()}, {})
    _take_out(connection, nos)


def _take_out(connection: Connection, nos: Sequence[int]) -> None:
    for start in range(0, len(nos), 500):
        marks = ",".join(str(int(no)) for no in nos[start : start + 500])
        for table, columns in (("search_word", _COLUMNS), ("search_gram", _COLUMNS[:2])):
            names = ", ".join(columns)
            connection.execute(
                text(
                    f"INSERT INTO {table} ({table}, rowid, {names}) "  # noqa: S608 - our own names
                    f"SELECT 'delete', no, {names} FROM search_text WHERE no IN ({marks})"
                )
            )
        connection.execute(text(f"DELETE FROM search_text WHERE no IN ({marks})"))  # noqa: S608


def rebuild(connection: Connection) -> None:
    """Make the indexes and the vocabulary anew from the table of search texts."""
    vocabulary.rebuild(connection)
    for table in ("search_word", "search_gram"):
        connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('rebuild')")  # noqa: S608


def check(connection: Connection) -> str:
    """Return what is wrong with the index, in a sentence; empty where nothing is."""
    for table in ("search_word", "search_gram"):
        try:
            connection.exec_driver_sql(
                f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
            )
        except Exception as error:  # noqa: BLE001 - the driver's class is not public
            return f"the search index does not match the records: {error}"
    if not vocabulary.is_sound(connection):
        return "the words of the search index do not match the names on record"
    missing = connection.exec_driver_sql(
        "SELECT count(*) FROM entity LEFT JOIN search_text USING (no) WHERE search_text.no IS NULL"
    ).scalar_one()
    return f"{missing} records are missing from the search index" if missing else ""
