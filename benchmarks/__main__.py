"""Run every benchmark, print each figure beside its floor, write them to a JSON file."""

import argparse
import json
import platform
import sys
from pathlib import Path

from benchmarks import (
    analysing,
    canvas,
    chart,
    importing,
    killing,
    layouts,
    matching,
    papers,
    pathing,
    planning,
    records,
    returns,
    searching,
    start,
    storing,
    tabling,
    whole,
)
from benchmarks.figures import Figure
from benchmarks.sample import national

GROUPS = {
    "start": start.figures,
    "open": whole.figures,
    "search": searching.figures,
    "records": records.figures,
    "chart": chart.figures,
    "canvas": canvas.figures,
    "layouts": layouts.figures,
    "papers": papers.figures,
    "tables": tabling.figures,
    "import": storing.figures,
    "files": importing.figures,
    "analysis": analysing.figures,
    "paths": pathing.figures,
    "plans": planning.figures,
    "duplicates": matching.figures,
    "returns": returns.figures,
    "kills": killing.figures,
}


def main() -> int:
    """Measure the groups asked for; exit 0 whether or not targets are met: figures are honest."""
    parser = argparse.ArgumentParser("benchmarks")
    parser.add_argument("-o", "--output", type=Path, default=Path("out/bench.json"))
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], default=[])
    given = parser.parse_args()
    folder = given.output.parent
    folder.mkdir(parents=True, exist_ok=True)
    sample, made_in = national(folder)
    found: list[Figure] = (
        [Figure(name="national sample written", value=made_in, target=300.0)] if made_in else []
    )
    for name in given.groups or GROUPS:
        print(f"-- {name}", flush=True)
        some = GROUPS[name](sample, folder)
        for figure in some:
            print(figure.line(), flush=True)
        found += some
    about = {"python": platform.python_version(), "machine": platform.machine()}
    given.output.write_text(
        json.dumps({"about": about, "figures": [f.plain() for f in found]}, indent=2)
    )
    missed = sum(not figure.holds for figure in found)
    print(f"{len(found) - missed} of {len(found)} targets met; written to {given.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
