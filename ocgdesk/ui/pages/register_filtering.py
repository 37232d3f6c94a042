"""The menus of a register's headers and the filters that hold: in words, as chips, opened."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from ocgdesk.i18n import _
from ocgdesk.store import listing
from ocgdesk.store.listing import ColumnSpec
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.pages import register_filters
from ocgdesk.ui.pages.register_filters import FilterPopup
from ocgdesk.ui.pages.register_table import RegisterTable
from ocgdesk.ui.widgets import chips


class Filtering(QObject):
    """Opens the lists of values and the menus over one register's page."""

    column_turned = Signal(str)
    """A column is to be shown, or not if it is."""

    def __init__(self, desk: Desk, table: RegisterTable, over: QWidget) -> None:
        super().__init__(over)
        self.popup: FilterPopup | None = None
        self._desk = desk
        self._table = table
        self._model = table.register
        self._over = over

    def words(self) -> tuple[str, ...]:
        """Return the filters that hold, in words."""
        found = [chip.words for chip in self.chips()]
        if self._model.query.text:
            found.append(_("With “{words}”").format(words=self._model.query.text))
        return tuple(found)

    def chips(self) -> tuple[chips.Filter, ...]:
        """Return the filters that hold, as chips."""
        pairs = ((self._spec(held.column), held) for held in self._model.query.filters)
        return tuple(
            chips.Filter(held.column, register_filters.worded(spec, held))
            for spec, held in pairs
            if spec is not None
        )

    def open(self, name: str) -> None:
        """List the values of a column, to be ticked."""
        spec = self._spec(name)
        if spec is None:
            return
        held = [filter_ for filter_ in self._model.query.filters if filter_.column == name]
        popup = FilterPopup(spec, held, self._desk.today(), self._over)
        popup.applied.connect(self._model.set_filter)
        popup.left.connect(self._on_left)
        popup.place(self._below(name))
        self.popup = popup
        query = partial(
            listing.distinct, kind=self._model.kind, name=name, most=register_filters.MOST
        )
        self._desk.ask(query, popup.show_values)

    def open_column(self, column: int) -> None:
        """List the values of the column at this place of the table."""
        self.open(self._model.specs[column - 1].name)

    def show_columns(self, spot: QPoint) -> None:
        """Offer all columns of the kind."""
        menu = self._menu()
        self._add_columns(menu)
        menu.popup(spot)

    def show_menu(self, column: int, spot: QPoint) -> None:
        """Offer what can be done with a column."""
        spec = self._model.specs[column - 1]
        menu = self._menu()
        wanted = menu.addAction(_("Filter by {column}…").format(column=spec.label))
        wanted.triggered.connect(partial(self._on_filter, spec.name))
        for title, add in ((_("Order by this"), False), (_("Order by this too"), True)):
            menu.addAction(title).triggered.connect(partial(self._on_turn, column, add))
        if column > 1:
            hide = menu.addAction(_("Hide this column"))
            hide.triggered.connect(partial(self._on_column, spec.name))
        menu.addSeparator()
        self._add_columns(menu)
        menu.popup(spot)

    def _menu(self) -> QMenu:
        menu = QMenu(self._over)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _add_columns(self, menu: QMenu) -> None:
        known = listing.columns(self._model.kind)
        shown = {spec.name for spec in self._model.specs}
        for spec in known:
            action = menu.addAction(spec.label)
            action.setCheckable(True)
            action.setChecked(spec.name in shown)
            action.setEnabled(spec.name != known[0].name)
            action.triggered.connect(partial(self._on_column, spec.name))

    def _spec(self, name: str) -> ColumnSpec | None:
        known = listing.columns(self._model.kind)
        return next((spec for spec in known if spec.name == name), None)

    def _below(self, name: str) -> QPoint:
        """Return the spot under a column's header."""
        specs = self._model.specs
        at = next((n for n, spec in enumerate(specs) if spec.name == name), 0) + 1
        header = self._table.heading
        left = max(0, header.sectionViewportPosition(at))
        return header.viewport().mapTo(self._over, QPoint(left, header.height()))

    def _on_left(self) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_filter(self, name: str, _checked: object = None) -> None:
        self.open(name)

    def _on_turn(self, column: int, add: bool, _checked: object = None) -> None:  # noqa: FBT001
        self._model.turn(column, add=add)

    def _on_column(self, name: str, _checked: object = None) -> None:
        self.column_turned.emit(name)
