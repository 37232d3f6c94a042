"""The definition of a return, edited: checked as one types, kept as its next version."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ocgdesk.casework import return_books
from ocgdesk.domain.dates import day
from ocgdesk.domain.people import Right
from ocgdesk.domain.returns import Break, Definition
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui import fonts
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.fonts import px
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.inputs import TextBox
from ocgdesk.ui.widgets.labels import Label

_LINES = 300


class _Editor(LinesBox):
    """The text of a definition, in letters of one width."""

    def _grow(self) -> None:
        self.setFixedHeight(px(_LINES))
        self.setFont(fonts.mono())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        event.accept()  # Return makes a line here and saves nothing


class DefinitionDialog(DeskSheet):
    """Title, rows, columns, filters and breaks of one return. ``saved`` carries its code."""

    saved = Signal(str)

    def __init__(self, desk: Desk, definition: Definition, parent: QWidget | None = None) -> None:
        title = _("Definition of {title}").format(title=_(definition.title))
        super().__init__(desk, title, _("Save as next version"), width=720, parent=parent)
        self.definition = definition
        note = _("Version {n}. Rows, columns, filters and periods are data; the versions before "
                 "stay on record. Another code makes a return of its own.")  # fmt: skip
        self.editor = _Editor()
        self.editor.setAccessibleName(_("Definition"))
        self.editor.setPlainText(return_books.to_text(definition))
        self.state = Label("", step="small", ink="text.2", wrap=True)
        self.on = FormField(_("Figures are not like those before from"), TextBox())
        self.reason = FormField(_("Because"), TextBox())
        self.break_button = outline(_("Add break"), icon="action.add", height="bar")
        row = QHBoxLayout()
        row.setSpacing(12)
        for part, share in ((self.on, 2), (self.reason, 3)):
            row.addWidget(part, share)
        row.addWidget(self.break_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(Label(note.format(n=definition.number), ink="text.2", wrap=True))
        self.body.addWidget(self.editor)
        self.body.addWidget(self.state)
        self.body.addLayout(row)
        self.editor.textChanged.connect(self._on_typed)
        self.break_button.clicked.connect(self._on_break)
        self._on_typed()

    def read(self) -> Definition | None:
        """Return the definition typed; None, with the reason said, where it is none."""
        try:
            return return_books.from_text(self.editor.toPlainText())
        except Refused as wrong:
            self.say(f"{str(wrong).rstrip('.')}.")
            return None

    def on_accept(self) -> None:
        made = self.read()
        if made is None:
            return
        label = "Define return"
        if self.desk.do(label, partial(return_books.save, definition=made), right=Right.RETURNS):
            self.saved.emit(made.code)
            self.accept()

    @Slot()
    def _on_typed(self) -> None:
        """Say as one types whether it is a definition."""
        try:
            made = return_books.from_text(self.editor.toPlainText())
        except Refused as wrong:
            self.state.setText(str(wrong))
            self.state.set_ink("overdue")
            return
        rows = len(made.blocks)
        told = _("Sound: {rows} blocks of rows, {layout}, {breaks} breaks.")
        said = told.format(rows=rows, layout=made.layout.value, breaks=len(made.breaks))
        self.state.setText(said)
        self.state.set_ink("text.2")
        self.say("")

    @Slot()
    def _on_break(self) -> None:
        """Put a dated break into the text; its reason is printed beneath the figures."""
        found, reason = self._day(), self.reason.text.strip()
        made = self.read()
        if made is None or found is None:
            return
        if not reason:
            self.reason.say(_("Say why the figures differ; it is printed beneath them."))
            return
        self.reason.say("")
        breaks = (*made.breaks, Break(on=found, reason=reason))
        self.editor.setPlainText(return_books.to_text(replace(made, breaks=breaks)))

    def _day(self) -> date | None:
        try:
            found = day(self.on.text, today=self.desk.today())
        except Refused as wrong:
            self.on.say(f"{str(wrong).rstrip('.')}.")
            return None
        self.on.say("")
        return found
