"""Blocks of a register pasted over, filled down or emptied: looked at first, then one act."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import pasting, table_cells
from ocgdesk.casework.pasting import Draft
from ocgdesk.casework.table_cells import Verdict
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.store.listing import ColumnSpec
from ocgdesk.store.work import Work
from ocgdesk.ui.desk import MANY, Desk
from ocgdesk.ui.dialogs.paste_dialog import PasteDialog
from ocgdesk.ui.pages import register_blocks, register_parts
from ocgdesk.ui.pages.register_blocks import Block
from ocgdesk.ui.pages.register_table import RegisterTable


class Filling(QObject):
    """Pastes blocks, fills down and empties cells: looked at first, then one act."""

    said = Signal(str)
    landed = Signal(int)
    """So many cells were taken in."""

    def __init__(
        self, desk: Desk, table: RegisterTable, over: QWidget, refusal: Callable[[], str]
    ) -> None:
        super().__init__(over)
        self.dialog: PasteDialog | None = None
        self._desk = desk
        self._table = table
        self._model = table.register
        self._over = over
        self._refusal = refusal
        table.pasted.connect(self.paste)
        table.filled.connect(self.fill_down)
        table.emptied.connect(self.empty)
        table.handle.filled.connect(self.drag_down)
        table.handle.allows = self._allows

    def paste(self) -> None:
        """Show what the block on the clipboard would do from the current cell on."""
        cells = pasting.block(QGuiApplication.clipboard().text())
        found = self._target()
        if not cells or found is None:
            self.said.emit(_("There is nothing to paste here."))
            return
        rows, columns = found
        shown_ = [n for n in range(1, self._model.columnCount()) if not self._hidden(n)]
        headings = [self._model.specs[n - 1].label for n in shown_ if n >= columns[0]]
        cells = [list(row) for row in pasting.without_headings(cells, headings)]
        cells = pasting.spread(cells, len(rows), len(columns))
        over = [n for n in shown_ if n >= columns[0]][: len(cells[0])]
        names = [self._model.specs[n - 1].name for n in over]
        below = self._model.records(range(rows[0], self._model.rowCount()))
        numbers = below[: len(cells)]
        texts = {no: tuple(row[: len(names)]) for no, row in zip(numbers, cells, strict=False)}
        beyond = len(cells) - len(texts)
        query = partial(
            pasting.draft, kind=self._model.kind, columns=names, texts=texts, beyond=beyond,
            today=self._desk.today(),
        )  # fmt: skip
        single = len(texts) == 1 and len(names) == 1
        self._look(_("Paste cells"), query, names, shows=not single)

    def fill_down(self) -> None:
        """Copy the first row of what is selected into the rows below."""
        found = self._target()
        if found is None:
            return
        rows, columns = found
        names = [self._model.specs[n - 1].name for n in columns]
        numbers = self._model.records(rows)
        query = partial(
            pasting.filled_down, kind=self._model.kind, columns=names, nos=numbers,
            today=self._desk.today(),
        )  # fmt: skip
        self._look(_("Fill down"), query, names)

    def drag_down(self, block: Block, last: int) -> None:
        """Go on below a block with what it holds, its rows one after the other."""
        if said := self._refusal():
            self.said.emit(said)
            return
        names = [self._model.specs[n - 1].name for n in block.columns]
        source = self._model.records(block.rows)
        below = self._model.records(range(block.bottom + 1, last + 1))
        if not source or not below:
            return
        register_blocks.select(self._table, replace(block, bottom=last))
        query = partial(
            pasting.filled_on, kind=self._model.kind, columns=names, source=source, below=below,
            today=self._desk.today(),
        )  # fmt: skip
        self._look(_("Fill down"), query, names)

    def empty(self) -> None:
        """Empty what is selected."""
        found = self._target()
        if found is None:
            return
        rows, columns = found
        names = [self._model.specs[n - 1].name for n in columns]
        texts = {number: ("",) * len(names) for number in self._model.records(rows)}
        query = partial(
            pasting.draft, kind=self._model.kind, columns=names, texts=texts,
            today=self._desk.today(),
        )  # fmt: skip
        self._look(_("Empty cells"), query, names)

    def _allows(self, block: Block) -> bool:
        """Tell whether cells of a block can be typed, so that others are filled from them."""
        names = (
            self._model.specs[n - 1].name for n in block.columns if n <= len(self._model.specs)
        )
        typed = any(not table_cells.refusal(self._model.kind, name) for name in names)
        return typed and bool(self._model.records(block.rows)) and not self._refusal()

    def _hidden(self, column: int) -> bool:
        return self._table.isColumnHidden(column)

    def _target(self) -> tuple[list[int], tuple[int, ...]] | None:
        """Return the rows and columns to be changed; None, said why, where none can be."""
        if said := self._refusal():
            self.said.emit(said)
            return None
        blocks = self._table.blocks()
        if not blocks:
            return None
        try:
            rows, columns = register_blocks.joined(blocks)
        except Refused as error:
            self.said.emit(f"{error}.")
            return None
        rows = [row for row in rows if self._model.records([row])]
        if len(rows) > pasting.MOST_ROWS:
            said = _("No more than {most} rows are changed at once.")
            self.said.emit(said.format(most=f"{pasting.MOST_ROWS:,}"))
            return None
        return (rows, columns) if rows else None

    def _look(self, label: str, query: Any, names: Sequence[str], *, shows: bool = False) -> None:
        """Ask what it would do; show it where the user should see it first, else do it."""
        specs = tuple(s for name in names for s in self._model.specs if s.name == name)
        job = self._desk.ask(query, partial(self._on_draft, label, specs, shows))
        job.failed.connect(self._on_failed)

    def _on_draft(
        self,
        label: str,
        specs: tuple[ColumnSpec, ...],
        shows: bool,  # noqa: FBT001 - bound by partial
        draft: Draft,
    ) -> None:
        odd = draft.count(Verdict.WRONG) + draft.count(Verdict.DOUBTFUL) + draft.beyond
        if not shows and not odd:
            self._take(label, draft)
            return
        about = self._desk.workspace.about
        self.dialog = PasteDialog(label, draft, specs, about=about, parent=self._over)
        self.dialog.taken.connect(partial(self._take, label))
        self.dialog.open()

    def _take(self, label: str, draft: Draft) -> None:
        if not draft.taken:
            self.said.emit(_("Nothing would change."))
            return
        today, right = self._desk.today(), register_parts.right_of(draft.kind)
        if len(draft.lines) > MANY:

            def write(work: Work, _progress: Progress) -> None:
                pasting.take_in(work, draft, today=today)

            self._desk.write(label, write, right=right)
            return
        act = partial(pasting.take_in, drafted=draft, today=today)
        if self._desk.do(label, act, right=right):
            self.landed.emit(draft.taken)

    def _on_failed(self, error: Exception) -> None:
        self.said.emit(f"{str(error).rstrip('.')}.")
