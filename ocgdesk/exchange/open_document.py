"""OpenDocument spreadsheets (.ods), read from memory as the text their cells show."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final
from xml.etree.ElementTree import Element, iterparse

from ocgdesk.errors import Cancelled, Refused
from ocgdesk.exchange.contents import LOCKED
from ocgdesk.exchange.layout import Row, Sheet, filled_rows, lay_out
from ocgdesk.exchange.loading import load
from ocgdesk.exchange.raw import FOUND_OUT, How, RawTable
from ocgdesk.exchange.workbook import guard, plain_number, sheet_notes, trimmed
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
_MOST_CELLS: Final = 20_000_000
"""Repeated cells are stored once, however many they stand for: here is where that ends."""
_ZEROS: Final = re.compile(r"0\d+")


def read_ods(
    source: Path | bytes, name: str = "", *, how: How = FOUND_OUT, progress: Progress = silent
) -> RawTable:
    """Read one sheet: the one that ``how`` names, else the first that holds anything.

    Raises Refused for a file that is damaged, empty, locked by a password or would unpack
    beyond 512 MB.
    """
    data, name = load(source, name)
    guard(data)
    try:
        sheets = _sheets(data, name, progress)
    except (Refused, Cancelled):
        raise
    except Exception:  # noqa: BLE001 - a damaged archive or XML can break in any way
        raise Refused(_("The workbook {name} is damaged.").format(name=name)) from None
    return _laid_out(sheets, data, name, how)


def _laid_out(sheets: dict[str, list[Row]], data: bytes, name: str, how: How) -> RawTable:
    if how.sheet and how.sheet not in sheets:
        raise Refused(_("The workbook has no sheet called {name}.").format(name=how.sheet))
    title = how.sheet or next((title for title, rows in sheets.items() if rows), "")
    rows = sheets.get(title)
    if not rows:
        raise Refused(_("The file {name} is empty.").format(name=name))
    table = Sheet(name, filled_rows(rows), sheet_notes(title, list(sheets)))
    return lay_out(table, data, encoding="ods", delimiter="", how=how, parts=(title, *sheets))


def _sheets(data: bytes, name: str, progress: Progress) -> dict[str, list[Row]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if b"manifest:encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Refused(_(LOCKED))
        with archive.open("content.xml") as content:
            return dict(_tables(content, name, progress))


def _tables(content: IO[bytes], name: str, progress: Progress) -> Iterator[tuple[str, list[Row]]]:
    rows: list[Row] = []
    cells = done = 0
    # the guard has refused any file that declares entities
    for event, element in iterparse(content, events=("start", "end")):  # noqa: S314
        if event == "start":
            if element.tag == f"{_TABLE}table":
                rows = []
        elif element.tag == f"{_TABLE}table-row":
            row, times = _row(element), _times(element, "rows")
            element.clear()
            times = min(times, _MOST_ROWS - len(rows)) if any(row) else min(times, 1)
            cells += len(row) * times
            if cells > _MOST_CELLS:
                raise Refused(_("This workbook would unpack to far more than it should."))
            rows += [row] * times
            done += 1
            if done % 1000 == 0:
                progress(0, 0, _("Opening {name}").format(name=name))
        elif element.tag == f"{_TABLE}table":
            yield element.get(f"{_TABLE}name", ""), trimmed(rows)


def _times(element: Element, what: str) -> int:
    said = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return max(1, min(int(said), _MOST_ROWS)) if said.isdecimal() else 1


def _row(element: Element) -> tuple[str, ...]:
    """Return the cells of a row; empty ones at its end, however many, are left out."""
    cells: list[str] = []
    empty = 0
    for cell in element:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        text, times = _cell(cell), min(_times(cell, "columns"), _MOST_COLUMNS)
        if not text:
            empty += times
            continue
        cells += [""] * min(empty, _MOST_COLUMNS - len(cells))
        cells += [text] * min(times, _MOST_COLUMNS - len(cells))
        empty = 0
    return tuple(cells)


def _cell(cell: Element) -> str:
    """Return a cell as a reader of the sheet would write it down; a date in ISO form."""
    shown = "\n".join("".join(part.itertext()) for part in cell.iter(f"{_TEXT}p"))
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind == "date":
        said = cell.get(f"{_OFFICE}date-value", shown)
        return said.replace("T00:00:00", "").replace("T", " ")
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", shown).upper()
    if kind == "float":
        return shown if _ZEROS.fullmatch(shown) else _number(cell, shown)
    return shown


def _number(cell: Element, shown: str) -> str:
    try:
        return plain_number(float(cell.get(f"{_OFFICE}value", "")))
    except (ValueError, OverflowError):
        return shown
