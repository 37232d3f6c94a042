"""Several records edited at once: the fields they share, changed for all of them in one act."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ocgdesk.casework import table_cells
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.forms import editors
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label

AS_IT_IS = "-"
"""The key of a choice that changes nothing."""


class EditManyDialog(Sheet):
    """Asks what is to be changed. ``kept`` hands over the values, by field, that are to be."""

    kept = Signal(object)

    def __init__(
        self,
        things: Sequence[Entity],
        *,
        today: date,
        marking: str,
        synthetic: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        title = ngettext("Edit {n} record", "Edit {n} records", len(things))
        super().__init__(
            title.format(n=len(things)),
            _("Save"),
            marking=marking,
            synthetic=synthetic,
            width=640,
            parent=parent,
        )
        self.things = tuple(things)
        self._today = today
        self._described = {field.name: field for field in shared(things)}
        self.fields = {name: self._form_field(field) for name, field in self._described.items()}
        self._before = {name: form.text for name, form in self.fields.items()}
        self.body.addWidget(
            Label(_("Fields that are left as they are do not change."), step="small", ink="text.3")
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for at, form in enumerate(self.fields.values()):
            grid.addWidget(form, at // 2, at % 2)
        self.body.addLayout(grid)
        if self.fields:
            first = next(iter(self.fields.values()))
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.accept_button.refuse(_("These records share no field that can be edited here"))

    def on_accept(self) -> None:
        values: dict[str, Any] = {}
        for name, form in self.fields.items():
            if form.text in {self._before[name], AS_IT_IS}:
                continue
            try:
                values[name] = editors.parse(self._described[name], form.text, self._today)
                form.say()
            except Refused as error:
                form.say(f"{error}.")
                form.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if values:
            self.kept.emit(values)
        else:
            self.accept()

    def _form_field(self, field: Field) -> FormField:
        texts = {editors.raw(field, getattr(thing, field.name)) for thing in self.things}
        same = texts.pop() if len(texts) == 1 else None
        if found := editors.options(field, *(texts | {same or ""})):
            chooser = Select(found if same is not None else (_left(), *found))
            chooser.choose(AS_IT_IS if same is None else same)
            return FormField(_(field.label), chooser)
        hint = editors.hint(field) if same is not None else _("Several values; left as they are")
        if field.type is FieldType.LONG_TEXT:
            lines = LinesBox()
            lines.setPlaceholderText(hint)
            lines.setPlainText(same or "")
            return FormField(_(field.label), lines)
        box = TextBox(placeholder=hint, mono=field.mono)
        box.setText(same or "")
        return FormField(_(field.label), box)


def _left() -> Option:
    return Option(AS_IT_IS, _("Several values; left as they are"))


def shared(things: Sequence[Entity]) -> tuple[Field, ...]:
    """Return the fields that all these records have and that may be typed, but for their names."""
    if not things:
        return ()
    kinds = {thing.kind: type(thing) for thing in things}
    known = [{(f.name, f.type, f.codes) for f in described_fields(cls)} for cls in kinds.values()]
    common = set.intersection(*known)
    return tuple(
        field
        for field in described_fields(type(things[0]))
        if (field.name, field.type, field.codes) in common and _is_offered(field, kinds)
    )


def _is_offered(field: Field, kinds: dict[Any, Any]) -> bool:
    if field.is_label or not editors.can_edit(field):
        return False
    return not any(table_cells.refusal(kind, field.name) for kind in kinds)
