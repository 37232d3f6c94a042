"""Values out to CSV, Excel and JSON, as bytes: whoever asked decides where they go."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, TypeGuard

from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.exchange import sheet_print
from ocgdesk.exchange.about_file import AboutFile
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
_LOOKED_AT = 200
"""Rows whose contents say how wide the columns are."""
_LEAST_WORDS = 90
"""Letters across that a sentence has at least, over columns that hold nothing if need be."""
_USUAL, _WIDEST, _UPRIGHT = 8, 60, 5
"""Letters across: of a column nobody set, of the broadest, and of those whose title is upright."""
_SHORT = 12
_MOST_LINES = 25
_POINTS = 15
_UPWARD = 6
"""What a letter of an upright title takes, in points."""
_TALLEST = 240
_ROW = 20
"""How tall a row is, in points of a letter and of a screen."""
_SCREEN = 96
_ACROSS = 620
"""How wide a picture stands on a sheet, in points of a screen of that density."""


@dataclass(frozen=True, slots=True)
class TitlesOut:
    """A row of a sheet that holds the titles of the columns beneath it."""

    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class WordsOut:
    """A row of a sheet that is a sentence or a heading over all its columns."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class PictureOut:
    """A picture that takes as many rows of a sheet as it is tall."""

    png: bytes
    alt: str
    """What it shows, for whoever cannot see it."""
    size: tuple[int, int]
    """Points across and down."""


