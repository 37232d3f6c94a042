"""What stands between a product and its audience: what is not told, and what holds it back."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ocgdesk.casework import brief_handling, brief_parts, withholding
from ocgdesk.casework.audiences import Audience
from ocgdesk.casework.brief_handling import Against
from ocgdesk.casework.brief_parts import Making
from ocgdesk.casework.brief_typed import Place
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.entities import Report
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.reports.document import Block, Facts, Heading, Paragraph, Tone, is_quiet

Parts = Sequence[tuple[str, tuple[Block, ...]]]
_LEFT_OUT: Final = N_("People recorded as exploited are left out for this audience.")


class HeldBack(Refused):
    """Something has to be settled before a product leaves."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a product would leave with: what speaks against it, and what was looked at in it."""

    against: tuple[Against, ...] = ()
    """Handling conditions that speak against the audience."""
    places: tuple[Place, ...] = ()
    """What was found in typed texts."""
    unsaid: tuple[str, ...] = ()
    """Headings of sections that go because this audience is told nothing under them."""
    despite: str = ""
    """Why it goes although conditions rule the audience out."""
    audience: str = ""
    """Whom it is for, in words."""
    above: str = ""
    """That it is marked higher than is meant for the audience, in a sentence."""

    @property
    def held(self) -> tuple[str, ...]:
        """Why it may not leave yet, in sentences; none where it may."""
        told = [
            _("A handling condition rules {audience} out: {words}.").format(
                audience=self.audience, words=one.words
            )
            for one in self.against
            if one.refuses and not self.despite
        ]
        open_ = dict.fromkeys(f"“{one.words}” ({one.what})" for one in self.places if one.is_open)
        if open_:
            words = ngettext(
                "Settle {n} place in typed text: {words}.",
                "Settle {n} places in typed text: {words}.",
                len(open_),
            )
            told.append(words.format(n=len(open_), words="; ".join(open_)))
        return tuple(told)

    def check(self) -> None:
        """Raise HeldBack where it may not leave yet, saying what to do."""
        if not self.held:
            return
        ways = _(
            "Leave out what rests on it, choose another audience, or say why it goes all the same."
        )
        is_ruled = any(one.refuses for one in self.against) and not self.despite
        raise HeldBack("\n".join((*self.held, *([ways] if is_ruled else []))))

    def journalled(self) -> dict[str, object]:
        """Return what the journal keeps of it: why it left although something spoke against it."""
        kept: dict[str, object] = {}
        if self.despite and (ruled := [one for one in self.against if one.refuses]):
            kept["despite_handling"] = self.despite
            kept["handling_refs"] = sorted({ref for one in ruled for ref in one.refs})
        if reasons := [one.reason for one in self.places if one.is_kept]:
            kept["typed_kept"] = list(dict.fromkeys(reasons))
        return kept


def leaving(made: Making, marking: Marking, despite: str, unsaid: Collection[str] = ()) -> Leaving:
    """Return what a product that was put together would leave with."""
    audience = made.naming.audience
    return Leaving(
        against=brief_handling.against(made.rested.values(), audience),
        places=tuple(dict.fromkeys(made.places)),
        unsaid=tuple(unsaid),
        despite=despite.strip(),
        audience=audience.label,
        above=_above(audience, marking),
    )


def _above(audience: Audience, marking: Marking) -> str:
    if highest((audience.marking, marking)) is audience.marking:
        return ""
    told = _(
        "It is marked {marking}; {audience} is meant to get no more than {most}: leave out what"
        " is marked higher, or have those records marked anew."
    )
    return told.format(
        marking=marking.banner, audience=audience.label, most=audience.marking.banner
    )


def told(parts: Parts, audience: Audience) -> tuple[list[tuple[str, tuple[Block, ...]]], list[str]]:
    """Return the sections with something under their heading, and the headings of the others.

    A section that yields nothing at all goes for anybody; one that says only that there is
    nothing goes where the product leaves the force or unit.
    """
    kept, unsaid = [], list[str]()
    for code, blocks in parts:
        heads = [one.text for one in blocks if isinstance(one, Heading)]
        rest = [one for one in blocks if not isinstance(one, Heading)]
        is_empty = all(map(is_quiet, rest)) if audience.outside else not rest
        if is_empty:
            unsaid += heads[:1]
        else:
            kept.append((code, blocks))
    return kept, unsaid


def closing(made: Making, head: str, wanted: Collection[str]) -> Iterator[Block]:
    """Yield what every paper ends with, whatever it looks like."""
    audience = made.naming.audience
    yield Heading(_("About this paper"))
    if made.handling:
        yield Heading(_("Handling"), 2)
        yield Facts(brief_parts.by_condition(made.handling, listed=audience.sources))
    if made.naming.withheld:
        note = _LEFT_OUT if audience.leaves_out_exploited else withholding.NOTE
        yield Paragraph(_(note), Tone.QUIET)
    if not audience.names:
        yield Paragraph(_("People are called by their role for this audience."), Tone.QUIET)
    if not audience.sources and "sources" in wanted:
        reports = made.reader.load(list(made.reader.numbers(list(made.rested)).values()))
        if n := sum(isinstance(one, Report) for one in reports):
            words = _("It rests on {n} graded reports, which are not listed for this audience.")
            yield Paragraph(words.format(n=audience.counted(n)), Tone.QUIET)
    yield Paragraph(_(FIXED_LINE), Tone.QUIET)
    if head:
        yield Paragraph(_("Head of the journal: {head}").format(head=head), Tone.QUIET)
