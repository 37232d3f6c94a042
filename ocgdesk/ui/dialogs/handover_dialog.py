"""A handle handed over to another agency, and material that may be privileged."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.domain import dates
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Handle
from ocgdesk.domain.people import Right, User
from ocgdesk.domain.reference_data import code_list
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.inputs import CheckBox, Option, RadioButton, Select, TextBox
from ocgdesk.ui.widgets.labels import Label


class HandoverDialog(DeskSheet):
    """Asks to whom, when and with what. ``made`` hands over agency, note and date."""

    made = Signal(str, str, object)

    def __init__(self, desk: Desk, handle: Handle, *, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Hand over"),
            _("Hand over"),
            width=560,
            parent=parent,
        )
        told = _("{handle} becomes suitable for another agency. The record stays here.")
        self.body.addWidget(Label(told.format(handle=handle.handle), ink="text.2", wrap=True))
        if handle.conditions:
            said = _("Handling conditions: {conditions}")
            self.body.addWidget(Label(said.format(conditions=handle.conditions), wrap=True))
        agencies = tuple(Option(item.code, item.label) for item in code_list("agencies").offered())
        first = Option("", _("Choose an agency"))
        self.agency = FormField(_("To"), Select((first, *agencies)))
        self.day = FormField(_("On"), TextBox(placeholder=_("today")))
        self.note = FormField(_("Hand-over record"), LinesBox())
        assert isinstance(self.day.editor, TextBox)  # noqa: S101 - as it was made
        self.day.editor.setText(dates.shown(desk.today()))
        for part in (self.agency, self.day, self.note):
            self.body.addWidget(part)
        self.note.say("", _("What went with it, to whom, under which conditions."))
        self.agency.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        for field in (self.agency, self.day, self.note):
            field.say()
        day = self._day()
        if not self.agency.text:
            self.agency.say(_("Choose the agency."))
        if not self.note.text.strip():
            self.note.say(_("Say what went with it, to whom, under which conditions."))
        if not any(field.wrong for field in (self.agency, self.day, self.note)):
            self.made.emit(self.agency.text, self.note.text.strip(), day)

    def _day(self) -> PartialDate | None:
        try:
            return PartialDate.of(dates.day(self.day.text, today=self.desk.today()))
        except Refused as error:
            self.day.say(f"{error}.")
            return None


def who_may_read(desk: Desk) -> tuple[User, ...]:
    """Return the other users who may read records at all."""
    mine = desk.user.id
    return tuple(
        user
        for user in desk.workspace.users()
        if user.id != mine and not user.disabled and user.may(Right.READ)
    )


class PrivilegeDialog(DeskSheet):
    """Flags material as possibly privileged. ``flagged`` hands over who may see it, and why."""

    flagged = Signal(object, str)

    def __init__(self, desk: Desk, handle: Handle, *, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Possibly privileged or journalistic"),
            _("Restrict until reviewed"),
            width=560,
            parent=parent,
        )
        told = _(
            "Only you and those ticked know of {handle} from now on: others find it in no list,"
            " count or search. One of them has to review it. This is not undone."
        )
        self.body.addWidget(Label(told.format(handle=handle.handle), ink="text.2", wrap=True))
        self.people = {user.id: CheckBox(user.display) for user in who_may_read(desk)}
        ticks = QVBoxLayout()
        ticks.setSpacing(2)
        ticks.addWidget(Label(_("Who may see it"), step="small", ink="text.3", weight="medium"))
        for box in self.people.values():
            ticks.addWidget(box)
        self.body.addLayout(ticks)
        self.reason = FormField(_("What makes it possibly privileged"), LinesBox())
        self.body.addWidget(self.reason)
        first = next(iter(self.people.values()), None)
        (first or self.reason.editor).setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        chosen: tuple[UUID, ...] = tuple(i for i, box in self.people.items() if box.isChecked())
        if not chosen:
            self.say(_("Tick at least one other user, to review it."))
            return
        reason = self.reason.text.strip()
        if not reason:
            self.reason.say(_("Say what makes it possibly privileged; the reason is kept."))
            return
        self.flagged.emit(chosen, reason)


class PrivilegeReviewDialog(DeskSheet):
    """Reviews what was flagged. ``reviewed`` says whether it stays restricted, and why."""

    reviewed = Signal(bool, str)

    def __init__(
        self, desk: Desk, handle: Handle, flagged_by: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            desk,
            _("Review possibly privileged material"),
            _("Keep the review"),
            width=560,
            parent=parent,
        )
        told = _("{handle} was flagged by {name}.")
        words = told.format(handle=handle.handle, name=flagged_by)
        self.body.addWidget(Label(words, ink="text.2", wrap=True))
        self.keep = RadioButton(_("It stays restricted"), _("The flag stays with it"))
        self.open_ = RadioButton(_("Open it to everybody"), _("The flag is taken away"))
        self.keep.setChecked(True)
        for part in (self.keep, self.open_):
            self.body.addWidget(part)
        self.reason = FormField(_("What the review found"), LinesBox())
        self.body.addWidget(self.reason)
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        reason = self.reason.text.strip()
        if not reason:
            self.reason.say(_("Say what the review found; the reason is kept."))
            return
        self.reviewed.emit(self.keep.isChecked(), reason)
