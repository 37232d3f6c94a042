"""Asks for a title: what a chart is kept under."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.i18n import _
from ocgdesk.ui.dialogs.forms import Labelled
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.widgets.inputs import TextBox

_MOST_LETTERS = 200


class TitleDialog(Sheet):
    """One line to be filled in; it cannot be left empty."""

    named = Signal(str)

    def __init__(
        self,
        title: str,
        accept: str,
        text: str,
        *,
        note: str = "",
        marking: str = "official",
        synthetic: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, accept, marking=marking, synthetic=synthetic, parent=parent)
        self.box = TextBox(name=_("Title"))
        self.box.setMaxLength(_MOST_LETTERS)
        self.box.setText(text)
        self.box.selectAll()
        self.box.textChanged.connect(self._on_text)
        self.body.addWidget(Labelled(_("Title"), self.box, note))
        self.box.setFocus()
        self._on_text()

    def on_accept(self) -> None:
        self.named.emit(self.box.text().strip())
        self.accept()

    def _on_text(self) -> None:
        if self.box.text().strip():
            self.accept_button.allow()
        else:
            self.accept_button.refuse(_("Give it a title first"))
