"""Parts of the home page: the four counts, the table of OCGs, what the header says."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import threat_grid
from ocgdesk.casework.overview import MOST, Home, Scope, Scored
from ocgdesk.domain import clocks, scoring_sheets
from ocgdesk.domain.dates import shown
from ocgdesk.domain.plans import Strand
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.falling_due import WEEK, Due
from ocgdesk.store.planning import OcgAtAGlance
from ocgdesk.ui.models import score_looks
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column
from ocgdesk.ui.plan import looks
from ocgdesk.ui.widgets.tiles import Stat
from ocgdesk.ui.widgets.values import NONE, Cell, Chip, Heading, Text, strand_name

OVERDUE: Final = "overdue"
WEEKLY: Final = "week"
WAITING: Final = "waiting"
EMPTY: Final = "empty"


def scope_words(scope: Scope) -> str:
    """Return the name of a choice of OCGs."""
    match scope:
        case Scope.MINE:
            return _("Mine")
        case Scope.FORCE:
            return _("Force")
        case Scope.REGION:
            return _("Region")
    return _("All")


def title(home: Home) -> str:
    """Return the page's title."""
    match home.scope:
        case Scope.MINE:
            return _("My OCGs")
        case Scope.ALL:
            return _("All OCGs")
    return _("OCGs of {owner}").format(owner=home.owner)


def subtitle(home: Home, today: date) -> str:
    """Return the date, how many OCGs, on what basis, and what the list leaves out."""
    total, listed = home.standing.ocgs, len(home.rows)
    if home.scope is Scope.MINE:
        basis = ngettext(
            "{n} OCG where you are LRO or SIO", "{n} OCGs where you are LRO or SIO", total
        )
    else:
        basis = ngettext("{n} active OCG", "{n} active OCGs", total)
    parts = [f"{today:%A} {shown(today)}", basis.format(n=f"{total:,}")]
    if missing := total - home.standing.plans:
        parts.append(
            ngettext("{n} has no plan", "{n} have no plan", missing).format(n=f"{missing:,}")
        )
    if home.meeting is not None:
        name, day = home.meeting
        parts.append(_("{meeting} {when}").format(meeting=name, when=_in_days((day - today).days)))
    if listed < total:
        parts.append(
            _("the first {listed} of {total} listed, earliest review first").format(
                listed=f"{listed:,}", total=f"{total:,}"
            )
        )
    return " · ".join(parts)


def _in_days(days: int) -> str:
    if days <= 0:
        return _("today")
    return ngettext("in {n} day", "in {n} days", days).format(n=days)


def stats(home: Home) -> tuple[Stat, ...]:
    """Return the four counts that filter."""
    now = home.standing
    late, week = now.late_actions + now.late_reviews, now.week_actions + now.week_reviews
    plans = ngettext("in {n} of {all} plan", "in {n} of {all} plans", now.plans)
    return (
        Stat(
            key=OVERDUE,
            count=f"{late:,}",
            title=_("Overdue"),
            basis=_counted(now.late_actions, now.late_reviews),
            icon="status.overdue",
            tone="overdue" if late else "neutral",
        ),
        Stat(
            key=WEEKLY,
            count=f"{week:,}",
            title=_("Due this week"),
            basis=_counted(now.week_actions, now.week_reviews),
            icon="status.due",
            tone="due" if week else "neutral",
        ),
        Stat(
            key=WAITING,
            count=f"{len(home.waiting):,}",
            title=_("Waiting on me"),
            basis=_("live actions you own"),
            icon="status.waiting",
            tone="info" if home.waiting else "neutral",
        ),
        Stat(
            key=EMPTY,
            count=f"{now.empty_strands:,}",
            title=_("Empty strands"),
            basis=plans.format(n=f"{now.plans_with_empty:,}", all=f"{now.plans:,}"),
            icon="status.empty",
            tone="overdue" if now.empty_strands else "neutral",
        ),
    )


def _counted(actions: int, reviews: int) -> str:
    parts = (
        ngettext("{n} action", "{n} actions", actions).format(n=f"{actions:,}"),
        ngettext("{n} review", "{n} reviews", reviews).format(n=f"{reviews:,}"),
    )
    return ", ".join(parts)


def rows_for(home: Home, chosen: str, today: date) -> tuple[OcgAtAGlance, ...]:
    """Return the OCGs that pass the count chosen; all without one."""
    passes = _passing(home, chosen, today)
    return tuple(row for row in home.rows if passes(row))


def _passing(home: Home, chosen: str, today: date) -> Callable[[OcgAtAGlance], bool]:
    ids = _waiting_ocgs(home) if chosen == WAITING else _due_ocgs(home, today)
    match chosen:
        case "overdue":
            return lambda row: row.late > 0 or _is_late(row, today)
        case "week" | "waiting":
            return lambda row: row.ocg.id in ids
        case "empty":
            return lambda row: row.plan is not None and bool(row.empty)
    return lambda _row: True


def _is_late(row: OcgAtAGlance, today: date) -> bool:
    return row.plan is not None and row.review_due is not None and row.review_due < today


def _waiting_ocgs(home: Home) -> set[UUID]:
    return {task.ocg.id for task in home.waiting}


def _due_ocgs(home: Home, today: date) -> set[UUID]:
    return {task.ocg.id for task in home.tasks if task.due >= today}


