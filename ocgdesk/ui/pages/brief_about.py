"""What a product is about: one record; or a force or town, or the register, over a period."""

from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.casework import brief_products
from ocgdesk.casework.briefs import Wish
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.returns import Period
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.forms.finder import Finder, brief_columns
from ocgdesk.ui.forms.finder import briefs as found
from ocgdesk.ui.pages.return_parts import CUSTOM, PeriodBoxes, choices, options
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label

_MOST: Final = 8
_WAIT_MS: Final = 500


class BriefAbout(QWidget):
    """Asks what the product chosen is about; ``changed`` when it is about something else."""

    changed = Signal()

    def __init__(self, desk: Desk, product: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = desk.today()
        self.product = product
        self.subject: Brief | None = None
        self.finder = Finder(
            desk, self._find, brief_columns(name=160, ref=120), prompt=_("Find the record")
        )
        self.chosen = Label(_("No record chosen yet."), step="small", ink="text.2", wrap=True)
        self.place = TextBox(placeholder=_("Force, regional unit or town"), name=_("Area"))
        agencies = (Option(one.code, one.label) for one in code_list("agencies").offered())
        every = Option("", _("Every agency"))
        self.agency = Select((every, *agencies), name=_("Agency"))
        self.periods = Select(options(self._today), name=_("Period"))
        self.boxes = PeriodBoxes(choices(self._today)[0].period, self._today)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_WAIT_MS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in self._parts():
            column.addWidget(part)
        self._wire()
        self.ask_of(product)

    def _parts(self) -> tuple[QWidget, ...]:
        return (self.chosen, self.finder, self.place, self.agency, self.periods, self.boxes)

    def _wire(self) -> None:
        self.finder.taken.connect(self.choose)
        self.place.textEdited.connect(self._typing.start)
        self.place.editingFinished.connect(self._on_place)
        self._typing.timeout.connect(self._on_place)
        self.agency.chosen.connect(self.changed)
        self.periods.chosen.connect(self._on_period)
        self.boxes.changed.connect(self.changed)

    def ask_of(self, product: str) -> None:
        """Ask what this product is about."""
        self.product = product
        kind, about_area = brief_products.kind_of(product), brief_products.needs_area(product)
        if self.subject is not None and self.subject.kind is not kind:
            self.subject = None
            self.chosen.setText(_("No record chosen yet."))
        for part in (self.chosen, self.finder):
            part.setVisible(kind is not None)
        self.place.setVisible(about_area)
        self.agency.setVisible(kind is None and not about_area)
        self.periods.setVisible(kind is None)
        self._show_boxes()

    def choose(self, subject: Brief) -> None:
        """Make it about this record."""
        self.subject = subject
        self.chosen.setText(f"{subject.label} · {subject.ref}")
        self.finder.clear()
        self.changed.emit()

    def show_wish(self, wish: Wish) -> None:
        """Show the area and the period an earlier product was about."""
        self.ask_of(wish.product)
        self.place.setText(wish.area)
        self.agency.choose(wish.area)
        if wish.period is not None:
            self.periods.choose(CUSTOM)
            self.boxes.show_period(wish.period)
        self._show_boxes()

    @property
    def is_said(self) -> bool:
        """Whether it is said what the product is about."""
        if brief_products.kind_of(self.product) is not None:
            return self.subject is not None
        return not brief_products.needs_area(self.product) or bool(self.place.text().strip())

    @property
    def area(self) -> str:
        """The area or the agency; nothing where it is about a record or the whole register."""
        if brief_products.kind_of(self.product) is not None:
            return ""
        is_area = brief_products.needs_area(self.product)
        return self.place.text().strip() if is_area else self.agency.current

    @property
    def period(self) -> Period | None:
        """The period of what is counted; None for the last twelve months."""
        if brief_products.kind_of(self.product) is not None:
            return None
        if self.periods.current == CUSTOM:
            return self.boxes.period() or self.boxes.sound
        known = {one.key: one.period for one in choices(self._today)}
        return known.get(self.periods.current)

    def _find(self, reader: Reader, text: str) -> list[Brief]:
        kind = brief_products.kind_of(self.product)
        return found(reader, text, kinds=(kind,), most=_MOST) if kind is not None else []

    def _show_boxes(self) -> None:
        is_wide = brief_products.kind_of(self.product) is None
        self.boxes.setVisible(is_wide and self.periods.current == CUSTOM)

    @Slot()
    def _on_place(self) -> None:
        self._typing.stop()
        self.changed.emit()

    @Slot(str)
    def _on_period(self, _key: str) -> None:
        self._show_boxes()
        self.changed.emit()
