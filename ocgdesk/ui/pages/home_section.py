"""A section of the home page that asks for itself, and is not there where it has nothing."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.domain.kinds import Kind
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.pages.record_case_parts import CaseSection


class HomeSection(QWidget):
    """A heading and a short table; what it asks and shows is its ``question`` and ``answered``."""

    opened = Signal(object)
    """The Brief of a record to go to."""

    def __init__(
        self,
        desk: Desk,
        section: CaseSection,
        *,
        touching: Collection[Kind] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.section = section
        self._touching = tuple(touching)
        self._asked = Inquiry(self.desk, self)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(section)
        section.opened.connect(self._on_opened)
        desk.changed.connect(self._on_changed)
        self.hide()

    def question(self) -> Callable[[Reader], Any]:
        """Return what is asked of the workspace."""
        raise NotImplementedError

    def answered(self, found: Any) -> None:
        """Show what was found."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Ask again."""
        self._asked.ask(self.question(), self.answered)

    def ready(self) -> bool:
        """Tell whether it shows what it asked for."""
        return not self._asked.is_open

    def leave(self) -> None:
        """Stop asking."""
        self._asked.drop()

    def show_rows(self, rows: Iterable[Any], note: str) -> None:
        """Show these rows; without one the section goes."""
        found = tuple(rows)
        self.section.show_rows(found, note)
        self.setVisible(bool(found))

    def of(self, row: Any) -> Any:
        """Return the Brief of the record that a row leads to."""
        return row.of

    def _on_opened(self, row: Any) -> None:
        self.opened.emit(self.of(row))

    def _on_changed(self, changed: Changed) -> None:
        if not self._touching or changed.touches(*self._touching):
            self.refresh()
