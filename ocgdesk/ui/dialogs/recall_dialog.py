"""A product recalled: why, for whoever had it."""

from PySide6.QtWidgets import QWidget

from ocgdesk.domain.products import Product
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.why_dialog import WhyDialog


class RecallDialog(WhyDialog):
    """Asks why a product is recalled."""

    def __init__(self, desk: Desk, product: Product, *, parent: QWidget | None = None) -> None:
        told = _("It stays in the register. Tell {who}; this is not undone.")
        super().__init__(
            desk,
            _("Recall {ref}").format(ref=product.ref),
            _("Recall"),
            told.format(who=product.recipient or _("whoever had it")),
            asked=_("Why it is recalled"),
            empty=_("Say why; whoever had it is told so."),
            parent=parent,
        )
