"""A two-hop chart round an OCG of the national sample: read, laid out, drawn."""

import os
import time
from pathlib import Path
from uuid import UUID

from benchmarks.figures import Figure, once
from benchmarks.sample import opened
from ocgdesk.casework import charts
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Arrangement, Point
from ocgdesk.domain.kinds import Kind
from ocgdesk.store import listing
from ocgdesk.store.listing import ListQuery, Sort


def figures(sample: Path, _folder: Path) -> list[Figure]:
    """Draw round the OCGs with the most members; the slowest of five counts."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ocgdesk import settings
    from ocgdesk.ui.application import make_app
    from ocgdesk.ui.chart.canvas import ChartCanvas

    app = make_app(settings.Settings(theme="light"))
    workspace = opened(sample)
    canvas = ChartCanvas()
    canvas.resize(1100, 760)
    with workspace.reading() as reader:
        nos = listing.order(
            reader, ListQuery(kind=Kind.OCG, sorts=(Sort("members", descending=True),))
        )[:6]
        rows = listing.window(reader, Kind.OCG, nos, ())
    whole, layout, items = [], [], 0
    for row in rows:
        spent: dict[str, float] = {}

        def draw(focus=row.id, spent=spent) -> int:  # type: ignore[no-untyped-def]
            with workspace.reading() as reader:
                scene = charts.scene(reader, ChartQuery(focus=(focus,), hops=2))
            places: dict[UUID, Point] = {}
            spent["layout"] = once(
                lambda: places.update(charts.lay_out(scene, "force", focus=(focus,)))
            )
            canvas.show_arrangement(Arrangement(scene=scene, places=places))
            canvas.show()
            canvas.settle()  # all of the drawing, not only its first slice
            canvas.grab()
            app.processEvents()
            return len(scene.items)

        start = time.perf_counter()
        items = max(items, draw())
        whole.append(time.perf_counter() - start)
        layout.append(spent["layout"])
    canvas.close()
    workspace.close()
    note = f"up to {items} items; the first, which imports igraph, left out"
    return [
        Figure(name="two-hop chart, request to drawn", value=max(whole[1:]), target=1.0, note=note),
        Figure(name="its layout", value=max(layout[1:]), target=0.3, note=note),
    ]
