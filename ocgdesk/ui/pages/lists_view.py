"""The two halves of the reference data page: the lists, and the values of the one chosen."""

from typing import Final

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui import theme
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.pages.lists_parts import ValueForm, list_columns
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.inputs import SearchBox, Select
from ocgdesk.ui.widgets.labels import ElidedLabel, Label

_LEAST: Final = 132
"""The least height of a table: below it the page scrolls."""


class ListPane(QWidget):
    """Every list, with a box to find one by its title or a value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchBox(_("Find a list or a value"))
        self.model = ShortTable(list_columns())
        self.table = ShortTableView(self.model, name=_("Lists"), density=Density.COMPACT)
        held = QHBoxLayout()
        held.setContentsMargins(12, 0, 12, 0)
        held.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(held)
        column.addWidget(self.table, 1)
        theme.follow(self, self._grow)

    def _grow(self) -> None:
        self.table.setMinimumHeight(px(_LEAST))


class ValuePane(QWidget):
    """One list: where it comes from, its editions, its values, and a form for one of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ElidedLabel("", step="section")
        self.source = Label("", step="small", ink="text.3", wrap=True)
        self.editions = Select(name=_("Editions"))
        self.back_button = text_button(_("Bring back"), icon="action.history")
        self.add_button = text_button(_("Add a value"), icon="action.add", key="Insert")
        self.model = ShortTable(())
        self.table = ShortTableView(self.model, name=_("Values"), density=Density.COMPACT)
        self.form = ValueForm()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(Rule(role="line.2"))
        column.addWidget(self.table, 1)
        column.addWidget(Rule(role="line.2"))
        column.addWidget(self.form)
        theme.follow(self, self._grow)

    def stack(self, *, narrow: bool) -> None:
        """Put what can be done below the name of the list where there is no room beside it."""
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if narrow else right)

    def _head(self) -> QVBoxLayout:
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for part in (self.editions, self.back_button, self.add_button):
            acts.addWidget(part)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(8)
        self._row.addWidget(self.name, 1)
        self._row.addLayout(acts)
        column = QVBoxLayout()
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(4)
        column.addLayout(self._row)
        column.addWidget(self.source)
        return column

    def _grow(self) -> None:
        self.table.setMinimumHeight(px(_LEAST))
        self.editions.setMinimumWidth(px(180))
