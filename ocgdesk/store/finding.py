"""The search box: words by prefix, parts of names and numbers, partial numbers with a star."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ocgdesk.domain.kinds import Kind
from ocgdesk.store import tables
from ocgdesk.store.codec import sort_key
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs

ORDER = (
    Kind.NOMINAL,
    Kind.OCG,
    Kind.HANDLE,
    Kind.PHONE,
    Kind.COUNTY_LINE,
    Kind.LOCATION,
    Kind.VEHICLE,
    Kind.ORGANISATION,
    Kind.ACCOUNT,
    Kind.OPERATION,
    Kind.COMMODITY,
    Kind.REPORT,
    Kind.PLAN,
    Kind.ACTION,
    Kind.CHART,
)
"""The order in which kinds are shown."""

_SCAN = 400
"""Rows one step of a search looks at: enough to fill a page, few enough to be quick."""
_WORD = re.compile(r"[^\W_]+")
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


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found, and why it matched: ``name``, ``part of a number``, ``text``."""

    record: Brief
    reason: str


def search(
    reader: Reader, text: str, *, kinds: Sequence[Kind] = (), per_kind: int = 6, log: bool = True
) -> list[Hit]:
    """Return what is found, grouped by kind in their order, the best of each kind first."""
    wanted = tuple(kinds) or ORDER
    found: dict[int, str] = {}
    for reason, nos in _steps(reader, text):
        for no in nos:
            found.setdefault(no, reason)
    if log and text.strip():
        reader.saw("Search", detail_text=text[:200], kinds=[kind.value for kind in kinds])
    hits = [Hit(record, found[record.no]) for record in briefs(reader, list(found))]
    return _grouped(hits, wanted, per_kind)


def _grouped(hits: Sequence[Hit], kinds: Sequence[Kind], per_kind: int) -> list[Hit]:
    by_kind: dict[Kind, list[Hit]] = {kind: [] for kind in kinds}
    for hit in hits:
        group = by_kind.get(hit.record.kind)
        if group is not None and len(group) < per_kind:
            group.append(hit)
    return [hit for group in by_kind.values() for hit in group]


def _steps(reader: Reader, text: str) -> Iterator[tuple[str, list[int]]]:
    """Yield reason and numbers, the surest first; each step is bounded."""
    text = text.strip()[:200]
    if "*" in text or "?" in text:
        yield "part of a number", _like(reader, text)
        return
    if by_reference := _by_reference(reader, text):
        yield "reference", by_reference
        return
    words = [word.lower() for word in _WORD.findall(text)][:8]
    if not words:
        return
    exact = " ".join(f'"{word}"' for word in words)
    begun = " ".join(f'"{word}"*' for word in words)
    yield "name", _by_label(reader, text)
    yield "name", _matching(reader, "search_word", f"names : ({exact})")
    yield "name", _matching(reader, "search_word", f"names : ({begun})")
    yield "identifier", _matching(reader, "search_word", f"identifiers : ({begun})")
    if len(text) >= 3:
        whole = text.replace('"', " ")
        yield "part of a name or number", _matching(reader, "search_gram", f'"{whole}"')
    yield "text", _matching(reader, "search_word", f"body : ({begun})")


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
    for kind in (Kind.OCG, Kind.COUNTY_LINE, Kind.NOMINAL):
        query = (
            select(tables.entity.c.no)
            .where(tables.entity.c.kind == kind.value, column >= key, column < key + "\uffff")
            .limit(20)
        )
        found += [row.no for row in reader.rows(query)]
    return found


def _matching(reader: Reader, table: str, match: str) -> list[int]:
    """Return what matches; where one kind fills the page, what else does as well."""
    found = _scan(reader, table, match, "")
    if len(found) == _SCAN:
        found += _scan(reader, table, match, f"AND kind <> '{ORDER[0].value}'")
    return found


def _scan(reader: Reader, table: str, match: str, where: str) -> list[int]:
    source = f"{table} JOIN search_text ON no = {table}.rowid" if where else table
    sql = f"SELECT {table}.rowid FROM {source} WHERE {table} MATCH ? {where} LIMIT {_SCAN}"  # noqa: S608
    return [row[0] for row in reader.execute(sql, match)]


def _like(reader: Reader, text: str) -> list[int]:
    """Find ``07*321``: any three letters that stand together narrow it down by index.

    Kinds that are numbers come first: of them every candidate is looked at, of the rest a page.
    """
    wanted = re.sub(r"[\s%_-]", "", text).lower()
    literal = max(re.split(r"[*?]+", wanted), key=len)
    one = re.compile(".*".join(re.escape(part).replace(r"\?", ".") for part in wanted.split("*")))
    found: dict[int, None] = {}
    for rows in _candidates(reader, wanted, literal):
        for no, texts in rows:
            # A line is one name or number; the pattern must not begin in one and end in another.
            if any(one.search(re.sub(r"[\s-]", "", line).lower()) for line in texts.splitlines()):
                found[no] = None
    return list(found)


def _candidates(reader: Reader, wanted: str, literal: str) -> Iterator[list[Any]]:
    if len(literal) < _GRAM:
        pattern = "%" + wanted.replace("*", "%").replace("?", "_") + "%"
        sql = f"SELECT no, identifiers FROM search_text WHERE identifiers LIKE ? LIMIT {_SCAN}"  # noqa: S608
        yield reader.execute(sql, pattern)
        return
    for kind, column in _NUMBERED.items():
        own = kind.table
        yield reader.execute(
            f"SELECT {own}.no, {own}.{column} FROM search_gram JOIN {own} "  # noqa: S608
            f"ON {own}.no = search_gram.rowid WHERE search_gram MATCH ? LIMIT {_SCAN}",
            f'identifiers : "{literal}"',
        )
    for column in ("identifiers", "names"):
        sql = f"SELECT rowid, {column} FROM search_gram WHERE search_gram MATCH ? LIMIT {_PAGE}"  # noqa: S608
        yield reader.execute(sql, f'{column} : "{literal}"')
