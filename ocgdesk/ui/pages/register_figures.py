"""Count, sum, average, least and most of what is selected in a register, for the status line."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ocgdesk.domain.fields import FieldType
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.listing import ColumnSpec, ListRow
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.models import looks, register_reading
from ocgdesk.ui.models.register_groups import is_added
from ocgdesk.ui.models.register_model import RegisterModel
from ocgdesk.ui.pages import register_blocks
from ocgdesk.ui.pages.register_blocks import Block

MOST_ADDED: Final = 20_000
"""Rows whose figures are added up; of more only the count is said."""
_MOST_COLUMNS: Final = 2
_DATES: Final = frozenset({FieldType.DAY, FieldType.PARTIAL_DATE})
_WAIT_MS: Final = 60


def sums(specs: Sequence[ColumnSpec], rows: Sequence[ListRow]) -> tuple[str, ...]:
    """Return sum and average of each column of figures; unlike units are never added."""
    said = []
    for at, spec in enumerate(specs):
        if is_added(spec) and (figures := _figures(rows, at)):
            form = _("{column}: sum {sum}, average {average}")
            said.append(form.format(column=spec.label, **_worded(figures)))
    return tuple(said)


def figures(specs: Sequence[ColumnSpec], rows: Sequence[ListRow]) -> tuple[str, ...]:
    """Return what is said of selected cells: the count, and of figures and dates the rest."""
    filled = [sum(row.cells[at] not in {None, ""} for row in rows) for at in range(len(specs))]
    said = [_("Count: {n}").format(n=f"{sum(filled):,}")]
    for at, spec in enumerate(specs):
        if looks.is_number(spec) and (held := _figures(rows, at)):
            form = _("{column}: sum {sum}, average {average}, least {least}, most {most}")
            if not is_added(spec):
                form = _("{column}: least {least}, most {most}")
            said.append(form.format(column=spec.label, **_worded(held)))
        elif spec.type in _DATES and filled[at]:
            said.append(_dates(spec, [row.cells[at] for row in rows if row.cells[at]]))
    return (said[0], *said[1 : _MOST_COLUMNS + 1])


def _figures(rows: Sequence[ListRow], at: int) -> list[Any]:
    return [row.cells[at] for row in rows if row.cells[at] is not None]


def _worded(held: Sequence[Any]) -> dict[str, str]:
    values = {"sum": sum(held), "least": min(held), "most": max(held)}
    values["average"] = round(sum(held) / len(held), 1)
    return {name: looks.number(value) for name, value in values.items()}


def _dates(spec: ColumnSpec, held: Sequence[str]) -> str:
    """Return the first and the last date: as stored, dates order as texts."""
    form = _("{column}: {n} dates, {first} to {last}")
    first, last = looks.text(spec, min(held)), looks.text(spec, max(held))
    return form.format(column=spec.label, n=f"{len(held):,}", first=first, last=last)


class Figures(QObject):
    """Works out in the background what is said of the rows ticked or the cells selected."""

    told = Signal(object)
    """A tuple of texts."""

    def __init__(self, desk: Desk, model: RegisterModel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._asked = Inquiry(self._desk, self)
        self._blocks: tuple[Block, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._ask)

    def stop(self) -> None:
        """Ask nothing more."""
        self._timer.stop()
        self._asked.drop()

    def is_settled(self) -> bool:
        """Tell whether all that was asked for has come."""
        return not self._asked.is_open and not self._timer.isActive()

    def show_blocks(self, blocks: tuple[Block, ...]) -> None:
        """Say what holds of these cells; of none, or a single one, of the ticked rows."""
        self.stop()
        self._blocks = blocks if sum(block.count for block in blocks) > 1 else ()
        self._timer.start()

    def _ask(self) -> None:
        if self._blocks:
            self._ask_of_cells()
        else:
            self._ask_of_ticks()

    def _ask_of_ticks(self) -> None:
        specs = tuple(spec for spec in self._model.specs if looks.is_number(spec))
        numbers = tuple(self._model.ticks)
        if specs and 0 < len(numbers) <= MOST_ADDED:
            self._read(numbers, specs, partial(sums, specs))
        else:
            self.told.emit(())

    def _ask_of_cells(self) -> None:
        cells = sum(block.count for block in self._blocks)
        said = ngettext("{n} cell", "{n} cells", cells).format(n=f"{cells:,}")
        try:
            rows, columns = register_blocks.joined(self._blocks)
        except Refused:
            rows, columns = [], ()
        specs = tuple(self._model.specs[n - 1] for n in columns)
        numbers = self._model.records(rows)
        if not specs or len(numbers) > MOST_ADDED:
            self.told.emit((said,))
            return
        self._read(numbers, specs, lambda found: (said, *figures(specs, found)))

    def _read(self, numbers: Sequence[int], specs: Sequence[ColumnSpec], say: Any) -> None:
        def read(reader: Reader) -> list[ListRow]:
            held = self._model.held
            return register_reading.read_rows(reader, self._model.kind, numbers, specs, held)

        self._asked.ask(read, partial(self._on_read, say))

    def _on_read(self, say: Any, rows: list[ListRow]) -> None:
        self.told.emit(say(rows))
