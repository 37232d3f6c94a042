"""A register: every record of one kind, to find, compare, edit, tick and take along."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from ocgdesk.casework.views import Layout
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import DeskError, Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import listing
from ocgdesk.store.listing import ListQuery
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.columns_dialog import ColumnsDialog
from ocgdesk.ui.dialogs.disclosure_dialog import DisclosureDialog
from ocgdesk.ui.navigation import Target
from ocgdesk.ui.pages import register_blocks, register_parts, register_views
from ocgdesk.ui.pages.register_exporting import Rows, names_people, suggested
from ocgdesk.ui.pages.register_frame import RegisterFrame


class RegisterPage(RegisterFrame):
    """Shows the register of the kind the target names."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self._sums: tuple[str, ...] = ()
        self._stale = False
        self._shown_once = False
        self._wire()
        self._show_layout(self.views.left.layout())
        asks_for_more = target.query is not None
        self.views.load(last=not asks_for_more)
        if not self.views.waits():
            self.refresh()

    def refresh(self) -> None:
        """Ask for the rows again."""
        self._stale = False
        self.model.refresh()

    def ready(self) -> bool:
        return self._shown_once and self.is_settled() and not self._stale

    def is_settled(self) -> bool:
        """Tell whether all that was asked for has come."""
        return self.model.is_settled() and self.figures.is_settled() and self.views.is_settled()

    def leave(self) -> None:
        self.editing.stop()
        self.model.stop()
        self.figures.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _wire(self) -> None:
        self.model.ordered.connect(self._on_ordered)
        self.model.arrived.connect(self.table.widths.fit)
        self.model.failed.connect(self._on_failed)
        self.model.ticked.connect(self._on_ticked)
        self.rows_button.clicked.connect(self._on_density)
        self.columns_button.clicked.connect(self._on_columns)
        self.selection.chosen.connect(self._on_act)
        self.selection.cleared.connect(self._on_cleared)
        self.export_button.clicked.connect(self._on_export)
        self.grid_button.clicked.connect(self.acts.to_grid)
        self.new_button.clicked.connect(self._on_new)
        self.empty.acted.connect(self._on_empty)
        self.error.acted.connect(self.refresh)
        self.papers.written.connect(self._on_written)
        self.papers.copied.connect(self._on_copied)
        self.acts.opened.connect(self.opened)
        self.past.opened.connect(self.opened)
        self.figures.told.connect(self._on_figures)
        self.views.applied.connect(self._on_view)
        for told in (self.views.warned, self.editing.said, self.filling.said):
            told.connect(self.warn)
        self.desk.changed.connect(self._on_changed)
        self._wire_filters()
        self._wire_table()
        keys = {"Ctrl+E": self._on_export, "Ctrl+N": self._on_new, "Ctrl+F": self._on_find}
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _wire_filters(self) -> None:
        self.bar.searched.connect(self.model.set_text)
        self.bar.filter_opened.connect(self.filtering.open)
        self.bar.filter_removed.connect(self._on_filter_removed)
        self.bar.cleared.connect(self._on_filters_cleared)
        self.filtering.column_turned.connect(self._on_column)
        self.filtering.columns_wanted.connect(self._on_columns)
        self.filtering.froze.connect(self._on_frozen)
        self.filtering.regrouped.connect(self._keep_left)

    def _wire_table(self) -> None:
        self.table.opened.connect(self._on_opened)
        self.table.opened_aside.connect(self._on_opened_aside)
        self.table.copied.connect(self._on_copy)
        self.table.cleared.connect(self._on_cleared)
        self.table.removed.connect(self._on_remove)
        self.table.blocked.connect(self._on_blocked)
        self.table.reordered.connect(self._on_reordered)
        self.table.filter_wanted.connect(self.filtering.open_column)
        self.table.menu_wanted.connect(self.filtering.show_menu)
        self.table.cell_menu_wanted.connect(self._on_cell_menu)
        self.table.widths.drawn.connect(self._keep_left)

    def _on_ordered(self) -> None:
        self._shown_once = True
        shown, total = self.model.count, self.model.total
        self.header.set_subtitle(register_parts.subtitle(self.kind, shown, total))
        if self.error.tone == "overdue":
            self.error.say("")
        self.bar.show_filters(self.filtering.chips())
        self.views.show_state()
        self.show_empty(shown, total)
        self._tell()
        if shown and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 1))

    def _tell(self) -> None:
        ticked, shown = len(self.model.ticks), self.model.count
        query = self.model.query
        filters = len(query.filters) + bool(query.text)
        self.told.emit(
            (
                register_parts.counted(ticked, shown),
                *((self.past.strip.words.text(),) if self.model.moment else ()),
                *self._sums,
                *register_parts.held(filters, len(query.sorts)),
                *self.filtering.grouped(),
            )
        )

    def _on_ticked(self) -> None:
        self.selection.show_count(len(self.model.ticks))
        self._sums = ()
        self._tell()
        self._on_blocked()

    def _on_blocked(self) -> None:
        self.figures.show_blocks(self.table.blocks() if self.table.is_wide() else ())

    def _on_figures(self, said: tuple[str, ...]) -> None:
        self._sums = said
        self._tell()

    def _chosen(self) -> tuple[int, ...]:
        """Return the ticked rows, or else the current one."""
        if ticked := self.model.chosen():
            return tuple(ticked)
        return tuple(self.model.records([self.table.currentIndex().row()]))

    def _on_opened(self, row: int) -> None:
        self._open(row)

    def _on_opened_aside(self, row: int) -> None:
        self._open(row, aside=True)

    def _open(self, row: int, *, aside: bool = False) -> None:
        if self.model.group_at(row) is not None:
            self.model.fold(row)
            return
        self.past.open(row, partial(self._open_now, aside=aside), aside=aside)

    def _open_now(self, row: int, *, aside: bool = False) -> None:
        self.acts.open(self.model.records([row]), aside=aside)

    def _on_act(self, key: str) -> None:
        match key:
            case "open":
                self.acts.open(self.model.chosen())
            case "chart":
                self.acts.chart(self.model.chosen())
            case "export":
                self._on_export()
            case "remove":
                self._on_remove()

    def _on_remove(self) -> None:
        numbers = self._chosen()
        if numbers and not self.no_edit():
            self.acts.remove(numbers)

    def _on_cleared(self) -> None:
        self.model.tick_all(on=False)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_copy(self, headings: bool) -> None:  # noqa: FBT001 - a signal's
        """Copy the selected block; else the ticked rows; else the current cell."""
        if said := self.refusal(Right.EXPORT):
            self.warn(said)
            return
        try:
            rows = self._to_copy()
        except Refused as error:
            self.warn(f"{error}.")
            return
        if rows.numbers and rows.specs:
            self.papers.copy(replace(rows, headings=headings))

    def _to_copy(self) -> Rows:
        if self.model.ticks and not self.table.is_wide():
            return self._rows(self.model.chosen())
        rows, columns = register_blocks.joined(self.table.blocks() or (_NO_BLOCK,))
        numbers = self.model.records(rows)
        specs = tuple(self.model.specs[n - 1] for n in columns)
        return replace(self._rows(numbers), specs=specs)

    def _rows(self, numbers: Sequence[int]) -> Rows:
        moment = self.model.moment.words
        as_at = (_("As at {moment}").format(moment=moment),) if moment else ()
        return Rows(
            kind=self.kind,
            numbers=tuple(numbers),
            specs=self.model.specs,
            filters=(*as_at, *self.filtering.words(), *self.filtering.grouped()),
            held=self.model.held,
        )

    def _on_export(self) -> None:
        numbers = tuple(self.model.chosen() or self.model.shown.every)
        if not numbers or self.refusal(Right.EXPORT):
            return
        about = self.desk.workspace.about
        what = ngettext("{n} row", "{n} rows", len(numbers)).format(n=f"{len(numbers):,}")
        dialog = DisclosureDialog(
            what,
            suggested(self.kind, self.desk.today()),
            marking=about.marking.value,
            synthetic=about.synthetic,
            offer_names=names_people(self.kind),
            parent=self,
        )
        dialog.accepted.connect(partial(self._on_disclosure, dialog, self._rows(numbers)))
        dialog.open()

    def _on_disclosure(self, dialog: DisclosureDialog, rows: Rows) -> None:
        if dialog.disclosure is not None:
            self.papers.export(rows, dialog.disclosure)

    def _on_written(self, path: Any, count: int) -> None:
        said = ngettext("{n} row written to {name}.", "{n} rows written to {name}.", count)
        self.error.say(said.format(n=f"{count:,}", name=path.name), tone="ok")

    def _on_copied(self, count: int) -> None:
        said = ngettext(
            "{n} row copied; this is logged.", "{n} rows copied; this is logged.", count
        )
        self.error.say(said.format(n=f"{count:,}"), tone="ok")

    def _on_new(self) -> None:
        if self.can_be_made() and self.new_button.isEnabled():
            self.acts.make()

    def _on_find(self) -> None:
        self.bar.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.box.selectAll()

    def _on_density(self) -> None:
        kinds = (Density.COMPACT, Density.STANDARD, Density.COMFORTABLE)
        now = self.table.rows.density
        self.table.set_density(kinds[(kinds.index(now) + 1) % len(kinds)])

    # ---- Columns and views ----------------------------------------------------------------------

    def _show_layout(self, layout: Layout) -> None:
        """Show these columns, so wide, and keep so many in sight."""
        self.chosen_columns = layout.columns
        names = layout.columns or register_views.usual_columns(self.kind)
        self.table.widths.yields = not layout.columns
        self.table.widths.keep(layout.widths)
        self.table.freeze(layout.frozen)
        self.model.show_columns(register_views.named_first(self.kind, tuple(names)))
        self.model.group_by(layout.group)

    def _on_view(self, layout: Layout | None) -> None:
        """Show what a view says; without one the list as it was left."""
        if layout is None:
            self.refresh()
            return
        self._show_layout(layout)
        self._keep_left()
        self.bar.box.blockSignals(True)
        self.bar.box.setText(layout.text)
        self.bar.box.blockSignals(False)
        self.model.query = layout.query(self.kind)
        self.refresh()

    def _keep_left(self) -> None:
        self.views.left.keep(self.layout_now())
        self.views.show_state()

    def _on_columns(self) -> None:
        dialog = ColumnsDialog(
            listing.columns(self.kind),
            [spec.name for spec in self.model.specs],
            register_views.usual_columns(self.kind),
            self.table.frozen_count,
            about=self.desk.workspace.about,
            parent=self,
        )
        dialog.chosen.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, names: tuple[str, ...], frozen: int) -> None:
        self.table.freeze(frozen)
        self._choose(names)

    def _on_reordered(self, names: tuple[str, ...]) -> None:
        self._choose(names)

    def _on_column(self, name: str) -> None:
        """Hide a column that is shown."""
        self._choose(tuple(spec.name for spec in self.model.specs if spec.name != name))

    def _choose(self, names: tuple[str, ...]) -> None:
        layout = self.layout_now()
        self._show_layout(replace(layout, columns=register_views.named_first(self.kind, names)))
        self._keep_left()

    def _on_frozen(self, count: int) -> None:
        self.table.freeze(count)
        self._keep_left()

    def _on_cell_menu(self, spot: QPoint) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        acts = {
            _("Edit\tF2"): partial(self.editing.begin, ""),
            _("Copy\tCtrl+C"): partial(self._on_copy, False),
            _("Copy with headings\tCtrl+Shift+C"): partial(self._on_copy, True),
            _("Paste\tCtrl+V"): self.filling.paste,
            _("Fill down\tCtrl+D"): self.filling.fill_down,
            _("Empty\tDel"): self.filling.empty,
        }
        for title, act in acts.items():
            menu.addAction(title).triggered.connect(partial(_call, act))
        menu.popup(spot)

    def _on_filter_removed(self, name: str) -> None:
        self.model.set_filter(name, ())

    def _on_filters_cleared(self) -> None:
        self.bar.box.clear()
        query = self.model.query
        self.model.query = ListQuery(kind=self.kind, sorts=query.sorts)
        self.model.refresh()

    def _on_empty(self) -> None:
        if self.model.total:
            self._on_filters_cleared()
        else:
            self._on_new()

    def _on_changed(self, changed: Changed) -> None:
        touching = {self.kind, *_ALSO.get(self.kind, ())}
        if not changed.touches(*touching):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _on_failed(self, error: DeskError) -> None:
        self.error.say(str(error), _("Try again"), tone="overdue")


def _call(act: Any, _checked: object = None) -> None:
    act()


_NO_BLOCK: Final = register_blocks.Block(0, -1, ())
_ALSO: Final = {
    Kind.OCG: (Kind.MEMBERSHIP, Kind.ASSIGNMENT, Kind.LINK),
    Kind.NOMINAL: LINKS,
    Kind.PLAN: (Kind.OCG,),
    Kind.ACTION: (Kind.PLAN,),
    **dict.fromkeys(LINKS, (Kind.OCG, Kind.NOMINAL, Kind.HANDLE, Kind.COUNTY_LINE)),
}
"""What else the columns of a kind tell of."""
