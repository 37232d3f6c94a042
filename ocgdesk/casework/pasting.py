"""Cells typed into a list, or pasted from a spreadsheet: looked at first, then taken in at once."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import plans, records, table_cells
from ocgdesk.casework.table_cells import Proposed, Verdict
from ocgdesk.domain.dates import LONDON, shown
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import ActionStatus
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.errors import Conflict, NotFound, Refused
from ocgdesk.exchange.formulas import unguarded
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import codec, history, recent
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

MOST_ROWS: Final = 5_000
"""More rows than this are imported, not pasted."""
_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One record of a draft: the version that was looked at, and its cells column by column."""

    no: int
    id: UUID
    version: int
    title: str
    cells: tuple[Proposed | None, ...]
    """None where nothing was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What typed or pasted cells would do, before any of it is done."""

    kind: Kind
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    beyond: int = 0
    """Rows of the block for which the list had no row left."""

    def count(self, verdict: Verdict) -> int:
        """Return how many cells stand so."""
        cells = (cell for line in self.lines for cell in line.cells if cell is not None)
        return sum(cell.verdict is verdict for cell in cells)

    @property
    def taken(self) -> int:
        """How many cells would change."""
        return self.count(Verdict.CHANGED) + self.count(Verdict.DOUBTFUL)

    def values(self, line: Line) -> dict[str, Any]:
        """Return what would change of one record."""
        pairs = zip(self.columns, line.cells, strict=True)
        return {name: cell.value for name, cell in pairs if cell is not None and cell.is_taken}

    def without_doubtful(self) -> "Draft":
        """Return the draft without the cells that break a format."""
        lines = (replace(line, cells=tuple(map(_sound, line.cells))) for line in self.lines)
        return replace(self, lines=tuple(lines))


def _sound(cell: Proposed | None) -> Proposed | None:
    return None if cell is not None and cell.verdict is Verdict.DOUBTFUL else cell


# ---- Blocks -------------------------------------------------------------------------------------


def block(text: str) -> list[list[str]]:
    """Read copied cells: rows by lines, cells by tabs, as spreadsheets write them.

    A cell that holds tabs, quotes or line breaks stands in quotes. All rows come out as long as
    the longest. Nothing that a spreadsheet would run stays guarded.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not text:
        return []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=False)
    rows = [[unguarded(cell.strip("\n")) for cell in row] or [""] for row in reader]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def spread(cells: Sequence[Sequence[str]], height: int, width: int) -> list[list[str]]:
    """Repeat a block over a selection that it fits into several times, as Excel does."""
    rows, columns = len(cells), len(cells[0])
    down = height if height > rows and height % rows == 0 else rows
    across = width if width > columns and width % columns == 0 else columns
    return [[cells[r % rows][c % columns] for c in range(across)] for r in range(down)]


def without_headings(
    cells: Sequence[Sequence[str]], headings: Sequence[str]
) -> Sequence[Sequence[str]]:
    """Leave out a first row that repeats the headings it would go under."""
    if len(cells) < 2:
        return cells
    pairs = zip(cells[0], headings, strict=False)
    same = all(cell.strip().casefold() == heading.casefold() for cell, heading in pairs)
    return cells[1:] if same else cells


# ---- Looking ------------------------------------------------------------------------------------

Texts = Mapping[int, Sequence[str | None]]
"""For each record's number what was typed column by column; None leaves a cell alone."""


def draft(
    reader: Reader,
    kind: Kind,
    columns: Sequence[str],
    texts: Texts,
    *,
    today: date,
    beyond: int = 0,
) -> Draft:
    """Return what typing these texts would do. Refused for more rows than can be pasted.

    Records that are gone meanwhile are left out.
    """
    if len(texts) > MOST_ROWS:
        told = _("A block of more than {most} rows is imported, not pasted")
        raise Refused(told.format(most=f"{MOST_ROWS:,}"))
    lines = []
    for some in codec.batches(list(texts), _AT_ONCE):
        for no, thing in _found(reader, kind, some):
            pairs = zip(columns, texts[no], strict=True)
            cells = tuple(_cell(reader, thing, *pair, today) for pair in pairs)
            found = Line(
                no=no, id=thing.id, version=thing.version, title=_title(thing), cells=cells
            )
            lines.append(found)
    return Draft(kind=kind, columns=tuple(columns), lines=tuple(lines), beyond=beyond)


def _found(reader: Reader, kind: Kind, nos: Sequence[int]) -> Iterable[tuple[int, Thing]]:
    """Return the records that are there, each with its number."""
    base = class_of(kind).base
    things = {thing.id: thing for thing in reader.load(nos, base)}
    numbers = reader.numbers(things, base)
    by_no = {numbers[id_]: thing for id_, thing in things.items()}
    return [(no, by_no[no]) for no in nos if no in by_no]


