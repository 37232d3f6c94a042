"""Why somebody looks: asked once for a record and a session, and kept with what was looked at."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework.reasons import LONGEST, ReasonWanted, Use
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.inputs import TextBox
from ocgdesk.ui.widgets.labels import Label


class ReasonDialog(DeskSheet):
    """Asks for a reason; ``given`` hands it over, empty only where that may be."""

    given = Signal(str)

    def __init__(self, desk: Desk, wanted: ReasonWanted, *, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _title(wanted.use),
            _("Open") if wanted.use in {Use.RESTRICTED, Use.RECORD} else _("Go on"),
            parent=parent,
        )
        self._mandatory = wanted.mandatory
        box = TextBox(placeholder=_("Op Lantern, developing the line holder"))
        box.setMaxLength(LONGEST)
        self.reason = FormField(_("Reason"), box)
        asked = _("It is kept in the journal with what you look at, and asked once in a session.")
        policy = _("This is a policy of this workspace; what you open is logged either way.")
        self.body.addWidget(Label(asked, ink="text.2", wrap=True))
        self.body.addWidget(self.reason)
        self.body.addWidget(Label(policy, step="small", ink="text.3", wrap=True))
        self.body.addStretch(1)
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        text = self.reason.text.strip()
        if self._mandatory and not text:
            self.reason.say(_("Say why; without a reason it stays closed."))
            return
        self.accept()
        self.given.emit(text)


def _title(use: Use) -> str:
    match use:
        case Use.RESTRICTED:
            return _("Why do you open this restricted record?")
        case Use.RECORD:
            return _("Why do you open this record?")
        case Use.SEARCH:
            return _("Why do you search?")
    return _("Why is this exported?")
