"""Killing the program 200 times in the middle of a write: the workspace is whole each time."""

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import Figure

TIMES = 200


def figures(_sample: Path, _folder: Path) -> list[Figure]:
    """Run the test of killed writes at its full length; any failure counts."""
    env = {**os.environ, "OCGDESK_KILLS": str(TIMES)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--timeout=900", "tests/store/test_killed.py"],
        check=False,
        env=env,
        capture_output=True,
        text=True,
    )
    return [
        Figure(
            name=f"runs that failed of {TIMES} kills",
            value=float(done.returncode != 0),
            unit="",
            target=0.0,
            note=done.stdout.strip().splitlines()[-1] if done.stdout else "",
        )
    ]
