"""Charts as slides of native shapes: items that can be moved, their lines glued to them.

One chart a slide, framed and marked as on any page; what it rests on stands in its notes. The
same pages give the same bytes.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from ocgdesk.domain.charts import Point
from ocgdesk.i18n import _
from ocgdesk.reports import chart_page, office_files, slide_shapes
from ocgdesk.reports.chart_page import Page
from ocgdesk.reports.chart_words import Legend
from ocgdesk.reports.document import Document
from ocgdesk.reports.drawing_parts import (
    VEIL,
    Area,
    Badge,
    Drawing,
    Element,
    Hull,
    Line,
    Node,
    NoteBox,
    Shape,
    TextRun,
)
from ocgdesk.reports.office_files import legal
from ocgdesk.reports.plate import Painted
from ocgdesk.reports.slide_shapes import EMU, SPACES, Pen, Sites, Written

_LAYOUT: Final = 5
"""Of the library's own template: a title and nothing else."""
_LONG_AGO: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One page, and what a slide says beside it."""

    page: Page
    marking: str
    names: Mapping[UUID, str] = field(default_factory=dict)
    """Items and lines in words: alternative text of their shapes."""
    notes: tuple[str, ...] = ()
    """What stands in the notes, a paragraph each."""


def to_pptx(slides: Sequence[Slide]) -> bytes:
    """Return pages of one size as the bytes of a presentation."""
    import pptx
    from pptx.util import Emu

    file = pptx.Presentation()
    first = slides[0].page
    file.slide_width, file.slide_height = (
        Emu(round(first.width * EMU)),
        Emu(round(first.height * EMU)),
    )
    told = Document(
        title=first.title, marking=slides[0].marking, author=first.author, day=_LONG_AGO
    )
    office_files.tell(file, told)
    for slide in slides:
        _add(file, slide)
    package = file.part.package
    office_files.drop_strangers(package._rels, file.part.rels)  # noqa: SLF001 - no other way
    out = io.BytesIO()
    file.save(out)
    return office_files.settled(out.getvalue())


def _add(file: Any, slide: Slide) -> None:
    from pptx.oxml import parse_xml

    made = file.slides.add_slide(file.slide_layouts[_LAYOUT])
    title = _title(slide.page)
    pen = Pen()
    _set_title(made.shapes.title, title, slide.page)
    pen.next_number = made.shapes.title.shape_id + 1
    frame = tuple(part for part in slide.page.frame if part is not title)
    parts = [*_chart(slide, pen), *(part.xml for part in _flat(frame, pen))]
    tree = parse_xml(f"<p:spTree {SPACES}>{''.join(parts)}</p:spTree>")
    made.shapes._spTree.extend(list(tree))  # noqa: SLF001 - no other way
    made.notes_slide.notes_text_frame.text = legal("\n".join(slide.notes))


def _title(page: Page) -> TextRun | None:
    runs = [part for part in page.frame if isinstance(part, TextRun)]
    return max(runs, key=lambda run: run.size, default=None)


def _set_title(shape: Any, run: TextRun | None, page: Page) -> None:
    """Put the page's title into the slide's own, where outlines and screen readers find it."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Emu, Pt

    frame = shape.text_frame
    frame.text = legal(" ".join(run.lines) if run else page.title)
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    if run is None:
        return
    room = page.width * 0.64
    shape.left, shape.top = Emu(round(run.box.x * EMU)), Emu(round(run.box.y * EMU))
    shape.width, shape.height = Emu(round(room * EMU)), Emu(round(run.box.height * EMU))
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.line_spacing = Pt(run.leading * slide_shapes.POINTS)
    font = paragraph.runs[0].font if paragraph.runs else paragraph.font
    font.size, font.bold = Pt(run.size * slide_shapes.POINTS), True
    font.name = office_files.FONT


def _flat(parts: Sequence[Element], pen: Pen) -> Iterator[Written]:
    """Write parts one by one, in painting order."""
    for part in parts:
        match part:
            case Shape():
                yield pen.shape(part, name=_("Frame"))
            case TextRun():
                yield pen.text(part, name=_("Frame"))
            case Line():
                yield pen.line(part, name=_("Frame"))


def _chart(slide: Slide, frame: Pen) -> Iterator[str]:
    """Write what is drawn: native items for a chart, its parts for any other picture."""
    page, drawn = slide.page, slide.page.chart
    pen = Pen(scale=page.scale, at=page.at, next_number=frame.next_number + 1)
    box = slide_shapes.area_of(drawn.bounds, pen)
    yield slide_shapes.backdrop(frame.next_number, box, name=_("Chart"), words=page.words)
    if isinstance(drawn, Drawing):
        yield from (part.xml for part in _Items(drawn, slide.names, pen).parts())
    else:
        yield from (part.xml for part in _picture(drawn, pen))
    frame.next_number = pen.next_number


