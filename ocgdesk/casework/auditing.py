"""Reading the journal as an auditor: who did what, when and why. Its own use is logged too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from ocgdesk.casework.files import write
from ocgdesk.domain.people import Right, User
from ocgdesk.exchange.writers import write_csv
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress, silent
from ocgdesk.security import chain
from ocgdesk.store import auditing, namesakes, verification
from ocgdesk.store.auditing import AuditQuery
from ocgdesk.store.journal import Act, Entry, Logged
from ocgdesk.store.reader import Reader
from ocgdesk.store.verification import Verdict
from ocgdesk.store.workspace import Workspace

ACTS: dict[Act, str] = {
    Act.COLLECTION: N_("Collection"),
    Act.ALTERATION: N_("Alteration"),
    Act.CONSULTATION: N_("Consultation"),
    Act.DISCLOSURE: N_("Disclosure"),
    Act.COMBINATION: N_("Combination"),
    Act.ERASURE: N_("Erasure"),
    Act.ACCESS: N_("Access"),
    Act.KEYS: N_("Keys"),
    Act.SESSION: N_("Session"),
    Act.UNDO: N_("Undo"),
    Act.REDO: N_("Redo"),
}
"""Words for acts; the first six are the operations of DPA 2018 s.62."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Entries of the journal, each with the references of the records it was about."""

    entries: tuple[Logged, ...]
    refs: Mapping[int, tuple[str, ...]]
    users: Mapping[UUID, User]
    is_all: bool
    """Whether nothing older that matches was left off."""
    whose: Mapping[int, frozenset[UUID]] = field(default_factory=dict)
    """Of look-ups: the users by whose name the records went, for each entry."""

    def user_words(self, entry: Logged) -> str:
        """Return who it was, as shown."""
        user = self.users.get(entry.user)
        return user.display if user is not None else _("unknown user")

    def lookup_words(self, entry: Logged) -> str:
        """Return whose record a look-up may have been of; empty for any other entry."""
        ids = self.whose.get(entry.seq, frozenset())
        others = sorted(user.display for id_ in ids if (user := self.users.get(id_)))
        own = _("own name") if entry.user in ids else ""
        others = [name for name in others if name != self.user_words(entry)]
        colleagues = _("colleague: {names}").format(names=", ".join(others)) if others else ""
        return "; ".join(part for part in (own, colleagues) if part)


def read(workspace: Workspace, reader: Reader, query: AuditQuery, ref: str = "") -> Seen:
    """Return the newest matching entries; that they were read is logged.

    ``ref`` narrows them to one record by its reference, also one that is gone. Raises NotFound
    for a reference that was never issued and Refused to those who are no auditors.
    """
    if ref:
        query = replace(query, subject=auditing.number_of(reader, ref))
    found = auditing.entries(reader, query)
    refs = auditing.subjects(reader, [entry.seq for entry in found])
    subjects = (query.subject,) if query.subject is not None else ()
    what = {"lookups": True} if query.lookups is not None else {}
    reader.saw("Read the journal", subjects, entries=len(found), **what)
    return Seen(
        entries=tuple(found),
        refs=refs,
        users={user.id: user for user in workspace.users()},
        is_all=len(found) < query.limit,
        whose=_whose(reader, query, found),
    )


def read_lookups(
    workspace: Workspace,
    reader: Reader,
    query: AuditQuery,
    ref: str = "",
    *,
    of: UUID | None = None,
) -> Seen:
    """Return who looked at or searched for records that go by a user's own or a colleague's name.

    ``of`` narrows them to look-ups of one user, ``query.user`` to those by one. A name is a
    hint, no proof. Logged, as ``read`` is.
    """
    return read(workspace, reader, replace(query, lookups=namesakes.lookups(reader, of)), ref)


def _whose(
    reader: Reader, query: AuditQuery, found: Sequence[Logged]
) -> dict[int, frozenset[UUID]]:
    """Return, for each look-up, the users by whose name its records go."""
    if (known := query.lookups) is None:
        return {}
    about = namesakes.subjects_among(reader, [entry.seq for entry in found], known.whose)
    whose = {seq: known.searches.get(seq, frozenset()) for seq in (e.seq for e in found)}
    for seq, nos in about.items():
        whose[seq] |= frozenset().union(*(known.whose[no] for no in nos))
    return whose


def head(workspace: Workspace) -> tuple[int, str]:
    """Return how many entries there are and the head of their chain as printed."""
    newest, hash_ = workspace.head()
    return newest, chain.short(hash_)


def verify(workspace: Workspace, progress: Progress = silent) -> Verdict:
    """Check the whole workspace, its journal included."""
    return verification.verify(workspace, progress=progress)


def export(workspace: Workspace, seen: Seen, path: Path) -> Path:
    """Write entries as CSV with the head of the chain; logged as a disclosure beforehand.

    Raises Refused to those who are no auditors, CannotWrite where the file cannot be written.
    """
    workspace.user.need(Right.AUDIT)
    _count, short = head(workspace)
    workspace.log(
        Entry(
            act=Act.DISCLOSURE,
            label="Export the journal",
            user=workspace.user.id,
            detail={"entries": len(seen.entries), "head": short},
        )
    )
    rows = [_row(seen, entry) for entry in seen.entries]
    rows.append(("", "", "", "", _("Head of the journal: {head}").format(head=short), "", "", ""))
    return write(path, write_csv(rows, _headings()))


def _headings() -> tuple[str, ...]:
    return (
        _("Entry"), _("Time (UTC)"), _("User"), _("Operation"), _("What was done"),
        _("Records"), _("Reason"), _("Whose name"),
    )  # fmt: skip


def _row(seen: Seen, entry: Logged) -> tuple[object, ...]:
    return (
        entry.seq,
        entry.at.isoformat(timespec="seconds"),
        seen.user_words(entry),
        _(ACTS[entry.act]),
        entry.label,
        "; ".join(seen.refs.get(entry.seq, ())),
        entry.reason,
        seen.lookup_words(entry),
    )
