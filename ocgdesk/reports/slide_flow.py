"""Where on which slide a block goes: tables go on from slide to slide, a picture has its own.

Nothing of a paper stands on a slide alone with its basis: that goes with the rows it is of.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Final, assert_never

from ocgdesk.domain.dates import shown
from ocgdesk.i18n import _
from ocgdesk.reports import columns, slide_room
from ocgdesk.reports.document import (
    Block,
    Contents,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    Tone,
    is_quiet,
)
from ocgdesk.reports.drawing_parts import Area, Drawing
from ocgdesk.reports.office_files import legal
from ocgdesk.reports.slide_room import LETTERS, LINE, PADDING, POINTS
from ocgdesk.reports.slide_text import colour, style

WIDTH: Final = 13.333
HEIGHT: Final = 7.5
_SIDE: Final = 0.6
_TOP: Final = 1.25
_BOTTOM: Final = 6.75
"""All lengths are in inches of a slide 7.5 inches tall; on another they are scaled."""
_BIG: Final = 24
_SMALLER: Final = 16
"""The size of a title that takes one line; of one that takes two, and is cut beyond."""
_MARKS: Final = (0.12, 7.12)
"""Where the marking stands."""
_INK: Final = "1B2638"
_FINE: Final = 10
"""The size of what is there for completeness."""
_LONG: Final = 1_500
"""Letters: a basis that is longer may begin a slide of its own."""
_GAP: Final = 0.2
"""What parts a table from what follows it."""
_MARGIN: Final = 3.4
"""What the margins of a cell take, in letters."""
_WITH_BASIS: Final = 3
"""Rows, at least, on the last slide of a table: neither one alone nor its basis alone."""
_EXACT: Final = 1e-6
"""What adding up lengths may be out by."""
_LEAST: Final = 1.5
"""How tall a picture is at least, however much is said beneath it."""
_DPI: Final = 200
_EMU: Final = 914_400
"""The units of the file in an inch."""
_QUIET: Final = "4A5565"
_WARNING: Final = "9B1C1C"
_GROUND: Final = "E8ECF2"


@dataclass(slots=True)
class Flow:
    """Where on which slide the next block goes."""

    file: Any
    document: Document
    layout: Any
    """What new slides are made by; one with a title."""
    marks: bool = True
    """Whether the marking is put on each slide: not where the layout carries it."""
    has_own_look: bool = False
    """Whether titles stay where and as the layout has them."""
    top: float = _TOP
    """Where what follows a title begins."""
    slide: Any = None
    title: str = ""
    y: float = _TOP
    notes: list[str] = field(default_factory=list)
    count: int = 0
    _below: float = 0.0
    """How tall the basis is that stands beneath what is being placed, on the same slide."""

    @property
    def scale(self) -> float:
        """How much taller the slides are than those the lengths are of."""
        return float(self.file.slide_height) / _EMU / HEIGHT

    @property
    def wide(self) -> float:
        """How wide a slide is."""
        return float(self.file.slide_width) / _EMU / self.scale

    @property
    def room(self) -> float:
        """How much of its width is written on."""
        return self.wide - 2 * _SIDE

    def at(self, length: float) -> Any:
        """Return a length as the file holds it."""
        from pptx.util import Emu

        return Emu(round(length * self.scale * _EMU))

    def cover(self) -> None:
        """Make the first slide: the title, for whom it is marked, of which day."""
        self._open(self.document.title)
        self.slide.shapes.title.top = self.at(2.4)
        style(self.slide.shapes.title.text_frame.paragraphs[0], 34 * self.scale, _INK, bold=True)
        words = (self.document.subtitle, shown(self.document.day), self.document.author)
        self.y = 3.5
        for one in filter(None, words):
            self._words(one, 16, _QUIET)
        self.title = self.document.title
        self.y = _BOTTOM

    def run(self, blocks: Sequence[Block]) -> None:
        """Place blocks, each on the next slide where it does not fit; then end with the notes."""
        for at, block in enumerate(blocks):
            self._below = sum(map(self._tall, takewhile(is_quiet, blocks[at + 1 :])))
            self._add(block)
        self.close()

    def _tall(self, block: Block) -> float:
        """Return how tall a quiet paragraph stands: what is above it leaves it that room."""
        words = block.text if isinstance(block, Paragraph) else ""
        return self._lines(words, _FINE) if len(words) < _LONG else 0.0

    def _add(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._paragraph(block)
            case Facts():
                self._rows(("", ""), block.pairs, (0.3, 0.7), has_titles=False)
            case Table():
                shares = block.widths or (1 / len(block.titles),) * len(block.titles)
                self._rows(block.titles, block.rows, shares)
            case Picture():
                self._picture(block)
            case PageBreak():
                self.y = _BOTTOM
            case Contents():
                pass  # the outline of the slides is their contents
            case _:
                assert_never(block)

    def close(self) -> None:
        """Write the notes of the slide that is open."""
        if self.slide is not None:
            foot = (self.document.foot, *self.notes)
            self.slide.notes_slide.notes_text_frame.text = legal("\n".join(filter(None, foot)))

    # ---- Blocks ---------------------------------------------------------------------------------

    def _heading(self, block: Heading) -> None:
        if block.level == 1:
            self._open(block.text)
            return
        if self.y + 1.2 > _BOTTOM:
            self._continue()
        self._words(block.text, 16, _INK, bold=True)

    def _paragraph(self, block: Paragraph) -> None:
        ink = {Tone.PLAIN: _INK, Tone.QUIET: _QUIET, Tone.WARNING: _WARNING}[block.tone]
        if block.tone is Tone.QUIET:
            self.notes.append(block.text)
        else:
            self._room_for(self._lines(block.text, POINTS) + self._below)
        for part in slide_room.parts(block.text, self.room):
            points = _FINE if block.tone is Tone.QUIET else POINTS
            self._words(part, points, ink, bold=block.tone is Tone.WARNING)

    def _lines(self, text: str, points: int) -> float:
        """Return how tall words of this size stand."""
        lines = slide_room.lines(text, self.room * POINTS / points)
        return lines * LINE * points / POINTS + PADDING

    def _words(
        self, text: str, points: int, ink: str, *, bold: bool = False, middle: bool = False
    ) -> None:
        tall = self._lines(text, points)
        self._room_for(tall)
        box = self.slide.shapes.add_textbox(
            self.at(_SIDE), self.at(self.y), self.at(self.room), self.at(tall)
        )
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.text = legal(text)
        for paragraph in frame.paragraphs:
            style(paragraph, points * self.scale, ink, bold=bold, side="ctr" if middle else "l")
        self.y += tall

    def _rows(
        self,
        titles: tuple[str, ...],
        rows: tuple[tuple[str, ...], ...],
        shares: tuple[float, ...],
        *,
        has_titles: bool = True,
    ) -> None:
        """Place rows in tables: as many as fit on each slide, the titles on every one."""
        letters = self.room * LETTERS
        fitted = columns.fitted(
            titles if has_titles else (), rows, shares, letters=letters, margin=_MARGIN
        )
        widths = [share * self.room for share in fitted]
        numbers = columns.numeric(rows) if has_titles else frozenset[int]()
        left = [piece for row in rows for piece in slide_room.split(row, widths)]
        head = slide_room.tall(titles, widths) if has_titles else 0.0
        while left:
            self._room_for(head + slide_room.tall(left[0], widths))
            taken = self._taken(left, widths, head)
            left = left[len(taken) :]
            shown = ([titles] if has_titles else []) + taken
            self._table(shown, widths, numbers, has_titles=has_titles)
            if left:
                self.y = _BOTTOM

    def _taken(
        self, left: list[tuple[str, ...]], widths: list[float], head: float
    ) -> list[tuple[str, ...]]:
        """Return the rows that fit on this slide; a few stay for the next one, with their basis."""
        fitting, used = 0, self.y + head
        for row in left:
            used += slide_room.tall(row, widths)
            if fitting and used > _BOTTOM:
                break
            fitting += 1
        is_all = fitting == len(left) and used + _GAP + self._below <= _BOTTOM
        return left if is_all else left[: max(1, min(fitting, len(left) - _WITH_BASIS))]

    def _table(
        self,
        rows: list[tuple[str, ...]],
        widths: list[float],
        numbers: frozenset[int],
        *,
        has_titles: bool,
    ) -> None:
        tall = [slide_room.tall(row, widths) for row in rows]
        frame = self.slide.shapes.add_table(
            len(rows), len(widths), self.at(_SIDE), self.at(self.y), self.at(self.room),
            self.at(sum(tall)),
        )  # fmt: skip
        table = frame.table
        table.first_row, table.horz_banding = has_titles, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = self.at(width)
        for at, (row, height) in enumerate(zip(rows, tall, strict=True)):
            table.rows[at].height = self.at(height)
            for across, text in enumerate(row):
                is_title = (has_titles and at == 0) or (not has_titles and across == 0)
                side = "r" if across in numbers else "l"
                self._fill(table.cell(at, across), text, bold=is_title, side=side)
        self.y += sum(tall) + _GAP

    def _picture(self, block: Picture) -> None:
        """Place a picture on a slide of its own: a chart as shapes that can be moved."""
        if self.y > self.top + 0.6:
            self._continue()
        beneath = self._below + (self._lines(block.caption, _FINE) if block.caption else 0.0)
        room = max(_BOTTOM - self.y - beneath - 0.05, _LEAST)
        if block.drawing is not None:
            tall = self._shapes(block.drawing, block, room)
        else:
            tall = self._image(block, room)
        self.notes.append(block.alt)
        self.y += tall + 0.05
        if block.caption:
            self._words(block.caption, _FINE, _QUIET, middle=True)
        if not self._below:
            self.y = _BOTTOM

    def _image(self, block: Picture, room: float) -> float:
        """Place a picture as points, a figure painted as wide as a slide; return how tall it is."""
        shape = self.slide.shapes.add_picture(
            io.BytesIO(_painted(block)), self.at(_SIDE), self.at(self.y)
        )
        scale = min(self.at(self.room * block.width) / shape.width, self.at(room) / shape.height)
        shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
        shape.left = round((self.at(self.wide) - shape.width) / 2)
        shape._element.nvPicPr.cNvPr.set("descr", legal(block.alt))  # noqa: SLF001 - no other way
        tall: float = shape.height / self.at(1)
        return tall

    def _shapes(self, drawing: Drawing, block: Picture, room: float) -> float:
        """Place a chart as native shapes; return how tall it stands."""
        from ocgdesk.reports import chart_slides

        inch = 96 * self.scale
        seat = Area(_SIDE * inch, self.y * inch, self.room * inch, room * inch)
        tall = chart_slides.place(self.slide, drawing, seat, words=block.alt, legend=block.legend)
        return tall / inch

    def _fill(self, cell: Any, text: str, *, bold: bool, side: str) -> None:
        cell.text = legal(text)
        cell.margin_top = cell.margin_bottom = self.at(PADDING / 2)
        for paragraph in cell.text_frame.paragraphs:
            style(paragraph, POINTS * self.scale, _INK, bold=bold, side=side)
        cell.fill.solid()
        cell.fill.fore_color.rgb = colour(_GROUND if bold else "FFFFFF")

    # ---- Slides ---------------------------------------------------------------------------------

    def _room_for(self, tall: float) -> None:
        if self.y + tall > _BOTTOM + _EXACT and self.y > self.top:
            self._continue()

    def _continue(self) -> None:
        words = self.title
        told = _("{title} (continued)")
        is_fresh = self.y <= self.top
        self._open(words if is_fresh else told.format(title=words), is_next=True)

    def _open(self, title: str, *, is_next: bool = False) -> None:
        self.close()
        self.count += 1
        self.notes = []
        self.title = self.title if is_next else title
        self.slide = self.file.slides.add_slide(self.layout)
        if self.has_own_look:
            self._keep_look(title)
        else:
            self._dress(title)
        self._frame()
        self.y = self.top

    def _dress(self, title: str) -> None:
        """Write the title where and as this program's slides have it."""
        shape = self.slide.shapes.title
        shape.left, shape.top = self.at(_SIDE), self.at(0.45)
        shape.width, shape.height = self.at(self.room), self.at(0.7)
        points = _BIG if slide_room.lines(title, self.room * POINTS / _BIG) == 1 else _SMALLER
        most = int(self.room * POINTS / points * LETTERS) * _BIG // POINTS
        shape.text_frame.text = legal(title if len(title) <= most else title[: most - 1] + "…")
        shape.text_frame.word_wrap = True
        shape.text_frame.margin_left = 0
        style(shape.text_frame.paragraphs[0], points * self.scale, _INK, bold=True)

    def _keep_look(self, title: str) -> None:
        """Write the title as the layout has it, and begin beneath it; drop its empty boxes."""
        shape = self.slide.shapes.title
        for other in list(self.slide.placeholders):
            if shape is None or other.shape_id != shape.shape_id:
                other.element.getparent().remove(other.element)
        if shape is None:
            self.top = 0.5
            self.y = self.top
            self._words(title, _BIG, _INK, bold=True)
            self.top = self.y
            return
        shape.text_frame.text = legal(title)
        self.top = min((shape.top + shape.height) / self.at(1) + 0.1, _BOTTOM / 2)

    def _frame(self) -> None:
        """Put the marking at the top and bottom, and what the paper is at the foot."""
        if self.marks:
            self.put_marks()
        number = "" if self.has_own_look else _("slide {n}").format(n=self.count)
        foot = " · ".join(filter(None, (self.document.foot, number)))
        self._line(foot, 6.88, 9, _QUIET, middle=False)

    def put_marks(self) -> None:
        """Put the marking at the top and bottom of the slide that is open."""
        for top in _MARKS:
            self._line(self.document.banner, top, 11, _INK, middle=True)

    def _line(self, text: str, top: float, points: int, ink: str, *, middle: bool) -> None:
        box = self.slide.shapes.add_textbox(
            self.at(_SIDE), self.at(top), self.at(self.room), self.at(0.25)
        )
        frame = box.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap = True
        frame.text = legal(text)
        side = "ctr" if middle else "l"
        style(frame.paragraphs[0], points * self.scale, ink, bold=middle, side=side)


def _painted(block: Picture) -> bytes:
    """Return the points of a picture for a slide."""
    if block.figure is None:
        return block.png
    # matplotlib takes longer to import than the rest of the program: only who draws needs it.
    from ocgdesk.reports import figure_painter

    return figure_painter.paint(block.figure, "png", dpi=_DPI, for_slide=True)
