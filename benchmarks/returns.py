"""Returns on national, now and as at, and one against the same sum in raw SQL."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.figures import Figure, median
from benchmarks.sample import copied, opened
from ocgdesk.casework import return_books, returns
from ocgdesk.casework.return_wishes import Wish
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.returns import Definition, Period
from ocgdesk.exchange.writers import SheetOut, write_xlsx
from ocgdesk.store import codec
from ocgdesk.store.reader import Reader
from ocgdesk.store.workspace import Workspace

_YEAR = Period(date(2025, 11, 1), date(2026, 10, 31))
_RAW = """
select coalesce(o.measure, ''), o.unit, count(*), sum(o.value)
from outcome o join entity e on o.no = e.no join disruption d on d.no = e.owner_no
where d.status = 'accepted' and o.value is not null
and o."on" between ? and ? group by 1, 2
"""
"""What the outcomes of the activity return come to, asked of the tables themselves: as fast as it
can be written. By the index of kinds it takes five times as long."""

_COUNTED: Mapping[Kind, dict[str, Any]] = {
    Kind.OUTCOME: {"value": 7.0},
    Kind.DISRUPTION: {"level": "minor"},
    Kind.ACTION: {"status": "complete"},
    Kind.OCG: {"tier": "t3"},
    Kind.HANDLE: {"disposition": "attributed"},
}
"""What is changed of each kind."""


def figures(sample: Path, folder: Path) -> list[Figure]:
    """Measure every return that ships, the raw sum, and a workbook of 100,000 rows."""
    workspace = opened(sample)
    with workspace.reading() as reader:
        known = return_books.definitions(reader)
        found = [_figure(reader, one) for one in known]
        raw = median(lambda: _raw(reader), times=3)
        ours = median(lambda: _outcomes(reader), times=3)
    workspace.close()
    with copied(sample, folder / "returns.ocgdesk") as changed:
        past = _past(changed)
    again = "outcomes of a year and the year before, as many times the raw SQL"
    return [
        *found,
        *past,
        Figure(name=again, value=ours / raw, target=2.0, unit="×"),
        _workbook(),
    ]


def _figure(reader: Reader, definition: Definition) -> Figure:
    return Figure(
        name=f"return {definition.code}, two periods",
        value=median(lambda: _made(reader, definition), times=3),
        target=3.0,
    )


def _past(workspace: Workspace) -> list[Figure]:
    """Measure every return as at before a fifth of all that is counted was changed.

    In seconds alone: what a record was is packed in the journal, so no raw SQL counts the same.
    """
    as_at = datetime.now(LONDON)
    _work_on(workspace)
    with workspace.reading() as reader:
        return [
            Figure(
                name=f"return {one.code}, as at before 56,000 changes",
                value=median(lambda one=one: _made(reader, one, as_at), times=1),
                target=3.0,
            )
            for one in return_books.definitions(reader)
        ]


def _work_on(workspace: Workspace) -> None:
    """Change every fifth record that returns count, a thousand in one act."""
    with workspace.reading() as reader:
        kinds = ", ".join(f"'{kind.value}'" for kind in _COUNTED)
        query = f"select no from entity where kind in ({kinds}) and no % 5 = 0"  # noqa: S608
        nos = [int(row.no) for row in reader.execute(query)]
    for some in codec.batches(nos):
        with workspace.work("Edit") as done:
            things = done.work.reader.load(some)
            done.work.put(*(replace(one, **_COUNTED[one.kind]) for one in things))


def _made(reader: Reader, definition: Definition, as_at: datetime | None = None) -> None:
    wish = Wish(
        definition=definition,
        period=_YEAR,
        before=_YEAR.before(),
        filters=_needed(reader, definition),
        as_at=as_at,
    )
    returns.make(reader, wish, now=datetime.now(LONDON))


def _needed(reader: Reader, definition: Definition) -> dict[str, str]:
    """Return what a return is only drawn up of: the operation that most disruptions name."""
    if "operation" not in definition.requires:
        return {}
    (row,) = reader.execute(
        "select operation from disruption where operation is not null"
        " group by operation order by count(*) desc limit 1"
    )
    return {"operation": str(UUID(bytes=row.operation))}


def _outcomes(reader: Reader) -> None:
    """Count the outcomes of the activity return alone, for both periods."""
    whole = return_books.find(reader, "activity")
    blocks = tuple(one for one in whole.blocks if one.count.sum)[:1]
    _made(reader, replace(whole, blocks=blocks))


def _raw(reader: Reader) -> None:
    for period in (_YEAR, _YEAR.before()):
        reader.execute(_RAW, period.start.isoformat(), period.end.isoformat())


def _workbook() -> Figure:
    headings = ("Reference", "Date", "Title", "Value")
    rows = [[f"WMPA1-DIS-2026-{n:06d}", "2026-11-02", "Flat closed", n] for n in range(100_000)]

    def write() -> None:
        sheet = SheetOut(title="Disruptions", headings=headings, rows=rows)
        write_xlsx([sheet], marking="OFFICIAL-SENSITIVE")

    return Figure(name="XLSX of 100,000 rows", value=median(write, times=1), target=20.0)
