"""The register of products: what left, for whom, what changed since, what was recalled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import imprints, product_changes, product_specs, products, recalls
from ocgdesk.casework.product_changes import Since
from ocgdesk.casework.recalls import Resting
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.products import ISSUED, RECALLED, Product
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import DeskError
from ocgdesk.i18n import N_, _
from ocgdesk.store import records
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.recall_dialog import RecallDialog
from ocgdesk.ui.fonts import px
from ocgdesk.ui.forms.finder import Finder, brief_columns
from ocgdesk.ui.forms.finder import briefs as found_briefs
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView, column
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.brief_changes import BriefChanges
from ocgdesk.ui.pages.brief_figures import BriefFigures
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.chips import Filter, FilterChip
from ocgdesk.ui.widgets.flow import Flow
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.notes import EmptyState
from ocgdesk.ui.widgets.values import Status, Text, words

_MOST: Final = 8
_UNCHANGED: Final = N_("No record that it tells of has changed since it was issued.")
_RESTED_ON: Final = (*SUBJECTS, Kind.REPORT, Kind.DISRUPTION, Kind.REQUEST)


@dataclass(frozen=True, slots=True)
class Row:
    """A product, and whether anything it rests on was touched since."""

    product: Product
    is_touched: bool
    subject: Brief | None


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of the register and, of one record, all that rests on it."""

    rows: tuple[Row, ...]
    resting: Resting | None = None


