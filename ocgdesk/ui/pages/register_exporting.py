"""Rows that leave a register: as a file, or copied. Both are journalled as disclosed first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from ocgdesk.casework import exports, files
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.dates import shown
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import LINKS, Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.exchange.writers import SheetOut, write_csv, write_xlsx
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.store.listing import ColumnSpec, ListRow
from ocgdesk.store.reader import Reader
from ocgdesk.ui import words
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, documents_folder
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.register_reading import read_rows

Made = tuple[bytes, tuple[int, ...]]
"""A file, and the numbers of the records it is about."""
MOST_COPIED: Final = 5_000
"""More rows than this are exported, not copied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What is to leave: which rows of which kind, and which columns of them."""

    kind: Kind
    numbers: tuple[int, ...]
    specs: tuple[ColumnSpec, ...]
    filters: tuple[str, ...] = ()
    headings: bool = True
    """Whether what is copied has its headings and its marking with it."""


def plain(spec: ColumnSpec, value: object) -> object:
    """Return a stored value as a file holds it: figures and days as such, codes as words."""
    if value is None or value == "":
        return None
    if looks.is_number(spec):
        return value
    if spec.type is FieldType.DAY:
        return date.fromisoformat(str(value))
    return looks.text(spec, value)


def suggested(kind: Kind, today: date) -> Path:
    """Return where a file would go by default; its name says the kind, never a person."""
    return documents_folder() / f"{kind.value}-{today:%Y-%m-%d}.xlsx"


def subjects(reader: Reader, kind: Kind, numbers: Sequence[int]) -> tuple[int, ...]:
    """Return the numbers of the records that rows are about: of links, those at their ends."""
    if kind not in LINKS:
        return tuple(numbers)
    links = (thing for thing in reader.load(numbers, Base.LINK) if isinstance(thing, Link))
    ends = {id_ for link in links for id_ in (link.source, link.target)}
    return tuple(reader.numbers(ends).values())


class RegisterPapers(QObject):
    """Exports and copies rows of one register."""

    written = Signal(object, int)
    """The Path of a file that is now there, and how many rows it holds."""
    copied = Signal(int)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def export(self, rows: Rows, asked: Disclosure) -> None:
        """Write rows to the file that was chosen."""
        task = partial(self._render, rows=rows, asked=asked)
        self._desk.run(_("Export rows"), task, partial(self._disclose, rows, asked))

    def copy(self, rows: Rows) -> None:
        """Put rows on the clipboard as text and as an HTML table, with headings."""

        def read(reader: Reader) -> tuple[list[ListRow], tuple[int, ...]]:
            numbers = rows.numbers[:MOST_COPIED]
            found = read_rows(reader, rows.kind, numbers, rows.specs)
            return found, subjects(reader, rows.kind, numbers)

        self._desk.ask(read, partial(self._put, rows))

    def _render(self, reader: Reader, progress: Progress, *, rows: Rows, asked: Disclosure) -> Made:
        found = read_rows(reader, rows.kind, rows.numbers, rows.specs)
        headings = [spec.label for spec in rows.specs]
        table = [
            [plain(spec, value) for spec, value in zip(rows.specs, row.cells, strict=True)]
            for row in found
        ]
        above = self._above(found)
        notes, about = self._notes(rows, asked), subjects(reader, rows.kind, rows.numbers)
        if asked.format == "csv":
            # Above the header, one cell each: readers of other files take them for titles.
            lines = [(" · ".join(notes),), headings, *table]
            return write_csv(lines, (above,)), about
        sheet = SheetOut(title=words.many(rows.kind), headings=headings, rows=table)
        return write_xlsx([sheet], marking=above, notes=notes, progress=progress), about

    def _above(self, found: Sequence[ListRow]) -> str:
        """Return what stands above rows that leave: never less than the highest marking."""
        marking = highest([row.marking for row in found] or [Marking.OFFICIAL])
        return exports.banner(marking, synthetic=self._desk.workspace.about.synthetic)

    def _notes(self, rows: Rows, asked: Disclosure) -> tuple[str, ...]:
        about = self._desk.workspace.about
        return (
            _("{rows} rows of {workspace}, {day}").format(
                rows=f"{len(rows.numbers):,}",
                workspace=about.name,
                day=shown(self._desk.today()),
            ),
            _("For {recipient}: {reason}").format(recipient=asked.recipient, reason=asked.reason),
            *rows.filters,
            _(FIXED_LINE),
        )

    def _disclose(self, rows: Rows, asked: Disclosure, made: Made) -> None:
        data, about = made
        logged = self._desk.disclose(
            _("Export rows"),
            about,
            reason=asked.reason,
            recipient=asked.recipient,
            format=asked.format,
            rows=len(rows.numbers),
        )
        if logged:
            count = len(rows.numbers)
            self._desk.background(
                "",
                lambda _progress: files.write(asked.path, data),
                partial(self._on_written, count),
            )

    def _on_written(self, count: int, path: Path) -> None:
        self.written.emit(path, count)

    def _put(self, rows: Rows, read: tuple[list[ListRow], tuple[int, ...]]) -> None:
        found, about = read
        if not self._desk.disclose(_("Copy rows"), about, format="clipboard"):
            return
        table = [[spec.label for spec in rows.specs]]
        table += [[_said(s, v) for s, v in zip(rows.specs, r.cells, strict=True)] for r in found]
        mime = QMimeData()
        mime.setText("\n".join("\t".join(_flat(cell) for cell in line) for line in table))
        mime.setHtml(_html(table, self._above(found)))
        QGuiApplication.clipboard().setMimeData(mime)
        self.copied.emit(len(found))


def _said(spec: ColumnSpec, value: object) -> str:
    return looks.text(spec, value)


def _flat(cell: str) -> str:
    return " ".join(cell.split())


def _html(table: Sequence[Sequence[str]], marking: str) -> str:
    """Return a table with its headings, marked above and below."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table[0])
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in table[1:])
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    mark = f"<p><b>{escape(marking)}</b></p>"
    return f"{mark}<table><tr>{head}</tr>{body}</table>{mark}"
