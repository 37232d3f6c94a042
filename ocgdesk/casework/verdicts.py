"""What is decided of two records short of merging them: maybe, never, and shared by many."""

from uuid import UUID

from ocgdesk.casework import in_step, records
from ocgdesk.domain.links import Link, Strength
from ocgdesk.domain.pairings import NEVER, PROPOSED, SHARED, Pairing
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import matching
from ocgdesk.store import records as queries
from ocgdesk.store.work import Work

MAYBE = "maybe-same"
"""The type of link that says so on records and charts."""


def maybe(work: Work, one: UUID, other: UUID, note: str = "") -> Link:
    """Link two records as maybe the same, to be looked at again."""
    for linked in queries.links_of(work.reader, one):
        if linked.link.type == MAYBE and linked.other.id == other:
            raise Refused(_("The two are linked as maybe the same already"))
    return records.link(work, maybe_link(one, other, note))


def maybe_link(one: UUID, other: UUID, note: str = "") -> Link:
    """Return the link that says two records are maybe the same, yet to be written."""
    return Link(
        source=one, target=other, type=MAYBE, basis="assessment", note=note,
        strength=Strength.TENTATIVE.value,
    )  # fmt: skip


def never(work: Work, one: UUID, other: UUID, reason: str = "") -> Pairing:
    """Keep that two records are different people or things; the pair is not shown again.

    A proposal to merge them and a link "maybe the same" go with it.
    """
    first, second = work.reader.find(one), work.reader.find(other)
    if first.kind is not second.kind or first.id == second.id:
        raise Refused(_("A verdict is on two records of one kind"))
    known = matching.verdicts(work.reader, one, other)
    if any(said.verdict == NEVER for said in known):
        raise Refused(_("That is decided already"))
    work.remove(*(said for said in known if said.verdict == PROPOSED))
    links = [item.link for item in queries.links_of(work.reader, one) if item.other.id == other]
    work.remove(*(link for link in links if link.type == MAYBE))
    said = Pairing(
        owner=one, other=other, verdict=NEVER, reason=reason,
        by=work.user.id, decided=in_step.day_of(work),
    )  # fmt: skip
    return records.made(work, said)


def withdraw(work: Work, one: UUID, other: UUID) -> int:
    """Take back what was decided of two records; return how many verdicts that was."""
    known = matching.verdicts(work.reader, one, other)
    if not known:
        raise Refused(_("Nothing was decided of these two"))
    work.remove(*known)
    return len(known)


def shared(work: Work, id_: UUID, reason: str = "") -> Pairing:
    """Put a record on the stop list: sharing it tells nothing of two people any more."""
    record = work.reader.find(id_)
    assert isinstance(record, Entity)  # noqa: S101 - found in the table of entities
    if work.reader.number(id_) in matching.stop_list(work.reader):
        raise Refused(_("It is on the stop list already"))
    said = Pairing(
        owner=id_, verdict=SHARED, reason=reason, by=work.user.id, decided=in_step.day_of(work)
    )
    return records.made(work, said)


def not_shared(work: Work, id_: UUID) -> int:
    """Take a record off the stop list; return how many notes that was."""
    said = [one for one in queries.owned(work.reader, id_) if _is_shared(one)]
    if not said:
        raise Refused(_("It is not on the stop list"))
    work.remove(*said)
    return len(said)


def _is_shared(thing: object) -> bool:
    return isinstance(thing, Pairing) and thing.verdict == SHARED
