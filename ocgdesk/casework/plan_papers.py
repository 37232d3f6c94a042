"""A 4P plan on paper: what is read for it, its bytes, and that it left."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar
from uuid import UUID

from ocgdesk.casework import exports, plan_board, withholding
from ocgdesk.casework.files import ending_of
from ocgdesk.casework.plan_board import Board
from ocgdesk.casework.withholding import Withheld
from ocgdesk.domain.dates import shown
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import highest
from ocgdesk.domain.people import Right
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import _
from ocgdesk.reports import plan_paper
from ocgdesk.reports.document import Document
from ocgdesk.reports.paper_writers import WRITERS
from ocgdesk.reports.plan_paper import Issue
from ocgdesk.security import chain
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.workspace import Workspace

A = TypeVar("A", bound=Entity)

SECTIONS: Final = (
    *(Kind.REQUIREMENT, Kind.PARTNER, Kind.PLAN_RISK, Kind.STRAND_NOTE),
    *(Kind.REVIEW, Kind.PLAN_VERSION),
)
"""The kinds printed beside objectives and actions."""

FORMATS: Final = tuple(WRITERS)


def document(
    reader: Reader, ocg_id: UUID, issue: Issue, *, named: str = ""
) -> tuple[Document, tuple[int, ...]]:
    """Return the plan of an OCG set out, and the numbers of the records it names.

    People recorded as exploited are named only with a reason, ``named``. Raises NotFound
    where this reader knows of no such OCG.
    """
    board = plan_board.read(reader, ocg_id, today=issue.day, noted=False)
    ocg = reader.get(Ocg, ocg_id)
    hidden = withholding.of(reader, named=bool(named.strip()), reason=named)
    touched = {
        id_: hidden.label(id_, brief.label)
        for id_, brief in board.records.items()
        if _is_named(board, id_)
    }
    sections = _sections(reader, board)
    paper = plan_paper.build(
        ocg,
        _nameless(board.plan, hidden) if board.plan else None,
        objectives=[_nameless(aim, hidden) for aim in board.objectives],
        actions=[_nameless(action, hidden) for action in board.actions],
        posts=board.posts,
        review_due=board.review_due,
        touched=touched,
        marking=highest(
            (
                ocg.marking,
                *(item.marking for item in (*board.objectives, *board.actions, *sections)),
                *(board.records[id_].marking for id_ in touched),
                *([board.plan.marking] if board.plan else []),
            )
        ),
        issue=issue,
        sections=[_nameless(part, hidden) for part in sections],
    )
    subjects = (board.ocg.no, *(board.records[id_].no for id_ in touched))
    return paper, subjects


def _sections(reader: Reader, board: Board) -> list[Entity]:
    found = queries.owned(reader, board.plan.id, *SECTIONS) if board.plan else []
    return [part for part in found if isinstance(part, Entity)]


def _nameless(thing: A, hidden: Withheld) -> A:
    """Return a part of a plan whose texts name nobody who is exploited."""
    texts: dict[str, Any] = {
        field.name: hidden.text(getattr(thing, field.name))
        for field in described_fields(type(thing))
        if field.type in {FieldType.TEXT, FieldType.LONG_TEXT} and field.name != "content"
    }
    return replace(thing, **texts) if hidden.names else thing


def _is_named(board: Board, id_: UUID) -> bool:
    return any(id_ in action.touches for action in board.actions)


def format_of(path: Path) -> str:
    """Return the format a file's ending names; Refused for any other."""
    return ending_of(path, FORMATS, _("A plan is written as {known}"))


def issue(workspace: Workspace, now: datetime, *, author: str = "", agency: str = "") -> Issue:
    """Return what is printed of an issue made now: by whom, when, from which journal."""
    drawn = _("{day}, {time}").format(day=shown(now.date()), time=f"{now:%H:%M}")
    return Issue(
        author=author or workspace.user.display,
        agency=agency or workspace.about.agency,
        day=now.date(),
        drawn=drawn,
        synthetic=workspace.about.synthetic,
        head=chain.short(workspace.head()[1]),
    )


def leaving(
    workspace: Workspace,
    ocg_id: UUID,
    *,
    now: datetime,
    author: str = "",
    agency: str = "",
    recipient: str = "",
    reason: str = "",
) -> Document:
    """Return the plan of an OCG to be printed, having journalled that it leaves.

    Nobody recorded as exploited is named on it. Raises Refused to those who may not export.
    """
    workspace.user.need(Right.EXPORT)
    made = issue(workspace, now, author=author, agency=agency)
    with workspace.reading(reason) as reader:
        paper, subjects = document(reader, ocg_id, made)
    exports.disclose(
        workspace, "Print 4P plan", subjects, recipient=recipient, reason=reason, format="paper"
    )
    return paper


def to_file(
    workspace: Workspace,
    ocg_id: UUID,
    path: Path,
    *,
    now: datetime,
    author: str = "",
    agency: str = "",
    recipient: str = "",
    reason: str = "",
    named: str = "",
) -> Path:
    """Write the plan of an OCG, its ending saying the format; what left is journalled first.

    People recorded as exploited are named only with a reason, ``named``. Raises Refused
    to those who may not export, CannotWrite where the file cannot be written.
    """
    workspace.user.need(Right.EXPORT)
    kind = format_of(path)
    made = issue(workspace, now, author=author, agency=agency)
    with workspace.reading(reason) as reader:
        paper, subjects = document(reader, ocg_id, made, named=named)
    return exports.leave(
        workspace, "Export 4P plan", WRITERS[kind](paper), path, subjects,
        recipient=recipient, reason=reason,
        **({"exploited_named": named.strip()} if named.strip() else {}),
    )  # fmt: skip
