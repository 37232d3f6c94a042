"""Which words of a painted figure lie over others, or leave the picture."""

from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text


def faults(made: Figure) -> list[str]:
    """Return which texts of a painted figure lie over others or leave the picture."""
    canvas = FigureCanvasAgg(made)
    made.draw_without_rendering()
    renderer = canvas.get_renderer()
    shown = [one for one in made.findobj(Text) if one.get_visible() and one.get_text().strip()]
    boxes = [(one.get_text(), one.get_window_extent(renderer)) for one in shown]
    page = made.bbox
    found = [
        f"outside: {words!r} {box.extents}"
        for words, box in boxes
        if box.x0 < -0.5 or box.y0 < -0.5 or box.x1 > page.x1 + 0.5 or box.y1 > page.y1 + 0.5
    ]
    for (one, box), (other, beside) in combinations(boxes, 2):
        across = min(box.x1, beside.x1) - max(box.x0, beside.x0)
        down = min(box.y1, beside.y1) - max(box.y0, beside.y0)
        if across > 0.5 and down > 1.0:
            found.append(f"over one another: {one!r} and {other!r} ({across:.1f}, {down:.1f})")
    return found
