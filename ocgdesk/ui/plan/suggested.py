"""What the records suggest for a strand, each to be accepted or set aside with a reason."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ocgdesk.casework.suggestions import Suggestion
from ocgdesk.i18n import _
from ocgdesk.ui.widgets.buttons import outline, text_button
from ocgdesk.ui.widgets.cards import Card
from ocgdesk.ui.widgets.flow import Flow
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel, Label


class SuggestionCard(Card):
    """One suggestion: the action it would become, and what the records say."""

    accepted = Signal(object)
    dismissed = Signal(object)

    def __init__(
        self, one: Suggestion, *, refused: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(edge="line.2", dashed=True, margins=(11, 9, 11, 9), parent=parent)
        self.suggestion = one
        self.setAccessibleName(_("Suggestion: {title}").format(title=one.title))
        self.body.setSpacing(5)
        self.body.addWidget(Label(one.title, weight="medium", wrap=True))
        self.body.addWidget(Label(one.words, step="small", ink="text.2", wrap=True))
        self.accept = outline(_("Accept"), height="bar")
        self.dismiss = text_button(_("Dismiss with reason"))
        flow = Flow()
        flow.show_parts([self.accept, self.dismiss])
        if refused:
            self.accept.refuse(refused)
            self.dismiss.refuse(refused)
        self.body.addWidget(flow)
        self.accept.clicked.connect(self._on_accept)
        self.dismiss.clicked.connect(self._on_dismiss)

    def _on_accept(self) -> None:
        self.accepted.emit(self.suggestion)

    def _on_dismiss(self) -> None:
        self.dismissed.emit(self.suggestion)


class SuggestionHead(QWidget):
    """“Suggested from the record” and how many."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel("status.suggested", "text.3", 15))
        row.addWidget(ElidedLabel(_("Suggested from the record"), step="small", ink="text.2"), 1)
        row.addWidget(Label(str(count), step="small", ink="text.2"), 0, Qt.AlignmentFlag.AlignRight)
