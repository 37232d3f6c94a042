"""A 4P plan on paper: what is read for it, its bytes, and that it left."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from ocgdesk.casework import exports, plan_board
from ocgdesk.casework.files import write as write_whole
from ocgdesk.casework.plan_board import Board
from ocgdesk.domain.dates import shown
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.marking import highest
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _
from ocgdesk.reports import docx_writer, plan_paper
from ocgdesk.reports.document import Document
from ocgdesk.reports.plan_paper import Issue
from ocgdesk.security import chain
from ocgdesk.store.reader import Reader
from ocgdesk.store.workspace import Workspace

SUFFIX = ".docx"


def document(reader: Reader, ocg_id: UUID, issue: Issue) -> tuple[Document, tuple[int, ...]]:
    """Return the plan of an OCG set out, and the numbers of the records it names.

    Raises NotFound where this reader knows of no such OCG.
    """
    board = plan_board.read(reader, ocg_id, today=issue.day, noted=False)
    ocg = reader.get(Ocg, ocg_id)
    touched = {id_: brief.label for id_, brief in board.records.items() if _is_named(board, id_)}
    paper = plan_paper.build(
        ocg,
        board.plan,
        objectives=board.objectives,
        actions=board.actions,
        posts=board.posts,
        review_due=board.review_due,
        touched=touched,
        marking=highest(
            (
                ocg.marking,
                *(item.marking for item in (*board.objectives, *board.actions)),
                *(board.records[id_].marking for id_ in touched),
                *([board.plan.marking] if board.plan else []),
            )
        ),
        issue=issue,
    )
    subjects = (board.ocg.no, *(board.records[id_].no for id_ in touched))
    return paper, subjects


def _is_named(board: Board, id_: UUID) -> bool:
    return any(id_ in action.touches for action in board.actions)


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
) -> Path:
    """Write the plan of an OCG as a Word document; what left is journalled first.

    Raises Refused to those who may not export, CannotWrite where the file cannot be written.
    """
    workspace.user.need(Right.EXPORT)
    made = issue(workspace, now, author=author, agency=agency)
    with workspace.reading(reason) as reader:
        paper, subjects = document(reader, ocg_id, made)
    data = docx_writer.to_docx(paper)
    exports.disclose(
        workspace,
        "Export 4P plan",
        subjects,
        recipient=recipient,
        reason=reason,
        format="docx",
    )
    return write_whole(path, data)
