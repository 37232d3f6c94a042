"""Cells of a register as they lie on the clipboard: as text between tabs, and as an HTML table.

Numbers and days go as such. Everything else is marked as text, so that a spreadsheet neither
runs it as a formula nor shortens a long number or takes its leading zeros.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from ocgdesk.exchange.formulas import guarded
from ocgdesk.store.listing import ColumnSpec, ListRow
from ocgdesk.ui.models import looks

_AS_TEXT: Final = " style=\"mso-number-format:'\\@'\""
"""What Excel writes itself for a cell formatted as text."""


def as_text(specs: Sequence[ColumnSpec], rows: Sequence[ListRow], *, headings: bool) -> str:
    """Return rows of cells between tabs; one that holds tabs, breaks or quotes stands in quotes."""
    lines = [[spec.label for spec in specs]] if headings else []
    lines += [[_cell(spec, value) for spec, value in _pairs(specs, row)] for row in rows]
    return "\n".join("\t".join(_quoted(cell) for cell in line) for line in lines)


def as_html(specs: Sequence[ColumnSpec], rows: Sequence[ListRow], *, above: str = "") -> str:
    """Return a table; with a marking ``above``, that above and below it, and its headings."""
    head = "".join(f"<th>{escape(spec.label)}</th>" for spec in specs)
    lines = ("".join(_html_cells(specs, row)) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    if not above:
        return f"<table>{body}</table>"
    mark = f"<p><b>{escape(above)}</b></p>"
    return f"{mark}<table><tr>{head}</tr>{body}</table>{mark}"


def _pairs(specs: Sequence[ColumnSpec], row: ListRow) -> Iterator[tuple[ColumnSpec, object]]:
    yield from zip(specs, row.cells, strict=True)


def _cell(spec: ColumnSpec, value: object) -> str:
    said = looks.text(spec, value)
    return said.replace(",", "") if looks.is_number(spec) else guarded(said)


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t\n\r"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _html_cells(specs: Sequence[ColumnSpec], row: ListRow) -> Iterator[str]:
    for spec, value in _pairs(specs, row):
        plain = looks.is_number(spec) or spec.type.value == "day"
        said = escape(looks.text(spec, value)).replace("\n", "<br>")
        yield f"<td>{said}</td>" if plain else f"<td{_AS_TEXT}>{said}</td>"
