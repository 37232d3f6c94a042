"""Results kept: what was computed, on which records, as at when, and whether it still holds."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import msgspec

from ocgdesk.domain.figures import figure
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.results import Result
from ocgdesk.domain.things import Marked
from ocgdesk.errors import BadWorkspace, Refused
from ocgdesk.i18n import N_, _
from ocgdesk.store import history, journal, listing, records, touched
from ocgdesk.store.listing import ListQuery
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work

MOST_ROWS: Final = 500
"""Rows of a table that are kept; the cut is said."""
STALE: Final = N_("The register has changed since: compute it again before relying on it.")
HOLDS: Final = N_("Nothing it was computed on has changed since.")
_KINDS: Final = frozenset({Kind.CHART, Kind.OCG})
"""What a result can hang on."""

Value = str | float | None
"""A cell: words or a figure; of records, their ids between spaces."""


class Holds(StrEnum):
    """What the cells of a column are."""

    WORDS = "words"
    FIGURE = "figure"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: str
    holds: Holds = Holds.WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """An answer as rows, without a name in it: records stand as ids."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer as it would be kept."""

    task: str
    """A code of the list ``analyses``."""
    title: str
    said: tuple[str, ...]
    """Settings, basis, notes and caveats, in sentences."""
    table: Table
    rests_on: tuple[int, ...] = ()
    """Numbers of the records it was computed on; none: the whole register."""
    owner: UUID | None = None
    """The chart or OCG it was asked of."""
    read_at: datetime
    """When the register was read, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A kept result as somebody may read it now."""

    result: Result
    table: Table
    records: Mapping[str, Brief] = field(default_factory=dict)
    """The records its cells name, by id; those that are gone or not open are not there."""
    holds: bool
    """Whether nothing it rests on has changed since."""

    @property
    def state(self) -> str:
        """Whether it still holds, in a sentence."""
        return _(HOLDS) if self.holds else _(STALE)

    @property
    def said(self) -> tuple[str, ...]:
        """Settings, basis and caveats."""
        return tuple(line for line in self.result.settings.split("\n") if line)

    def cell(self, column: int, value: Value) -> str:
        """Return a cell in words; figures to four places."""
        if self.table.columns[column].holds is Holds.RECORDS:
            return ", ".join(self._name(id_) for id_ in str(value or "").split())
        return figure(value) if isinstance(value, float | int) else value or ""

    def _name(self, id_: str) -> str:
        known = self.records.get(id_)
        return known.label if known is not None else _("no longer there")


def ids_of(briefs: Collection[Brief]) -> str:
    """Return records as a cell holds them."""
    return " ".join(str(brief.id) for brief in briefs)


def keep(work: Work, draft: Draft) -> Result:
    """Keep an answer as it was computed; it is never changed, only computed anew.

    Whoever may not know of one of the records it was computed on does not know of it either.
    Raises Refused without a title, and for what it can not hang on.
    """
    if not draft.title.strip():
        raise Refused(_("Give the result a title"))
    if draft.owner is not None and work.reader.find(draft.owner).kind not in _KINDS:
        raise Refused(_("A result is kept with a chart or an OCG"))
    seq = history.seq_at(work.reader, draft.read_at)
    entry = journal.entry(work.reader.connection, seq)
    result = Result(
        title=draft.title.strip(),
        task=draft.task,
        computed=draft.read_at,
        settings="\n".join(_said(draft)),
        entry=seq,
        head=entry.hash.hex() if entry is not None else "",
        table=msgspec.json.encode(_plain(draft.table)).decode(),
        rests_on=msgspec.json.encode(sorted(draft.rests_on)).decode() if draft.rests_on else "",
        owner=draft.owner,
        restricted_to=_readers(work.reader, draft),
    )
    saved = work.put(result)[0]
    assert isinstance(saved, Result)  # noqa: S101 - what is put comes back as its own kind
    return saved


