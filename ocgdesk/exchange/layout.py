"""Where a table's header stands, and rows made to fit it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ocgdesk.domain.marking import Marking
from ocgdesk.errors import Refused
from ocgdesk.exchange.mapping import known_words, squashed
from ocgdesk.exchange.raw import FOUND_OUT, NO_HEADER, How, Problem, RawTable, SourceFile
from ocgdesk.i18n import _, ngettext

_NUMBER = re.compile(r"[-+£$€(]*\d[\d.,\s]*%?\)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:[T ][\d:.]+Z?)?")
_EMPTY_WORDS = frozenset({"null", "none", "na", "n/a", "nan"})
_TOP = 30
"""How many filled rows are looked at for the header; titles above it are fewer."""
_SAMPLE = 200
_WIDE = 3
"""Fewer filled cells than this in most rows tell no note from a row."""
_TOLD = 200
_NOTE = re.compile(
    r"\s*(?:\*|©|(?:notes?|nb|n\.b\.|sources?|footnotes?|end of|printed|exported|produced)\b)",
    re.IGNORECASE,
)

Row = Sequence[str]


@dataclass(slots=True)
class Sheet:
    """Numbered rows on their way to a table, with what was noticed on the way."""

    name: str
    rows: list[tuple[int, Row]]
    """Row number and cells, blank rows left out."""
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, row: int, column: str, text: str) -> None:
        """Write down what makes no sense."""
        self.problems.append(Problem(self.name, row, column, text))


def filled_rows(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    """Return rows with their numbers, from 1, without the blank ones."""
    return [
        (number, row)
        for number, row in enumerate(rows, start=1)
        if any(row) and any(map(str.strip, row))
    ]


def lay_out(
    sheet: Sheet,
    data: bytes,
    *,
    encoding: str,
    delimiter: str,
    how: How = FOUND_OUT,
    parts: tuple[str, ...] = (),
) -> RawTable:
    """Make a table of filled rows: find its header, name its columns, fit its rows.

    ``parts`` are the sheet this is, then all there are.
    """
    top, has_header = _header_of(sheet.rows, how.header)
    if top:
        sheet.notes.append(
            ngettext(
                "{n} row above the header was left out.",
                "{n} rows above the header were left out.",
                top,
            ).format(n=top)
        )
    if has_header:
        header = _header(sheet, *sheet.rows[top], _used(sheet.rows[top:]))
    else:
        header = _numbered_header(sheet, _typical_width(sheet.rows))
    rows = _fit(sheet, header, _without_notes(sheet, sheet.rows[top + has_header :]))
    return RawTable(
        name=sheet.name,
        encoding=encoding,
        delimiter=delimiter,
        header=header,
        rows=tuple(row for _number, row in rows),
        numbers=tuple(number for number, _row in rows),
        source=SourceFile.of(sheet.name, data, len(rows)),
        has_header=has_header,
        notes=tuple(sheet.notes),
        problems=tuple(sheet.problems),
        parts=parts[1:] if len(parts) > 2 else (),
        part=parts[0] if parts else "",
        header_row=sheet.rows[top][0] if has_header else 0,
    )


def _header_of(rows: list[tuple[int, Row]], wanted: int) -> tuple[int, bool]:
    """Return the header's place and True; the place of the first data row and False for none."""
    if wanted == NO_HEADER:
        return 0, False
    if not wanted:
        return _find_header(rows)
    places = [i for i, (number, _row) in enumerate(rows) if number == wanted]
    if not places:
        raise Refused(_("Row {n} holds nothing that could name columns.").format(n=wanted))
    return places[0], True


def _find_header(rows: list[tuple[int, Row]]) -> tuple[int, bool]:
    """Return the header's place and True, or the place of the first data row and False.

    Titles above a table fill fewer cells than the table does, so the header is looked for in
    the first row that fills at least half the usual number of cells.
    """
    usual = _usual_filled(rows[:_SAMPLE])
    candidates = enumerate(row for _number, row in rows[:_TOP])
    top = next((i for i, row in candidates if not _is_title(row, usual)), 0)
    below = [row for _number, row in rows[top + 1 : top + 1 + _SAMPLE]]
    if _is_header(rows[top][1], below):
        return top, True
    return 0, False


def _without_notes(sheet: Sheet, rows: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
    """Return rows without the notes below a table: single cells at its end, parted from it.

    They are parted by a blank row or by the word they begin with; what is left out is told.
    """
    if not rows or _usual_filled(rows[:_SAMPLE]) < _WIDE:
        return rows
    end = len(rows)
    while end > 1 and _filled(rows[end - 1][1]) == 1:
        end -= 1
    below = range(max(end, 1), len(rows))
    start = next((n for n in below if _is_parted(rows[n - 1][0], rows[n])), len(rows))
    if start == len(rows):
        return rows
    said = " / ".join("".join(row).strip() for _number, row in rows[start:])
    text = ngettext(
        "{n} row below the table was left out: {said}",
        "{n} rows below the table were left out: {said}",
        len(rows) - start,
    )
    sheet.notes.append(text.format(n=len(rows) - start, said=said[:_TOLD]))
    return rows[:start]


def _is_parted(before: int, row: tuple[int, Row]) -> bool:
    number, cells = row
    return number > before + 1 or _NOTE.match("".join(cells)) is not None


def _is_title(row: Row, usual: int) -> bool:
    """Tell whether a row fills too few cells for a header, or is but a marking."""
    filled = _filled(row)
    if filled > 1 or usual == 1:
        return filled * 2 < usual or (filled == 1 and _is_marking("".join(row)))
    return True


def _is_marking(text: str) -> bool:
    try:
        return bool(Marking.parse(text))
    except Refused:
        return False


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell.strip())


