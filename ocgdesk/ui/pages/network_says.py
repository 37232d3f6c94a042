"""What an answer about a network means and rests on, beside it in the inspector."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.labels import Label

Part = tuple[str, Sequence[str]]
"""A heading and the sentences under it."""


class SaidPanel(QWidget):
    """A title with sentences, then headed parts of sentences; empty parts are left out."""

    def __init__(
        self, title: str, first: Sequence[str], *parts: Part, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("caption", _("Result"))
        self.setProperty("icon", "page.analysis")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(16), px(16), px(16), px(16))
        self._column.setSpacing(px(6))
        self._column.addWidget(Label(title, step="section", weight="strong", wrap=True))
        self._say(first, "text")
        for heading, sentences in parts:
            if sentences:
                self._column.addSpacing(px(8))
                self._column.addWidget(Label(heading, weight="strong", wrap=True))
                self._say(sentences, "text.2")
        self._column.addStretch(1)

    def _say(self, sentences: Sequence[str], ink: str) -> None:
        for sentence in sentences:
            self._column.addWidget(Label(sentence, ink=ink, wrap=True))


def basis(settings: Sequence[str], *rest: Sequence[str]) -> tuple[Part, Part]:
    """Return the two parts every answer ends with: settings, and what must be said beside it."""
    lines = tuple(line for some in rest for line in some)
    return (
        (_("How it was read"), tuple(_sentence(line) for line in settings)),
        (_("What this rests on"), lines),
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
