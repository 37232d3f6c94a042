"""A new passphrase by way of the recovery words."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ocgdesk.errors import BadWorkspace, DeskError, NotUnlocked
from ocgdesk.i18n import _, ngettext
from ocgdesk.security import keyfile
from ocgdesk.security.delay import Delay
from ocgdesk.ui import theme
from ocgdesk.ui.dialogs.forms import Labelled, NewPassphrase
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from ocgdesk.security.slots import Cost
    from ocgdesk.store.workspace import Workspace

WORDS = 24


class RecoveryDialog(Sheet):
    """Asks for the 24 words, for whom, and for a new passphrase."""

    recovered = Signal(object)
    """The Workspace, open."""

    def __init__(
        self, path: Path, parent: QWidget | None = None, *, cost: "Cost | None" = None
    ) -> None:
        self._path = path
        self._known = _keys(path)
        marking = self._known.marking if self._known else "official"
        synthetic = self._known.synthetic if self._known else False
        title = _("Recover {name}").format(
            name=self._known.workspace_name if self._known else path.stem
        )
        super().__init__(
            title, _("Recover"), marking=marking, synthetic=synthetic, width=600, parent=parent
        )
        self._cost = cost
        self._delay = Delay()
        self._left = QTimer(self)
        self._left.setInterval(500)
        self._left.timeout.connect(self._on_wait)
        self._make_fields()
        self.words.setFocus()

    @property
    def typed_words(self) -> tuple[str, ...]:
        """The words as typed, commas and numbers such as ``1.`` left out."""
        parts = self.words.toPlainText().replace(",", " ").split()
        return tuple(part for part in parts if not part.strip(".)").isdigit())

    @property
    def user_name(self) -> str:
        """Who gets the new passphrase."""
        return self.user.current if self.user.options else self.user_box.text().strip()

    def on_accept(self) -> None:
        problem = self.problem()
        if problem or self._delay.seconds_left(time.monotonic()):
            self.say(problem)
            self._on_wait()
            return
        self.think(self._recoverer(), self._on_recovered, _("Recovering…"))

    def problem(self) -> str:
        """Return the first thing that is missing or wrong, in one sentence; else ""."""
        count = len(self.typed_words)
        if count != WORDS:
            return _("There are 24 recovery words; {count} were given.").format(count=count)
        if not self.user_name:
            return _("Say which user gets the new passphrase.")
        return self.passphrase.problem()

    def on_refused(self, error: DeskError) -> None:
        if isinstance(error, NotUnlocked):
            self._delay = self._delay.failed(time.monotonic())
        self.say(str(error))
        self._on_wait()

    def _make_fields(self) -> None:
        about = _(
            "The recovery words open the file when a passphrase is forgotten. The other users' "
            "passphrases stay as they are. This is logged."
        )
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(_("Recovery words"))
        slots = self._known.slots if self._known else ()
        self.user = Select(tuple(Option(s.name, s.name, ", ".join(s.roles)) for s in slots))
        self.user_box = TextBox(name=_("User"))
        self.user.setVisible(bool(slots))
        self.user_box.setVisible(not slots)
        self.passphrase = NewPassphrase(self._known_words)
        note = _("24 words in their order; four letters of each are enough")
        self.words_row = Labelled(_("Recovery words"), self.words, note)
        self.body.addWidget(Label(about, ink="text.2", wrap=True))
        self.body.addWidget(self.words_row)
        self.body.addWidget(Labelled(_("User"), self.user if slots else self.user_box))
        self.body.addWidget(self.passphrase)
        self.words.textChanged.connect(self._on_words)
        theme.follow(self, self._fit_words)

    def _fit_words(self) -> None:
        self.words.setFixedHeight(px(84))

    def _known_words(self) -> tuple[str, ...]:
        return self.user_name, self._known.workspace_name if self._known else self._path.stem

    def _recoverer(self) -> Callable[[], "Workspace"]:
        path, words, user = self._path, self.typed_words, self.user_name
        passphrase, cost = self.passphrase.text, self._cost

        def recover() -> "Workspace":
            from ocgdesk.casework import access

            return access.recover(path, words, user, passphrase, cost=cost)

        return recover

    def _on_recovered(self, workspace: "Workspace") -> None:
        self.words.clear()
        self.passphrase.clear()
        self.accept()
        self.recovered.emit(workspace)

    @Slot()
    def _on_words(self) -> None:
        words = _("{n} of 24 words").format(n=len(self.typed_words))
        self.words_row.say(words, "ok" if len(self.typed_words) == WORDS else "text.3")

    @Slot()
    def _on_wait(self) -> None:
        """Rest a while after words that were wrong; the wait doubles each time."""
        left = self._delay.seconds_left(time.monotonic())
        if not left:
            if self._left.isActive():
                self._left.stop()
                self.accept_button.allow()
                self.accept_button.set_label(_("Recover"), key="Enter")
            return
        self._left.start()
        wait = ngettext("Try again in {n} second", "Try again in {n} seconds", left)
        self.accept_button.refuse(wait.format(n=left))
        self.accept_button.set_label(wait.format(n=left), key="")


def _keys(path: Path) -> keyfile.KeyFile | None:
    """Return the key file beside the workspace; without it the words alone must do."""
    try:
        return keyfile.read(keyfile.path_for(path))
    except BadWorkspace:
        return None
