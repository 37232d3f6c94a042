"""Checking a workspace from end to end: pages, tables, journal, records, index, keys."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from ocgdesk.errors import BadWorkspace, DeskError
from ocgdesk.progress import Progress, silent, track
from ocgdesk.security import chain
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.security.keys import DataKey
from ocgdesk.store import comparing, event_blocks, journal, search
from ocgdesk.store import engine as engines
from ocgdesk.store.faults import translated
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
    findings = _run(workspace.engine, (*_ANYWHERE, _index), progress)
    findings += _keys(workspace)
    entries, newest = _head(workspace.engine, findings, head)
    return Verdict(tuple(findings), entries, newest)


def examine(path: Path, key: DataKey, why: str, *, progress: Progress = silent) -> Verdict:
    """Check a file that does not open, so that what is wrong can be said, and where.

    ``why`` is what opening it said; it is among the findings where nothing surer is found.
    """
    progress(0, 1, "Verifying")
    try:
        with translated():
            pages = [_page(said) for said in engines.page_faults(path, key)]
    except DeskError as error:
        return Verdict((Finding("page 1", str(error)),), 0, "")
    if pages:
        return Verdict(tuple(pages), 0, "")
    engine = engines.engine_for(path, key, shared=True, writable=False)
    try:
        findings = _run(engine, _ANYWHERE, progress)
        entries, newest = _head(engine, findings, "")
    finally:
        engine.dispose()
    return Verdict(tuple(findings) or (Finding("workspace", why),), entries, newest)


_Step = Callable[[Connection, Progress], list[Finding]]


def _run(engine: Engine, steps: Sequence[_Step], progress: Progress) -> list[Finding]:
    findings: list[Finding] = []
    for step in track(steps, progress, "Verifying"):
        engine.dispose()  # SQLCipher goes on failing on a connection that met a bad page
        try:
            with engine.connect() as connection:
                findings += step(connection, progress)
        except (DBAPIError, DeskError) as error:
            where = step.__name__.strip("_").replace("_", " ")
            findings.append(Finding(where, str(getattr(error, "orig", error))))
    return findings


def _pages(connection: Connection, _progress: Progress) -> list[Finding]:
    """Check the authentication code of every page: a changed byte is found, and where."""
    rows = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars()
    return [_page(str(row)) for row in rows]


def _page(said: str) -> Finding:
    number = re.search(r"page (\d+)", said)
    if number is None:
        return Finding("pages", said)
    return Finding(f"page {number[1]}", "it was changed or damaged after it was written")


def _structure(connection: Connection, _progress: Progress) -> list[Finding]:
    rows = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
    return [Finding("structure", str(row)) for row in rows if row != "ok"]


def _tables(connection: Connection, _progress: Progress) -> list[Finding]:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [Finding(f"table {row[0]}", f"row {row[1]} names a missing record") for row in rows[:20]]


def _journal(connection: Connection, progress: Progress) -> list[Finding]:
    """Check the chain, and where it holds, every record against what it last says of it."""
    if broken := journal.check(connection):
        return [Finding(f"journal entry {broken.seq}", broken.what)]
    return [Finding(d.where, d.what) for d in comparing.differences(connection, progress)]


def _events(connection: Connection, _progress: Progress) -> list[Finding]:
    """Check that the events beneath links are those that their imports brought."""
    told = "the events it brought are not those that are kept"
    return [Finding(f"journal entry {seq}", told) for seq in event_blocks.broken(connection)]


def _index(connection: Connection, _progress: Progress) -> list[Finding]:
    wrong = search.check(connection)
    return [Finding("search index", wrong)] if wrong else []


_ANYWHERE: tuple[_Step, ...] = (_pages, _structure, _tables, _journal, _events)
"""What can be checked in a file that is open for reading only."""


def _keys(workspace: Workspace) -> list[Finding]:
    found = []
    try:
        inside = workspace.value("keyfile")
        beside = keyfiles.to_bytes(keyfiles.read(keyfiles.path_for(workspace.path))).decode()
        if beside != inside:
            found.append(Finding("key file", "it differs from the copy kept inside the workspace"))
    except DeskError as error:
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


def _head(engine: Engine, findings: list[Finding], head: str) -> tuple[int, str]:
    try:
        with translated(), engine.connect() as connection:
            entries, newest = journal.head(connection)
            if head and not journal.has_head(connection, head):
                findings.append(Finding("journal", "the printed head is not part of this journal"))
    except BadWorkspace as error:
        findings.append(Finding("journal", str(error)))
        return 0, ""
    return entries, chain.short(newest)
