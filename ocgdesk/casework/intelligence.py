"""What intelligence weighs: independent sources, the best grade, what rests on too little.

Reports that bear one source label are one source; a report without one stands for itself. Grades
of one scheme are never converted into the other, so a best grade is one of 3x5x2.

**Not counted.** Where a fact rests on one source only, and one of its reports is restricted or
may be shared with conditions only, "one source, best 1A" on a page, a copy or a printed table
would tell whoever sees it what kind of source there is, and that there is no other. The count and
the grade are left out there; who may open the report still sees its grade on the report itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Protocol
from uuid import UUID

from ocgdesk.casework import records
from ocgdesk.domain import source_words
from ocgdesk.domain.assertions import backings
from ocgdesk.domain.entities import Report
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.links import Assertion, Link, Strength
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.source_words import Finding
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import cases
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked
from ocgdesk.store.work import Work

_GUARDED: Final = {"3x5x2": frozenset("C"), "5x5x5": frozenset("45")}
"""Handling codes under which a report may not go round freely, by scheme.

C: with conditions. 4 and 5 of the old scheme: within the originating agency only, and no further
dissemination without its leave (general knowledge; the old codes are kept as they came).
"""
_ITS_OWN: Final = frozenset({"mentions"})
"""Links that are what a report says itself: they rest on it by nature."""


class Sourced(Protocol):
    """A report as far as weighing goes: its grading, and the label that tells sources apart."""

    @property
    def id(self) -> UUID:
        """Which report."""

    @property
    def grade(self) -> str:
        """Its grading as recorded."""

    @property
    def origin(self) -> str:
        """The label of its source; empty where none was given."""


# ---- Weighing -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What something rests on, without saying which reports those are."""

    sources: int = 0
    """How many independent sources."""
    best: str = ""
    """The best 3x5x2 grade; empty where there is none."""
    only_untested: bool = False
    """Whether every report came from an untested source."""
    is_guarded: bool = False
    """Whether one of the reports is restricted or may be shared with conditions only."""
    legacy: bool = False
    """Whether what is graded is graded in the old scheme alone."""

    @property
    def is_hidden(self) -> bool:
        """Whether counting it would single a source out."""
        return self.sources == 1 and self.is_guarded

    @property
    def is_thin(self) -> bool:
        """Whether it rests on one untested source."""
        return self.sources == 1 and self.only_untested

    @property
    def words(self) -> str:
        """Say it in a few words: “2 independent sources, best 1B”; empty where there are none."""
        if self.is_hidden:
            return _("Sourced; not counted, to protect the source")
        told = ngettext("{n} independent source", "{n} independent sources", self.sources)
        return self._said(told)

    @property
    def short(self) -> str:
        """Say it where there is little room: “2 sources, best 1B”, “Sourced”."""
        if self.is_hidden:
            return _("Sourced")
        return self._said(ngettext("{n} source", "{n} sources", self.sources))

    def _said(self, told: str) -> str:
        if not self.sources:
            return ""
        said = told.format(n=self.sources)
        if self.best:
            return _("{sources}, best {grade}").format(sources=said, grade=self.best[:2])
        return _("{sources}, graded 5x5x5").format(sources=said) if self.legacy else said


def weigh(reports: Iterable[Sourced]) -> Weight:
    """Weigh what something rests on."""
    found = list(reports)
    gradings = [grading for one in found if (grading := _grading(one.grade)) is not None]
    current = sorted(
        (grading.source, grading.intelligence, str(grading))
        for grading in gradings
        if grading.scheme == "3x5x2"
    )
    return Weight(
        sources=len({one.origin.strip().casefold() or str(one.id) for one in found}),
        best=current[0][2] if current else "",
        only_untested=bool(found) and all(_is_untested(one.grade) for one in found),
        is_guarded=any(_is_guarded(one) for one in found),
        legacy=bool(gradings) and not current,
    )


@lru_cache(maxsize=1_000)
def _grading(text: str) -> Grading | None:
    try:
        return Grading.parse(text) if text else None
    except Refused:  # kept as it came, and no grading
        return None


def _is_untested(grade: str) -> bool:
    grading = _grading(grade)
    return grading is not None and grading.is_untested


def _is_guarded(report: Sourced) -> bool:
    restricted = getattr(report, "restricted", False)
    if restricted or getattr(report, "restricted_to", None) is not None:
        return True
    grading = _grading(report.grade)
    return grading is not None and grading.handling in _GUARDED[grading.scheme]


def strength_drawn(link: Link, reports: Iterable[Sourced]) -> str:
    """Return how sure a link is drawn: what rests on one untested source is tentative.

    What is on record stays as it was entered. A link that names no report is drawn as it is.
    """
    if link.type in _ITS_OWN or not weigh(reports).is_thin:
        return link.strength
    return Strength.TENTATIVE.value


def as_drawn(links: Sequence[Link], known: Mapping[UUID, Sourced]) -> list[Link]:
    """Return links as a chart draws them, given the reports that this reader may see."""
    return [_drawn(link, [known[id_] for id_ in link.reports if id_ in known]) for link in links]


