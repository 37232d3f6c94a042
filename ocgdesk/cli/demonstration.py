"""The main job from end to end, without a display: ``demo``."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ocgdesk.cli import charting, examples, output, planning, session
from ocgdesk.cli.chart_telling import Drawn
from ocgdesk.cli.doors import Doors
from ocgdesk.cli.session import FilePath
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import CannotWrite, Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from uuid import UUID

    from ocgdesk.store.workspace import Workspace

ROUND = "Tarnbrook"
"""The OCG every sample has that the chart and the plan are about."""


@click.command()
@click.option("--out", type=FilePath, default=Path("out"), show_default=True)
@click.option("--as-of", default="", help="The day the sample is made for; today if left out.")
@click.option("--no-pictures", is_flag=True, help="Leave out the pictures of the window.")
@click.pass_obj
def demo(doors: Doors, out: Path, as_of: str, *, no_pictures: bool) -> None:
    """Make a sample, and write charts, briefings, a return and pictures of the window."""
    from ocgdesk.casework import samples

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        told = _("The folder {name} cannot be made: {reason}")
        raise CannotWrite(told.format(name=out.name, reason=error.strerror)) from None
    path = out / "sample.ocgdesk"
    written = samples.write(
        path, "region", as_of=session.day_of(as_of), replace=True, progress=session.progress()
    )
    output.say(str(path))
    try:
        for made in _papers(written.workspace, out):
            output.say(str(made))
    finally:
        written.workspace.close()
    if doors.pictures is not None and not no_pictures:
        _pictures(doors, out / "screenshots")


def _papers(workspace: "Workspace", out: Path) -> Iterator[Path]:
    drawn, ocg = _drawn(workspace)
    for kind in charting.FORMATS:
        path = out / f"chart.{kind}"
        charting.write(workspace, drawn, path, reason="Demonstration")
        yield path
    planning.write(workspace, ocg, out / "plan.docx", reason="Demonstration")
    yield out / "plan.docx"
    yield _list(workspace, out / "ocgs.xlsx")
    yield from examples.write(workspace, ocg, out)


def _drawn(workspace: "Workspace") -> tuple[Drawn, "UUID"]:
    from ocgdesk.store import records

    wish = charting.Wish(
        refs=(ROUND,), saved="", hops=1, kinds=(), layout="force", most=500, title="", on=""
    )
    with workspace.reading("Demonstration") as reader:
        return charting.draw(reader, wish), records.resolve(reader, ROUND).id


def _list(workspace: "Workspace", path: Path) -> Path:
    from ocgdesk.casework import exports
    from ocgdesk.casework.lists import Question
    from ocgdesk.domain.kinds import Kind

    said = exports.printed(workspace, datetime.now(LONDON))
    exports.to_file(workspace, Question(kind=Kind.OCG), path, said, reason="Demonstration")
    return path


def _pictures(doors: Doors, folder: Path) -> None:
    assert doors.pictures is not None  # noqa: S101 - asked by who calls
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # whatever display there is stays as it is
    if doors.pictures(folder):
        raise Refused(_("A page of the window never showed what it asked for"))
    output.say(str(folder))
