"""What stands round the figures of a return: periods to choose from, and the records beneath."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.domain.dates import day
from ocgdesk.domain.returns import Period, number_words
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.records import Brief
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.models import record_cell
from ocgdesk.ui.models.return_model import Row
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView, column
from ocgdesk.ui.widgets.inputs import Option, TextBox
from ocgdesk.ui.widgets.labels import ElidedLabel, Label

CUSTOM = "custom"
MOST = 300
"""So many records are listed beneath a figure; the count is of all."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A period somebody can choose, with its words."""

    key: str
    words: str
    period: Period


def choices(today: date) -> tuple[Choice, ...]:
    """Return the periods that are offered, counted from today: whole months, police years."""
    return tuple(_choices(today))


def _choices(today: date) -> Iterator[Choice]:
    last = today.replace(day=1) - timedelta(days=1)
    month = Period(last.replace(day=1), last)
    year = month.back_to_months(12)
    april = date(today.year if today.month >= 4 else today.year - 1, 4, 1)
    yield Choice("year", _("Last 12 months"), year)
    yield Choice("month", _("Last month"), month)
    yield Choice("quarter", _("Last 3 months"), month.back_to_months(3))
    yield Choice("police-year", _("This financial year"), Period(april, today))
    before = Period(april.replace(year=april.year - 1), april - timedelta(days=1))
    yield Choice("last-police-year", _("Last financial year"), before)


def options(today: date) -> tuple[Option, ...]:
    """Return the periods as a drop-down offers them, a free one last."""
    made = tuple(Option(one.key, one.words, one.period.words) for one in choices(today))
    return (*made, Option(CUSTOM, _("Other days")))


class PeriodBoxes(QWidget):
    """The first and the last day of a period, as people type days."""

    changed = Signal()

    def __init__(self, period: Period, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.sound = period
        """The period that was typed last and is one: it holds while a box is wrong."""
        self.first = TextBox(placeholder=_("First day"), name=_("First day of the period"))
        self.last = TextBox(placeholder=_("Last day"), name=_("Last day of the period"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.show_period(period)
        for box in (self.first, self.last):
            box.editingFinished.connect(self._on_edited)
            row.addWidget(box)

    def show_period(self, period: Period) -> None:
        """Show the days of a period."""
        self.sound = period
        for box, on in ((self.first, period.start), (self.last, period.end)):
            box.setText(f"{on.day}/{on.month}/{on.year}")

    def period(self) -> Period | None:
        """Return the period typed; None, with the wrong box marked, where there is none."""
        days = [self._read(box) for box in (self.first, self.last)]
        start, end = days
        if start is None or end is None:
            return None
        try:
            self.sound = Period(start, end)
        except Refused as wrong:
            self._mark(self.last, str(wrong))
            return None
        return self.sound

    def _read(self, box: TextBox) -> date | None:
        try:
            found = day(box.text(), today=self._today)
        except Refused as wrong:
            self._mark(box, str(wrong))
            return None
        self._mark(box, "")
        return found

    @staticmethod
    def _mark(box: TextBox, wrong: str) -> None:
        """Mark a box and say what is wrong with it; nothing is wrong with one without words."""
        box.set_state("error" if wrong else "")
        box.setToolTip(wrong)
        box.setAccessibleDescription(wrong)

    def _on_edited(self) -> None:
        if self.period() is not None:
            self.changed.emit()


class FigurePanel(QWidget):
    """One figure of a return: what it counts, and the records it rests on."""

    opened = Signal(object)
    """The Brief of a record to open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel("", step="section")
        self.figure = Label("", step="figure")
        self.says = Label("", step="small", ink="text.2")
        self.facts = Label("", step="small", ink="text.2", wrap=True)
        self.count = Label("", step="section")
        self.model = ShortTable(
            (
                column(
                    _("Record"),
                    lambda brief: record_cell.entity(brief, second=brief.ref),
                    lambda brief: brief.label.casefold(),
                    200,
                ),
            )
        )
        self.table = ShortTableView(
            self.model, name=_("Records beneath the figure"), density=Density.TWO_LINES
        )
        self.table.opened.connect(self._on_opened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        for part in (self.title, self.figure, self.says, self.facts, self.count):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)

    def show_figure(self, row: Row, column_: int, heading: str, basis: tuple[str, ...]) -> None:
        """Show which figure it is; its records follow."""
        line = row.line
        assert line is not None  # noqa: S101 - headings of blocks have no figure
        self.title.setText(f"{line.label} · {heading}")
        self.figure.setText(number_words(line.figures[column_].value))
        self.says.setText(line.unit)
        self.facts.setText("\n".join(basis))
        self.count.setText(_("Reading the records …"))
        self.model.show_rows(())

    def show_records(self, found: tuple[Brief, ...], total: int) -> None:
        """Show the records beneath it."""
        told = ngettext("{n} record", "{n} records", total).format(n=f"{total:,}")
        if len(found) < total:
            told = _("{told}, the newest {n} shown").format(told=told, n=f"{len(found):,}")
        self.count.setText(told)
        self.model.show_rows(found)
        self.table.share()

    def _on_opened(self, number: int) -> None:
        self.opened.emit(self.model.rows[number])
