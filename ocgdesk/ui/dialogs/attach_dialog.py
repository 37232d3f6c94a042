"""A file kept with a record, and a copy of one saved elsewhere."""

from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ocgdesk.casework import attachments
from ocgdesk.casework.attachments import Content
from ocgdesk.domain.fields import Field, described_fields
from ocgdesk.domain.subrecords import Attachment
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import documents_folder
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.dialogs.subrecord_dialog import sheet_facts
from ocgdesk.ui.forms import editors
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.inputs import Select, TextBox
from ocgdesk.ui.widgets.labels import Label

PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp"})
"""How the names of pictures end that can be kept as photographs."""
_ASKED: Final = ("purpose", "name", "taken", "source")


class AttachDialog(Sheet):
    """Asks which file to keep with a record. ``wanted`` hands over both, ready to be kept."""

    wanted = Signal(object, object)
    """An Attachment without content, and the Content to keep with it."""

    def __init__(self, desk: Desk, owner: Brief, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Attach file"), _("Attach"), width=560, parent=parent, **sheet_facts(desk)
        )
        self._desk = desk
        self._owner = owner
        known = {field.name: field for field in described_fields(Attachment)}
        self._described = {name: known[name] for name in _ASKED}
        self.path = FormField(_("File"), TextBox(placeholder=_("Up to 50 MB")))
        self.fields = {name: _form(field) for name, field in self._described.items()}
        self._build()

    def on_accept(self) -> None:
        text = self.path.text.strip()
        if not text:
            self.path.say(_("Say which file"))
            self.path.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if (new := self._read()) is not None:
            path = Path(text).expanduser()
            prepare = partial(attachments.prepare, path, new.purpose)
            self.think(prepare, partial(self._on_prepared, new), _("Reading…"))

    def _read(self) -> Attachment | None:
        values: dict[str, Any] = {}
        for name, form in self.fields.items():
            described = self._described[name]
            text = form.text
            try:
                is_named = name == "name" and not text.strip()
                values[name] = (
                    "" if is_named else editors.parse(described, text, self._desk.today())
                )
                form.say()
            except Refused as error:
                form.say(f"{error}.")
        if wrong := next((form for form in self.fields.values() if form.wrong), None):
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return Attachment(owner=self._owner.id, **values)

    def _on_prepared(self, new: Attachment, made: Content) -> None:
        self.wanted.emit(new, made)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        browse = outline(_("Browse…"), icon="action.open-file", height="bar")
        browse.clicked.connect(self._on_browse)
        row.addWidget(browse, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        for form in self.fields.values():
            self.body.addWidget(form)
        note = _(
            "It is kept inside the encrypted workspace and never opened here. Pictures are kept"
            " without their metadata; an exhibit is kept byte for byte."
        )
        self.body.addWidget(Label(note, step="small", ink="text.3", wrap=True))
        self.body.addStretch(1)
        self.path.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_browse(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Attach file"), str(documents_folder()))
        if chosen:
            self.show_path(Path(chosen))

    def show_path(self, path: Path) -> None:
        """Take this file; a picture is taken for a photograph until the user says otherwise."""
        purpose = self.fields["purpose"].editor
        if path.suffix.lower() in PICTURES and isinstance(purpose, Select):
            purpose.choose(attachments.PHOTOGRAPH)
        if isinstance(self.path.editor, TextBox):
            self.path.editor.setText(str(path))


def _form(field: Field) -> FormField:
    if found := editors.options(field):
        select = Select(found)
        select.choose("document")
        return FormField(field.label, select)
    hint = _("As the file is called") if field.name == "name" else editors.hint(field)
    return FormField(field.label, TextBox(placeholder=hint))


class CopyDialog(Sheet):
    """Asks where, for whom and why a copy is saved. ``wanted`` hands them over."""

    wanted = Signal(object, str, str)
    """The path, the recipient and the reason."""

    def __init__(self, desk: Desk, thing: Attachment, parent: QWidget | None = None) -> None:
        super().__init__(_("Save a copy"), _("Save"), width=560, parent=parent, **sheet_facts(desk))
        self.body.addWidget(
            Label(
                _("The file leaves the workspace. This is logged, with recipient and reason."),
                ink="text.2",
                wrap=True,
            )
        )
        suggested = documents_folder() / Path(thing.name.replace("\0", "")).name
        self.path = FormField(_("File"), TextBox())
        self.recipient = FormField(_("Recipient"), TextBox(placeholder=_("Who it is for")))
        self.reason = FormField(_("Reason"), TextBox(placeholder=_("Why they need it")))
        for form in (self.path, self.recipient, self.reason):
            self.body.addWidget(form)
        self.body.addStretch(1)
        if isinstance(self.path.editor, TextBox):
            self.path.editor.setText(str(suggested))
        self.recipient.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        path = Path(self.path.text.strip()).expanduser()
        self.path.say("" if path.parent.is_dir() and path.name else _("There is no such folder"))
        self.recipient.say("" if self.recipient.text.strip() else _("Say who it is for"))
        self.reason.say("" if self.reason.text.strip() else _("Say why; the reason is kept"))
        forms = (self.path, self.recipient, self.reason)
        if wrong := next((form for form in forms if form.wrong), None):
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(path, self.recipient.text.strip(), self.reason.text.strip())
        self.accept()
