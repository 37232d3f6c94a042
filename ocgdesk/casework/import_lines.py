"""An import to look at before anything is written: each row of a file beside what it would do."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from uuid import UUID

from ocgdesk.casework import import_alike, import_columns, import_drafts, import_specs, imports
from ocgdesk.casework.field_words import worded
from ocgdesk.casework.import_proposal import Proposal, Row, Standing
from ocgdesk.casework.import_repairs import NO_REPAIRS, Repairs, text_field
from ocgdesk.casework.import_rows import Line, LineColumn, Lines, Place, State, row_of
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.things import Entity
from ocgdesk.exchange import intake, network_pair
from ocgdesk.exchange.draft import Draft, DraftRecord
from ocgdesk.exchange.mapping import Target
from ocgdesk.exchange.raw import Problem, RawTable
from ocgdesk.exchange.spec_fit import Fit
from ocgdesk.exchange.specifications import Specification
from ocgdesk.exchange.writers import write_csv
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent
from ocgdesk.store.bulk import without_collector
from ocgdesk.store.reader import Reader

_WHAT = ("records", "links")
_BYTES_A_ROW = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Files that were read and compared with the register, ready to be looked at."""

    paths: tuple[Path, ...]
    tables: tuple[RawTable, ...]
    proposal: Proposal
    counts: Mapping[str, int]
    """Of records and links, as ``Proposal.counts`` gives them."""
    records: Lines
    links: Lines
    columns: tuple[LineColumn, ...]
    link_columns: tuple[LineColumn, ...]
    seconds: float
    """How long reading and comparing took."""
    repairs: Repairs = NO_REPAIRS
    """What was put right before."""
    fits: tuple[Fit, ...] = ()
    """Of a single table: the specifications it can be read by, the best first."""
    asked_rows: Mapping[str, Row] = field(default_factory=dict)
    """By full key what may be known already, and the rows above that it may be."""

    @property
    def draft(self) -> Draft:
        """What the files would bring in."""
        return self.proposal.draft

    @property
    def staying_out(self) -> int:
        """How many rows make nothing."""
        told = self.records.count(State.OUT) + self.links.count(State.OUT)
        return told + self.draft.untold

    @property
    def partly(self) -> int:
        """How many rows come in without what makes no sense in them."""
        return self.records.count(State.PROBLEM) + self.links.count(State.PROBLEM)

    @property
    def wanted(self) -> int:
        """How many rows would be written."""
        asked = (f"{standing}_{what}" for standing in ("new", "changed") for what in _WHAT)
        return sum(self.counts[name] for name in asked)

    @property
    def is_same(self) -> bool:
        """Whether there are rows and none would change anything."""
        return bool(self.proposal.rows) and not self.wanted

    def bad(self) -> Iterator[Line]:
        """Yield the rows with anything wrong, whether or not they come in."""
        for lines in (self.records, self.links):
            yield from (lines.all[place] for place in lines.among(State.PROBLEM, State.OUT))


def check(
    reader: Reader,
    paths: Sequence[Path],
    *,
    kind: Kind | None = None,
    columns: Mapping[str, Target] | None = None,
    types: Mapping[str, Kind] | None = None,
    add_missing: bool = False,
    repairs: Repairs = NO_REPAIRS,
    specs: Sequence[Specification] | None = None,
    pasted: Mapping[str, bytes] | None = None,
    today: date | None = None,
    progress: Progress = silent,
) -> Checked:
    """Read files and compare them with the register; nothing is written.

    ``specs``, one for each table, say what rows make. ``kind`` and ``columns`` overrule what the
    headers tell, ``types`` what items of a chart are, ``repairs`` what stands in cells.
    Raises Refused, in one sentence, where a file is no table or files do not belong together.
    """
    began = time.monotonic()
    with without_collector(_likely_rows(paths)):
        tables = _repaired(intake.read_all(paths, progress, repairs.how, pasted), kind, repairs)
        draft = import_drafts.drafted(
            reader,
            tables,
            paths,
            kind=kind,
            specs=specs,
            columns=columns,
            types=types,
            add_missing=add_missing,
            today=today,
            progress=progress,
        )
        proposal = import_alike.noted(imports.propose(reader, draft, progress))
        found = _laid_out(tuple(paths), tables, proposal, began)
        fits = import_specs.ranked(reader, tables[0]) if len(tables) == 1 else ()
        return replace(found, repairs=repairs, fits=fits)


