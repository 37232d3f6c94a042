"""Old Excel workbooks (.xls), read from memory as the text their cells show."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from ocgdesk.errors import Refused
from ocgdesk.exchange.contents import LOCKED
from ocgdesk.exchange.layout import Row, Sheet, filled_rows, lay_out
from ocgdesk.exchange.loading import load
from ocgdesk.exchange.raw import FOUND_OUT, How, RawTable
from ocgdesk.exchange.workbook import moment, plain_number, sheet_notes, trimmed
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent

_LARGEST = 64 * 1024 * 1024
"""Bytes; a sheet of this format holds 65,536 rows, so that no honest file is larger."""


def read_xls(
    source: Path | bytes, name: str = "", *, how: How = FOUND_OUT, progress: Progress = silent
) -> RawTable:
    """Read one sheet: the one that ``how`` names, else the first that holds anything.

    Raises Refused for a workbook that is damaged, empty or locked by a password.
    """
    data, name = load(source, name)
    if len(data) > _LARGEST:
        raise Refused(_("The file {name} is larger than an old workbook can be.").format(name=name))
    progress(0, 0, _("Opening {name}").format(name=name))
    titles, sheets = _opened(data, name)
    if how.sheet and how.sheet not in sheets:
        raise Refused(_("The workbook has no sheet called {name}.").format(name=how.sheet))
    title = how.sheet or next((title for title in titles if sheets[title]), "")
    rows = sheets.get(title, [])
    if not rows:
        raise Refused(_("The file {name} is empty.").format(name=name))
    table = Sheet(name, filled_rows(rows), sheet_notes(title, titles))
    return lay_out(table, data, encoding="xls", delimiter="", how=how, parts=(title, *titles))


def _opened(data: bytes, name: str) -> tuple[list[str], dict[str, list[Row]]]:
    try:
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        titles = list(book.sheet_names)
        return titles, {title: _rows(book.get_sheet_by_name(title)) for title in titles}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - a panic of the reader is no Exception
        if "assword" in str(error):
            raise Refused(_(LOCKED)) from None
        raise Refused(_("The workbook {name} is damaged.").format(name=name)) from None


def _rows(sheet: Any) -> list[Row]:
    return trimmed([tuple(map(_text, row)) for row in sheet.to_python(skip_empty_area=False)])


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return plain_number(value)
    if isinstance(value, datetime | date | time | timedelta):
        return moment(value)
    return str(value)
