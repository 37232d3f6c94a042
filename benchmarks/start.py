"""Time to the unlock page and to a usable window, as whole processes beside bare PySide6."""

import compileall
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure
from ocgdesk.casework import samples

_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([]); w = QWidget(); w.resize(1440, 900); w.show(); app.processEvents()
"""
_UNLOCK = """
from ocgdesk import settings
from ocgdesk.app import Desktop
from ocgdesk.ui.application import make_app
app = make_app(settings.Settings(theme="light"))
desktop = Desktop(app, settings.Settings()); desktop.begin(); app.processEvents()
import os; os._exit(0)
"""
_USABLE = """
import sys
from pathlib import Path
from uuid import UUID
from PySide6.QtCore import QEventLoop
from ocgdesk import settings
from ocgdesk.app import Desktop
from ocgdesk.ui.application import make_app
app = make_app(settings.Settings(theme="light"))
desktop = Desktop(app, settings.Settings()); desktop.begin(Path(sys.argv[1])); app.processEvents()
from ocgdesk.security.keys import DataKey
from ocgdesk.store.workspace import Workspace
w = Workspace.open(Path(sys.argv[1]), DataKey(bytes.fromhex(sys.argv[2])), UUID(sys.argv[3]))
desktop.open(w)
while not desktop.window.current_page().ready():
    app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
app.processEvents()
import os; os._exit(0)
"""
ROUNDS: Final = 9


def _seconds(code: str, home: Path, *arguments: str) -> float:
    """Return how long a whole process takes."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    env |= {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, env=env, capture_output=True
    )
    return time.perf_counter() - start


def _medians(home: Path, entry: tuple[str, str, str]) -> dict[str, float]:
    """Run every start in turn, so that whatever else the machine does falls on all of them."""
    codes = {_BARE: (), _UNLOCK: (), _USABLE: entry}
    spent: dict[str, list[float]] = {code: [] for code in codes}
    for _round in range(ROUNDS + 1):
        for code, arguments in codes.items():
            spent[code].append(_seconds(code, home, *arguments))
    return {code: statistics.median(seconds[1:]) for code, seconds in spent.items()}


def figures(_sample: Path, folder: Path) -> list[Figure]:
    """Measure both starts beside a bare window; key derivation is left out.

    The workspace is opened the moment the unlock page is shown, as if nobody had to type.
    Modules are compiled beforehand, as they are in an installed program.
    """
    import ocgdesk

    compileall.compile_dir(Path(ocgdesk.__file__).parent, quiet=1)
    small, home = folder / "small.ocgdesk", folder / "home"
    home.mkdir(exist_ok=True)
    workspace = samples.write(small, "force", replace=True).workspace
    key, user = workspace.key.hex(), str(workspace.user.id)
    workspace.close()
    spent = _medians(home, (str(small), key, user))
    bare = spent[_BARE]
    return [
        Figure(
            name="unlock page shown",
            value=spent[_UNLOCK],
            floor=bare,
            floor_is="a bare PySide6 window",
            target=2.5,
            ratio=True,
        ),
        Figure(
            name="usable window, force sample",
            value=spent[_USABLE],
            floor=bare,
            floor_is="a bare PySide6 window",
            target=5.0,
            ratio=True,
        ),
    ]
