"""Opening the national sample to its home page, beside the same reads in raw sqlcipher3."""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, event

from benchmarks.figures import Figure, once
from benchmarks.sample import AS_OF, opened
from ocgdesk.casework import overview
from ocgdesk.casework.overview import Scope
from ocgdesk.security.keys import DataKey
from ocgdesk.store import engine, records
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui import places

Read = tuple[str, Sequence[Any]]


def _ours(path: Path, key: DataKey, user: UUID, scope: Scope | None) -> None:
    """Open, and ask what the window asks before its home page stands."""
    workspace = Workspace.open(path, key, user)
    agency = workspace.about.agency
    with workspace.reading() as reader:
        records.counts(reader, places.COUNTED)
        overview.home(reader, scope, agency=agency, today=AS_OF)
    workspace.engine.dispose()


def _reads(path: Path, key: DataKey, user: UUID, scope: Scope | None) -> list[Read]:
    """Return the statements that opening and the home page read with, values and all."""
    found: list[Read] = []

    def note(*given: Any) -> None:
        found.append((given[2], given[3]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        _ours(path, key, user, scope)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return [read for read in found if read[0].lstrip().upper().startswith("SELECT")]


def _raw(path: Path, key: DataKey, reads: Iterable[Read]) -> None:
    connection = engine.connect(path, key, shared=True)
    for statement, values in reads:
        connection.execute(statement, values).fetchall()
    connection.close()


_MEMORY = """
import sys
from pathlib import Path
from uuid import UUID
from ocgdesk import settings
from ocgdesk.ui.application import make_app
app = make_app(settings.Settings(theme="light"))
from ocgdesk.security.keys import DataKey
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.window import MainWindow
w = Workspace.open(Path(sys.argv[1]), DataKey(bytes.fromhex(sys.argv[2])), UUID(sys.argv[3]))
window = MainWindow(Desk(w, settings.Settings())); window.show()
while not window.current_page().ready():
    app.processEvents()
status = Path("/proc/self/status").read_text()  # getrusage would count the parent's too
print(int(status.split("VmHWM:")[1].split()[0]) / 1024)
import sys; sys.stdout.flush()
import os; os._exit(0)
"""


def _opening(sample: Path, key: DataKey, user: UUID, folder: Path, scope: Scope | None) -> Figure:
    shown = scope.value if scope else "home"
    reads = _reads(sample, key, user, scope)
    said = folder / f"{shown}-reads.sql"
    said.write_text("".join(f"{statement};\n\n" for statement, _ in reads))
    both = [
        (once(lambda: _ours(sample, key, user, scope)), once(lambda: _raw(sample, key, reads)))
        for _ in range(9)
    ]
    ours, raw = (statistics.median(seconds) for seconds in zip(*both[1:], strict=True))
    return Figure(
        name=f"open national to the home page ({shown})",
        value=ours,
        floor=raw,
        floor_is="the same reads in raw sqlcipher3",
        target=2.0,
        ratio=True,
        note=f"{len(reads)} reads, listed in {said.name}",
    )


def _memory(sample: Path, key: DataKey, user: UUID) -> Figure:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(sample), key.hex(), str(user)],
        check=True,
        env=env,
        capture_output=True,
        text=True,
    )
    return Figure(
        name="resident memory, national open at home",
        value=float(said.stdout.split()[-1]),
        unit="MiB",
        target=600.0,
    )


def figures(sample: Path, folder: Path) -> list[Figure]:
    """Measure opening to the home page's answers, and the memory of the whole window.

    Once as the page opens by itself, and once for the OCGs of all forces.
    """
    workspace = opened(sample)
    key, user = workspace.key, workspace.user.id
    workspace.close()
    return [
        _opening(sample, key, user, folder, None),
        _opening(sample, key, user, folder, Scope.ALL),
        _memory(sample, key, user),
    ]
