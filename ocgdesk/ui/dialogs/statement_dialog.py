"""What a source says of a field: the value, the reports, fact or assessment, chosen or not."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.domain.fields import Field, FieldType
from ocgdesk.domain.links import Basis
from ocgdesk.domain.reference_data import code_list
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.dialogs.report_picker import ReportPicker
from ocgdesk.ui.forms import editors
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label

_REASON: Final = N_("Why this value rather than another")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What the user entered."""

    value: Any
    reports: tuple[UUID, ...]
    basis: Basis
    choose: bool
    reason: str


class StatementDialog(DeskSheet):
    """Asks what a source says of one field. ``made`` hands over a Statement."""

    made = Signal(object)

    def __init__(
        self, desk: Desk, described: Field, now: Any, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            desk,
            _("Add what a source says"),
            _("Add"),
            width=600,
            parent=parent,
        )
        self.described = described
        self.now = now
        self.value = FormField(described.label, _editor(described))
        self.reports = ReportPicker(desk)
        self.basis = FormField(_("Basis"), Select(_bases()))
        self.choose = CheckBox(_("Show this value on the record"))
        self.reason = FormField(_("Reason"), TextBox(placeholder=_(_REASON)))
        self._build()

    def on_accept(self) -> None:
        try:
            value = editors.parse(self.described, self.value.text, self.desk.today())
        except Refused as error:
            self._blame(self.value, f"{error}.")
            return
        if self.needs_reason(value) and not self.reason.text.strip():
            self._blame(self.reason, _("Say why this value is chosen over the one shown."))
            return
        self.made.emit(
            Statement(
                value=value,
                reports=self.reports.ids,
                basis=Basis(self.basis.text),
                choose=self.choose.isChecked(),
                reason=self.reason.text.strip(),
            )
        )

    def needs_reason(self, value: Any) -> bool:
        """Tell whether choosing this value would put another one aside."""
        return self.choose.isChecked() and bool(self.now) and self.now != value

    def _build(self) -> None:
        shown = editors.shown(self.described, self.now)
        if shown:
            said = _("The record shows: {value}").format(value=shown)
            self.body.addWidget(Label(said, ink="text.2", wrap=True))
        for part in (self.value, self.reports, self.basis, self.choose, self.reason):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.choose.setChecked(not self.now)
        self.value.changed.connect(self._on_value)
        hint = editors.hint(self.described)
        self.value.say("", hint)
        self.value.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_value(self) -> None:
        text = self.value.text
        echo = editors.echo(self.described, text, self.desk.today())
        self.value.say("", echo or editors.hint(self.described))

    def _blame(self, field: FormField, sentence: str) -> None:
        field.say(sentence)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)


class ChooseDialog(DeskSheet):
    """Asks why another value is to be shown on the record. ``reasoned`` hands over the reason."""

    reasoned = Signal(str)

    def __init__(
        self, desk: Desk, field: str, value: str, now: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            desk,
            _("Choose another value"),
            _("Choose"),
            parent=parent,
        )
        said = _("{field}: show “{value}” on the record instead of “{now}”.")
        words = said.format(field=field, value=value, now=now)
        self.body.addWidget(Label(words, wrap=True))
        self.reason = FormField(_("Reason"), TextBox(placeholder=_(_REASON)))
        self.body.addWidget(self.reason)
        self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        reason = self.reason.text.strip()
        if not reason:
            self.reason.say(_("Say why; the reason is kept."))
            return
        self.reasoned.emit(reason)


def _bases() -> tuple[Option, ...]:
    return tuple(Option(item.code, item.label) for item in code_list("bases"))


def _editor(described: Field) -> QWidget:
    if found := editors.options(described):
        return Select(tuple(option for option in found if option.key))
    return LinesBox() if described.type is FieldType.LONG_TEXT else TextBox()