def tasks_for(home: Home, chosen: str, today: date) -> tuple[Due, ...]:
    """Return what needs the user under the count chosen, soonest first."""
    if chosen == WAITING:
        return home.waiting
    if chosen == OVERDUE:
        return tuple(task for task in home.tasks if task.due < today)
    if chosen == WEEKLY:
        return tuple(task for task in home.tasks if today <= task.due <= today + WEEK)
    if chosen == EMPTY:
        ids = {row.ocg.id for row in rows_for(home, EMPTY, today)}
        return tuple(task for task in home.tasks if task.ocg.id in ids)
    known = {task.what.id for task in home.tasks}
    mine = (task for task in home.waiting if task.what.id not in known)
    both = (*home.tasks, *mine) if home.scope is Scope.MINE else home.tasks
    return tuple(sorted(both, key=lambda task: (task.due, task.title)))


def tasks_note(home: Home, count: int) -> str:
    """Return how many there are; where there are more than were read, that these come first."""
    if not count:
        return ""
    cut = len(home.tasks) >= MOST
    said = _("the first {n}, soonest first") if cut else _("{n}, soonest first")
    return said.format(n=f"{count:,}")


Scores = Callable[[UUID], Scored | None]
"""What finds the score of an OCG by its id."""


def columns(today: date, scores: Scores) -> tuple[Column, ...]:
    """Return the columns of the table of OCGs; ``scores`` finds the score of each."""
    ranks = {item.code: rank for rank, item in enumerate(code_list("tiers"))}
    return (
        Column(
            heading=Heading(title=_("OCG")),
            cell=lambda row: entity(row.ocg, second=True),
            order=lambda row: row.ocg.label.casefold(),
            width=190,
            stretch=3,
        ),
        Column(
            heading=Heading(title=_("Tier")),
            cell=lambda row: Text(label("tiers", row.tier) or NONE),
            order=lambda row: ranks.get(row.tier),
            width=64,
            yields=1,
        ),
        *_score_columns(scores),
        *(_strand_column(strand, number) for number, strand in enumerate(Strand)),
        Column(
            heading=Heading(title=_("Actions")),
            cell=_late,
            order=lambda row: -row.late if row.plan else None,
            width=84,
            stretch=1,
        ),
        Column(
            heading=Heading(title=_("Next review")),
            cell=lambda row: looks.review_cell(row.review_due, today),
            order=lambda row: row.review_due,
            width=212,
            stretch=2,
        ),
    )


def _score_columns(scores: Scores) -> tuple[Column, Column]:
    sheet = scoring_sheets.sheet(threat_grid.RANKING)

    def score(row: OcgAtAGlance) -> Cell:
        found = scores(row.ocg.id)
        return score_looks.score(sheet, found.risk if found else None)

    def total(row: OcgAtAGlance) -> float | None:
        found = scores(row.ocg.id)
        return None if found is None or found.risk.total is None else -found.risk.total

    def trend(row: OcgAtAGlance) -> Cell:
        found = scores(row.ocg.id)
        if found is None or len(found.points) < 2:
            return Text(NONE, "text.3")
        words = _("Risk: {n} scores, {way}").format(n=len(found.points), way=found.trend.value)
        return score_looks.spark(found.points, found.trend, words)

    return (
        Column(
            heading=Heading(title=_("MoRiLE-style")), cell=score, order=total, width=100, yields=2
        ),
        Column(heading=Heading(title=_("Trend")), cell=trend, order=total, width=60, yields=3),
    )


def _strand_column(strand: Strand, number: int) -> Column:
    name = looks.strand(strand.value)
    return Column(
        heading=Heading(title=strand_name(name), icon=f"strand.{name}", ink=f"strand.{name}"),
        cell=partial(_strand_cell, number=number),
        order=lambda row: row.strands[number].live if row.plan else None,
        width=104,
        stretch=1,
    )


def _strand_cell(row: OcgAtAGlance, number: int) -> Cell:
    if row.plan is None:
        return Text(NONE, "text.3")
    return looks.count_cell(row.strands[number])


def _late(row: OcgAtAGlance) -> Cell:
    if row.plan is None:
        return Chip(_("No plan"), "overdue", "status.empty")
    if row.late == 0:
        return Text(NONE, "text.3")
    return Text(_("{n} late").format(n=row.late), "overdue", strong=True)


def told(home: Home, rows: int, chosen: str) -> tuple[str, ...]:
    """Return what the status bar says: rows of all, and the filter that holds."""
    listed = _("{n} of {all} OCGs").format(n=f"{rows:,}", all=f"{home.standing.ocgs:,}")
    named = {stat.key: stat.title for stat in stats(home)}
    return (listed, _("Filter: {name}").format(name=named[chosen])) if chosen else (listed,)


def nothing(home: Home, *, may_import: bool) -> tuple[str, str, str]:
    """Return the sentence for an empty page, the way on, and another where there is one.

    Where there is no OCG at all the ways lead to the register and to the import.
    """
    if not home.is_begun:
        said = _("There is no OCG in this workspace yet: enter the first, or take in a file.")
        return said, _("Open the OCGs"), _("Import a file") if may_import else ""
    if home.scope is Scope.MINE:
        said = _("You are LRO of no OCG. Your coordinator assigns them.")
        return said, _("Show all OCGs"), ""
    if home.scope is Scope.ALL:
        return _("No OCG is active in this workspace."), "", ""
    return _("No OCG is active in this force."), _("Show all OCGs"), ""


def most_overdue(home: Home) -> Any | None:
    """Return the OCG whose plan was to be reviewed first, if any has a date."""
    dated = [row for row in home.rows if row.plan is not None and row.review_due is not None]
    return min(dated, key=lambda row: row.review_due or date.max, default=None)


def review_words(row: OcgAtAGlance, today: date) -> str:
    """Return which review the main button starts."""
    clock = clocks.review_clock(row.review_due, today)
    return f"{row.ocg.label} · {clock.words.lower()}"
