"""Asks for a title: what a chart is kept under."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.i18n import _
from ocgdesk.store.meta import About
from ocgdesk.ui.dialogs.forms import Labelled
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.widgets.inputs import TextBox

_MOST_LETTERS = 200


class TitleDialog(Sheet):
    """One line to be filled in; it cannot be left empty."""

    named = Signal(str)

    def __init__(
        self, title: str, text: str, *, about: About, parent: QWidget | None = None
    ) -> None:
        marking, synthetic = about.marking.value, about.synthetic
        super().__init__(title, _("Save"), marking=marking, synthetic=synthetic, parent=parent)
        self.box = TextBox(name=_("Title"))
        self.box.setMaxLength(_MOST_LETTERS)
        self.box.setText(text)
        self.box.selectAll()
        self.box.textChanged.connect(self._on_text)
        self._field = Labelled(_("Title"), self.box)
        self.body.addWidget(self._field)
        self.box.setFocus()
        self._on_text()

    def show_note(self, sentence: str) -> None:
        """Say what follows from it, below the box."""
        self._field.say(sentence)

    def on_accept(self) -> None:
        self.named.emit(self.box.text().strip())
        self.accept()

    def _on_text(self) -> None:
        if self.box.text().strip():
            self.accept_button.allow()
        else:
            self.accept_button.refuse(_("Give it a title first"))