def _usual_filled(rows: list[tuple[int, Row]]) -> int:
    counts = Counter(_filled(row) for _number, row in rows)
    return max(counts, key=lambda n: (counts[n], n))


def _typical_width(rows: list[tuple[int, Row]]) -> int:
    counts = Counter(len(row) for _number, row in rows[:_SAMPLE])
    return max(counts, key=lambda n: (counts[n], n))


def _is_header(row: Row, below: list[Row]) -> bool:
    """Tell whether a row names columns: words that do not come up again under themselves."""
    if not any(_is_word(cell) for cell in row) and not _names_years(row, below):
        return False
    if len(row) > 1 and list(row) in map(list, below):
        return True  # files put end to end carry their header along
    if all(not cell.strip() or _is_word(cell) for cell in row) and _says_fields(row):
        return True  # a line may be called Line
    return all(_may_name(cell, i, below) for i, cell in enumerate(row))


def _says_fields(row: Row) -> bool:
    words = [squashed(cell) for cell in row if cell.strip()]
    return sum(word in known_words() for word in words) * 2 >= len(words)


def _names_years(row: Row, below: list[Row]) -> bool:
    return bool(below) and sum(1 for cell in row if _YEAR.fullmatch(cell.strip())) > 1


def _is_word(cell: str) -> bool:
    cell = cell.strip()
    return bool(cell) and not (
        _NUMBER.fullmatch(cell) or _DATE.fullmatch(cell) or cell.casefold() in _EMPTY_WORDS
    )


def _may_name(cell: str, column: int, below: list[Row]) -> bool:
    cell = cell.strip()
    if not cell:
        return True
    values = {row[column].strip() for row in below if column < len(row)}
    if _YEAR.fullmatch(cell):  # a column for each year
        return not any(map(_YEAR.fullmatch, values))
    return _is_word(cell) and cell not in values


def _used(rows: list[tuple[int, Row]]) -> int:
    """Return how many columns of a header are named or hold something below it."""
    named = list(rows[0][1])
    while named and not named[-1].strip():
        named.pop()
    for _number, row in rows[1:_SAMPLE]:
        for i in range(len(named), min(len(row), len(rows[0][1]))):
            if row[i].strip():
                named += [""] * (i + 1 - len(named))
    return len(named)


def _header(sheet: Sheet, number: int, cells: Row, width: int) -> tuple[str, ...]:
    names: list[str] = []
    for i, cell in enumerate(cells[:width]):
        names.append(_named(sheet, number, i, " ".join(cell.split()), names))
    return tuple(names)


def _numbered_header(sheet: Sheet, width: int) -> tuple[str, ...]:
    sheet.notes.append(_("No header row was found; the columns are numbered."))
    return tuple(_numbered(i) for i in range(width))


def _numbered(index: int) -> str:
    return _("Column {n}").format(n=index + 1)


def _named(sheet: Sheet, row: int, index: int, name: str, taken: list[str]) -> str:
    if not name:
        new = _free(_numbered(index), taken)
        sheet.problem(row, new, _("This column has no header; it is called {new}.").format(new=new))
        return new
    new = _free(name, taken)
    if new != name:
        text = _("The header {name} comes twice; the later is called {new}.")
        sheet.problem(row, new, text.format(name=name, new=new))
    return new


def _free(name: str, taken: list[str]) -> str:
    folded = {other.casefold() for other in taken}
    new, n = name, 1
    while new.casefold() in folded:
        n += 1
        new = f"{name} ({n})"
    return new


def _fit(
    sheet: Sheet, header: tuple[str, ...], rows: list[tuple[int, Row]]
) -> list[tuple[int, tuple[str, ...]]]:
    width, fitted = len(header), []
    known: dict[str, str] = {}  # cells that say the same share one text
    for number, row in rows:
        if len(row) != width:
            row = _fitted(sheet, number, row, width)  # noqa: PLW2901 - the same row, in shape
        elif tuple(row) == header and width > 1:
            sheet.problem(number, "", _("This row repeats the header; it is left out."))
            continue
        fitted.append((number, tuple(map(known.setdefault, row, row))))
    return fitted


def _fitted(sheet: Sheet, number: int, row: Row, width: int) -> Row:
    """Pad a short row; keep a long row's further cells unless they are empty."""
    if len(row) > width and not any(cell.strip() for cell in row[width:]):
        return row[:width]
    text = ngettext(
        "The row has {n} cell, the header {width}.",
        "The row has {n} cells, the header {width}.",
        len(row),
    )
    sheet.problem(number, "", text.format(n=len(row), width=width))
    return (*row, *[""] * (width - len(row)))
