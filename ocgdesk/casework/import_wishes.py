"""Decisions on the rows of a draft as somebody writes them down: by row and reference.

Also as a file: what is possible is written with a column for the decision, and read back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from ocgdesk.casework.import_decisions import Decision, Verdict
from ocgdesk.casework.import_proposal import Proposal, Row, Standing
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.exchange.draft import DraftRecord
from ocgdesk.exchange.mapping import squashed
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.writers import write_csv
from ocgdesk.i18n import N_, _
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader

_HEADINGS: Final = (
    *(N_("File"), N_("Row"), N_("Decision"), N_("Record"), N_("The row says")),
    *(N_("May be"), N_("Why")),
)
_WORDS: Final = {
    "same": Verdict.SAME,
    "take": Verdict.SAME,
    "new": Verdict.NEW,
    "maybe": Verdict.MAYBE,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """One decision as it is written: the row, what it is, and of which record."""

    verdict: Verdict
    row: str
    """Its number or, of several files, ``FILE:NUMBER``."""
    record: str = ""
    """A reference, a name, or ``row 5`` for another row; nothing for NEW."""


def written(proposal: Proposal) -> bytes:
    """Return the rows that are not decided yet as CSV, a line for each record one may be."""
    rows = [
        (row.draft.file, row.draft.row, "", one.ref, _said(row), one.label, one.reason)
        for row in proposal.rows
        if row.is_open
        for one in row.alike
    ]
    return write_csv(rows, [_(heading) for heading in _HEADINGS])


def _said(row: Row) -> str:
    return row.draft.label if isinstance(row.draft, DraftRecord) else ""


def read(table: RawTable) -> tuple[Wish, ...]:
    """Return the decisions of a table with the columns Row, Decision and Record.

    Rows without a decision are left out; Refused names the first that is none.
    """
    at = {squashed(header): n for n, header in enumerate(table.header)}
    places = [at.get(squashed(name), -1) for name in ("File", "Row", "Decision", "Record")]
    if places[1] < 0 or places[2] < 0:
        raise Refused(_("Decisions are read from the columns Row, Decision and Record"))
    return tuple(_wishes(table, places))


def _wishes(table: RawTable, places: Sequence[int]) -> Iterator[Wish]:
    for number, cells in table.numbered():
        file, row, word, record = (cells[n].strip() if n >= 0 else "" for n in places)
        if not word:
            continue
        verdict = _WORDS.get(word.casefold())
        if verdict is None:
            told = _("Row {n}: {word} is no decision; say same, new or maybe")
            raise Refused(told.format(n=number, word=word[:40]))
        yield Wish(verdict, f"{file}:{row}" if file else row, record)


def decisions(reader: Reader, proposal: Proposal, wishes: Sequence[Wish]) -> dict[str, Decision]:
    """Return the decisions that are meant, by the records of the rows.

    Raises Refused where a row makes nothing that could be decided on or is decided on twice,
    NotFound where there is no such record.
    """
    found: dict[str, Decision] = {}
    for wish in wishes:
        made = list(_meant(reader, proposal, wish))
        if not made:
            told = _("Row {row} makes nothing new that this could be decided of")
            raise Refused(told.format(row=wish.row[:60]))
        for key, decision in made:
            if found.setdefault(key, decision) != decision:
                raise Refused(_("Row {row} is decided on twice").format(row=wish.row[:60]))
    return found


def _meant(reader: Reader, proposal: Proposal, wish: Wish) -> Iterator[tuple[str, Decision]]:
    rows = [row for row in _rows(proposal, wish.row) if row.standing is Standing.NEW]
    if wish.verdict is Verdict.NEW:
        yield from ((_key(row), Decision.new(row.alike)) for row in rows if row.alike)
        return
    words = _("row {n}").format(n="")
    if wish.record.casefold().startswith(words.casefold()):
        yield from _of_rows(rows, _rows(proposal, wish.record[len(words) :]), wish)
        return
    brief = queries.resolve(reader, wish.record)
    id_: UUID = brief.id
    decision = Decision(verdict=wish.verdict, other=id_)
    yield from ((_key(row), decision) for row in rows if row.after.kind is brief.kind)


def _of_rows(
    rows: Sequence[Row], others: Sequence[Row], wish: Wish
) -> Iterator[tuple[str, Decision]]:
    """Yield the decisions on what one row makes and may be another row's."""
    offered = {_key(row): row for row in others}
    for row in rows:
        for alike in row.alike:
            if alike.key in offered:
                yield _key(row), Decision.on(wish.verdict, alike)


def _rows(proposal: Proposal, text: str) -> list[Row]:
    """Return the records that a row makes; Refused where it is no row."""
    file, _colon, number = text.strip().rpartition(":")
    if not number.isdigit():
        raise Refused(_("{text} is no row of a file").format(text=text[:60] or _("Nothing")))
    return [
        row
        for row in proposal.rows
        if row.draft.row == int(number)
        and (not file or row.draft.file == file)
        and isinstance(row.after, Entity)
    ]


def _key(row: Row) -> str:
    return row.draft.full_key if isinstance(row.draft, DraftRecord) else ""
