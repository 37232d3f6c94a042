"""Handing an OCG from one LRO or SIO to another: a pack, and the sign-off of both."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from uuid import UUID

from ocgdesk.casework import ocgs, plan_board, records
from ocgdesk.domain.dates import PartialDate, shown
from ocgdesk.domain.entities import Assignment, Ocg
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.planning import Handover
from ocgdesk.domain.plans import StrandCount, strand_counts
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work


def pack(reader: Reader, ocg_id: UUID, *, today: date) -> str:
    """Return what somebody who takes an OCG over has to know, in sentences, a line each.

    References, never names of people: the pack is read beside the record.
    """
    board = plan_board.read(reader, ocg_id, today=today, noted=False)
    ocg = reader.get(Ocg, ocg_id)
    lines = [
        f"{ocg.ref}: {label('ocg-statuses', ocg.status)}, {label('tiers', ocg.tier)}",
        _("Next review: {day}").format(
            day=shown(board.review_due) if board.review_due else _("not set")
        ),
    ]
    if board.plan is None:
        return "\n".join([*lines, _("There is no 4P plan.")])
    lines += [_strand_words(count) for count in strand_counts(board.actions, today)]
    late = [action for action in board.actions if action.days_over(today)]
    lines += [_("Late: {ref} {what}").format(ref=action.ref, what=action.title) for action in late]
    return "\n".join(lines)


def _strand_words(count: StrandCount) -> str:
    told = _("{strand}: {live} live, {done} done, {late} late")
    strand = label("strands", count.strand.value)
    return told.format(strand=strand, live=count.live, done=count.done, late=count.late)


def prepare(
    work: Work,
    ocg_id: UUID,
    *,
    giver: str,
    taker: str,
    taker_user: UUID | None = None,
    role: str = "lro",
    today: date,
) -> Handover:
    """Prepare the hand-over of an OCG: its pack, from whom, to whom.

    Raises Refused where both are one, or another hand-over of that role is open.
    """
    ocg = work.get(Ocg, ocg_id)
    if giver.strip().casefold() == taker.strip().casefold():
        raise Refused(_("An OCG is handed to somebody else"))
    if any(one.role == role and one.taken is None for one in of_ocg(work.reader, ocg_id)):
        raise Refused(_("A hand-over of this role is open already: sign it off first"))
    text = pack(work.reader, ocg_id, today=today)
    words = label("assignment-roles", role)
    return records.made(
        work,
        Handover(
            owner=ocg_id,
            title=_("{role}: {giver} to {taker}").format(role=words, giver=giver, taker=taker),
            role=role,
            giver=giver.strip(),
            taker=taker.strip(),
            giver_user=work.user.id,
            taker_user=taker_user,
            prepared=today,
            pack=text,
            digest=sha256(text.encode()).hexdigest(),
            marking=ocg.marking,
            restricted_to=ocg.restricted_to,
        ),
    )


def of_ocg(reader: Reader, ocg_id: UUID) -> list[Handover]:
    """Return the hand-overs of an OCG, in the order they were prepared."""
    found = queries.owned(reader, ocg_id, Kind.HANDOVER)
    return [thing for thing in found if isinstance(thing, Handover)]


def give(work: Work, id_: UUID) -> Handover:
    """Sign off as the one who hands over; Refused where it is signed off already."""
    one = work.get(Handover, id_)
    if one.given is not None:
        raise Refused(_("This hand-over is signed off by who hands over already"))
    return _put(work, replace(one, given=work.now, giver_user=work.user.id))


def take(work: Work, id_: UUID, *, today: date) -> Handover:
    """Sign off as the one who takes over: the OCG is theirs from today, in the same act.

    Raises Refused before the other has signed off, and where both are one user.
    """
    one = work.get(Handover, id_)
    if one.given is None:
        raise Refused(_("Whoever hands over signs off first"))
    if one.taken is not None:
        raise Refused(_("This hand-over is complete already"))
    if one.giver_user == work.user.id:
        raise Refused(_("You handed it over yourself: who takes over signs off"))
    if one.taker_user is not None and one.taker_user != work.user.id:
        raise Refused(_("This hand-over is to somebody else"))
    assert one.owner is not None  # noqa: S101 - a hand-over belongs to an OCG
    post = Assignment(
        role=one.role, officer=one.taker, user=work.user.id, start=PartialDate.of(today)
    )
    ocgs.assign(work, one.owner, post, handover=one.title)
    saved = _put(work, replace(one, taken=work.now, taker_user=work.user.id))
    work.entry = {**work.entry, "undoable": False}
    return saved


def _put(work: Work, one: Handover) -> Handover:
    saved = work.put(one)[0]
    assert isinstance(saved, Handover)  # noqa: S101 - what is put comes back as it went
    return saved
