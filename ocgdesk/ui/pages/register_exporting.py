"""Rows that leave a register: as a file, or copied. Both are journalled as disclosed first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication

from ocgdesk.casework import chart_rows, exports, withholding
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.dates import PartialDate, Precision, shown
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import LINKS, Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity
from ocgdesk.exchange.writers import SheetOut, write_csv, write_xlsx
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.store.listing import ColumnSpec, ListRow
from ocgdesk.store.reader import Reader
from ocgdesk.ui import words
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, documents_folder
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.register_reading import Held, read_rows
from ocgdesk.ui.pages import register_clipboard
from ocgdesk.ui.pages.leaving import Papers

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
    held: Held | None = None
    """The rows of another time than now, to be taken as they stood then."""
    headings: bool = True
    """Whether what is copied has its headings and its marking with it."""


def plain(spec: ColumnSpec, value: object) -> object:
    """Return a stored value as a file holds it: figures and days as such, codes as words."""
    if value is None or value == "":
        return None
    if looks.is_number(spec):
        return value
    if spec.type is FieldType.INSTANT:
        return datetime.fromisoformat(str(value))
    if spec.type in {FieldType.DAY, FieldType.PARTIAL_DATE}:
        return _day(str(value)) or looks.text(spec, value)
    return looks.text(spec, value)


def _day(stored: str) -> date | None:
    """Return a stored date as a day; None where it names no single one."""
    partial_date = PartialDate.stored(stored)
    if not partial_date.day or partial_date.precision is not Precision.EXACT:
        return None
    return date(partial_date.year, partial_date.month, partial_date.day)


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


def names_people(kind: Kind) -> bool:
    """Tell whether rows of a kind may name people: nominals, links, and what hangs on nominals."""
    cls = class_of(kind)
    owners = cls.owners if issubclass(cls, Entity) else (Kind.NOMINAL,)
    return kind is Kind.NOMINAL or Kind.NOMINAL in owners


def withheld_rows(
    reader: Reader,
    kind: Kind,
    numbers: Sequence[int],
    specs: Sequence[ColumnSpec],
    held: Held | None = None,
) -> list[ListRow]:
    """Return rows as they may leave: people recorded as exploited are not named."""
    found = read_rows(reader, kind, numbers, specs, held)
    return withholding.rows(reader, kind, [spec.name for spec in specs], found)


class RegisterPapers(Papers):
    """Exports and copies rows of one register."""

    copied = Signal(int)

    def export(self, rows: Rows, asked: Disclosure) -> None:
        """Write rows to the file that was chosen."""
        task = partial(self._render, rows=rows, asked=asked)
        self._desk.run(_("Export rows"), task, partial(self._disclose, rows, asked))

    def copy(self, rows: Rows) -> None:
        """Put rows on the clipboard as text and as an HTML table, with headings."""

        def read(reader: Reader) -> tuple[list[ListRow], tuple[int, ...]]:
            numbers = rows.numbers[:MOST_COPIED]
            found = withheld_rows(reader, rows.kind, numbers, rows.specs, rows.held)
            return found, subjects(reader, rows.kind, numbers)

        self._desk.ask(read, partial(self._put, rows))

    def _render(self, reader: Reader, progress: Progress, *, rows: Rows, asked: Disclosure) -> Made:
        read = read_rows if asked.named else withheld_rows
        found = read(reader, rows.kind, rows.numbers, rows.specs, rows.held)
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
            *(() if asked.named else (_(withholding.NOTE),)),
            _(FIXED_LINE),
        )

    def _disclose(self, rows: Rows, asked: Disclosure, made: Made) -> None:
        data, about = made
        n = len(rows.numbers)
        more = {"exploited_named": asked.named_because} if asked.named else {}
        self._leave(_("Export rows"), asked, data, about, count=n, rows=n, **more)

    def _put(self, rows: Rows, read: tuple[list[ListRow], tuple[int, ...]]) -> None:
        found, about = read
        if not self._desk.disclose(_("Copy rows"), about, format="clipboard"):
            return
        mime = QMimeData()
        mime.setText(register_clipboard.as_text(rows.specs, found, headings=rows.headings))
        above = self._above(found) if rows.headings else ""
        mime.setHtml(register_clipboard.as_html(rows.specs, found, above=above))
        if for_chart := chart_rows.packed(self._desk.workspace.about.id, rows.kind, rows.numbers):
            mime.setData(chart_rows.MIME, for_chart)
        QGuiApplication.clipboard().setMimeData(mime)
        self.copied.emit(len(found))