def _repaired(
    tables: tuple[RawTable, ...], kind: Kind | None, repairs: Repairs
) -> tuple[RawTable, ...]:
    """Return the tables as they were put right."""
    if not (repairs.cells or repairs.notes or repairs.without):
        return tables
    network = network_pair.recognise(tables)
    ties = network[1] if network else None
    records = kind or Kind.NOMINAL
    return tuple(
        repairs.applied(table, text_field(Kind.LINK if table is ties else records))
        for table in tables
    )


def _likely_rows(paths: Sequence[Path]) -> int:
    """Guess how many rows files hold; those that are not there hold none."""
    return sum(path.stat().st_size for path in paths if path.is_file()) // _BYTES_A_ROW


def laid_out(paths: Sequence[Path], tables: Sequence[RawTable], proposal: Proposal) -> Checked:
    """Return files that were read and compared elsewhere, row by row."""
    return _laid_out(tuple(paths), tuple(tables), proposal, time.monotonic())


def with_missing(reader: Reader, checked: Checked, progress: Progress = silent) -> Checked:
    """Return the same files with the unknown ends of links as new records."""
    began = time.monotonic()
    proposal = imports.propose(reader, checked.draft.with_missing(), progress)
    found = _laid_out(checked.paths, checked.tables, proposal, began)
    return replace(found, repairs=checked.repairs, fits=checked.fits)


def with_proposal(checked: Checked, proposal: Proposal) -> Checked:
    """Return the same files with what was found out of their rows since."""
    began = time.monotonic() - checked.seconds
    found = _laid_out(checked.paths, checked.tables, proposal, began)
    return replace(found, repairs=checked.repairs, fits=checked.fits)


def again(reader: Reader, checked: Checked, progress: Progress = silent) -> Checked:
    """Compare the same files with the register as it is now."""
    began = time.monotonic()
    proposal = imports.propose(reader, checked.draft, progress)
    found = _laid_out(checked.paths, checked.tables, proposal, began)
    return replace(found, repairs=checked.repairs, fits=checked.fits)


def _laid_out(
    paths: tuple[Path, ...], tables: tuple[RawTable, ...], proposal: Proposal, began: float
) -> Checked:
    draft = proposal.draft
    problems: dict[Place, list[Problem]] = {}
    for problem in draft.problems:
        problems.setdefault((problem.file, problem.row), []).append(problem)
    if draft.specs:
        found = _by_row(paths, tables, proposal, problems, began)
    else:
        found = _by_kind(paths, tables, proposal, problems, began)
    return replace(found, asked_rows=asked(proposal))


def asked(proposal: Proposal) -> dict[str, Row]:
    """Return by full key what may be known already, and the rows above that it may be."""
    found = {
        row.draft.full_key: row
        for row in proposal.rows
        if row.alike and isinstance(row.draft, DraftRecord)
    }
    above = {one.key for row in found.values() for one in row.alike if one.key} - set(found)
    if not above:
        return found
    records = ((row.draft, row) for row in proposal.rows if isinstance(row.draft, DraftRecord))
    return found | {draft.full_key: row for draft, row in records if draft.full_key in above}


def _by_kind(
    paths: tuple[Path, ...],
    tables: tuple[RawTable, ...],
    proposal: Proposal,
    problems: Mapping[Place, list[Problem]],
    began: float,
) -> Checked:
    """Lay out rows that make one record or one link each."""
    draft = proposal.draft
    records = [row for row in proposal.rows if not isinstance(row.after, Link)]
    links = [row for row in proposal.rows if isinstance(row.after, Link)]
    ties = _tables_of_links(tables, draft)
    others = tuple(table for table in tables if table not in ties)
    return Checked(
        paths=paths,
        tables=tables,
        proposal=proposal,
        counts=proposal.counts(),
        records=Lines.of(_lines(records, others, problems)),
        links=Lines.of(_lines(links, ties, problems)),
        columns=import_columns.of_kind(draft.kind, draft.columns),
        link_columns=import_columns.of_kind(Kind.LINK, draft.edge_columns),
        seconds=time.monotonic() - began,
    )


