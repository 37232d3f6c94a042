"""One way in for every kind of sub-record, whatever the kind's own rules ask for."""

from datetime import date
from typing import Final

from ocgdesk.casework import notes, subrecords
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.subrecords import Assessment, Attachment, Decision, Note
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.work import Work

MADE_ELSEWHERE: Final = frozenset({Kind.ASSESSMENT, Kind.ATTACHMENT})
"""Kinds that are made by an act of their own: they need answers, or a file."""


def file(work: Work, new: Entity, *, today: date) -> Entity:
    """Hang a new sub-record on its owner, by the rules of its kind.

    Raises Refused where its owner is of another kind, a value cannot be, or it is made by an
    act of its own.
    """
    match new:
        case Decision():
            return notes.decide(work, new, today=today)
        case Note():
            return notes.write(work, new, today=today)
        case Attachment():
            raise Refused(_("An attachment needs a file: attach one"))
        case Assessment() if new.answers:
            raise Refused(_("An assessment is made by its sheet: assess the record"))
    return subrecords.add(work, new)