def place(
    slide: Any, drawing: Drawing, room: Area, *, words: str, legend: Legend | None = None
) -> float:
    """Place a chart as native shapes in the middle of a room on a slide of another paper.

    Links are called links: whoever it is for may not be told more than the labels say.

    :param room: In units of 1/96 inch, as what is returned: how tall the chart stands.
    :param words: What it shows, for whoever cannot see it.
    :param legend: What stands beneath it.
    """
    from pptx.oxml import parse_xml

    page = chart_page.bare(drawing, legend, width=room.width, most=room.height)
    number = max((shape.shape_id for shape in slide.shapes), default=1) + 1
    pen = Pen(
        scale=page.scale, at=Point(page.at.x + room.x, page.at.y + room.y), next_number=number
    )
    back = slide_shapes.backdrop(
        pen.number(), slide_shapes.area_of(drawing.bounds, pen), name=_("Chart"), words=words
    )
    parts = [back, *(part.xml for part in _Items(drawing, {}, pen).parts())]
    beneath = Pen(at=Point(room.x, room.y), next_number=pen.next_number)
    parts += [part.xml for part in _flat(page.frame, beneath)]
    tree = parse_xml(f"<p:spTree {SPACES}>{''.join(parts)}</p:spTree>")
    slide.shapes._spTree.extend(list(tree))  # noqa: SLF001 - no other way
    return page.height


def _picture(drawn: Painted, pen: Pen) -> Iterator[Written]:
    for part, moved in drawn.elements():
        match part:
            case Shape():
                yield pen.shape(part, moved)
            case TextRun():
                yield pen.text(part)
            case Line():
                yield pen.line(part)


class _Items:
    """The items, lines, boxes and notes of one chart, in painting order."""

    def __init__(self, drawing: Drawing, names: Mapping[UUID, str], pen: Pen) -> None:
        self._drawing = drawing
        self._names = names
        self._pen = pen
        ids = [*(node.id for node in drawing.nodes), *(note.id for note in drawing.notes)]
        self._sites = {id_: Sites(pen.number()) for id_ in ids}

    def parts(self) -> Iterator[Written]:
        """Yield everything; lines come before the items they are glued to, which lie on top."""
        drawing = self._drawing
        for hull in drawing.hulls:
            yield self._pen.shape(hull.frame, name=_("OCG box"), words=_said(hull))
        for line in drawing.lines:
            yield from self._line(line)
        yield from (self._tab(hull) for hull in drawing.hulls)
        for line in drawing.lines:
            if line.label:
                yield self._pen.text(line.label, name=_("Link label"), ground=line.label.ground)
        for note in drawing.notes:
            if note.leader:
                yield self._glued(note.leader, _("Leader"))
        yield from (self._node(node) for node in drawing.nodes)
        yield from (self._note(note) for note in drawing.notes)

    def _line(self, line: Line) -> Iterator[Written]:
        words = self._names.get(line.owner, "") if line.owner else ""
        if len(line.points) == 2:
            yield self._glued(line, words or _("Link"))
        else:
            yield from self._pen.loop(line, name=words or _("Link"))

    def _glued(self, line: Line, name: str) -> Written:
        begin, end = (self._sites.get(id_) for id_ in line.ends) if line.ends else (None, None)
        return self._pen.line(line, name=name, words=name, begin=begin, end=end)

    def _tab(self, hull: Hull) -> Written:
        parts = [self._pen.shape(part, name=_("Tab")) for part in (hull.tab, *hull.icon)]
        parts += [self._pen.text(run, name=_("Tab")) for run in hull.texts]
        return self._pen.group(parts, name=_said(hull) or _("OCG box"))

    def _node(self, node: Node) -> Written:
        name = " ".join(node.label.lines) if node.label else ""
        words = self._names.get(node.id, name)
        first, *rest = node.look.shapes
        pen = self._pen
        parts = [pen.shape(first, node.at, name=name or _("Item"), sites=self._sites[node.id])]
        parts += [pen.shape(part, node.at, name=_("Icon")) for part in (*rest, *node.look.icon)]
        for run in (node.label, node.detail):
            if run:
                ground = replace(run.ground, alpha=VEIL)
                parts.append(pen.text(run, name=_("Label"), ground=ground))
        for badge in node.badges:
            parts += self._badge(badge)
        return pen.group(parts, name=name or words or _("Item"), words=words)

    def _badge(self, badge: Badge) -> list[Written]:
        slab = self._pen.shape(badge.slab, name=_("Badge"))
        return [slab, self._pen.text(badge.text, name=_("Badge"))]

    def _note(self, note: NoteBox) -> Written:
        name = _("Note")
        parts = [self._pen.shape(note.slab, name=name, sites=self._sites[note.id])]
        parts += [self._pen.text(run, name=name) for run in note.texts]
        said = " ".join(line for run in note.texts for line in run.lines)
        return self._pen.group(parts, name=name, words=said)


def _said(hull: Hull) -> str:
    return ", ".join(line for run in hull.texts for line in run.lines)
