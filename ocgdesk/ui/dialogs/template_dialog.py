"""A template of papers on its way in: what it is called, for which product, which fields it has."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import brief_products, paper_templates
from ocgdesk.casework.paper_templates import Prepared
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label


class TemplateDialog(DeskSheet):
    """Asks what a template is called. ``given`` hands its title and its product over."""

    given = Signal(str, str)

    def __init__(self, desk: Desk, made: Prepared, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Add template"), _("Add"), width=540, parent=parent)
        self.name = FormField(_("Title"), TextBox())
        if isinstance(self.name.editor, TextBox):
            self.name.editor.setText(made.name)
        every = Option("", _("Any product"))
        products = (
            Option(code, label("product-types", code)) for code in brief_products.products()
        )
        self.product = FormField(_("For"), Select((every, *products)))
        for part in (self.name, self.product):
            self.body.addWidget(part)
        for sentence in said_of(made.fields):
            self.body.addWidget(Label(sentence, step="small", ink="text.2", wrap=True))
        self.body.addStretch(1)
        self.name.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        if not (title := self.name.text.strip()):
            self.name.say(_("Say what it is called."))
            return
        self.accept()
        self.given.emit(title, self.product.text)


def said_of(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is to be said of the fields of a template: which are filled, which are not."""
    strange = paper_templates.strange(fields)
    known = ", ".join(one for one in fields if one not in strange)
    said = [_("Filled: {names}.").format(names=known)] if known else []
    if strange:
        told = _("Not known, left as they are: {names}.")
        said.append(told.format(names=", ".join(strange)))
    if not fields:
        said.append(_("It has no fields: every section goes to its end."))
    return tuple(said)
