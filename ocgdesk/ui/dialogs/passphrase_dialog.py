"""A new passphrase: one's own, for which the old one is asked, or somebody else's."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.i18n import _
from ocgdesk.ui.dialogs.forms import Labelled, NewPassphrase
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.widgets.inputs import PassphraseBox
from ocgdesk.ui.widgets.labels import Label


class PassphraseDialog(Sheet):
    """Asks for a new passphrase and hands it to ``act``, which runs on another thread.

    ``act`` takes the old passphrase ("" where it is not asked for) and the new one.
    """

    changed = Signal()

    def __init__(
        self,
        title: str,
        act: Callable[[str, str], Any],
        *,
        ask_old: bool,
        known_words: Sequence[str] = (),
        note: str = "",
        marking: str = "official",
        synthetic: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, title, marking=marking, synthetic=synthetic, parent=parent)
        self._act = act
        self._known = tuple(known_words)
        self.old = PassphraseBox(_("Passphrase now"), size="normal")
        self.old_row = Labelled(_("Passphrase now"), self.old)
        self.old_row.setVisible(ask_old)
        self.passphrase = NewPassphrase(self._known_words)
        if note:
            self.body.addWidget(Label(note, ink="text.2", wrap=True))
        self.body.addWidget(self.old_row)
        self.body.addWidget(self.passphrase)
        (self.old if ask_old else self.passphrase.first).setFocus()

    def on_accept(self) -> None:
        asked = not self.old_row.isHidden()
        if asked and not self.old.text():
            self.say(_("Type the passphrase you have now."))
        elif problem := self.passphrase.problem():
            self.say(problem)
        else:
            act, old, new = self._act, self.old.text(), self.passphrase.text
            self.think(lambda: act(old, new), self._on_done, _("Changing…"))

    def _on_done(self, _result: object) -> None:
        self.old.clear()
        self.passphrase.clear()
        self.accept()
        self.changed.emit()

    def _known_words(self) -> tuple[str, ...]:
        return self._known
