"""A definition as a form: its blocks in a list, beside it what is said of the one chosen."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import return_shaping
from ocgdesk.domain.returns import Block, Definition
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui.dialogs.definition_block import BlockForm
from ocgdesk.ui.dialogs.definition_heading import HeadingForm
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView, column
from ocgdesk.ui.widgets.buttons import icon_button, text_button
from ocgdesk.ui.widgets.cards import Rule, Scroller
from ocgdesk.ui.widgets.values import Text

_WIDE: Final = 250


class DefinitionForm(QWidget):
    """Shows a definition part by part and hands back what was made of it."""

    changed = Signal()
    turned = Signal()
    """Another part is shown."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks: list[Block] = []
        self.at = 0
        """The part that is shown: 0 is the whole return, 1 its first block."""
        self._showing = False
        self.heading = HeadingForm(today)
        self.block = BlockForm()
        self.model = ShortTable((column(_("Parts"), _part, str, 200),))
        self.table = ShortTableView(self.model, name=_("Parts of the return"))
        self.add_button = text_button(_("Block"), icon="action.add")
        self.copy_button = icon_button("action.copy", _("Another like this"))
        self.up_button = icon_button("action.sort-up", _("Further up"))
        self.down_button = icon_button("action.sort-down", _("Further down"))
        self.remove_button = icon_button("action.delete", _("Take this block away"))
        self._stack = QStackedWidget()
        self._stack.addWidget(Scroller(self.heading))
        self._stack.addWidget(Scroller(self.block))
        self._lay_out()
        self._wire()

    def show_definition(self, definition: Definition) -> None:
        """Show a definition, its heading first."""
        self.heading.show_definition(definition)
        self._blocks = list(definition.blocks)
        self._list(0)

    def definition(self) -> Definition:
        """Return the definition as it stands; Refused, in words, where a part of it is none."""
        self._keep()
        return replace(self.heading.read(), blocks=tuple(self._blocks))

    def _keep(self) -> None:
        """Take what was typed into the block that is shown."""
        if self.at > 0:
            self._blocks[self.at - 1] = self.block.block()

    def _list(self, at: int) -> None:
        """Show the parts there are, with this one chosen: 0 is the heading."""
        self._showing = True
        self.model.show_rows([_("The whole return"), *(one.title or "–" for one in self._blocks)])
        self.table.setCurrentIndex(self.model.index(at, 0))
        self._showing = False
        self._turn(at)

    def _turn(self, at: int) -> None:
        self.at = at
        if at > 0:
            self.block.show_block(self._blocks[at - 1])
        elif self._blocks:
            self.heading.offer(self._blocks)
        self._stack.setCurrentIndex(1 if at else 0)
        for button in (self.copy_button, self.remove_button):
            button.setEnabled(at > 0)
        self.up_button.setEnabled(at > 1)
        self.down_button.setEnabled(0 < at < len(self._blocks))
        self.turned.emit()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(2)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        for part in (self.up_button, self.down_button, self.copy_button, self.remove_button):
            foot.addWidget(part)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.table, 1)
        left.addLayout(foot)
        self.table.setFixedWidth(px(_WIDE))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left)
        row.addWidget(Rule(standing=True))
        row.addWidget(self._stack, 1)

    def _wire(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._on_part)
        self.heading.changed.connect(self.changed)
        self.block.changed.connect(self._on_block)
        self.add_button.clicked.connect(self._on_add)
        self.copy_button.clicked.connect(self._on_copy)
        self.up_button.clicked.connect(self._on_up)
        self.down_button.clicked.connect(self._on_down)
        self.remove_button.clicked.connect(self._on_remove)

    def _on_part(self, index: QModelIndex) -> None:
        if self._showing or not index.isValid():
            return
        try:
            self._keep()
        except Refused:
            self._stay()  # what was typed here is put right before one turns away
            return
        self._turn(index.row())

    def _stay(self) -> None:
        """Mark the part that is shown as the one chosen."""
        self._showing = True
        self.table.setCurrentIndex(self.model.index(self.at, 0))
        self._showing = False

    def _on_block(self) -> None:
        title = self.block.title.text.strip() or "–"
        rows = [*self.model.rows]
        if rows[self.at] != title:
            rows[self.at] = title
            self._showing = True
            self.model.show_rows(rows)
            self._stay()
        self.changed.emit()

    def _on_add(self) -> None:
        self._insert(return_shaping.new_block(_("New block")))

    def _on_copy(self) -> None:
        self._insert(self._blocks[self.at - 1])

    def _insert(self, block: Block) -> None:
        """Put a block after the one that is shown, and show it."""
        if not self._kept():
            return
        self._blocks.insert(self.at, block)
        self._list(self.at + 1)
        self.changed.emit()

    def _on_up(self) -> None:
        self._shift(-1)

    def _on_down(self) -> None:
        self._shift(1)

    def _shift(self, by: int) -> None:
        if not self._kept():
            return
        here = self.at - 1
        self._blocks.insert(here + by, self._blocks.pop(here))
        self._list(self.at + by)
        self.changed.emit()

    def _on_remove(self) -> None:
        del self._blocks[self.at - 1]
        self._list(min(self.at, len(self._blocks)))
        self.changed.emit()

    def _kept(self) -> bool:
        try:
            self._keep()
        except Refused:
            return False
        return True


def _part(title: Any) -> Text:
    return Text(str(title))