def _drawn(link: Link, reports: Sequence[Sourced]) -> Link:
    if not reports or link.strength == Strength.TENTATIVE.value:  # nothing could make it less sure
        return link
    strength = strength_drawn(link, reports)
    return link if strength == link.strength else replace(link, strength=strength)


def drawn(reader: Reader, links: Sequence[Link]) -> list[Link]:
    """Return links as a chart draws them."""
    cited = {id_ for link in links for id_ in link.reports}
    return as_drawn(links, cases.graded(reader, cited))


def as_shown(reader: Reader, items: Sequence[Linked]) -> list[Linked]:
    """Return the links of a record as its tables show them; what is saved is another matter."""
    links = drawn(reader, [item.link for item in items])
    return [replace(item, link=link) for item, link in zip(items, links, strict=True)]


# ---- Sanitising ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleanness:
    """Whether a report may have its source read out of it: what was found, where."""

    title: tuple[Finding, ...]
    text: tuple[Finding, ...]
    sanitised: bool

    @property
    def found(self) -> int:
        """How many stretches of text may give the source away."""
        return len(self.title) + len(self.text)

    @property
    def warning(self) -> str:
        """Return the findings as one sentence; empty where there are none."""
        return source_words.warning((*self.title, *self.text)) or ""


def cleanness(report: Report) -> Cleanness:
    """Look through a report for what may give its source away; a warning, people decide."""
    return Cleanness(
        title=source_words.findings(report.title),
        text=source_words.findings(report.text),
        sanitised=report.sanitised,
    )


def sanitise(work: Work, id_: UUID, *, sanitised: bool = True, reason: str = "") -> Report:
    """Record that somebody looked through a report and left nothing in it that gives a source away.

    Where the check still finds something a reason is needed; other words later undo the record.
    """
    before = work.get(Report, id_)
    found = cleanness(before).found
    if sanitised and found and not reason.strip():
        told = ngettext(
            "{n} phrase reads as if it could give the source away: reword it, or say why it stays",
            "{n} phrases read as if they could give the source away: reword them, or say why they"
            " stay",
            found,
        )
        raise Refused(told.format(n=found))
    if reason.strip():
        work.entry = {**work.entry, "reason": reason.strip()}
    saved = records.edit(work, id_, {"sanitised": sanitised}, version=before.version)
    assert isinstance(saved, Report)  # noqa: S101 - it was read as one above
    return saved


# ---- What cites a report ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A link or a field of a record that rests on a report."""

    record: Brief
    other: Brief | None
    """The other end of a link; None where it is a field."""
    what: str
    """The type of the link, or the name of the field, in words."""
    weight: Weight
    """Of everything that link or field rests on."""


def citations(reader: Reader, id_: UUID) -> tuple[Citation, ...]:
    """Return what rests on a report: links first, then fields, by the record they are of."""
    links = [t for t in reader.load(cases.citing_links(reader, id_), Base.LINK)
             if isinstance(t, Link) and t.type not in _ITS_OWN]  # fmt: skip
    said = [t for t in reader.load(cases.citing_statements(reader, id_), Base.ASSERTION)
            if isinstance(t, Assertion)]  # fmt: skip
    cited = {one for link in links for one in link.reports}
    cited |= {one for statement in said for one in statement.reports}
    known = cases.graded(reader, cited)
    ends = {end for link in links for end in (link.source, link.target)}
    briefs = queries.by_ids(reader, ends | {one.subject for one in said})
    found = [*_of_links(links, briefs, known), *_of_fields(reader, said, briefs, known)]
    return tuple(found)


def _of_links(
    links: Iterable[Link], briefs: Mapping[UUID, Brief], known: Mapping[UUID, Sourced]
) -> list[Citation]:
    found = [
        Citation(
            record=briefs[link.source],
            other=briefs[link.target],
            what=label("link-types", link.type),
            weight=weigh(known[one] for one in link.reports if one in known),
        )
        for link in links
        if {link.source, link.target} <= briefs.keys()
    ]
    return sorted(found, key=lambda one: one.record.label.casefold())


def _of_fields(
    reader: Reader,
    said: Iterable[Assertion],
    briefs: Mapping[UUID, Brief],
    known: Mapping[UUID, Sourced],
) -> list[Citation]:
    found: list[Citation] = []
    for one in said:
        if (brief := briefs.get(one.subject)) is None:
            continue
        thing = reader.find(one.subject)
        names = {field.name: field.label for field in described_fields(type(thing))}
        backing = backings(thing, [one]).get(one.field)
        agrees = backing is not None and bool(backing.agreeing)
        what = names.get(one.field, one.field)
        found.append(
            Citation(
                record=brief,
                other=None,
                what=what if agrees else _("{field}, another value").format(field=what),
                weight=weigh(known[id_] for id_ in one.reports if id_ in known),
            )
        )
    return sorted(found, key=lambda one: (one.record.label.casefold(), one.what))
