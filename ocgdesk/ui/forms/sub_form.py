"""The form of a sub-record, made from the descriptions of its fields."""

from datetime import date, timedelta
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.forms import editors
from ocgdesk.ui.forms.entity_box import NAMED_KINDS, EntityBox
from ocgdesk.ui.forms.tick_list import TickList
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.values import NONE

_ROOMY: Final = 480
_UNASKED: Final = frozenset(
    {"supersedes", "digest", "size", "media_type", "answers", "sheet_version"}
)
"""Fields that are worked out, never typed."""
_BY_AN_ACT: Final = {
    Kind.PLAN: frozenset({"status", "number", "approved", "approved_by", "review_due"}),
}
"""Fields of a kind that change only by an act of its own: a review, a signature."""
_WHOLE: Final = frozenset({FieldType.LONG_TEXT, FieldType.CODES, FieldType.TEXTS, FieldType.ENTITY})
_AHEAD: Final = timedelta(days=20 * 365)
_COMING: Final = frozenset({"end", "release_due"})
"""Dates that lie ahead as often as not: a two-digit year is read as one to come."""


def asked(cls: type[Entity]) -> tuple[Field, ...]:
    """Return the fields that a form for this class asks for."""
    left_out = _UNASKED | _BY_AN_ACT.get(cls.kind, frozenset())
    return tuple(field for field in described_fields(cls) if field.name not in left_out)


class SubForm(QWidget):
    """Editors for the fields of one class; ``read`` gives their values or says what is wrong."""

    changed = Signal()

    def __init__(
        self, desk: Desk, cls: type[Entity], today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.described = {field.name: field for field in asked(cls)}
        self._today = today
        self._across = 0
        self.fields = {name: self._field(field) for name, field in self.described.items()}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        for form in self.fields.values():
            form.changed.connect(self.changed)
        self._lay_out(2)

    def show_thing(self, thing: Entity) -> None:
        """Show what a sub-record holds."""
        for name, form in self.fields.items():
            self._show(form.editor, self.described[name], getattr(thing, name))

    def show_value(self, name: str, value: Any) -> None:
        """Show another value in one field."""
        self._show(self.fields[name].editor, self.described[name], value)

    def read(self) -> dict[str, Any] | None:
        """Return the values by field; None, with a sentence under each wrong one, otherwise."""
        values: dict[str, Any] = {}
        for name, form in self.fields.items():
            field = self.described[name]
            try:
                values[name] = self._value(form.editor, field)
                form.say(echo=self._echo(form, field))
            except Refused as error:
                form.say(f"{str(error).rstrip('.')}.")
        wrong = next((form for form in self.fields.values() if form.wrong), None)
        if wrong is not None:
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return values

    def focus(self) -> None:
        """Put the cursor into the first field."""
        first = next(iter(self.fields.values()))
        first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(2 if self.width() >= px(_ROOMY) else 1)

    def _field(self, field: Field) -> FormField:
        editor = self._editor(field)
        form = FormField(field.label, editor, self)
        if isinstance(editor, TextBox) and field.type in {FieldType.DAY, FieldType.PARTIAL_DATE}:
            editor.textEdited.connect(lambda: form.say(echo=self._echo(form, field)))
        if isinstance(editor, EntityBox | TickList):
            editor.changed.connect(form.changed)
        return form

    def _editor(self, field: Field) -> QWidget:
        if field.type is FieldType.ENTITY:
            return EntityBox(self.desk, NAMED_KINDS.get(field.name, SUBJECTS))
        if field.type is FieldType.CODES:
            return TickList(field.codes)
        if field.type is FieldType.LONG_TEXT:
            return LinesBox()
        if found := _options(field, ""):
            return Select(found)
        return TextBox(placeholder=editors.hint(field), mono=field.mono)

    def _show(self, editor: QWidget, field: Field, value: Any) -> None:
        match editor:
            case EntityBox():
                editor.show_id(value)
            case TickList():
                editor.tick(value)
            case Select():
                stands = editors.raw(field, value)
                editor.show_options(_options(field, stands), stands)
            case TextBox():
                editor.setText(editors.raw(field, value))
            case LinesBox():
                editor.setPlainText(editors.raw(field, value))

    def _value(self, editor: QWidget, field: Field) -> Any:
        match editor:
            case EntityBox():
                return editor.id
            case TickList():
                return editor.codes
        form = self.fields[field.name]
        return editors.parse(field, form.text, self._day(field))

    def _echo(self, form: FormField, field: Field) -> str:
        if not isinstance(form.editor, TextBox):
            return ""
        return editors.echo(field, form.text, self._day(field))

    def _day(self, field: Field) -> date:
        """Return the day against which a date is read."""
        partial = field.type is FieldType.PARTIAL_DATE and field.name in _COMING
        return self._today + _AHEAD if partial else self._today

    def _lay_out(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        at = 0
        for name, form in self.fields.items():
            wide = self.described[name].type in _WHOLE or across == 1
            at += at % 2 if wide else 0
            self._grid.addWidget(form, at // 2, at % 2, 1, 2 if wide else 1)
            at += 2 if wide else 1
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)


def _options(field: Field, stands: str) -> tuple[Option, ...]:
    """Return what can be chosen from, with what stands there by now.

    Nothing is chosen beforehand: the first of a list of markers must not be taken for somebody's
    choice.
    """
    found = editors.options(field, stands)
    return (Option("", NONE), *found) if found and field.required else found
