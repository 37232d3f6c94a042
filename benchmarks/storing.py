"""Importing 100,000 nominals from CSV, journal included, beside a raw executemany."""

import time
from pathlib import Path

import sqlcipher3

from benchmarks.figures import Figure, once
from ocgdesk.casework import access, imports
from ocgdesk.casework.access import NewWorkspace
from ocgdesk.casework.samples import PASSPHRASE
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.exchange import intake
from ocgdesk.security import keyfile
from ocgdesk.security.keys import DataKey
from ocgdesk.security.slots import Cost
from ocgdesk.store import engine
from ocgdesk.store.journal import Act
from ocgdesk.store.preparing import prepare

ROWS = 100_000


def _csv(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("ID,Name,DOB,Gender,PNC ID\n")
        for n in range(ROWS):
            day, month, year = n % 28 + 1, n % 12 + 1, 1950 + n % 55
            file.write(f"R{n},Given{n % 977} Family{n},{day}/{month}/{year},Male,\n")


_TABLES = ("entity", "nominal", "v_external", "v_identifier")
"""Where the rows of an imported nominal are, journal and search index left out."""


def _raw(filled: Path, key: DataKey, target: Path) -> float:
    """Write the same rows by hand, into the same tables and indexes, in one transaction."""
    source = engine.connect(filled, key, shared=True)
    target.unlink(missing_ok=True)
    raw = sqlcipher3.connect(str(target), isolation_level=None)
    raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    raw.execute("PRAGMA journal_mode = WAL")
    rows = {}
    for table in _TABLES:
        for (made,) in source.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL "
            "ORDER BY type DESC",
            (table,),
        ):
            raw.execute(made)
        rows[table] = source.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
    source.close()

    def write() -> None:
        raw.execute("BEGIN IMMEDIATE")
        for table, some in rows.items():
            if some:
                marks = ",".join("?" * len(some[0]))
                raw.executemany(f"INSERT INTO {table} VALUES ({marks})", some)  # noqa: S608
        raw.execute("COMMIT")

    spent = once(write)
    raw.close()
    target.unlink()
    return spent


def figures(_sample: Path, folder: Path) -> list[Figure]:
    """Measure reading, comparing and writing; the write lock is held for the writing alone."""
    source, path = folder / "nominals.csv", folder / "import.ocgdesk"
    _csv(source)
    for old in (path, keyfile.path_for(path)):
        old.unlink(missing_ok=True)
    new = NewWorkspace(name="Import", agency="WMP", user="analyst", synthetic=True, recovery=False)
    workspace, _words = access.create(path, new, PASSPHRASE, cost=Cost(memory_kib=1024, time=1))
    start = time.perf_counter()
    draft = intake.draft_of([source], kind=Kind.NOMINAL)
    with workspace.reading() as reader:
        proposal = imports.propose(reader, draft)
    prepared = time.perf_counter()
    ready = prepare(workspace, [row.after for row in proposal.rows])
    with workspace.work("Import", right=Right.IMPORT, act=Act.COLLECTION) as done:
        locked = time.perf_counter()
        done.work.put_prepared(ready)
    ended = time.perf_counter()
    key = workspace.key
    workspace.close()
    raw = min(_raw(path, key, folder / "raw.db") for _ in range(3))
    whole, held = ended - start, ended - locked
    return [
        Figure(
            name=f"import of {ROWS:,} nominals from CSV, journal included",
            value=whole,
            floor=raw,
            floor_is="a raw executemany of the same rows into the same tables and indexes",
            target=25.0,
            ratio=True,
            note=f"prepared in {prepared - start:.2f} s",
        ),
        Figure(
            name="share of the import for which the write lock is held",
            value=held / whole,
            unit="",
            target=0.5,
        ),
    ]
