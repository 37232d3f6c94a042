"""The cells that are selected in a register, as rows and columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
)
from PySide6.QtWidgets import QTableView

from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui.models.register_model import RegisterModel

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells: rows from ``top`` to ``bottom``, and columns of the view."""

    top: int
    bottom: int
    columns: tuple[int, ...]

    @property
    def rows(self) -> range:
        """The rows it reaches over."""
        return range(self.top, self.bottom + 1)

    @property
    def count(self) -> int:
        """How many cells it has."""
        return len(self.rows) * len(self.columns)


def ranges(view: QTableView) -> list[QItemSelectionRange]:
    """Return what is selected in a view, as Qt keeps it."""
    found = view.selectionModel().selection()
    return [found.at(number) for number in range(found.size())]


def of_view(view: QTableView) -> tuple[Block, ...]:
    """Return the blocks selected in a view, without its first column and hidden ones."""
    found = []
    for part in ranges(view):
        columns = (n for n in range(max(1, part.left()), part.right() + 1))
        shown = tuple(n for n in columns if not view.isColumnHidden(n))
        if shown:
            found.append(Block(part.top(), part.bottom(), shown))
    return tuple(sorted(found, key=lambda block: (block.top, block.columns)))


def joined(blocks: Sequence[Block]) -> tuple[list[int], tuple[int, ...]]:
    """Return the rows and columns of several blocks together, to be copied as one.

    Raises Refused where they have neither the same rows nor the same columns.
    """
    if len({block.columns for block in blocks}) == 1:
        rows = sorted(set(chain.from_iterable(block.rows for block in blocks)))
        return rows, blocks[0].columns
    if len({(block.top, block.bottom) for block in blocks}) == 1:
        columns = sorted(set(chain.from_iterable(block.columns for block in blocks)))
        return list(blocks[0].rows), tuple(columns)
    raise Refused(_("Several blocks are copied together only with the same rows or columns"))


def select(view: QTableView, block: Block) -> None:
    """Select one block; the current cell stays."""
    model = view.model()
    first = model.index(block.top, block.columns[0])
    last = model.index(block.bottom, block.columns[-1])
    how = QItemSelectionModel.SelectionFlag.ClearAndSelect
    view.selectionModel().select(QItemSelection(first, last), how)


@dataclass(frozen=True, slots=True)
class Place:
    """Which cell is current and which block selected, by record and column."""

    no: int
    row: int
    column: str
    corners: tuple[int, int, str, str] | None
    """The first and last record and column of a block of several cells."""


def place(view: QTableView, model: RegisterModel) -> Place | None:
    """Return where one is in a register; None where no cell is current."""
    now = view.currentIndex()
    if not (0 <= now.row() < model.rowCount() and 1 <= now.column() <= len(model.specs)):
        return None
    found, corners = of_view(view), None
    if len(found) == 1 and found[0].count > 1:
        block = found[0]
        left, right = (model.specs[block.columns[n] - 1].name for n in (0, -1))
        corners = (model.numbers[block.top], model.numbers[block.bottom], left, right)
    name = model.specs[now.column() - 1].name
    return Place(model.numbers[now.row()], now.row(), name, corners)


def restore(view: QTableView, model: RegisterModel, was: Place) -> None:
    """Make the same cell current and select the same block, where they are still there.

    Where the record is gone, the one in its row is current.
    """
    row = model.row_of(was.no)
    row = min(was.row, model.rowCount() - 1) if row < 0 else row
    view.setCurrentIndex(model.index(row, max(1, _column(model, was.column))))
    if was.corners is None:
        return
    top, bottom = (model.row_of(no) for no in was.corners[:2])
    left, right = (_column(model, name) for name in was.corners[2:])
    if 0 <= top <= bottom and 1 <= left <= right:
        select(view, Block(top, bottom, (left, right)))


def _column(model: RegisterModel, name: str) -> int:
    return next((n for n, spec in enumerate(model.specs, start=1) if spec.name == name), 0)
