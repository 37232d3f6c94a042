"""Excel workbooks (.xlsx, .xlsm), read from memory as the text their cells show."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from ocgdesk.errors import Cancelled, Refused
from ocgdesk.exchange.layout import Row, Sheet, filled_rows, lay_out
from ocgdesk.exchange.loading import LARGEST, load
from ocgdesk.exchange.raw import FOUND_OUT, How, RawTable
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent

_RATIO = 200
"""Packed this tightly, a file was made to fill our memory, not to hold a table."""
_SMALL = 16 * 1024 * 1024
"""Bytes; below this, unpacked, no ratio is suspicious."""
_MOST_ROWS = 1_048_576
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ROOT = re.compile(rb"<[A-Za-z]")
"""The first element: what could declare anything stands before it."""
_FAR_CELL = re.compile(rb'\sr="(?:[A-Z]{4,}|[A-Z]*\d{8,})')
_PADDED = re.compile(r"0{2,}")
_CHUNK = 1024 * 1024


def read_xlsx(
    source: Path | bytes,
    name: str = "",
    *,
    sheet: str = "",
    how: How = FOUND_OUT,
    progress: Progress = silent,
) -> RawTable:
    """Read one sheet of a workbook: the one named, else the first that holds anything.

    Formulas give the value last saved with them. Raises Refused for a workbook that is
    damaged, empty or would unpack beyond 512 MB.
    """
    data, name = load(source, name)
    guard(data)
    try:
        return _read(data, name, replace(how, sheet=sheet or how.sheet), progress)
    except (Refused, Cancelled):
        raise
    except Exception:  # noqa: BLE001 - openpyxl lets a damaged file raise anything
        raise Refused(_("The workbook {name} is damaged.").format(name=name)) from None


def guard(data: bytes) -> None:
    """Raise Refused for a packed workbook that is damaged or made to fill our memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _guard_size(sum(info.file_size for info in archive.infolist()), len(data))
            for info in archive.infolist():
                if info.filename.endswith((".xml", ".rels")):
                    _guard_part(archive, info)
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - a damaged archive can break zipfile in any way
        raise Refused(_("This workbook is damaged.")) from None


def _guard_size(unpacked: int, packed: int) -> None:
    if unpacked > LARGEST or (unpacked > _SMALL and unpacked > _RATIO * packed):
        raise Refused(_("This workbook would unpack to far more than it should."))


def _guard_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Refuse declared entities and cells beyond Excel's own edge, which openpyxl would fill."""
    with archive.open(info) as part:
        start = chunk = part.read(_CHUNK)
        root = _ROOT.search(start)
        if b"\0" in start[:1000] or _ENTITIES.search(start[: root.start()] if root else start):
            raise Refused(_("This workbook declares XML entities; Excel never does."))
        if "worksheets/" not in info.filename:
            return
        tail = b""
        while chunk:
            if _FAR_CELL.search(tail + chunk):
                raise Refused(_("This workbook has cells beyond the edge of a sheet."))
            tail, chunk = chunk[-32:], part.read(_CHUNK)


def _read(data: bytes, name: str, how: How, progress: Progress) -> RawTable:
    from openpyxl import load_workbook

    what = _("Opening {name}").format(name=name)
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        title, rows = _first_filled(book, how.sheet, progress, what)
        titles = book.sheetnames
    finally:
        book.close()
    if not rows:
        raise Refused(_("The file {name} is empty.").format(name=name))
    table = Sheet(name, filled_rows(rows), sheet_notes(title, titles))
    for number, row in table.rows:
        for i, cell in enumerate(row):
            if cell in _ERRORS:
                table.problem(
                    number, _letter(i), _("The formula gives {error}.").format(error=cell)
                )
    return lay_out(table, data, encoding="xlsx", delimiter="", how=how, parts=(title, *titles))


def sheet_notes(title: str, titles: list[str]) -> list[str]:
    """Say which sheet was read, where there are several."""
    if len(titles) < 2:
        return []
    return [_("Sheet {title} was read, of {n} sheets.").format(title=title, n=len(titles))]


def _first_filled(book: Any, wanted: str, progress: Progress, what: str) -> tuple[str, list[Row]]:
    if wanted and wanted not in book.sheetnames:
        raise Refused(_("The workbook has no sheet called {name}.").format(name=wanted))
    for sheet in book.worksheets:
        if not wanted or sheet.title == wanted:
            rows = trimmed(list(_rows(sheet, progress, what)))
            if rows:
                return sheet.title, rows
    return "", []


def _rows(sheet: Any, progress: Progress, what: str) -> Iterator[Row]:
    """Yield the rows as text; the sheet's own word on its size is often wrong, so not used."""
    total = sheet.max_row or 0
    sheet.reset_dimensions()
    for done, row in enumerate(islice(sheet.iter_rows(), _MOST_ROWS)):
        if done % 1000 == 0:
            progress(min(done, total), total, what)
        yield tuple(map(_text, row))


def trimmed(rows: list[Row]) -> list[Row]:
    """Take off empty rows below and empty columns at the right, which formatting leaves."""
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((i + 1 for row in rows for i, cell in enumerate(row) if cell), default=0)
    return [(*row[:width], *[""] * (width - len(row))) for row in rows]


_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})


def _letter(index: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(index + 1)


def _text(cell: Any) -> str:
    """Return a cell as a reader of the sheet would write it down."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    return moment(value)


def _number(value: float, shape: str) -> str:
    """Return a number without ``.0`` or exponent, and with the zeros its format leads it by."""
    text = plain_number(value)
    return text.zfill(len(shape)) if _PADDED.fullmatch(shape) else text


def plain_number(value: float) -> str:
    """Return a number as a reader writes it: no ``.0``, no exponent."""
    if value != int(value):
        return format(Decimal(repr(value)), "f")
    return str(int(value))


def moment(value: object) -> str:
    """Return a date, time or length of time; midnight alone is a date."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
