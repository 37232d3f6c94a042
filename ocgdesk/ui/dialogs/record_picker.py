"""Records named in a dialog: found as one types, shown as chips, taken away again."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _
from ocgdesk.store import finding
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui import words
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.widgets.chips import Filter, FilterChip
from ocgdesk.ui.widgets.flow import Flow
from ocgdesk.ui.widgets.inputs import SearchBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import Entity, Heading, Text

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


class RecordPicker(QWidget):
    """A search box over records of one kind, what it found, and a chip for each one chosen.

    With ``only_one`` a further choice takes the place of the first.
    """

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        kind: Kind,
        title: str,
        *,
        only_one: bool = False,
        without: UUID | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.kind = kind
        self.chosen: dict[UUID, Brief] = {}
        """The records chosen, in the order they were."""
        self._only_one = only_one
        self._without = without
        self._asked: Job | None = None
        self.box = _Box(_("Find by name, number or reference"))
        self.box.setAccessibleName(title)
        self.table = ShortTable(_columns())
        self.hits = ShortTableView(self.table, name=_("Found"), density=Density.COMPACT)
        self.nothing = Label(_("Nothing found. Try fewer letters."), step="small", ink="text.3")
        self.chips = Flow()
        self.hits.setFixedHeight(px(28 * _ROWS + 32))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        heading = Label(title, step="small", ink="text.3", weight="medium")
        for part in (heading, self.chips, self.box, self.hits, self.nothing):
            column.addWidget(part)
        for part in (self.chips, self.hits, self.nothing):
            part.hide()
        self.box.searched.connect(self._on_searched)
        self.box.taken.connect(self._on_clicked)
        self.box.left.connect(self.hits.setFocus)
        self.hits.opened.connect(self._on_hit)
        self.hits.clicked.connect(self._on_clicked)

    @property
    def ids(self) -> tuple[UUID, ...]:
        """The ids of the records chosen."""
        return tuple(self.chosen)

    def choose(self, record: Brief) -> None:
        """Name this record, too or instead."""
        self.chosen = {record.id: record} if self._only_one else self.chosen | {record.id: record}
        self.box.clear()
        self.table.show_rows(())
        self.hits.hide()
        self._show_chips()
        self.changed.emit()

    def ready(self) -> bool:
        """Tell whether nothing is asked for any more."""
        return self._asked is None

    def _show_chips(self) -> None:
        chips: list[QWidget] = []
        for record in self.chosen.values():
            said = f"{record.label} · {record.ref}" if record.ref else record.label
            chip = FilterChip(Filter(str(record.id), said))
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
        query = partial(_search, text=text, kind=self.kind)
        self._asked = self.desk.ask(query, self._show_hits)

    def _show_hits(self, found: list[Brief]) -> None:
        self._asked = None
        known = {*self.chosen, self._without}
        self.table.show_rows([record for record in found if record.id not in known])
        self.hits.setVisible(bool(self.table.rows))
        self.nothing.setVisible(not self.table.rows)
        self.hits.share()
        if self.table.rows:
            self.hits.setCurrentIndex(self.table.index(0, 0))

    def _on_hit(self, row: int) -> None:
        self.choose(self.table.rows[row])
        self.box.setFocus()

    def _on_clicked(self) -> None:
        if not self.hits.isHidden() and (row := self.hits.currentIndex().row()) >= 0:
            self._on_hit(row)

    def _on_removed(self, key: str) -> None:
        self.chosen.pop(UUID(key), None)
        self._show_chips()
        self.changed.emit()


def _search(reader: Reader, text: str, kind: Kind) -> list[Brief]:
    hits = finding.search(reader, text, kinds=(kind,), per_kind=_FOUND)
    return [hit.record for hit in hits]


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            heading=Heading(title=_("Record")),
            cell=_entity,
            order=lambda item: item.label.casefold(),
            width=240,
            stretch=3,
        ),
        Column(
            heading=Heading(title=_("Reference")),
            cell=lambda item: Text(item.ref, "text.3", mono=True),
            order=lambda item: item.ref,
            width=170,
        ),
    )


def _entity(item: Brief) -> Entity:
    icon = words.icon_of(item.kind, exploited=item.exploited).removeprefix("entity.")
    return Entity(kind=icon, label=item.label, restricted=item.restricted)
