"""What is decided about an OCG on its page: moves, tier, officers, scores."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import assessments, ocgs
from ocgdesk.casework.assessments import Scoring
from ocgdesk.casework.ocgs import Given
from ocgdesk.domain import moves, reviews, scoring_sheets
from ocgdesk.domain.entities import Assignment, Ocg
from ocgdesk.domain.moves import Move
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.assessment_dialog import AssessmentDialog, OfficialDialog
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.dialogs.status_dialog import AssignDialog, StatusDialog, TierDialog
from ocgdesk.ui.pages.ocg_standing import TAKE_BACK
from ocgdesk.ui.pages.record_reading import Dossier
from ocgdesk.ui.pages.record_saving import attempt

_BACK: Final = Move(TAKE_BACK, "Take the merge back", frozenset({"merged"}), "", ("reason",))
"""No move of the list: it leads to wherever the OCG stood before."""


class OcgActs(QObject):
    """The dialogs over the page of an OCG, and what comes of them."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over

    def act(self, found: Dossier, wish: str) -> None:
        """Open the dialog of what is wanted: see the signals of the two parts."""
        ocg = found.thing
        if not isinstance(ocg, Ocg):
            return
        name, _colon, more = wish.partition(":")
        match name:
            case "move":
                self._move(ocg, more)
            case "tier":
                self._tier(ocg, found)
            case "assign":
                self._assign(ocg, found)
            case "official":
                self._official(ocg)
            case _ if name == TAKE_BACK:
                self._take_back(ocg)
            case _:
                self._assess(ocg, name, found)

    def _move(self, ocg: Ocg, status: str) -> None:
        wanted = moves.move_between(ocgs.STATUSES, ocg.status, status)
        if wanted is None:
            return
        dialog = StatusDialog(self._desk, wanted, ocg.id, parent=self._over)
        act = partial(ocgs.move, id_=ocg.id, status=status, today=self._desk.today())
        dialog.given.connect(partial(self._on_given, dialog, _("Move OCG"), act))
        dialog.open()

    def _take_back(self, ocg: Ocg) -> None:
        dialog = StatusDialog(self._desk, _BACK, ocg.id, parent=self._over)
        act = partial(ocgs.take_back_merge, id_=ocg.id, today=self._desk.today())
        dialog.given.connect(partial(self._on_given, dialog, _("Move OCG"), act))
        dialog.open()

    def _on_given(self, dialog: Sheet, label: str, act: Callable[..., Any], given: Given) -> None:
        self._do(dialog, label, partial(act, given=given), undoable=False)

    def _tier(self, ocg: Ocg, found: Dossier) -> None:
        dialog = TierDialog(self._desk, tier=ocg.tier, last=_last(found), parent=self._over)
        dialog.given.connect(partial(self._on_tier, dialog, ocg.id))
        dialog.open()

    def _on_tier(self, dialog: Sheet, id_: UUID, tier: str, given: Given, review: Any) -> None:
        act = partial(
            ocgs.set_tier,
            id_=id_,
            tier=tier,
            given=given,
            today=self._desk.today(),
            review_due=review,
        )
        self._do(dialog, _("Set tier"), act, undoable=False)

    def _assign(self, ocg: Ocg, found: Dossier) -> None:
        def holders(role: str) -> list[Assignment]:
            return [p for p in found.assigned if p.role == role and p.end is None]

        dialog = AssignDialog(
            self._desk,
            users=self._desk.workspace.users(),
            holders=holders,
            agency=ocg.agency,
            parent=self._over,
        )
        dialog.given.connect(partial(self._on_assigned, dialog, ocg.id))
        dialog.open()

    def _on_assigned(
        self, dialog: Sheet, id_: UUID, new: Assignment, handover: str, beside: Any
    ) -> None:
        act = partial(ocgs.assign, id_=id_, new=new, handover=handover, beside=bool(beside))
        self._do(dialog, _("Assign"), act)

    def _assess(self, ocg: Ocg, sheet_name: str, found: Dossier) -> None:
        if sheet_name not in scoring_sheets.SHEETS:
            return
        dialog = AssessmentDialog(
            self._desk,
            scoring_sheets.sheet(sheet_name),
            before=_before(found, sheet_name),
            review=reviews.next_review(ocg.tier, self._desk.today()),
            parent=self._over,
        )
        dialog.made.connect(partial(self._on_assessed, dialog, ocg.id, sheet_name))
        dialog.open()

    def _on_assessed(
        self, dialog: AssessmentDialog, id_: UUID, sheet_name: str, *made: Any
    ) -> None:
        answers, reasons, said = made
        act = partial(
            assessments.assess,
            owner=id_,
            sheet_name=sheet_name,
            answers=answers,
            said=said,
            rationales=reasons,
        )
        self._do(dialog, _("Assess OCG"), act)

    def _official(self, ocg: Ocg) -> None:
        review = reviews.next_review(ocg.tier, self._desk.today())
        dialog = OfficialDialog(self._desk, review=review, parent=self._over)
        dialog.made.connect(partial(self._on_official, dialog, ocg.id))
        dialog.open()

    def _on_official(self, dialog: Sheet, id_: UUID, scheme: str, *rest: Any) -> None:
        total, band, said = rest
        assert isinstance(said, Scoring)  # noqa: S101 - as the dialog says
        act = partial(
            assessments.type_in,
            owner=id_,
            sheet_name=scheme,
            said=said,
            total=total,
            band=band,
        )
        self._do(dialog, _("Assess OCG"), act)

    def _do(
        self, dialog: Sheet, label: str, act: Callable[..., Any], *, undoable: bool = True
    ) -> None:
        """Do it and close the dialog; what was refused is said in it, and nothing typed is lost."""
        error = attempt(self._desk, label, act, undoable=undoable)
        if error is None:
            dialog.accept()
        else:
            dialog.say(f"{str(error).rstrip('.')}.")


def _last(found: Dossier) -> Any:
    return max((item.assessed for item in found.assessments if item.assessed), default=None)


def _before(found: Dossier, sheet_name: str) -> Assessment | None:
    """Return the newest assessment that was scored here by a sheet."""
    mine = [
        item
        for item in found.assessments
        if item.sheet == sheet_name and item.score_source == "local"
    ]
    return max(mine, key=lambda item: str(item.assessed or ""), default=None)
