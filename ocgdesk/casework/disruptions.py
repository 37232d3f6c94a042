"""The disruption ledger: claimed by one, moderated by another, counted once.

What is moderated cannot be undone, only returned. Nobody moderates their own claim: users are
compared, never roles.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from ocgdesk.casework import case_rules, outcome_rules, records
from ocgdesk.casework.claim_rules import findings
from ocgdesk.domain import moves
from ocgdesk.domain.claiming import OPEN, STATUSES
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import claims, history
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

    It is moderated before it is accepted; one moderator may do both, as two entries. What was
    accepted wrongly, as one event claimed twice, is returned and counts no longer. Raises Refused
    to those who do not moderate, to whoever recorded or submitted it or entered an outcome of it,
    for a move there is none of, for a return without a reason, and where a seizure of it stands in
    the commodity ledger.
    """
    work.user.need(Right.MODERATE)
    claim = work.get(Disruption, id_)
    came = claims.outcomes_of(work.reader, [id_]).get(id_, ())
    _check_own(work, claim, came)
    if claim.status == "accepted" and any(one.dealing for one in came):
        raise Refused(_("A seizure of it is in the commodity ledger: take it out there first"))
    saved = _moved(work, claim, to, note=note, **_words(work, claim, to, note.strip(), today))
    work.entry = {**work.entry, "undoable": False}
    return saved


def _check_own(work: Work, claim: Disruption, came: Collection[Outcome]) -> None:
    """Raise Refused where it is the user's own claim, or what came of it is."""
    if claim.submitted_by == work.user.id:
        raise Refused(_("You submitted this claim yourself: somebody else has to moderate it"))
    if history.maker(work.reader, claim.id) == work.user.id:
        raise Refused(_("You recorded this claim yourself: somebody else has to moderate it"))
    if any(history.maker(work.reader, one.id) == work.user.id for one in came):
        raise Refused(_("You entered what came of it yourself: somebody else has to moderate it"))


def _words(work: Work, claim: Disruption, to: str, note: str, today: date) -> dict[str, Any]:
    """Return who moderated, when and in what words; an acceptance leaves them as they are.

    Who accepted is in the history, as is every move.
    """
    if to == "accepted" and claim.moderated_by is not None:
        said = "\n".join(part for part in (claim.moderation, note) if part)
        return {"moderation": said}
    return {"moderated_by": work.user.id, "moderated": today, "moderation": note}


def withdraw(work: Work, id_: UUID, *, reason: str) -> Disruption:
    """Take a claim back before it is accepted; it stays on record, and counts nowhere."""
    claim = work.get(Disruption, id_)
    return _moved(work, claim, "withdrawn", note=reason, moderation=reason.strip())


def enter_on_apmis(work: Work, id_: UUID, reference: str, *, on: date) -> Disruption:
    """Type back the reference an accepted claim was given on APMIS, or put it right.

    An empty reference takes out one that is wrong; the earlier stays in the history. Raises
    Refused where the claim is not accepted, and where another claim has this reference.
    """
    claim, said = work.get(Disruption, id_), reference.strip()
    if claim.status != "accepted":
        raise Refused(_("Only an accepted disruption is entered on APMIS"))
    if not said and not claim.apmis:
        raise Refused(_("Type the reference APMIS gave it"))
    entered = replace(claim, apmis=said, apmis_on=on if said else None)
    case_rules.check_edit(work.reader, claim, entered)
    return _put(work, entered)


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
    """Put an outcome line on a disruption, an operation or an OCG.

    Its unit is that of its measure where none is said, its day, part and agency those of the
    disruption. Where it names criminal-justice steps, its value is their count, or the sum of
    their years; a figure of the same measure that was typed on the claim is then backed by them,
    not added to. Raises Refused where the claim is under moderation, for a unit that is not of
    the measure, and where a step is claimed already, by whichever agency.
    """
    typed = _typed(work, outcome) if outcome.steps else None
    if typed is None:
        return records.create(work, outcome)
    worth = outcome_rules.worth(work.reader, replace(outcome, unit=typed.unit))
    more = {name: getattr(outcome, name) for name in ("on", "follow_up", "impact")}
    said = {name: value for name, value in more.items() if value}
    values = said | {"steps": outcome.steps, "value": worth}
    saved = records.edit(work, typed.id, values, version=typed.version)
    assert isinstance(saved, Outcome)  # noqa: S101 - it was read as one
    return saved


def _typed(work: Work, outcome: Outcome) -> Outcome | None:
    """Return the figure of this measure that was typed on an open claim and names no steps."""
    claim = outcome_rules.claim_of(work.reader, outcome)
    if claim is None or claim.status not in OPEN:
        return None
    bare = outcome_rules.unbacked(work.reader, claim.id)
    return next((o for o in bare if o.measure == outcome.measure and not o.steps), None)
