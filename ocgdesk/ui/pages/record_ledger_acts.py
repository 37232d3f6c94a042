"""What the user does with a handle and its candidates: asked for, done, and refused in place."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import attributions, handles, ledgers
from ocgdesk.casework.attributions import Said
from ocgdesk.casework.ledgers import Ledger, Put, Step
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.moves import Move, allowed
from ocgdesk.domain.people import Right
from ocgdesk.domain.values import Ground
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.attribution_dialog import (
    AttributionDialog,
    CandidateDialog,
    GroundDialog,
    PutForward,
    ReasonDialog,
    StepsDialog,
)
from ocgdesk.ui.dialogs.handover_dialog import (
    HandoverDialog,
    PrivilegeDialog,
    PrivilegeReviewDialog,
)
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.pages.record_ledger_words import next_status, step_words
from ocgdesk.ui.pages.record_saving import attempt

REASONED: Final = frozenset({"reason", "successor"})
"""What a move may need that has to be asked for."""


class LedgerActs(QObject):
    """Acts on the handle that is shown and the candidate that is chosen.

    ``over`` is the page dialogs stand on. What was refused is said by ``refused`` where no
    dialog is there to say it.
    """

    refused = Signal(str)
    moved = Signal(str)
    """The status an attribution was just moved to."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over
        self.ledger: Ledger | None = None
        self.put: Put | None = None

    @property
    def may(self) -> bool:
        """Whether this user may change anything here."""
        return self._desk.may(Right.EDIT)

    # ---- Candidates -----------------------------------------------------------------------------

    def put_forward(self) -> None:
        """Ask for another candidate."""
        if self.ledger is None or not self.may:
            return
        dialog = AttributionDialog(self._desk, self.ledger.handle, parent=self._over)
        dialog.made.connect(partial(self._on_put_forward, dialog))
        dialog.open()

    def add_ground(self) -> None:
        """Ask for one more ground for or against the candidate chosen."""
        if self.ledger is None or self.put is None or not self.may:
            return
        names = (self.put.nominal.label, self.ledger.handle.handle)
        dialog = GroundDialog(self._desk, *names, parent=self._over)
        dialog.made.connect(partial(self._on_ground, dialog, self.put.link.id))
        dialog.open()

    def edit(self) -> None:
        """Change the candidate chosen, or take grounds out."""
        if self.put is None or not self.may:
            return
        if self.put.link.status not in attributions.OPEN:
            self.refused.emit(_("It was reviewed as it is: send it back or take it up again."))
            return
        link, name = self.put.link, self.put.nominal.label
        dialog = CandidateDialog(self._desk, link, name, parent=self._over)
        dialog.kept.connect(partial(self._on_kept, dialog, link.id))
        dialog.dropped.connect(partial(self._on_dropped, dialog, link.id))
        dialog.open()

    def show_steps(self) -> None:
        """Show every step that was taken with the candidate chosen."""
        if self.put is not None:
            query = partial(ledgers.steps, attribution=self.put.link.id)
            self._desk.ask(query, partial(self._on_steps, self.put.nominal.label))

    def _on_steps(self, nominal: str, found: tuple[Step, ...]) -> None:
        StepsDialog(self._desk, nominal, found, parent=self._over).open()

    def advance(self, note: str = "") -> bool:
        """Take the next step with the candidate chosen: propose, review or confirm."""
        if self.put is None or not (to := next_status(self.put.link.status)):
            return False
        return self._move(self.put.link.id, to, Said(note=note), step_words(self.put.link.status))

    def keep_probable(self, note: str = "") -> bool:
        """Review the candidate as probable, or back from a review to it."""
        if self.put is None or self.put.link.status != "proposed":
            return False
        said = Said(note=note, confidence="probable")
        return self._move(self.put.link.id, "reviewed", said, _("Review"))

    def turn(self, code: str, note: str = "") -> None:
        """Make a move by its code; its reason is asked for unless a note was typed already."""
        move = next((m for m in self.moves() if m.code == code), None)
        if move is None or self.put is None or self.ledger is None or not self.may:
            return
        needs = REASONED & set(move.needs)
        if not needs or (needs == {"reason"} and note.strip()):
            self._move(self.put.link.id, move.to, Said(note=note), move.label)
            return
        self._ask_reason(move)

    def moves(self) -> tuple[Move, ...]:
        """Return what can be done with the candidate chosen."""
        if self.put is None:
            return ()
        return allowed(attributions.STATUSES, self.put.link.status)

    def _ask_reason(self, move: Move) -> None:
        assert self.put is not None and self.ledger is not None  # noqa: S101, PT018 - checked
        put, others = self.put, None
        if "successor" in move.needs:
            standing = [p for p in self.ledger.candidates if not p.is_out and p is not put]
            others = [(p.link.id, p.nominal.label) for p in standing]
        told = _("{nominal} as the user of {handle}")
        words = told.format(nominal=put.nominal.label, handle=self.ledger.handle.handle)
        dialog = ReasonDialog(
            self._desk, _(move.label), words, successors=others, parent=self._over
        )
        dialog.given.connect(partial(self._on_reasoned, dialog, put.link.id, move))
        dialog.open()

    # ---- The handle -----------------------------------------------------------------------------

    def dispose(self, disposition: str) -> bool:
        """Say what becomes of the handle."""
        if self.ledger is None or not self.may:
            return False
        act = partial(handles.dispose, id_=self.ledger.handle.id, disposition=disposition)
        return self._told(_("Set disposition"), act)

    def hand_over(self) -> None:
        """Ask to whom the handle is handed over, and with what."""
        if self.ledger is None or not self.may:
            return
        dialog = HandoverDialog(self._desk, self.ledger.handle, parent=self._over)
        dialog.made.connect(partial(self._on_hand_over, dialog, self.ledger.handle.id))
        dialog.open()

    def privilege(self) -> None:
        """Flag the material as possibly privileged, or review the flag somebody else set."""
        if self.ledger is None or not self.may:
            return
        handle = self.ledger.handle
        if not handle.privileged:
            flag = PrivilegeDialog(self._desk, handle, parent=self._over)
            flag.flagged.connect(partial(self._on_flagged, flag, handle.id))
            flag.open()
            return
        if self.ledger.flagged_by == self._desk.user.id:
            self.refused.emit(_("You flagged this yourself: somebody else has to review it."))
            return
        by = self.ledger.users.get(self.ledger.flagged_by or UUID(int=0), _("a former user"))
        review = PrivilegeReviewDialog(self._desk, handle, by, parent=self._over)
        review.reviewed.connect(partial(self._on_reviewed, review, handle.id))
        review.open()

    # ---- Done -----------------------------------------------------------------------------------

    def _on_put_forward(self, dialog: Sheet, made: PutForward) -> None:
        assert self.ledger is not None  # noqa: S101 - the dialog is about it
        act = partial(
            attributions.put_forward,
            handle=self.ledger.handle.id,
            nominal=made.nominal,
            said=made.said,
            today=self._desk.today(),
            propose=made.propose,
        )
        self._from(dialog, _("Put forward attribution"), act)

    def _on_ground(self, dialog: Sheet, id_: UUID, ground: Ground) -> None:
        act = partial(attributions.add_ground, id_=id_, ground=ground)
        self._from(dialog, _("Add ground"), act)

    def _on_kept(self, dialog: Sheet, id_: UUID, values: dict[str, Any]) -> None:
        if not values:
            dialog.accept()
            return
        self._from(dialog, _("Edit attribution"), partial(attributions.edit, id_=id_, **values))

    def _on_dropped(self, dialog: Sheet, id_: UUID, place: int) -> None:
        act = partial(attributions.drop_ground, id_=id_, place=place)
        self._from(dialog, _("Take out ground"), act)

    def _on_reasoned(
        self, dialog: Sheet, id_: UUID, move: Move, reason: str, successor: UUID | None
    ) -> None:
        said = Said(note=reason, successor=successor)
        act = partial(
            attributions.move, id_=id_, status=move.to, said=said, today=self._desk.today()
        )
        how = {"undoable": not self._is_second(move.to)}
        if self._from(dialog, _label(_(move.label)), act, **how):
            self.moved.emit(move.to)

    def _on_hand_over(
        self, dialog: Sheet, id_: UUID, agency: str, note: str, on: PartialDate | None
    ) -> None:
        act = partial(handles.hand_over, id_=id_, agency=agency, note=note, on=on)
        if self._from(dialog, _("Hand over handle"), act, undoable=False):
            self.moved.emit("other-agency")

    def _on_flagged(self, dialog: Sheet, id_: UUID, users: tuple[UUID, ...], reason: str) -> None:
        act = partial(handles.flag_privileged, id_=id_, users=users, reason=reason)
        self._from(dialog, _("Flag privileged"), act, undoable=False)

    def _on_reviewed(self, dialog: Sheet, id_: UUID, keep: bool, reason: str) -> None:  # noqa: FBT001 - a signal's
        act = partial(handles.review_privileged, id_=id_, keep=keep, reason=reason)
        self._from(dialog, _("Review privilege"), act, undoable=False)

    def _move(self, id_: UUID, status: str, said: Said, words: str) -> bool:
        if not self.may:
            return False
        act = partial(
            attributions.move, id_=id_, status=status, said=said, today=self._desk.today()
        )
        done = self._told(_label(words), act, undoable=not self._is_second(status))
        if done:
            self.moved.emit(status)
        return done

    def _is_second(self, status: str) -> bool:
        """Whether the candidate's move to this status is a second person's, which stays."""
        return self.put is not None and attributions.needs_second(self.put.link.status, status)

    def _told(self, label: str, act: Callable[..., Any], **how: Any) -> bool:
        error = attempt(self._desk, label, act, **how)
        self.refused.emit(_sentence(error))
        return error is None

    def _from(self, dialog: Sheet, label: str, act: Callable[..., Any], **how: Any) -> bool:
        """Do what a dialog asked for; it closes, or says why it was refused."""
        error = attempt(self._desk, label, act, **how)
        if error is None:
            dialog.accept()
        else:
            dialog.say(_sentence(error))
        return error is None


def _label(words: str) -> str:
    return _("{act} attribution").format(act=words)


def _sentence(error: DeskError | None) -> str:
    return f"{str(error).rstrip('.')}." if error is not None else ""
