"""Read access for a while: what break-glass opened to whom, as the journal has it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Connection, func, select

from ocgdesk.store import tables
from ocgdesk.store.journal import Act

LABEL: Final = "Break-glass access"
"""The label of the journal entry that lends access; its subjects are what it opens."""
RULE: Final = "rule.break-glass"
"""The value of the workspace that says whether break-glass is allowed: ``on`` or ``off``."""
OFF: Final = "off"
LONGEST: Final = timedelta(hours=72)
"""Access is lent for no longer than this, so that no older entry need be looked at."""

_journal, _subject, _meta = tables.journal, tables.journal_subject, tables.meta


def lent(connection: Connection, user: UUID, now: datetime) -> Mapping[int, datetime]:
    """Return the numbers a user may read for a while, each with the moment (UTC) it ends.

    Switching break-glass off ends what is lent at once.
    """
    rule = select(_meta.c.value).where(_meta.c.name == RULE)
    if connection.execute(rule).scalar() == OFF:
        return {}
    since = (now - LONGEST).astimezone(UTC).isoformat(timespec="microseconds")
    first = select(func.min(_journal.c.seq)).where(_journal.c.at >= since).scalar_subquery()
    query = (
        select(_subject.c.no, _journal.c.detail)
        .join(_journal, _journal.c.seq == _subject.c.seq)
        .where(
            _journal.c.user_id == user.bytes,
            _journal.c.seq >= first,
            _journal.c.act == Act.ACCESS.value,
            _journal.c.label == LABEL,
        )
    )
    ends = [(int(row.no), until(row)) for row in connection.execute(query)]
    return {no: end for no, end in sorted(ends, key=lambda one: one[1]) if end > now}


def until(row: Any) -> datetime:
    """Return the moment at which what an entry lent ends."""
    return datetime.fromisoformat(msgspec.json.decode(row.detail)["until"])
