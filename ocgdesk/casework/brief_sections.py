"""The sections a briefing is put together from, each read from the register when it is made."""

from collections.abc import Iterable, Iterator
from typing import Final

from ocgdesk.casework import assessments, brief_pictures, brief_ties, plan_board
from ocgdesk.casework.brief_naming import role_of
from ocgdesk.casework.brief_parts import Cell, Making, Section, dates, nothing, table, worded
from ocgdesk.domain.entities import CountyLine, Handle, Nominal, Ocg, Report
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Membership
from ocgdesk.domain.plans import Action, ActionStatus, strand_counts
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.subrecords import Custody, Order, ThreatWarning
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_, _
from ocgdesk.reports.document import Block, Facts, Paragraph, Tone
from ocgdesk.store import claims
from ocgdesk.store import records as queries

_ORDER: Final = ("principal", "significant", "peripheral")


def identity(made: Making) -> Iterator[Block]:
    """Yield what the record is, in a few facts."""
    thing = made.reader.find(made.subject.id)
    pairs = [(_("Reference"), made.subject.ref)]
    match thing:
        case Ocg():
            pairs += [
                (_("Status"), label("ocg-statuses", thing.status)),
                (_("Tier"), label("tiers", thing.tier) or "–"),
                (_("Threat type"), label("threat-types", thing.threat_type)),
                (_("Primary type"), label("crime-types", thing.primary_crime) or "–"),
                (_("Owning agency"), label("agencies", thing.agency) or "–"),
                (_("Next review"), worded(thing.review_due)),
            ]
        case Nominal():
            pairs += _person(made, thing)
        case Handle():
            pairs += [
                (_("Platform"), label("platforms", thing.platform)),
                (_("Disposition"), label("dispositions", thing.disposition)),
                (_("Seen"), dates(thing.first_seen, thing.last_seen)),
            ]
            if made.naming.audience.officers:
                pairs.append((_("SIO"), thing.sio or "–"))
            if made.naming.audience.sources:
                pairs.append((_("Package"), thing.package or "–"))
        case CountyLine():
            pairs += [
                (_("Status"), label("line-statuses", thing.status)),
                (_("Hub"), made.text(thing.hub) or "–"),
                (_("Towns"), made.text(", ".join(thing.towns)) or "–"),
                (_("Active"), dates(thing.opened, thing.closed or thing.last_active)),
                (_("Closure"), label("closure-types", thing.closure_type) or "–"),
            ]
    yield Facts(tuple(pairs))


def _person(made: Making, thing: Nominal) -> list[tuple[str, str]]:
    audience, pairs = made.naming.audience, list[tuple[str, str]]()
    if audience.names and made.subject.id not in made.naming.withheld:
        pairs += [
            (_("Also known as"), ", ".join(alias.text for alias in thing.aliases) or "–"),
            (_("Born"), thing.born.worded() if thing.born else "–"),
        ]
    if audience.warnings and made.subject.id not in made.naming.withheld:
        pairs += [
            (_("Warning markers"), _codes("warning-markers", thing.warnings)),
            (_("In custody"), _("Yes") if thing.in_custody else _("No")),
        ]
    return pairs


def _codes(name: str, codes: tuple[str, ...]) -> str:
    return ", ".join(label(name, code) for code in codes) or "–"


def summary(made: Making) -> Iterator[Block]:
    """Yield what is written of it in its own summary."""
    text = getattr(made.reader.find(made.subject.id), "summary", "")
    yield Paragraph(made.text(text)) if text else nothing(_("No summary is recorded."))


def scores(made: Making) -> Iterator[Block]:
    """Yield both scores, side by side and never mixed."""
    found = assessments.sides(assessments.of(made.reader, made.subject.id))
    _rests_on(made, [side.newest.assessment for side in found if side.newest is not None])
    rows = [
        (
            _(side.sheet.title),
            assessments.headline(side.newest),
            side.newest.assessment.assessed,
            assessments.version_words(side.newest),
        )
        for side in found
        if side.newest is not None
    ]
    yield from table(
        (_("Sheet"), _("Score"), _("Assessed"), _("By")), rows, _("Nothing was scored yet.")
    )


