"""Keys as a table grouped by place, narrowed by what is typed."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ocgdesk.i18n import _
from ocgdesk.ui.delegates.roles import CellRole, GroupRole, HeadingRole
from ocgdesk.ui.models.help_keys import PLACES, Key, Place
from ocgdesk.ui.widgets.values import Cell, Heading, Text, words

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()


class KeysModel(QAbstractTableModel):
    """Places with their keys below them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Place | Key] = []
        self.narrow("")

    def narrow(self, text: str) -> None:
        """Show only keys whose name, act or place has this text."""
        self.beginResetModel()
        self._rows = []
        wanted = text.strip().casefold()
        for place in PLACES:
            everything = wanted in _(place.title).casefold()
            found = [key for key in place.keys if everything or _fits(key, wanted)]
            self._rows += [place, *found] if found else []
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < 2:
            return None
        title = (_("Key or gesture"), _("What it does"))[section]
        if role == HeadingRole:
            return Heading(title=title)
        return title if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == GroupRole:
            return isinstance(row, Place) if index.column() == 0 else None
        if role not in {CellRole, Qt.ItemDataRole.DisplayRole}:
            return None
        cell = _cell(row, index.column())
        return cell if role == CellRole else words(cell)


def _fits(key: Key, wanted: str) -> bool:
    return wanted in key.keys.casefold() or wanted in _(key.does).casefold()


def _cell(row: Place | Key, section: int) -> Cell:
    if isinstance(row, Place):
        return Text(_(row.title) if section == 0 else "", strong=True)
    return Text(row.keys, mono=True, strong=True) if section == 0 else Text(_(row.does))
