"""A question asked of the items or links of a chart, as it is typed: field, comparison, values."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.domain.chart_fields import Asked, field
from ocgdesk.domain.chart_tests import OPS, Op, Test, checked, ops, value_words
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.reference_data import code_list
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label

_MOST_HINTED = 6
_BARE = frozenset({Op.FILLED, Op.EMPTY})


class TestForm(QWidget):
    """Field, comparison and values in one row; below it how they were read, or what is wrong.

    Several values are set apart by commas; codes may be typed in their words.
    """

    __test__ = False
    changed = Signal()

    def __init__(
        self, fields: Sequence[Asked], *, optional: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        options = tuple(Option(one.name, one.words) for one in fields)
        first = (Option("", _("Nothing more")),) if optional else ()
        self.field = Select((*first, *options), name=_("Field"))
        self.op = Select(name=_("Comparison"))
        self.values = TextBox(name=_("Values"))
        self.echo = Label("", step="small", ink="text.3", wrap=True)
        self._arrange()
        self.field.chosen.connect(self._on_field)
        self.op.chosen.connect(self._on_op)
        self.values.textChanged.connect(self._on_values)
        self._on_field()

    @property
    def is_empty(self) -> bool:
        """Whether no field was chosen."""
        return not self.field.current

    def test(self) -> Test:
        """Return the question; Refused, in words, where it is none yet."""
        parts = tuple(part.strip() for part in self.values.text().split(",") if part.strip())
        return checked(Test(field=self.field.current, op=Op(self.op.current), values=parts))

    def show_test(self, test: Test) -> None:
        """Show a question as it would have been typed."""
        self.field.choose(test.field)
        self._on_field()
        self.op.choose(test.op.value)
        self._on_op()
        said = (value_words(test.asked, value) for value in test.values)
        self.values.setText(", ".join(said))

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 3)
        row.addWidget(self.op, 2)
        row.addWidget(self.values, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self.echo)

    def _on_field(self) -> None:
        for part in (self.op, self.values, self.echo):
            part.setEnabled(not self.is_empty)
        if not self.is_empty:
            asked = field(self.field.current)
            offered = tuple(Option(op.value, _(OPS[op])) for op in ops(asked))
            self.op.show_options(offered, self.op.current)
            self.values.setPlaceholderText(_hint(asked))
        self._on_op()

    def _on_op(self) -> None:
        self.values.setEnabled(not self.is_empty and Op(self.op.current) not in _BARE)
        self._on_values()

    def _on_values(self) -> None:
        self.echo.set_ink("text.3")
        self.echo.setText(self._read())
        self.changed.emit()

    def _read(self) -> str:
        if self.is_empty or (self.values.isEnabled() and not self.values.text().strip()):
            return ""
        try:
            return self.test().words
        except Refused as reason:
            self.echo.set_ink("overdue")
            return str(reason)


def _hint(asked: Asked) -> str:
    """Return what may be typed, by example."""
    if asked.codes and asked.name != "kind":
        known = [item.label for item in code_list(asked.codes).offered()][:_MOST_HINTED]
        return ", ".join(known)
    match asked.type:
        case FieldType.FLAG:
            return _("yes, no")
        case FieldType.DAY | FieldType.PARTIAL_DATE:
            return _("1 Mar 2026")
        case FieldType.GRADE:
            return "2C"
        case FieldType.INTEGER | FieldType.NUMBER:
            return "3"
    return ""
