"""The national sample the benchmarks run on, made once and kept beside their results."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ocgdesk.casework import access, samples
from ocgdesk.security import keyfile
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


@contextmanager
def copied(sample: Path, path: Path) -> Iterator[Workspace]:
    """Open a copy of the sample, to be changed; it is taken away at the end."""
    for of, to in ((sample, path), (keyfile.path_for(sample), keyfile.path_for(path))):
        shutil.copyfile(of, to)
    workspace = opened(path)
    try:
        yield workspace
    finally:
        workspace.close()
        for made in (path, keyfile.path_for(path)):
            made.unlink()
