"""Two records side by side: what speaks for and against, and which value a merge takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import combining
from ocgdesk.casework.combining import ABSORBED, KEPT, Compared
from ocgdesk.casework.duplicates import Pair
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import matching
from ocgdesk.store.reader import Reader
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.pages.duplicates_rows import LEFT, RIGHT, TAKEN, Chosen, field_columns
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.labels import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A pair as it is read for deciding: both records, their fields, what hangs on them."""

    pair: Pair
    kept: Entity
    absorbed: Entity
    fields: tuple[Compared, ...]
    links: tuple[int, int]
    second: str
    """Why a second person has to agree; empty where nobody has to."""


def look(reader: Reader, pair: Pair, *, turned: bool, on: date) -> Beside:
    """Read a pair; ``turned`` keeps the other of the two."""
    one, other = (pair.other, pair.one) if turned else (pair.one, pair.other)
    kept, absorbed = reader.find(one.id), reader.find(other.id)
    assert isinstance(kept, Entity)  # noqa: S101 - found in the table of entities
    assert isinstance(absorbed, Entity)  # noqa: S101 - likewise
    counts = matching.link_counts(reader, (one.no, other.no))
    reader.saw("Compare two records", (one.no, other.no))
    return Beside(
        pair=pair,
        kept=kept,
        absorbed=absorbed,
        fields=combining.beside(kept, absorbed),
        links=(counts.get(one.no, 0), counts.get(other.no, 0)),
        second=combining.needs_second(reader, kept, absorbed, on),
    )


class BesidePanel(QWidget):
    """Shows a pair; a click on a value takes it, a click on a name opens its record."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: Beside | None = None
        self.kept = text_button(" ", icon="action.open")
        self.absorbed = text_button(" ", icon="action.open")
        self.for_ = Label("", step="small")
        self.against = Label("", step="small", ink="text.2")
        self.second = Label("", step="small", ink="due")
        for label in (self.for_, self.against, self.second):
            label.setWordWrap(True)
        self.fields = ShortTable(field_columns())
        self.table = ShortTableView(
            self.fields, name=_("Two records side by side"), density=Density.COMPACT
        )
        self._lay_out()
        self.table.clicked.connect(self._on_clicked)
        self.table.opened.connect(self._on_turned)
        self.kept.clicked.connect(self._on_kept)
        self.absorbed.clicked.connect(self._on_absorbed)

    def _lay_out(self) -> None:
        names = QHBoxLayout()
        names.setSpacing(16)
        names.addWidget(self.kept)
        names.addWidget(self.absorbed)
        names.addStretch(1)
        self.head = QVBoxLayout()
        self.head.setContentsMargins(16, 10, 16, 10)
        self.head.setSpacing(4)
        self.head.addLayout(names)
        for label in (self.for_, self.against, self.second):
            self.head.addWidget(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.head)
        column.addWidget(self.table, 1)

    def show_pair(self, found: Beside) -> None:
        """Show a pair with what a merge would take unless told."""
        self.found = found
        self.kept.setText(_name(_("Keep"), found.kept, found.links[0]))
        self.absorbed.setText(_name(_("Merge in"), found.absorbed, found.links[1]))
        self.for_.setText(_told(_("For"), found.pair.reasons_for))
        self.against.setText(_told(_("Against"), found.pair.reasons_against))
        self.second.setText(found.second)
        self.second.setVisible(bool(found.second))
        self.fields.show_rows([Chosen(one) for one in found.fields])
        self.table.share()

    def choices(self) -> dict[str, str]:
        """Return what was chosen, by field, of the fields that differ."""
        rows: tuple[Chosen, ...] = self.fields.rows
        return {row.compared.field.name: row.choice for row in rows if row.compared.differs}

    def _on_clicked(self, index: QModelIndex) -> None:
        row: Chosen = self.fields.rows[index.row()]
        choice = {LEFT: KEPT, RIGHT: ABSORBED}.get(index.column())
        if choice is not None:
            self._take(index.row(), row.taking(choice))
        elif index.column() == TAKEN:
            self._take(index.row(), row.next())

    def _on_turned(self, at: int) -> None:
        self._take(at, self.fields.rows[at].next())

    def _take(self, at: int, row: Chosen) -> None:
        if not row.compared.differs:
            return
        rows = list(self.fields.rows)
        rows[at] = row
        self.fields.show_rows(rows)
        self.table.setCurrentIndex(self.fields.index(at, 0))

    def _on_kept(self) -> None:
        if self.found is not None:
            self.opened.emit(self.found.kept)

    def _on_absorbed(self) -> None:
        if self.found is not None:
            self.opened.emit(self.found.absorbed)


def _name(verb: str, record: Entity, links: int) -> str:
    told = ngettext("{n} link", "{n} links", links).format(n=links)
    return f"{verb}: {record.label} · {record.ref} · {told}"


def _told(word: str, reasons: Sequence[str]) -> str:
    return f"{word}: {'; '.join(reasons)}" if reasons else f"{word}: {_('nothing on record')}"