def _rests_on(made: Making, things: Iterable[Entity]) -> None:
    """Note records that are told of without being called by a name of their own."""
    known = list(things)
    made.markings.extend((one.marking, one.ref) for one in known)
    made.counts(made.reader.numbers([one.id for one in known]).values())


def members(made: Making) -> Iterator[Block]:
    """Yield who belongs to the OCG, the principals first; exploited people stand apart."""
    held = [
        item for item in made.near if isinstance(item.link, Membership) and not item.other.exploited
    ]
    called = {item.other.id: made.linked(item, role_of(item)) for item in held}
    held.sort(key=lambda item: (_place(item.link), called[item.other.id]))
    # Where people are called by their role, it is not said again beside it.
    named = made.naming.audience.names
    rows = [
        (
            called[item.other.id],
            *((role_of(item) or "–",) if named else ()),
            label("importances", getattr(item.link, "importance", "")),
            dates(item.link.start, item.link.end),
            label("strengths", item.link.strength),
        )
        for item in held
    ]
    titles = (_("Member"), *((_("Role"),) if named else ()), _("Importance"), _("Dates"))
    yield from table((*titles, _("Strength")), rows, _("No member is recorded."))
    exploited = {item.other.id for item in made.near if item.other.exploited} | made.left_out
    if exploited:
        told = _("People recorded as exploited in connection with it: {n}. They are victims first.")
        yield Paragraph(told.format(n=made.naming.audience.counted(len(exploited))))


def _place(link: object) -> int:
    importance = str(getattr(link, "importance", ""))
    return _ORDER.index(importance) if importance in _ORDER else len(_ORDER)


def justice(made: Making) -> Iterator[Block]:
    """Yield custody, orders and threat-to-life warnings of a person, to whom may know of them."""
    if not made.naming.audience.warnings:
        return
    found = queries.owned(
        made.reader, made.subject.id, Kind.CUSTODY, Kind.ORDER, Kind.THREAT_WARNING
    )
    rows: list[tuple[Cell, ...]] = []
    for thing in found:
        match thing:
            case Custody():
                words = label("custody-types", thing.custody_type)
                held = made.text(thing.establishment)
                rows.append((words, held, dates(thing.start, thing.released)))
            case Order():
                words = label("order-types", thing.order_type)
                rows.append((words, made.text(thing.terms), dates(thing.start, thing.end)))
            case ThreatWarning():
                words = label("threat-warning-types", thing.warning_type)
                rows.append((words, _("threat to life"), thing.given))
    yield from table(
        (_("What"), _("Terms"), _("Dates")), rows, _("No custody, order or warning is recorded.")
    )


def plan(made: Making) -> Iterator[Block]:
    """Yield where the 4P plan stands: what is live, done and late under each P."""
    if made.subject.kind is not Kind.OCG:
        yield nothing(_("There is no 4P plan."))
        return
    board = plan_board.read(made.reader, made.subject.id, today=made.today, noted=False)
    if board.plan is None:
        yield nothing(_("There is no 4P plan."))
        return
    _rests_on(made, [board.plan, *board.actions])
    audience = made.naming.audience
    if audience.tactics:
        yield from _live(made, board.actions)
    elif audience.completed:
        yield from _completed(made, board.actions)
    else:
        yield from _done(made, board.actions)


def _live(made: Making, actions: Iterable[Action]) -> Iterator[Block]:
    """Yield how each strand stands, and the actions somebody still has to do."""
    counts = strand_counts(actions, made.today)
    rows = [(label("strands", c.strand.value), c.live, c.done, c.late) for c in counts]
    yield from table((_("Strand"), _("Live"), _("Done"), _("Overdue")), rows, "")
    empty = [label("strands", count.strand.value) for count in counts if count.is_empty]
    if empty:
        told = _("Nothing is live under {names}.").format(names=", ".join(empty))
        yield Paragraph(told, Tone.WARNING)
    live = sorted(
        (action for action in actions if action.is_live),
        key=lambda action: (action.due is None, action.due or made.today),
    )
    yield from table(
        (_("Live action"), _("Strand"), _("Due"), _("Owner")),
        [
            (
                made.text(action.title),
                label("strands", action.strand),
                action.due,
                label("agencies", action.agency) or "–",
            )
            for action in live
        ],
        _("No action is live."),
    )


