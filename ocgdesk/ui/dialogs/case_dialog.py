"""A dialog made from a few questions: what an act on a case has to be told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.dialogs.record_picker import RecordPicker
from ocgdesk.ui.dialogs.report_picker import ReportPicker
from ocgdesk.ui.forms import editors
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.notes import ErrorBanner

_WIDE: Final = frozenset({FieldType.LONG_TEXT, FieldType.TEXTS, FieldType.CODES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing that is asked: a field as it is described, and what stands in it at first.

    ``options`` are chosen from instead of the field's own list; ``pick`` finds a record of a kind,
    or several where the field holds several.
    """

    field: Field
    value: Any = None
    options: tuple[Option, ...] = ()
    pick: Kind | None = None
    wide: bool = False

    @property
    def name(self) -> str:
        """What the answer is called."""
        return self.field.name

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width."""
        return self.wide or self.pick is not None or self.field.type in _WIDE


def of(cls: type, name: str, **more: Any) -> Question:
    """Return the question for a described field of a kind; ``required`` makes it needed."""
    found = next(one for one in described_fields(cls) if one.name == name)
    changed = {key: more.pop(key) for key in ("label", "required") if key in more}
    return Question(field=replace(found, **changed), **more)


def asked(label: str, name: str, type_: FieldType = FieldType.TEXT, **more: Any) -> Question:
    """Return a question that is no field of a kind."""
    described = {key: more.pop(key) for key in ("codes", "required", "help") if key in more}
    return Question(field=Field(label=label, type=type_, name=name, **described), **more)


def several_reports() -> Question:
    """Return the question for the reports something rests on."""
    return asked(_("Rests on"), "reports", FieldType.ENTITIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A dialog in words: its title, its button, a note, and what it asks."""

    title: str
    accept: str
    questions: tuple[Question, ...]
    note: str = ""
    doubts: Callable[[Mapping[str, Any]], Sequence[str]] | None = field(default=None)
    """What speaks for care, given the answers; asked once, and it never blocks."""


class CaseDialog(DeskSheet):
    """Asks the questions of a form. ``answered`` hands over the answers, by name."""

    answered = Signal(object)

    def __init__(self, desk: Desk, form: Form, *, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            form.title,
            form.accept,
            width=620,
            parent=parent,
        )
        self.form = form
        self.fields: dict[str, FormField] = {}
        self.pickers: dict[str, RecordPicker | ReportPicker] = {}
        self.doubts = ErrorBanner(tone="due", parent=self)
        self._warned: Mapping[str, Any] | None = None
        if form.note:
            self.body.addWidget(Label(form.note, ink="text.2", wrap=True))
        self.body.addLayout(self._grid())
        self.body.addWidget(self.doubts)
        self.body.addStretch(1)
        self.doubts.hide()
        self._focus_first()

    def on_accept(self) -> None:
        values = self.read()
        if values is None:
            return
        if self.form.doubts is not None and self._warned != values:
            found = tuple(self.form.doubts(values))
            self._warned = values
            if found:
                said = _("{doubts} Press the button again to enter it all the same.")
                self.doubts.say(said.format(doubts=" ".join(f"{one}." for one in found)))
                return
        self.answered.emit(values)

    def read(self) -> dict[str, Any] | None:
        """Return the answers; None, with a sentence under the field, where one is wrong."""
        values: dict[str, Any] = {}
        for question in self.form.questions:
            if (picker := self.pickers.get(question.name)) is not None:
                values[question.name] = self._picked(question, picker)
            else:
                self._read_field(question, values)
        if wrong := next((one for one in self.fields.values() if one.wrong), None):
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        missing = next((q for q in self.form.questions if self._is_missing(q, values)), None)
        if missing is not None:
            self.say(_("{field} is needed.").format(field=missing.field.label))
            return None
        self.say("")
        return values

    def answer(self, name: str, text: str) -> None:
        """Put text into a field, or choose a code; as if it were typed."""
        match self.fields[name].editor:
            case Select() as box:
                box.choose(text)
            case TextBox() as line:
                line.setText(text)
            case LinesBox() as lines:
                lines.setPlainText(text)

    def _is_missing(self, question: Question, values: Mapping[str, Any]) -> bool:
        return question.field.required and values.get(question.name) in (None, "", ())

    def _picked(self, question: Question, picker: RecordPicker | ReportPicker) -> Any:
        if question.field.type is FieldType.ENTITIES:
            return picker.ids
        return picker.ids[0] if picker.ids else None

    def _read_field(self, question: Question, values: dict[str, Any]) -> None:
        field_ = self.fields[question.name]
        if question.options:
            values[question.name] = field_.text
            return
        try:
            found = editors.parse(question.field, field_.text, self.desk.today())
            values[question.name] = found
            field_.say("", editors.echo(question.field, field_.text, self.desk.today()))
        except Refused as error:
            field_.say(f"{str(error).rstrip('.')}.")

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        row = column = 0
        for question in self.form.questions:
            if question.is_wide or question.field.type is FieldType.ENTITIES:
                row += bool(column)
                grid.addWidget(self._part(question), row, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
                row, column = row + 1, 0
            else:
                grid.addWidget(self._part(question), row, column, Qt.AlignmentFlag.AlignTop)
                row, column = row + column, 1 - column
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _part(self, question: Question) -> QWidget:
        several = question.field.type is FieldType.ENTITIES
        if question.pick is not None:
            title = question.field.label
            made = RecordPicker(self.desk, question.pick, title, only_one=not several)
            self.pickers[question.name] = made
            return made
        if several:
            self.pickers[question.name] = ReportPicker(self.desk)
            return self.pickers[question.name]
        field_ = FormField(question.field.label, _editor(question))
        self.fields[question.name] = field_
        self._start(question, field_)
        return field_

    def _start(self, question: Question, field_: FormField) -> None:
        hint = editors.hint(question.field)
        field_.say("", hint)
        if question.value not in (None, "", ()):
            text = (
                question.value if question.options else editors.raw(question.field, question.value)
            )
            self.answer(question.name, str(text))

        def show() -> None:
            echo = editors.echo(question.field, field_.text, self.desk.today())
            field_.say("", echo or hint)

        field_.changed.connect(show)

    def _focus_first(self) -> None:
        first = next((q.name for q in self.form.questions), "")
        if first in self.pickers:
            self.pickers[first].box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif first in self.fields:
            self.fields[first].editor.setFocus(Qt.FocusReason.OtherFocusReason)


def _editor(question: Question) -> QWidget:
    if question.options:
        return Select(question.options)
    if found := editors.options(question.field):
        return Select(found)
    return LinesBox() if question.field.type is FieldType.LONG_TEXT else TextBox()
