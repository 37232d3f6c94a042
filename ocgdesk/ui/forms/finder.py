"""A search box with what it found under it: for forms and dialogs that name a record."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _
from ocgdesk.store import finding
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.widgets.inputs import SearchBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import Heading, Text

_ROWS: Final = 4


class Search(Protocol):
    """Finds the rows for a text, as the reader may see them."""

    def __call__(self, reader: Reader, text: str) -> Sequence[Any]:
        """Return the rows, the best first."""


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


class Finder(QWidget):
    """Asks as one types, shows the rows found, and says which one was taken."""

    taken = Signal(object)
    """The row taken, by Enter, a click or the keyboard."""

    def __init__(
        self,
        desk: Desk,
        search: Search,
        columns: Sequence[Column],
        *,
        prompt: str,
        name: str = "",
        nothing: str = "",
        spacing: int = 4,
        passes: Callable[[Any], bool] = lambda _row: True,
        parent: QWidget | None = None,
    ) -> None:
        """Show of what is found the rows that ``passes``: not, say, those taken already."""
        super().__init__(parent)
        self._desk, self._search, self._passes = desk, search, passes
        self._asked = Inquiry(self._desk, self)
        self.box = _Box(prompt, parent=self)
        self.table = ShortTable(columns)
        self.hits = ShortTableView(
            self.table, name=name or _("Found"), density=Density.COMPACT, parent=self
        )
        said = nothing or _("Nothing found. Try fewer letters.")
        self.nothing = Label(said, step="small", ink="text.3")
        self.hits.setFixedHeight(px(28 * _ROWS + 32))
        self.setFocusProxy(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing)
        for part in (self.box, self.hits, self.nothing):
            column.addWidget(part)
        self.hits.hide()
        self.nothing.hide()
        self.box.searched.connect(self._on_searched)
        self.box.taken.connect(self._on_taken)
        self.box.left.connect(self.hits.setFocus)
        self.hits.opened.connect(self._on_hit)
        self.hits.clicked.connect(self._on_taken)

    def ready(self) -> bool:
        """Tell whether nothing is asked for any more."""
        return not self._asked.is_open

    def clear(self) -> None:
        """Forget what was typed and found."""
        self._forget()
        self.table.show_rows(())
        self.box.clear()

    def _forget(self) -> None:
        self._asked.drop()
        self.hits.hide()
        self.nothing.hide()

    def _on_searched(self, text: str) -> None:
        if not text.strip():
            self._forget()
            return
        self._asked.ask(partial(self._search, text=text), self._show_hits)

    def _show_hits(self, found: Sequence[Any]) -> None:
        rows = [row for row in found if self._passes(row)]
        self.table.show_rows(rows)
        self.hits.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.hits.share()
        if rows:
            self.hits.setCurrentIndex(self.table.index(0, 0))

    def _on_taken(self) -> None:
        if not self.hits.isHidden() and (row := self.hits.row()) is not None:
            self.taken.emit(row)

    def _on_hit(self, row: int) -> None:
        self.taken.emit(self.table.rows[row])


def briefs(reader: Reader, text: str, *, kinds: tuple[Kind, ...], most: int) -> list[Brief]:
    """Return the records of some kinds that fit a text, the best first."""
    hits = finding.search(reader, text, kinds=kinds, per_kind=most)
    return [hit.record for hit in hits]


def brief_columns(*, name: int, ref: int) -> tuple[Column, ...]:
    """Return the columns of records found, these wide at the least: the name, the reference.

    The reference takes no more than it needs, and is left out where there is no room.
    """
    return (
        Column(
            heading=Heading(title=_("Record")),
            cell=entity,
            order=lambda item: item.label.casefold(),
            width=name,
            stretch=2,
        ),
        Column(
            heading=Heading(title=_("Reference")),
            cell=lambda item: Text(item.ref, "text.3", mono=True),
            order=lambda item: item.ref,
            width=ref,
            stretch=0,
            yields=1,
        ),
    )
