"""Pictures on slides: a chart as shapes that can be moved, anything else as points."""

import io
from typing import Any, Final

from ocgdesk.reports import chart_page
from ocgdesk.reports.document import Picture
from ocgdesk.reports.drawing_parts import Area, Drawing
from ocgdesk.reports.office_files import legal

_EMU: Final = 9_525
"""Units of the file to one unit of a chart's page, of which an inch has 96."""


def image(slide: Any, block: Picture, seat: tuple[int, int, int, int]) -> int:
    """Place a picture as points in the middle of a seat; return how tall it is.

    Lengths are in the file's units: left, top, width, height.
    """
    left, top, wide, tall = seat
    shape = slide.shapes.add_picture(io.BytesIO(block.png), left, top)
    scale = min(wide * block.width / shape.width, tall / shape.height)
    shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
    shape.left = left + round((wide - shape.width) / 2)
    shape._element.nvPicPr.cNvPr.set("descr", legal(block.alt))  # noqa: SLF001 - no other way
    return int(shape.height)


def caption(block: Picture, seat: tuple[int, int, int, int], scale: float) -> str:
    """Return what stands beneath a picture; of a chart whose names are small, that they are.

    ``scale`` is how much taller the slides are than usual.
    """
    small = ""
    if block.drawing is not None:
        wide, tall = seat[2] / _EMU, seat[3] / _EMU
        sheet = chart_page.bare(block.drawing, block.legend, width=wide, most=tall)
        small = chart_page.small_names(chart_page.names_at(block.drawing, sheet.scale) / scale)
    parts = (f"{block.caption.rstrip('.')}." if small else block.caption, small)
    return " ".join(part for part in parts if part.strip("."))


def most_words(block: Picture) -> str:
    """Return the longest that may stand beneath a picture."""
    return f"{block.caption}. {chart_page.small_names(1.0)}" if block.drawing else block.caption


def shapes(slide: Any, drawing: Drawing, block: Picture, seat: tuple[int, int, int, int]) -> int:
    """Place a chart as native shapes within a seat; return how tall it stands."""
    from ocgdesk.reports import chart_slides

    area = Area(*(length / _EMU for length in seat))
    tall = chart_slides.place(slide, drawing, area, words=block.alt, legend=block.legend)
    return round(tall * _EMU)
