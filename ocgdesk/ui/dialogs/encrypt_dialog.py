"""Encrypting a workspace anew: what it does, new recovery words, then the long work itself."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import access
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.security.slots import Cost
from ocgdesk.store.rekeying import Rekeyed
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.words_dialog import HandOutDialog
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.strands import ProgressBar

if TYPE_CHECKING:
    from ocgdesk.casework.access import NewKey


class EncryptDialog(HandOutDialog):
    """Asks for the passphrase, hands out new words, encrypts, and tells who must be reset."""

    encrypted = Signal(object)
    """The names of the users who must be given a new passphrase."""

    def __init__(
        self, desk: Desk, *, cost: Cost | None = None, parent: QWidget | None = None
    ) -> None:
        about = desk.workspace.about
        super().__init__(
            self._prepare,
            title=_("Encrypt anew"),
            said=_said(access.locked_out(desk.workspace)),
            accept=_("Go on"),
            marking=about.marking.value,
            synthetic=about.synthetic,
            parent=parent,
        )
        self._desk = desk
        self._cost = cost
        self._new: NewKey | None = None
        self._typed = ""
        self.how_far = Label("", ink="text.2")
        self.bar = ProgressBar(width=400)
        for part in (self.how_far, self.bar):
            self.body.addWidget(part)
            part.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Its first height is that of the long text at no width at all.
        QTimer.singleShot(0, self, self._fit_height)

    def _fit_height(self) -> None:
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def last_label(self) -> str:
        return _("Encrypt anew")

    def on_noted(self) -> None:
        """Encrypt the workspace; the dialog cannot be closed meanwhile."""
        new, typed, cost = self._new, self._typed, self._cost
        workspace = self._desk.workspace
        if new is None or self.words is None:
            return
        self.say("")
        self.words.hide()
        self._rest(busy=True)
        self._show_progress(0, 1, _("Encrypting"))
        self.how_far.show()
        self.bar.show()

        def encrypt(progress: Progress) -> Rekeyed | DeskError:
            try:
                return access.encrypt_with(workspace, new, typed, cost=cost, progress=progress)
            except DeskError as error:
                return error

        job = self._desk.alone(_("Encrypt anew"), encrypt, self._on_done)
        job.progressed.connect(self._show_progress)

    def _prepare(self, passphrase: str) -> tuple[str, ...]:
        """Return new words. On another thread: touches no widget."""
        self._new = access.new_key(self._desk.workspace, passphrase)
        self._typed = passphrase
        return self._new.words

    @Slot(int, int, str)
    def _show_progress(self, done: int, total: int, what: str) -> None:
        self.how_far.setText(what)
        self.bar.show_share(done / total if total else 0.0, what)

    def _on_done(self, result: Rekeyed | DeskError) -> None:
        self._rest(busy=False)
        self._new, self._typed = None, ""
        if isinstance(result, DeskError):
            for part in (self.how_far, self.bar):
                part.hide()
            self.accept_button.hide()
            self.say(_("{reason}. Nothing was changed; the words are worth nothing.").format(
                reason=str(result).rstrip(".")
            ))  # fmt: skip
            return
        self._desk.take_over(result.workspace)
        self.accept()
        self.encrypted.emit(result.locked_out)


def _said(others: tuple[str, ...]) -> str:
    said = _(
        "Everything in the file is encrypted under a new key. Only this shuts out somebody who "
        "kept the old key, the old key file or the old recovery words. Copies and backups made "
        "before still open with what opened them then: destroy them, or keep them as safe. "
        "You are shown new recovery words; your own passphrase stays. Close this workspace "
        "everywhere else first."
    )
    if not others:
        return said
    names = ", ".join(others)
    return f"{said}\n\n" + _(
        "These users must be given a new passphrase afterwards: {names}."
    ).format(names=names)
