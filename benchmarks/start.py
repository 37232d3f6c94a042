"""Time to the unlock page and to a usable window, as whole processes beside bare PySide6."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.figures import Figure
from ocgdesk.casework import samples

_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([]); w = QWidget(); w.resize(1440, 900); w.show(); app.processEvents()
"""
_UNLOCK = """
import sys
from ocgdesk import settings
from ocgdesk.ui.application import make_app
app = make_app(settings.Settings(theme="light"))
from ocgdesk.ui.entry import Entry
e = Entry(settings.Settings()); e.page.resize(1440, 900); e.page.show(); app.processEvents()
import os; os._exit(0)
"""
_USABLE = """
import sys
from pathlib import Path
from uuid import UUID
from ocgdesk import settings
from ocgdesk.ui.application import make_app
app = make_app(settings.Settings(theme="light"))
from ocgdesk.ui.entry import Entry
e = Entry(settings.Settings()); e.page.resize(1440, 900); e.page.show(); app.processEvents()
from ocgdesk.security.keys import DataKey
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.window import MainWindow
w = Workspace.open(Path(sys.argv[1]), DataKey(bytes.fromhex(sys.argv[2])), UUID(sys.argv[3]))
window = MainWindow(Desk(w, settings.Settings())); window.show()
while not window.current_page().ready():
    app.processEvents()
app.processEvents()
import os; os._exit(0)
"""


def _seconds(code: str, *arguments: str, times: int = 7) -> float:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", code, *arguments], check=True, env=env, capture_output=True
        )
        spent.append(time.perf_counter() - start)
    return statistics.median(spent[1:])


def figures(_sample: Path, folder: Path) -> list[Figure]:
    """Measure both starts beside a bare window; key derivation is left out."""
    small = folder / "small.ocgdesk"
    workspace = samples.write(small, "force", replace=True).workspace
    key, user = workspace.key.hex(), str(workspace.user.id)
    workspace.close()
    bare = _seconds(_BARE)
    return [
        Figure(
            name="unlock page shown",
            value=_seconds(_UNLOCK),
            floor=bare,
            floor_is="a bare PySide6 window",
            target=2.5,
            ratio=True,
        ),
        Figure(
            name="usable window, force sample",
            value=_seconds(_USABLE, str(small), key, user),
            floor=bare,
            floor_is="a bare PySide6 window",
            target=5.0,
            ratio=True,
        ),
    ]
