"""The figure of a return on its way out: marked, journalled, written as a picture."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from ocgdesk.casework import exports, return_figures, return_papers, returns
from ocgdesk.casework.files import ending_of
from ocgdesk.casework.return_wishes import Wish
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Right
from ocgdesk.domain.returns import Return
from ocgdesk.i18n import _
from ocgdesk.reports.figures import FigureOut
from ocgdesk.store.workspace import Workspace

_Format = Literal["png", "svg", "pdf"]
FORMATS: Final[dict[str, _Format]] = {"png": "png", "svg": "svg", "pdf": "pdf"}


def format_of(path: Path) -> str:
    """Return the format a file's ending names; Refused for any other."""
    return ending_of(path, FORMATS, _("A figure is drawn as {known}"))


def marked(drawn: FigureOut, marking: Marking, *, synthetic: bool) -> FigureOut:
    """Return a figure with the marking it must carry, above and below."""
    return replace(drawn, marking=exports.banner(marking, synthetic=synthetic))


def to_file(
    workspace: Workspace,
    wish: Wish,
    path: Path,
    *,
    now: datetime,
    recipient: str = "",
    reason: str = "",
    dpi: float = 300,
) -> Return:
    """Write the figure of a return; what left is journalled first.

    It is marked as high as the workspace. Raises Refused to those who may not export, and where
    nothing was counted that could be drawn; CannotWrite where the file cannot be written.
    """
    from ocgdesk.reports import figure_painter

    workspace.user.need(Right.EXPORT)
    kind = format_of(path)
    with workspace.reading(reason) as reader:
        made = returns.make(reader, wish, now=now)
    about = workspace.about
    drawn = marked(return_figures.figure(made), about.marking, synthetic=about.synthetic)
    data = figure_painter.paint(drawn, FORMATS[kind], dpi=dpi)
    return_papers.leave(
        workspace, made, path, data, label="Export figure", recipient=recipient, reason=reason
    )
    return made
