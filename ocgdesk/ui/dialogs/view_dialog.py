"""Asks under which name a view is kept, and for whom."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.i18n import _
from ocgdesk.store.meta import About
from ocgdesk.ui.dialogs.forms import Labelled
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.widgets.inputs import CheckBox, TextBox
from ocgdesk.ui.widgets.labels import Label

_MOST_LETTERS = 80


class ViewDialog(Sheet):
    """A name, and whether everybody sees the view; it cannot be left without a name."""

    named = Signal(str, bool)

    def __init__(
        self, name: str, *, about: About, may_share: bool, parent: QWidget | None = None
    ) -> None:
        marking, synthetic = about.marking.value, about.synthetic
        title, save = _("Save this view"), _("Save view")
        super().__init__(title, save, marking=marking, synthetic=synthetic, parent=parent)
        self.box = TextBox(name=_("Name"))
        self.box.setMaxLength(_MOST_LETTERS)
        self.box.setText(name)
        self.box.selectAll()
        self.box.textChanged.connect(self._on_text)
        self.share_box = CheckBox(_("Everybody who may read records here sees it"))
        self.share_box.setEnabled(may_share)
        if not may_share:
            self.share_box.setToolTip(_("Your roles do not allow this."))
        said = _(
            "A view keeps columns, widths, order and filters. Another of yours by this name is "
            "replaced."
        )
        self.body.addWidget(Labelled(_("Name"), self.box))
        self.body.addWidget(self.share_box)
        self.body.addWidget(Label(said, step="small", ink="text.3", wrap=True))
        self.box.setFocus()
        self._on_text()

    def on_accept(self) -> None:
        self.named.emit(self.box.text().strip(), self.share_box.isChecked())
        self.accept()

    def _on_text(self) -> None:
        if self.box.text().strip():
            self.accept_button.allow()
        else:
            self.accept_button.refuse(_("Give it a name first"))
