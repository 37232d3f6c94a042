"""Reminders as a calendar file: by reference, since calendars go to telephones and screens."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from ocgdesk.casework import exports
from ocgdesk.casework.reminders import Reminder
from ocgdesk.domain.marking import highest
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.exchange.calendar import DayEvent, write_calendar
from ocgdesk.i18n import _
from ocgdesk.store.workspace import Workspace

FORMAT: Final = "ics"


def check(path: Path) -> None:
    """Raise Refused for a name that is no calendar's."""
    if path.suffix.lower() != f".{FORMAT}":
        raise Refused(_("A calendar is written as .ics"))


def calendar(rows: Sequence[Reminder], *, named: bool, now: datetime, title: str) -> bytes:
    """Return reminders as a calendar; ``named`` puts titles and names in, else references."""
    marking = highest(mark for row in rows for mark in (row.what.marking, row.of.marking)).banner
    events = [
        DayEvent(
            id=row.what.id,
            day=row.due,
            title=f"{marking}: {_words(row, named=named)}",
            note=row.of.ref,
        )
        for row in rows
    ]
    return write_calendar(events, title=f"{marking}: {title}", stamp=now)


def _words(row: Reminder, *, named: bool) -> str:
    if named:
        return f"{row.title} ({row.of.label})"
    kind = _("Review") if row.is_review else label("kinds", row.what.kind.value)
    return f"{kind} {row.what.ref or row.of.ref}".strip()


def to_file(
    workspace: Workspace,
    rows: Sequence[Reminder],
    path: Path,
    *,
    now: datetime,
    named: bool = False,
    recipient: str = "",
    reason: str = "",
) -> int:
    """Write reminders as a calendar; what leaves is journalled first. Return how many.

    Raises Refused to those who may not export and for another ending than .ics, CannotWrite
    where the file cannot be written.
    """
    workspace.user.need(Right.EXPORT)
    check(path)
    data = calendar(rows, named=named, now=now, title=_("What is due"))
    about = tuple({row.of.no for row in rows})
    exports.leave(
        workspace, "Export reminders", data, path, about,
        recipient=recipient, reason=reason, rows=len(rows),
    )  # fmt: skip
    return len(rows)
