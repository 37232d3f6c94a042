"""The definition of a return, edited: in a form or as text, with its figures beneath as one types.

What is kept is its next version; the versions before stay on record.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import return_books, returns
from ocgdesk.casework.return_wishes import Wish
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.people import Right
from ocgdesk.domain.return_definitions import check
from ocgdesk.domain.returns import Definition, Return
from ocgdesk.errors import DeskError, Refused
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.ui import fonts
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.definition_form import DefinitionForm
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.fonts import px
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.models.return_model import ReturnModel
from ocgdesk.ui.plan.form import LinesBox
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, text_button
from ocgdesk.ui.widgets.labels import Label

_LEAST, _MOST = 250, 480
"""How high what is edited is, in pixels at 100 %: as the screen allows."""
_REST: Final = 440
"""What stands over and under it."""
_PREVIEW: Final = 140
_AFTER_MS: Final = 300
_FORM, _TEXT = "form", "text"


class _Editor(LinesBox):
    """The text of a definition, in letters of one width."""

    def _grow(self) -> None:
        self.setFont(fonts.mono())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        event.accept()  # Return makes a line here and saves nothing


class DefinitionDialog(DeskSheet):
    """Title, rows, columns, filters and breaks of one return.

    ``saved`` carries the code of the return that is there now; none where it is no longer offered.
    """

    saved = Signal(str)

    def __init__(
        self, desk: Desk, definition: Definition, wish: Wish, parent: QWidget | None = None
    ) -> None:
        """``wish`` says of which period the figures beneath are."""
        title = _("Definition of {title}").format(title=_(definition.title))
        super().__init__(desk, title, _("Save as next version"), width=1000, parent=parent)
        self._wish = wish
        self._asked = Inquiry(desk, self)
        self._is_warned = False
        segments = (Segment(_FORM, _("Form")), Segment(_TEXT, _("Text")))
        self.view = SegmentedControl(segments)
        self.form = DefinitionForm(desk.today())
        self.editor = _Editor()
        self.editor.setAccessibleName(_("Definition"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.form)
        self._stack.addWidget(self.editor)
        room = self.screen().availableGeometry().height() - px(_REST)
        self._stack.setFixedHeight(min(max(room, px(_LEAST)), px(_MOST)))
        self.state = Label("", step="small", ink="text.2", wrap=True)
        self.model = ReturnModel()
        self.preview = RowTable(name=_("Figures"), density=Density.COMPACT)
        self.preview.setModel(self.model)
        self.model.setParent(self.preview)
        self.preview.heading.setStretchLastSection(True)
        self.preview.setFixedHeight(px(_PREVIEW))
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self._count)
        self.retire_button = text_button(_("No longer offer"))
        self.retire_button.explain(_("Its versions stay; saved again under its name, it is back"))
        self.retire_button.clicked.connect(self._on_retire)
        self.add_buttons(self.retire_button)
        self._lay_out(definition)
        self.form.show_definition(definition)
        self.form.changed.connect(self._on_typed)
        self.form.turned.connect(self._show_part)
        self.editor.textChanged.connect(self._on_typed)
        self.view.chosen.connect(self._on_view)
        self.form.table.setFocus()
        self._on_typed()
        self._begun = self._sound()

    def read(self) -> Definition:
        """Return the definition as it stands; Refused, with the reason, where it is none."""
        if self.view.current == _TEXT:
            return return_books.from_text(self.editor.toPlainText())
        made = self.form.definition()
        check(made)
        return made

    def ready(self) -> bool:
        """Tell whether the figures beneath are those of what was typed."""
        return not self._asked.is_open and not self._timer.isActive()

    def on_accept(self) -> None:
        try:
            made = self.read()
        except Refused as wrong:
            self.say(f"{str(wrong).rstrip('.')}.")
            return
        save = partial(return_books.save, definition=made)
        if self.desk.do("Define return", save, right=Right.RETURNS):
            self.saved.emit(made.code)
            self.accept()

    @Slot()
    def _on_retire(self) -> None:
        retire = partial(return_books.retire, definition=self._wish.definition)
        if self.desk.do("Retire return", retire, right=Right.RETURNS):
            self.saved.emit("")
            self.accept()

    def done(self, result: int) -> None:
        self._timer.stop()
        self._asked.drop()
        super().done(result)

    def reject(self) -> None:
        """Close it; where something was changed that would be lost, only when asked again."""
        if self._is_warned or self._sound() == self._begun:
            super().reject()
            return
        self._is_warned = True
        self.say(_("What was changed here would be lost: save it, or leave again to discard it."))

    def _sound(self) -> Definition | None:
        try:
            return self.read()
        except Refused:
            return None

    def _lay_out(self, definition: Definition) -> None:
        note = _("Version {n}. What is saved is the next one; those before stay on record.")
        told = Label(note.format(n=definition.number), ink="text.2", wrap=True)
        top = QVBoxLayout()
        top.setSpacing(6)
        top.addWidget(told)
        top.addWidget(self.view, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(top)
        self.body.addWidget(self._stack)
        self.body.addWidget(self.state)
        self.body.addWidget(self.preview)

    # ---- What it gives ----------------------------------------------------------------------

    @Slot()
    def _on_typed(self) -> None:
        """Say as one types whether it is a definition; its figures follow in a moment."""
        self._is_warned = False
        try:
            made = self.read()
        except Refused as wrong:
            self._wrong(str(wrong))
            return
        told = _("Sound: {rows} blocks of rows, {breaks} breaks. Counted of {period}.")
        period = self._wish.period.words
        said = told.format(rows=len(made.blocks), breaks=len(made.breaks), period=period)
        self.state.setText(said)
        self.state.set_ink("text.2")
        self.say("")
        self._timer.start()

    def _wrong(self, reason: str) -> None:
        self._timer.stop()
        self.state.setText(f"{reason.rstrip('.')}.")
        self.state.set_ink("overdue")

    @Slot()
    def _count(self) -> None:
        try:
            made = self.read()
        except Refused as wrong:
            self._wrong(str(wrong))
            return
        filters = {n: value for n, value in self._wish.filters.items() if n in made.asks}
        shown = replace(made, requires=())  # what is made of it can be looked at before one is said
        wish = replace(self._wish, definition=shown, filters=filters)
        self._asked.ask(partial(_made, wish=wish), self._show, self._on_failed)

    def _show(self, made: Return) -> None:
        self.model.show(made)
        self.preview.setColumnWidth(0, px(270))
        self._show_part()

    @Slot()
    def _show_part(self) -> None:
        """Bring the figures of the block that is edited into sight."""
        rows = (n for n, row in enumerate(self.model.rows) if row.block == self.form.at - 1)
        if (first := next(rows, None)) is not None:
            at = self.model.index(first, 0)
            self.preview.scrollTo(at, RowTable.ScrollHint.PositionAtTop)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self._wrong(str(error))

    @Slot(str)
    def _on_view(self, view: str) -> None:
        """Turn to the other way of editing with what was made in this one, if it is sound."""
        try:
            if view == _TEXT:
                self.editor.setPlainText(return_books.to_text(self.form.definition()))
            else:
                self.form.show_definition(return_books.from_text(self.editor.toPlainText()))
        except Refused as wrong:
            self.view.choose(_FORM if view == _TEXT else _TEXT)
            self.say(f"{str(wrong).rstrip('.')}.")
            return
        self.say("")
        self._stack.setCurrentWidget(self.form if view == _FORM else self.editor)
        self._on_typed()


def _made(reader: Reader, *, wish: Wish) -> Return:
    return returns.make(reader, wish, now=datetime.now(LONDON))
