"""What the search index offers for a text somebody typed: numbers of records, the surest first.

Nothing here says that a record fits, or that it may be seen; ``store.finding`` does.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from ocgdesk.domain.fitting import CODE_FROM, Typed
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.likeness import Part
from ocgdesk.store import tables, vocabulary
from ocgdesk.store.codec import sort_key
from ocgdesk.store.reader import Reader

MOST = 400
"""Rows one step of a search looks at: enough to fill a page, few enough to be quick."""
_GRAM = 3
_DASHES = 3
_PAGE = 100
"""Candidates of other kinds that a partial number is compared with."""
_NUMBERED = {
    Kind.PHONE: "number",
    Kind.VEHICLE: "vrm",
    Kind.ACCOUNT: "number",
    Kind.HANDLE: "handle",
}
"""The kinds that are a number or a code, with the column it stands in."""
_LABELLED = (Kind.OCG, Kind.COUNTY_LINE, Kind.NOMINAL)


def sure(reader: Reader, typed: Typed, kinds: Sequence[Kind]) -> Iterator[list[int]]:
    """Yield numbers of records in which what was typed stands; each step is bounded."""
    if typed.is_pattern:
        yield _like(reader, typed)
        return
    if by_reference := _by_reference(reader, typed.text):
        yield by_reference
        return
    if not typed.words:
        return
    exact = " ".join(f'"{word}"' for word in typed.words)
    begun = " ".join(f'"{word}"*' for word in typed.words)
    yield _by_label(reader, typed.text)
    yield _matching(reader, "search_word", f"names : ({exact})", kinds)
    yield _matching(reader, "search_word", f"names : ({begun})", kinds)
    yield _matching(reader, "search_word", f"identifiers : ({begun})", kinds)
    for text in dict.fromkeys((typed.text, typed.packed)):
        if len(text) >= _GRAM:
            yield _matching(reader, "search_gram", _quoted(text), kinds)
    yield _matching(reader, "search_word", begun, kinds)


def nearly(reader: Reader, typed: Typed, kinds: Sequence[Kind]) -> list[int]:
    """Return numbers of records with a name or number that is nearly what was typed."""
    if typed.is_pattern or not typed.words:
        return []
    found = _nearly_named(reader, typed, kinds) if typed.is_name else []
    if len(typed.packed) >= CODE_FROM and len(typed.words) <= len(_NUMBERED):
        found += _nearly_coded(reader, typed, kinds)
    return list(dict.fromkeys(found))


def _nearly_named(reader: Reader, typed: Typed, kinds: Sequence[Kind]) -> list[int]:
    parts = [part for part in typed.parts if not part.optional]
    terms = [_any_of(reader, part, last=part is typed.parts[-1]) for part in parts]
    match = " AND ".join(f"({term})" for term in terms)
    return _matching(reader, "search_word", f"names : ({match})", kinds) if terms else []


def _any_of(reader: Reader, part: Part, *, last: bool) -> str:
    words = vocabulary.near(reader.connection, part, unfinished=last)
    return " OR ".join((f"{_quoted(part.spoken.split()[-1])}*", *map(_quoted, words)))


def _nearly_coded(reader: Reader, typed: Typed, kinds: Sequence[Kind]) -> list[int]:
    """Return what holds one half of a number: where one character differs, the other is whole."""
    code = typed.packed
    half = len(code) // 2
    found: list[int] = []
    for whole, other in ((code[half:], code[:half]), (code[:half], code[half:])):
        near = _scan(reader, "search_gram", f"identifiers : {_quoted(whole)}", kinds)
        if len(near) == MOST and len(other) >= 2 * _GRAM:
            rest = f"{_quoted(other[:_GRAM])} OR {_quoted(other[-_GRAM:])}"
            match = f"identifiers : ({_quoted(whole)} AND ({rest}))"
            near += _scan(reader, "search_gram", match, kinds)
        found += near
    return found


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', " "))


def _by_reference(reader: Reader, text: str) -> list[int]:
    """Return the record with exactly this reference: its parts alone are in every reference."""
    if text.count("-") != _DASHES:
        return []
    column = tables.entity.c.ref
    query = select(tables.entity.c.no).where(column == text.upper(), column != "")
    return [row.no for row in reader.rows(query)]


def _by_label(reader: Reader, text: str) -> list[int]:
    key = sort_key(text)
    column = tables.entity.c.sort_key
    found: list[int] = []
    for kind in _LABELLED:
        query = (
            select(tables.entity.c.no)
            .where(tables.entity.c.kind == kind.value, column >= key, column < key + "\uffff")
            .limit(20)
        )
        found += [row.no for row in reader.rows(query)]
    return found


def _matching(reader: Reader, table: str, match: str, kinds: Sequence[Kind]) -> list[int]:
    """Return what matches; where one kind fills the page, what else does as well."""
    found = _scan(reader, table, match, ())
    if len(found) == MOST:
        wanted = kinds or tuple(kind for kind in Kind if kind is not Kind.NOMINAL)
        found += _scan(reader, table, match, wanted)
    return found


def _scan(reader: Reader, table: str, match: str, kinds: Sequence[Kind]) -> list[int]:
    source, where = table, ""
    if kinds:
        source = f"{table} JOIN search_text ON no = {table}.rowid"
        where = "AND kind IN ({})".format(", ".join(f"'{kind.value}'" for kind in kinds))
    sql = f"SELECT {table}.rowid FROM {source} WHERE {table} MATCH ? {where} LIMIT {MOST}"  # noqa: S608
    return [row[0] for row in reader.execute(sql, match)]


def _like(reader: Reader, typed: Typed) -> list[int]:
    """Find ``07*321``: any three letters that stand together narrow it down by index.

    Kinds that are numbers come first: of them every candidate is looked at, of the rest a page.
    """
    literal = max(re.split(r"[*?]+", typed.packed), key=len)
    found: dict[int, None] = {}
    offered = _holding(reader, literal) if len(literal) >= _GRAM else _shaped(reader, typed.packed)
    for rows in offered:
        for no, texts in rows:
            # A line is one name or number; the pattern must not begin in one and end in another.
            if any(typed.fits_pattern(line) for line in texts.splitlines()):
                found[no] = None
    return list(found)


def _holding(reader: Reader, literal: str) -> Iterator[list[Any]]:
    for kind, column in _NUMBERED.items():
        own = kind.table
        yield reader.execute(
            f"SELECT {own}.no, {own}.{column} FROM search_gram JOIN {own} "  # noqa: S608
            f"ON {own}.no = search_gram.rowid WHERE search_gram MATCH ? LIMIT {MOST}",
            f"identifiers : {_quoted(literal)}",
        )
    for column in ("identifiers", "names"):
        sql = f"SELECT rowid, {column} FROM search_gram WHERE search_gram MATCH ? LIMIT {_PAGE}"  # noqa: S608
        yield reader.execute(sql, f"{column} : {_quoted(literal)}")


def _shaped(reader: Reader, pattern: str) -> Iterator[list[Any]]:
    """Look at every number of its own kind: no three letters of the pattern stand together."""
    like = "%" + re.sub(r"[%_]", "", pattern).replace("*", "%").replace("?", "_") + "%"
    for kind, column in _NUMBERED.items():
        sql = (
            f"SELECT no, {column} FROM {kind.table} WHERE "  # noqa: S608 - our own names
            f"replace(replace({column}, ' ', ''), '-', '') LIKE ? LIMIT {MOST}"
        )
        yield reader.execute(sql, like)
