"""The described fields of a record: read first, each edited in place and saved by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QSizePolicy, QWidget

from ocgdesk.domain import doubts
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.ui.fonts import px
from ocgdesk.ui.forms import editors
from ocgdesk.ui.plan.form import LinesBox
from ocgdesk.ui.widgets import fields
from ocgdesk.ui.widgets.fields import FieldRow
from ocgdesk.ui.widgets.inputs import Select, TextBox

_ROOMY: Final = 700
"""Wide enough, at 100 %, for two columns of fields."""
_WHOLE: Final = frozenset({FieldType.LONG_TEXT})


@dataclass(frozen=True, slots=True)
class Backing:
    """What a field's value rests on, in words, and how many other values sources state."""

    words: str = ""
    others: int = 0


NO_BACKING: Final = Backing()


class RecordForm(QWidget):
    """Shows a thing's fields. ``saved`` hands over one field's new value; the page saves it."""

    saved = Signal(str, object, str)
    """The field's name, its value, and what was typed."""
    sources_wanted = Signal(str)
    """The name of a field whose sources and other values are to be shown."""
    menu_wanted = Signal(str, QPoint)
    """The name of a field, and where on the screen its menu belongs."""

    def __init__(
        self,
        described: Iterable[Field],
        today: date,
        *,
        label_width: int = 148,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.described = {field.name: field for field in described}
        self.thing: Thing | None = None
        self._today = today
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(24))
        self._grid.setVerticalSpacing(2)
        self.rows: dict[str, FieldRow] = {}
        for field in self.described.values():
            self.rows[field.name] = self._row(field, label_width)
        self._lay_out(1)

    def show_thing(
        self, thing: Thing, *, refused: str = "", backings: Mapping[str, Backing] | None = None
    ) -> None:
        """Show this thing's values; an open editor keeps what was typed."""
        self.thing = thing
        known = backings or {}
        for name, row in self.rows.items():
            backing = known.get(name, NO_BACKING)
            value = getattr(thing, name)
            row.show_field(self._shown(name, value, refused, backing))
            if row.editor is None:
                row.say("warning", doubts.doubt(thing.kind, name, value, self._today))

    def edit(self, name: str = "") -> None:
        """Edit a field in place, or the first."""
        row = self.rows.get(name) or next(iter(self.rows.values()))
        row.edit()

    def edit_focused(self) -> bool:
        """Edit the field that has the focus; False where none has."""
        row = next((row for row in self.rows.values() if row.hasFocus()), None)
        if row is not None:
            row.edit()
        return row is not None

    def offer_again(self, name: str, typed: str, sentence: str) -> None:
        """Put what was typed back into its editor, and say what is wrong with it."""
        row = self.rows[name]
        row.edit()
        match row.editor:
            case TextBox():
                row.editor.setText(typed)
            case QPlainTextEdit():
                row.editor.setPlainText(typed)
            case Select():
                row.editor.choose(typed)
        row.say("error", sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(2 if self.width() >= px(_ROOMY) else 1)

    def _row(self, field: Field, label_width: int) -> FieldRow:
        row = FieldRow(
            fields.Field(key=field.name, label=field.label, text=""),
            label_width=label_width,
            parent=self,
        )
        row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row.committed.connect(self._on_committed)
        row.source_requested.connect(self.sources_wanted)
        row.others_requested.connect(self.sources_wanted)
        row.menu_requested.connect(self.menu_wanted)
        if field.type in _WHOLE:
            row.use_editor(partial(_lines, self, field.name), _read_lines)
        elif field.type in {FieldType.DAY, FieldType.PARTIAL_DATE}:
            row.use_editor(partial(self._dated, field), _read_box)
        return row

    def _dated(self, field: Field, parent: QWidget) -> QWidget:
        box = TextBox(parent=parent)
        row = self.rows[field.name]
        box.setText(row.field.raw)
        box.selectAll()
        box.textChanged.connect(partial(self._on_dated, field))
        return box

    def _on_dated(self, field: Field, text: str) -> None:
        row = self.rows[field.name]
        row.say("")
        said = editors.echo(field, text, self._today)
        row.note.set_ink("text.3")
        row.note.setText(said)
        row.note.setVisible(bool(said))

    def _shown(self, name: str, value: Any, refused: str, backing: Backing) -> fields.Field:
        field = self.described[name]
        return fields.Field(
            key=name,
            label=field.label,
            text=editors.shown(field, value),
            raw=editors.raw(field, value),
            hint=editors.hint(field),
            mono=field.mono and field.type is not FieldType.EXTERNALS,
            lines=field.type in _WHOLE,
            options=editors.options(field, editors.raw(field, value)),
            sources=backing.words,
            others=backing.others,
            refused=refused,
        )

    def _on_committed(self, name: str, typed: str) -> None:
        row = self.rows[name]
        try:
            value = editors.parse(self.described[name], typed, self._today)
        except Refused as error:
            # After the focus has settled: the editor would else be closed by its own leaving.
            said = f"{error}."
            QTimer.singleShot(0, self, partial(self.offer_again, name, typed, said))
            return
        row.say("")
        if self.thing is not None and getattr(self.thing, name) != value:
            self.saved.emit(name, value, typed)

    def _lay_out(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        at = 0
        for name, row in self.rows.items():
            whole = self.described[name].type in _WHOLE and across > 1
            if whole and at % across:
                at += 1
            wide = across if whole else 1
            self._grid.addWidget(row, at // across, at % across, 1, wide, Qt.AlignmentFlag.AlignTop)
            at += across if whole else 1
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < across else 0)


def _lines(form: RecordForm, name: str, parent: QWidget) -> QWidget:
    pad = LinesBox(parent)
    pad.setPlainText(form.rows[name].field.raw)
    return pad


def _read_lines(editor: QWidget) -> str:
    assert isinstance(editor, QPlainTextEdit)  # noqa: S101 - made above
    return editor.toPlainText()


def _read_box(editor: QWidget) -> str:
    assert isinstance(editor, TextBox)  # noqa: S101 - made above
    return editor.text()


def of_kind(cls: type[Thing]) -> tuple[Field, ...]:
    """Return the fields of a kind that a form shows."""
    return tuple(field for field in described_fields(cls) if editors.can_edit(field))