def _completed(made: Making, actions: Iterable[Action]) -> Iterator[Block]:
    """Yield the actions that are done, the newest first, to whom may not know of live ones."""
    done = sorted(
        (one for one in actions if one.status == ActionStatus.COMPLETE),
        key=lambda one: (one.done is None, -(one.done or made.today).toordinal()),
    )
    rows = [(made.text(one.title), label("strands", one.strand), one.done) for one in done]
    titles = (_("Completed action"), _("Strand"), _("Done"))
    yield from table(titles, rows, _("No action is completed."))


def _done(made: Making, actions: Iterable[Action]) -> Iterator[Block]:
    """Yield how much was done under each strand, and nothing of what it was."""
    counts = strand_counts(actions, made.today)
    rows = [(label("strands", c.strand.value), c.done) for c in counts if c.done]
    titles = (_("Strand"), _("Actions completed"))
    yield from table(titles, rows, _("No action is completed."))


def disruptions(made: Making) -> Iterator[Block]:
    """Yield the accepted disruptions against it, the newest first, with what came of them."""
    found = claims.against(made.reader, made.subject.id)
    outcomes = claims.outcomes_of(made.reader, [one.id for one in found])
    _rests_on(made, [*found, *(one for some in outcomes.values() for one in some)])
    rows = []
    for one in found:
        came = ", ".join(
            made.amount(outcome.measure, outcome.value, outcome.unit)
            for outcome in outcomes.get(one.id, ())
            if outcome.value is not None
        )
        rows.append(
            (
                one.on,
                made.text(one.title),
                label("strands", one.strand) or "–",
                label("disruption-levels", one.level),
                came or "–",
            )
        )
    yield from table(
        (_("Date"), _("Disruption"), _("Strand"), _("Level"), _("Outcome")),
        rows,
        _("No disruption is accepted."),
    )


def chart(made: Making) -> Iterator[Block]:
    """Yield the links one step round it, drawn."""
    yield from brief_pictures.chart(made)


def cited(made: Making) -> list[Report]:
    """Return the graded reports the links of the subject rest on, with what they ask of readers.

    Their marking and their handling conditions go with whatever is made of them, whether or not
    they are listed.
    """
    if "cited" not in made.kept:
        ids = {id_ for item in made.near for id_ in item.link.reports}
        made.kept["cited"] = made.rests_on_reports(ids)
        about = [made.about] if made.about is not None else []
        named = [*about, *(item.other for item in made.near)]
        handles = made.reader.load([one.no for one in named if one.kind is Kind.HANDLE])
        for thing in handles:
            if isinstance(thing, Handle) and thing.conditions:
                made.asks(thing)
    cited_: list[Report] = made.kept["cited"]
    _rests_on(made, cited_)
    return cited_


def sources(made: Making) -> Iterator[Block]:
    """Yield the graded reports its links rest on, to an audience that may see sources."""
    reports = cited(made)
    if not made.naming.audience.sources:
        return
    yield from table(
        (_("Report"), _("Grade"), _("Reported")),
        [
            (f"{one.ref}\n{made.text(one.title)}", one.grade or "–", _reported(one))
            for one in reports
        ],
        _("No link of it names a report."),
    )


def _reported(report: Report) -> str:
    return report.reported.worded() if report.reported else "–"


SECTIONS: Final[dict[str, tuple[str, Section]]] = {
    "identity": (N_("At a glance"), identity),
    "summary": (N_("Summary"), summary),
    "scores": (N_("Scores"), scores),
    "members": (N_("Members"), members),
    "groups": (N_("OCGs"), brief_ties.groups),
    "chart": (N_("Links"), chart),
    "ties": (N_("Recorded links"), brief_ties.ties),
    "lines": (N_("County lines"), brief_ties.lines),
    "dealing": (N_("Commodities"), brief_ties.dealing),
    "candidates": (N_("Attribution"), brief_ties.candidates),
    "justice": (N_("Custody, orders and warnings"), justice),
    "plan": (N_("4P plan"), plan),
    "disruptions": (N_("Disruptions"), disruptions),
    "sources": (N_("Sources"), sources),
}
"""Every section by its code: its heading, and what makes it."""
