"""Nominating a group: who it is, what it does, and whether that meets the definition."""

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import ocgs
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.dialogs.record_picker import RecordPicker
from ocgdesk.ui.forms import editors
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.cards import Card
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import IconLabel, Label

_LAYOUT: Final = (
    *(("name", True), ("threat_type", False), ("agency", False), ("primary_crime", False)),
    *(("pillar", False), ("further_crimes", True), ("offences", True)),
)
"""The fields asked for, from the descriptions, and whether each takes a whole row."""


class NominationDialog(DeskSheet):
    """Asks for a group. ``made`` hands over the OCG and the ids of its members.

    Whether the definition is met is said as one types; it warns and never blocks.
    """

    made = Signal(object, object)
    _OFFERED: Final = ("", "yes", "no")

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Nominate OCG"),
            _("Nominate"),
            width=720,
            parent=parent,
        )
        self._described = {field.name: field for field in described_fields(Ocg)}
        self.fields: dict[str, FormField] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self._add_fields(grid)
        self.body.addLayout(grid)
        self._add_benefit()
        self.members = RecordPicker(desk, Kind.NOMINAL, _("Members known so far"))
        self.members.changed.connect(self._check)
        self.body.addWidget(self.members)
        self.summary = FormField(_("Summary"), LinesBox())
        self.body.addWidget(self.summary)
        self._add_check()
        self._fill(desk.workspace.about.agency)
        self._check()
        self.fields["name"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        values = self._read()
        if wrong := next((field for field in self.fields.values() if field.wrong), None):
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.made.emit(Ocg(**values), self.members.ids)

    def _add_fields(self, grid: QGridLayout) -> None:
        at = 0
        for name, wide in _LAYOUT:
            described = self._described[name]
            found = editors.options(described)
            editor: QWidget = Select(found) if found else TextBox(
                placeholder=editors.hint(described)
            )  # fmt: skip
            field = FormField(_(described.label), editor)
            field.setToolTip(editors.hint(described))
            field.changed.connect(self._check)
            self.fields[name] = field
            at += at % 2 if wide else 0
            grid.addWidget(field, at // 2, at % 2, 1, 2 if wide else 1)
            at += 2 if wide else 1

    def _add_benefit(self) -> None:
        words = {"": _("Not said"), "yes": _("Yes"), "no": _("No")}
        chooser = Select(tuple(Option(key, words[key]) for key in self._OFFERED))
        self.gain = FormField(_("Acts for gain or benefit"), chooser)
        self.benefit = FormField(
            _("Gain or benefit"), TextBox(placeholder=_("It need not be financial"))
        )
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.gain, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.benefit, 2, Qt.AlignmentFlag.AlignTop)
        self.gain.changed.connect(self._check)
        self.benefit.changed.connect(self._check)
        self.body.addLayout(row)

    def _add_check(self) -> None:
        self.card = Card(ground="sunken", margins=(14, 10, 14, 10))
        self.card.setAccessibleName(_("Statutory definition"))
        source = _("Serious Crime Act 2015, s.45: warns, never blocks")
        self.card.body.addWidget(Label(source, step="small", ink="text.3"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.card.body.addLayout(self._lines)
        self.body.addWidget(self.card)

    def _fill(self, agency: str) -> None:
        for name, code in (("threat_type", "ocg"), ("agency", agency)):
            editor = self.fields[name].editor
            if isinstance(editor, Select):
                editor.choose(code)

    def _read(self) -> dict[str, Any]:
        values: dict[str, Any] = {"status": "nominated", "benefit": self._benefit()}
        values["summary"] = self.summary.text.strip()
        for name, field in self.fields.items():
            try:
                read = editors.parse(self._described[name], field.text, self.desk.today())
                values[name] = read
                field.say()
            except Refused as error:
                field.say(f"{error}.")
        return values

    def _benefit(self) -> str:
        """Return the benefit in words; a bare yes or no where that is all that was said."""
        typed = self.benefit.text.strip()
        chosen = self.gain.text
        if chosen == "no":
            return _("No")
        return typed or (_("Yes") if chosen == "yes" else "")

    def _check(self) -> None:
        """Say what of the definition is not shown by what has been typed so far."""
        values: dict[str, Any] = {"name": "-", "benefit": self._benefit()}
        today = self.desk.today()
        for name in ("threat_type", "primary_crime", "further_crimes", "offences"):
            try:
                read = editors.parse(self._described[name], self.fields[name].text, today)
            except Refused:
                continue
            values[name] = read
        exploited = sum(record.exploited for record in self.members.chosen.values())
        persons = len(self.members.chosen) - exploited
        lacking = ocgs.shortfalls(Ocg(**values), persons=persons, exploited=exploited)
        self.lacking = tuple(f"{one.words}." for one in lacking)
        self._show_lines()

    def _show_lines(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if self.fields["threat_type"].text not in {"", "ocg"}:
            words = _("Not mapped as an OCG: there is no definition to meet.")
            self._lines.addWidget(_line(words, "status.info", "info"))
        elif not self.lacking:
            words = _("All three parts are shown.")
            self._lines.addWidget(_line(words, "status.ok", "ok"))
        for words in self.lacking:
            self._lines.addWidget(_line(words, "status.warning", "due"))


def _line(words: str, icon: str, ink: str) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconLabel(icon, ink, 15), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(words, wrap=True), 1)
    return held
