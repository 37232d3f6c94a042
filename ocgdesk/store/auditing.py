"""Questions an auditor asks of the journal. No record is opened to answer them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from ocgdesk.domain.people import Right
from ocgdesk.errors import NotFound
from ocgdesk.store import journal, tables
from ocgdesk.store.journal import Act, Logged
from ocgdesk.store.namesakes import Lookups
from ocgdesk.store.reader import Reader

_journal = tables.journal
_MOST_SUBJECTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """Which entries are wanted; empty conditions let everything pass."""

    user: UUID | None = None
    acts: tuple[Act, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    subject: int | None = None
    """The number of a record that was looked at or changed."""
    lookups: Lookups | None = None
    """Only what looked at these records, or searched for these names."""
    limit: int = 1_000


def entries(reader: Reader, query: AuditQuery) -> list[Logged]:
    """Return matching entries, newest first. Refused to those who are no auditors."""
    reader.user.need(Right.AUDIT)
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
    if query.lookups is not None:
        statement = statement.where(_looked_up(query.lookups))
    return [journal.logged(row) for row in reader.rows(statement)]


def _looked_up(lookups: Lookups) -> ColumnElement[bool]:
    seen = tables.journal_subject
    of_records = select(seen.c.seq).where(seen.c.no.in_(list(lookups.whose)))
    return and_(
        _journal.c.act == Act.CONSULTATION.value,
        or_(_journal.c.seq.in_(of_records), _journal.c.seq.in_(list(lookups.searches))),
    )


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def subjects(reader: Reader, seqs: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the references of the records each entry was about: references, never names.

    At most fifty of each: an import of thousands is told by its count.
    """
    reader.user.need(Right.AUDIT)
    found: dict[int, list[str]] = {seq: [] for seq in seqs}
    for seq, refs in found.items():
        for about in (tables.journal_subject, tables.journal_item):
            for held in (tables.entity, tables.removed):
                query = (
                    select(held.c.ref)
                    .join(about, about.c.no == held.c.no)
                    .where(about.c.seq == seq, held.c.ref != "")
                    .order_by(held.c.no)
                    .limit(_MOST_SUBJECTS)
                )
                refs += [row.ref for row in reader.rows(query)]
    return {seq: tuple(dict.fromkeys(refs))[:_MOST_SUBJECTS] for seq, refs in found.items()}


def number_of(reader: Reader, ref: str) -> int:
    """Return the number behind a reference, of a record that may be gone; else NotFound."""
    reader.user.need(Right.AUDIT)
    for table in (tables.entity, tables.removed):
        query = select(table.c.no).where(table.c.ref == ref.strip().upper(), table.c.ref != "")
        if rows := reader.rows(query.limit(1)):
            return int(rows[0].no)
    raise NotFound("There is no such reference")
