"""The recovery words: shown once, then two of them asked back."""

import secrets
from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui.dialogs.forms import WordCheck, WordGrid
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
