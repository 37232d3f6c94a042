"""The cover of a saved chart: title, case, marking and a note, edited as one act."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.domain.charts import Chart
from ocgdesk.domain.marking import Marking
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox

_MOST_LETTERS = 200


class CoverDialog(DeskSheet):
    """Asks for what is printed round a chart; a title it must have."""

    made = Signal(object)
    """The values that were changed, by name of the field; with ``marking`` where it was raised."""

    def __init__(self, desk: Desk, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Cover of the chart"), _("Save"), parent=parent)
        self._chart = chart
        self.name = FormField(_("Title"), _line(chart.title))
        self.case = FormField(_("Case"), _line(chart.case))
        lines = LinesBox()
        lines.setPlainText(chart.note)
        self.note = FormField(_("Note"), lines)
        # A chart is never marked below what is on it: what it has now, or higher.
        marks = [mark for mark in Marking if mark.rank >= chart.marking.rank]
        select = Select(tuple(Option(mark.value, mark.banner) for mark in marks))
        select.choose(chart.marking.value)
        self.marking = FormField(_("Marking"), select)
        for field in (self.name, self.case, self.marking, self.note):
            self.body.addWidget(field)
        self.name.editor.setFocus()

    def values(self) -> dict[str, Any]:
        """Return what was changed."""
        found = {
            "title": self.name.text.strip(),
            "case": self.case.text.strip(),
            "note": self.note.text.strip(),
            "marking": Marking(self.marking.text),
        }
        return {name: new for name, new in found.items() if new != getattr(self._chart, name)}

    def on_accept(self) -> None:
        if not self.name.text.strip():
            self.name.say(_("Give it a title: the cover prints it"))
            return
        self.made.emit(self.values())
        self.accept()


def _line(text: str) -> TextBox:
    made = TextBox()
    made.setMaxLength(_MOST_LETTERS)
    made.setText(text)
    return made
