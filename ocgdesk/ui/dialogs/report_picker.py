"""The reports something rests on: found as one types, shown as chips, taken away again."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.domain.entities import Report
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _
from ocgdesk.store import finding
from ocgdesk.store.reader import Reader
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.widgets.chips import Filter, FilterChip
from ocgdesk.ui.widgets.flow import Flow
from ocgdesk.ui.widgets.inputs import SearchBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import Heading, Text

_FOUND = 12
_ROWS = 4


class _Box(SearchBox):
    """A search box whose Enter takes what was found instead of closing the dialog round it."""

    taken = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.text().strip():
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ReportPicker(QWidget):
    """A search box over reports, what it found, and a chip for each report chosen."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.reports: dict[UUID, Report] = {}
        """The reports chosen, in the order they were."""
        self._unknown: tuple[UUID, ...] = ()
        """Reports that were named before and could not be read again: they stay."""
        self._asked: Job | None = None
        self.box = _Box(_("Find a report by reference, title or words in it"))
        self.table = ShortTable(_columns())
        self.hits = ShortTableView(self.table, name=_("Reports found"), density=Density.COMPACT)
        self.nothing = Label(_("No report found. Try fewer letters."), step="small", ink="text.3")
        self.chips = Flow()
        self._build()

    @property
    def ids(self) -> tuple[UUID, ...]:
        """The ids of the reports chosen."""
        return (*self._unknown, *self.reports)

    def show_ids(self, ids: Iterable[UUID]) -> None:
        """Show the reports something rests on by now."""
        wanted = tuple(ids)
        self._unknown = wanted
        if wanted:
            self._asked = self.desk.ask(partial(_read, ids=wanted), self._show_chosen)

    def choose(self, report: Report) -> None:
        """Name this report too."""
        self.reports[report.id] = report
        self.box.clear()
        self._show_chips()
        self.changed.emit()

    def ready(self) -> bool:
        """Tell whether nothing is asked for any more."""
        return self._asked is None

    def _build(self) -> None:
        self.hits.setFixedHeight(px(28 * _ROWS + 32))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        title = Label(_("Rests on"), step="small", ink="text.3", weight="medium")
        for part in (title, self.chips, self.box, self.hits, self.nothing):
            column.addWidget(part)
        for part in (self.chips, self.hits, self.nothing):
            part.hide()
        self.box.searched.connect(self._on_searched)
        self.box.taken.connect(self._on_clicked)
        self.box.left.connect(self.hits.setFocus)
        self.hits.opened.connect(self._on_hit)
        self.hits.clicked.connect(self._on_clicked)

    def _show_chosen(self, found: list[Report]) -> None:
        self._asked = None
        known = {report.id: report for report in found}
        self._unknown = tuple(id_ for id_ in self._unknown if id_ not in known)
        self.reports = known | self.reports
        self._show_chips()

    def _show_chips(self) -> None:
        chips: list[QWidget] = []
        for report in self.reports.values():
            chip = FilterChip(Filter(str(report.id), _words(report)))
            chip.setToolTip(report.title)
            chip.setAccessibleDescription(report.title)
            chip.removed.connect(self._on_removed)
            chips.append(chip)
        self.chips.show_parts(chips)
        self.chips.setVisible(bool(chips))

    def _on_searched(self, text: str) -> None:
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        if not text.strip():
            self.hits.hide()
            self.nothing.hide()
            return
        self._asked = self.desk.ask(partial(_search, text=text), self._show_hits)

    def _show_hits(self, found: list[Report]) -> None:
        self._asked = None
        self.table.show_rows([report for report in found if report.id not in self.reports])
        self.hits.setVisible(bool(self.table.rows))
        self.nothing.setVisible(not self.table.rows)
        self.hits.share()
        if self.table.rows:
            self.hits.setCurrentIndex(self.table.index(0, 0))

    def _on_hit(self, row: int) -> None:
        self.choose(self.table.rows[row])
        self.hits.hide()
        self.box.setFocus()

    def _on_clicked(self) -> None:
        if not self.hits.isHidden() and (row := self.hits.currentIndex().row()) >= 0:
            self._on_hit(row)

    def _on_removed(self, key: str) -> None:
        self.reports.pop(UUID(key), None)
        self._show_chips()
        self.changed.emit()


def _search(reader: Reader, text: str) -> list[Report]:
    hits = finding.search(reader, text, kinds=(Kind.REPORT,), per_kind=_FOUND)
    return _reports(reader, [hit.record.no for hit in hits])


def _read(reader: Reader, ids: tuple[UUID, ...]) -> list[Report]:
    numbers = reader.numbers(ids)
    return _reports(reader, [numbers[id_] for id_ in ids if id_ in numbers])


def _reports(reader: Reader, numbers: list[int]) -> list[Report]:
    return [thing for thing in reader.load(numbers) if isinstance(thing, Report)]


def _words(report: Report) -> str:
    name = report.ref or report.title[:40]
    return f"{looks.grade(report.grade).text}  {name}" if report.grade else name


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            heading=Heading(title=_("Grading")),
            cell=lambda item: looks.grade(item.grade) if item.grade else looks.NOTHING,
            order=lambda item: item.grade or None,
            width=80,
            stretch=0,
        ),
        Column(
            heading=Heading(title=_("Reference")),
            cell=lambda item: Text(item.ref, "text.3", mono=True),
            order=lambda item: item.ref,
            width=160,
            stretch=0,
        ),
        Column(
            heading=Heading(title=_("Title")),
            cell=lambda item: Text(item.title),
            order=lambda item: item.title.casefold(),
            width=180,
            stretch=4,
        ),
    )
