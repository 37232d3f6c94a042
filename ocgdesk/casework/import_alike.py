"""Records of a draft that may be on the register already, by the rules that look for duplicates.

What identifies was matched before; this is for those that would come in as new, held against the
register and against the rows above them. It only asks: an import never merges anything by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from ocgdesk.casework import duplicates
from ocgdesk.casework.duplicates import Material
from ocgdesk.casework.import_decisions import Alike, row_words
from ocgdesk.casework.import_matching import MOST_ALIKE
from ocgdesk.casework.import_proposal import Proposal, Row, Standing
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.pairings import COMPARED
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity
from ocgdesk.exchange.draft import DraftRecord
from ocgdesk.i18n import _
from ocgdesk.matching.values import Candidate, Sign
from ocgdesk.matching.words import worded
from ocgdesk.progress import Progress, silent
from ocgdesk.store.matching import CARRIED, MOST_SHARING
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs

MOST: Final = 10_000
"""New records of one kind that are compared with the register; more are only looked up."""
_FEW: Final = 1_000
"""Among so few records it is found out at once whether there is anything to compare."""
_ROWS_FROM: Final = 0.5
"""Surer than this two rows of one file must be: its names and numbers often come in series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The records of one kind, of the register and of a draft."""

    material: Material
    first: int
    """From this key on they are those of the draft."""
    places: tuple[int, ...]
    """Of each record of the draft the place of its row in the proposal."""

    def place(self, key: int) -> int:
        """Return the place of a record of the draft; -1 for one of the register."""
        return self.places[key - self.first] if key >= self.first else -1


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeMaterial:
    """What is to be compared, kind by kind; it can go to another process."""

    parts: tuple[Part, ...]


Found = tuple[tuple[Candidate, ...], ...]
"""The pairs found, for each part of what was compared."""


def gather(reader: Reader, proposal: Proposal) -> AlikeMaterial | None:
    """Return what is to be compared; None where the draft has nothing new to compare."""
    new: dict[Kind, list[int]] = defaultdict(list)
    for place, row in enumerate(proposal.rows):
        if _is_compared(row):
            new[row.after.kind].append(place)
    parts = (_part(reader, proposal, kind, new[kind]) for kind in COMPARED if kind in new)
    found = tuple(part for part in parts if part is not None)
    return AlikeMaterial(parts=found) if found else None


def _part(reader: Reader, proposal: Proposal, kind: Kind, places: list[int]) -> Part | None:
    if len(places) > MOST:
        return None
    register = duplicates.gather(reader, kind)
    keys = [one.key for one in register.people] + [one.key for one in register.items]
    if len(keys) + len(places) < 2:
        return None
    first = max(keys, default=0) + 1
    things = [proposal.rows[place].after for place in places]
    new = [thing for thing in things if isinstance(thing, Entity)]
    beside = _beside(proposal, {one.id for one in new}) if kind is Kind.NOMINAL else {}
    material = duplicates.with_new(register, first, new, beside)
    among = range(first, first + len(places))
    if len(keys) + len(places) <= _FEW and not duplicates.may_be_any(material, among):
        return None  # the model need not be started
    return Part(material=material, first=first, places=tuple(places))


def _beside(proposal: Proposal, ids: set[UUID]) -> dict[UUID, list[Entity]]:
    """Return what a draft links to new people: numbers they use, places; not what many share."""
    things = {
        row.after.id: row.after
        for row in proposal.rows
        if isinstance(row.after, Entity) and row.after.kind in {*CARRIED, Kind.LOCATION}
    }
    pairs = [
        (mine, things[theirs])
        for row in (proposal.rows if things else ())
        if isinstance(row.after, Link)
        for mine, theirs in _both_ways(row.after)
        if mine in ids and theirs in things
    ]
    holders = Counter(thing.id for _mine, thing in pairs)
    found: dict[UUID, list[Entity]] = defaultdict(list)
    for mine, thing in pairs:
        if holders[thing.id] <= MOST_SHARING:
            found[mine].append(thing)
    return found


def _both_ways(link: Link) -> tuple[tuple[UUID, UUID], tuple[UUID, UUID]]:
    return (link.source, link.target), (link.target, link.source)


def noted(proposal: Proposal) -> Proposal:
    """Return the proposal, with a note where it has more new records than are compared."""
    counts = Counter(row.after.kind for row in proposal.rows if _is_compared(row))
    text = _("There are more than {n} new ({kind}): they were looked up by name and number only.")
    told = [
        text.format(n=f"{MOST:,}", kind=label("kinds", kind.value).lower())
        for kind, count in counts.items()
        if count > MOST
    ]
    notes = (*proposal.draft.notes, *told)
    return replace(proposal, draft=replace(proposal.draft, notes=notes)) if told else proposal


def _is_compared(row: Row) -> bool:
    return row.standing is Standing.NEW and row.after.kind in COMPARED


def compare(material: AlikeMaterial, progress: Progress = silent) -> Found:
    """Return the pairs with at least one record of the draft, the surest first of each kind."""
    found = []
    for part in material.parts:
        among = range(part.first, part.first + len(part.places))
        some = duplicates.compare(part.material, progress, among=among)
        found.append(tuple(one for one in some if _is_told(part, one)))
    return tuple(found)


def _is_told(part: Part, one: Candidate) -> bool:
    """Tell whether a pair is shown: one of two rows of a file only where it is likely."""
    return one.one < part.first or one.probability > _ROWS_FROM


def told(reader: Reader, proposal: Proposal, material: AlikeMaterial, found: Found) -> Proposal:
    """Return the proposal with what each new record may be, and the evidence in words."""
    pairs = [(part, one) for part, some in zip(material.parts, found, strict=True) for one in some]
    nos = sorted({one.one for part, one in pairs if one.one < part.first})
    known = {item.no: item for item in briefs(reader, nos)}
    alike: dict[int, list[Alike]] = defaultdict(list)
    for part, one in pairs:
        for place, new in _alike(proposal, part, one, known):
            alike[place].append(new)
    rows = list(proposal.rows)
    for place, some in alike.items():
        rows[place] = _with(rows[place], some)
    return replace(proposal, rows=tuple(rows))


def _alike(
    proposal: Proposal, part: Part, one: Candidate, known: Mapping[int, Brief]
) -> Iterator[tuple[int, Alike]]:
    """Yield the place of a row with what it may be: a record, or a row above it."""
    above, below = sorted((part.place(one.one), part.place(one.other)))
    if above < 0:
        if (brief := known.get(one.one)) is not None:
            yield below, Alike(brief.id, brief.ref, brief.label, reason(one), one.probability)
        return
    row, file = proposal.rows[above], proposal.rows[below].draft.file
    if isinstance(row.draft, DraftRecord):
        where = row_words(row.draft.row, row.draft.file if row.draft.file != file else "")
        said = (row.draft.label, reason(one), one.probability, row.draft.full_key)
        yield below, Alike(row.after.id, where, *said)


def _with(row: Row, found: Sequence[Alike]) -> Row:
    """Return a row with what the model found first; what was found by name alone behind it."""
    found = sorted(found, key=lambda one: (bool(one.key), -one.probability))
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
