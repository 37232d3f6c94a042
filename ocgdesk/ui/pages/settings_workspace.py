"""Settings of the workspace itself, for administrators: name, marking, recovery words, check."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ocgdesk.casework import access
from ocgdesk.domain.marking import Marking
from ocgdesk.i18n import _, ngettext
from ocgdesk.security.slots import Cost
from ocgdesk.store import verification
from ocgdesk.store.verification import Verdict
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.encrypt_dialog import EncryptDialog
from ocgdesk.ui.dialogs.forms import Labelled
from ocgdesk.ui.dialogs.words_dialog import HandOutDialog
from ocgdesk.ui.pages.settings_parts import Section
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label, SectionHeading


class WorkspaceSection(Section):
    """What the workspace is called and marked, the words that open it in need, a full check."""

    described = Signal()
    """Its name or its marking changed."""

    def __init__(self, desk: Desk, *, cost: Cost | None = None) -> None:
        super().__init__(desk, _("Workspace"), _("For everybody who uses this file."))
        self._cost = cost
        self.name = TextBox()
        self.name.setMaxLength(100)
        self.marking = Select(tuple(Option(m.value, m.banner) for m in Marking))
        self.save_button = outline(_("Save name and marking"))
        self.facts = Label("", ink="text.2", wrap=True)
        self.words = Label("", wrap=True)
        self.words_button = outline(_("Show the recovery words"), icon="action.key")
        self.encrypt_button = outline(_("Encrypt anew…"), icon="status.locked")
        self.verify_button = outline(_("Verify the workspace"), icon="status.ok")
        self.verdict = Label("", ink="text.2", wrap=True)
        self._arrange()
        self.save_button.clicked.connect(self._on_save)
        self.words_button.clicked.connect(self._on_words)
        self.encrypt_button.clicked.connect(self._on_encrypt)
        self.verify_button.clicked.connect(self._on_verify)

    def show_now(self) -> None:
        about = self.desk.workspace.about
        self.name.setText(about.name)
        self.marking.choose(about.marking.value)
        facts = (
            _("References begin {prefix}").format(prefix=f"{about.agency}{about.code}-"),
            self.desk.workspace.path.name,
        )
        self.facts.setText(" · ".join(facts))
        self._show_words()

    def _show_words(self) -> None:
        has = self.desk.workspace.keys().recovery
        self.words.set_ink("text.2" if has else "due")
        self.words.setText(
            _("Recovery words were handed out. They can be shown again to write them down anew.")
            if has
            else _(
                "There are no recovery words: whoever forgets the last passphrase loses this "
                "workspace. Hand them out, on paper, to be kept apart from this computer."
            )
        )
        self.words_button.set_label(
            _("Show the recovery words") if has else _("Hand out recovery words")
        )

    def _arrange(self) -> None:
        self.column.addWidget(Labelled(_("Name"), self.name))
        said = _("The banner of every window. Never lower than any record in it.")
        self.column.addWidget(Labelled(_("Marking"), self.marking, said))
        self.column.addWidget(self.facts)
        self._add_button(self.save_button)
        self.column.addWidget(SectionHeading(_("Recovery words")))
        self.column.addWidget(self.words)
        self._add_button(self.words_button)
        self.column.addWidget(SectionHeading(_("Key")))
        kept = _(
            "Taking a user's key away does not shut out somebody who kept a copy of it. Encrypting "
            "the whole workspace under a new key does."
        )
        self.column.addWidget(Label(kept, ink="text.2", wrap=True))
        self._add_button(self.encrypt_button)
        self.column.addWidget(SectionHeading(_("Check")))
        about = _("Checks pages, tables, journal, search index and keys from end to end.")
        self.column.addWidget(Label(about, ink="text.2", wrap=True))
        self._add_button(self.verify_button)
        self.column.addWidget(self.verdict)
        self.column.addStretch(1)

    def _add_button(self, button: QWidget) -> None:
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    @Slot()
    def _on_save(self) -> None:
        name, marking = self.name.text(), Marking(self.marking.current)
        workspace = self.desk.workspace
        act = partial(access.describe, workspace, name, marking)
        self.run(_("Describe workspace"), lambda _progress: act(), self._on_described)

    def _on_described(self, _result: object) -> None:
        self.say(_("Name and marking were saved."))
        self.show_now()
        self.described.emit()

    @Slot()
    def _on_words(self) -> None:
        about = self.desk.workspace.about
        dialog = HandOutDialog(
            partial(access.recovery_words, self.desk.workspace),
            marking=about.marking.value,
            synthetic=about.synthetic,
            parent=self,
        )
        dialog.finished.connect(self._show_words)
        dialog.open()

    @Slot()
    def _on_encrypt(self) -> None:
        dialog = EncryptDialog(self.desk, cost=self._cost, parent=self)
        dialog.encrypted.connect(self._on_encrypted)
        dialog.open()

    @Slot(object)
    def _on_encrypted(self, locked_out: tuple[str, ...]) -> None:
        self.show_now()
        said = _("The workspace was encrypted anew.")
        if locked_out:
            names = ", ".join(locked_out)
            said += " " + _("Give these users a new passphrase: {names}.").format(names=names)
        self.say(said)

    @Slot()
    def _on_verify(self) -> None:
        workspace = self.desk.workspace
        self.verify_button.refuse(_("Being verified"))
        self.run(
            _("Verify"),
            lambda progress: verification.verify(workspace, progress=progress),
            self._on_verdict,
        )
        if self.job is not None:
            self.job.finished.connect(self.verify_button.allow)

    def _on_verdict(self, verdict: Verdict) -> None:
        entries = ngettext("{n} entry", "{n} entries", verdict.entries)
        lines = [
            _("Whole: the chain of {entries} holds.") if verdict.is_whole else _("Not whole."),
            *(f"{finding.where}: {finding.what}" for finding in verdict.findings),
            _("Head of the journal: {head}").format(head=verdict.head),
        ]
        self.verdict.set_ink("ok" if verdict.is_whole else "overdue")
        self.verdict.setText(
            "\n".join(lines).format(entries=entries.format(n=f"{verdict.entries:,}"))
        )
