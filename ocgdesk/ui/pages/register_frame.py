"""The parts of a register's page: what stands where, and what may not be done."""

from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework.views import Layout
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _
from ocgdesk.ui import words
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.models.register_model import RegisterModel
from ocgdesk.ui.navigation import Page, Target
from ocgdesk.ui.pages import register_parts
from ocgdesk.ui.pages.register_acts import RegisterActs
from ocgdesk.ui.pages.register_dragging import RowDrag
from ocgdesk.ui.pages.register_editing import Editing
from ocgdesk.ui.pages.register_exporting import RegisterPapers
from ocgdesk.ui.pages.register_figures import Figures
from ocgdesk.ui.pages.register_filling import Filling
from ocgdesk.ui.pages.register_filtering import Filtering
from ocgdesk.ui.pages.register_past import RegisterPast
from ocgdesk.ui.pages.register_table import RegisterTable
from ocgdesk.ui.pages.register_views import Views
from ocgdesk.ui.widgets.buttons import icon_button, outline, primary
from ocgdesk.ui.widgets.headers import FilterBar, PageHeader, SelectionBar, page_margin
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

_TABLE, _EMPTY = 0, 1


class RegisterFrame(Page):
    """Header, filters, table and selection bar of one kind, not yet wired."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        assert target.kind is not None  # noqa: S101 - a register is always of some kind
        self.kind: Kind = target.kind
        self.title = words.many(self.kind)
        self.icon = words.icon_of(self.kind)
        self.model = RegisterModel(desk, self.kind, target.query, self)
        self.papers = RegisterPapers(desk, self)
        self.acts = RegisterActs(desk, self.kind, self)
        self.chosen_columns: tuple[str, ...] = ()
        """Columns the user chose; none are the usual ones."""
        self._build()

    def layout_now(self) -> Layout:
        """Return how the list is looked at now, for a view to keep."""
        query = self.model.query
        return Layout(
            columns=self.chosen_columns,
            widths=dict(self.table.widths.kept),
            frozen=self.table.frozen_count,
            sorts=query.sorts,
            filters=query.filters,
            text=query.text,
            group=self.model.by,
        )

    def show_empty(self, shown: int, total: int) -> None:
        """Show the table, or where it has no row what belongs there."""
        if shown:
            self.stack.setCurrentIndex(_TABLE)
            return
        if total:
            self.empty.show_words(_("No row passes the filters."), _("Clear filters"))
        else:
            action = self.new_button.text() if self.can_be_made() else ""
            if not self.new_button.isEnabled():
                action = ""
            self.empty.show_words(register_parts.nothing(self.kind), action)
        self.stack.setCurrentIndex(_EMPTY)

    def warn(self, sentence: str) -> None:
        """Say this over the table."""
        self.error.say(sentence, tone="due")

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        self.past = RegisterPast(self.model, self)
        self.header.add_action(self.past.button)
        self.export_button = outline(_("Export"), icon="action.export", key="Ctrl+E")
        self.header.add_action(self.export_button)
        self.grid_button = outline(_("Threat grid"), icon="page.threat-grid")
        self.header.add_action(self.grid_button)
        self.grid_button.setVisible(self.kind is Kind.OCG)
        title = _("New {kind}").format(kind=register_parts.inside(words.one(self.kind)))
        self.new_button = primary(title, icon="action.add", key="Ctrl+N")
        self.header.add_action(self.new_button)
        self.new_button.setVisible(self.can_be_made())
        self.error = ErrorBanner(closable=True, parent=self)
        self.table = RegisterTable(self.model, name=self.title)
        self.drags = tuple(
            RowDrag(view, self.model, self.desk.workspace.about.id)
            for view in (self.table, self.table.frozen)
        )
        self.views = Views(self.desk, self.kind, self.layout_now, self)
        self._build_bar()
        self.filtering = Filtering(self.desk, self.table, self)
        self.editing = Editing(self.desk, self.table, self, self.no_edit)
        self.filling = Filling(self.desk, self.table, self, self.no_edit)
        self.figures = Figures(self.desk, self.model, self)
        self.empty = EmptyState("")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.selection = SelectionBar(self._acts())
        held = QVBoxLayout()
        held.setContentsMargins(page_margin(self), 0, page_margin(self), 0)
        held.addWidget(self.error)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.past.strip)
        column.addWidget(self.header)
        column.addLayout(held)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        column.addWidget(self.selection)
        self._refuse_what_may_not_be()

    def _build_bar(self) -> None:
        self.bar = FilterBar()
        self.rows_button = icon_button("action.rows", _("Row height"), look="outline")
        self.columns_button = icon_button("action.columns", _("Choose columns"), look="outline")
        self.bar.add_left(self.views.button)
        self.bar.add_right(self.rows_button)
        self.bar.add_right(self.columns_button)

    def can_be_made(self) -> bool:
        """Tell whether records of the kind are made on this page."""
        return self.kind in {*register_parts.MADE_BY_HAND, Kind.CHART}

    def _acts(self) -> tuple[Any, ...]:
        return register_parts.acts(
            self.kind, edits=self.no_edit(), exports=self.refusal(Right.EXPORT)
        )

    def no_edit(self) -> str:
        """Return why nothing can be changed here; empty where it can."""
        return self.past.refusal() or self.refusal(register_parts.right_of(self.kind))

    def refusal(self, right: Right) -> str:
        """Return why the user may not do this here; empty where they may."""
        if self.desk.may(right):
            return ""
        if self.desk.user.may(right):
            return _("This workspace is open read only.")
        return _("Your roles do not allow this.")

    def _refuse_what_may_not_be(self) -> None:
        if said := self.refusal(Right.EXPORT):
            self.export_button.refuse(said)
        self._refuse_to_make()
        self.past.moved.connect(self._refuse_to_make)

    def _refuse_to_make(self) -> None:
        if said := self.no_edit():
            self.new_button.refuse(said)
        else:
            self.new_button.allow()
