"""The rows of a block: one for each value of a field, or said by hand."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework.return_shaping import Field, by_hand, first_axis, values_of, values_words
from ocgdesk.domain.returns import Axis, Block, Row
from ocgdesk.i18n import _
from ocgdesk.ui.dialogs.definition_conditions import ConditionList
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, icon_button
from ocgdesk.ui.widgets.cards import Card
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select, TextBox
from ocgdesk.ui.widgets.stack import RowStack

_EACH, _BY_HAND = "each", "by-hand"


class AxisForm(QWidget):
    """One row, or column, for each value of a field."""

    changed = Signal()

    def __init__(self, title: str, *, ordered: bool, parent: QWidget | None = None) -> None:
        """``title`` is over the field; ``ordered`` offers to show only what was counted."""
        super().__init__(parent)
        self._fields: dict[str, Field] = {}
        self.field = Select(name=title)
        self.only = FormField(_("Only these values; empty: every one"), TextBox())
        self.unsaid = FormField(_("Words for those without a value; empty: a note"), TextBox())
        self.recorded = CheckBox(_("Only what was counted, the most frequent first"))
        self.recorded.setVisible(ordered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addWidget(self.only, 1)
        pair.addWidget(self.unsaid, 1)
        column.addWidget(FormField(title, self.field))
        column.addLayout(pair)
        column.addWidget(self.recorded)
        self.field.chosen.connect(self._on_field)
        self.only.changed.connect(self.changed)
        self.unsaid.changed.connect(self.changed)
        self.recorded.toggled.connect(self.changed)

    def show_axis(self, fields: Sequence[Field], axis: Axis) -> None:
        """Show an axis by one of these fields."""
        self._fields = {one.name: one for one in fields}
        options = tuple(Option(one.name, one.words) for one in fields)
        self.field.show_options(options, axis.field)
        self.only.show_text(values_words(self._fields[axis.field], axis.only))
        self.unsaid.show_text(axis.unsaid)
        self.recorded.setChecked(axis.recorded)

    def axis(self) -> Axis:
        """Return the axis; Refused for values that the field has none of."""
        one = self._fields[self.field.current]
        return Axis(
            field=one.name,
            codes=one.codes,
            only=values_of(one, self.only.text) if self.only.text.strip() else (),
            recorded=self.recorded.isChecked(),
            unsaid=self.unsaid.text.strip(),
        )

    def _on_field(self) -> None:
        self.only.show_text("")
        self.changed.emit()


class RowCard(Card):
    """One row said by hand: its words, what more must hold, whether it adds to a total."""

    changed = Signal()
    removed = Signal()

    def __init__(self, fields: Sequence[Field], row: Row, parent: QWidget | None = None) -> None:
        super().__init__(edge="line.2", ground="sunken", margins=(12, 10, 12, 10), parent=parent)
        self.label = TextBox(name=_("Words of the row"))
        self.label.setText(row.label)
        self.cross = CheckBox(_("Counts some of the others again"))
        self.cross.setChecked(row.is_cross_cut)
        self.where = ConditionList(_("Condition"))
        self.where.show_conditions(fields, row.where)
        remove = icon_button("action.close", _("Take this row away"))
        top = QHBoxLayout()
        top.setSpacing(8)
        for part, share in ((self.label, 1), (self.cross, 0), (remove, 0)):
            top.addWidget(part, share)
        self.body.addLayout(top)
        self.body.addWidget(self.where)
        self.label.textChanged.connect(self.changed)
        self.cross.toggled.connect(self.changed)
        self.where.changed.connect(self.changed)
        remove.clicked.connect(self.removed)

    def row(self) -> Row:
        """Return the row; Refused for values that a field has none of."""
        return Row(
            label=self.label.text().strip(),
            where=self.where.conditions(),
            is_cross_cut=self.cross.isChecked(),
        )


class HandRows(RowStack):
    """The rows said by hand, in their order, and a button for one more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Row"), spacing=8, parent=parent)
        self._fields: tuple[Field, ...] = ()
        self.wanted.connect(self._on_wanted)

    def show_rows(self, fields: Sequence[Field], rows: Sequence[Row]) -> None:
        """Show these rows."""
        self._fields = tuple(fields)
        self.clear()
        for row in rows:
            self.append(RowCard(self._fields, row))

    def said(self) -> tuple[Row, ...]:
        """Return the rows; Refused for values that a field has none of."""
        return tuple(card.row() for card in self.rows)

    def _on_wanted(self) -> None:
        card = RowCard(self._fields, Row(label=_("New row")))
        self.append(card)
        card.label.selectAll()
        card.label.setFocus()
        self.changed.emit()


class RowsForm(QWidget):
    """Either way of saying rows; turning to rows by hand begins with those of the values."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._block: Block | None = None
        self._fields: tuple[Field, ...] = ()
        segments = (
            Segment(_EACH, _("One for each value")),
            Segment(_BY_HAND, _("By hand")),
        )
        self.how = SegmentedControl(segments)
        self.axis = AxisForm(_("Of which field"), ordered=True)
        self.hand = HandRows()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.axis)
        self._stack.addWidget(self.hand)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.how)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(self._stack)
        self.how.chosen.connect(self._on_how)
        self.axis.changed.connect(self.changed)
        self.hand.changed.connect(self.changed)

    def show_rows(self, fields: Sequence[Field], block: Block) -> None:
        """Show the rows of a block, made of these fields."""
        self._fields, self._block = tuple(fields), block
        listed = tuple(one for one in fields if one.codes)
        self.how.choose(_EACH if block.each else _BY_HAND)
        if block.each is not None:
            known = {one.name for one in listed}
            more = tuple(one for one in fields if one.name == block.each.field)
            self.axis.show_axis(listed if block.each.field in known else more, block.each)
        self.hand.show_rows(fields, block.rows)
        self._seat()

    def rows(self) -> tuple[Axis | None, tuple[Row, ...]]:
        """Return the axis or the rows; Refused for values that a field has none of."""
        if self.how.current == _EACH:
            return self.axis.axis(), ()
        return None, self.hand.said()

    def _on_how(self, how: str) -> None:
        if self._block is None:
            return
        made = self._block
        if how == _BY_HAND and not self.hand.rows:
            self.hand.show_rows(self._fields, by_hand(made).rows)
        if how == _EACH and made.each is None and not self.axis.field.options:
            axis = first_axis(made.count)
            if axis is None:
                self.how.choose(_BY_HAND)
                return
            self.axis.show_axis(tuple(one for one in self._fields if one.codes), axis)
        self._seat()
        self.changed.emit()

    def _seat(self) -> None:
        """Show one of the two; the other takes no room."""
        shown = self.axis if self.how.current == _EACH else self.hand
        for part in (self.axis, self.hand):
            part.setVisible(part is shown)
        self._stack.setCurrentWidget(shown)
