"""Charts of invented items as files, made in the worker process as the window makes them."""

from pathlib import Path
from threading import Event
from typing import Final

from benchmarks.canvas import network
from benchmarks.figures import Figure, once
from ocgdesk.casework import chart_papers
from ocgdesk.domain.charts import Arrangement, Cover
from ocgdesk.ui.worker import Call, Worker

_WANTED: Final = (
    ("pdf", 500, 5.0),
    ("pdf", 2_000, 20.0),
    ("pptx", 500, 5.0),
    ("pptx", 2_000, 20.0),
)


def figures(_sample: Path, _folder: Path) -> list[Figure]:
    """Write 500 and 2,000 items, each with twice as many links, as PDF and as slides."""
    worker = Worker()
    try:
        for form in ("pdf", "pptx"):  # starting the process and importing are not counted
            _write(worker, form, network(10, 20))
        return [_timed(worker, form, items, most) for form, items, most in _WANTED]
    finally:
        worker.close()


def _timed(worker: Worker, form: str, items: int, most: float) -> Figure:
    drawn = network(items, 2 * items)
    spent = once(lambda: _write(worker, form, drawn))  # wall time: of a machine at rest
    return Figure(name=f"chart of {items:,} items as {form}", value=spent, target=most)


def _write(worker: Worker, form: str, drawn: Arrangement) -> None:
    call = Call.of(chart_papers.render, drawn, Cover(title="Chart"), form)
    worker.call(call, Event())
