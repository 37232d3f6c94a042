"""The recovery words: shown once, then two of them asked back."""

import secrets
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui.dialogs.forms import Labelled, WordCheck, WordGrid
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.widgets.inputs import PassphraseBox
from ocgdesk.ui.widgets.labels import Label


class WordsView(QStackedWidget):
    """First all the words, then two of them asked back; ``next`` goes from one to the other."""

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        places = sorted(secrets.SystemRandom().sample(range(len(words)), 2))
        self.check = WordCheck(words, places)
        self.addWidget(self._shown(words))
        self.addWidget(self._asked())

    @property
    def is_asking(self) -> bool:
        """Whether the words are hidden and two of them asked back."""
        return self.currentIndex() == 1

    def next(self) -> None:
        """Hide the words and ask two of them back."""
        self.setCurrentIndex(1)
        next(iter(self.check.boxes.values())).setFocus()

    def back(self) -> None:
        """Show the words again."""
        self.setCurrentIndex(0)

    @staticmethod
    def _shown(words: Sequence[str]) -> QWidget:
        said = _(
            "These 24 words open the workspace when every passphrase is forgotten. They are "
            "shown now and kept nowhere: write them on paper, and keep the paper apart from "
            "this computer. Whoever has the words and the file can read everything in it."
        )
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Label(said, ink="text.2", wrap=True))
        column.addWidget(WordGrid(words))
        column.addStretch(1)
        return part

    def _asked(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        said = _("Type these two words from your paper.")
        column.addWidget(Label(said, ink="text.2", wrap=True))
        column.addWidget(self.check)
        column.addStretch(1)
        return part


class HandOutDialog(Sheet):
    """The recovery words again, for an administrator who gives their passphrase.

    Subclasses may do more once two of the words were given back: ``on_noted``.
    """

    handed_out = Signal()

    def __init__(
        self,
        words_of: Callable[[str], Sequence[str]],
        *,
        title: str = "",
        said: str = "",
        accept: str = "",
        marking: str = "official",
        synthetic: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            title or _("Recovery words"),
            accept or _("Show the words"),
            marking=marking,
            synthetic=synthetic,
            width=640,
            parent=parent,
        )
        self._words_of = words_of
        self.words: WordsView | None = None
        self.passphrase = PassphraseBox(_("Your passphrase"), size="normal")
        said = said or _(
            "Whoever has these words and the file can open it. That they are shown is logged."
        )
        self.about = Label(said, ink="text.2", wrap=True)
        self.asked = Labelled(_("Your passphrase"), self.passphrase)
        self.body.addWidget(self.about)
        self.body.addWidget(self.asked)
        self.passphrase.setFocus()

    def on_accept(self) -> None:
        if self.words is None:
            words_of, passphrase = self._words_of, self.passphrase.text()
            self.think(lambda: words_of(passphrase), self._on_words, _("Looking…"))
        elif not self.words.is_asking:
            self.words.next()
            self.accept_button.set_label(self.last_label(), key="Enter")
        elif self.words.check.right():
            self.on_noted()
        else:
            self.say(_("That is not what was shown. Look at your paper again."))

    def on_noted(self) -> None:
        """Go on: the words were written down."""
        self.accept()
        self.handed_out.emit()

    def last_label(self) -> str:
        """Return what the button says under which the words are given back."""
        return _("Done")

    def _on_words(self, words: Sequence[str]) -> None:
        self.passphrase.clear()
        for part in (self.about, self.asked):
            part.hide()
        self.words = WordsView(words)
        self.body.addWidget(self.words)
        self.accept_button.set_label(_("I have written them down"), key="")
