"""Shows what a pasted block would do, each cell marked, before any of it is taken in."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ocgdesk.casework.pasting import Draft
from ocgdesk.casework.table_cells import Verdict
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.listing import ColumnSpec
from ocgdesk.store.meta import About
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.paste_model import PasteModel
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.inputs import CheckBox
from ocgdesk.ui.widgets.labels import Label

_WIDE: Final = 860
_HIGH: Final = 300
_COLUMN: Final = 110, 320


class PasteDialog(Sheet):
    """The block over the cells it would change. Esc leaves everything as it was.

    Cells that are wrong stay out; doubtful ones come in only where the user insists.
    """

    taken = Signal(object)
    """The Draft to take in."""

    def __init__(
        self,
        title: str,
        draft: Draft,
        specs: tuple[ColumnSpec, ...],
        *,
        about: About,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            title, " ", marking=about.marking.value, synthetic=about.synthetic, width=_WIDE,
            parent=parent,
        )  # fmt: skip
        self.draft = draft
        self.model = PasteModel(draft, specs, self)
        self.summary = Label("", wrap=True)
        self.note = Label("", step="small", ink="text.2", wrap=True)
        self.table = RowTable(name=_("What would change"))
        self.insist = CheckBox("")
        self.problem_button = text_button(_("Next problem"), key="F8")
        self._build()
        self._say()

    def on_accept(self) -> None:
        self.taken.emit(self._wanted())
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F8:
            self._on_problem()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(RowTable.SelectionBehavior.SelectItems)
        self.table.setSelectionMode(RowTable.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(px(_HIGH))
        for column in range(self.model.columnCount()):
            hint = self.table.sizeHintForColumn(column) if self.model.rowCount() < 200 else 0
            least, most = px(_COLUMN[0]), px(_COLUMN[1])
            self.table.setColumnWidth(column, min(max(hint, least), most))
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.problem_button.clicked.connect(self._on_problem)
        self.problem_button.setVisible(self.model.next_problem(-1, -1) is not None)
        doubtful = self.draft.count(Verdict.DOUBTFUL)
        words = ngettext(
            "Take in the doubtful value too; it stays marked",
            "Take in the {n} doubtful values too; they stay marked",
            doubtful,
        )
        self.insist.setText(words.format(n=f"{doubtful:,}"))
        self.insist.setAccessibleName(self.insist.text())
        self.insist.toggled.connect(self._say)
        self.summary.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.note.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.note)
        self.body.addWidget(self.insist)
        self.insist.setVisible(doubtful > 0)
        self.add_buttons(self.problem_button)
        self.table.setFocus()

    def _wanted(self) -> Draft:
        return self.draft if self.insist.isChecked() else self.draft.without_doubtful()

    def _say(self) -> None:
        draft, wanted = self.draft, self._wanted()
        parts = [
            _("{n} would change").format(n=f"{draft.taken:,}"),
            _("{n} are the same").format(n=f"{draft.count(Verdict.SAME):,}"),
        ]
        if wrong := draft.count(Verdict.WRONG):
            parts.append(_("{n} cannot be taken in").format(n=f"{wrong:,}"))
        if doubtful := draft.count(Verdict.DOUBTFUL):
            parts.append(_("{n} doubtful").format(n=f"{doubtful:,}"))
        if draft.beyond:
            said = _("{n} rows of the block lie beyond the end of the table and are left out")
            parts.append(said.format(n=f"{draft.beyond:,}"))
        self.summary.setText(_("Cells: {parts}.").format(parts=" · ".join(parts)))
        count = wanted.taken
        title = ngettext("Take in {n} cell", "Take in {n} cells", count)
        self.accept_button.set_label(title.format(n=f"{count:,}"))
        if count:
            self.accept_button.allow()
        else:
            self.accept_button.refuse(_("Nothing would change"))

    def _on_problem(self) -> None:
        now = self.table.currentIndex()
        spot = self.model.next_problem(now.row(), now.column())
        if spot is not None:
            self.table.setCurrentIndex(self.model.index(*spot))

    def _on_current(self) -> None:
        said = self.table.currentIndex().data(Qt.ItemDataRole.ToolTipRole)
        self.note.setText(f"{str(said).rstrip('.')}." if said else "")