def keep_named(work: Work, draft: Draft, title: str) -> Result:
    """Keep an answer under a title of the user's own."""
    return keep(work, replace(draft, title=title))


def _said(draft: Draft) -> Iterator[str]:
    yield from draft.said
    if len(draft.table.rows) > MOST_ROWS:
        told = _("Of {n:,} rows the first {most:,} were kept.")
        yield told.format(n=len(draft.table.rows), most=MOST_ROWS)


def _readers(reader: Reader, draft: Draft) -> frozenset[UUID] | None:
    """Return who may know of every record a result rests on; None where everybody may."""
    found: frozenset[UUID] | None = None
    for users in touched.closing(reader, frozenset(draft.rests_on) or None):
        found = users if found is None else found & users
    return None if found is None else found | {reader.user.id}


def _plain(table: Table) -> dict[str, Any]:
    columns = [[column.title, column.holds.value] for column in table.columns]
    return {"columns": columns, "rows": table.rows[:MOST_ROWS]}


def of(reader: Reader, owner: UUID | None = None) -> list[Result]:
    """Return the results kept with a chart or OCG, or all of them, the newest first."""
    if owner is not None:
        found = records.owned(reader, owner, Kind.RESULT)
    else:
        found = reader.load(listing.order(reader, ListQuery(kind=Kind.RESULT)))
    results = [thing for thing in found if isinstance(thing, Result)]
    return sorted(results, key=lambda one: one.entry, reverse=True)


def show(reader: Reader, id_: UUID) -> Shown:
    """Return a kept result with the records it names, and whether it still holds."""
    result = reader.get(Result, id_)
    table = decoded(result)
    named = {id_ for row in table.rows for id_ in _named(table.columns, row)}
    found = {str(known): brief for known, brief in records.by_ids(reader, named).items()}
    reader.saw("Show result", [reader.number(id_), *(brief.no for brief in found.values())])
    return Shown(result=result, table=table, records=found, holds=holds(reader, result))


def _named(columns: Sequence[Column], row: Sequence[Value]) -> Iterator[UUID]:
    for column, value in zip(columns, row, strict=True):
        if column.holds is Holds.RECORDS:
            yield from (UUID(id_) for id_ in str(value or "").split())


def holds(reader: Reader, result: Result) -> bool:
    """Tell whether nothing a result rests on was changed after it was computed.

    Told by the journal: cheap, and on the safe side, since not every change would matter.
    """
    nos = _numbers(result)
    return not touched.touched_since(reader, result.entry, nos)


def _numbers(result: Result) -> list[int] | None:
    try:
        return msgspec.json.decode(result.rests_on, type=list[int]) if result.rests_on else None
    except msgspec.DecodeError:
        raise BadWorkspace(_("A kept result can not be read: verify the workspace")) from None


def decoded(result: Result) -> Table:
    """Return the table of a result; BadWorkspace where it is none."""
    try:
        plain = msgspec.json.decode(result.table)
        columns = tuple(Column(title, Holds(holds)) for title, holds in plain["columns"])
        return Table(columns=columns, rows=tuple(tuple(row) for row in plain["rows"]))
    except (msgspec.DecodeError, KeyError, TypeError, ValueError):
        raise BadWorkspace(_("A kept result can not be read: verify the workspace")) from None


def follow_restriction(work: Work, thing: Marked, users: frozenset[UUID] | None) -> None:
    """Close the results that rest on a record or link to those it was closed to.

    Opening it opens no result: others it rests on may be closed.
    """
    if users is None:
        return
    ends = (thing.source, thing.target) if isinstance(thing, Link) else (thing.id,)
    on = set(work.reader.numbers(ends).values())
    closing = [
        replace(one, restricted_to=users & one.restricted_to if one.restricted_to else users)
        for one in of(work.reader)
        if (nos := _numbers(one)) is None or on <= set(nos)
    ]
    work.put(*closing)


def remove(work: Work, id_: UUID) -> None:
    """Take a kept result out."""
    work.remove(work.get(Result, id_))
