"""What stands beside the board of a plan, asked for after it, and what is answered to it."""

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import plan_beside, plan_reviews, plan_versions, records, suggestions
from ocgdesk.casework.plan_beside import Beside
from ocgdesk.casework.plan_reviews import Held
from ocgdesk.casework.plan_versions import Signing
from ocgdesk.casework.suggestions import Suggestion
from ocgdesk.domain.people import Right
from ocgdesk.domain.planning import StrandNote
from ocgdesk.domain.plans import Strand
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.dialogs.subrecord_dialog import ReasonDialog
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.pages.record_saving import attempt


class PlanReviewing(QObject):
    """Asks for what stands beside a plan and does what is answered: accept, excuse, hold, sign."""

    found = Signal(object)
    """A Beside."""
    compared = Signal(object)
    """The differences of two versions."""
    recorded = Signal()
    """A review was recorded."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.beside: Beside | None = None
        self._desk = desk
        self._over = over
        self._plan: UUID | None = None
        self._asked = Inquiry(desk, self)
        self._compared = Inquiry(desk, self)

    @property
    def is_asking(self) -> bool:
        """Whether an answer is still to come."""
        return self._asked.is_open or self._compared.is_open

    @property
    def _of(self) -> UUID:
        assert self._plan is not None  # noqa: S101 - what is answered was asked of a plan
        return self._plan

    def ask(self, plan: UUID) -> None:
        """Ask what stands beside a plan; ``found`` tells."""
        self.leave()
        self._plan = plan
        query = partial(plan_beside.read, plan_id=plan, today=self._desk.today())
        self._asked.ask(query, self._on_found)

    def leave(self) -> None:
        """Want no answer any more."""
        self._asked.drop()
        self._compared.drop()

    def compare(self, first: int, second: int) -> None:
        """Ask what differs between two versions; 0 is the plan as it stands."""
        query = partial(_differences, plan_id=self._of, first=first, second=second)
        self._compared.ask(query, self.compared.emit)

    # ---- What is answered -----------------------------------------------------------------------

    def accept(self, one: Suggestion) -> None:
        """Make a suggestion an action."""
        self._do(_("Accept suggestion"), suggestions.accept, one=one, today=self._desk.today())

    def dismiss(self, one: Suggestion) -> None:
        """Ask why a suggestion is set aside."""
        dialog = ReasonDialog(
            self._desk,
            _("Dismiss suggestion"),
            _("Dismiss"),
            about=one.title,
            note=_("The reason is kept with the plan; this is not suggested for it again."),
            parent=self._over,
        )
        dialog.reasoned.connect(partial(self._on_dismissed, dialog, one))
        dialog.open()

    def excuse(self, strand: Strand) -> None:
        """Ask why a strand does not apply; the next review asks again."""
        dialog = ReasonDialog(
            self._desk,
            _("{strand} does not apply").format(strand=label("strands", strand.value)),
            _("Save"),
            note=_("It holds until the next review, which asks again."),
            parent=self._over,
        )
        dialog.reasoned.connect(partial(self._on_excused, dialog, strand))
        dialog.open()

    def hold(self, said: Held) -> None:
        """Record a review; a decision in it is never undone, so neither is the review then."""
        undoable = not said.decisions
        if self._do(_("Record review"), plan_reviews.hold, said=said, undoable=undoable):
            self.recorded.emit()

    def sign(self, said: Signing) -> None:
        """Sign the plan as it stands."""
        today = self._desk.today()
        self._do(_("Sign plan"), plan_versions.sign, said=said, today=today, undoable=False)

    def _on_dismissed(self, dialog: Sheet, one: Suggestion, reason: str) -> None:
        today = self._desk.today()
        act = partial(suggestions.dismiss, plan_id=self._of, one=one, reason=reason, today=today)
        self._finish(dialog, _("Dismiss suggestion"), act)

    def _on_excused(self, dialog: Sheet, strand: Strand, reason: str) -> None:
        until = self.beside.agenda.next_due if self.beside else None
        note = StrandNote(
            owner=self._of,
            strand=strand.value,
            note_type="not-applicable",
            text=reason,
            written=self._desk.today(),
            author=self._desk.user.display,
            until=until,
        )

        def act(work: Work) -> None:
            records.create(work, note)

        self._finish(dialog, _("Say why a strand does not apply"), act)

    def _do(self, title: str, verb: Any, *, undoable: bool = True, **said: Any) -> bool:
        act = partial(verb, plan_id=self._of, **said)
        return self._desk.do(title, act, right=Right.PLAN, undoable=undoable)

    def _finish(self, dialog: Sheet, title: str, act: Any) -> None:
        error = attempt(self._desk, title, act, right=Right.PLAN)
        if error is None:
            dialog.accept()
        else:
            dialog.say(f"{str(error).rstrip('.')}.")

    def _on_found(self, beside: Beside) -> None:
        self.beside = beside
        self.found.emit(beside)


def _differences(reader: Reader, *, plan_id: UUID, first: int, second: int) -> Any:
    if second:
        return plan_versions.between(reader, plan_id, first, second)
    return plan_versions.since(reader, plan_id, first)
