"""Entries of the journal as a table; records by reference only."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ocgdesk.casework.auditing import ACTS, Seen
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import _
from ocgdesk.store.journal import Act, Logged
from ocgdesk.ui.delegates.roles import CellRole, HeadingRole
from ocgdesk.ui.widgets.values import NONE, Cell, Heading, Status, Text, Tone, words

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
_FEW: Final = 1

LOOKS: Final[dict[Act, tuple[str, Tone]]] = {
    Act.COLLECTION: ("page.import", "neutral"),
    Act.ALTERATION: ("action.edit", "neutral"),
    Act.CONSULTATION: ("status.visible", "neutral"),
    Act.DISCLOSURE: ("action.export", "due"),
    Act.COMBINATION: ("action.merge", "neutral"),
    Act.ERASURE: ("action.delete", "overdue"),
    Act.ACCESS: ("page.users", "info"),
    Act.KEYS: ("action.key", "info"),
    Act.SESSION: ("status.unlocked", "neutral"),
    Act.UNDO: ("action.undo", "neutral"),
    Act.REDO: ("action.redo", "neutral"),
}


class AuditModel(QAbstractTableModel):
    """The entries of the journal that were asked for, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: Seen | None = None
        self._entries: tuple[Logged, ...] = ()

    def show_seen(self, seen: Seen) -> None:
        """Show these entries."""
        self.beginResetModel()
        self._seen, self._entries = seen, seen.entries
        self.endResetModel()

    def entry(self, row: int) -> Logged:
        """Return the entry in this row."""
        return self._entries[row]

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else 7

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < 7:
            return None
        last = _("Whose name") if self._seen is not None and self._seen.whose else _("Reason")
        title = (
            _("Entry"), _("Time"), _("User"), _("Operation"), _("What was done"), _("Records"),
            last,
        )[section]  # fmt: skip
        if role == HeadingRole:
            return Heading(title=title, align="right" if section == 0 else "left")
        return title if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._seen is None:
            return None
        if role not in {CellRole, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 5:
            return ", ".join(self._seen.refs.get(entry.seq, ())) or None
        cell = _cell(self._seen, entry, index.column())
        return cell if role == CellRole else words(cell)


def moment(entry: Logged) -> str:
    """Return when it was, as clocks here showed it."""
    here = entry.at.astimezone(LONDON)
    return f"{here.day} {here:%b %Y, %H:%M:%S}"


def _cell(seen: Seen, entry: Logged, section: int) -> Cell:
    match section:
        case 0:
            return Text(f"{entry.seq:,}", ink="text.3", align="right")
        case 1:
            return Text(moment(entry), ink="text.2")
        case 2:
            return Text(seen.user_words(entry), strong=True)
        case 3:
            icon, tone = LOOKS[entry.act]
            return Status(_(ACTS[entry.act]), icon, tone)
        case 4:
            return Text(f"{entry.label} ({_('undone')})" if entry.undone else entry.label)
    return _detail(seen, entry, section)


def _detail(seen: Seen, entry: Logged, section: int) -> Cell:
    if section == 6:
        said = seen.lookup_words(entry) if seen.whose else entry.reason
        return Text(said or NONE, ink="text.2")
    refs = seen.refs.get(entry.seq, ())
    if not refs:
        return Text(f"{entry.things:,}" if entry.things else NONE, ink="text.3")
    rest = max(entry.things, len(refs)) - _FEW
    shown = ", ".join(refs[:_FEW])
    return Text(f"{shown} +{rest:,}" if rest > 0 else shown, mono=True)
