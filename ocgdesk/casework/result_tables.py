"""Answers about networks as they are kept: rows of ids and figures, with what they rest on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from ocgdesk.casework.analysis import Analysis, Standing
from ocgdesk.casework.changing import Course
from ocgdesk.casework.groups import Groups
from ocgdesk.casework.network_scope import Part, Scope
from ocgdesk.casework.paths import Found
from ocgdesk.casework.results import Column, Draft, Holds, Table, Value, ids_of
from ocgdesk.casework.sharing import Shares
from ocgdesk.casework.what_if import Answer, Option
from ocgdesk.domain.reference_data import label
from ocgdesk.graph.definitions import definition
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief

MOST_NAMED: Final = 100
"""Members of one group, or records of one consequence, that are kept."""


def of_measures(
    found: Analysis, rows: Sequence[tuple[Brief, Standing]], *, owner: UUID | None = None
) -> Draft:
    """Return a ranking to be kept."""
    names = [name for name, one in found.scores.items() if one.on.value == "node"]
    columns = (
        Column(_("Rank"), Holds.FIGURE),
        Column(_("Best"), Holds.FIGURE),
        Column(_("Worst"), Holds.FIGURE),
        Column(_("What"), Holds.RECORDS),
        *(Column(_(definition(name).title), Holds.FIGURE) for name in names),
        Column(_("Reports"), Holds.FIGURE),
    )
    kept = tuple(
        (
            *(row.rank or None, row.best or None, row.worst or None, str(brief.id)),
            *(row.values[name] for name in names),
            row.reports,
        )
        for brief, row in rows
    )
    title = _(definition(found.order).title) if found.order else _("Measures")
    collection = (found.collection.sentence,) if found.collection else ()
    return Draft(
        task="measures",
        title=title,
        said=(*found.settings, *collection, *found.notes, *found.caveats),
        table=Table(columns=columns, rows=kept),
        rests_on=_nos(found.question.scope, found.nodes.tolist()),
        owner=owner,
        read_at=found.read_at,
    )


def _nos(scope: Scope, nos: Iterable[int]) -> tuple[int, ...]:
    """Return what an answer rests on; nothing named means the whole register."""
    return () if scope.part is Part.ALL else tuple(nos)


def of_groups(found: Groups, known: Mapping[int, Brief], *, owner: UUID | None = None) -> Draft:
    """Return groups, and where the record looks otherwise, to be kept."""
    columns = (
        Column(_("Finding")),
        Column(_("Records"), Holds.RECORDS),
        Column(_("Beside"), Holds.RECORDS),
        Column(_("Size or ties"), Holds.FIGURE),
    )
    return Draft(
        task="groups",
        title=_("Groups"),
        said=(*found.settings, *found.notes, *found.resting, *found.caveats),
        table=Table(columns=columns, rows=tuple(_group_rows(found, known))),
        rests_on=_nos(found.question.scope, found.nodes.tolist()),
        owner=owner,
        read_at=found.read_at,
    )


def _group_rows(found: Groups, known: Mapping[int, Brief]) -> Iterator[tuple[Value, ...]]:
    def ids(*nos: int | None) -> str:
        return ids_of([known[no] for no in nos if no is not None and no in known])

    if (said := found.comparison) is not None:
        for away in said.elsewhere:
            beside = ids(away.ocg, away.near)
            yield (_("Sits elsewhere"), ids(away.person), beside, away.ties_there)
        for alone in said.unmapped:
            yield (_("In no OCG"), ids(alone.person), ids(alone.near), alone.ties)
        for pair in said.alike:
            yield (_("Two like one"), ids(pair.one), ids(pair.other), pair.ties)
        for parted in said.parted:
            members = (*parted.here, *parted.there)[:MOST_NAMED]
            yield (_("One like two"), ids(parted.ocg), ids(*members), parted.ties)
    for group in found.groups:
        words = _("Group {n}").format(n=group.number)
        size = len(group.items) + group.safeguarded
        ocgs = (no for no, _n in group.ocgs)
        yield (words, ids(*group.items[:MOST_NAMED]), ids(*ocgs), size)


def of_paths(found: Found, *, read_at: datetime, owner: UUID | None = None) -> Draft:
    """Return paths, one row a step, to be kept."""
    columns = (
        Column(_("Path"), Holds.FIGURE),
        Column(_("Step"), Holds.FIGURE),
        Column(_("From"), Holds.RECORDS),
        Column(_("To"), Holds.RECORDS),
        Column(_("Links")),
        Column(_("Reports"), Holds.RECORDS),
    )
    rows = tuple(
        (
            *(float(n), float(at), str(step.one.id), str(step.two.id)),
            ", ".join(dict.fromkeys(label("link-types", link.type) for link in step.links)),
            " ".join(str(report.id) for report in step.reports),
        )
        for n, path in enumerate(found.paths, 1)
        for at, step in enumerate(path.steps, 1)
    )
    nos = {brief.no for path in found.paths for brief in path.records}
    return Draft(
        task="paths",
        title=_("Paths"),
        said=(*found.conditions, *found.caveats),
        table=Table(columns=columns, rows=rows),
        rests_on=tuple(sorted(nos)),
        owner=owner,
        read_at=read_at,
    )


def of_what_if(
    answer: Answer, *, spec: Scope, nos: Iterable[int], read_at: datetime, owner: UUID | None = None
) -> Draft:
    """Return options side by side, one row for each consequence of each, to be kept."""
    columns = (
        Column(_("Option"), Holds.FIGURE),
        Column(_("What")),
        Column(_("Records"), Holds.RECORDS),
        Column(_("Before"), Holds.FIGURE),
        Column(_("After"), Holds.FIGURE),
    )
    rows = [row for n, option in enumerate(answer.options, 1) for row in _option_rows(n, option)]
    return Draft(
        task="what-if",
        title=_("What if"),
        said=(answer.scope, answer.definition, *answer.resting, *answer.caveats),
        table=Table(columns=columns, rows=tuple(rows)),
        rests_on=_nos(spec, nos),
        owner=owner,
        read_at=read_at,
    )


def _option_rows(n: int, option: Option) -> Iterator[tuple[Value, ...]]:
    before, after, told = option.effect.before, option.effect.after, option.consequences
    yield (n, _("Removed"), ids_of(option.removed), None, None)
    yield (n, _("Fragmentation"), "", before.fragmentation, after.fragmentation)
    yield (n, _("Largest part"), "", before.largest, after.largest)
    yield (n, _("Parts"), "", before.parts, after.parts)
    yield (n, _("Pairs cut"), "", None, option.effect.pairs_cut)
    for group in told.groups:
        yield (n, _("Members left"), str(group.ocg.id), group.members, group.left)
    lists = {
        _("Lines nobody would run"): told.lines,
        _("Commodities nobody would deal in"): told.commodities,
        _("Lines and handles cut off"): told.fallen,
        _("Candidates to step in"): tuple(c.who for c in told.candidates),
        _("Left unprotected"): tuple(one.who for one in told.unprotected),
    }
    for words, some in lists.items():
        if some:
            yield (n, words, ids_of(some[:MOST_NAMED]), None, len(some))
    for contact in told.contacts:
        yield (n, _("Groups brought into contact"), ids_of((contact.one, contact.two)), None, None)


def of_change(course: Course, *, whole: bool, owner: UUID | None = None) -> Draft:
    """Return periods and who rose and fell in them, to be kept."""
    columns = (
        Column(_("Period")),
        Column(_("Present"), Holds.FIGURE),
        Column(_("Linked pairs"), Holds.FIGURE),
        Column(_("Largest part"), Holds.FIGURE),
        Column(_("Turnover"), Holds.FIGURE),
        Column(_("Rose"), Holds.RECORDS),
        Column(_("Fell"), Holds.RECORDS),
    )
    rows = tuple(
        (
            *(phase.name, phase.nodes, phase.pairs, phase.largest, phase.turnover),
            ids_of([course.briefs[move.no] for move in course.rose(at)]),
            ids_of([course.briefs[move.no] for move in course.fell(at)]),
        )
        for at, phase in enumerate(course.phases)
    )
    return Draft(
        task="change",
        title=_("Change over time"),
        said=(*course.settings, *course.resting, *course.caveats),
        table=Table(columns=columns, rows=rows),
        rests_on=() if whole else course.nos,
        owner=owner,
        read_at=course.read_at,
    )


def of_shares(found: Shares, *, read_at: datetime, owner: UUID | None = None) -> Draft:
    """Return which OCGs share what, to be kept; it rests on the whole register."""
    columns = (
        Column(_("OCG"), Holds.RECORDS),
        Column(_("Shares with"), Holds.RECORDS),
        Column(_("What"), Holds.RECORDS),
    )
    rows = tuple(
        (
            *(str(pair.one.id), str(pair.two.id)),
            ids_of([item.record for item in pair.items][:MOST_NAMED]),
        )
        for pair in found.pairs
    )
    return Draft(
        task="shared",
        title=_("Shared between OCGs"),
        said=found.caveats,
        table=Table(columns=columns, rows=rows),
        owner=owner,
        read_at=read_at,
    )


def now() -> datetime:
    """Return this moment, UTC: when the register is read for an answer that does not say."""
    return datetime.now(UTC)
