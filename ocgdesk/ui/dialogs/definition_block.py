"""One block of a return: what it counts, by which day, of which records, in which rows."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import return_shaping
from ocgdesk.casework.return_shaping import COUNTED, Field
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.returns import Block, Count
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui import words
from ocgdesk.ui.dialogs.definition_conditions import ConditionList
from ocgdesk.ui.dialogs.definition_rows import RowsForm
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label

_BY, _OPEN, _NOW = "by", "open", "now"


class BlockForm(QWidget):
    """Shows a block and hands back what was made of it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._block: Block | None = None
        self._showing = False
        self.title = FormField(_("Heading"), TextBox())
        self.kind = Select(
            tuple(Option(kind.value, words.many(kind)) for kind in COUNTED), name=_("Counts")
        )
        self.sum = Select(name=_("How"))
        self.owner = Select(name=_("Asks also of"))
        ways = (
            Option(_BY, _("In the period, by its day")),
            Option(_OPEN, _("Open on the last day")),
            Option(_NOW, _("As recorded now")),
        )
        self.when = Select(ways, name=_("When"))
        self.first, self.last = Select(name=_("Day")), Select(name=_("Ended"))
        self.where = ConditionList(_("Condition"))
        self.rows = RowsForm()
        self.total = FormField(_("Words of the total; empty: none"), TextBox())
        self._lay_out()
        self._wire()

    def show_block(self, block: Block) -> None:
        """Show a block."""
        self._showing = True
        self._block, count = block, block.count
        self.title.show_text(block.title)
        self.total.show_text(block.total)
        self.kind.choose(count.kind.value)
        numbers = return_shaping.numbers(count)
        said = (Option(f.name, _("The sum of: {field}").format(field=f.words)) for f in numbers)
        self.sum.show_options((Option("", _("How many there are")), *said), count.sum)
        owners = return_shaping.owners(count.kind)
        none = Option("", _("Nothing more"))
        offered = (none, *(Option(one.value, words.one(one)) for one in owners))
        self.owner.show_options(offered, count.owner.value if count.owner else "")
        self.owner.setEnabled(bool(owners))
        self._show_days(count)
        fields = return_shaping.fields(count)
        self.where.show_conditions(fields, count.where)
        self.rows.show_rows(fields, block)
        self._showing = False

    def block(self) -> Block:
        """Return the block as it stands; Refused, in words, where a part of it is none."""
        assert self._block is not None  # noqa: S101 - it is asked for what it was given
        each, rows = self.rows.rows()
        return replace(
            self._block,
            title=self.title.text.strip(),
            count=self._count(),
            each=each,
            rows=rows,
            total=self.total.text.strip(),
        )

    def _count(self) -> Count:
        way = self.when.current
        return Count(
            kind=Kind(self.kind.current),
            sum=self.sum.current,
            by=self.first.current if way == _BY else "",
            open=(self.first.current, self.last.current) if way == _OPEN else None,
            owner=Kind(self.owner.current) if self.owner.current else None,
            where=self.where.conditions(),
        )

    def _show_days(self, count: Count) -> None:
        days = _options(return_shaping.days(count))
        self.when.choose(_OPEN if count.open else _BY if count.by else _NOW)
        first, last = count.open or (count.by, "")
        self.first.show_options(days, first)
        self.last.show_options(days, last)
        self.when.setEnabled(bool(days))
        self._seat_days()

    def _seat_days(self) -> None:
        self.first.setVisible(self.when.current != _NOW)
        self.last.setVisible(self.when.current == _OPEN)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addLayout(_row(FormField(_("Counts"), self.kind), FormField(_("How"), self.sum)))
        days = QHBoxLayout()
        days.setSpacing(8)
        for part in (self.when, self.first, self.last):
            days.addWidget(part, 1)
        column.addWidget(Label(_("When"), step="small", ink="text.3", weight="medium"))
        column.addLayout(days)
        column.addWidget(FormField(_("Asks also of what it belongs to"), self.owner))
        column.addWidget(Label(_("Only where"), step="small", ink="text.3", weight="medium"))
        column.addWidget(self.where)
        column.addWidget(Label(_("Rows"), step="small", ink="text.3", weight="medium"))
        column.addWidget(self.rows)
        column.addWidget(self.total)
        column.addStretch(1)

    def _wire(self) -> None:
        self.kind.chosen.connect(self._on_kind)
        self.owner.chosen.connect(self._on_owner)
        self.when.chosen.connect(self._on_when)
        for box in (self.sum, self.first, self.last):
            box.chosen.connect(self._tell)
        for part in (self.title, self.where, self.rows, self.total):
            part.changed.connect(self._tell)

    def _tell(self) -> None:
        if not self._showing:
            self.changed.emit()

    def _on_kind(self, kind: str) -> None:
        self.show_block(return_shaping.recounted(self._typed(), Kind(kind)))
        self._tell()

    def _on_owner(self) -> None:
        """Offer the fields of the owner too, or no more."""
        owner = Kind(self.owner.current) if self.owner.current else None
        self.show_block(return_shaping.owned(self._typed(), owner))
        self._tell()

    def _typed(self) -> Block:
        """Return the block as it stood before another kind or owner was chosen.

        Where a part of it is none it is returned as it was shown.
        """
        assert self._block is not None  # noqa: S101 - nothing is chosen before it is shown
        before = self._block.count
        try:
            made = self.block()
        except Refused:
            return self._block
        return replace(made, count=replace(made.count, kind=before.kind, owner=before.owner))

    def _on_when(self) -> None:
        self._seat_days()
        self._tell()


def _options(fields: Sequence[Field]) -> tuple[Option, ...]:
    return tuple(Option(one.name, one.words) for one in fields)


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for part in parts:
        row.addWidget(part, 1)
    return row
