"""Events beneath a link as a table: a row is made when it is shown, however many there are."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ocgdesk.casework.event_lists import EventList, Line
from ocgdesk.domain.dates import shown
from ocgdesk.i18n import N_, _
from ocgdesk.ui.delegates.roles import CellRole, HeadingRole
from ocgdesk.ui.widgets.values import Align, Cell, Heading, Text, words

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
_COLUMNS: Final[tuple[tuple[str, Align], ...]] = (
    (N_("When"), "left"),
    (N_("From"), "left"),
    (N_("To"), "left"),
    (N_("What"), "left"),
    (N_("Lasted"), "right"),
    (N_("Said"), "left"),
    (N_("File and row"), "left"),
)


class EventsModel(QAbstractTableModel):
    """The events of links in order of time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found: EventList | None = None

    def show_events(self, found: EventList) -> None:
        """Show these."""
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() or self.found is None else len(self.found)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(_COLUMNS):
            return None
        title, align = _COLUMNS[section]
        if role == HeadingRole:
            return Heading(title=_(title), align=align)
        return _(title) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.found is None:
            return None
        if role == CellRole:
            return _cell(self.found.line(index.row()), index.column())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return words(_cell(self.found.line(index.row()), index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.found.line(index.row()).event.text or None
        return None


def _cell(line: Line, column: int) -> Cell:
    event = line.event
    match column:
        case 0:
            day = shown(event.at.date())
            return Text(day if event.day_only else f"{day}, {event.at:%H:%M:%S}")
        case 1 | 2:
            known = (line.source, line.target)[column - 1] is not None
            return Text(line.ends[column - 1], "text" if known else "text.3")
        case 3:
            return Text(event.what or "–")
        case 4:
            return Text(length_words(event.seconds), align="right")
        case 5:
            return Text(" ".join(event.text.split()) or "–", "text.2")
    return Text(f"{event.file}, {event.row:,}", "text.3")


def length_words(seconds: int | None) -> str:
    """Return a length of time: ``1:23``, ``1:02:03``; a dash where it is not known."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
