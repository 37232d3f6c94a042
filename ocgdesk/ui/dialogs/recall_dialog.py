"""A product recalled: why, for whoever had it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.domain.products import Product
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.labels import Label


class RecallDialog(DeskSheet):
    """Asks why a product is recalled. ``given`` hands the reason over, never empty."""

    given = Signal(str)

    def __init__(self, desk: Desk, product: Product, *, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, _("Recall {ref}").format(ref=product.ref), _("Recall"), width=520, parent=parent
        )
        told = _("It stays in the register. Tell {who}; this is not undone.")
        who = product.recipient or _("whoever had it")
        self.body.addWidget(Label(told.format(who=who), ink="text.2", wrap=True))
        self.reason = FormField(_("Why it is recalled"), LinesBox())
        self.body.addWidget(self.reason)
        self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        if not (text := self.reason.text.strip()):
            self.reason.say(_("Say why; whoever had it is told so."))
            return
        self.accept()
        self.given.emit(text)
