"""How words on slides look."""

from typing import Any

from ocgdesk.reports.office_files import FONT


def style(paragraph: Any, points: float, ink: str, *, bold: bool = False, side: str = "l") -> None:
    """Set the words of a paragraph; an empty one is no taller than one with words."""
    from pptx.util import Pt

    paragraph._p.get_or_add_pPr().set("algn", side)  # noqa: SLF001 - as short as the file's own
    if not paragraph.runs:
        paragraph._p.get_or_add_endParaRPr().set("sz", str(round(points * 100)))  # noqa: SLF001
    for run in paragraph.runs:
        run.font.name, run.font.size, run.font.bold = FONT, Pt(points), bold
        run.font.color.rgb = colour(ink)


def colour(ink: str) -> Any:
    """Return a colour written as six hexadecimal digits, with or without a #."""
    from pptx.dml.color import RGBColor

    made: Any = RGBColor  # the library leaves it without types
    return made(*bytes.fromhex(ink.removeprefix("#")))