def _cell(
    reader: Reader, thing: Thing, name: str, text: str | None, today: date
) -> Proposed | None:
    return None if text is None else table_cells.propose(reader, thing, name, text, today)


def _title(thing: Thing) -> str:
    return thing.label if isinstance(thing, Entity) else ""


# ---- Taking in ----------------------------------------------------------------------------------


def take_in(work: Work, drafted: Draft, *, today: date) -> int:
    """Save what a draft would change, all of it or nothing; return how many cells that is.

    Cells that are wrong stay as they are. Raises Conflict, naming who and when, where a record
    was changed after it was looked at; NotFound where one is gone; Refused as the rules do.
    """
    lines = [line for line in drafted.lines if drafted.values(line)]
    things = {thing.id: thing for thing in _things(work.reader, drafted.kind, lines)}
    if len(things) < len(lines):
        raise NotFound(_("A record is no longer there; somebody removed it"))
    stale = [line for line in lines if things[line.id].version != line.version]
    if stale:
        raise _conflict(work.reader, stale)
    if drafted.kind is Kind.ACTION:
        for line in lines:
            values = _with_day(drafted.values(line), today)
            plans.edit_action(work, line.id, values, version=line.version)
    else:
        records.edit_all(work, [(things[line.id], drafted.values(line)) for line in lines])
    return drafted.taken


def _things(reader: Reader, kind: Kind, lines: Sequence[Line]) -> list[Thing]:
    return reader.load([line.no for line in lines], class_of(kind).base)


def _with_day(values: dict[str, Any], today: date) -> dict[str, Any]:
    """Note the day with an action that is complete now."""
    if "status" not in values:
        return values
    return {**values, "done": plans.done_on(ActionStatus(values["status"]), today)}


def _conflict(reader: Reader, stale: Sequence[Line]) -> Conflict:
    """Return who changed the first of these meanwhile, and when."""
    newest = history.of(reader, stale[0].no)[-1].entry
    who = recent.user_names(reader).get(newest.user) or _("Somebody")
    at = newest.at.astimezone(LONDON)
    told = ngettext(
        "{who} changed this record on {day} at {time}, after it was shown here; nothing was saved",
        "{who} changed {n} of these records, the first on {day} at {time}, after they were shown "
        "here; nothing was saved",
        len(stale),
    )
    return Conflict(told.format(who=who, n=len(stale), day=shown(at.date()), time=f"{at:%H:%M}"))


def type_in(
    work: Work, kind: Kind, no: int, name: str, text: str, *, version: int, today: date
) -> None:
    """Save what was typed into one cell, against the version that was on the screen.

    Raises Refused where the text is no value of the cell or the rules refuse it, Conflict,
    naming who and when, where the record was changed meanwhile.
    """
    drafted = draft(work.reader, kind, (name,), {no: (text,)}, today=today)
    if not drafted.lines:
        raise NotFound(_("The record is no longer there; somebody removed it"))
    line = replace(drafted.lines[0], version=version)
    cell = line.cells[0]
    if cell is not None and cell.verdict is Verdict.WRONG:
        raise Refused(cell.note)
    take_in(work, replace(drafted, lines=(line,)), today=today)


def filled_down(
    reader: Reader, kind: Kind, columns: Sequence[str], nos: Sequence[int], *, today: date
) -> Draft:
    """Return what copying the first record's cells into those of the others would do."""
    if len(nos) < 2:
        raise Refused(_("Select the cell to copy and those below it"))
    return filled_on(reader, kind, columns, nos[:1], nos[1:], today=today)


def filled_on(
    reader: Reader,
    kind: Kind,
    columns: Sequence[str],
    source: Sequence[int],
    below: Sequence[int],
    *,
    today: date,
) -> Draft:
    """Return what going on with the cells of some records would do to those below them.

    The rows of the source follow one another again and again, as in a spreadsheet.
    """
    found = [thing for _no, thing in _found(reader, kind, source)]
    if len(found) < len(source):
        raise NotFound(_("A record is no longer there; somebody removed it"))
    texts = [tuple(_text_of(thing, name) for name in columns) for thing in found]
    filled = {no: texts[at % len(texts)] for at, no in enumerate(below)}
    return draft(reader, kind, columns, filled, today=today)


def _text_of(thing: Thing, name: str) -> str | None:
    """Return a value as it would be typed; None for a column that cannot be."""
    field = table_cells.field_of(thing.kind, name)
    if field is None or table_cells.refusal(thing.kind, name):
        return None
    return table_cells.typed(field, getattr(thing, name))
