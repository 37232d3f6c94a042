"""Questions an auditor asks of the journal. No record is opened to answer them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import or_, select

from ocgdesk.store import codec, journal, tables
from ocgdesk.store.journal import Act, Logged
from ocgdesk.store.reader import Reader

_journal = tables.journal


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """Which entries are wanted; empty conditions let everything pass."""

    user: UUID | None = None
    acts: tuple[Act, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    subject: int | None = None
    """The number of a record that was looked at or changed."""
    limit: int = 1_000


def entries(reader: Reader, query: AuditQuery) -> list[Logged]:
    """Return matching entries, newest first."""
    statement = select(_journal).order_by(_journal.c.seq.desc()).limit(query.limit)
    if query.user is not None:
        statement = statement.where(_journal.c.user_id == query.user.bytes)
    if query.acts:
        statement = statement.where(_journal.c.act.in_([act.value for act in query.acts]))
    if query.since is not None:
        statement = statement.where(_journal.c.at >= _text(query.since))
    if query.until is not None:
        statement = statement.where(_journal.c.at <= _text(query.until))
    if query.subject is not None:
        changed, seen = tables.journal_item, tables.journal_subject
        statement = statement.where(
            or_(
                _journal.c.seq.in_(select(changed.c.seq).where(changed.c.no == query.subject)),
                _journal.c.seq.in_(select(seen.c.seq).where(seen.c.no == query.subject)),
            )
        )
    return [journal.logged(row) for row in reader.rows(statement)]


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def subjects(reader: Reader, seqs: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the references of the records each entry was about: references, never names."""
    found: dict[int, list[str]] = {seq: [] for seq in seqs}
    for table in (tables.journal_subject, tables.journal_item):
        for some in codec.batches(seqs):
            query = (
                select(table.c.seq, tables.entity.c.ref)
                .join(tables.entity, tables.entity.c.no == table.c.no)
                .where(table.c.seq.in_(some), tables.entity.c.ref != "")
                .order_by(table.c.seq, table.c.no)
                .limit(5_000)
            )
            for row in reader.rows(query):
                found[row.seq].append(row.ref)
    return {seq: tuple(refs) for seq, refs in found.items()}
