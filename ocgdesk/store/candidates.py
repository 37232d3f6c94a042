"""What the search index offers for a text somebody typed: numbers of records, the surest first.

Nothing here says that a record fits, or that it may be seen; ``store.finding`` does.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from ocgdesk.domain.fitting import CODE_FROM, Typed
from ocgdesk.domain.kinds import Kind
from ocgdesk.store import tables, vocabulary
from ocgdesk.store.codec import sort_key
from ocgdesk.store.reader import Reader

NEAR = 240
"""Rows a step looks at of names that are only nearly so: each is compared word by word."""
MOST = 400
"""Rows one step of a search looks at: enough to fill a page, few enough to be quick."""
_GRAM = 3
_DASHES = 3
_PAGES = 4
"""The part of a step that candidates of other kinds are of a partial number."""
_WORDS_OF_A_CODE = 4
_NOT_NOMINALS = tuple(kind for kind in Kind if kind is not Kind.NOMINAL)
_NUMBERED = {
    Kind.PHONE: "number",
    Kind.VEHICLE: "vrm",
    Kind.ACCOUNT: "number",
    Kind.HANDLE: "handle",
}
"""The kinds that are a number or a code, with the column it stands in."""
_LABELLED = (Kind.OCG, Kind.COUNTY_LINE, Kind.NOMINAL)


class Candidates:
    """What the index offers for one text. Each step brings at most ``most`` rows."""

    def __init__(
        self, reader: Reader, typed: Typed, kinds: Sequence[Kind] = (), most: int = MOST
    ) -> None:
        self._reader, self._typed, self._kinds, self._most = reader, typed, kinds, most
        self.is_cut = False
        """Whether a step had more to offer than it may."""

    def sure(self) -> Iterator[list[int]]:
        """Yield numbers of records in which what was typed stands, the surest first."""
        typed = self._typed
        if typed.is_pattern:
            yield self._like()
            return
        if by_reference := _by_reference(self._reader, typed.text):
            yield by_reference
            return
        if not typed.words:
            return
        exact = " ".join(f'"{word}"' for word in typed.words)
        begun = " ".join(f'"{word}"*' for word in typed.words)
        yield _by_label(self._reader, typed.text)
        yield self._matching("search_word", f"names : ({exact})")
        yield self._matching("search_word", f"names : ({begun})")
        yield self._matching("search_word", f"identifiers : ({begun})")
        for text in dict.fromkeys((typed.text, typed.packed)):
            if len(text) >= _GRAM:
                yield self._matching("search_gram", _quoted(text))
        yield self._matching("search_word", begun)

    def nearly(self) -> list[int]:
        """Return numbers of records with a name or number that is nearly what was typed."""
        typed = self._typed
        if typed.is_pattern or not typed.words:
            return []
        found = self._nearly_named() if typed.is_name else []
        if len(typed.packed) >= CODE_FROM and len(typed.words) <= _WORDS_OF_A_CODE:
            found += self._nearly_coded()
        return list(dict.fromkeys(found))

    def _nearly_named(self) -> list[int]:
        """Return names spelt nearly so, then those in which a word only sounds alike."""
        connection = self._reader.connection
        parts = [part for part in self._typed.parts if not part.optional]
        if not parts:
            return []
        terms: list[list[str]] = []
        for part in parts:
            words = vocabulary.spelt(connection, part, unfinished=part is parts[-1])
            terms.append([f"{_quoted(part.spoken.split()[-1])}*", *map(_quoted, words)])
        found = self._matching("search_word", _all_of(terms))
        if len(found) < self._most:
            for part, some in zip(parts, terms, strict=True):
                some.extend(map(_quoted, vocabulary.heard(connection, part)))
            found += self._matching("search_word", _all_of(terms))
        return found

    def _nearly_coded(self) -> list[int]:
        """Return what holds half of a number: where one character differs, one half is whole."""
        code = self._typed.packed
        half = len(code) // 2
        found: list[int] = []
        for whole, other in ((code[half:], code[:half]), (code[:half], code[half:])):
            near = self._scan("search_gram", f"identifiers : {_quoted(whole)}", self._kinds)
            if len(near) == self._most and len(other) >= 2 * _GRAM:
                rest = f"{_quoted(other[:_GRAM])} OR {_quoted(other[-_GRAM:])}"
                match = f"identifiers : ({_quoted(whole)} AND ({rest}))"
                near += self._scan("search_gram", match, self._kinds)
            found += near
        return found

    def _matching(self, table: str, match: str) -> list[int]:
        """Return what matches; where one kind fills the page, what else does as well."""
        found = self._scan(table, match, ())
        if len(found) == self._most:
            found += self._scan(table, match, self._kinds or _NOT_NOMINALS)
        return found

    def _scan(self, table: str, match: str, kinds: Sequence[Kind]) -> list[int]:
        source, where = table, ""
        if kinds:
            source = f"{table} JOIN search_text ON no = {table}.rowid"
            where = "AND kind IN ({})".format(", ".join(f"'{kind.value}'" for kind in kinds))
        sql = f"SELECT {table}.rowid FROM {source} WHERE {table} MATCH ? {where} LIMIT {self._most}"  # noqa: S608
        found = [row[0] for row in self._reader.execute(sql, match)]
        self.is_cut = self.is_cut or len(found) == self._most
        return found

    def _like(self) -> list[int]:
        """Find ``07*321``: any three letters that stand together narrow it down by index.

        Kinds that are numbers come first: of them every candidate is looked at, of the rest a page.
        """
        literal = max(re.split(r"[*?]+", self._typed.packed), key=len)
        found: dict[int, None] = {}
        for rows in self._holding(literal) if len(literal) >= _GRAM else self._shaped():
            for no, texts in rows:
                if any(self._typed.fits_pattern(line) for line in texts.splitlines()):
                    found[no] = None
        return list(found)

    def _holding(self, literal: str) -> Iterator[list[Any]]:
        for kind, column in _NUMBERED.items():
            own = kind.table
            yield self._reader.execute(
                f"SELECT {own}.no, {own}.{column} FROM search_gram JOIN {own} "  # noqa: S608
                f"ON {own}.no = search_gram.rowid WHERE search_gram MATCH ? LIMIT {self._most}",
                f"identifiers : {_quoted(literal)}",
            )
        for column in ("identifiers", "names"):
            sql = f"SELECT rowid, {column} FROM search_gram WHERE search_gram MATCH ? LIMIT {self._most // _PAGES}"  # noqa: S608, E501
            yield self._reader.execute(sql, f"{column} : {_quoted(literal)}")

    def _shaped(self) -> Iterator[list[Any]]:
        """Look at every number of its own kind: no three letters of the pattern stand together."""
        pattern = re.sub(r"[%_]", "", self._typed.packed)
        like = "%" + pattern.replace("*", "%").replace("?", "_") + "%"
        for kind, column in _NUMBERED.items():
            sql = (
                f"SELECT no, {column} FROM {kind.table} WHERE "  # noqa: S608 - our own names
                f"replace(replace({column}, ' ', ''), '-', '') LIKE ? LIMIT {self._most}"
            )
            yield self._reader.execute(sql, like)


def _all_of(terms: Sequence[Sequence[str]]) -> str:
    """Return a match of names that have one of each of these."""
    either = (f"({' OR '.join(some)})" for some in terms)
    return f"names : ({' AND '.join(either)})"


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
