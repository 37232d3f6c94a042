"""Documents as Word files: real styles, marking on every page, nothing of the machine in them.

Bytes out, no file between. The same document gives the same bytes.
"""

import io
from itertools import zip_longest
from typing import Any, Final, assert_never

from ocgdesk.i18n import _
from ocgdesk.reports import docx_contents, docx_tables, office_files
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
    fitting,
    is_quiet,
)
from ocgdesk.reports.office_files import FONT, drop_strangers, legal, settled

_MARGIN_CM: Final = 2.0
_SHORT_CM: Final = 21.0
_LONG_CM: Final = 29.7
_HIGH: Final = 0.55
"""Of the height of a page: a picture that takes more begins one with its heading."""
_TONES: Final = {Tone.PLAIN: "Normal", Tone.QUIET: "Quiet", Tone.WARNING: "Warning"}


def to_docx(document: Document) -> bytes:
    """Return a document as the bytes of a Word file: A4 upright, or lying where it is wide."""
    import docx

    file = docx.Document()
    _dress(file)
    _frame(file, document)
    file.add_paragraph(legal(document.title), style="Title")
    if document.subtitle:
        file.add_paragraph(legal(document.subtitle), style="Subtitle")
    if document.facts:
        add(file, Facts(document.facts))
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        add(file, block)
        _keep(file, block, following)
    return finished(file, document)


def _keep(file: Any, block: Block, following: Block | None) -> None:
    """Keep the basis of a section with it, and begin a page where a tall picture comes."""
    if isinstance(following, Paragraph) and isinstance(block, Facts | Table):
        docx_tables.keep_with_next(file)
    elif following is not None and is_quiet(following) and is_quiet(block):
        file.paragraphs[-1].paragraph_format.keep_with_next = True
    if isinstance(block, Heading) and isinstance(following, Picture):
        _, tall = _size(file, following)
        if tall > _HIGH * _height(file):
            # Not every word processor keeps a heading with a picture that takes most of a page.
            file.paragraphs[-1].paragraph_format.page_break_before = True


def _size(file: Any, picture: Picture) -> tuple[int, int]:
    """Return how wide and tall a picture stands, in the units of the file."""
    room = _room(file.sections[0])
    wide = round(room * fitting(picture, room, _height(file)))
    across, down = picture.size
    return wide, round(wide * down / across)


def _height(file: Any) -> int:
    section = file.sections[0]
    return int(section.page_height - section.top_margin - section.bottom_margin)


def finished(file: Any, document: Document) -> bytes:
    """Return a file of python-docx as bytes that say of themselves what the paper says."""
    docx_contents.fill(file)
    office_files.tell(file, document)
    drop_strangers(file.part.package.rels, file.part.rels)
    out = io.BytesIO()
    file.save(out)
    return settled(out.getvalue())


def _dress(file: Any) -> None:
    """Give the styles the looks of this program's papers."""
    from docx.shared import Pt, RGBColor

    styles = file.styles
    for name, points in (
        ("Normal", 10), ("Title", 20), ("Subtitle", 11), ("Heading 1", 14), ("Heading 2", 12),
        ("Header", 9), ("Footer", 8), ("Caption", 8.5),
    ):  # fmt: skip
        _set_font(styles[name], points)
    for name in ("Title", "Heading 1", "Heading 2"):
        styles[name].font.color.rgb = RGBColor(0x1B, 0x26, 0x38)
        styles[name].font.bold = True
    for name, above in (("Heading 1", 14), ("Heading 2", 9)):
        form = styles[name].paragraph_format
        form.space_before, form.space_after = Pt(above), Pt(4)
    styles["Subtitle"].font.italic = False
    for name in ("Subtitle", "Caption"):
        styles[name].font.color.rgb, styles[name].font.bold = RGBColor(0x4A, 0x55, 0x65), False
    styles["Normal"].paragraph_format.space_after = Pt(6)
    docx_tables.dress(styles[docx_tables.GRID])
    add_tones(file)
    _settle(file)


