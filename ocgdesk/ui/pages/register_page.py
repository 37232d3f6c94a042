"""A register: every record of one kind, to find, compare, tick and take along."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import plans, records
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.things import Entity
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.store.listing import ColumnSpec, ListQuery, ListRow
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.ui import words
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import MANY, Changed, Desk
from ocgdesk.ui.dialogs.disclosure_dialog import DisclosureDialog
from ocgdesk.ui.dialogs.new_record_dialog import NewRecordDialog
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.models import looks, register_reading
from ocgdesk.ui.models.register_model import RegisterModel
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.pages import register_parts
from ocgdesk.ui.pages.register_exporting import RegisterPapers, Rows, suggested
from ocgdesk.ui.pages.register_filtering import Filtering
from ocgdesk.ui.pages.register_table import RegisterTable
from ocgdesk.ui.widgets.buttons import icon_button, outline, primary
from ocgdesk.ui.widgets.headers import FilterBar, PageHeader, SelectionBar, page_margin
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

MOST_OPENED: Final = 10
"""Tabs opened at once."""
_TABLE, _EMPTY = 0, 1


class RegisterPage(Page):
    """Shows the register of the kind the target names."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        assert target.kind is not None  # noqa: S101 - a register is always of some kind
        self.kind: Kind = target.kind
        self.title = words.many(self.kind)
        self.icon = words.icon_of(self.kind)
        self.columns = register_parts.Columns(self.kind)
        self.model = RegisterModel(desk, self.kind, target.query, self)
        self.model.show_columns(self.columns.names())
        self.papers = RegisterPapers(desk, self)
        self._sums: tuple[str, ...] = ()
        self._summing: Job | None = None
        self._stale = False
        self._shown_once = False
        self._build()
        self._wire()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the rows again."""
        self._stale = False
        self.model.refresh()

    def ready(self) -> bool:
        return self._shown_once and self.model.is_settled() and not self._stale

    def leave(self) -> None:
        self.model.stop()
        if self._summing is not None:
            self._summing.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        self.export_button = outline(_("Export"), icon="action.export", key="Ctrl+E")
        self.header.add_action(self.export_button)
        title = _("New {kind}").format(kind=register_parts.inside(words.one(self.kind)))
        self.new_button = primary(title, icon="action.add", key="Ctrl+N")
        self.header.add_action(self.new_button)
        self.new_button.setVisible(self._can_be_made())
        self.error = ErrorBanner(closable=True, parent=self)
        self.bar = FilterBar()
        self.rows_button = icon_button("action.rows", _("Row height"), look="outline")
        self.columns_button = icon_button("action.columns", _("Choose columns"), look="outline")
        self.bar.add_right(self.rows_button)
        self.bar.add_right(self.columns_button)
        self.table = RegisterTable(self.model, name=self.title)
        self.table.yields = not self.columns.are_chosen()
        self.filtering = Filtering(self.desk, self.table, self)
        self.empty = EmptyState("")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.selection = SelectionBar(self._acts())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        held = QVBoxLayout()
        held.setContentsMargins(page_margin(self), 0, page_margin(self), 0)
        held.addWidget(self.error)
        column.addWidget(self.header)
        column.addLayout(held)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        column.addWidget(self.selection)
        self._refuse_what_may_not_be()

    def _can_be_made(self) -> bool:
        return self.kind in {*register_parts.MADE_BY_HAND, Kind.CHART}

    def _acts(self) -> tuple[Any, ...]:
        return register_parts.acts(
            self.kind, edits=self._refusal(register_parts.right_of(self.kind)),
            exports=self._refusal(Right.EXPORT),
        )  # fmt: skip

    def _refusal(self, right: Right) -> str:
        if self.desk.may(right):
            return ""
        if self.desk.user.may(right):
            return _("This workspace is open read only.")
        return _("Your roles do not allow this.")

    def _refuse_what_may_not_be(self) -> None:
        if said := self._refusal(Right.EXPORT):
            self.export_button.refuse(said)
        if said := self._refusal(register_parts.right_of(self.kind)):
            self.new_button.refuse(said)

    def _wire(self) -> None:
        self.model.ordered.connect(self._on_ordered)
        self.model.arrived.connect(self.table.fit)
        self.model.failed.connect(self._on_failed)
        self.model.ticked.connect(self._on_ticked)
        self.bar.searched.connect(self.model.set_text)
        self.bar.filter_opened.connect(self.filtering.open)
        self.bar.filter_removed.connect(self._on_filter_removed)
        self.bar.cleared.connect(self._on_filters_cleared)
        self.rows_button.clicked.connect(self._on_density)
        self.columns_button.clicked.connect(self._on_columns)
        self.filtering.column_turned.connect(self._on_column)
        self.table.opened.connect(self._on_opened)
        self.table.opened_aside.connect(self._on_opened_aside)
        self.table.copied.connect(self._on_copy)
        self.table.cleared.connect(self._on_cleared)
        self.table.removed.connect(self._on_remove)
        self.table.filter_wanted.connect(self.filtering.open_column)
        self.table.menu_wanted.connect(self.filtering.show_menu)
        self.selection.chosen.connect(self._on_act)
        self.selection.cleared.connect(self._on_cleared)
        self.export_button.clicked.connect(self._on_export)
        self.new_button.clicked.connect(self._on_new)
        self.empty.acted.connect(self._on_empty)
        self.error.acted.connect(self.refresh)
        self.papers.written.connect(self._on_written)
        self.papers.copied.connect(self._on_copied)
        self.desk.changed.connect(self._on_changed)
        keys = {"Ctrl+E": self._on_export, "Ctrl+N": self._on_new, "Ctrl+F": self._on_find}
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _on_ordered(self) -> None:
        self._shown_once = True
        shown, total = self.model.rowCount(), self.model.total
        self.header.set_subtitle(register_parts.subtitle(self.kind, shown, total))
        if self.error.tone == "overdue":
            self.error.say("")
        self.bar.show_filters(self.filtering.chips())
        self._show_empty(shown, total)
        self._tell()
        if shown and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 1))

    def _show_empty(self, shown: int, total: int) -> None:
        if shown:
            self.stack.setCurrentIndex(_TABLE)
            return
        if total:
            self.empty.show_words(_("No row passes the filters."), _("Clear filters"))
        else:
            action = self.new_button.text() if self._can_be_made() else ""
            if not self.new_button.isEnabled():
                action = ""
            self.empty.show_words(register_parts.nothing(self.kind), action)
        self.stack.setCurrentIndex(_EMPTY)

    def _tell(self) -> None:
        ticked, shown = len(self.model.ticks), self.model.rowCount()
        query = self.model.query
        filters = len(query.filters) + bool(query.text)
        self.told.emit(
            (
                register_parts.counted(ticked, shown),
                *self._sums,
                *register_parts.held(filters, len(query.sorts)),
            )
        )

    def _on_ticked(self) -> None:
        self.selection.show_count(len(self.model.ticks))
        self._sums = ()
        self._tell()
        if self._summing is not None:
            self._summing.cancel()
            self._summing = None
        specs = tuple(spec for spec in self.model.specs if looks.is_number(spec))
        numbers = tuple(self.model.ticks)
        if specs and register_parts.may_add(len(numbers)):

            def read(reader: Reader) -> list[ListRow]:
                return register_reading.read_rows(reader, self.kind, numbers, specs)

            self._summing = self.desk.ask(read, partial(self._on_sums, specs))

    def _on_sums(self, specs: tuple[ColumnSpec, ...], rows: list[ListRow]) -> None:
        self._summing = None
        self._sums = register_parts.sums(specs, rows)
        self._tell()

    def _chosen(self) -> tuple[int, ...]:
        """Return the ticked rows, or else the current one."""
        if ticked := self.model.chosen():
            return tuple(ticked)
        row = self.table.currentIndex().row()
        return (self.model.numbers[row],) if 0 <= row < self.model.rowCount() else ()

    def _go(self, numbers: Sequence[int], *, aside: bool = False) -> None:
        query = partial(register_parts.targets, kind=self.kind, numbers=list(numbers)[:MOST_OPENED])
        self.desk.ask(query, partial(self._open, aside))

    def _open(self, aside: bool, found: list[Target]) -> None:  # noqa: FBT001 - bound by partial
        for target in found:
            self.opened.emit(target, aside)

    def _on_opened(self, row: int) -> None:
        self._go([self.model.numbers[row]])

    def _on_opened_aside(self, row: int) -> None:
        self._go([self.model.numbers[row]], aside=True)

    def _on_act(self, key: str) -> None:
        match key:
            case "open":
                self._go(self.model.chosen())
            case "chart":
                self._on_chart()
            case "export":
                self._on_export()
            case "remove":
                self._on_remove()

    def _on_chart(self) -> None:
        query = partial(register_parts.ids_of, kind=self.kind, numbers=self.model.chosen())
        self.desk.ask(query, self._draw)

    def _draw(self, ids: list[UUID]) -> None:
        self.opened.emit(Target(page=PageKind.CHART, focus=tuple(ids)), False)

    def _on_remove(self) -> None:
        numbers = self._chosen()
        if numbers and not self._refusal(register_parts.right_of(self.kind)):
            query = partial(register_parts.ids_of, kind=self.kind, numbers=numbers)
            self.desk.ask(query, self._remove)

    def _remove(self, ids: list[UUID]) -> None:
        label = register_parts.remove_label(self.kind, len(ids))
        right = register_parts.right_of(self.kind)
        if len(ids) > MANY:

            def write(work: Work, _progress: Progress) -> None:
                self._take_out(work, ids)

            self.desk.write(label, write, right=right)
        else:
            self.desk.do(label, partial(self._take_out, ids=ids), right=right)

    def _take_out(self, work: Work, ids: Sequence[UUID]) -> None:
        if self.kind in LINKS:
            records.unlink(work, ids)
        elif self.kind in register_parts.PLANNED:
            plans.remove(work, ids)
        else:
            records.remove(work, ids)

    def _on_cleared(self) -> None:
        self.model.tick_all(on=False)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_copy(self) -> None:
        numbers = self._chosen()
        if said := self._refusal(Right.EXPORT):
            self.error.say(said, tone="due")
        elif numbers:
            self.papers.copy(self._rows(numbers))

    def _rows(self, numbers: Sequence[int]) -> Rows:
        return Rows(
            kind=self.kind,
            numbers=tuple(numbers),
            specs=self.model.specs,
            filters=self.filtering.words(),
        )

    def _on_export(self) -> None:
        numbers = tuple(self.model.chosen() or self.model.numbers)
        if not numbers or self._refusal(Right.EXPORT):
            return
        about = self.desk.workspace.about
        what = ngettext("{n} row", "{n} rows", len(numbers)).format(n=f"{len(numbers):,}")
        dialog = DisclosureDialog(
            what,
            suggested(self.kind, self.desk.today()),
            marking=about.marking.value,
            synthetic=about.synthetic,
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
        if not self._can_be_made() or not self.new_button.isEnabled():
            return
        if self.kind is Kind.CHART:
            self.opened.emit(Target(page=PageKind.CHART), True)
            return
        about = self.desk.workspace.about
        dialog = NewRecordDialog(
            self.kind,
            today=self.desk.today(),
            marking=about.marking.value,
            synthetic=about.synthetic,
            parent=self,
        )
        dialog.made.connect(partial(self._on_made, dialog))
        dialog.open()

    def _on_made(self, dialog: NewRecordDialog, entity: Entity) -> None:
        label = _("Add {kind}").format(kind=register_parts.inside(words.one(self.kind)))
        if self.desk.do(label, partial(records.create, entity=entity)):
            dialog.accept()
            self.opened.emit(Target(page=PageKind.RECORD, kind=self.kind, id=entity.id), False)
        else:
            dialog.say(_("It was not saved; the window says why."))

    def _on_find(self) -> None:
        self.bar.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.box.selectAll()

    def _on_density(self) -> None:
        kinds = (Density.COMPACT, Density.STANDARD, Density.COMFORTABLE)
        now = self.table.rows.density
        self.table.set_density(kinds[(kinds.index(now) + 1) % len(kinds)])

    def _on_columns(self) -> None:
        button = self.columns_button
        self.filtering.show_columns(button.mapToGlobal(QPoint(0, button.height())))

    def _on_column(self, name: str) -> None:
        names = self.columns.turned(name)
        self.columns.keep(names)
        self.table.yields = False
        self.model.show_columns(names)

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


_ALSO: Final = {
    Kind.OCG: (Kind.MEMBERSHIP, Kind.ASSIGNMENT, Kind.LINK),
    Kind.NOMINAL: LINKS,
    Kind.PLAN: (Kind.OCG,),
    Kind.ACTION: (Kind.PLAN,),
    **dict.fromkeys(LINKS, (Kind.OCG, Kind.NOMINAL, Kind.HANDLE, Kind.COUNTY_LINE)),
}
"""What else the columns of a kind tell of."""
