"""The words of all names on record, each once: what a misspelt or misheard word may have meant.

A word stands here while some record has it in its names; the unit of work sees to that, on every
path. From a word typed comes a handful of words on record; the index of words leads from there.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, Engine

from ocgdesk.domain import likeness
from ocgdesk.domain.likeness import Part

MOST = 40
"""So many words on record are taken for one that was typed: the nearest."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of names, counted, with what each sounds like: made ready before the lock is held."""

    uses: Counter[str]
    sounds: Mapping[str, Collection[str]]


def counted(names: Iterable[str]) -> Words:
    """Return the words of these names, ready to be added."""
    uses = count(names)
    return Words(uses, {word: likeness.sound(word) for word in uses})


def count(names: Iterable[str]) -> Counter[str]:
    """Return how often each word stands in these names."""
    return Counter(word for line in names if line for word in likeness.spoken(line))


def change(
    connection: Connection, by: Mapping[str, int], sounds: Mapping[str, Collection[str]]
) -> None:
    """Count these words up or down; what is used no more is forgotten."""
    more = {word: n for word, n in by.items() if n > 0}
    fewer = {word: n for word, n in by.items() if n < 0}
    if more:
        _count_up(connection, more, sounds)
    if fewer:
        _count_down(connection, fewer)


def _count_up(
    connection: Connection, more: Mapping[str, int], sounds: Mapping[str, Collection[str]]
) -> None:
    known = set(_among(connection, more))
    connection.exec_driver_sql(
        "INSERT INTO search_name (word, uses) VALUES (?,?) "
        "ON CONFLICT (word) DO UPDATE SET uses = uses + excluded.uses",
        list(more.items()),
    )
    pairs = [(sound, word) for word in more if word not in known for sound in sounds[word]]
    if pairs:
        connection.exec_driver_sql("INSERT INTO search_sound (sound, word) VALUES (?,?)", pairs)


def _count_down(connection: Connection, fewer: Mapping[str, int]) -> None:
    connection.exec_driver_sql(
        "UPDATE search_name SET uses = uses + ? WHERE word = ?",
        [(n, word) for word, n in fewer.items()],
    )
    gone = [(word,) for word in _among(connection, fewer, "AND uses <= 0")]
    if not gone:
        return
    connection.exec_driver_sql("DELETE FROM search_name WHERE word = ?", gone)
    sounds = [pair for (word,) in gone for pair in _sounds(word)]
    if sounds:
        sql = "DELETE FROM search_sound WHERE sound = ? AND word = ?"
        connection.exec_driver_sql(sql, sounds)


def _among(connection: Connection, words: Iterable[str], where: str = "") -> Iterator[str]:
    """Yield those of these words that stand in the vocabulary."""
    sql = f"SELECT word FROM search_name WHERE word IN (SELECT value FROM json_each(?)) {where}"  # noqa: S608
    found = connection.exec_driver_sql(sql, (json.dumps(list(words)),))
    yield from found.scalars().all()


def _sounds(word: str) -> list[tuple[str, str]]:
    return [(sound, word) for sound in likeness.sound(word)]


def rebuild(connection: Connection) -> None:
    """Make the vocabulary anew from the table of search texts."""
    connection.exec_driver_sql("DELETE FROM search_name")
    connection.exec_driver_sql("DELETE FROM search_sound")
    words = _all(connection)
    change(connection, words, {word: likeness.sound(word) for word in words})


def is_sound(connection: Connection) -> bool:
    """Tell whether the vocabulary is what it would be if it were made anew."""
    rows = connection.exec_driver_sql("SELECT word, uses FROM search_name")
    words = {word: uses for word, uses in rows}  # noqa: C416 - rows, not pairs
    if words != _all(connection):
        return False
    heard = connection.exec_driver_sql("SELECT sound, word FROM search_sound")
    return {(row[0], row[1]) for row in heard} == {p for word in words for p in _sounds(word)}


def _all(connection: Connection) -> Counter[str]:
    rows = connection.exec_driver_sql("SELECT names FROM search_text WHERE names <> ''")
    return count(row[0] for row in rows)


def spelt(connection: Connection, part: Part, *, unfinished: bool) -> list[str]:
    """Return words on record that are spelt nearly as a part of a name, the nearest first.

    An ``unfinished`` part is also held to the beginnings of longer words.
    """
    words = _known(connection)
    found = words.spelt(part.plain, unfinished=unfinished)[:MOST]
    if part.joined:
        found += words.spelt(part.joined, unfinished=False)[:MOST]
    return list(dict.fromkeys(found))


def heard(connection: Connection, part: Part) -> list[str]:
    """Return words on record that sound like a part of a name, the nearest in writing first."""
    sounds = json.dumps(sorted(likeness.sound(part.spoken)))
    sql = "SELECT DISTINCT word FROM search_sound WHERE sound IN (SELECT value FROM json_each(?))"
    found = [row[0] for row in connection.exec_driver_sql(sql, (sounds,))]
    found.sort(key=lambda word: OSA.distance(part.plain, likeness.plain(word)))
    return found[:MOST]


class _Words:
    """The words in memory, by their length: what is compared letter by letter is compared here."""

    def __init__(self) -> None:
        self.last = 0
        self._by_length: dict[int, tuple[list[str], list[str]]] = {}

    def learn(self, connection: Connection) -> None:
        """Read the words that were added since; one that is gone leads to no record."""
        sql = "SELECT no, word FROM search_name WHERE no > ? ORDER BY no"
        for no, word in connection.exec_driver_sql(sql, (self.last,)):
            bare = likeness.plain(word.replace(" ", ""))
            shown, words = self._by_length.setdefault(len(bare), ([], []))
            shown.append(bare)
            words.append(word)
            self.last = no

    def spelt(self, typed: str, *, unfinished: bool) -> list[str]:
        """Return the words spelt nearly so, the nearest first."""
        allowed = likeness.tolerance(len(typed))
        found: list[tuple[float, str]] = []
        for length in range(len(typed) - allowed, len(typed) + allowed + 1):
            found += self._compare(typed, length, allowed)
        if unfinished and len(typed) > likeness.ONE_FROM:
            for length in [n for n in self._by_length if n > len(typed) + allowed]:
                found += [(1 + n, word) for n, word in self._compare(typed, length, 1, begin=True)]
        return list(dict.fromkeys(word for _differing, word in sorted(found)))

    def _compare(
        self, typed: str, length: int, allowed: int, *, begin: bool = False
    ) -> list[tuple[float, str]]:
        shown, words = self._by_length.get(length, ([], []))
        held = [word[: len(typed)] for word in shown] if begin else shown
        near = process.extract(
            typed, held, scorer=OSA.distance, score_cutoff=allowed, limit=None, processor=None
        )
        return [(differing, words[at]) for _word, differing, at in near]


_memory: WeakKeyDictionary[Engine, _Words] = WeakKeyDictionary()
_lock = Lock()


def _known(connection: Connection) -> _Words:
    """Return the words as of this snapshot or later.

    What a unit of work has not committed yet is not kept in memory: it may be rolled back.
    """
    if connection.get_execution_options().get("begin") == "IMMEDIATE":
        words = _Words()
        words.learn(connection)
        return words
    with _lock:
        words = _memory.setdefault(connection.engine, _Words())
        words.learn(connection)
        return words
