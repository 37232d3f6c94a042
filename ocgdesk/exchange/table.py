"""The front door for tables: any file in, tables of text out, or one sentence why not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from ocgdesk.errors import Refused
from ocgdesk.exchange import running_text
from ocgdesk.exchange.archive import members, unzipped
from ocgdesk.exchange.contents import Content, content_of
from ocgdesk.exchange.json_table import read_json
from ocgdesk.exchange.loading import load
from ocgdesk.exchange.nets.plain import net_in
from ocgdesk.exchange.nets.reading import read_net
from ocgdesk.exchange.nets.tables import tables_of
from ocgdesk.exchange.old_workbook import read_xls
from ocgdesk.exchange.open_document import read_ods
from ocgdesk.exchange.raw import FOUND_OUT, How, Problem, RawTable, SourceFile
from ocgdesk.exchange.text_table import read_csv
from ocgdesk.exchange.workbook import read_xlsx
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent

__all__ = ["Problem", "RawTable", "SourceFile", "read", "read_csv", "read_tables", "read_xlsx"]

_PACKED = frozenset({Content.ARCHIVE, Content.COMPRESSED})


def read(
    source: Path | bytes, name: str = "", *, how: How = FOUND_OUT, progress: Progress = silent
) -> RawTable:
    """Read a table by what the file holds, whatever its name ends in.

    ``how`` says how it is to be read, where that is not to be found out. Of a ZIP the only
    table. Raises Refused, in one sentence that says what to do, for anything that is no table.
    """
    tables = read_tables(source, name, how=how, progress=progress)
    if len(tables) > 1:
        raise Refused(_("This ZIP holds several tables; take them in together."))
    return tables[0]


def read_tables(
    source: Path | bytes, name: str = "", *, how: How = FOUND_OUT, progress: Progress = silent
) -> tuple[RawTable, ...]:
    """Read the tables of a file: those in a ZIP, items and links of a chart, else the one it is.

    Refused for none; RunningText for what is, or may be, a report and no table.
    """
    data, name = load(source, name)
    if (net := read_net(data, name)) is not None:
        return tables_of(net)
    running_text.refuse_word(data, name)
    if content_of(data) is Content.ARCHIVE:
        return tuple(_of_archive(data, name, how, progress))
    table = _single(data, name, how, progress)
    if (net := net_in(table)) is not None:
        return tables_of(net)
    if not how.as_table and table.delimiter and content_of(data) is Content.TEXT:
        running_text.refuse(data, table)
    return (table,)


def _single(packed: bytes, name: str, how: How, progress: Progress) -> RawTable:
    data, name = load(packed, name)
    if (content := content_of(data)) is Content.COMPRESSED:
        data, name = load(unzipped(data), name.removesuffix(".gz"))
        content = content_of(data)
    if content in _PACKED:
        raise Refused(_("This file is packed twice: unpack it and import what is in it."))
    return _READERS[content](data, name, how, progress)


_Reader = Callable[[bytes, str, How, Progress], RawTable]
_READERS: dict[Content, _Reader] = {
    Content.TEXT: lambda data, name, how, _progress: read_csv(data, name, how),
    Content.JSON: lambda data, name, how, _progress: read_json(data, name, part=how.sheet),
    Content.WORKBOOK: lambda data, name, how, progress: read_xlsx(
        data, name, how=how, progress=progress
    ),
    Content.OLD_WORKBOOK: lambda data, name, how, progress: read_xls(
        data, name, how=how, progress=progress
    ),
    Content.OPEN_DOCUMENT: lambda data, name, how, progress: read_ods(
        data, name, how=how, progress=progress
    ),
}


def _of_archive(data: bytes, name: str, how: How, progress: Progress) -> Iterator[RawTable]:
    """Yield the tables of a ZIP; what is none in it is said in a note of the first."""
    tables: list[RawTable] = []
    others: list[str] = []
    for inner, packed in members(data):
        try:
            found = _single(packed, inner, how, progress)
            running_text.refuse_sure(packed, found)
        except Refused as refused:
            others.append(f"{inner}: {refused}")
        else:
            tables.append(found)
    if not tables:
        text = _("The ZIP {name} holds no table.").format(name=name)
        raise Refused(" ".join((text, *others[:1])))
    note = _("In the ZIP, but no table: {what}")
    notes = (*tables[0].notes, *(note.format(what=what) for what in others))
    yield replace(tables[0], notes=notes)
    yield from tables[1:]
