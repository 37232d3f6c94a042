"""Notes, and the decision log: entries that are superseded, never changed, removed or undone."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from ocgdesk.casework import subrecords
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.subrecords import Decision, Note
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work


def write(work: Work, note: Note, *, today: date) -> Note:
    """Add a note; without author and day it is this user's of today."""
    author = note.author.strip() or work.user.display
    return subrecords.add(work, replace(note, author=author, written=note.written or today))


def decide(work: Work, new: Decision, *, today: date) -> Decision:
    """Enter a decision; from here on the whole act cannot be undone, only superseded.

    Without decision-maker and day it is this user's of today. Needs a rationale.
    """
    if not new.rationale.strip():
        raise Refused(_("Say what the decision rests on; the rationale is kept with it"))
    made_by = new.decided_by.strip() or work.user.display
    made = replace(new, decided_by=made_by, decided=new.decided or today)
    work.entry = {**work.entry, "undoable": False}
    return subrecords.add(work, made)


def supersede(work: Work, id_: UUID, new: Decision, *, today: date) -> Decision:
    """Enter a decision that takes the place of another, which stays as it was entered.

    Raises Refused where the other was superseded already: the newest is the one to supersede.
    """
    old = work.get(Decision, id_)
    if old.owner is None or is_superseded(work.reader, old):
        raise Refused(_("This entry was superseded already; supersede the one that did"))
    return decide(work, replace(new, owner=old.owner, supersedes=old.id), today=today)


def is_superseded(reader: Reader, decision: Decision) -> bool:
    """Tell whether a later entry takes the place of a decision."""
    if decision.owner is None:
        return False
    return any(entry.supersedes == decision.id for entry in log(reader, decision.owner))


def log(reader: Reader, owner: UUID) -> list[Decision]:
    """Return the decision log of a record, oldest first."""
    found = queries.owned(reader, owner, Kind.DECISION)
    return [thing for thing in found if isinstance(thing, Decision)]
