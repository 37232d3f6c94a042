"""What must hold for a record to be counted: a field and its values, as many as are wanted."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ocgdesk.casework.return_shaping import ANYTHING, NOTHING, Field, values_of, values_words
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.returns import RECORDED, Condition
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui.widgets.buttons import icon_button
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.stack import RowStack


class ConditionRow(QWidget):
    """One field and the values that count; values are typed, or ticked in the menu beside them."""

    changed = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, Field] = {}
        self.field = Select(name=_("Field"))
        self.values = TextBox(placeholder=_("Values, with commas between"), name=_("Values"))
        self.menu_button = icon_button("action.expand", _("Values to choose from"))
        self.remove_button = icon_button("action.close", _("Take this condition away"))
        self.wrong = Label("", step="small", ink="overdue", wrap=True)
        self.wrong.hide()
        self._lay_out()
        self.field.chosen.connect(self._on_field)
        self.values.textChanged.connect(self._on_values)
        self.menu_button.clicked.connect(self._on_menu)
        self.remove_button.clicked.connect(self.removed)

    def show_condition(self, fields: Sequence[Field], condition: Condition) -> None:
        """Show a condition on one of these fields."""
        self._fields = {one.name: one for one in fields}
        self.field.show_options(
            tuple(Option(one.name, one.words) for one in fields), condition.field
        )
        self.values.setText(values_words(self._fields[condition.field], condition.values))

    def condition(self) -> Condition:
        """Return the condition; Refused for values that the field has none of."""
        one = self._fields[self.field.current]
        return Condition(one.name, values_of(one, self.values.text()))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.field, 2)
        row.addWidget(self.values, 3)
        row.addWidget(self.menu_button)
        row.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.wrong)

    def _on_field(self) -> None:
        self.values.clear()
        self.changed.emit()

    def _on_values(self) -> None:
        try:
            self.condition()
        except Refused as reason:
            self._say(str(reason))
            return
        self._say("")
        self.changed.emit()

    def _say(self, wrong: str) -> None:
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        self.values.set_state("error" if wrong else "")

    def menu(self) -> QMenu:
        """Return the values of the field to tick: those that count now are ticked."""
        one, menu = self._fields[self.field.current], QMenu(self)
        try:
            held = set(values_of(one, self.values.text()))
        except Refused:
            held = set()
        for value, said in _offered(one):
            act = QAction(said, menu, checkable=True, checked=value in held)
            act.toggled.connect(partial(self._on_ticked, one, value))
            menu.addAction(act)
        return menu

    def _on_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def _on_ticked(self, one: Field, value: str, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        try:
            held = [v for v in values_of(one, self.values.text()) if v != value]
        except Refused:
            held = []
        self.values.setText(values_words(one, [*held, *([value] if on else [])]))


def _offered(one: Field) -> list[tuple[str, str]]:
    """Return the values a field may have, with their words."""
    if one.type is FieldType.FLAG:
        return [("yes", _("yes")), ("no", _("no"))]
    listed = code_list(one.codes).offered() if one.codes else ()
    known = [(item.code, item.label) for item in listed]
    return [*known, (RECORDED, _(ANYTHING)), ("", _(NOTHING))]


class ConditionList(RowStack):
    """The conditions of a count or of a row, and a button for one more."""

    def __init__(self, more: str, parent: QWidget | None = None) -> None:
        super().__init__(more, parent=parent)
        self._fields: tuple[Field, ...] = ()
        self._kept: tuple[Condition, ...] = ()
        self.wanted.connect(self._on_wanted)

    def show_conditions(self, fields: Sequence[Field], where: Sequence[Condition]) -> None:
        """Show these conditions; one that names a record is kept as it is."""
        self._fields = tuple(one for one in fields if one.type is not FieldType.ENTITY)
        known = {one.name for one in self._fields}
        self._kept = tuple(one for one in where if one.field not in known)
        self.clear()
        for one in where:
            if one.field in known:
                self._add(one)
        self.add_button.setEnabled(bool(self._fields))

    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions; Refused for values that a field has none of."""
        typed = (row.condition() for row in self.rows)
        return (*self._kept, *(one for one in typed if one.values))

    def _add(self, condition: Condition) -> ConditionRow:
        row = ConditionRow()
        row.show_condition(self._fields, condition)
        self.append(row)
        return row

    def _on_wanted(self) -> None:
        taken = {row.field.current for row in self.rows}
        free = next((one for one in self._fields if one.name not in taken), self._fields[0])
        self._add(Condition(free.name, ())).field.setFocus()
