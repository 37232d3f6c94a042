"""What a return is narrowed by, beside force and part: one box for each field it knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework.return_shaping import Field, asks
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import SUBJECTS
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.returns import Definition
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.dialogs.forms import Labelled
from ocgdesk.ui.forms.entity_box import NAMED_KINDS, EntityBox
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox

Box = Select | EntityBox | TextBox


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One thing a return is narrowed by: the field, its value, and how a chip says it."""

    name: str
    value: str
    words: str


class NarrowDialog(DeskSheet):
    """Hands over with ``chosen`` the Narrowing of every field that was filled."""

    chosen = Signal(object)

    def __init__(
        self,
        desk: Desk,
        definition: Definition,
        now: Mapping[str, Narrowing],
        *,
        leaving: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        """Ask for each field of the definition but those ``leaving``: they have a box elsewhere."""
        super().__init__(desk, _("Narrow the return"), _("Count these"), width=460, parent=parent)
        self.fields = {one.name: one for one in asks(definition) if one.name not in leaving}
        self.boxes = {name: self._box(one) for name, one in self.fields.items()}
        for name, box in self.boxes.items():
            self.body.addWidget(Labelled(self.fields[name].words, box))
            if name in now:
                _show(box, now[name].value)
        next(iter(self.boxes.values())).setFocus()
        clear = text_button(_("Narrowed by nothing"))
        clear.clicked.connect(partial(self._hand_over, ()))
        self.add_buttons(clear)

    def on_accept(self) -> None:
        self._hand_over(tuple(filter(None, map(self._said, self.boxes))))

    def _hand_over(self, said: tuple[Narrowing, ...]) -> None:
        self.chosen.emit(said)
        self.accept()

    def _box(self, one: Field) -> Box:
        if one.type is FieldType.ENTITY:
            return EntityBox(self.desk, NAMED_KINDS.get(one.name, SUBJECTS))
        if one.type is FieldType.FLAG:
            return Select((Option("", _("Any")), Option("yes", _("Yes")), Option("no", _("No"))))
        if one.codes:
            offered = (Option(item.code, item.label) for item in code_list(one.codes).offered())
            return Select((Option("", _("Any")), *offered))
        return TextBox()

    def _said(self, name: str) -> Narrowing | None:
        box = self.boxes[name]
        value, words = _read(box)
        return Narrowing(name, value, f"{self.fields[name].words}: {words}") if value else None


def _show(box: Box, value: str) -> None:
    match box:
        case Select():
            box.choose(value)
        case EntityBox():
            box.show_id(UUID(value))
        case TextBox():
            box.setText(value)


def _read(box: Box) -> tuple[str, str]:
    """Return what a box holds, as it is asked and in words."""
    match box:
        case Select():
            return box.current, box.currentText()
        case EntityBox():
            return (str(box.id) if box.id else ""), (box.chosen.label if box.chosen else "")
        case TextBox():
            return box.text().strip(), box.text().strip()
