"""Opening the national sample to its home page, beside the same reads in raw sqlcipher3."""

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import Figure, once
from benchmarks.sample import AS_OF, opened
from ocgdesk.store import engine, planning, records
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui import places

_READS = (
    "SELECT version_num FROM alembic_version",
    "SELECT name, value FROM meta",
    "SELECT * FROM user",
    "SELECT * FROM journal ORDER BY seq DESC LIMIT 1",
    "SELECT kind, count(*) FROM entity GROUP BY kind",
    (
        "SELECT entity.no FROM entity JOIN ocg ON ocg.no = entity.no WHERE ocg.status = 'active' "
        "ORDER BY ocg.review_due IS NULL, ocg.review_due, entity.sort_key LIMIT 500"
    ),
    "SELECT e.owner_no, e.no, p.review_due FROM entity e JOIN plan p ON p.no = e.no",
    (
        "SELECT e.owner_no, a.strand, count(*) FROM entity e JOIN action a ON a.no = e.no "
        "GROUP BY e.owner_no, a.strand"
    ),
    (
        "SELECT a.no, a.title, a.due FROM action a WHERE a.status IN "
        "('not-started','in-progress','blocked') AND a.due <= '2026-12-05' ORDER BY a.due LIMIT 500"
    ),
)
"""The reads an opening needs: form, values, users, journal head, counts, home page."""


def _ours(path: Path, key: object, user: object) -> None:
    workspace = Workspace.open(path, key, user)  # type: ignore[arg-type]
    with workspace.reading() as reader:
        records.counts(reader, places.COUNTED)
        planning.glance(reader, planning.active_ocgs(reader), AS_OF)
        planning.due(reader, AS_OF)
    workspace.engine.dispose()


def _raw(path: Path, key: object) -> None:
    connection = engine.connect(path, key, shared=True)  # type: ignore[arg-type]
    for read in _READS:
        connection.execute(read).fetchall()
    connection.close()


_MEMORY = """
import resource, sys
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
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
import sys; sys.stdout.flush()
import os; os._exit(0)
"""


def figures(sample: Path, _folder: Path) -> list[Figure]:
    """Measure opening to the home page's answers, and the memory of the whole window."""
    workspace = opened(sample)
    key, user = workspace.key, workspace.user.id
    workspace.close()
    _raw(sample, key)
    ours = sorted(once(lambda: _ours(sample, key, user)) for _ in range(5))[2]
    raw = sorted(once(lambda: _raw(sample, key)) for _ in range(5))[2]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(sample), key.hex(), str(user)],
        check=True,
        env=env,
        capture_output=True,
        text=True,
    )
    return [
        Figure(
            name="open national to the home page",
            value=ours,
            floor=raw,
            floor_is="the same reads in raw sqlcipher3",
            target=2.0,
            ratio=True,
        ),
        Figure(
            name="resident memory, national open at home",
            value=float(said.stdout.split()[-1]),
            unit="MiB",
            target=600.0,
        ),
    ]
