"""One record chosen by searching as one types: shown by its label, taken away again."""

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.i18n import _
from ocgdesk.store import finding, records
from ocgdesk.store.finding import Hit
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui import words
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.widgets.buttons import icon_button
from ocgdesk.ui.widgets.inputs import SearchBox
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel, Label
from ocgdesk.ui.widgets.values import Entity, Heading, Text

_FOUND: Final = 6
_ROWS: Final = 4
NAMED_KINDS: Final[dict[str, tuple[Kind, ...]]] = {
    "operation": (Kind.OPERATION,),
    "matter": (Kind.OPERATION, Kind.OCG, Kind.COUNTY_LINE, Kind.REPORT),
    "part_of": (Kind.COMMODITY,),
    "follows": (Kind.COUNTY_LINE,),
    "merged_into": (Kind.OCG,),
}
"""Which kinds of record a field that names one takes; any that stands on a chart otherwise."""


class EntityBox(QWidget):
    """Searches records of some kinds and holds the one chosen, if any."""

    changed = Signal()

    def __init__(
        self, desk: Desk, kinds: Sequence[Kind] = SUBJECTS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.chosen: Brief | None = None
        self._id: UUID | None = None
        self._kinds = tuple(kinds)
        self._asked: Job | None = None
        self.box = _Box(_prompt(self._kinds), parent=self)
        self.table = ShortTable(_columns())
        self.hits = ShortTableView(
            self.table, name=_("Records found"), density=Density.COMPACT, parent=self
        )
        self.nothing = Label(_("Nothing found. Try fewer letters."), step="small", ink="text.3")
        self.held = _Held(self)
        self._build()

    @property
    def id(self) -> UUID | None:
        """The id of the record chosen; of one that cannot be read, the id that was given."""
        return self._id

    def ready(self) -> bool:
        """Tell whether nothing is asked for any more."""
        return self._asked is None

    def show_id(self, id_: UUID | None) -> None:
        """Show the record with this id as chosen."""
        self._id = id_
        if id_ is not None:
            self._asked = self.desk.ask(partial(_read, id_=id_), self._show_read)

    def choose(self, record: Brief | None) -> None:
        """Hold this record, or none."""
        self.chosen, self._id = record, record.id if record else None
        self.hits.hide()
        self.nothing.hide()
        self.box.clear()
        self.box.setVisible(record is None)
        self.held.setVisible(record is not None)
        if record is not None:
            self.held.show_record(record)
        self.changed.emit()

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - the box is what is typed in
        super().setAccessibleName(name)
        self.box.setAccessibleName(name)

    def _build(self) -> None:
        self.setFocusProxy(self.box)
        self.hits.setFixedHeight(px(28 * _ROWS + 32))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.box, self.held, self.hits, self.nothing):
            column.addWidget(part)
        for hidden in (self.held, self.hits, self.nothing):
            hidden.hide()
        self.box.searched.connect(self._on_searched)
        self.box.taken.connect(self._on_taken)
        self.box.left.connect(self.hits.setFocus)
        self.hits.opened.connect(self._on_hit)
        self.hits.clicked.connect(self._on_taken)
        self.held.dropped.connect(self._on_dropped)

    def _show_read(self, record: Brief | None) -> None:
        self._asked = None
        if record is not None:
            self.choose(record)

    def _on_searched(self, text: str) -> None:
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        if not text.strip():
            self.hits.hide()
            self.nothing.hide()
            return
        query = partial(_search, text=text, kinds=self._kinds)
        self._asked = self.desk.ask(query, self._show_hits)

    def _show_hits(self, hits: list[Hit]) -> None:
        self._asked = None
        self.table.show_rows([hit.record for hit in hits])
        self.hits.setVisible(bool(hits))
        self.nothing.setVisible(not hits)
        self.hits.share()
        if hits:
            self.hits.setCurrentIndex(self.table.index(0, 0))

    def _on_taken(self) -> None:
        if not self.hits.isHidden() and (row := self.hits.row()) is not None:
            self.choose(row)

    def _on_hit(self, row: int) -> None:
        self.choose(self.table.rows[row])

    def _on_dropped(self) -> None:
        self.choose(None)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)


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


class _Held(QWidget):
    """The record chosen, with a button that takes it away."""

    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon = IconLabel("entity.ocg", "text.2", 16)
        self.words = ElidedLabel("")
        self.ref = Label("", step="mono", ink="text.3")
        self.button = icon_button("action.close", _("Choose another"))
        self.button.clicked.connect(self.dropped)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.ref)
        row.addWidget(self.button)

    def show_record(self, record: Brief) -> None:
        """Show this record."""
        self.icon.show_icon(words.icon_of(record.kind, exploited=record.exploited), "text.2")
        self.words.setText(record.label)
        self.ref.setText(record.ref)


def _prompt(kinds: tuple[Kind, ...]) -> str:
    if len(kinds) == 1:
        return _("Find {kind}").format(kind=words.one(kinds[0]).lower())
    return _("Find by name, number or reference")


def _search(reader: Reader, text: str, kinds: tuple[Kind, ...]) -> list[Hit]:
    return finding.search(reader, text, kinds=kinds, per_kind=_FOUND)


def _read(reader: Reader, id_: UUID) -> Brief | None:
    return records.by_ids(reader, [id_]).get(id_)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            heading=Heading(title=_("Record")),
            cell=_entity,
            order=lambda item: item.label.casefold(),
            width=160,
            stretch=2,
        ),
        Column(
            heading=Heading(title=_("Reference")),
            cell=lambda item: Text(item.ref, "text.3", mono=True),
            order=lambda item: item.ref,
            width=150,
            stretch=0,
            yields=1,
        ),
    )


def _entity(item: Brief) -> Entity:
    icon = words.icon_of(item.kind, exploited=item.exploited).removeprefix("entity.")
    return Entity(kind=icon, label=item.label, restricted=item.restricted)
