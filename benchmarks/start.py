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
import sys, time
from pathlib import Path
from uuid import UUID
from PySide6.QtCore import QEventLoop
from ocgdesk import settings
from ocgdesk.app import Desktop
from ocgdesk.security.keys import DataKey
from ocgdesk.ui.application import make_app
wait = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
app = make_app(settings.Settings(theme="light"))
desktop = Desktop(app, settings.Settings()); desktop.begin(Path(sys.argv[1])); app.processEvents()
while sys.argv[4] == "typed" and not desktop.entry.has_loaded:
    app.processEvents(wait)
unlocked = time.perf_counter()
from ocgdesk.store.workspace import Workspace
w = Workspace.open(Path(sys.argv[1]), DataKey(bytes.fromhex(sys.argv[2])), UUID(sys.argv[3]))
desktop.open(w)
while not desktop.window.current_page().ready():
    app.processEvents(wait)
app.processEvents()
print(time.perf_counter() - unlocked)
sys.stdout.flush()
import os; os._exit(0)
"""
ROUNDS: Final = 9


def _seconds(code: str, home: Path, *arguments: str) -> float:
    """Return how long a whole process takes; one that prints says its seconds itself."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    env |= {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, env=env, capture_output=True
    )
    spent = time.perf_counter() - start
    return float(done.stdout) if done.stdout else spent


def _medians(home: Path, entry: tuple[str, str, str]) -> list[float]:
    """Run every start in turn, so that whatever else the machine does falls on all of them."""
    starts = ((_BARE,), (_UNLOCK,), (_USABLE, *entry, "typed"), (_USABLE, *entry, "at once"))
    spent = [
        [_seconds(code, home, *arguments) for code, *arguments in starts]
        for _round in range(ROUNDS + 1)
    ]
    return [statistics.median(seconds) for seconds in zip(*spent[1:], strict=True)]


def figures(_sample: Path, folder: Path) -> list[Figure]:
    """Measure what a user waits for, beside a bare window; key derivation is left out.

    The usable window is what somebody who types a passphrase waits for: the unlock page, then
    from the key to the home page. What both need is loaded between two keys typed; the note
    says what it takes where nobody types. Modules are compiled beforehand, as they are in an
    installed program.
    """
    import ocgdesk

    compileall.compile_dir(Path(ocgdesk.__file__).parent, quiet=1)
    small, home = folder / "small.ocgdesk", folder / "home"
    home.mkdir(exist_ok=True)
    workspace = samples.write(small, "force", replace=True).workspace
    key, user = workspace.key.hex(), str(workspace.user.id)
    workspace.close()
    bare, unlock, typed, at_once = _medians(home, (str(small), key, user))
    return [
        Figure(
            name="unlock page shown",
            value=unlock,
            floor=bare,
            floor_is="a bare PySide6 window",
            target=2.5,
            ratio=True,
        ),
        Figure(
            name="usable window, force sample",
            value=unlock + typed,
            floor=bare,
            floor_is="a bare PySide6 window",
            target=5.0,
            ratio=True,
            note=f"{(unlock + at_once) / bare:.1f} x where the key comes at once, with no typing",
        ),
    ]
