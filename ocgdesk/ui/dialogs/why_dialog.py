"""One question, why: the answer is kept, and nothing happens without it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.labels import Label


class WhyDialog(DeskSheet):
    """Asks for a reason. ``given`` hands it over, never empty.

    :param told: What will happen, in sentences.
    :param asked: What the reason is of, over its box.
    :param empty: What is said where none is given.
    """

    given = Signal(str)

    def __init__(
        self,
        desk: Desk,
        title: str,
        accept: str,
        told: str,
        *,
        asked: str,
        empty: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, title, accept, width=520, parent=parent)
        self._empty = empty or _("Say why; the reason is kept.")
        self.body.addWidget(Label(told, ink="text.2", wrap=True))
        self.reason = FormField(asked, LinesBox())
        self.body.addWidget(self.reason)
        self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        if not (text := self.reason.text.strip()):
            self.reason.say(self._empty)
            return
        self.accept()
        self.given.emit(text)
