"""People of a draft who may be on the register already, by the model that looks for duplicates.

What identifies was matched before; this is for those who would come in as new. It only asks: an
import never merges anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ocgdesk.casework import duplicates
from ocgdesk.casework.import_matching import MOST_ALIKE, Alike
from ocgdesk.casework.imports import Proposal, Row, Standing
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _
from ocgdesk.matching import people
from ocgdesk.matching.values import Candidate, Person, Sign
from ocgdesk.matching.words import worded
from ocgdesk.progress import Progress, silent
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import briefs

MOST: Final = 10_000
"""New people of one draft that are compared with the register; more are only looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeMaterial:
    """The people of the register and those of a draft; it can go to another process."""

    register: tuple[Person, ...]
    drafted: tuple[Person, ...]
    places: tuple[int, ...]
    """Of each person of the draft the place of their row in the proposal."""


def gather(reader: Reader, proposal: Proposal) -> AlikeMaterial | None:
    """Return what is to be compared; None where the draft or the register has nobody."""
    new = [(n, row.after) for n, row in enumerate(proposal.rows) if _is_new_person(row)]
    if not 0 < len(new) <= MOST:
        return None
    register = duplicates.gather(reader, Kind.NOMINAL).people
    if not register:
        return None
    top = max(one.key for one in register)
    drafted = tuple(
        duplicates.person(top + 1 + n, thing)
        for n, (_place, thing) in enumerate(new)
        if isinstance(thing, Nominal)
    )
    places = tuple(place for place, _thing in new)
    return AlikeMaterial(register=register, drafted=drafted, places=places)


def noted(proposal: Proposal) -> Proposal:
    """Return the proposal, with a note where it has more new people than are compared."""
    if sum(map(_is_new_person, proposal.rows)) <= MOST:
        return proposal
    text = _("There are more than {n} new people: they were looked up by name and number only.")
    notes = (*proposal.draft.notes, text.format(n=f"{MOST:,}"))
    return replace(proposal, draft=replace(proposal.draft, notes=notes))


def _is_new_person(row: Row) -> bool:
    return row.standing is Standing.NEW and isinstance(row.after, Nominal)


def compare(material: AlikeMaterial, progress: Progress = silent) -> list[Candidate]:
    """Return the pairs of a person of the draft and one of the register, the surest first."""
    among = {one.key for one in material.drafted}
    everybody = (*material.register, *material.drafted)
    found = people.candidates(everybody, among=among, progress=progress)
    return [one for one in found if one.one not in among and one.other in among]


def told(
    reader: Reader, proposal: Proposal, material: AlikeMaterial, found: Sequence[Candidate]
) -> Proposal:
    """Return the proposal with what each new person may be, and the evidence in words."""
    place_of = {
        one.key: place for one, place in zip(material.drafted, material.places, strict=True)
    }
    known = {item.no: item for item in briefs(reader, sorted({one.one for one in found}))}
    alike: dict[int, list[Alike]] = {}
    for one in found:
        if (brief := known.get(one.one)) is not None:
            new = Alike(brief.id, brief.ref, brief.label, reason(one))
            alike.setdefault(place_of[one.other], []).append(new)
    rows = tuple(_with(row, alike[n]) if n in alike else row for n, row in enumerate(proposal.rows))
    return replace(proposal, rows=rows)


def _with(row: Row, found: Sequence[Alike]) -> Row:
    """Return a row with what the model found first; what was found by name alone behind it."""
    ids = {one.id for one in found}
    others = (one for one in row.alike if one.id not in ids)
    return replace(row, alike=(*found, *others)[:MOST_ALIKE])


def reason(one: Candidate) -> str:
    """Return the evidence in words: how sure, what speaks for it, what against."""
    pro = [worded(item) for item in one.evidence if item.sign is Sign.FOR]
    con = [worded(item) for item in one.evidence if item.sign is Sign.AGAINST]
    parts = [f"{one.probability:.0%}", ", ".join(pro)]
    if con:
        parts.append(_("against it: {what}").format(what=", ".join(con)))
    return "; ".join(filter(None, parts))


def look(reader: Reader, proposal: Proposal, progress: Progress = silent) -> Proposal:
    """Compare and tell in one go, where nobody waits at a window."""
    material = gather(reader, proposal)
    if material is None:
        return proposal
    return told(reader, proposal, material, compare(material, progress))
