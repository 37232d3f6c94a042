"""The 4P plan of an OCG as a document: what is wanted, who does what by when, what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.clocks import action_clock, review_clock
from ocgdesk.domain.dates import shown
from ocgdesk.domain.entities import Assignment, Ocg
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.plans import Action, Objective, Plan, Strand, StrandCount, strand_counts
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports import plan_sections_paper as sections_paper
from ocgdesk.reports.document import Block, Document, Facts, Heading, Paragraph, Table, Tone

_WIDTHS = (0.34, 0.17, 0.16, 0.17, 0.16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What is printed of one issue of a paper."""

    author: str
    agency: str
    day: date
    """The day everything due is counted from."""
    drawn: str
    """Date and time, in words."""
    synthetic: bool = False
    head: str = ""
    """The head of the journal it was made at, as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    ocg: Ocg
    plan: Plan | None
    objectives: Sequence[Objective]
    actions: Sequence[Action]
    posts: Sequence[Assignment]
    review_due: date | None
    touched: Mapping[UUID, str]
    issue: Issue
    sections: Sequence[Entity]

    @property
    def counts(self) -> tuple[StrandCount, ...]:
        return strand_counts(self.actions, self.issue.day)


def build(
    ocg: Ocg,
    plan: Plan | None,
    *,
    objectives: Sequence[Objective],
    actions: Sequence[Action],
    posts: Sequence[Assignment],
    review_due: date | None,
    touched: Mapping[UUID, str],
    marking: Marking,
    issue: Issue,
    sections: Sequence[Entity] = (),
) -> Document:
    """Set out the plan of an OCG under the four Ps, with its sections before and after them.

    ``touched`` names the records actions touch, by id; ``marking`` is that of the whole, never
    below the highest of what is in it. Without a plan the paper says that there is none.
    """
    parts = _Parts(
        ocg=ocg,
        plan=plan,
        objectives=objectives,
        actions=actions,
        posts=posts,
        review_due=review_due,
        touched=touched,
        issue=issue,
        sections=sections,
    )
    refs = " · ".join(ref for ref in (ocg.ref, plan.ref if plan else "") if ref)
    foot = _("{refs} · {agency} · {author} · {drawn}")
    return Document(
        title=_("4P plan: {name}").format(name=ocg.name),
        subtitle=refs,
        marking=marking.banner,
        synthetic=issue.synthetic,
        author=issue.author,
        day=issue.day,
        foot=foot.format(
            refs=refs,
            agency=label("agencies", issue.agency),
            author=issue.author,
            drawn=issue.drawn,
        ),
        blocks=tuple(_blocks(parts)),
    )


def _blocks(parts: _Parts) -> Iterator[Block]:
    yield Facts(tuple(_facts(parts)))
    if parts.plan is None:
        yield Paragraph(_("There is no 4P plan for this OCG."), Tone.WARNING)
    else:
        yield from _standing(parts)
        if parts.plan.situation:
            yield Heading(_("Situation"))
            yield Paragraph(parts.plan.situation)
        yield from sections_paper.before_strands(parts.plan)
        for strand in Strand:
            yield from _strand(parts, strand)
        yield from sections_paper.after_strands(parts.plan, parts.sections)
    yield Heading(_("About this paper"))
    yield Paragraph(_(FIXED_LINE), Tone.QUIET)
    if parts.issue.head:
        head = _("Head of the journal: {head}").format(head=parts.issue.head)
        yield Paragraph(head, Tone.QUIET)


def _facts(parts: _Parts) -> Iterator[tuple[str, str]]:
    ocg, plan, day = parts.ocg, parts.plan, parts.issue.day
    yield _("OCG"), " · ".join(text for text in (ocg.name, ocg.ref) if text)
    yield _("Owning agency"), label("agencies", ocg.agency)
    yield _("Status and tier"), _joined(label("ocg-statuses", ocg.status), label("tiers", ocg.tier))
    yield _("Primary type"), label("crime-types", ocg.primary_crime)
    for post in parts.posts:
        agency = label("agencies", post.agency)
        yield label("assignment-roles", post.role), _joined(post.officer, agency)
    if plan is not None:
        status = label("plan-statuses", plan.status)
        yield _("Plan"), _joined(status, _("version {n}").format(n=plan.number))
    clock = review_clock(parts.review_due, day)
    yield _("Next review"), _joined(clock.date_words, clock.words) if clock.due else "–"
    yield _("As at"), parts.issue.drawn
    yield _("Author"), parts.issue.author


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part) or "–"


def _standing(parts: _Parts) -> Iterator[Block]:
    """Yield what must be seen first: what is overdue, and under which P nothing is live."""
    late = sorted(
        (a for a in parts.actions if a.days_over(parts.issue.day)), key=lambda a: a.due or date.max
    )
    empty = [count.strand for count in parts.counts if count.is_empty]
    yield Heading(_("Standing"))
    yield _count_table(parts.counts)
    if empty:
        names = ", ".join(label("strands", strand.value) for strand in empty)
        yield Paragraph(_("Nothing is live under {names}.").format(names=names), Tone.WARNING)
    if not late:
        yield Paragraph(_("Nothing is overdue."))
        return
    told = ngettext("{n} action is overdue.", "{n} actions are overdue.", len(late))
    yield Paragraph(told.format(n=len(late)), Tone.WARNING)
    yield Table(
        (_("Overdue action"), _("Strand"), _("Owner"), _("Was due"), _("Over by")),
        tuple(_late_row(action, parts.issue.day) for action in late),
        _WIDTHS,
    )


def _count_table(counts: Sequence[StrandCount]) -> Table:
    return Table(
        (_("Strand"), _("Live"), _("Done"), _("Overdue")),
        tuple(
            (label("strands", c.strand.value), str(c.live), str(c.done), str(c.late))
            for c in counts
        ),
        (0.4, 0.2, 0.2, 0.2),
    )


def _late_row(action: Action, day: date) -> tuple[str, ...]:
    over = action.days_over(day)
    return (
        _what(action),
        label("strands", action.strand),
        _joined(action.officer, label("agencies", action.agency)),
        shown(action.due) if action.due else "–",
        ngettext("{n} day", "{n} days", over).format(n=over),
    )


def _strand(parts: _Parts, strand: Strand) -> Iterator[Block]:
    yield Heading(label("strands", strand.value))
    aims = [aim for aim in parts.objectives if aim.strand == strand]
    for aim in aims:
        measured = _(" Measured by: {measure}.").format(measure=aim.measure.rstrip("."))
        ends = "" if aim.text.endswith((".", "?", "!")) or not aim.measure else "."
        yield Paragraph(aim.text + ends + (measured if aim.measure else ""))
    yield from sections_paper.of_strand(strand.value, parts.sections)
    actions = sorted((a for a in parts.actions if a.strand == strand), key=_order)
    if not any(action.is_live for action in actions):
        yield Paragraph(_("Nothing is live under this P."), Tone.WARNING)
    if actions:
        yield Table(
            (_("Action"), _("Owner"), _("Due"), _("Status"), _("Touches")),
            tuple(_row(parts, action) for action in actions),
            _WIDTHS,
        )


def _order(action: Action) -> tuple[bool, date, str]:
    return (not action.is_live, action.due or date.max, action.title)


def _row(parts: _Parts, action: Action) -> tuple[str, ...]:
    day = parts.issue.day
    due = shown(action.due) if action.due else "–"
    if action.days_over(day):
        due = _joined(due, action_clock(action.due, day).words)
    status = label("action-statuses", action.status)
    if action.done:
        status = _joined(status, shown(action.done))
    touched = (parts.touched[id_] for id_ in action.touches if id_ in parts.touched)
    return (
        _what(action),
        _joined(action.officer, label("agencies", action.agency)),
        due,
        status,
        "; ".join(touched) or "–",
    )


def _what(action: Action) -> str:
    outcome = _("Outcome: {text}").format(text=action.outcome) if action.outcome else ""
    return "\n".join(text for text in (action.title, action.ref, outcome) if text)
