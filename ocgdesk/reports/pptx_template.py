"""Presentations of the force's own, filled: words in place of fields, sections as slides.

A slide that holds the field of a section gives its layout to that section's slides, and goes.
Whatever a template leaves out is added: the marking on every slide, and what a paper ends with.
"""

import io
from collections.abc import Iterator
from typing import Any

from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.reports import pptx_writer
from ocgdesk.reports.document import Block, Document
from ocgdesk.reports.slide_flow import Flow
from ocgdesk.reports.template_fields import (
    Filling,
    Told,
    alone,
    correct_runs,
    every_name,
    fill_runs,
)


def fields(name: str, data: bytes) -> tuple[str, ...]:
    """Return the fields in a presentation, each once; Refused, in a sentence, for a damaged one."""
    file = _opened(name, data)
    return every_name(map(_text, _everywhere(file)))


def fill(name: str, data: bytes, filling: Filling) -> tuple[bytes, tuple[str, ...]]:
    """Return a presentation with its fields filled, and the fields this program has none of.

    Raises Refused, in a sentence, for a damaged one.
    """
    file, told = _opened(name, data), Told()
    hosts = [(slide, _fields_of(slide, filling, told)) for slide in list(file.slides)]
    for paragraph in _everywhere(file):
        if not filling.is_place(alone(_text(paragraph))):
            fill_runs(_runs(paragraph), filling.words, told)
    for slide in file.slides:
        _mark(file, slide, filling.document)
    for slide, names in hosts:
        if names:
            blocks = (b for one in names for b in filling.at(one, told.placed))
            _flow(file, filling, slide.slide_layout, tuple(blocks), after=slide)
    if not (told.has_body or told.placed):
        _flow(file, filling, _layout(file), filling.rest(()))
    _flow(file, filling, _layout(file), filling.closing)
    for slide in (slide for slide, names in hosts if names):
        _drop(file, slide)  # last: new slides are named by how many there are
    return pptx_writer.finished(file, filling.document), tuple(told.unknown)


def _opened(name: str, data: bytes) -> Any:
    import pptx

    try:
        return pptx.Presentation(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - whatever a damaged file does to the library, it is damaged
        raise Refused(_("{name} is damaged, or is no presentation").format(name=name)) from None


# ---- Fields -------------------------------------------------------------------------------------


def _everywhere(file: Any) -> Iterator[Any]:
    """Yield every paragraph: of the masters and layouts, of each slide and its notes."""
    for master in file.slide_masters:
        yield from _in(master)
        for layout in master.slide_layouts:
            yield from _in(layout)
    for slide in file.slides:
        yield from _in(slide)
        if slide.has_notes_slide:
            yield from _in(slide.notes_slide)


def _in(part: Any) -> list[Any]:
    return list(part.element.iter(_tag("a:p")))


def _runs(paragraph: Any) -> list[Any]:
    return list(paragraph.iter(_tag("a:t")))


def _text(paragraph: Any) -> str:
    return "".join(text.text or "" for text in _runs(paragraph))


def _tag(name: str) -> str:
    from pptx.oxml.ns import qn

    tag: str = qn(name)
    return tag


def _fields_of(slide: Any, filling: Filling, told: Told) -> list[str]:
    """Return the sections a slide is the place of; note which."""
    names = [name for p in _in(slide) if filling.is_place(name := alone(_text(p)))]
    for name in names:
        told.places(name)
    return names


# ---- Slides -------------------------------------------------------------------------------------


def _layout(file: Any) -> Any:
    """Return the layout of slides that follow no pattern: one with a title and little else."""
    titled = [one for one in file.slide_layouts if any(_is_title(p) for p in one.placeholders)]
    return min(titled, key=lambda one: len(one.placeholders), default=file.slide_layouts[0])


def _is_title(placeholder: Any) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER

    return placeholder.placeholder_format.type in {
        PP_PLACEHOLDER.TITLE,
        PP_PLACEHOLDER.CENTER_TITLE,
    }


def _flow(
    file: Any, filling: Filling, layout: Any, blocks: tuple[Block, ...], after: Any = None
) -> None:
    """Write blocks as slides, at the end or after a slide."""
    ids = file.slides._sldIdLst  # noqa: SLF001 - python-pptx has no other way to their order
    before = list(ids)
    banner = filling.document.banner
    marks = not _says(layout, banner) and not _says(layout.slide_master, banner)
    flow = Flow(file, filling.document, layout=layout, marks=marks, has_own_look=True)
    flow.run(blocks)
    if after is None:
        return
    place = next(one for one in before if int(one.id) == after.slide_id)
    for made in reversed([one for one in ids if one not in before]):
        place.addnext(made)


def _drop(file: Any, slide: Any) -> None:
    ids = file.slides._sldIdLst  # noqa: SLF001 - python-pptx has no other way to take one out
    place = next(one for one in ids if int(one.id) == slide.slide_id)
    file.part.drop_rel(place.rId)
    ids.remove(place)


# ---- The marking --------------------------------------------------------------------------------


def _says(part: Any, banner: str) -> bool:
    return any(banner in _text(paragraph) for paragraph in _in(part))


def _mark(file: Any, slide: Any, document: Document) -> None:
    """See that a slide carries the marking, and no other that the template says by itself."""
    layout = slide.slide_layout
    parts = (slide, layout, layout.slide_master)
    for part in parts:
        for paragraph in _in(part):
            if document.banner not in _text(paragraph):
                correct_runs(_runs(paragraph), document.marking)
    if not any(_says(part, document.banner) for part in parts):
        pptx_writer.mark(file, slide, document.banner)
