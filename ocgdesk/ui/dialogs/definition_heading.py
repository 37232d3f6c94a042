"""What is said of a return as a whole: its title, columns, filters, breaks and source."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import return_shaping
from ocgdesk.casework.return_shaping import Field
from ocgdesk.domain.dates import day, shown
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.returns import Axis, Block, Break, Definition, Layout
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui.dialogs.definition_rows import AxisForm
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.buttons import icon_button
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.stack import RowStack

_ACROSS = 3


class BreakRow(QWidget):
    """A day from which figures are not like those before, and why."""

    changed = Signal()
    removed = Signal()

    def __init__(self, one: Break | None, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.on = TextBox(
            placeholder=_("1 Apr 2026"), name=_("Figures are not like those before from")
        )
        self.reason = TextBox(placeholder=_("Because"), name=_("Because"))
        if one is not None:
            self.on.setText(shown(one.on))
            self.reason.setText(one.reason)
        remove = icon_button("action.close", _("Take this break away"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part, share in ((self.on, 1), (self.reason, 3), (remove, 0)):
            row.addWidget(part, share)
        for box in (self.on, self.reason):
            box.textChanged.connect(self.changed)
        remove.clicked.connect(self.removed)

    def read(self) -> Break:
        """Return the break; Refused without a day or a reason."""
        if not self.on.text().strip() or not self.reason.text().strip():
            raise Refused(_("A break needs its day and the reason; it is printed beneath"))
        on = day(self.on.text(), today=self._today)
        return Break(on=on, reason=self.reason.text().strip())


class HeadingForm(QWidget):
    """Shows what is said of a whole return and hands back what was made of it."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._definition: Definition | None = None
        self._showing = False
        self.title = FormField(_("Title"), TextBox())
        self.code = FormField(
            _("Name on the command line; another makes a return of its own"), TextBox()
        )
        self.population = FormField(_("Counts, in words"), TextBox())
        self.dated = FormField(_("By date of, in words"), TextBox())
        self.source = FormField(_("After what published table, if any"), TextBox())
        layouts = (
            Option(Layout.PERIODS.value, _("The period, and that before with the change")),
            Option(Layout.AXIS.value, _("One for each value of a field")),
            Option(Layout.MONTHS.value, _("One for each month")),
            Option(Layout.ONE.value, _("One, with each row's share")),
        )
        self.layout_box = Select(layouts, name=_("Columns"))
        self.axis = AxisForm(_("Of which field"), ordered=False)
        self.total = FormField(_("Words of the column of totals; empty: none"), TextBox())
        self.asks: dict[str, CheckBox] = {}
        self.requires: dict[str, CheckBox] = {}
        self._asks, self._requires = QGridLayout(), QGridLayout()
        for grid in (self._asks, self._requires):
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(2)
        self.breaks = RowStack(_("Add break"))
        self._lay_out()
        self._wire()

    def show_definition(self, definition: Definition) -> None:
        """Show what is said of a whole return."""
        self._showing = True
        self._definition = definition
        for field, text in (
            (self.title, definition.title),
            (self.code, definition.code),
            (self.population, definition.population),
            (self.dated, definition.dated),
            (self.source, definition.source),
            (self.total, definition.column_total),
        ):
            field.show_text(text)
        self.layout_box.choose(definition.layout.value)
        self._show_axis(definition)
        self._show_asks(definition)
        self.breaks.clear()
        for one in definition.breaks:
            self.breaks.append(BreakRow(one, self._today))
        self._showing = False

    def offer(self, blocks: Sequence[Block]) -> None:
        """Offer what these blocks can be narrowed by and have as columns; keep what was said."""
        if self._definition is None or tuple(blocks) == self._definition.blocks:
            return
        try:
            said = self.read()
        except Refused:
            said = self._definition
        self._showing = True
        self._definition = replace(said, blocks=tuple(blocks))
        self._show_axis(self._definition)
        self._show_asks(self._definition)
        self._showing = False

    def read(self) -> Definition:
        """Return the definition with what is said here; Refused where a part of it is none."""
        assert self._definition is not None  # noqa: S101 - it is asked for what it was given
        layout = Layout(self.layout_box.current)
        return replace(
            self._definition,
            title=self.title.text.strip(),
            code=self.code.text.strip(),
            population=self.population.text.strip(),
            dated=self.dated.text.strip(),
            source=self.source.text.strip(),
            layout=layout,
            columns=self.axis.axis() if layout is Layout.AXIS else None,
            column_total=self.total.text.strip(),
            asks=_ticked(self.asks),
            requires=tuple(name for name in _ticked(self.requires) if name in _ticked(self.asks)),
            breaks=tuple(row.read() for row in self.breaks.rows),
        )

    def _show_axis(self, definition: Definition) -> None:
        """Offer as columns what every block knows; a definition without any keeps its own."""
        offered = _listed(return_shaping.can_ask(definition))
        axis = definition.columns
        if axis is None:
            axis = return_shaping.axis_of(offered[0]) if offered else None
        if axis is not None:
            known = {one.name for one in offered}
            own = () if axis.field in known else (_unknown(axis),)
            self.axis.show_axis((*own, *offered), axis)
        self._seat()

    def _seat(self) -> None:
        layout = self.layout_box.current
        self.axis.setVisible(layout == Layout.AXIS.value and bool(self.axis.field.options))
        self.total.setVisible(layout in {Layout.AXIS.value, Layout.MONTHS.value})

    def _show_asks(self, definition: Definition) -> None:
        """Offer what every block can be narrowed by, with what is asked for and needed ticked."""
        known = {one.name: one.words for one in return_shaping.can_ask(definition)}
        names = (*definition.asks, *(name for name in known if name not in definition.asks))
        words = {name: known.get(name, name) for name in names}
        self.asks = self._ticks(self._asks, self.asks, words, definition.asks)
        self.requires = self._ticks(self._requires, self.requires, words, definition.requires)
        for name, box in self.asks.items():
            box.toggled.connect(self.requires[name].setEnabled)
            self.requires[name].setEnabled(box.isChecked())

    def _ticks(
        self,
        grid: QGridLayout,
        old: Mapping[str, CheckBox],
        words: Mapping[str, str],
        ticked: Collection[str],
    ) -> dict[str, CheckBox]:
        """Put a box for each field into a grid, in place of those that are there."""
        for box in old.values():
            grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        made = {name: CheckBox(said) for name, said in words.items()}
        for place, (name, box) in enumerate(made.items()):
            box.setChecked(name in ticked)
            box.toggled.connect(self._tell)
            grid.addWidget(box, place // _ACROSS, place % _ACROSS)
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(10)
        for part in (self.title, self.code, self.population, self.dated):
            column.addWidget(part)
        column.addWidget(FormField(_("Columns"), self.layout_box))
        column.addWidget(self.axis)
        column.addWidget(self.total)
        column.addWidget(_heading(_("Whoever draws it up may narrow it by")))
        column.addLayout(self._asks)
        column.addWidget(_heading(_("It is not drawn up without")))
        column.addLayout(self._requires)
        column.addWidget(_heading(_("Breaks in the series, printed beneath the figures")))
        column.addWidget(self.breaks)
        column.addWidget(self.source)
        column.addStretch(1)

    def _wire(self) -> None:
        for field in (self.title, self.code, self.population, self.dated, self.source, self.total):
            field.changed.connect(self._tell)
        self.layout_box.chosen.connect(self._on_layout)
        self.axis.changed.connect(self._tell)
        self.breaks.wanted.connect(self._on_break)
        self.breaks.changed.connect(self._tell)

    def _tell(self) -> None:
        if not self._showing:
            self.changed.emit()

    def _on_layout(self) -> None:
        self._seat()
        self._tell()

    def _on_break(self) -> None:
        row = BreakRow(None, self._today)
        self.breaks.append(row)
        row.on.setFocus()
        self._tell()


def _unknown(axis: Axis) -> Field:
    """Return a field that not every block knows, as a definition names it."""
    return Field(axis.field, axis.field, FieldType.CODE, axis.codes)


def _listed(fields: Sequence[Field]) -> tuple[Field, ...]:
    return tuple(one for one in fields if one.codes)


def _ticked(boxes: Mapping[str, CheckBox]) -> tuple[str, ...]:
    return tuple(name for name, box in boxes.items() if box.isChecked())


def _heading(text: str) -> Label:
    return Label(text, step="small", ink="text.3", weight="medium")
