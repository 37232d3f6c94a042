"""What is due as a calendar file: the options of the commands that write one."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from ocgdesk.cli import output
from ocgdesk.cli.session import FilePath
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from ocgdesk.store.falling_due import Due
    from ocgdesk.store.workspace import Workspace

LONDON = ZoneInfo("Europe/London")


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that write a calendar."""
    for option in (
        click.option("--reason", default="", help="Why it leaves; kept in the journal."),
        click.option("--recipient", default="", help="Who it is for; kept in the journal."),
        click.option("--named", is_flag=True, help="Titles and names too, not references alone."),
        click.option("-o", "--output", "out", type=FilePath, help="Write a calendar, .ics."),
    ):
        command = option(command)
    return command


def write(
    workspace: "Workspace",
    found: "Sequence[Due]",
    *,
    out: Path | None,
    named: bool,
    recipient: str,
    reason: str,
) -> bool:
    """Write what is due as a calendar where a file is named; return whether one was."""
    from ocgdesk.casework import reminder_papers, reminders

    if out is None:
        return False
    count = reminder_papers.to_file(
        workspace,
        [reminders.of_due(one) for one in found],
        out,
        now=datetime.now(LONDON),
        named=named,
        recipient=recipient,
        reason=reason,
    )
    told = ngettext("Wrote {n} day to {name}", "Wrote {n} days to {name}", count)
    output.say(told.format(n=f"{count:,}", name=out.name), to_error=True)
    return True
