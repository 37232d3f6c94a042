"""Records that go by the name of a user, and who looked at them: self and colleague look-ups."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec
from sqlalchemy import select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right, User
from ocgdesk.store import codec, tables, users
from ocgdesk.store.codec import sort_key
from ocgdesk.store.journal import Act
from ocgdesk.store.reader import Reader

MOST = 900
"""So many records of users' names, and so many newest searches for one, are looked at."""
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Lookups:
    """Journal entries that looked at a record by the name of a user, or searched for one."""

    whose: Mapping[int, frozenset[UUID]]
    """By number of record: the users whose name it goes by."""
    searches: Mapping[int, frozenset[UUID]]
    """By entry: the users whose name was searched for."""


def lookups(reader: Reader, user: UUID | None = None) -> Lookups:
    """Return what may be look-ups of users of this workspace, or of one of them.

    A name is no proof: two people may share one. No record is opened for this, and no name of
    one is returned. Refused to those who are no auditors.
    """
    reader.user.need(Right.AUDIT)
    everybody = users.everybody(reader.connection)
    wanted = [one for one in everybody if user is None or one.id == user]
    whose: dict[int, set[UUID]] = {}
    for one in wanted:
        for no in _numbers(reader, one):
            whose.setdefault(no, set()).add(one.id)
    kept = list(whose.items())[:MOST]
    searches = dict(_searches(reader, wanted))
    return Lookups({no: frozenset(ids) for no, ids in kept}, searches)


def _numbers(reader: Reader, user: User) -> Iterator[int]:
    """Yield the nominals with this user's name among their names and aliases."""
    words = _words(user.display)
    if not words:
        return
    sql = (
        "SELECT search_text.no, search_text.names FROM search_word "
        "JOIN search_text ON search_text.no = search_word.rowid "
        "WHERE search_word MATCH ? AND search_text.kind = ?"
    )
    for row in reader.execute(sql, f'names : "{words[-1]}"', Kind.NOMINAL.value):
        if any(is_same_name(line, user.display) for line in row.names.splitlines()):
            yield row.no


def _searches(reader: Reader, wanted: Sequence[User]) -> Iterator[tuple[int, frozenset[UUID]]]:
    table = tables.journal
    query = (
        select(table.c.seq, table.c.detail)
        .where(table.c.act == Act.CONSULTATION.value, table.c.detail.like('%"detail_text"%'))
        .order_by(table.c.seq.desc())
    )
    found = 0
    for row in reader.connection.execute(query):
        text = str(msgspec.json.decode(row.detail).get("detail_text", ""))
        if ids := frozenset(user.id for user in wanted if is_search_for(text, user.display)):
            found += 1
            yield row.seq, ids
        if found == MOST:
            return


def _words(name: str) -> list[str]:
    return _WORD.findall(sort_key(name))


def is_same_name(one: str, other: str) -> bool:
    """Tell whether two names may be one person's: the same words, or an initial for the first.

    ``Mistry, Jaya`` and ``Jaya Mistry`` are the same; ``J. Mistry`` may be.
    """
    a, b = _words(one), _words(other)
    if not a or not b:
        return False
    if sorted(a) == sorted(b):
        return True
    first, second = a[0], b[0]
    initial = min(len(first), len(second)) == 1 and first[0] == second[0]
    return len(a) > 1 and len(b) > 1 and a[-1] == b[-1] and initial


def is_search_for(text: str, name: str) -> bool:
    """Tell whether somebody who typed this may have looked for this name."""
    typed, words = _words(text), _words(name)
    if is_same_name(text, name):
        return True
    long = [word for word in typed if len(word) >= _SHORTEST]
    return bool(long) and len(long) == len(typed) and all(word in words for word in typed)


def subjects_among(
    reader: Reader, seqs: Sequence[int], nos: Collection[int]
) -> dict[int, list[int]]:
    """Return which of these records each entry was about."""
    table, found = tables.journal_subject, dict[int, list[int]]()
    for some in codec.batches(seqs):
        query = select(table.c.seq, table.c.no).where(table.c.seq.in_(some))
        for row in reader.rows(query):
            if row.no in nos:
                found.setdefault(row.seq, []).append(row.no)
    return found
