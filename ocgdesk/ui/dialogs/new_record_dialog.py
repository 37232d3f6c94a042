"""A new record: what it must have, and the fields its register shows."""

from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui import words
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.forms import editors
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.inputs import CheckBox, Select, TextBox

_MOST: Final = 9
_WHOLE: Final = frozenset({FieldType.LONG_TEXT, FieldType.ALIASES, FieldType.IDENTIFIERS})
_ALSO: Final = {
    Kind.NOMINAL: ("aliases", "identifiers"),
    Kind.REPORT: ("text",),
    Kind.OCG: ("threat_type",),
}
"""Fields asked for beside those the register shows."""


class NewRecordDialog(Sheet):
    """Asks for the first values of a record. ``made`` hands it over; the page saves it."""

    made = Signal(object)

    def __init__(
        self,
        kind: Kind,
        *,
        today: date,
        marking: str,
        synthetic: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        noun = words.one(kind)
        title = _("New {kind}").format(kind=noun if noun.isupper() else noun.lower())
        super().__init__(
            title, _("Add"), marking=marking, synthetic=synthetic, width=620, parent=parent
        )
        self.kind = kind
        self._today = today
        self._described = {field.name: field for field in asked(kind)}
        self.fields = {name: _form_field(field) for name, field in self._described.items()}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        self._arrange_fields(grid)
        self.body.addLayout(grid)
        self.restricted = CheckBox(_("Restricted: nobody else is to find it"))
        self.why = FormField(_("Reason"), TextBox(placeholder=_("Why; the reason is kept")))
        self.why.hide()
        self.restricted.toggled.connect(self.why.setVisible)
        self.body.addWidget(self.restricted)
        self.body.addWidget(self.why)
        next(iter(self.fields.values())).editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        values = self._read()
        if self.restricted.isChecked() and not self.reason:
            self.why.say(_("Say why it is to be restricted; the reason is kept"))
            self.why.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if wrong := next((field for field in self.fields.values() if field.wrong), None):
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.made.emit(class_of(self.kind)(**values))

    @property
    def reason(self) -> str:
        """Why it is restricted; empty where it is not."""
        return self.why.text.strip() if self.restricted.isChecked() else ""

    def _read(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            try:
                values[name] = editors.parse(self._described[name], field.text, self._today)
                field.say(echo=editors.echo(self._described[name], field.text, self._today))
            except Refused as error:
                field.say(f"{error}.")
        return values

    def _arrange_fields(self, grid: QGridLayout) -> None:
        at = 0
        for name, field in self.fields.items():
            described = self._described[name]
            whole = described.is_label or described.type in _WHOLE
            at += at % 2 if whole else 0
            grid.addWidget(field, at // 2, at % 2, 1, 2 if whole else 1)
            at += 2 if whole else 1
        for column in (0, 1):
            grid.setColumnStretch(column, 1)


def asked(kind: Kind) -> tuple[Field, ...]:
    """Return the fields asked for when a record of a kind is made, the name first."""
    described = described_fields(class_of(kind))
    label = [field for field in described if field.is_label]
    also = _ALSO.get(kind, ())
    rest = [
        field
        for field in described
        if not field.is_label and (field.in_table or field.name in also)
    ]
    return (*label, *[field for field in rest if editors.can_edit(field)][:_MOST])


def _form_field(field: Field) -> FormField:
    default = _default(field)
    if found := editors.options(field):
        chooser = Select(found)
        chooser.choose(editors.raw(field, default))
        made = FormField(field.label, chooser)
    elif field.type is FieldType.LONG_TEXT:
        made = FormField(field.label, LinesBox())
    else:
        made = FormField(field.label, TextBox(placeholder=editors.hint(field), mono=field.mono))
    made.setToolTip(editors.hint(field))
    return made


def _default(field: Field) -> Any:
    return False if field.type is FieldType.FLAG else _DEFAULTS.get(field.codes, "")


_DEFAULTS: Final = {
    "ocg-statuses": "nominated",
    "threat-types": "ocg",
    "line-statuses": "suspected",
    "dispositions": "in-development",
}
"""What new records begin with, as their classes say."""
