"""The front door for tables: any file in, a table of text out, or one sentence why not."""

from pathlib import Path

from ocgdesk.exchange.contents import Content, content_of
from ocgdesk.exchange.loading import load
from ocgdesk.exchange.raw import Problem, RawTable, SourceFile
from ocgdesk.exchange.text_table import FOUND_OUT, How, read_csv
from ocgdesk.exchange.workbook import read_xlsx
from ocgdesk.progress import Progress, silent

__all__ = ["Problem", "RawTable", "SourceFile", "read", "read_csv", "read_xlsx"]


def read(
    source: Path | bytes, name: str = "", *, how: How = FOUND_OUT, progress: Progress = silent
) -> RawTable:
    """Read a table by what the file holds, whatever its name ends in.

    ``how`` says how text is to be read, where that is not to be found out.
    Raises Refused, in one sentence that says what to do, for anything that is no table.
    """
    data, name = load(source, name)
    if content_of(data) is Content.WORKBOOK:
        return read_xlsx(data, name, progress=progress)
    return read_csv(data, name, how)
