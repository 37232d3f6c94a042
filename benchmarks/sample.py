"""The national sample the benchmarks run on, made once and kept beside their results."""

import time
from datetime import date
from pathlib import Path

from ocgdesk.casework import access, samples
from ocgdesk.store.workspace import Workspace

AS_OF = date(2026, 11, 21)


def national(folder: Path) -> tuple[Path, float]:
    """Return the sample's path and the seconds it took to write, 0 where it was there."""
    path = folder / "national.ocgdesk"
    if path.exists():
        return path, 0.0
    start = time.perf_counter()
    samples.write(path, "national", as_of=AS_OF).workspace.close()
    return path, time.perf_counter() - start


def opened(path: Path) -> Workspace:
    """Return the sample, unlocked as its analyst."""
    return access.unlock(path, "analyst", samples.PASSPHRASE)
