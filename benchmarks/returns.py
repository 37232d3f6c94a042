"""Returns on national: each against its target, and one against the same sum in raw SQL."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from benchmarks.figures import Figure, median
from benchmarks.sample import opened
from ocgdesk.casework import brief_products, briefs, return_books, returns
from ocgdesk.casework.return_wishes import Wish
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.returns import Definition, Period
from ocgdesk.exchange.writers import SheetOut, write_xlsx
from ocgdesk.reports.pdf_writer import to_pdf
from ocgdesk.store import records
from ocgdesk.store.reader import Reader

_YEAR = Period(date(2025, 11, 1), date(2026, 10, 31))
_RAW = """
select coalesce(o.measure, ''), o.unit, count(*), sum(o.value)
from entity e join outcome o on o.no = e.no join disruption d on d.no = e.owner_no
where e.kind = 'outcome' and d.status = 'accepted' and o.value is not null
and o."on" between ? and ? group by 1, 2
"""
"""What the outcomes of the activity return come to, asked of the tables themselves."""


def figures(sample: Path, _folder: Path) -> list[Figure]:
    """Measure every return that ships, the raw sum, and a workbook of 100,000 rows."""
    workspace = opened(sample)
    with workspace.reading() as reader:
        known = return_books.definitions(reader)
        found = [_figure(reader, one) for one in known]
        raw = median(lambda: _raw(reader), times=3)
        ours = median(lambda: _outcomes(reader), times=3)
        profile = median(lambda: _profile(reader), times=1)
    workspace.close()
    again = "outcomes of a year and the year before, as many times the raw SQL"
    return [
        *found,
        Figure(name=again, value=ours / raw, target=2.0, unit="×"),
        Figure(name="OCG profile with three charts, as PDF", value=profile, target=10.0),
        _workbook(),
    ]


def _figure(reader: Reader, definition: Definition) -> Figure:
    return Figure(
        name=f"return {definition.code}, two periods",
        value=median(lambda: _made(reader, definition), times=3),
        target=3.0,
    )


def _made(reader: Reader, definition: Definition) -> None:
    wish = Wish(definition=definition, period=_YEAR, before=_YEAR.before())
    returns.make(reader, wish, now=datetime.now(LONDON))


def _outcomes(reader: Reader) -> None:
    """Count the outcomes of the activity return alone, for both periods."""
    whole = return_books.find(reader, "activity")
    blocks = tuple(one for one in whole.blocks if one.count.sum)[:1]
    _made(reader, replace(whole, blocks=blocks))


def _profile(reader: Reader) -> None:
    """Make the profile of an OCG with three charts."""
    ocg = records.resolve(reader, "Tarnbrook")
    sections = (*brief_products.sections_of("ocg-profile"), "chart", "chart")
    wish = briefs.Wish(product="ocg-profile", subject=ocg.id, sections=sections)
    to_pdf(briefs.make(reader, wish, now=datetime.now(LONDON)).document)


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
