"""The chart as a list: every item and link as a row, with the same selection.

It is the chart for whoever cannot see one, and says the same words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from ocgdesk.domain.charts import Arrangement, Callout, Item, Tie
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import N_, _
from ocgdesk.reports import chart_words
from ocgdesk.reports.drawing import shown
from ocgdesk.reports.drawing_looks import key_of
from ocgdesk.ui.delegates.tables import RowTable

AnyIndex = QModelIndex | QPersistentModelIndex

COLUMNS: Final = (N_("What"), N_("Name"), N_("Detail"), N_("Standing"), N_("Links"))
WIDTHS: Final = (130, 300, 240, 120, 60)


@dataclass(frozen=True, slots=True)
class Row:
    """One item or link as listed."""

    id: UUID
    cells: tuple[str, ...]
    words: str
    """What a screen reader says."""
    links: int = 0


def _item_row(item: Item, links: int) -> Row:
    ranked = not (item.exploited or item.sketch or item.ghost)
    standing = _(chart_words.IMPORTANCES[item.importance]) if ranked else ""
    detail = ", ".join(part for part in (item.detail, *item.badges) if part)
    cells = (chart_words.name_of(key_of(item)), item.label, detail, standing, f"{links:,}")
    return Row(item.id, cells, chart_words.item_words(item), links)


def _tie_row(tie: Tie, labels: dict[UUID, str]) -> Row:
    between = "{one} → {two}" if tie.directed else "{one} – {two}"
    name = between.format(one=labels[tie.source], two=labels[tie.target])
    standing = _(chart_words.STRENGTHS[tie.strength])
    what = _("Asks about") if tie.asks else _("Sketched link") if tie.sketch else _("Link")
    standing = "" if tie.asks else _("not in the register") if tie.sketch else standing
    cells = (what, name, tie.label, standing, f"×{tie.count}" if tie.count > 1 else "")
    return Row(tie.id, cells, chart_words.tie_words(tie, labels), tie.count)


def _note_row(note: Callout, labels: dict[UUID, str]) -> Row:
    text = " ".join(note.text.split())
    about = labels.get(note.about, "") if note.about else ""
    tone = label("annotation-tones", note.tone)
    words = _("Note: {text}").format(text=text)
    if about:
        words = _("Note about {item}: {text}").format(item=about, text=text)
    return Row(note.id, (_("Note"), text, about, tone, ""), words)


def rows_of(arrangement: Arrangement) -> list[Row]:
    """Return every item shown, every link between two of them, and every note."""
    items, scene = shown(arrangement), arrangement.scene
    labels = {item.id: item.label for item in items}
    ties = [t for t in scene.ties if t.source in labels and t.target in labels]
    notes = [n for n in scene.notes if n.about is None or n.about in labels]
    links: dict[UUID, int] = {}
    for tie in ties:
        for end in {tie.source, tie.target}:
            links[end] = links.get(end, 0) + 1
    return [
        *(_item_row(item, links.get(item.id, 0)) for item in items),
        *(_tie_row(tie, labels) for tie in ties),
        *(_note_row(note, labels) for note in notes),
    ]


class MirrorModel(QAbstractTableModel):
    """Rows of items and links."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._places: dict[UUID, int] = {}

    def show_rows(self, rows: list[Row]) -> None:
        """List these rows instead."""
        self.beginResetModel()
        self._keep(rows)
        self.endResetModel()

    def _keep(self, rows: list[Row]) -> None:
        self._rows = rows
        self._places = {row.id: at for at, row in enumerate(rows)}

    def id_at(self, row: int) -> UUID:
        """Return the id of what stands in a row."""
        return self._rows[row].id

    def place_of(self, id_: UUID) -> int | None:
        """Return the row of an item or link."""
        return self._places.get(id_)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.cells[index.column()]
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.words
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(COLUMNS[section])
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in order of a column; what is selected stays selected."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        ids = [self.id_at(index.row()) for index in held]
        last = column == len(COLUMNS) - 1
        rows = sorted(
            self._rows,
            key=lambda row: (row.links, "") if last else (0, row.cells[column].casefold()),
            reverse=order == Qt.SortOrder.DescendingOrder,
        )
        self._keep(rows)
        moved = [
            self.index(self._places[id_], index.column())
            for id_, index in zip(ids, held, strict=True)
        ]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()


class ListMirror(QWidget):
    """The list beside or instead of the canvas. Rows open by Enter or double click."""

    selection_changed = Signal(tuple)
    opened = Signal(UUID)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = RowTable(name=_("Items and links of the chart"), parent=self)
        self.model = MirrorModel(self)
        self.table.setModel(self.model)
        self.table.setSortingEnabled(False)
        heading = self.table.horizontalHeader()
        heading.setSectionsClickable(True)
        heading.sectionClicked.connect(self._on_heading)
        for column, width in enumerate(WIDTHS):
            self.table.setColumnWidth(column, width)
        heading.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._order = (-1, Qt.SortOrder.AscendingOrder)
        self._told: tuple[UUID, ...] = ()
        self._listening = True
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.opened.connect(self._on_opened)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.addWidget(self.table)

    def show_arrangement(self, arrangement: Arrangement) -> None:
        """List this chart; what is still there stays selected."""
        held = self._told
        self._listening = False
        self.model.show_rows(rows_of(arrangement))
        if self._order[0] >= 0:
            self.model.sort(*self._order)
        self._told = ()
        self.select(held)

    def select(self, ids: Iterable[UUID]) -> None:
        """Select these rows, without saying so: the canvas has said it."""
        wanted = tuple(dict.fromkeys(ids))
        if wanted == self._told:
            return
        self._told = wanted
        places = [at for id_ in wanted if (at := self.model.place_of(id_)) is not None]
        chosen = QItemSelection()
        last = len(COLUMNS) - 1
        for at in places:
            chosen.select(self.model.index(at, 0), self.model.index(at, last))
        self._listening = False
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.table.selectionModel().select(chosen, flag)
        self._listening = True
        if places:
            self.table.scrollTo(self.model.index(places[-1], 0))

    def selection(self) -> tuple[UUID, ...]:
        """Return the ids of the selected rows."""
        return self._told

    def _on_selection(self) -> None:
        if not self._listening:
            return
        picked = self.table.selectionModel().selectedRows()
        self._told = tuple(self.model.id_at(index.row()) for index in picked)
        self.selection_changed.emit(self._told)

    def _on_opened(self, row: int) -> None:
        self.opened.emit(self.model.id_at(row))

    def _on_heading(self, column: int) -> None:
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        self._order = (column, down if self._order == (column, up) else up)
        self.model.sort(*self._order)
