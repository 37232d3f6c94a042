"""Checking a workspace from end to end: pages, tables, journal, index, keys."""

from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from ocgdesk.errors import BadWorkspace, DeskError
from ocgdesk.progress import Progress, silent
from ocgdesk.security import chain
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.store import journal, search
from ocgdesk.store.meta import Meta
from ocgdesk.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: where, and what. ``grave`` is false for mere advice."""

    where: str
    what: str
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found, and the head of the journal it ended at."""

    findings: tuple[Finding, ...]
    entries: int
    head: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing grave was found."""
        return not any(finding.grave for finding in self.findings)


def verify(workspace: Workspace, *, head: str = "", progress: Progress = silent) -> Verdict:
    """Check everything, and that a printed ``head``, if given, is an ancestor of this journal."""
    findings: list[Finding] = []
    steps = (_pages, _tables, _journal, _index, _keys)
    for done, step in enumerate(steps):
        progress(done, len(steps), "Verifying")
        try:
            with workspace.connection() as connection:
                findings += step(workspace, connection)
        except (DBAPIError, DeskError) as error:
            findings.append(Finding(step.__name__.strip("_"), str(getattr(error, "orig", error))))
    progress(len(steps), len(steps), "Verifying")
    entries, newest = _head(workspace, findings, head)
    return Verdict(tuple(findings), entries, newest)


def _pages(_workspace: Workspace, connection: Connection) -> list[Finding]:
    found = []
    for pragma in ("cipher_integrity_check", "integrity_check"):
        rows = connection.exec_driver_sql(f"PRAGMA {pragma}").scalars()
        found += [Finding("pages", str(row)) for row in rows if row != "ok"]
    return found


def _tables(_workspace: Workspace, connection: Connection) -> list[Finding]:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [Finding(f"table {row[0]}", f"row {row[1]} names a missing record") for row in rows[:20]]


def _journal(_workspace: Workspace, connection: Connection) -> list[Finding]:
    broken = journal.check(connection)
    return [Finding(f"journal entry {broken.seq}", broken.what)] if broken else []


def _index(_workspace: Workspace, connection: Connection) -> list[Finding]:
    wrong = search.check(connection)
    return [Finding("search index", wrong)] if wrong else []


def _keys(workspace: Workspace, connection: Connection) -> list[Finding]:
    inside = Meta.read(connection).values["keyfile"]
    found = []
    try:
        beside = keyfiles.to_bytes(keyfiles.read(keyfiles.path_for(workspace.path))).decode()
        if beside != inside:
            found.append(Finding("key file", "it differs from the copy kept inside the workspace"))
    except BadWorkspace as error:
        found.append(Finding("key file", str(error)))
    if not workspace.about.recovery:
        found.append(
            Finding(
                "recovery words",
                "there are none: whoever forgets the last passphrase loses this workspace",
                grave=False,
            )
        )
    return found


def _head(workspace: Workspace, findings: list[Finding], head: str) -> tuple[int, str]:
    try:
        with workspace.connection() as connection:
            entries, newest = journal.head(connection)
            if head and not journal.has_head(connection, head):
                findings.append(Finding("journal", "the printed head is not part of this journal"))
    except (DBAPIError, BadWorkspace) as error:
        findings.append(Finding("journal", str(getattr(error, "orig", error))))
        return 0, ""
    return entries, chain.short(newest)
