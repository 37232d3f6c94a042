"""Handling conditions of what a product rests on, held against whom it is for.

Which words of a condition, or which handling code, speak against which audience is the list
``handling-conditions``. What rules an audience out holds a product back until what rests on it is
left out, or somebody says why it goes; anything else is told with the records that ask it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from ocgdesk.casework.audiences import Audience
from ocgdesk.domain.entities import Handle, Report
from ocgdesk.domain.links import Link
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.reference_data import Code, code_list
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Linked

CONDITIONS: Final = "handling-conditions"
_FREE: Final = frozenset({"3x5x2 P", ""})
"""Handling codes that ask nothing."""
_NAMED: Final = 6
"""References of one condition that are named in a sentence; all are in what programs read."""


@dataclass(frozen=True, slots=True)
class Rested:
    """A record with handling conditions, or a handling code, that a product rests on."""

    id: UUID
    ref: str
    marking: Marking
    conditions: str
    handling: str
    """The code with its scheme: ``3x5x2 C``; empty where none was recorded."""


@dataclass(frozen=True, slots=True)
class Against:
    """A condition that speaks against an audience, with the records that ask it."""

    label: str
    conditions: str
    """As written; empty where only the handling code says so."""
    refuses: bool
    refs: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is asked, and by which records."""
        said = f"“{self.conditions}”" if self.conditions else _("handling code, no words")
        refs = ", ".join(self.refs[:_NAMED])
        if (more := len(self.refs) - _NAMED) > 0:
            refs = _("{refs} and {n} more").format(refs=refs, n=more)
        return f"{self.label}: {said} ({refs})"


def rested(thing: Entity) -> Rested:
    """Return what a report or a handle asks of whoever handles it."""
    conditions = thing.conditions if isinstance(thing, Report | Handle) else ""
    return Rested(thing.id, thing.ref, thing.marking, conditions.strip(), _handling(thing))


def _handling(thing: Entity) -> str:
    if not isinstance(thing, Report):
        return ""
    try:
        grading = thing.grading
    except Refused:
        return ""
    return f"{grading.scheme} {grading.handling}" if grading else ""


def against(found: Iterable[Rested], audience: Audience) -> tuple[Against, ...]:
    """Return what speaks against an audience, what rules it out first; each condition once."""
    grouped: dict[tuple[str, str, bool], list[str]] = {}
    for one in found:
        for label, refuses in _lines(one, audience):
            grouped.setdefault((label, one.conditions, refuses), []).append(one.ref)
    made = (
        Against(label, words, refuses, tuple(dict.fromkeys(refs)))
        for (label, words, refuses), refs in grouped.items()
    )
    return tuple(sorted(made, key=lambda one: (not one.refuses, one.label)))


def ruled_out(found: Iterable[Rested], audience: Audience) -> frozenset[UUID]:
    """Return the records whose conditions rule an audience out altogether."""
    return frozenset(
        one.id for one in found if any(refuses for _label, refuses in _lines(one, audience))
    )


def _lines(one: Rested, audience: Audience) -> list[tuple[str, bool]]:
    """Return which lines of the list speak against an audience, and whether each rules it out.

    What a code alone asks for is told only where the words ask for nothing that is known, and what
    is only told not beside what rules the audience out.
    """
    known = [code for code in code_list(CONDITIONS) if not code.retired]
    by_words = [code for code in known if _by_words(code, one)]
    by_code = [code for code in known if one.handling in (code.get("handling") or ())]
    meant = by_words or by_code
    meant += [code for code in by_code if code not in meant and code.get("refuses")]
    said = [
        (code.label, bool(code.get("refuses", default=False)))
        for code in meant
        if _speaks_against(code, audience, known)
    ]
    said = ([line for line in said if line[1]] or said)[:1]
    if meant or audience.sources or not (one.conditions or one.handling not in _FREE):
        return said
    if not one.conditions and one.handling.startswith("5x5x5"):
        return said
    return [(_("A condition to be read before it leaves"), False)]


def _speaks_against(code: Code, audience: Audience, known: Collection[Code]) -> bool:
    """Tell whether a line names an audience; one nobody thought of is spoken against by all."""
    named = {one for other in known for one in other.get("against") or ()}
    if audience.code not in named and not audience.sources:
        return True
    return audience.code in (code.get("against") or ())


def _by_words(code: Code, one: Rested) -> bool:
    text = " ".join(one.conditions.casefold().split())
    words: Collection[str] = code.get("phrases") or ()
    return any(word.casefold() in text for word in words)


def ruled_last(
    reader: Reader, links: Iterable[Linked], audience: Audience
) -> tuple[list[Linked], list[Linked]]:
    """Return the links that may be told of, and those that rest only on what rules it out."""
    items = list(links)
    found = reports(reader, {id_ for item in items for id_ in item.link.reports})
    out = ruled_out(map(rested, found), audience)
    told, ruled = list[Linked](), list[Linked]()
    for item in items:
        (ruled if rests_only_on(item.link, out) else told).append(item)
    return told, ruled


def rests_only_on(link: Link, out: Collection[UUID]) -> bool:
    """Tell whether a link rests on reports, and on none but these."""
    return bool(link.reports) and all(one in out for one in link.reports)


def reports(reader: Reader, ids: Iterable[UUID]) -> list[Report]:
    """Return these reports as far as this reader may see them, by their references."""
    found = reader.load(list(reader.numbers(list(ids)).values()))
    return sorted((one for one in found if isinstance(one, Report)), key=lambda one: one.ref)
