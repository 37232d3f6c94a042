"""The chart under the user's hands: frames, repaints and hits, beside Qt's own graphics scene."""

import gc
import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from itertools import chain
from math import sqrt
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from benchmarks.figures import Figure
from ocgdesk.domain.charts import Arrangement, Importance, Item, Point, Scene, Tie
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.links import Strength
from ocgdesk.reports.drawing_parts import Area, Line

if TYPE_CHECKING:
    from ocgdesk.ui.chart.canvas import ChartCanvas

SPACE = UUID("7f0c1f4e-2f5f-4d1c-9d0e-4c9d4c2f9a10")
WINDOW = (1280, 800)
FRAMES = 60
APART = 130.0


def network(items: int, ties: int, seed: int = 1) -> Arrangement:
    """Return a labelled chart of this size on a shaken square; most links are to what is near."""
    random = Random(seed)  # noqa: S311 - an invented chart
    side = int(sqrt(items)) + 1
    kinds = [kind for kind in SUBJECTS if kind is not Kind.OCG]
    ids = [uuid5(SPACE, str(at)) for at in range(items)]
    made = tuple(
        Item(
            id=ids[at],
            kind=Kind.NOMINAL if at % 3 else kinds[at // 3 % len(kinds)],
            label=f"Invented Person {at}",
            detail="Associate",
            importance=list(Importance)[(0, 1, 1, 2, 2, 2)[at % 6]],
            badges=("HMP",) if at % 17 == 0 else (),
        )
        for at in range(items)
    )
    places = {
        id_: Point(
            at % side * APART + random.uniform(-25, 25),
            at // side * APART + random.uniform(-25, 25),
        )
        for at, id_ in enumerate(ids)
    }
    return Arrangement(
        scene=Scene(items=made, ties=tuple(_ties(random, ids, ties, side))), places=places
    )


def _ties(random: Random, ids: list[UUID], many: int, side: int) -> list[Tie]:
    drawn = []
    for at in range(many):
        one = random.randrange(len(ids))
        two = min(len(ids) - 1, max(0, one + random.choice((1, -1, side, -side, 2 * side, 7))))
        drawn.append(
            Tie(
                id=uuid5(SPACE, f"tie {at}"),
                source=ids[one],
                target=ids[two],
                label=("associate", "supplies", "")[at % 3],
                strength=list(Strength)[at % 3],
                directed=at % 2 == 0,
            )
        )
    return drawn


def shown(items: int, ties: int) -> "ChartCanvas":
    """Return a canvas that shows a chart of this size, painted whole."""
    from ocgdesk.ui.chart.canvas import ChartCanvas

    canvas = ChartCanvas()
    canvas.resize(*WINDOW)
    canvas.show()
    canvas.show_arrangement(network(items, ties))
    canvas.settle()
    canvas.grab()
    return canvas


def scene_view(canvas: "ChartCanvas") -> Any:
    """Return the same drawing as a ``QGraphicsScene``: one item for each entity and link.

    Its items paint with the canvas's own brush, so that both show the same picture.
    """
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

    scene, made = QGraphicsScene(), _part_class()
    for line in canvas.drawing.lines:
        ends = [Area(point.x, point.y, 0.0, 0.0) for point in line.points]
        scene.addItem(made(line, ends[0].joined(ends[-1]).grown(8.0)))
    for node in canvas.drawing.nodes:
        area = node.box
        for run in (node.label, node.detail):
            area = area.joined(run.box) if run else area
        scene.addItem(made(node, area.grown(12.0)))
    view = QGraphicsView(scene)
    scene.setParent(view)  # or it is gone with its name
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.resize(*WINDOW)
    view.show()
    return view


def _part_class() -> Any:
    """Return the class of a scene's items: Qt is loaded only once there is an application."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QGraphicsItem

    from ocgdesk.ui.chart.painting import Brush

    class Part(QGraphicsItem):
        """One entity or link; paints itself whenever any of it is seen."""

        def __init__(self, part: Any, area: Any) -> None:
            super().__init__()
            self.part = part
            self.area = QRectF(area.x, area.y, area.width, area.height)

        def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
            return self.area

        def paint(self, painter: QPainter, _option: Any, _widget: Any = None) -> None:
            brush, one = Brush(painter, "light", painter.worldTransform().m11()), [self.part]
            if isinstance(self.part, Line):
                paints = [brush.lines(one), brush.line_labels(one)]
            else:
                paints = [brush.nodes(one), brush.names(one), brush.badges(one)]
            for _pause in chain.from_iterable(paints):
                pass

    return Part


def _spent(act: Callable[[], object]) -> float:
    """Return the seconds this thread worked: painting waits for nothing but the machine."""
    start = time.thread_time()
    act()
    return time.thread_time() - start


def _pan(canvas: "ChartCanvas", dx: float, dy: float) -> None:
    view = canvas.view
    canvas.centre_on(view.x + dx / view.zoom, view.y + dy / view.zoom)


def _frames(canvas: "ChartCanvas", app: Any) -> float:
    """Return the 95th percentile of a frame while the chart is panned and zoomed."""
    spent = []
    for at in range(FRAMES):
        if at % 10 == 9:
            canvas.zoom = canvas.zoom * (1.2 if at % 20 == 9 else 1 / 1.2)
        else:
            _pan(canvas, 9.0, 4.0)
        spent.append(_spent(canvas.grab) + _spent(app.processEvents))
    return statistics.quantiles(spent, n=20)[-1]


def _zoom_step(canvas: "ChartCanvas") -> float:
    """Return how long the picture takes that answers one notch of the wheel."""
    spent = []
    for _at in range(5):
        canvas.zoom_in()
        spent.append(_spent(canvas.settle) + _spent(canvas.grab))
        canvas.zoom_out()
        canvas.settle()
    return statistics.median(spent)


def _after_pan(canvas: "ChartCanvas") -> float:
    """Return how long the first whole picture takes once the chart rests somewhere else."""
    spent = []
    for _at in range(3):
        _pan(canvas, WINDOW[0] * 0.6, 0.0)
        spent.append(_spent(canvas.settle) + _spent(canvas.grab))
        _pan(canvas, -WINDOW[0] * 0.6, 0.0)
        canvas.settle()
    return statistics.median(spent)


def _scene_step(view: Any) -> float:
    spent = []
    for _at in range(3):
        view.scale(1.2, 1.2)
        spent.append(_spent(view.viewport().grab))
        view.scale(1 / 1.2, 1 / 1.2)
        view.viewport().grab()
    return statistics.median(spent)


def _scene_pan(view: Any) -> float:
    bar, spent = view.horizontalScrollBar(), []
    for _at in range(3):
        bar.setValue(bar.value() + round(WINDOW[0] * 0.6))
        spent.append(_spent(view.viewport().grab))
        bar.setValue(bar.value() - round(WINDOW[0] * 0.6))
    return statistics.median(spent)


def _under(canvas: "ChartCanvas", spot: Any) -> object:
    index, zoom = canvas.index, canvas.zoom
    return index.node_at(spot, 2 / zoom) or index.line_at(spot, zoom)


def _hits(canvas: "ChartCanvas") -> float:
    """Return the 95th percentile of some hundred questions what is under the pointer."""
    from PySide6.QtCore import QPointF

    random = Random(2)  # noqa: S311 - places on a chart
    spent = []
    for _at in range(200):
        place = QPointF(random.uniform(0, WINDOW[0]), random.uniform(0, WINDOW[1]))
        spot = canvas.view.to_chart(place)
        spent.append(_spent(partial(_under, canvas, spot)))
    return statistics.quantiles(spent, n=20)[-1]


def figures(_sample: Path, folder: Path) -> list[Figure]:
    """Measure frames at three sizes, and a zoom step and a first frame beside Qt's own scene."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ocgdesk import settings
    from ocgdesk.ui.application import make_app

    app = make_app(settings.Settings(theme="light"))
    return [*_small(app), *_middle(app), *_large(app), _opened(folder)]


def _small(app: Any) -> list[Figure]:
    canvas = shown(2_000, 4_000)
    canvas.zoom = 0.6
    canvas.settle()
    frame = _frames(canvas, app)
    canvas.fit()
    rest = statistics.median(_spent(partial(_again, canvas)) for _at in range(3))
    hit = _hits(canvas)
    canvas.close()
    return [
        Figure(name="pan and zoom, 2,000 items, frame (95 %)", value=frame, target=0.05),
        Figure(name="repaint at rest, 2,000 items", value=rest, target=0.25),
        Figure(name="what is under the pointer (95 %)", value=hit, target=0.002),
    ]


def _again(canvas: "ChartCanvas") -> None:
    """Paint all that is seen anew, in full quality."""
    canvas.zoom = canvas.zoom * 1.000001
    canvas.settle()
    canvas.grab()


def _middle(app: Any) -> list[Figure]:
    canvas = shown(5_000, 10_000)
    view = scene_view(canvas)
    found = []
    for name, zoom, own, other in (
        ("zoom step, whole picture, 5,000 items", 0.1, _zoom_step, _scene_step),
        ("first whole frame after a pan, 5,000 items", 0.3, _after_pan, _scene_pan),
    ):
        canvas.zoom = zoom
        canvas.settle()
        view.resetTransform()
        view.scale(zoom, zoom)
        app.processEvents()
        found.append(_beside(name, own(canvas), other(view)))
    view.close()
    canvas.close()
    return found


def _beside(name: str, value: float, floor: float) -> Figure:
    return Figure(
        name=name, value=value, floor=floor, floor_is="QGraphicsScene", target=1 / 3, ratio=True
    )


def _large(app: Any) -> list[Figure]:
    canvas = shown(10_000, 20_000)
    value = _frames(canvas, app)
    canvas.close()
    return [Figure(name="pan and zoom, 10,000 items, frame (95 %)", value=value, target=0.15)]


SAVED = 5_000


def _opened(folder: Path) -> Figure:
    """Read a saved chart of 5,000 entities, from the file to its first frame."""
    from ocgdesk.casework import charts
    from ocgdesk.ui.chart.canvas import ChartCanvas

    workspace, chart_id = _saved(folder)
    canvas = ChartCanvas()
    canvas.resize(*WINDOW)
    canvas.show()
    gc.collect()
    gc.freeze()
    gc.disable()  # as the window does while it reads

    def open_it() -> None:
        with workspace.reading() as reader:
            _chart, arrangement = charts.open_chart(reader, chart_id)
        canvas.show_arrangement(arrangement)
        canvas.grab()

    value = _spent(open_it)
    gc.enable()
    many = len(canvas.arrangement.scene.items)
    canvas.close()
    workspace.close()
    return Figure(name=f"saved chart of {many:,} opens", value=value, target=1.0)


def _saved(folder: Path) -> tuple[Any, UUID]:
    """Return a sample of a region, and the id of a chart of its first 5,000 entities."""
    from ocgdesk.casework import access, charts, samples
    from ocgdesk.domain.charts import Chart
    from ocgdesk.store import networks, records

    path = folder / "region.ocgdesk"
    if not path.exists():
        samples.write(path, "region").workspace.close()
    workspace = access.unlock(path, "analyst", samples.PASSPHRASE)
    with workspace.reading() as reader:
        nos = networks.network(reader).nodes[:SAVED].tolist()
        ids = [brief.id for brief in records.briefs(reader, nos)]
    places = {id_: Point(APART * (at % 71), APART * float(at // 71)) for at, id_ in enumerate(ids)}
    with workspace.work("Save chart") as done:
        chart = charts.save(done.work, Chart(title="5,000", focus=(ids[0],)), places)
    return workspace, chart.id
