"""What a briefing is made by: product, record, audience, sections in their order, typed text."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ocgdesk.casework import briefs
from ocgdesk.casework.brief_naming import AUDIENCES
from ocgdesk.casework.brief_sections import SECTIONS
from ocgdesk.casework.briefs import TYPED, Wish
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.forms.finder import Finder, brief_columns
from ocgdesk.ui.forms.finder import briefs as found
from ocgdesk.ui.plan.form import LinesBox
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.labels import Label

_MOST: Final = 8
_CODE: Final = int(Qt.ItemDataRole.UserRole)


class SectionList(QListWidget):
    """The sections to choose from: ticked ones are in, in this order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Sections, ticked ones in this order"))
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)

    def offer(self, wanted: tuple[str, ...]) -> None:
        """Offer every section, those wanted first and ticked."""
        self.clear()
        for code in (*wanted, *(code for code in SECTIONS if code not in wanted)):
            item = QListWidgetItem(briefs.heading(code))
            item.setData(_CODE, code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if code in wanted else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.addItem(item)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that are ticked, in their order."""
        items = (self.item(row) for row in range(self.count()))
        ticked = (item for item in items if item.checkState() == Qt.CheckState.Checked)
        return tuple(str(item.data(_CODE)) for item in ticked)

    def current_code(self) -> str:
        """Return the code of the current section, or "" without one."""
        at = self.currentRow()
        return str(self.item(at).data(_CODE)) if at >= 0 else ""

    def shift(self, step: int) -> None:
        """Move the current section up or down by one."""
        at = self.currentRow()
        if at >= 0 and 0 <= at + step < self.count():
            item = self.takeItem(at)
            self.insertItem(at + step, item)
            self.setCurrentRow(at + step)


class BriefForm(QWidget):
    """Asks what is wanted; ``changed`` when something else is."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.subject: Brief | None = None
        self.texts: dict[str, str] = {}
        products = tuple(
            Option(code, label("product-types", code), "") for code in briefs.products()
        )
        self.product = Select(products, name=_("Product"), strong=True)
        self.finder = Finder(
            desk, self._find, brief_columns(name=160, ref=120), prompt=_("Find the record")
        )
        self.chosen = Label(_("No record chosen yet."), step="small", ink="text.2", wrap=True)
        audiences = tuple(Option(one.code, one.label) for one in code_list(AUDIENCES).offered())
        self.audience = Select(audiences, name=_("Audience"))
        self.sections = SectionList()
        self.up, self.down = outline(_("Up"), height="bar"), outline(_("Down"), height="bar")
        self.typed = LinesBox()
        self.typed.setAccessibleName(_("Text under the section"))
        self.about_typed = Label("", step="small", ink="text.3", wrap=True)
        self._lay_out()
        self.sections.offer(briefs.sections_of(self.product.current))
        self._wire()

    @property
    def wish(self) -> Wish | None:
        """What is wanted; None until a record is chosen."""
        if self.subject is None:
            return None
        return Wish(
            product=self.product.current,
            subject=self.subject.id,
            audience=self.audience.current,
            sections=self.sections.codes,
            texts=tuple((code, text) for code, text in self.texts.items() if text.strip()),
        )

    def show_wish(self, wish: Wish, subject: Brief) -> None:
        """Show what an earlier product was made by."""
        self.product.choose(wish.product)
        self.audience.choose(wish.audience)
        self.texts = dict(wish.texts)
        self.sections.offer(wish.sections)
        self.choose(subject)

    def choose(self, subject: Brief) -> None:
        """Make it about this record."""
        self.subject = subject
        self.chosen.setText(f"{subject.label} · {subject.ref}")
        self.finder.clear()
        self.changed.emit()

    def _find(self, reader: Reader, text: str) -> list[Brief]:
        kinds = (briefs.kind_of(self.product.current),)
        return found(reader, text, kinds=kinds, most=_MOST)

    def _lay_out(self) -> None:
        order = QHBoxLayout()
        order.addWidget(self.up)
        order.addWidget(self.down)
        order.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for title, *parts in (
            (_("Product"), self.product),
            (_("About"), self.chosen, self.finder),
            (_("For"), self.audience),
            (_("Sections"), self.sections),
        ):
            column.addWidget(Label(title, step="small", ink="text.3", weight="medium"))
            for part in parts:
                column.addWidget(part, 1 if part is self.sections else 0)
        column.addLayout(order)
        column.addWidget(self.about_typed)
        column.addWidget(self.typed)

    def _wire(self) -> None:
        self.product.chosen.connect(self._on_product)
        self.finder.taken.connect(self.choose)
        self.audience.chosen.connect(self._on_changed)
        self.sections.itemChanged.connect(self._on_changed)
        self.sections.currentRowChanged.connect(self._on_section)
        self.up.clicked.connect(partial(self.sections.shift, -1))
        self.down.clicked.connect(partial(self.sections.shift, 1))
        self.sections.model().rowsInserted.connect(self._on_changed)
        self.typed.textChanged.connect(self._on_typed)
        self._on_section()

    @Slot(str)
    def _on_product(self, code: str) -> None:
        if self.subject is not None and self.subject.kind is not briefs.kind_of(code):
            self.subject = None
            self.chosen.setText(_("No record chosen yet."))
        self.sections.offer(briefs.sections_of(code))
        self.changed.emit()

    @Slot()
    def _on_section(self) -> None:
        code = self.sections.current_code()
        self.typed.setEnabled(bool(code))
        told = _("Your words under “{name}”, after what the register says.")
        if code.startswith(TYPED):
            told = _("What stands under “{name}”.")
        words = (
            told.format(name=briefs.heading(code)) if code else _("Choose a section to write in.")
        )
        self.about_typed.setText(words)
        self.typed.blockSignals(True)
        self.typed.setPlainText(self.texts.get(code, ""))
        self.typed.blockSignals(False)

    @Slot()
    def _on_typed(self) -> None:
        if code := self.sections.current_code():
            self.texts[code] = self.typed.toPlainText()
            self.changed.emit()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()
