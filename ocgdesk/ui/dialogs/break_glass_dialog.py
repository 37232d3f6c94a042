"""Break-glass: a reference and a reason, and those inside are told."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import restricting
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.inputs import TextBox
from ocgdesk.ui.widgets.labels import Label


class BreakGlassDialog(DeskSheet):
    """Asks for the reference and why; ``lent`` hands over what it opened."""

    lent = Signal(object)
    """A ``restricting.Lent``."""

    def __init__(self, desk: Desk, *, hours: int, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Break-glass access"),
            _("Open and alert"),
            width=540,
            parent=parent,
        )
        self._workspace = desk.workspace
        self.ref = FormField(
            _("Reference"), TextBox(placeholder=_("WMPA1-NOM-2026-0042"), mono=True)
        )
        self.reason = FormField(_("Reason"), LinesBox())
        said = ngettext(
            "For {n} hour you may read the restricted record, not change it. Those who may know "
            "of it and the auditor are told at once, with your reason.",
            "For {n} hours you may read the restricted record, not change it. Those who may know "
            "of it and the auditor are told at once, with your reason.",
            hours,
        )
        self.body.addWidget(Label(said.format(n=hours), ink="text.2", wrap=True))
        self.body.addWidget(self.ref)
        self.body.addWidget(self.reason)
        only = _("Only a whole reference is looked up; a try that finds nothing is logged too.")
        self.body.addWidget(Label(only, step="small", ink="text.3", wrap=True))
        self.body.addStretch(1)
        self.ref.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        self.ref.say("" if self.ref.text.strip() else _("Give the whole reference"))
        self.reason.say("" if self.reason.text.strip() else _("Say why you must see it"))
        if wrong := next((field for field in (self.ref, self.reason) if field.wrong), None):
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        act = partial(
            restricting.break_glass, self._workspace, self.ref.text, self.reason.text.strip()
        )
        self.think(act, self._on_lent, _("Opening…"))

    def _on_lent(self, lent: restricting.Lent) -> None:
        self.accept()
        self.lent.emit(lent)
