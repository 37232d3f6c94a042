"""Three finished examples of what leaves the register, for the demonstration."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ocgdesk import settings
from ocgdesk.cli import session
from ocgdesk.domain.dates import LONDON

if TYPE_CHECKING:
    from uuid import UUID

    from ocgdesk.store.workspace import Workspace

REASON = "Demonstration"


def write(workspace: "Workspace", ocg: "UUID", out: Path) -> Iterator[Path]:
    """Issue an OCG's profile and its 4P plan and draw up a return, each marked and journalled.

    :param ocg: The OCG the profile and the plan are about.
    :param out: An existing folder.
    :raises CannotWrite: A file cannot be written.
    """
    yield _briefing(workspace, "ocg-profile", ocg, out / "profile.docx")
    yield _briefing(workspace, "plan", ocg, out / "plan-briefing.pdf")
    yield _return(workspace, "activity", out / "activity.pdf")


def _briefing(workspace: "Workspace", product: str, ocg: "UUID", path: Path) -> Path:
    from ocgdesk.casework import briefs, products

    wish = briefs.Wish(product=product, subject=ocg)
    said = products.Issue(path=path, reason=REASON, author=settings.load().author)
    products.issue(workspace, wish, said, now=datetime.now(LONDON))
    return path


def _return(workspace: "Workspace", name: str, path: Path) -> Path:
    from ocgdesk.casework import return_books, return_figures, return_papers, return_wishes

    with workspace.reading(REASON) as reader:
        definition = return_books.find(reader, name)
    period = return_wishes.period_of(None, None, today=session.today())
    wish = return_wishes.Wish(definition=definition, period=period, before=period.before())
    return_papers.to_file(
        workspace,
        return_wishes.checked(wish),
        path,
        now=datetime.now(LONDON),
        author=settings.load().author,
        reason=REASON,
        draw=return_figures.pictures,
    )
    return path
