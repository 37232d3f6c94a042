"""Before anything leaves: to whom, why, in what form. Told that it is logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import files
from ocgdesk.i18n import N_, _
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label

FORMATS: Final = (("xlsx", N_("Excel workbook")), ("csv", N_("CSV text")))
"""Endings of names, and what they are called."""


def documents_folder() -> Path:
    """Return where files go unless the user says otherwise."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """For whom something leaves, and why."""

    recipient: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure(Purpose):
    """What the user decided: where to, for whom and why."""

    path: Path
    named: bool = False
    """Whether people recorded as exploited are named; they are not unless it was chosen."""

    badges: bool = False
    """Whether the safeguarding badges of a chart stay on; they do not unless it was chosen."""

    figure: bool = False
    """Whether a paper holds the figure of its tables."""

    @property
    def named_because(self) -> str:
        """Why people recorded as exploited are named; empty where they are not."""
        return self.reason if self.named else ""

    @property
    def format(self) -> str:
        """The form the file takes, by the ending of its name."""
        return files.ending(self.path)


class PurposeDialog(Sheet):
    """Asks for recipient and reason; ``purpose`` holds them once accepted.

    ``before`` fills in what was said the last time.
    """

    def __init__(
        self,
        said: str,
        *,
        title: str,
        accept: str,
        marking: str,
        synthetic: bool = False,
        before: Purpose | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            title, accept, marking=marking, synthetic=synthetic, width=540, parent=parent
        )
        self.purpose: Purpose | None = None
        self.recipient = FormField(_("Recipient"), TextBox(placeholder=_("Who it is for")))
        self.reason = FormField(_("Reason"), TextBox(placeholder=_("Why they need it")))
        self.fields = QVBoxLayout()
        self.fields.setSpacing(12)
        self.body.addWidget(Label(said, ink="text.2", wrap=True))
        self.body.addLayout(self.fields)
        self.body.addStretch(1)
        for field, text in (
            (self.recipient, before.recipient if before else ""),
            (self.reason, before.reason if before else ""),
        ):
            self.fields.addWidget(field)
            _fill(field, text)
        self.recipient.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def wanted(self) -> tuple[tuple[FormField, str], ...]:
        """Return the fields that may not be empty, each with what to say where it is."""
        return (
            (self.recipient, _("Say who it is for")),
            (self.reason, _("Say why; the reason is kept")),
        )

    def is_whole(self) -> bool:
        """Tell whether nothing is missing; else say so, and go where it is."""
        fields = self.wanted()
        for field, sentence in fields:
            field.say("" if field.text.strip() else sentence)
        if wrong := next((field for field, _said in fields if field.wrong), None):
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return wrong is None

    def on_accept(self) -> None:
        if self.is_whole():
            self.purpose = Purpose(
                recipient=self.recipient.text.strip(), reason=self.reason.text.strip()
            )
            self.accept()


class DisclosureDialog(PurposeDialog):
    """Asks for recipient, reason and file; ``disclosure`` holds them once accepted.

    ``offer_names`` lets the user choose that people recorded as exploited are named,
    ``offer_badges`` that a chart leaves with its safeguarding badges, ``offer_figure`` that a
    paper of tables holds their figure.
    """

    def __init__(
        self,
        what: str,
        suggested: Path,
        *,
        marking: str,
        synthetic: bool = False,
        title: str = "",
        accept: str = "",
        formats: Sequence[tuple[str, str]] = FORMATS,
        before: Purpose | None = None,
        offer_names: bool = False,
        offer_badges: bool = False,
        offer_figure: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        said = _("Leaving the workspace: {what}. This is logged, with recipient and reason.")
        super().__init__(
            said.format(what=what.rstrip(",")),
            title=title or _("Export rows"),
            accept=accept or _("Export"),
            marking=marking,
            synthetic=synthetic,
            before=before,
            parent=parent,
        )
        self.disclosure: Disclosure | None = None
        self.format = FormField(_("Form"), Select(_options(formats)))
        self.path = FormField(_("File"), TextBox())
        self._add_file(suggested)
        self.names = CheckBox(_("Name people recorded as exploited, for the reason above"))
        self.names.setVisible(offer_names)
        self.body.insertWidget(self.body.count() - 1, self.names)
        self.badges = CheckBox(_("Leave safeguarding badges on, for the reason above"))
        self.badges.setVisible(offer_badges)
        self.body.insertWidget(self.body.count() - 1, self.badges)
        self.figure = CheckBox(_("With its figure, in a paper or slides"))
        self.figure.setVisible(offer_figure)
        self.body.insertWidget(self.body.count() - 1, self.figure)
        self.format.changed.connect(self._on_format)

    def wanted(self) -> tuple[tuple[FormField, str], ...]:
        """Return the fields that may not be empty, each with what to say where it is."""
        return ((self.path, _("Say where the file goes")), *super().wanted())

    def on_accept(self) -> None:
        if not self.is_whole():
            return
        path = Path(self.path.text.strip()).expanduser()
        if not path.parent.is_dir():
            self.path.say(_("There is no such folder"))
            return
        self.disclosure = Disclosure(
            path=path.with_suffix(f".{self.format.text}"),
            recipient=self.recipient.text.strip(),
            reason=self.reason.text.strip(),
            named=self.names.isChecked(),
            badges=self.badges.isChecked(),
            figure=self.figure.isChecked(),
        )
        self.accept()

    def _add_file(self, suggested: Path) -> None:
        self.fields.addWidget(self.format)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        browse = outline(_("Browse…"), icon="action.open-file", height="bar")
        browse.clicked.connect(self._on_browse)
        row.addWidget(browse, 0, Qt.AlignmentFlag.AlignBottom)
        self.fields.addLayout(row)
        _fill(self.path, str(suggested))

    def _on_format(self) -> None:
        if self.path.text:
            _fill(self.path, str(Path(self.path.text).with_suffix(f".{self.format.text}")))

    def _on_browse(self) -> None:
        title = self.accessibleName()
        chosen, _kind = QFileDialog.getSaveFileName(self, title, self.path.text)
        if chosen:
            _fill(self.path, str(Path(chosen).with_suffix(f".{self.format.text}")))


def _fill(field: FormField, text: str) -> None:
    if isinstance(field.editor, TextBox):
        field.editor.setText(text)


def _options(formats: Sequence[tuple[str, str]]) -> tuple[Option, ...]:
    return tuple(Option(ending, _(title)) for ending, title in formats)
