"""The actions of a plan as a workbook for their owner, and what came back in it.

Only status, outcome and the day it was done are taken back; anything else in the file is left
alone. What came back is a draft first: nothing is saved before somebody has looked at it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import exports, plan_board, plans, withholding
from ocgdesk.casework.files import write as write_whole
from ocgdesk.casework.plan_board import Board
from ocgdesk.casework.withholding import Withheld
from ocgdesk.domain import dates
from ocgdesk.domain.marking import highest
from ocgdesk.domain.people import Right
from ocgdesk.domain.plans import Action, ActionStatus
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.errors import Refused
from ocgdesk.exchange import workbook
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.writers import SheetOut, write_xlsx
from ocgdesk.i18n import N_, _
from ocgdesk.store import planning
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.store.workspace import Workspace

_REF, _STATUS, _DONE, _OUTCOME = N_("Reference"), N_("Status"), N_("Done on"), N_("Outcome")
_HEADINGS: Final = (
    *(_REF, N_("Action"), N_("Strand"), N_("Owner"), N_("Agency"), N_("Due")),
    *(_STATUS, _DONE, _OUTCOME),
)
_NOTE: Final = N_("Fill in Status, Done on and Outcome only. Nothing else is read when it returns.")


def to_file(
    workspace: Workspace,
    ocg_id: UUID,
    path: Path,
    *,
    owner: str = "",
    today: date,
    recipient: str = "",
    reason: str = "",
) -> int:
    """Write the live actions of a plan for their owner; return how many; disclosed first.

    ``owner`` leaves out the actions of others. Exploited people are never named in it. Raises
    Refused to those who may not export, for another ending than ``.xlsx``, and where nothing is
    live.
    """
    workspace.user.need(Right.EXPORT)
    if path.suffix.lower() != ".xlsx":
        raise Refused(_("An action sheet is written as .xlsx"))
    with workspace.reading(reason) as reader:
        board = plan_board.read(reader, ocg_id, today=today, noted=False)
        hidden = withholding.of(reader, named=False)
    actions = _wanted(board, owner)
    data = write_xlsx(
        [_sheet(board, actions, hidden)],
        marking=exports.banner(
            highest((board.ocg.marking, *(one.marking for one in actions))),
            synthetic=workspace.about.synthetic,
        ),
        notes=(_(_NOTE),),
    )
    exports.disclose(
        workspace,
        "Send action sheet",
        (board.ocg.no,),
        recipient=recipient or owner,
        reason=reason,
        actions=len(actions),
    )
    write_whole(path, data)
    return len(actions)


def _wanted(board: Board, owner: str) -> tuple[Action, ...]:
    folded = owner.strip().casefold()
    live = (action for action in board.actions if action.is_live)
    found = tuple(one for one in live if not folded or one.officer.casefold() == folded)
    if not found:
        raise Refused(_("No action of this plan is live for this owner"))
    return found


def _sheet(board: Board, actions: Sequence[Action], hidden: Withheld) -> SheetOut:
    rows = [
        (
            action.ref,
            hidden.text(action.title),
            label("strands", action.strand),
            action.officer,
            label("agencies", action.agency),
            dates.shown(action.due) if action.due else "",
            label("action-statuses", action.status),
            "",
            hidden.text(action.outcome),
        )
        for action in actions
    ]
    title = board.plan.ref if board.plan else board.ocg.ref
    return SheetOut(title=title or _("Actions"), headings=[_(x) for x in _HEADINGS], rows=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One row that came back."""

    row: int
    """As the spreadsheet counts."""
    ref: str
    action: Action | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    """What differs from the plan: status, done, outcome."""
    problem: str = ""
    """Why the row is not taken; empty where it is."""

    @property
    def is_taken(self) -> bool:
        """Whether the row changes anything."""
        return bool(self.values) and not self.problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an action sheet would bring back."""

    name: str
    answers: tuple[Answer, ...]

    @property
    def taken(self) -> tuple[Answer, ...]:
        """The rows that change something."""
        return tuple(one for one in self.answers if one.is_taken)


def read(reader: Reader, plan_id: UUID, path: Path, *, today: date) -> Draft:
    """Read what came back for a plan; Refused where the file is no action sheet."""
    table = workbook.read_xlsx(path)
    places = _places(table)
    known = {action.ref.casefold(): action for action in planning.actions_of(reader, plan_id)}
    answers = []
    for number, cells in zip(table.numbers, table.rows, strict=True):
        said = {name: cells[at].strip() for name, at in places.items() if at < len(cells)}
        if said.get(_REF):
            answers.append(_answer(number, said, known, today))
    return Draft(name=path.name, answers=tuple(answers))


def _places(table: RawTable) -> dict[str, int]:
    """Return where the columns stand that are read."""
    folded = [heading.strip().casefold() for heading in table.header]
    found = {
        name: folded.index(_(name).casefold())
        for name in (_REF, _STATUS, _DONE, _OUTCOME)
        if _(name).casefold() in folded
    }
    if _REF not in found or len(found) == 1:
        raise Refused(_("This is no action sheet: it has no columns Reference and Status"))
    return found


def _answer(
    number: int, said: Mapping[str, str], known: Mapping[str, Action], today: date
) -> Answer:
    action = known.get(said[_REF].casefold())
    if action is None:
        problem = _("{ref} is no action of this plan").format(ref=said[_REF][:40])
        return Answer(row=number, ref=said[_REF], problem=problem)
    try:
        values = dict(_values(said, action, today))
    except Refused as error:
        return Answer(row=number, ref=action.ref, action=action, problem=str(error))
    return Answer(row=number, ref=action.ref, action=action, values=values)


def _values(said: Mapping[str, str], action: Action, today: date) -> Iterator[tuple[str, Any]]:
    status = action.status
    if words := said.get(_STATUS, ""):
        status = code_list("action-statuses").parse(words)
    if status != action.status:
        yield "status", status
    done = _done(said.get(_DONE, ""), status, action, today)
    if done != action.done:
        yield "done", done
    outcome = said.get(_OUTCOME, "")
    if outcome and outcome != action.outcome:
        yield "outcome", outcome
    if status == ActionStatus.COMPLETE and not (outcome or action.outcome):
        raise Refused(_("It is complete and has no outcome: ask what came of it"))


def _done(text: str, status: str, action: Action, today: date) -> date | None:
    if status != ActionStatus.COMPLETE:
        return None
    day = dates.day(text, today=today) if text else action.done or today
    if day > today:
        raise Refused(_("It cannot have been done on {day}: this lies ahead").format(day=text[:20]))
    return day


def take_back(work: Work, draft: Draft) -> int:
    """Save what a sheet brought back, as one act; return how many actions changed.

    Raises Refused where no row changes anything, Conflict where an action changed since it was
    read.
    """
    if not draft.taken:
        raise Refused(_("Nothing in this sheet differs from the plan"))
    for one in draft.taken:
        assert one.action is not None  # noqa: S101 - a row that is taken has found its action
        plans.edit_action(work, one.action.id, one.values, version=one.action.version)
    return len(draft.taken)
