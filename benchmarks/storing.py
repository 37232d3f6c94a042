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
from ocgdesk.security.slots import Cost
from ocgdesk.store.journal import Act

ROWS = 100_000


def _csv(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("ID,Name,DOB,Gender,PNC ID\n")
        for n in range(ROWS):
            day, month, year = n % 28 + 1, n % 12 + 1, 1950 + n % 55
            file.write(f"R{n},Given{n % 977} Family{n},{day}/{month}/{year},Male,\n")


def _raw(path: Path, rows: list[tuple[object, ...]]) -> float:
    path.unlink(missing_ok=True)
    connection = sqlcipher3.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{'ab' * 32}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE nominal (no INTEGER PRIMARY KEY, key, name, born, gender)")

    def write() -> None:
        connection.executemany("INSERT INTO nominal VALUES (?,?,?,?,?)", rows)
        connection.commit()

    spent = once(write)
    connection.close()
    path.unlink()
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
    with workspace.work("Import", right=Right.IMPORT, act=Act.COLLECTION) as done:
        locked = time.perf_counter()
        imports.take_in(done.work, proposal)
    ended = time.perf_counter()
    workspace.close()
    rows = [(n, f"R{n}", f"Given{n % 977} Family{n}", "1950-01-01", "male") for n in range(ROWS)]
    raw = min(_raw(folder / "raw.db", rows) for _ in range(3))
    whole, held = ended - start, ended - locked
    return [
        Figure(
            name=f"import of {ROWS:,} nominals from CSV, journal included",
            value=whole,
            floor=raw,
            floor_is="a raw executemany of the same rows",
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
