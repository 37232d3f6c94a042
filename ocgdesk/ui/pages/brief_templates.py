"""The force's own templates of papers: added, looked at, removed."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import paper_templates
from ocgdesk.casework.paper_templates import Prepared
from ocgdesk.domain.dates import shown
from ocgdesk.domain.people import Right
from ocgdesk.domain.products import PaperTemplate
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.template_dialog import TemplateDialog, said_of
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView, column
from ocgdesk.ui.widgets.buttons import outline, primary
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.widgets.values import Text


@dataclass(frozen=True, slots=True)
class Row:
    """A template with the fields in it."""

    template: PaperTemplate
    fields: tuple[str, ...]


class BriefTemplates(QWidget):
    """The templates a briefing can be made by. ``changed`` when others are offered."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = Inquiry(self._desk, self)
        self.rows: tuple[Row, ...] = ()
        self.model = ShortTable(_columns())
        self.table = ShortTableView(self.model, name=_("Templates"))
        self.empty = EmptyState(
            _("No template yet. Add a Word file or slides of your own with fields in it.")
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.note = ErrorBanner(closable=False, parent=self)
        self.says = Label("", step="small", ink="text.2", wrap=True)
        self.add_button = primary(_("Add template"), icon="action.open-file")
        self.remove_button = outline(_("Remove"))
        if not desk.may(Right.RETURNS):
            for button in (self.add_button, self.remove_button):
                button.refuse(_("An administrator or coordinator adds templates"))
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.add_button.clicked.connect(self._on_add)
        self.remove_button.clicked.connect(self._on_remove)
        self.refresh()

    def ready(self) -> bool:
        """Tell whether the templates are shown."""
        return not self._asked.is_open

    def leave(self) -> None:
        """Stop asking."""
        self._asked.drop()

    def refresh(self) -> None:
        """Ask for the templates again."""
        self._asked.ask(_read, self._show)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(self.says, 1)
        foot.addWidget(self.remove_button)
        foot.addWidget(self.add_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.note)
        whole.addWidget(self.stack, 1)
        whole.addLayout(foot)

    def _show(self, rows: tuple[Row, ...]) -> None:
        self.rows = rows
        self.model.show_rows(rows)
        self.table.share()
        self.stack.setCurrentWidget(self.table if rows else self.empty)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._on_current()
        self.changed.emit()

    @Slot()
    def _on_current(self) -> None:
        row: Row | None = self.table.row()
        if self._desk.may(Right.RETURNS):
            self.remove_button.setEnabled(row is not None)
        self.says.setText(" ".join(said_of(row.fields)) if row is not None else "")

    @Slot()
    def _on_add(self) -> None:
        kinds = _("Word files and presentations (*.docx *.pptx)")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Add template"), "", kinds)
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Look at a file, then ask what it is called."""
        self.note.say("")
        task = partial(_prepared, path)
        job = self._desk.background(_("Read template"), task, self._on_prepared)
        job.failed.connect(self._on_failed)

    def _on_prepared(self, made: Prepared) -> None:
        self.dialog = TemplateDialog(self._desk, made, parent=self)
        self.dialog.given.connect(partial(self._add, made))
        self.dialog.open()

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.note.say(str(error), tone="overdue")

    def _add(self, made: Prepared, title: str, product: str) -> None:
        act = partial(
            paper_templates.add, made=made, title=title, product=product, today=self._desk.today()
        )
        self._desk.do("Add template", act, right=Right.RETURNS)

    @Slot()
    def _on_remove(self) -> None:
        row: Row | None = self.table.row()
        if row is not None:
            act = partial(paper_templates.retire, id_=row.template.id)
            self._desk.do("Remove template", act, right=Right.RETURNS)


def _prepared(path: Path, _progress: object) -> Prepared:
    return paper_templates.prepare(path)


def _read(reader: Reader) -> tuple[Row, ...]:
    found = paper_templates.templates(reader)
    return tuple(Row(one, paper_templates.fields(reader, one)) for one in found)


def _columns() -> tuple[Column, ...]:
    return (
        column(_("Title"), _title, lambda row: row.template.title.casefold(), 220, stretch=3),
        column(_("Format"), _format, lambda row: row.template.media, 140),
        column(_("For"), _product, lambda row: row.template.product_type, 160),
        column(_("Added"), _added, lambda row: str(row.template.added), 110),
    )


def _title(row: Row) -> Text:
    return Text(row.template.title)


def _format(row: Row) -> Text:
    return Text(label("product-media", row.template.media), "text.2")


def _product(row: Row) -> Text:
    words = label("product-types", row.template.product_type)
    return Text(words or _("Any product"), "text.2")


def _added(row: Row) -> Text:
    return Text(shown(row.template.added) if row.template.added else "", "text.2")
