"""The menus of a register's headers and the filters that hold: in words, as chips, opened."""

from collections.abc import Callable
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
    """A column is not to be shown any more."""
    columns_wanted = Signal()
    """The columns are to be chosen."""
    regrouped = Signal()
    """The rows are grouped by another column, or by none."""
    froze = Signal(int)
    """So many columns from the left are to stay in sight."""

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

    def grouped(self) -> tuple[str, ...]:
        """Return by which column the rows are grouped, in words; nothing where they are not."""
        spec = self._spec(self._model.by)
        return (_("Grouped by {column}").format(column=spec.label),) if spec else ()

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
        popup.searched.connect(partial(self._ask, popup))
        self._ask(popup)

    def _ask(self, popup: FilterPopup, holding: str = "") -> None:
        """Read the values among the rows that pass all other filters."""
        query = partial(
            listing.distinct,
            kind=self._model.kind,
            name=popup.spec.name,
            most=register_filters.MOST,
            within=self._model.query,
            holding=holding,
        )
        self._desk.ask(query, popup.show_values)

    def open_column(self, column: int) -> None:
        """List the values of the column at this place of the table."""
        self.open(self._model.specs[column - 1].name)

    def show_menu(self, column: int, spot: QPoint) -> None:
        """Offer what can be done with a column."""
        spec = self._model.specs[column - 1]
        menu = QMenu(self._over)
        menu.aboutToHide.connect(menu.deleteLater)
        grouping = self._grouping(spec)
        frozen = self._table.frozen_count
        acts: list[tuple[str, Callable[[], object]] | None] = [
            (_("Filter by {column}…").format(column=spec.label), partial(self.open, spec.name)),
            (_("Order by this"), partial(self._model.turn, column)),
            (_("Order by this too"), partial(self._model.turn, column, add=True)),
            *grouping,
            None,
            (_("Select the column"), partial(self._table.select_column, column)),
            (_("As wide as what it shows"), partial(self._table.widths.autofit, column)),
            (_("Keep columns up to here in sight"), partial(self.froze.emit, column)),
        ]
        if frozen:
            acts.append((_("Keep no column in sight"), partial(self.froze.emit, 0)))
        if column > 1:
            acts.append((_("Hide this column"), partial(self.column_turned.emit, spec.name)))
        acts += [None, (_("Choose columns…"), self.columns_wanted.emit)]
        for act in acts:
            if act is None:
                menu.addSeparator()
            else:
                menu.addAction(act[0]).triggered.connect(partial(_call, act[1]))
        menu.popup(spot)

    def _grouping(self, spec: ColumnSpec) -> list[tuple[str, Callable[[], object]]]:
        """Return what can be done with groups of rows."""
        model = self._model
        if not model.by:
            return [(_("Group by this"), partial(self._group, spec.name))]
        other = [(_("Group by this"), partial(self._group, spec.name))]
        return [
            *(other if spec.name != model.by else []),
            (_("No groups"), partial(self._group, "")),
            (_("Fold all groups"), partial(model.fold_all, on=True)),
            (_("Unfold all groups"), partial(model.fold_all, on=False)),
        ]

    def _group(self, name: str) -> None:
        self._model.group_by(name)
        self.regrouped.emit()

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


def _call(act: Callable[[], object], _checked: object = None) -> None:
    act()
