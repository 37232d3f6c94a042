"""What a register asks the store for: an order, windows of rows, the words of cells."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.store import listing, records
from ocgdesk.store.listing import ColumnSpec, ListQuery, ListRow
from ocgdesk.store.reader import Reader
from ocgdesk.ui.models import looks
from ocgdesk.ui.widgets import values


@dataclass(frozen=True, slots=True)
class Ordered:
    """The numbers of all rows that pass, in order, and how many there are without filters."""

    numbers: "array[int]"
    total: int


def read_order(reader: Reader, query: ListQuery) -> Ordered:
    """Return the order of a list."""
    numbers = array("q", listing.order(reader, query))
    if not query.filters and not query.text:
        return Ordered(numbers, len(numbers))
    if query.kind in LINKS:
        return Ordered(numbers, len(listing.order(reader, ListQuery(kind=query.kind))))
    return Ordered(numbers, records.counts(reader, [query.kind])[query.kind])


def read_windows(
    reader: Reader, kind: Kind, asked: dict[int, list[int]], names: Sequence[str]
) -> dict[int, list[ListRow | None]]:
    """Return windows of rows; one that went meanwhile leaves its place empty."""
    numbers = [no for window in asked.values() for no in window]
    found = {row.no: row for row in listing.window(reader, kind, numbers, names)}
    return {n: [found.get(no) for no in window] for n, window in asked.items()}


def read_rows(
    reader: Reader, kind: Kind, numbers: Sequence[int], specs: Sequence[ColumnSpec]
) -> list[ListRow]:
    """Return rows with these columns: for copying, exporting and adding up."""
    return listing.window(reader, kind, numbers, [spec.name for spec in specs])


def cells_of(kind: Kind, specs: Sequence[ColumnSpec], row: ListRow, today: date) -> list[str]:
    """Return the words of a row."""
    return [
        values.words(looks.cell(kind, spec, value, today))
        for spec, value in zip(specs, row.cells, strict=True)
    ]
