"""Where on which slide a block goes: tables go on from slide to slide, a picture has its own.

Nothing of a paper stands on a slide alone with its basis: that goes with the rows it is of.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, assert_never

from ocgdesk.domain.dates import shown
from ocgdesk.i18n import N_, _
from ocgdesk.reports import (
    columns,
    slide_figures,
    slide_pictures,
    slide_room,
    slide_sections,
    slide_tables,
)
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
)
from ocgdesk.reports.figures import FigureOut
from ocgdesk.reports.office_files import legal
from ocgdesk.reports.slide_room import GAP, LETTERS, POINTS
from ocgdesk.reports.slide_sections import FINE, HEAD
from ocgdesk.reports.slide_text import style

WIDTH: Final = 13.333
HEIGHT: Final = 7.5
_SIDE: Final = 0.6
_TOP: Final = 1.25
_BOTTOM: Final = 6.75
"""All lengths are in inches of a slide 7.5 inches tall; on another they are scaled."""
_BIG: Final = 24
_SMALLER: Final = 16
"""The size of a title that takes one line; of one that takes two, and is cut beyond."""
_BOLD: Final = 0.85
"""How many letters of a title take the room of one of the body."""
_MARKS: Final = (0.12, 7.12)
"""Where the marking stands."""
_INK: Final = "1B2638"
_SAID: Final = 12
"""The size of what a paper says of itself on its cover."""
_WITH_BASIS: Final = 3
"""Rows, at least, on the last slide of a table: neither one alone nor its basis alone."""
_EXACT: Final = 1e-6
"""What adding up lengths may be out by."""
_LEAST: Final = 1.5
"""How tall a picture is at least, however much is said beneath it."""
_MOST_FOOT: Final = 0.9
_IN_NOTES: Final = N_("What is counted stands in the notes.")
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
    sources: str = ""
    """What the section that is being placed rests on."""
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
        top = 1.7 if self.document.facts else 2.4
        self.slide.shapes.title.top = self.at(top)
        style(self.slide.shapes.title.text_frame.paragraphs[0], 34 * self.scale, _INK, bold=True)
        paper = self.document
        said = (shown(paper.day), paper.author) if not paper.facts else ()
        self.y = top + 1.1
        for one in filter(None, (paper.subtitle, *said)):
            self._words(one, 16, _QUIET)
        self.y += GAP
        for name, words in paper.facts:
            self._words(f"{name}: {words}", _SAID, _QUIET)
        self.title = self.document.title
        self.y = _BOTTOM

    def run(self, blocks: Sequence[Block]) -> None:
        """Place blocks, each on the next slide where it does not fit; then end with the notes."""
        for at, block in enumerate(blocks):
            self._below = slide_sections.beneath(blocks[at + 1 :], self.room)
            if isinstance(block, Heading):
                self._heading(block, slide_sections.section(blocks[at + 1 :]))
            else:
                self._add(block)
        self.close()

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
            said = (self.document.foot, self.document.told, *self.notes)
            words = "\n".join(filter(None, dict.fromkeys(said)))
            self.slide.notes_slide.notes_text_frame.text = legal(words)

    # ---- Blocks ---------------------------------------------------------------------------------

    def _heading(self, block: Heading, section: Sequence[Block] = ()) -> None:
        """Begin a slide, or go on where a short section has room beneath what stands there."""
        if block.level == 1 and not self._has_room(block, section):
            self._open(block.text)
            self._rests_on(block.sources)
            return
        begun = slide_sections.begun(block, section, self.room)
        if block.level > 1 and self.y + begun > _BOTTOM:
            self._continue()
        self._words(block.text, HEAD, _INK, bold=True)
        if block.level == 1:
            self.notes.append(block.text)
        self._rests_on(block.sources or (self.sources if block.level > 1 else ""))

    def _has_room(self, block: Heading, section: Sequence[Block]) -> bool:
        tall = slide_sections.tall((block, *section), self.room)
        return self.slide is not None and bool(section) and self.y + tall <= _BOTTOM

    def _rests_on(self, sources: str) -> None:
        """Say in the notes of this slide, and of those that go on from it, what they rest on."""
        self.sources = sources
        self.notes.append(sources)

    def _paragraph(self, block: Paragraph) -> None:
        ink = {Tone.PLAIN: _INK, Tone.QUIET: _QUIET, Tone.WARNING: _WARNING}[block.tone]
        if block.tone is Tone.QUIET:
            self.notes.append(block.text)
        else:
            self._room_for(self._lines(block.text, POINTS) + self._below)
        for part in slide_room.parts(block.text, self.room):
            points = FINE if block.tone is Tone.QUIET else POINTS
            self._words(part, points, ink, bold=block.tone is Tone.WARNING)

    def _lines(self, text: str, points: int) -> float:
        """Return how tall words of this size stand."""
        return slide_room.words(text, points, self.room)

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
        widths = slide_room.widths(titles if has_titles else (), rows, shares, self.room)
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
        is_all = fitting == len(left) and used + GAP + self._below <= _BOTTOM
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
        seat = slide_tables.Seat(self.at(_SIDE), self.at(self.y), self.scale)
        how = slide_tables.Table(tuple(rows), numbers, has_titles=has_titles)
        slide_tables.add(
            self.slide, how, seat, list(map(self.at, widths)), list(map(self.at, tall))
        )
        self.y += sum(tall) + GAP

    def _picture(self, block: Picture) -> None:
        """Place a picture on a slide of its own: a chart or a figure as what can be edited."""
        if block.figure is not None:
            self._figure(block.figure)
            return
        if self.y > self.top + 0.6:
            self._continue()
        beneath = self._below + self._lines(slide_pictures.most_words(block), FINE)
        seat = self._seat(max(_BOTTOM - self.y - beneath - 0.05, _LEAST))
        caption = slide_pictures.caption(block, seat, self.scale)
        if block.drawing is not None:
            tall = slide_pictures.shapes(self.slide, block.drawing, block, seat)
        else:
            tall = slide_pictures.image(self.slide, block, seat)
        self.notes.append(block.alt)
        self.y += tall / self.at(1) + 0.05
        if caption:
            self._words(caption, FINE, _QUIET, middle=True)
        if not self._below:
            self.y = _BOTTOM

    def _seat(self, tall: float) -> tuple[int, int, int, int]:
        """Return where something so tall goes next, as wide as may be written, in file units."""
        return (self.at(_SIDE), self.at(self.y), self.at(self.room), self.at(tall))

    def _figure(self, figure: FigureOut) -> None:
        """Place a figure, one chart a slide: each says what it finds, of what, and its sources."""
        whole = self.title
        for sheet in slide_figures.sheets(figure):
            if self.slide is not None and self.y <= self.top:
                self._words(sheet.title, _SMALLER, _INK, bold=True)
            else:
                self._open(sheet.title)
            self._words(sheet.subtitle, POINTS, _QUIET)
            foot = sheet.foot if self._lines(sheet.foot, FINE) < _MOST_FOOT else _(_IN_NOTES)
            beneath = self._lines(foot, FINE)
            seat = self._seat(max(_BOTTOM - self.y - beneath - 0.05, _LEAST))
            slide_figures.place(self.slide, sheet, seat, self.scale)
            self.notes += sheet.notes
            self.y = _BOTTOM - beneath
            self._words(foot, FINE, _QUIET)
            self.y = _BOTTOM
        self.title = whole

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
        self.notes = [self.sources] if is_next else []
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
        room = self.room * _BOLD
        points = _BIG if slide_room.lines(title, room * POINTS / _BIG) == 1 else _SMALLER
        most = int(room * POINTS / points * LETTERS) * _BIG // POINTS
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
