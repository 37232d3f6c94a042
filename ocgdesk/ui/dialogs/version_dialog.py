"""Asks under which name the present moment of a chart is kept, and what is noted with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.inputs import TextBox
from ocgdesk.ui.widgets.labels import Label


class VersionDialog(DeskSheet):
    """A title, and a note that may be left empty."""

    made = Signal(str, str)

    def __init__(self, desk: Desk, number: int, parent: QWidget | None = None) -> None:
        title = _("Keep version {n}").format(n=number)
        super().__init__(desk, title, _("Keep version"), parent=parent)
        said = _("It can be opened as it is now, and compared with what it becomes.")
        self.name = FormField(_("Title"), TextBox(placeholder=_("Such as: November TTCG")))
        self.note = FormField(_("Note"), LinesBox())
        self.body.addWidget(Label(said, ink="text.2", wrap=True))
        for field in (self.name, self.note):
            self.body.addWidget(field)
        self.name.editor.setFocus()

    def on_accept(self) -> None:
        if not self.name.text.strip():
            self.name.say(_("Give it a title: it is listed under that"))
            return
        self.made.emit(self.name.text.strip(), self.note.text.strip())
        self.accept()
