"""The disruption ledger: claimed by one, moderated by another, counted once.

What is moderated cannot be undone, only returned. Nobody moderates their own claim: users are
compared, never roles.
"""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from ocgdesk.casework import records
from ocgdesk.casework.claim_rules import STATUSES, findings, settled
from ocgdesk.domain import moves
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import history
from ocgdesk.store.work import Work

# ---- The way of a claim -------------------------------------------------------------------------


def submit(work: Work, id_: UUID, *, today: date) -> Disruption:
    """Hand a claim in for moderation; Refused with all that it lacks."""
    claim = work.get(Disruption, id_)
    lacking = [one.words for one in findings(work.reader, claim, today=today) if one.refuses]
    if lacking:
        raise Refused(_("Not ready to be submitted: {all}").format(all="; ".join(lacking)))
    return _moved(work, claim, "submitted", submitted_by=work.user.id, submitted=today)


def moderate(work: Work, id_: UUID, *, to: str, note: str = "", today: date) -> Disruption:
    """Moderate, accept or return a claim of somebody else's; it cannot be undone.

    Raises Refused to those who do not moderate, to whoever submitted it, for a move there is
    none of, and for a return without a reason.
    """
    work.user.need(Right.MODERATE)
    claim = work.get(Disruption, id_)
    if claim.submitted_by == work.user.id:
        raise Refused(_("You submitted this claim yourself: somebody else has to moderate it"))
    if history.maker(work.reader, id_) == work.user.id:
        raise Refused(_("You recorded this claim yourself: somebody else has to moderate it"))
    words = {"moderated_by": work.user.id, "moderated": today, "moderation": note.strip()}
    saved = _moved(work, claim, to, note=note, **words)
    work.entry = {**work.entry, "undoable": False}
    return saved


def withdraw(work: Work, id_: UUID, *, reason: str) -> Disruption:
    """Take a claim back before it is accepted; it stays on record, and counts nowhere."""
    claim = work.get(Disruption, id_)
    return _moved(work, claim, "withdrawn", note=reason, moderation=reason.strip())


def enter_on_apmis(work: Work, id_: UUID, reference: str, *, on: date) -> Disruption:
    """Type back the reference an accepted claim was given on APMIS."""
    claim = work.get(Disruption, id_)
    if claim.status != "accepted":
        raise Refused(_("Only an accepted disruption is entered on APMIS"))
    if not reference.strip():
        raise Refused(_("Type the reference APMIS gave it"))
    return _put(work, replace(claim, apmis=reference.strip(), apmis_on=on))


def _moved(work: Work, claim: Disruption, to: str, *, note: str = "", **values: Any) -> Disruption:
    if refused := moves.refuse_move(STATUSES, claim.status, to):
        raise Refused(refused)
    given = ("reason",) if note.strip() else ()
    if told := moves.refuse_without(STATUSES, claim.status, to, given):
        raise Refused(told)
    if claim.status == to:
        told = _("This disruption is {status} already")
        raise Refused(told.format(status=label(STATUSES, to).lower()))
    return _put(work, replace(claim, status=to, **values))


def _put(work: Work, claim: Disruption) -> Disruption:
    saved = work.put(claim)[0]
    assert isinstance(saved, Disruption)  # noqa: S101 - what is put comes back as it went
    return saved


# ---- What came of it ----------------------------------------------------------------------------


def add_outcome(work: Work, outcome: Outcome) -> Outcome:
    """Put an outcome line on a disruption or an operation.

    Its unit is that of its measure where none is said, its day, part and agency those of the
    disruption. Where it names criminal-justice steps, its value is their count, or the sum of
    their years. Raises Refused where the claim is under moderation, and where a step is claimed
    already, by whichever agency.
    """
    return records.create(work, settled(work.reader, outcome))
