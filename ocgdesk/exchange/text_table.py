"""Delimited text: encoding, delimiter and quotes found out, everything kept as text."""

import codecs
import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import Literal

from charset_normalizer import from_bytes

from ocgdesk.errors import Refused
from ocgdesk.exchange import event_guess, long_text
from ocgdesk.exchange.formulas import unguarded
from ocgdesk.exchange.layout import Row, Sheet, filled_rows, lay_out
from ocgdesk.exchange.loading import load
from ocgdesk.exchange.raw import FOUND_OUT, How, RawTable
from ocgdesk.i18n import _

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",;\t|"
_SAMPLE = 64 * 1024
_ODD_BYTES = 20
"""Fewer bytes beyond ASCII than this tell nothing of an encoding."""
_PAGE = re.compile(r"\s*<[?!A-Za-z]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_FIELD_LIMIT = 2**31 - 1
"""The largest that every platform's C long holds."""


def read_csv(source: Path | bytes, name: str = "", how: How = FOUND_OUT) -> RawTable:
    """Read delimited text, sniffing encoding, delimiter, quotes and header.

    ``how`` overrules what is sniffed. Raises Refused where the file is empty or no text; what
    is odd about a table that can be read is in its ``problems``, row by row.
    """
    data, name = load(source, name)
    if (table := _long(data, name, how)) is not None:
        return table
    text, encoding = decoded(data, how.encoding)
    notes = _notes(text, encoding)
    text, delimiter = _delimited(text)
    delimiter = how.delimiter or delimiter
    rows, is_open = _rows(text, delimiter)
    if is_open:
        notes.append(_("A quotation mark is never closed; quotation marks were read as text."))
    if "'" in text:
        rows = [[unguarded(cell) for cell in row] for row in rows]
    sheet = Sheet(name, filled_rows(rows), notes)
    if not sheet.rows:
        raise Refused(_("The file {name} is empty.").format(name=name))
    return lay_out(sheet, data, encoding=encoding, delimiter=delimiter, how=how)


def _long(data: bytes, name: str, how: How) -> RawTable | None:
    """Return a long file of events without holding its rows; None where it is not one."""
    head = long_text.head_of(data)
    if head is None:
        return None
    table = read_csv(head, name, how)
    if not table.has_header or event_guess.guessed(table, name) is None:
        return None
    return long_text.with_rest(table, data)


def _notes(text: str, encoding: str) -> list[str]:
    if "\ufffd" in text:
        note = _("Some characters could not be read as {encoding}; they are shown as \ufffd.")
        return [note.format(encoding=encoding)]
    return []


def decoded(data: bytes, encoding: str = "") -> tuple[str, str]:
    """Return text and its encoding, found out where it is not said; Refused for what is none."""
    encoding = encoding or _encoding(data)
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    controls = len(_CONTROL.findall(text, 0, _SAMPLE))
    if "\x00" in text or controls * 50 > min(len(text), _SAMPLE):
        raise Refused(_("This is not a table: it holds bytes that no text has."))
    if _PAGE.match(text) and "</" in text:
        raise Refused(_("This is not a table: it starts like a web page or XML."))
    return text, encoding


def _encoding(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    if b"\x00" in data[:_SAMPLE]:
        return _wide(data[:_SAMPLE])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _single_byte(data)
    return "utf-8"


def _wide(sample: bytes) -> str:
    """Tell the byte order of UTF-16 without a mark: Latin letters leave every other byte 0."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 5 < len(sample):
        raise Refused(_("This is not a table: it holds bytes that no text has."))
    return "utf-16-le" if odd > even else "utf-16-be"


def _single_byte(data: bytes) -> str:
    """Guess an older encoding; Windows-1252, what Excel writes here, unless another is clear."""
    odd = b"\n".join(line for line in data[: 4 * _SAMPLE].splitlines() if not line.isascii())
    odd = odd[: _SAMPLE // 4]
    if sum(byte > 127 for byte in odd) < _ODD_BYTES:
        return "cp1252"
    matches = list(from_bytes(odd))
    best = max(matches, key=lambda match: match.coherence, default=None)
    here = [m.coherence for m in matches if "cp1252" in m.could_be_from_charset]
    if best is None or (here and max(here) + 0.1 >= best.coherence):
        return "cp1252"
    return best.encoding


def _delimited(text: str) -> tuple[str, str]:
    """Return the text and its delimiter; a first line such as ``sep=;`` names it outright."""
    if match := re.match(r"sep=(.)\r?\n", text):
        return text[match.end() :], match[1]
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    scores = {delimiter: _score(sample, delimiter) for delimiter in _DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return text, best


def _score(sample: str, delimiter: str) -> float:
    """Return how evenly a delimiter cuts the sample: 2 when every row has the same cells."""
    widths = [len(row) for row in _parsed(sample, delimiter) if any(row)]
    wide = [width for width in widths if width > 1]
    if len(wide) * 2 < len(widths) or not wide:
        return 0.0
    return (len(wide) + max(Counter(wide).values())) / len(widths)


def _parsed(text: str, delimiter: str, *, quotes: bool = True) -> list[list[str]]:
    csv.field_size_limit(_FIELD_LIMIT)
    lines = io.StringIO(text, newline="")
    spaced = f'{delimiter} "' in text[:_SAMPLE]
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE
    return list(csv.reader(lines, delimiter=delimiter, quoting=quoting, skipinitialspace=spaced))


def _rows(text: str, delimiter: str) -> tuple[list[Row], bool]:
    """Return the rows, and whether a quotation mark was left open.

    An open one would swallow the rest of the file into one cell.
    """
    rows: list[Row] = [*_parsed(text, delimiter)]
    if rows and _is_open(rows[-1], text):
        return [*_parsed(text, delimiter, quotes=False)], True
    return rows, False


def _is_open(last: Row, text: str) -> bool:
    if not any("\n" in cell or "\r" in cell for cell in last):
        return False
    return text.count('"') % 2 == 1 or not text.rstrip().endswith('"')
