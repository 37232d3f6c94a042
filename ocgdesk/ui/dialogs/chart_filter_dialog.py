"""Asks what a chart is to be filtered by: any field, any comparison, shown or left out."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.domain.chart_fields import Asked
from ocgdesk.domain.chart_filters import ChartFilter, named
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.meta import About
from ocgdesk.ui.dialogs.chart_test_form import TestForm
from ocgdesk.ui.dialogs.forms import Labelled
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.widgets.inputs import RadioButton, TextBox
from ocgdesk.ui.widgets.labels import Label


class ChartFilterDialog(Sheet):
    """A question, whether its yes is shown or left out, and a name if wanted."""

    made = Signal(object)
    """The ChartFilter."""

    def __init__(
        self, fields: Sequence[Asked], *, about: About, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            _("Add a filter"),
            _("Filter"),
            marking=about.marking.value,
            synthetic=about.synthetic,
            width=680,
            parent=parent,
        )
        self.form = TestForm(fields)
        self.keep = RadioButton(_("Show only these"))
        self.leave_out = RadioButton(_("Leave these out"))
        self.keep.setChecked(True)
        self.name = TextBox(name=_("Name"), placeholder=_("Its own words"))
        told = _(
            "A filter about one kind leaves the others alone, and no filter leaves out people to be"
            " safeguarded. What is filtered is printed on everything that leaves."
        )
        self.body.addWidget(self.form)
        for choice in (self.keep, self.leave_out):
            self.body.addWidget(choice)
        self.body.addWidget(Labelled(_("Name, if wanted"), self.name))
        self.body.addWidget(Label(told, step="small", ink="text.3", wrap=True))
        self.form.field.setFocus()

    def on_accept(self) -> None:
        try:
            test = self.form.test()
        except Refused as reason:
            self.say(f"{reason}.")
            return
        name, keep = named(self.name.text()), self.keep.isChecked()
        self.accept()
        self.made.emit(ChartFilter(test=test, name=name, keep=keep))
