"""Values out to CSV, Excel and JSON, as bytes: whoever asked decides where they go."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.exchange.formulas import guarded
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent, track

_MOST_ROWS = 1_048_000
"""What a sheet holds, with room for marking and header."""
_LONGEST_TEXT = 32_767
_LIMIT = 10**15
"""Excel keeps fifteen digits of a number; longer ones are written as text."""
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - a constant, so that files are repeatable


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOut:
    """One sheet to write: rows are sequences of plain values, None for an empty cell."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]


def worded(value: object) -> str:
    """Return a value as the text of a cell; lists are parted by semicolons."""
    if isinstance(value, str):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, tuple | list | set | frozenset):
        return "; ".join(worded(item) for item in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def write_csv(rows: Iterable[Sequence[object]], headings: Sequence[str]) -> bytes:
    """Return CSV as Excel opens it: UTF-8 with a mark, CRLF, no cell run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(guarded, headings))
    writer.writerows(map(_cells, rows))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", errors="replace")


def _cells(row: Sequence[object]) -> Iterator[str]:
    for value in row:
        text = worded(value).replace("\x00", "")
        yield text if isinstance(value, int | float) else guarded(text)


def write_json(payload: object) -> bytes:
    """Return readable JSON: dates are ISO, codes not words, other values by their fields."""
    text = json.dumps(payload, default=_plain, ensure_ascii=False, indent=2, allow_nan=False)
    return text.encode("utf-8", errors="replace") + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return str(value)


def write_xlsx(
    sheets: Sequence[SheetOut],
    *,
    marking: str,
    notes: Sequence[str] = (),
    progress: Progress = silent,
) -> bytes:
    """Return a workbook, built in memory alone, with the marking above every sheet.

    ``notes`` go on a last sheet of their own. Nothing is written as a formula or link, and
    the same values give the same bytes. Refused for more rows than a sheet holds.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": False,
        },
    )
    book.set_properties({"created": _FIXED})
    page = _Page(book, marking)
    for sheet in _with_notes(sheets, notes):
        page.write(sheet, progress)
    book.close()
    return out.getvalue()


def _with_notes(sheets: Sequence[SheetOut], notes: Sequence[str]) -> Iterator[SheetOut]:
    yield from sheets
    if notes or not sheets:
        rows = [(note,) for note in notes]
        yield SheetOut(title=_("About this file"), headings=(_("Notes"),), rows=rows)


class _Page:
    """Writes sheets into one workbook."""

    def __init__(self, book: Any, marking: str) -> None:
        self._book = book
        self._marking = marking
        self._titles: set[str] = set()
        self._banner = book.add_format({"bold": True})
        self._heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._text = book.add_format({"num_format": "@"})
        self._day = book.add_format({"num_format": "dd/mm/yyyy"})
        self._moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})

    def write(self, sheet: SheetOut, progress: Progress) -> None:
        """Write one sheet: marking, headings that stay in view, rows."""
        if len(sheet.rows) > _MOST_ROWS:
            raise Refused(_("An Excel sheet holds no more than a million rows; write a CSV."))
        page = self._book.add_worksheet(self._title(sheet.title))
        page.write_string(0, 0, self._marking, self._banner)
        page.set_header(f"&C{self._marking.replace('&', '&&')}")
        page.set_footer(f"&C{self._marking.replace('&', '&&')}")
        for i, heading in enumerate(sheet.headings):
            page.write_string(1, i, _legal(heading), self._heading)
        page.freeze_panes(2, 0)
        page.repeat_rows(0, 1)
        self._set_widths(page, sheet)
        what = _("Writing {title}").format(title=sheet.title)
        for number, row in enumerate(track(sheet.rows, progress, what, every=1000), start=2):
            for i, value in enumerate(row):
                self._write_cell(page, number, i, value)

    def _title(self, wanted: str) -> str:
        """Return a title that Excel allows and this book does not have yet."""
        base = _NOT_IN_TITLES.sub(" ", wanted).strip(" '")[:31].strip(" '") or _("Sheet")
        base = f"{base} 1" if base.casefold() == "history" else base
        title, n = base, 1
        while title.casefold() in self._titles:
            n += 1
            title = f"{base[: 28 - len(str(n))]} ({n})"
        self._titles.add(title.casefold())
        return title

    def _set_widths(self, page: Any, sheet: SheetOut) -> None:
        for i, heading in enumerate(sheet.headings):
            texts = [worded(row[i]) for row in sheet.rows[:100] if i < len(row)]
            longest = max([len(heading), *map(len, texts)])
            page.set_column(i, i, min(max(longest + 2, 8), 60))

    def _write_cell(self, page: Any, row: int, column: int, value: object) -> None:
        """Write a number or date as one, all else as text; nothing for an empty cell."""
        if value is None or value == "":
            return
        if isinstance(value, int | float) and _fits(value):
            page.write_number(row, column, value)
        elif isinstance(value, datetime) and value.year >= 1900:
            page.write_datetime(row, column, _local(value), self._moment)
        elif isinstance(value, date) and value.year >= 1900:
            page.write_datetime(row, column, value, self._day)
        else:
            page.write_string(row, column, _legal(worded(value)), self._text)


def _local(instant: datetime) -> datetime:
    """Return an instant as clocks here showed it: Excel knows no time zones."""
    if instant.tzinfo is None:
        return instant
    return instant.astimezone(LONDON).replace(tzinfo=None)


def _fits(value: float) -> bool:
    return not isinstance(value, bool) and -_LIMIT < value < _LIMIT


def _legal(text: str) -> str:
    """Return text that XML and Excel hold; what is cut says so."""
    text = _NOT_IN_XML.sub("", text.encode("utf-8", errors="replace").decode("utf-8"))
    if len(text) > _LONGEST_TEXT:
        mark = _(" … (cut: Excel holds no more)")
        text = text[: _LONGEST_TEXT - len(mark)] + mark
    return text
