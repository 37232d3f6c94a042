"""What is due as a calendar file: the options of the command that writes one."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import session
from ocgdesk.cli.session import FilePath
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import ngettext

if TYPE_CHECKING:
    from ocgdesk.store.falling_due import Due
    from ocgdesk.store.workspace import Workspace


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that write a calendar."""
    for option in (
        click.option("--reason", default="", help="Why it leaves; kept in the journal."),
        session.recipient_option,
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
) -> str:
    """Write what is due as a calendar where a file is named; return what to say of it."""
    from ocgdesk.casework import reminder_papers, reminders

    if out is None:
        return ""
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
    return told.format(n=f"{count:,}", name=out.name)