RowOut = Sequence[object] | TitlesOut | WordsOut | PictureOut


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOut:
    """One sheet to write: rows are sequences of plain values, None for an empty cell."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    turned: bool = False
    """Whether the titles stand upright over narrow columns: a matrix has a column a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOut:
    """One sheet that is read and printed as a paper is: words wrapped, thousands parted."""

    title: str
    headings: Sequence[str]
    rows: Sequence[RowOut]


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
    sheets: Sequence[SheetOut | PageOut],
    *,
    marking: str,
    notes: Sequence[str] = (),
    about: AboutFile | None = None,
    progress: Progress = silent,
) -> bytes:
    """Return a workbook, built in memory alone, with the marking above every sheet.

    ``notes`` go on a last sheet of their own; ``about`` is said of the file itself, and at the
    foot of each printed page. Nothing is written as a formula or link, and
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
    about = about or AboutFile()
    book.set_properties(about.properties)
    page = _Page(book, marking, about)
    for sheet in _with_notes(sheets, notes):
        page.write(sheet, progress)
    book.close()
    return out.getvalue()


def _with_notes(
    sheets: Sequence[SheetOut | PageOut], notes: Sequence[str]
) -> Iterator[SheetOut | PageOut]:
    yield from sheets
    if notes or not sheets:
        rows = [WordsOut(note) for note in notes]
        yield PageOut(title=_("About this file"), headings=(_("Notes"),), rows=rows)


class _Page:
    """Writes sheets into one workbook."""

    def __init__(self, book: Any, marking: str, about: AboutFile) -> None:
        self._book = book
        self._marking = marking
        self._about = about
        self._titles: set[str] = set()
        self._banner = book.add_format({"bold": True})
        left = {"align": "left", "valign": "top"}
        looks = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        self._heading = book.add_format(looks)
        self._right = book.add_format({**looks, "align": "right"})
        self._text = book.add_format({"num_format": "@", "valign": "top"})
        self._lines = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self._share = book.add_format({"num_format": "@", "align": "right", "valign": "top"})
        self._whole = book.add_format({"num_format": "#,##0", "valign": "top"})
        self._part = book.add_format({"num_format": "#,##0.00##", "valign": "top"})
        self._is_paper = False
        self._strong = book.add_format({"bold": True, "font_size": 13})
        self._day = book.add_format({"num_format": "dd/mm/yyyy", **left})
        self._moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm", **left})

    def write(self, sheet: SheetOut | PageOut, progress: Progress) -> None:
        """Write one sheet: marking, headings that stay in view, rows."""
        if len(sheet.rows) > _MOST_ROWS:
            raise Refused(_("An Excel sheet holds no more than a million rows; write a CSV."))
        turned = isinstance(sheet, SheetOut) and sheet.turned
        self._is_paper = isinstance(sheet, PageOut)
        page = self._book.add_worksheet(self._title(sheet.title))
        page.write_string(0, 0, self._marking, self._banner)
        below = next((row for row in sheet.rows if _is_cells(row)), ())
        if turned:
            self._turn_titles(page, sheet.headings)
        else:
            self._write_titles(page, 1, sheet.headings, below)
        page.freeze_panes(2, int(turned))
        widths = _widths(sheet)
        for i, width in enumerate(widths):
            page.set_column(i, i, width)
        sheet_print.prepare(page, self._about, self._marking, sum(widths))
        what = _("Writing {title}").format(title=sheet.title)
        at = 2
        for number, row in enumerate(track(sheet.rows, progress, what, every=1000)):
            if _is_cells(row):
                lines = max(
                    (self._write_cell(page, at, i, v) for i, v in enumerate(row)), default=1
                )
                if lines > 1:
                    page.set_row(at, min(lines, _MOST_LINES) * _POINTS)
                at += 1
            else:
                below = next(filter(_is_cells, sheet.rows[number + 1 : number + 2]), ())
                at = self._write_special(page, at, row, widths, below)

    def _write_titles(
        self, page: Any, at: int, titles: Sequence[str], below: Sequence[object]
    ) -> None:
        """Write the titles of columns, those of numbers at the right as the numbers are."""
        for i, title in enumerate(titles):
            is_number = i < len(below) and _is_number(below[i])
            page.write_string(at, i, _legal(title), self._right if is_number else self._heading)

    def _turn_titles(self, page: Any, titles: Sequence[str]) -> None:
        """Write the titles upright, the first as it is, in a row as tall as the longest."""
        page.hide_gridlines(0)
        upright = self._book.add_format({"bold": True, "bottom": 1, "rotation": 90})
        longest = max(map(len, titles[1:]), default=0)
        page.set_row(1, min(longest * _UPWARD + _POINTS, _TALLEST))
        for i, title in enumerate(titles):
            page.write_string(1, i, _legal(title), upright if i else self._heading)

    def _write_special(
        self, page: Any, at: int, row: object, widths: Sequence[int], below: Sequence[object]
    ) -> int:
        """Write a row that is not of cells; return the number of the next."""
        match row:
            case TitlesOut(cells):
                self._write_titles(page, at, cells, below)
            case WordsOut(text, is_heading=is_heading):
                self._write_words(page, at, text, widths, is_heading=is_heading)
            case PictureOut():
                return at + self._put(page, at, row)
        return at + 1

    def _write_words(
        self, page: Any, at: int, text: str, widths: Sequence[int], *, is_heading: bool
    ) -> None:
        """Write a sentence over all columns, in as many lines as it takes."""
        if is_heading:
            page.write_string(at, 0, _legal(text), self._strong)
            return
        last = len(widths) - 1 + max(0, -(-(_LEAST_WORDS - sum(widths)) // _USUAL))
        room = max(sum(widths), _LEAST_WORDS)
        page.set_row(at, min(_lines(text, room), _MOST_LINES) * _POINTS)
        if last:
            page.merge_range(at, 0, at, last, "", self._lines)
        page.write_string(at, 0, _legal(text), self._lines)

    def _put(self, page: Any, at: int, picture: PictureOut) -> int:
        """Place a picture; return how many rows it takes."""
        across, down = picture.size
        scale = _ACROSS / across
        page.insert_image(at, 0, "figure.png", {
            "image_data": io.BytesIO(picture.png),
            "x_scale": scale * _dpi(picture.png) / _SCREEN,
            "y_scale": scale * _dpi(picture.png) / _SCREEN,
            "x_offset": 4,
            "y_offset": 4,
            "object_position": 2,
            "description": _legal(picture.alt),
        })  # fmt: skip
        return int(down * scale / _ROW) + 2

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

    def _write_cell(self, page: Any, row: int, column: int, value: object) -> int:
        """Write a number or date as one, all else as text; return how many lines it takes."""
        if value is None or value == "":
            return 1
        if isinstance(value, int | float) and _fits(value):
            page.write_number(row, column, value, self._number(value))
        elif isinstance(value, datetime) and value.year >= 1900:
            page.write_datetime(row, column, _local(value), self._moment)
        elif isinstance(value, date) and value.year >= 1900:
            page.write_datetime(row, column, value, self._day)
        else:
            return self._write_text(page, row, column, _legal(worded(value)))
        return 1

    def _write_text(self, page: Any, row: int, column: int, text: str) -> int:
        lines = _lines(text, _WIDEST) if self._is_paper or "\n" in text else 1
        look = self._share if _is_share(text) else self._lines if lines > 1 else self._text
        page.write_string(row, column, text, look)
        return lines

    def _number(self, value: float) -> Any:
        """Return the look of a number on a paper, none where others may read the sheet."""
        if not self._is_paper:
            return None
        return self._whole if value == int(value) else self._part


def _is_cells(row: RowOut) -> TypeGuard[Sequence[object]]:
    return not isinstance(row, TitlesOut | WordsOut | PictureOut)


def _lines(text: str, room: int) -> int:
    """Return how many lines a text takes in so many letters."""
    return sum(-(-len(line) // room) or 1 for line in text.split("\n"))


def _is_share(text: str) -> bool:
    """Tell whether a text is a share or a change, which stands at the right as numbers do."""
    return len(text) <= _SHORT and text.endswith("%")


def _widths(sheet: SheetOut | PageOut) -> list[int]:
    """Return how many letters each column is wide, by its titles and what stands beneath them."""
    turned = isinstance(sheet, SheetOut) and sheet.turned
    seen: list[Sequence[object]] = [sheet.headings[:1] if turned else sheet.headings]
    for row in sheet.rows[:_LOOKED_AT]:
        if isinstance(row, TitlesOut):
            seen.append(row.cells)
        elif _is_cells(row):
            seen.append(row)
    count = max(len(sheet.headings), *map(len, seen))
    longest = [0] * count
    for cells in seen:
        for i, value in enumerate(cells):
            longest[i] = max(longest[i], *map(len, worded(value).split("\n")))
    widths = [min(max(one + 2, _USUAL), _WIDEST) for one in longest]
    return [widths[0], *([_UPRIGHT] * (count - 1))] if turned else widths


def _dpi(png: bytes) -> float:
    """Return at how many points an inch a picture asks to be shown."""
    at = png.find(b"pHYs", 0, png.find(b"IDAT"))
    return int.from_bytes(png[at + 4 : at + 8]) * 0.0254 if at > 0 else _SCREEN


def _local(instant: datetime) -> datetime:
    """Return an instant as clocks here showed it: Excel knows no time zones."""
    if instant.tzinfo is None:
        return instant
    return instant.astimezone(LONDON).replace(tzinfo=None)


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        return _is_share(value)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fits(value: float) -> bool:
    return not isinstance(value, bool) and -_LIMIT < value < _LIMIT


def _legal(text: str) -> str:
    """Return text that XML and Excel hold; what is cut says so."""
    text = _NOT_IN_XML.sub("", text.encode("utf-8", errors="replace").decode("utf-8"))
    if len(text) > _LONGEST_TEXT:
        mark = _(" … (cut: Excel holds no more)")
        text = text[: _LONGEST_TEXT - len(mark)] + mark
    return text
