"""Duplicate candidates over made-up registers of 5,000 and 100,000 nominals."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.figures import Figure

_LOOKING = """
import json, resource, sys, time
sys.path.insert(0, sys.argv[2])
from british import register
from ocgdesk.matching.people import candidates
count = int(sys.argv[1])
made = register(count * 9 // 10, count // 10).people
start = time.perf_counter()
found = candidates(made)
spent = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([spent, peak, len(found)]))
"""
_TARGETS = {5_000: 6.0, 100_000: 90.0}


def figures(_sample: Path, _folder: Path) -> list[Figure]:
    """Measure each size in a process of its own: libraries are loaded in the time given."""
    return [_figure(count, target) for count, target in _TARGETS.items()]


def _figure(count: int, target: float) -> Figure:
    tests = str(Path(__file__).resolve().parent.parent / "tests")
    command = [sys.executable, "-c", _LOOKING, str(count), tests]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    spent, peak, found = json.loads(ran.stdout)
    name = f"duplicate candidates over {count:,} nominals"
    note = f"{found:,} pairs, {peak:,.0f} MiB"
    return Figure(name=name, value=spent, target=target, note=note)
