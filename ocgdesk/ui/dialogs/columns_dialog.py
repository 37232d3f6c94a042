"""Chooses the columns of a table, their order, and how many stay in sight."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from ocgdesk.i18n import _
from ocgdesk.store.listing import ColumnSpec
from ocgdesk.store.meta import About
from ocgdesk.ui.delegates.ticked import TickedItem
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.buttons import icon_button, text_button
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.labels import Label

_HIGH: Final = 320
_MOST_FROZEN: Final = 5
_NAME: Final = Qt.ItemDataRole.UserRole
_ALT: Final = Qt.KeyboardModifier.AltModifier


class ColumnsDialog(Sheet):
    """A list of columns to tick and to drag; the one that names the row is always the first."""

    chosen = Signal(object, int)
    """The names of the columns in their order, and how many stay in sight."""

    def __init__(
        self,
        known: Sequence[ColumnSpec],
        shown: Sequence[str],
        usual: Sequence[str],
        frozen: int,
        *,
        about: About,
        parent: QWidget | None = None,
    ) -> None:
        marking, synthetic = about.marking.value, about.synthetic
        title = _("Columns")
        super().__init__(
            title, _("Show these"), marking=marking, synthetic=synthetic, parent=parent
        )
        self._known = {spec.name: spec for spec in known}
        self._first = known[0].name
        self._usual = tuple(usual)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Columns of this table, in their order"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setFixedHeight(px(_HIGH))
        self.list.setItemDelegate(TickedItem(self.list))
        self.list.setMouseTracking(True)
        self.list.installEventFilter(self)
        self.list.model().rowsMoved.connect(self._first_to_front)
        counts = range(_MOST_FROZEN + 1)
        self.frozen = Select(
            tuple(Option(str(n), str(n) if n else _("None")) for n in counts),
            name=_("Columns that stay in sight"),
        )
        self.frozen.choose(str(min(frozen, _MOST_FROZEN)))
        self._build()
        self.show_columns(shown)
        self.list.setFocus()

    def show_columns(self, names: Sequence[str]) -> None:
        """List these columns as shown, in this order, and then those that are not."""
        self.list.clear()
        rest = [name for name in self._known if name not in names]
        for name in (*names, *rest):
            item = QListWidgetItem(self._known[name].label)
            item.setData(_NAME, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = name in names or name == self._first
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            if name == self._first:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                item.setToolTip(_("The column that names the row is always shown"))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def names(self) -> tuple[str, ...]:
        """Return the columns that are ticked, in their order."""
        items = (self.list.item(row) for row in range(self.list.count()))
        ticked = (i for i in items if i.checkState() == Qt.CheckState.Checked)
        return tuple(str(item.data(_NAME)) for item in ticked)

    def shift(self, by: int) -> None:
        """Move the current column up or down; the first place is taken."""
        row = self.list.currentRow()
        to = row + by
        if row < 1 or not 1 <= to < self.list.count():
            return
        self.list.insertItem(to, self.list.takeItem(row))
        self.list.setCurrentRow(to)

    def on_accept(self) -> None:
        self.chosen.emit(self.names(), int(self.frozen.current))
        self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() & _ALT:
                self.shift(step)
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        up = icon_button("action.collapse", _("Further left"), key="Alt+↑")
        down = icon_button("action.expand", _("Further right"), key="Alt+↓")
        every, usual = text_button(_("Tick all")), text_button(_("Usual columns"))
        up.clicked.connect(self._on_up)
        down.clicked.connect(self._on_down)
        every.clicked.connect(self._on_every)
        usual.clicked.connect(self._on_usual)
        top = QHBoxLayout()
        for part in (every, usual):
            top.addWidget(part)
        top.addStretch(1)
        for part in (up, down):
            top.addWidget(part)
        foot = QHBoxLayout()
        foot.addWidget(Label(_("Columns from the left that stay in sight")))
        foot.addStretch(1)
        foot.addWidget(self.frozen)
        said = _("Tick what is shown; drag, or Alt+↑ and Alt+↓, puts columns in another order.")
        self.body.addWidget(Label(said, step="small", ink="text.3", wrap=True))
        self.body.addLayout(top)
        self.body.addWidget(self.list)
        self.body.addLayout(foot)

    def _first_to_front(self) -> None:
        """Put the column that names the row back to the front, wherever others were dropped."""
        for row in range(1, self.list.count()):
            if self.list.item(row).data(_NAME) == self._first:
                self.list.insertItem(0, self.list.takeItem(row))
                return

    def _on_up(self) -> None:
        self.shift(-1)

    def _on_down(self) -> None:
        self.shift(1)

    def _on_every(self) -> None:
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(Qt.CheckState.Checked)

    def _on_usual(self) -> None:
        self.show_columns(self._usual)