class BriefRegister(QWidget):
    """The products that were issued, the newest first."""

    opened = Signal(object, bool)
    again = Signal(object, object)
    """A Product to make the next version of, and the Brief it is about or None."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = Inquiry(self._desk, self)
        self._figures_asked = Inquiry(self._desk, self)
        self._changes_asked = Inquiry(self._desk, self)
        self._on: UUID | None = None
        self.model = ShortTable(_columns())
        self.table = ShortTableView(self.model, name=_("Issued briefings"))
        self.empty = EmptyState(_("Nothing has been issued yet."))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.about = Finder(
            desk,
            _records,
            brief_columns(name=240, ref=170),
            prompt=_("Which briefings rest on this record?"),
        )
        self.about.setFixedWidth(px(420))
        self.chip: FilterChip | None = None
        """The record that the briefings listed rest on, where one was chosen."""
        self.chips = Flow()
        self.changes = BriefChanges()
        self.figures = BriefFigures()
        self.says = Label("", step="small", ink="text.2", wrap=True)
        self.again_button = outline(_("New version"))
        self.recall_button = outline(_("Recall"))
        for button in (self.again_button, self.recall_button):
            if not desk.may(Right.EXPORT):
                button.refuse(_("Your roles do not allow this."))
        self._lay_out()
        self.chips.hide()
        self.about.taken.connect(self.rest_on)
        self.table.opened.connect(self._on_opened)
        self.changes.opened.connect(self.opened)
        copy = QShortcut(QKeySequence.StandardKey.Copy, self.table)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self._on_copy)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.again_button.clicked.connect(self._on_again)
        self.recall_button.clicked.connect(self._on_recall)
        self.refresh()

    def ready(self) -> bool:
        """Tell whether the register is shown."""
        asked = (self._asked, self._figures_asked, self._changes_asked)
        return not any(one.is_open for one in asked)

    def leave(self) -> None:
        """Stop asking."""
        self._asked.drop()
        self._figures_asked.drop()
        self._changes_asked.drop()

    def refresh(self) -> None:
        """Ask for the register again."""
        self._asked.ask(partial(_read, on=self._on), self._show)

    def rest_on(self, record: Brief) -> None:
        """List only what rests on this record: whom to tell if it was wrong."""
        self._on = record.id
        self._figures_asked.drop()
        self.figures.clear()
        self.about.clear()
        self.chip = FilterChip(Filter(str(record.id), f"{record.label} · {record.ref}"))
        self.chip.removed.connect(self._on_any)
        self.chips.show_parts([self.chip])
        self.chips.show()
        self.refresh()

    @Slot()
    def _on_any(self) -> None:
        self._on = None
        self.chip = None
        self.chips.show_parts([])
        self.chips.hide()
        self.refresh()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(self.says, 1)
        foot.addWidget(self.again_button)
        foot.addWidget(self.recall_button)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 16, 8)
        top.setSpacing(8)
        top.addWidget(self.about, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.chips, 1)
        top.addStretch(1)
        column_.addLayout(top)
        column_.addWidget(self.stack, 1)
        column_.addWidget(self.changes)
        column_.addWidget(self.figures)
        column_.addLayout(foot)

    def _show(self, listed: Listed) -> None:
        rows = listed.rows
        if listed.resting is not None:
            self.figures.show_resting(listed.resting)
        self.model.show_rows(rows)
        self.table.share()
        self.stack.setCurrentWidget(self.table if rows else self.empty)
        nothing = _("No issued briefing rests on this record.")
        self.empty.show_words(nothing if self._on else _("Nothing has been issued yet."))
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._on_current()

    def _row(self) -> Row | None:
        row: Row | None = self.table.row()
        return row

    @Slot()
    def _on_current(self) -> None:
        row = self._row()
        live = row is not None and row.product.status == ISSUED
        if self._desk.may(Right.EXPORT):
            self.again_button.setEnabled(row is not None and _is_there(row))
            self.recall_button.setEnabled(live)
        self._ask_changes(row)
        if self._on is None:
            self._count_again(row)

    def _ask_changes(self, row: Row | None) -> None:
        """Ask what changed since a product was issued, where anything was touched at all."""
        self._changes_asked.drop()
        self.changes.clear()
        if row is None:
            self.says.setText("")
        elif not row.is_touched:
            self.says.setText(_(_UNCHANGED))
        else:
            self.says.setText(_("Looking for what changed since it was issued…"))
            now = datetime.now(LONDON)
            question = partial(product_changes.since, product=row.product, now=now)
            self._changes_asked.ask(question, self._on_changes, self._on_unknown)

    def _on_changes(self, found: Since) -> None:
        self.changes.show_since(found)
        self.says.setText("" if found.changes or found.unmade else _(_UNCHANGED))

    @Slot(object)
    def _on_unknown(self, error: DeskError) -> None:
        self.says.setText(str(error))

    def _count_again(self, row: Row | None) -> None:
        """Ask which figures of a product are others now."""
        self.figures.clear()
        self._figures_asked.drop()
        if row is not None and product_specs.counts(row.product):
            question = partial(recalls.moved, product=row.product)
            self._figures_asked.ask(question, self.figures.show_moved)

    @Slot(int)
    def _on_opened(self, number: int) -> None:
        """Open what a product is about; the product itself where that is no record."""
        row: Row = self.model.rows[number]
        about = row.subject or row.product
        self.opened.emit(Target(page=PageKind.RECORD, kind=about.kind, id=about.id), False)

    @Slot()
    def _on_copy(self) -> None:
        """Copy the line of the product that is chosen, with its headings; the journal keeps it."""
        row = self._row()
        if row is None or not self._desk.may(Right.EXPORT):
            return
        columns = self.model.columns
        lines = ([one.heading.title for one in columns], [words(one.cell(row)) for one in columns])
        text = "\n".join("\t".join(line) for line in lines)
        about = (row.subject.no,) if row.subject else ()
        if self._desk.disclose(_("Copy from the register of products"), about, format="clipboard"):
            QGuiApplication.clipboard().setText(text)

    @Slot()
    def _on_again(self) -> None:
        row = self._row()
        if row is not None and _is_there(row):
            self.again.emit(row.product, row.subject)

    @Slot()
    def _on_recall(self) -> None:
        row = self._row()
        if row is None:
            return
        dialog = RecallDialog(self._desk, row.product, parent=self)
        dialog.given.connect(partial(self._recall, row.product))
        dialog.open()

    def _recall(self, product: Product, reason: str) -> None:
        act = partial(products.recall, id_=product.id, reason=reason, today=self._desk.today())
        self._desk.do("Recall product", act)


def _records(reader: Reader, text: str) -> list[Brief]:
    return found_briefs(reader, text, kinds=_RESTED_ON, most=_MOST)


def _read(reader: Reader, *, on: UUID | None) -> Listed:
    if on is None:
        return Listed(_rows(reader, products.register(reader)))
    resting = recalls.resting_on(reader, on)
    return Listed(_rows(reader, [paper.product for paper in resting.papers]), resting)


def _rows(reader: Reader, found: Sequence[Product]) -> tuple[Row, ...]:
    about = records.by_ids(reader, [one.subject for one in found if one.subject])
    return tuple(
        Row(
            one,
            product_changes.is_touched(reader, one),
            about.get(one.subject) if one.subject else None,
        )
        for one in found
    )


def _is_there(row: Row) -> bool:
    """Tell whether what a product is about is still there: its record, where it is about one."""
    return row.subject is not None or row.product.subject is None


def _status(row: Row) -> Status:
    words = label("product-statuses", row.product.status)
    if row.product.status == RECALLED:
        return Status(words, "status.warning", "overdue")
    return Status(words, "status.ok" if row.product.status == ISSUED else "status.dormant")


def _issued(row: Row) -> str:
    return imprints.issued_at(row.product)


def _whom(row: Row) -> str:
    return products.whom(row.product)


def _columns() -> tuple[Column, ...]:
    return (
        _plain(_("Number"), lambda row: row.product.ref, 190),
        _plain(_("Product"), lambda row: row.product.title, 240, stretch=3),
        _plain(_("Version"), lambda row: str(row.product.number), 80, by=_version),
        column(_("Status"), _status, lambda row: row.product.status, 110, stretch=0),
        _plain(_("Issued"), _issued, 150, by=_moment),
        _plain(_("For whom"), _whom, 140, stretch=1),
        _plain(_("Audience"), lambda row: label("audiences", row.product.audience), 120, yields=2),
        _plain(_("Author"), lambda row: row.product.author, 120, yields=3),
        _plain(_("Changed since"), lambda row: _("Yes") if row.is_touched else "–", 120, yields=1),
    )


def _version(row: Row) -> tuple[str, int]:
    return row.product.title.casefold(), row.product.number


def _moment(row: Row) -> datetime | None:
    return row.product.issued


def _plain(
    title: str,
    text: Callable[[Row], str],
    width: int,
    *,
    stretch: int = 0,
    yields: int = 0,
    by: Callable[[Row], object] | None = None,
) -> Column:
    """Return a column of plain words, ordered by them or by what they stand for."""
    return column(
        title,
        lambda row: Text(text(row), "text" if stretch else "text.2"),
        by or (lambda row: text(row).casefold()),
        width,
        stretch=stretch,
        yields=yields,
    )
