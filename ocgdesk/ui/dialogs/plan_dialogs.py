"""Dialogs of a plan: begin from a template, hand over, adopt, take a sheet back."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from ocgdesk.casework import plan_templates
from ocgdesk.casework.action_sheets import Answer, Draft
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.planning import Handover, PlanTemplate
from ocgdesk.domain.plans import Action
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.forms import editors
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label

_MOST = 12


class UseTemplateDialog(DeskSheet):
    """Asks which template a plan begins with. ``chosen`` hands over its id."""

    chosen = Signal(object)

    def __init__(
        self, desk: Desk, offered: Sequence[PlanTemplate], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, _("Use a template"), _("Add to the plan"), parent=parent)
        self.offered = {str(one.id): one for one in offered}
        options = tuple(Option(key, one.title) for key, one in self.offered.items())
        self.which = FormField(_("Template"), Select(options))
        self.says = Label("", ink="text.2", wrap=True)
        self.body.addWidget(self.which)
        self.body.addWidget(self.says)
        self.body.addStretch(1)
        self.which.changed.connect(self._on_which)
        self._on_which()

    def on_accept(self) -> None:
        if (one := self.offered.get(self.which.text)) is not None:
            self.chosen.emit(one.id)

    def _on_which(self) -> None:
        one = self.offered.get(self.which.text)
        if one is None:
            self.says.setText(_("No template yet. Make one from a plan that works."))
            self.accept_button.refuse(_("There is no template to use"))
            return
        try:
            content = plan_templates.content_of(one)
        except Refused as error:
            self.says.setText(str(error))
            self.accept_button.refuse(str(error))
            return
        told = _("{aims} objectives and {acts} actions, due as many days from today as they were")
        self.says.setText(told.format(aims=len(content.objectives), acts=len(content.actions)))
        self.accept_button.allow()


def _officer(desk: Desk, title: str, text: str = "") -> FormField:
    """Return a box for an officer, with the users of the workspace offered."""
    box = TextBox(placeholder=_("Rank and name"))
    box.setText(text)
    names = sorted(user.display for user in desk.workspace.users() if not user.disabled)
    completer = QCompleter(names, box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    box.setCompleter(completer)
    return FormField(title, box)


def user_named(desk: Desk, officer: str) -> UUID | None:
    """Return the user of this workspace who has that name, if one has."""
    folded = officer.strip().casefold()
    for user in desk.workspace.users():
        if folded in {user.name.casefold(), user.display.casefold()}:
            return user.id
    return None


class PrepareHandoverDialog(DeskSheet):
    """Asks who takes over. ``prepared`` hands over role, giver and taker."""

    prepared = Signal(str, str, str)

    def __init__(self, desk: Desk, giver: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Hand over"), _("Prepare hand-over"), parent=parent)
        told = _(
            "A pack says where the plan stands. Whoever hands over signs off first, then who takes"
            " over: from that day the OCG is theirs."
        )
        self.body.addWidget(Label(told, ink="text.2", wrap=True))
        roles = (Option("lro", _("LRO")), Option("sio", _("SIO")))
        self.role = FormField(_("Role"), Select(roles))
        self.giver = _officer(desk, _("From"), giver)
        self.taker = _officer(desk, _("To"))
        for part in (self.role, self.giver, self.taker):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.taker.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        for field in (self.giver, self.taker):
            field.say("" if field.text.strip() else _("Say who."))
        if not (self.giver.wrong or self.taker.wrong):
            self.prepared.emit(self.role.text, self.giver.text.strip(), self.taker.text.strip())


class SignOffDialog(DeskSheet):
    """Shows the pack of an open hand-over; ``signed_off`` when its button is pressed."""

    signed_off = Signal()

    def __init__(self, desk: Desk, one: Handover, parent: QWidget | None = None) -> None:
        is_given = one.given is not None
        accept = _("Take over") if is_given else _("Sign off as who hands over")
        super().__init__(desk, one.title, accept, width=560, parent=parent)
        said = _("Signed off by who hands over.") if is_given else _("Not signed off yet.")
        self.body.addWidget(Label(said, ink="text.2", wrap=True))
        self.body.addWidget(Label(one.pack, wrap=True))
        self.body.addWidget(Label(_("SHA-256 of the pack"), step="small", ink="text.3"))
        self.body.addWidget(Label(one.digest[:32] + "…", step="mono", ink="text.3"))
        self.body.addStretch(1)

    def on_accept(self) -> None:
        self.signed_off.emit()


class AdoptDialog(DeskSheet):
    """Asks which SIO adopts the OCG. ``adopted`` hands over the officer."""

    adopted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Adopt with an SIO"), _("Adopt"), parent=parent)
        told = _("The LRO keeps the OCG and its plan; the SIO's actions are told apart in it.")
        self.body.addWidget(Label(told, ink="text.2", wrap=True))
        self.officer = _officer(desk, _("SIO"))
        self.body.addWidget(self.officer)
        self.body.addStretch(1)
        self.officer.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        officer = self.officer.text.strip()
        self.officer.say("" if officer else _("Say who is SIO."))
        if officer:
            self.adopted.emit(officer)


class TakeBackDialog(DeskSheet):
    """Shows what an action sheet would change. ``taken`` when it is to be saved."""

    taken = Signal()

    def __init__(self, desk: Desk, draft: Draft, parent: QWidget | None = None) -> None:
        count = len(draft.taken)
        accept = ngettext("Save {n} answer", "Save {n} answers", count).format(n=count)
        super().__init__(desk, _("Action sheet: draft"), accept, width=640, parent=parent)
        self.body.addWidget(Label(draft.name, ink="text.2"))
        for one in draft.answers[:_MOST]:
            for line in answer_lines(one):
                ink = "overdue" if one.problem else "text"
                self.body.addWidget(Label(line, ink=ink, wrap=True))
        if (more := len(draft.answers) - _MOST) > 0:
            self.body.addWidget(Label(_("and {n} more rows").format(n=more), ink="text.3"))
        self.body.addStretch(1)
        if not count:
            self.accept_button.refuse(_("Nothing in this sheet differs from the plan"))

    def on_accept(self) -> None:
        self.taken.emit()


def answer_lines(one: Answer) -> list[str]:
    """Return what a row brings back, in words: nothing where it changes nothing."""
    title = one.action.title if one.action else one.ref
    if one.problem:
        return [_("Row {n}, {what}: {problem}").format(n=one.row, what=title, problem=one.problem)]
    described = {field.name: field for field in described_fields(Action)}
    parts = [
        f"{described[name].label}: {editors.shown(described[name], value) or '–'}"
        for name, value in one.values.items()
    ]
    return [f"{title} – {', '.join(parts)}"] if parts else []
