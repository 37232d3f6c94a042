"""Editing a register in place: one cell at a time, saved by itself."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import pasting, table_cells
from ocgdesk.domain import doubts
from ocgdesk.domain.dates import shown
from ocgdesk.domain.fields import FieldType
from ocgdesk.errors import Conflict, DeskError, Refused
from ocgdesk.i18n import _
from ocgdesk.store.listing import ColumnSpec, ListRow
from ocgdesk.ui import words
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.models import looks
from ocgdesk.ui.pages import register_parts
from ocgdesk.ui.pages.record_saving import attempt
from ocgdesk.ui.pages.register_editor import CellEditor
from ocgdesk.ui.pages.register_table import RegisterTable

_DATES: Final = frozenset({FieldType.DAY, FieldType.PARTIAL_DATE})


class Editing(QObject):
    """Edits the cells of one register's table."""

    said = Signal(str)
    """Why something cannot be typed, or was not kept."""

    def __init__(
        self, desk: Desk, table: RegisterTable, over: QWidget, refusal: Callable[[], str]
    ) -> None:
        super().__init__(over)
        self.editor: CellEditor | None = None
        self._desk = desk
        self._table = table
        self._model = table.register
        self._over = over
        self._refusal = refusal
        self._row: ListRow | None = None
        self._spec: ColumnSpec | None = None
        self._insisted = ""
        table.typed.connect(self.begin)
        table.dated.connect(self._on_dated)
        for signal in (
            table.verticalScrollBar().valueChanged, table.horizontalScrollBar().valueChanged,
            table.widths.shared, self._model.modelReset,
        ):  # fmt: skip
            signal.connect(self._seat)

    def begin(self, typed: str = "") -> None:
        """Edit the current cell, with this text or, if it is empty, with what the cell holds."""
        self.stop()
        now = self._table.currentIndex()
        row = self._model.row(now.row()) if now.isValid() and now.column() > 0 else None
        if row is None:
            return
        spec = self._model.specs[now.column() - 1]
        field = table_cells.field_of(self._model.kind, spec.name)
        why = table_cells.refusal(self._model.kind, spec.name) or self._refusal().rstrip(".")
        if why or field is None:
            self.said.emit(f"{spec.label}: {why}.")
            return
        self._row, self._spec, self._insisted = row, spec, ""
        value = row.cells[now.column() - 1]
        self._table.scrollTo(now)
        self.editor = CellEditor(field, _start(spec, value), typed, self._desk.today(), self._table)
        self.editor.kept.connect(self.keep)
        self.editor.dropped.connect(self._on_dropped)
        self.editor.left.connect(self._on_left)
        self._seat()
        self.editor.begin()

    def stop(self) -> None:
        """Leave the editor without saving."""
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.end()

    def keep(self, down: int = 0, across: int = 0) -> None:
        """Save what was typed and go on; what is wrong or doubtful is said and can be mended."""
        editor, row, spec = self.editor, self._row, self._spec
        if editor is None or row is None or spec is None:
            return
        if editor.text.strip() == _start(spec, self._held()).strip():
            self._close(down, across)
            return
        if said := self._doubt(editor, spec):
            self._insisted = editor.text
            editor.say(said, "due")
            return
        error = self._save(editor.text, row, spec)
        if error is None:
            self._close(down, across)
        else:
            self._on_refused(editor, error)

    def _held(self) -> Any:
        """Return the stored value the editor began with."""
        assert self._row is not None and self._spec is not None  # noqa: S101, PT018
        return self._row.cells[self._model.specs.index(self._spec)]

    def _doubt(self, editor: CellEditor, spec: ColumnSpec) -> str:
        """Return what is wrong or odd about what was typed, once; a second Enter insists."""
        try:
            value = table_cells.read(editor.field, editor.text, editor.today)
        except Refused:
            return ""  # the act refuses it in the same words
        odd = doubts.doubt(self._model.kind, spec.name, value, editor.today)
        if not odd or self._insisted == editor.text:
            return ""
        return _("{sentence}. Enter again keeps it, marked.").format(sentence=odd.rstrip("."))

    def _save(self, text: str, row: ListRow, spec: ColumnSpec) -> DeskError | None:
        kind = self._model.kind
        act = partial(
            pasting.type_in, kind=kind, no=row.no, name=spec.name, text=text,
            version=row.version, today=self._desk.today(),
        )  # fmt: skip
        label = _("Edit {kind}").format(kind=register_parts.inside(words.one(kind)))
        return attempt(self._desk, label, act, right=register_parts.right_of(kind))

    def _on_refused(self, editor: CellEditor, error: DeskError) -> None:
        said = f"{str(error).rstrip('.')}."
        if isinstance(error, Conflict) and self._row is not None:
            said = _("{sentence} Enter again saves yours over it; Esc leaves theirs.").format(
                sentence=said
            )
            query = partial(_newest, kind=self._model.kind, no=self._row.no)
            self._desk.ask(query, self._on_newest)
            self._model.refresh()
        editor.say(said, "overdue")

    def _on_newest(self, version: int) -> None:
        """Take the version that is there now: who goes on has been told whose it is."""
        if self._row is not None and self.editor is not None:
            row = self._row
            self._row = ListRow(
                row.no, row.id, row.marking, row.restricted, row.cells, version or row.version
            )

    def _close(self, down: int, across: int) -> None:
        self.stop()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        if down or across:
            self._table.go(down, across)

    def _seat(self) -> None:
        """Lie over the cell wherever it is now; a record that is gone takes its editor along."""
        if self.editor is None or self._row is None or self._spec is None:
            return
        at, specs = self._model.row_of(self._row.no), self._model.specs
        if at < 0 or self._spec not in specs:
            self.stop()
            self.said.emit(_("The record being edited is no longer in this list."))
            return
        column = specs.index(self._spec) + 1
        viewport, box = self._table.viewport(), self._box(at, column)
        self.editor.seat(box, viewport.geometry())

    def _box(self, row: int, column: int) -> QRect:
        """Return where a cell is on the table, also on the part that stays in sight."""
        frozen = self._table.frozen
        view = self._table
        box = view.visualRect(self._model.index(row, column))
        box.translate(view.viewport().pos())
        if frozen.isVisible() and not frozen.isColumnHidden(column):
            box.moveLeft(frozen.columnViewportPosition(column))
            box.setWidth(frozen.columnWidth(column))
        return box

    def _on_dropped(self) -> None:
        self.stop()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_left(self) -> None:
        """Keep what was typed when something else is clicked; say so where it cannot be kept."""
        editor, spec = self.editor, self._spec
        if editor is None or spec is None:
            return
        typed = editor.text
        if self._table.isVisible():
            self.keep()
        if self.editor is not None:
            said = self.editor.note.text()
            self.stop()
            form = _("{column}: {typed} was not kept. {sentence}")
            self.said.emit(form.format(column=spec.label, typed=f"“{typed[:40]}”", sentence=said))

    def _on_dated(self) -> None:
        """Put today's date into the current cell, as Ctrl+; does in Excel."""
        now = self._table.currentIndex()
        if now.column() > 0 and self._model.specs[now.column() - 1].type in _DATES:
            self.begin(shown(self._desk.today()))


def _newest(reader: Any, kind: Any, no: int) -> int:
    from ocgdesk.store import listing

    rows = listing.window(reader, kind, [no], ())
    return rows[0].version if rows else 0


def _start(spec: ColumnSpec, value: Any) -> str:
    """Return what an editor begins with: the code of a list, else the words of the value."""
    if spec.type is FieldType.CODE:
        return str(value or "")
    if spec.type is FieldType.FLAG:
        return "yes" if value else "no"
    return looks.text(spec, value)
