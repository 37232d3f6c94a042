"""Before anything leaves: to whom, why, in what form. Told that it is logged."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ocgdesk.i18n import N_, _
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label

FORMATS: Final = (("xlsx", N_("Excel workbook")), ("csv", N_("CSV text")))
"""Endings of names, and what they are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What the user decided: where to, for whom and why."""

    path: Path
    recipient: str
    reason: str

    @property
    def format(self) -> str:
        """The form the file takes, by the ending of its name."""
        return self.path.suffix.lstrip(".").lower()


class DisclosureDialog(Sheet):
    """Asks for recipient, reason and file; ``disclosure`` holds them once accepted."""

    def __init__(
        self,
        what: str,
        suggested: Path,
        *,
        marking: str,
        synthetic: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Export rows"),
            _("Export"),
            marking=marking,
            synthetic=synthetic,
            width=540,
            parent=parent,
        )
        self.disclosure: Disclosure | None = None
        self.format = FormField(_("Form"), Select(_formats()))
        self.path = FormField(_("File"), TextBox())
        self.recipient = FormField(_("Recipient"), TextBox(placeholder=_("Who it is for")))
        self.reason = FormField(_("Reason"), TextBox(placeholder=_("Why they need it")))
        self._fill(what, suggested)
        self.format.changed.connect(self._on_format)
        self.recipient.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        wanted = (
            (self.path, _("Say where the file goes")),
            (self.recipient, _("Say who it is for")),
            (self.reason, _("Say why; the reason is kept")),
        )
        for field, sentence in wanted:
            field.say("" if field.text.strip() else sentence)
        if wrong := next((field for field, _said in wanted if field.wrong), None):
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        path = Path(self.path.text.strip()).expanduser()
        if not path.parent.is_dir():
            self.path.say(_("There is no such folder"))
            return
        self.disclosure = Disclosure(
            path=path.with_suffix(f".{self.format.text}"),
            recipient=self.recipient.text.strip(),
            reason=self.reason.text.strip(),
        )
        self.accept()

    def _fill(self, what: str, suggested: Path) -> None:
        said = _("{what} leave the workspace. This is logged, with recipient and reason.")
        self.body.addWidget(Label(said.format(what=what), ink="text.2", wrap=True))
        self.body.addWidget(self.recipient)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.format)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        browse = outline(_("Browse…"), icon="action.open-file", height="bar")
        browse.clicked.connect(self._on_browse)
        row.addWidget(browse, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        if isinstance(self.path.editor, TextBox):
            self.path.editor.setText(str(suggested))

    def _on_format(self) -> None:
        if isinstance(self.path.editor, TextBox) and self.path.text:
            path = Path(self.path.text).with_suffix(f".{self.format.text}")
            self.path.editor.setText(str(path))

    def _on_browse(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export rows"), self.path.text)
        if chosen and isinstance(self.path.editor, TextBox):
            self.path.editor.setText(str(Path(chosen).with_suffix(f".{self.format.text}")))


def _formats() -> tuple[Option, ...]:
    return tuple(Option(ending, _(title)) for ending, title in FORMATS)
