"""A chain of links in sentences: what is recorded, what is assessed, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Report
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Attribution, Basis, Link, Membership
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.store.records import Brief

WHERE_LOOKED = N_(
    "This follows where intelligence was gathered: a link that is not recorded may still be there."
)
"""Said beside every path and every measure on a person."""
NOT_THROUGH = frozenset({Kind.COMMODITY})
"""Kinds that join nobody by being dealt in: not walked through unless asked for."""
_MOST_PARALLEL = 4


def caveats() -> tuple[str, str]:
    """Return the lines that go with every answer about a network."""
    return _(WHERE_LOOKED), _(FIXED_LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a path: two records, the links between them, the reports those rest on."""

    one: Brief
    two: Brief
    links: tuple[Link, ...]
    """The best evidenced first."""
    reports: tuple[Report, ...]
    """Without any the reader may not know of."""

    @property
    def ends(self) -> dict[object, Brief]:
        """Both records by id."""
        return {self.one.id: self.one, self.two.id: self.two}


def named(brief: Brief) -> str:
    """Return a record as a statement names it: ``the OCG Tarnbrook (WMPA1-OCG-2026-0001)``."""
    form = _NAMED.get(brief.kind)
    words = _(form).format(label=brief.label) if form else brief.label
    if brief.exploited:
        words = _("{name}, recorded as exploited,").format(name=words)
    return f"{words} ({brief.ref})" if brief.ref and not brief.exploited else words


_NAMED = {
    Kind.OCG: N_("the OCG {label}"),
    Kind.HANDLE: N_("the handle {label}"),
    Kind.COUNTY_LINE: N_("the county line {label}"),
    Kind.PHONE: N_("the phone {label}"),
    Kind.VEHICLE: N_("the vehicle {label}"),
    Kind.ACCOUNT: N_("the account {label}"),
    Kind.OPERATION: N_("Operation {label}"),
}


def sentences(step: Step) -> tuple[str, ...]:
    """Return what is recorded between two records, a sentence or two for each link."""
    shown = step.links[:_MOST_PARALLEL]
    found = [f"{_said(link, step)} {_rests(link, step.reports)}" for link in shown]
    if more := len(step.links) - len(shown):
        told = ngettext("{n} more link is recorded.", "{n} more links are recorded.", more)
        found.append(told.format(n=more))
    return tuple(found)


def _said(link: Link, step: Step) -> str:
    """Return what one link says, in the direction it is stated, whichever way it is walked."""
    source, target = step.ends[link.source], step.ends[link.target]
    words = _relation(link)
    form = _("{one} is recorded as {words} {two}{when} ({strength}).")
    if link.basis == Basis.ASSESSMENT:
        form = _("{one} is assessed to {words} {two}{when} ({strength}).")
    sentence = form.format(
        one=named(source),
        words=words,
        two=named(target).rstrip(","),
        when=_when(link.start, link.end),
        strength="; ".join(_qualities(link)),
    )
    return sentence[0].upper() + sentence[1:]


def _relation(link: Link) -> str:
    for item in code_list("link-sentences"):
        if item.code == link.type:
            assessed = str(item.get("assessed"))
            return _(assessed) if link.basis == Basis.ASSESSMENT else _(item.label)
    words = label("link-types", link.type).lower()
    form = _("be linked ({type}) to") if link.basis == Basis.ASSESSMENT else _("linked ({type}) to")
    return form.format(type=words)


def _qualities(link: Link) -> list[str]:
    found = [label("strengths", link.strength).lower()]
    if isinstance(link, Membership):
        found.append(_("role: {role}").format(role=label("roles", link.role).lower()))
    if isinstance(link, Attribution):
        found.append(label("confidences", link.confidence).lower())
        found.append(label("attribution-statuses", link.status).lower())
    return [words for words in found if words]


def _when(start: PartialDate | None, end: PartialDate | None) -> str:
    if start is not None and start == end:
        return _(" on {day}").format(day=start.worded())
    first = _(" from {day}").format(day=start.worded()) if start else ""
    last = _(" until {day}").format(day=end.worded()) if end else ""
    return first + last


def _rests(link: Link, reports: Sequence[Report]) -> str:
    cited = [report for report in reports if report.id in link.reports]
    if not cited:
        return _("No report is recorded for it.")
    told = ngettext("It rests on {reports}.", "It rests on {n} reports: {reports}.", len(cited))
    return told.format(n=len(cited), reports="; ".join(_report(report) for report in cited))


def _report(report: Report) -> str:
    words = [report.ref or _("a report")]
    grading = report.grading
    words.append(_graded(grading) if grading else _("not graded"))
    if report.reported:
        words.append(_("dated {day}").format(day=report.reported.worded()))
    if report.conditions or (grading is not None and grading.handling == "C"):
        words.append(_("handling conditions apply"))
    return ", ".join(words)


def _graded(grading: Grading) -> str:
    words = _("graded {grade}").format(grade=grading.shown())
    doubt = _("untested source") if grading.is_untested else ""
    if grading.source == ("D" if grading.scheme == "5x5x5" else "3"):
        doubt = _("source not reliable")
    return f"{words} ({doubt})" if doubt else words


def length(steps: int) -> str:
    """Return how long a path is, in words."""
    return ngettext("{n} step", "{n} steps", steps).format(n=steps)
