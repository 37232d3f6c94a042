"""Parts of the page of a plan: the table of all actions, the filters, what the header says."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from ocgdesk.casework.plan_beside import Beside
from ocgdesk.casework.plan_board import Board
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.plans import Action, Plan, Strand
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.plan import looks
from ocgdesk.ui.widgets.cards import Card, CornerMask
from ocgdesk.ui.widgets.values import NONE, Cell, Heading, StrandName, Text


class PlanTable(Card):
    """All actions of a plan in a table."""

    def __init__(self, rows: ShortTable, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.table = ShortTableView(rows, name=_("Actions of this plan"), parent=self)
        self.body.addWidget(self.table)
        CornerMask(self)


def no_export(desk: Desk) -> str:
    """Return why this user may not export a plan; empty where they may."""
    return "" if desk.may(Right.EXPORT) else _("Your roles do not allow you to export.")


def columns(records: Mapping[UUID, Brief], today: date) -> tuple[Column, ...]:
    """Return the columns of the table of actions."""
    order = list(Strand)

    def due(action: Action) -> Cell:
        return looks.due_chip(action, today) or Text(NONE, "text.3")

    def touched(action: Action) -> Cell:
        names = [records[id_].label for id_ in action.touches if id_ in records]
        return Text(", ".join(names) or NONE, "text.2")

    return (
        Column(
            heading=Heading(title=_("Action")),
            cell=lambda action: Text(action.title, strong=action.is_live),
            order=lambda action: action.title.casefold(),
            width=260,
            stretch=6,
        ),
        Column(
            heading=Heading(title=_("Strand")),
            cell=lambda action: StrandName(looks.strand(action.strand)),
            order=lambda action: order.index(Strand(action.strand)),
            width=110,
        ),
        _status_column(),
        Column(heading=Heading(title=_("Due")), cell=due, order=_due, width=130),
        _plain(_("Owner"), lambda action: action.officer, 130, 2),
        _plain(_("Agency"), lambda action: label("agencies", action.agency), 130, 2, yields=2),
        Column(
            heading=Heading(title=_("Priority")),
            cell=lambda action: Text(label("priorities", action.priority), "text.2"),
            order=lambda action: _rank(action.priority),
            width=90,
            yields=3,
        ),
        Column(
            heading=Heading(title=_("Touches")),
            cell=touched,
            order=lambda action: len(action.touches),
            width=140,
            stretch=3,
            yields=4,
        ),
    )


def _due(action: Action) -> date | None:
    return action.due


def _rank(priority: str) -> int | None:
    ranks = (rank for rank, item in enumerate(code_list("priorities")) if item.code == priority)
    return next(ranks, None)


def _status_column() -> Column:
    codes = [item.code for item in code_list("action-statuses")]
    return Column(
        heading=Heading(title=_("Status")),
        cell=looks.status,
        order=lambda action: codes.index(action.status) if action.status in codes else None,
        width=120,
    )


def _plain(title: str, read: Any, width: int, stretch: int, *, yields: int = 0) -> Column:
    return Column(
        heading=Heading(title=title),
        cell=lambda action: Text(read(action) or NONE, "text.2"),
        order=lambda action: read(action).casefold() or None,
        width=width,
        stretch=stretch,
        yields=yields,
    )


def posts(board: Board) -> str:
    """Return who answers for the group: LRO, SIO, SRO with the day they took it on."""
    parts = []
    for role in code_list("assignment-roles"):
        held = [post for post in board.posts if post.role == role.code]
        word = str(role.get("short", role.label))
        for post in held:
            since = _(" (from {day})").format(day=post.start.worded()) if post.start else ""
            parts.append(f"{word} {post.officer}{since}")
        if not held and role.code == "lro":
            parts.append(_("No LRO recorded"))
    return " · ".join(parts)


def told(board: Board, today: date, beside: Beside | None = None) -> tuple[str, ...]:
    """Return what the status bar says of the plan."""
    live = [action for action in board.actions if action.is_live]
    late = sum(action.days_over(today) > 0 for action in live)
    said = _("{n} live actions").format(n=len(live))
    first = f"{said}, {_('{n} overdue').format(n=late)}" if late else said
    if beside is None or not beside.versions:
        return (first,)
    changed = ngettext(
        "{n} change since version {v}", "{n} changes since version {v}", len(beside.agenda.changed)
    )
    version = beside.versions[0].number
    return (first, changed.format(n=len(beside.agenda.changed), v=version))


def brief_of(plan: Plan) -> Brief:
    """Return the line that names a plan, as what hangs on it names its owner."""
    return Brief(
        id=plan.id, no=0, kind=plan.kind, label=plan.label, ref=plan.ref, marking=plan.marking
    )


def first_values(kind: Kind, desk: Desk) -> dict[str, Any]:
    """Return what a new part of a plan begins with."""
    if kind is Kind.STRAND_NOTE:
        return {"written": desk.today(), "author": desk.user.display}
    if kind is Kind.REQUIREMENT:
        return {"officer": desk.user.display, "user": desk.user.id}
    return {}