def _settle(file: Any) -> None:
    """Have Word open the file as of today and in UK English, not as its library's template says."""
    from docx.oxml.ns import qn

    settings = file.settings.element
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    for rsids in settings.findall(qn("w:rsids")):
        settings.remove(rsids)
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")
    for tongue in file.styles.element.iter(qn("w:lang")):
        tongue.set(qn("w:val"), "en-GB")


def add_tones(file: Any) -> None:
    """Add the styles that no Word file brings: quiet words and warnings."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    styles = file.styles
    for name, ink in (("Quiet", (0x4A, 0x55, 0x65)), ("Warning", (0x9B, 0x1C, 0x1C))):
        if name in styles:
            continue
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if "Normal" in styles:
            style.base_style = styles["Normal"]
        style.font.color.rgb = RGBColor(*ink)
        if name == "Quiet":
            style.font.size = Pt(8.5)
        else:
            style.font.bold = True


def _set_font(style: Any, points: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = FONT, Pt(points)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)  # a theme's font outranks a named one
    fonts.set(qn("w:cs"), FONT)


# ---- Every page ---------------------------------------------------------------------------------


def _frame(file: Any, document: Document) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section = file.sections[0]
    sides = (Cm(_SHORT_CM), Cm(_LONG_CM))
    section.page_width, section.page_height = sides[::-1] if document.is_wide else sides
    if document.is_wide:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.left_margin = section.right_margin = Cm(_MARGIN_CM)
    section.top_margin = section.bottom_margin = Cm(2.2)
    banner = document.banner
    mark(section.header.paragraphs[0], banner)
    foot = section.footer.paragraphs[0]
    foot.add_run(legal(document.foot) + ("  ·  " if document.foot else ""))
    foot.add_run(_("page") + " ")
    _page_number(foot)
    mark(section.footer.add_paragraph(style="Footer"), banner)


def mark(paragraph: Any, text: str) -> None:
    """Write the marking into a paragraph, in the middle."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(legal(text)).bold = True


def _page_number(paragraph: Any) -> None:
    _field(paragraph, "PAGE", "1")


def _field(paragraph: Any, code: str, text: str) -> None:
    """Place a field that Word works out; ``text`` stands there until it does."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field, run, words = (OxmlElement(f"w:{name}") for name in ("fldSimple", "r", "t"))
    field.set(qn("w:instr"), code)
    words.text = text
    run.append(words)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no other way to a field


# ---- Blocks -------------------------------------------------------------------------------------


def add(file: Any, block: Block) -> None:
    """Add a block at the end of a file of python-docx, in the styles it has by these names."""
    match block:
        case Heading(text, level):
            file.add_paragraph(legal(text), style=f"Heading {min(level, 2)}")
        case Paragraph(text, tone):
            file.add_paragraph(legal(text), style=_TONES[tone])
        case Facts(pairs):
            docx_tables.add(file, pairs, (0.28, 0.72), titles=())
        case Table(titles, rows, widths):
            docx_tables.add(file, rows, widths, titles=titles)
        case Picture():
            _add_picture(file, block)
        case PageBreak():
            file.add_page_break()
        case Contents(levels):
            docx_contents.place(file, levels)
        case _:
            assert_never(block)


def _add_picture(file: Any, picture: Picture) -> None:
    """Place a picture with its alternative text and, beneath it, a numbered caption."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = file.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = bool(picture.caption)
    wide, _tall = _size(file, picture)
    shape = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=wide)
    shape._inline.docPr.set("descr", legal(picture.alt))  # noqa: SLF001 - no other way
    if picture.caption:
        number = 1 + sum(_is_number(one) for one in file.element.body.iter(_FIELD))
        caption = file.add_paragraph(style="Caption")
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        caption.add_run(_("Figure") + " ")
        _field(caption, _NUMBER, str(number))
        caption.add_run(f": {legal(picture.caption)}")


_NUMBER: Final = "SEQ Figure"
_SPACE: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FIELD: Final = f"{_SPACE}fldSimple"


def _is_number(field: Any) -> bool:
    return bool(field.get(f"{_SPACE}instr") == _NUMBER)


def _room(section: Any) -> int:
    """Return the width between the margins, in the units of the file."""
    return int(section.page_width - section.left_margin - section.right_margin)