def _by_row(
    paths: tuple[Path, ...],
    tables: tuple[RawTable, ...],
    proposal: Proposal,
    problems: Mapping[Place, list[Problem]],
    began: float,
) -> Checked:
    """Lay out rows that make several things each: a row of the file is one line."""
    made: dict[Place, list[Row]] = {}
    for row in proposal.rows:
        made.setdefault((row.draft.file, row.draft.row), []).append(row)
    lines = [
        Line(
            table.name,
            number,
            cells,
            next(iter(made.get((table.name, number), ())), None),
            tuple(problems.get((table.name, number), ())),
            tuple(made.get((table.name, number), ())[1:]),
            repeats=True,
            counted=(table.name, number) in proposal.draft.partly,
        )
        for table in tables
        for number, cells in _rows_told(table, proposal.draft, made)
    ]
    return Checked(
        paths=paths,
        tables=tables,
        proposal=proposal,
        counts=proposal.counts(),
        records=Lines.of(lines),
        links=Lines(),
        columns=tuple(import_columns.of_specs(tables, proposal.draft.specs)),
        link_columns=(),
        seconds=time.monotonic() - began,
    )


def _rows_told(
    table: RawTable, draft: Draft, made: Mapping[Place, list[Row]]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows of a file that are lines: of events those that make a record or link.

    The others of a link are counted in it; those with a problem are lines, too.
    """
    if not draft.specs[table.name].has_events:
        yield from _rows_once(table)
        return
    wrong = {**draft.partly, **draft.bad}
    cells = {place: row for place, row in wrong.items() if place[0] == table.name}
    cells |= {place: some[0].draft.raw for place, some in made.items() if place[0] == table.name}
    yield from ((place[1], cells[place]) for place in sorted(cells))


def _rows_once(table: RawTable) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each row of a file once: a record of a JSON file may be laid out in several."""
    before = 0
    for number, cells in table.numbered():
        if number != before:
            yield number, cells
        before = number


def _tables_of_links(tables: tuple[RawTable, ...], draft: Draft) -> tuple[RawTable, ...]:
    if not draft.edge_columns:
        return ()
    headers = tuple(header for header, _field in draft.edge_columns)
    return tuple(table for table in tables if table.header == headers)[:1]


def _lines(
    rows: Iterable[Row], tables: tuple[RawTable, ...], problems: Mapping[Place, list[Problem]]
) -> Iterator[Line]:
    """Yield the rows that make something and, each in its place, those that stay out."""
    of_files = {table.name for table in tables}
    made = {(row.draft.file, row.draft.row): row for row in rows if row.draft.file in of_files}
    for table in tables:
        for number, cells in table.numbered():
            place = (table.name, number)
            row, wrong = made.get(place), tuple(problems.get(place, ()))
            if row is not None or wrong:
                yield Line(table.name, number, cells, row, wrong)
    for row in rows:  # records that only the ends of links name
        if row.draft.file not in of_files:
            yield Line(row.draft.file, row.draft.row, (), row)


def before_words(line: Line, column: LineColumn) -> str | None:
    """Return what the register has where this row would change it; None where it would not."""
    row, field = row_of(line, column), column.field
    if row is None or field is None or row.before is None or field.name not in row.changed_fields:
        return None
    return worded(field, getattr(row.before, field.name))


def kept_words(line: Line, column: LineColumn) -> str:
    """Return what stays in the field of a column though the row says otherwise."""
    row, field = row_of(line, column), column.field
    return worded(field, getattr(row.after, field.name)) if row and field else ""


def bad_rows(checked: Checked) -> bytes:
    """Return the rows with problems as CSV: place and reason first, then the cells as they lay."""
    widest = max(checked.tables, key=lambda table: len(table.header))
    headings = (_("File"), _("Row"), _("Reason"), *widest.header)
    rows = [
        (line.file, line.number, " ".join(p.text for p in line.problems), *line.cells)
        for line in checked.bad()
    ]
    more = (row for table in checked.tables for row in _untold(table, checked.draft))
    return write_csv([*rows, *more], headings)


def _untold(table: RawTable, draft: Draft) -> Iterator[tuple[object, ...]]:
    """Yield the bad rows of a file beyond those that are told one by one."""
    if table.name not in draft.more_bad:
        return
    reasons = draft.more_bad[table.name].by_row()
    for number, cells in table.numbered():
        if number in reasons:
            yield (table.name, number, reasons[number], *cells)


def written_ids(checked: Checked, most: int) -> tuple[UUID, ...]:
    """Return the records that taking in writes, at most so many."""
    rows = checked.proposal.rows
    after = (row.after for row in rows if row.standing is not Standing.SAME)
    ids = dict.fromkeys(thing.id for thing in after if isinstance(thing, Entity))
    return tuple(islice(ids, most))
