"""The register of products: what left, for whom, what changed since, what was recalled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import products, recalls
from ocgdesk.casework.recalls import Resting
from ocgdesk.domain.dates import LONDON, shown
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.products import Product
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import records
from ocgdesk.store.issued import Since
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
from ocgdesk.ui.pages.brief_figures import BriefFigures
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.chips import Filter, FilterChip
from ocgdesk.ui.widgets.flow import Flow
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.notes import EmptyState
from ocgdesk.ui.widgets.values import Status, Text

_MOST: Final = 8
_RESTED_ON: Final = (*SUBJECTS, Kind.REPORT, Kind.DISRUPTION, Kind.REQUEST)


@dataclass(frozen=True, slots=True)
class Row:
    """A product with how many of its records changed since."""

    product: Product
    changed: tuple[Since, ...]
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
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.again_button.clicked.connect(self._on_again)
        self.recall_button.clicked.connect(self._on_recall)
        self.refresh()

    def ready(self) -> bool:
        """Tell whether the register is shown."""
        return not (self._asked.is_open or self._figures_asked.is_open)

    def leave(self) -> None:
        """Stop asking."""
        self._asked.drop()
        self._figures_asked.drop()

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
        live = row is not None and row.product.status == products.ISSUED
        if self._desk.may(Right.EXPORT):
            self.again_button.setEnabled(row is not None and _is_there(row))
            self.recall_button.setEnabled(live)
        self.says.setText(_changes(row) if row is not None else "")
        if self._on is None:
            self._count_again(row)

    def _count_again(self, row: Row | None) -> None:
        """Ask which figures of a product are others now."""
        self.figures.clear()
        self._figures_asked.drop()
        if row is not None and products.counts(row.product):
            question = partial(recalls.moved, product=row.product)
            self._figures_asked.ask(question, self.figures.show_moved)

    @Slot(int)
    def _on_opened(self, number: int) -> None:
        row: Row = self.model.rows[number]
        target = Target(page=PageKind.RECORD, kind=row.product.kind, id=row.product.id)
        self.opened.emit(target, False)

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
        Row(one, products.since(reader, one), about.get(one.subject) if one.subject else None)
        for one in found
    )


def _is_there(row: Row) -> bool:
    """Tell whether what a product is about is still there: its record, where it is about one."""
    return row.subject is not None or row.product.subject is None


def _changes(row: Row) -> str:
    if not row.changed:
        return _("None of the records it rests on has changed since it was issued.")
    told = ngettext(
        "{n} record it rests on has changed since: {refs}",
        "{n} records it rests on have changed since: {refs}",
        len(row.changed),
    )
    refs = ", ".join(one.record.ref for one in row.changed[:8])
    return told.format(n=len(row.changed), refs=refs)


def _status(row: Row) -> Status:
    words = label("product-statuses", row.product.status)
    if row.product.status == products.RECALLED:
        return Status(words, "status.warning", "overdue")
    return Status(words, "status.ok" if row.product.status == products.ISSUED else "status.dormant")


def _issued(row: Row) -> str:
    at = row.product.issued
    return shown(at.astimezone(LONDON).date()) if at else ""


def _columns() -> tuple[Column, ...]:
    return (
        _plain(_("Reference"), lambda row: row.product.ref, 190),
        _plain(_("Product"), lambda row: row.product.title, 220, stretch=3),
        _plain(_("Version"), lambda row: str(row.product.number), 70),
        _plain(_("For"), lambda row: row.product.recipient, 120, stretch=1),
        _plain(_("Audience"), lambda row: label("audiences", row.product.audience), 120, yields=1),
        _plain(_("Issued"), _issued, 100),
        _plain(_("Changed since"), lambda row: str(len(row.changed) or "–"), 110),
        column(_("Status"), _status, lambda row: row.product.status, 120, stretch=0),
    )


def _plain(
    title: str, text: Callable[[Row], str], width: int, *, stretch: int = 0, yields: int = 0
) -> Column:
    """Return a column of plain words, ordered by them."""
    return column(
        title,
        lambda row: Text(text(row), "text" if stretch else "text.2"),
        lambda row: text(row).casefold(),
        width,
        stretch=stretch,
        yields=yields,
    )
