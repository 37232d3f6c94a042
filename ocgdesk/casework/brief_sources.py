"""What each section of a product rests on, in the words of the notes of its slides.

Nothing is said here that its audience may not read: whoever does not see everything is told that
records are beneath, neither which nor how many.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from ocgdesk.casework.brief_parts import Making
from ocgdesk.domain.dates import shown
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports.document import Block, Heading
from ocgdesk.store.records import briefs

_LISTED: Final = 40
"""References in the notes of a slide, at most."""


def noted(made: Making, blocks: Collection[Block], nos: Collection[int]) -> tuple[Block, ...]:
    """Return a section whose heading says what it rests on: the records of these numbers."""
    said = words(made, nos)
    first = next((one for one in blocks if isinstance(one, Heading)), None)
    return tuple(
        replace(one, sources=said) if isinstance(one, Heading) and one is first else one
        for one in blocks
    )


def words(made: Making, nos: Collection[int]) -> str:
    """Return what rests on these records, as its audience may know, and as at when."""
    at = f"{shown(made.today)}, {made.now:%H:%M}"
    return " ".join((*_records(made, nos), _("As at {moment}.").format(moment=at)))


def _records(made: Making, nos: Collection[int]) -> Iterator[str]:
    if not nos:
        return
    if not made.naming.audience.sees_all:
        yield _("It rests on records of the register, which are not listed for this audience.")
        return
    found = briefs(made.reader, list(nos))
    kinds = Counter(label("kinds", one.kind.value) for one in found)
    each = ", ".join(f"{kind} {n:,}" for kind, n in sorted(kinds.items()))
    told = ngettext(
        "It rests on {n} record ({each}).", "It rests on {n} records ({each}).", len(found)
    )
    yield told.format(n=f"{len(found):,}", each=each)
    refs = [one.ref for one in found if one.ref and not one.exploited]
    more = len(refs) - _LISTED
    if refs:
        listed = ", ".join(refs[:_LISTED])
        ending = _("and {n} more").format(n=f"{more:,}") if more > 0 else ""
        yield _("References: {refs}.").format(refs=" ".join(filter(None, (listed, ending))))
