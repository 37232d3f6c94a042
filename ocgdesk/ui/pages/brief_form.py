"""What a briefing is made by: product, record, audience, sections in their order, typed text."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ocgdesk.casework import brief_products
from ocgdesk.casework.audiences import AUDIENCES
from ocgdesk.casework.brief_products import CHART, TYPED
from ocgdesk.casework.briefs import Wish
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.products import PaperTemplate
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.forms.finder import Finder, brief_columns
from ocgdesk.ui.forms.finder import briefs as found
from ocgdesk.ui.pages.brief_about import BriefAbout
from ocgdesk.ui.pages.brief_section_list import SectionList
from ocgdesk.ui.pages.brief_settling import Settled
from ocgdesk.ui.plan.form import LinesBox
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.cards import Panel, Rule, Scroller
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.labels import Label

_MOST: Final = 8
_ROOM: Final = 24
"""Pixels kept in sight above and below the section that is chosen."""


class BriefForm(QWidget):
    """Asks what is wanted; ``changed`` when something else is.

    What is asked scrolls; what is done to the section that is chosen stays in sight beneath.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.texts: dict[str, str] = {}
        self._templates: tuple[PaperTemplate, ...] = ()
        products = tuple(
            Option(code, label("product-types", code), "") for code in brief_products.products()
        )
        self.product = Select(products, name=_("Product"), strong=True)
        self.about = BriefAbout(desk, self.product.current)
        self.charts = Finder(
            desk, _charts, brief_columns(name=160, ref=120), prompt=_("Add a saved chart")
        )
        audiences = tuple(Option(one.code, one.label) for one in code_list(AUDIENCES).offered())
        self.audience = Select(audiences, name=_("Audience"))
        self.template = Select((Option("", _("This program's look")),), name=_("Template"))
        self._template_title = _caption(_("Template"))
        self.sections = SectionList()
        self.up, self.down = outline(_("Up"), height="bar"), outline(_("Down"), height="bar")
        self.columns = outline(_("Columns…"), height="bar")
        self._known: Mapping[str, tuple[str, ...]] = {}
        self.left_out: dict[str, tuple[str, ...]] = {}
        """The titles of columns that are left out, by section."""
        self.settled = Settled()
        """What was settled of the check, for the audience that is chosen."""
        highest = Option("", _("As high as its content"))
        self.marking = Select(
            (highest, *(Option(one.value, one.banner) for one in Marking)), name=_("Marking")
        )
        self.typed = LinesBox()
        self.typed.setAccessibleName(_("Text under the section"))
        self.typed.setFixedHeight(px(60))
        self.about_typed = Label("", step="small", ink="text.3", wrap=True)
        self._lay_out()
        self._offer(self.product.current)
        self._wire()

    @property
    def wish(self) -> Wish | None:
        """What is wanted; None until it is said what it is about."""
        if not self.about.is_said:
            return None
        subject = self.about.subject
        return Wish(
            product=self.product.current,
            subject=subject.id if subject else None,
            area=self.about.area,
            period=self.about.period,
            audience=self.audience.current,
            sections=self.sections.codes,
            texts=tuple((code, text) for code, text in self.texts.items() if text.strip()),
            marking=Marking(self.marking.current) if self.marking.current else None,
            left_out=tuple((code, titles) for code, titles in self.left_out.items() if titles),
            template=UUID(self.template.current) if self.template.current else None,
            settled=self.settled.words,
            despite=self.settled.despite,
            leaves_out_ruled=self.settled.leaves_out_ruled,
        )

    @Slot(object)
    def settle(self, settled: Settled) -> None:
        """Take what was settled of the check, and ask for the briefing anew."""
        self.settled = settled
        self.changed.emit()

    def know_columns(self, columns: Mapping[str, tuple[str, ...]]) -> None:
        """Know the columns that can be left out of each section, as it was last made."""
        self._known = columns
        self._show_columns()

    @property
    def template_media(self) -> str:
        """The format of the template chosen; nothing without one."""
        chosen = self.template.current
        return next((one.media for one in self._templates if str(one.id) == chosen), "")

    def offer_templates(self, found: Iterable[PaperTemplate]) -> None:
        """Offer the force's own files that fit the product; without any nothing is asked."""
        self._templates = tuple(found)
        product = self.product.current
        fitting = [one for one in self._templates if one.product_type in {"", product}]
        own = (Option(str(one.id), one.title, f".{one.media}") for one in fitting)
        look = Option("", _("This program's look"))
        self.template.show_options((look, *own), self.template.current)
        self._show_template(is_there=bool(fitting))

    def show_wish(self, wish: Wish, subject: Brief | None) -> None:
        """Show what an earlier product was made by."""
        self.product.choose(wish.product)
        self.audience.choose(wish.audience)
        self.marking.choose(wish.marking.value if wish.marking else "")
        self.texts, self.left_out = dict(wish.texts), dict(wish.left_out)
        # Why a condition was set aside was said of that version: it is asked anew.
        self.settled = Settled(wish.settled, leaves_out_ruled=wish.leaves_out_ruled)
        self.sections.offer(wish.sections, brief_products.offered(wish.product))
        self.about.show_wish(wish)
        self.offer_templates(self._templates)
        self.template.choose(str(wish.template or ""))
        if subject is not None:
            self.about.choose(subject)
        self.changed.emit()

    def _offer(self, product: str) -> None:
        self.sections.offer(brief_products.sections_of(product), brief_products.offered(product))

    def _lay_out(self) -> None:
        self._asked = Panel("clear")
        column = QVBoxLayout(self._asked)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(6)
        for title, part in (
            (_caption(_("Product")), self.product),
            (_caption(_("About")), self.about),
            (_caption(_("For")), self.audience),
            (_caption(_("Marking")), self.marking),
            (self._template_title, self.template),
            (_caption(_("Sections")), self.sections),
        ):
            column.addWidget(title)
            column.addWidget(part)
        column.addWidget(self.charts)
        column.addStretch(1)
        self.scroller = Scroller(self._asked)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.scroller, 1)
        whole.addWidget(Rule())
        whole.addLayout(self._of_section())
        self._show_template(is_there=False)

    def _of_section(self) -> QVBoxLayout:
        """Return what can be done to the section that is chosen."""
        order = QHBoxLayout()
        for button in (self.up, self.down, self.columns):
            order.addWidget(button)
        order.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(6)
        column.addLayout(order)
        column.addWidget(self.about_typed)
        column.addWidget(self.typed)
        return column

    def _show_template(self, *, is_there: bool) -> None:
        for part in (self._template_title, self.template):
            part.setVisible(is_there)

    def _wire(self) -> None:
        self.product.chosen.connect(self._on_product)
        self.about.changed.connect(self.changed)
        self.charts.taken.connect(self._on_chart)
        self.audience.chosen.connect(self._on_audience)
        self.template.chosen.connect(self._on_changed)
        self.marking.chosen.connect(self._on_changed)
        self.columns.clicked.connect(self._on_columns)
        self.sections.itemChanged.connect(self._on_changed)
        self.sections.currentRowChanged.connect(self._on_section)
        self.up.clicked.connect(partial(self.sections.shift, -1))
        self.down.clicked.connect(partial(self.sections.shift, 1))
        self.sections.model().rowsInserted.connect(self._on_changed)
        self.typed.textChanged.connect(self._on_typed)
        self._on_section()

    @Slot(str)
    def _on_product(self, code: str) -> None:
        self.about.ask_of(code)
        self._offer(code)
        self.offer_templates(self._templates)
        self.changed.emit()

    @Slot()
    def _on_audience(self) -> None:
        """Ask for another audience: what was settled was settled for the one before."""
        self.settled = Settled()
        self.changed.emit()

    @Slot(object)
    def _on_chart(self, chart: Brief) -> None:
        self.charts.clear()
        self.sections.take_in(f"{CHART}{chart.id}", title=chart.label)
        self.changed.emit()

    @Slot()
    def _on_section(self) -> None:
        code = self.sections.current_code()
        if (at := self.sections.current_place()) is not None:
            seen = self.sections.mapTo(self._asked, at)
            self.scroller.ensureVisible(0, seen.y(), 0, px(_ROOM))
        self.typed.setEnabled(bool(code))
        told = _("Your words under “{name}”, after what the register says.")
        if code.startswith(TYPED):
            told = _("What stands under “{name}”.")
        words = (
            told.format(name=brief_products.heading(code))
            if code
            else _("Choose a section to write in.")
        )
        self.about_typed.setText(words)
        self._show_columns()
        self.typed.blockSignals(True)
        self.typed.setPlainText(self.texts.get(code, ""))
        self.typed.blockSignals(False)

    def _show_columns(self) -> None:
        self.columns.setEnabled(bool(self._known.get(self.sections.current_code())))

    def column_menu(self) -> QMenu:
        """Return the columns of the current section, ticked where they are in."""
        code = self.sections.current_code()
        out = self.left_out.get(code, ())
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for title in self._known.get(code, ()):
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(title not in out)
            action.toggled.connect(partial(self._on_column, code, title))
        return menu

    @Slot()
    def _on_columns(self) -> None:
        self.column_menu().popup(self.columns.mapToGlobal(self.columns.rect().bottomLeft()))

    def _on_column(self, code: str, title: str, is_in: bool) -> None:  # noqa: FBT001 - from Qt
        out = dict.fromkeys(self.left_out.get(code, ()))
        out.pop(title, None)
        self.left_out[code] = tuple(out) if is_in else (*out, title)
        self.changed.emit()

    @Slot()
    def _on_typed(self) -> None:
        if code := self.sections.current_code():
            self.texts[code] = self.typed.toPlainText()
            self.changed.emit()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()


def _charts(reader: Reader, text: str) -> list[Brief]:
    """Return the saved charts that fit a text."""
    return found(reader, text, kinds=(Kind.CHART,), most=_MOST)


def _caption(title: str) -> Label:
    """Return the words over a box."""
    return Label(title, step="small", ink="text.3", weight="medium")
