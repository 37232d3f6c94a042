"""Documents as Word files: real styles, marking on every page, nothing of the machine in them.

Bytes out, no file between. The same document gives the same bytes.
"""

import io
from datetime import datetime, time
from typing import Any, Final, assert_never

from ocgdesk.i18n import _
from ocgdesk.reports import office_files
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
    is_short,
)
from ocgdesk.reports.office_files import FONT, drop_strangers, legal, settled

_MARGIN_CM: Final = 2.0
_SHORT_CM: Final = 21.0
_LONG_CM: Final = 29.7
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
    for block in document.blocks:
        add(file, block)
    return finished(file, document)


def finished(file: Any, document: Document) -> bytes:
    """Return a file of python-docx as bytes that say of themselves what the paper says."""
    _tell(file, document)
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
    styles["Subtitle"].font.italic = False
    styles["Normal"].paragraph_format.space_after = Pt(6)
    add_tones(file)


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


def _tell(file: Any, document: Document) -> None:
    moment = datetime.combine(document.day, time())
    told = {"title": document.title, "subject": document.marking, "author": document.author}
    office_files.tell(file, moment, **told)


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
            _add_table(file, pairs, (0.28, 0.72), titles=())
        case Table(titles, rows, widths):
            _add_table(file, rows, widths, titles=titles)
        case Picture():
            _add_picture(file, block)
        case PageBreak():
            file.add_page_break()
        case Contents(levels):
            _add_contents(file, levels)
        case _:
            assert_never(block)


def _add_picture(file: Any, picture: Picture) -> None:
    """Place a picture with its alternative text and, beneath it, a numbered caption."""
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.keep_with_next = bool(picture.caption)
    section = file.sections[0]
    room = _room(section)
    tall = int(section.page_height - section.top_margin - section.bottom_margin)
    shape = paragraph.add_run().add_picture(
        io.BytesIO(picture.png), width=round(room * fitting(picture, room, tall))
    )
    shape._inline.docPr.set("descr", legal(picture.alt))  # noqa: SLF001 - no other way
    if picture.caption:
        caption = file.add_paragraph(style="Caption")
        caption.add_run(_("Figure") + " ")
        _field(caption, "SEQ Figure", "1")
        caption.add_run(f": {legal(picture.caption)}")


def _add_contents(file: Any, levels: int) -> None:
    """Place a table of contents, which Word fills in when the file is opened."""
    paragraph = file.add_paragraph(style="Quiet")
    _field(paragraph, f'TOC \\o "1-{levels}" \\h \\z', _("Press F9 here to list the contents."))


def _add_table(
    file: Any,
    rows: tuple[tuple[str, ...], ...],
    widths: tuple[float, ...],
    *,
    titles: tuple[str, ...],
) -> None:
    if not (rows or titles):
        return
    count = len(titles or rows[0])
    table = file.add_table(rows=0, cols=count, style="Table Grid")
    table.autofit = False
    if titles:
        _fill(table.add_row(), titles, bold=True)
        _repeat(table.rows[0])
    for row in rows:
        _fill(table.add_row(), row, bold=False, first_bold=not titles)
    if is_short(titles, rows):
        _keep_together(table)
    _set_widths(table, widths or (1 / count,) * count)
    file.add_paragraph(style="Quiet")


def _keep_together(table: Any) -> None:
    """Have a short table stand on one page: each row stays with the next."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _fill(row: Any, texts: tuple[str, ...], *, bold: bool, first_bold: bool = False) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - no other way
    for i, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        run = paragraph.add_run(legal(text))
        run.font.size, run.bold = Pt(9), bold or (first_bold and i == 0)


def _repeat(row: Any) -> None:
    """Have a row stand again at the top of every page its table reaches."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no other way


def _set_widths(table: Any, shares: tuple[float, ...]) -> None:
    room = _room(table.part.document.sections[0])
    for i, share in enumerate(shares):
        table.columns[i].width = round(room * share)
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = round(room * share)


def _room(section: Any) -> int:
    """Return the width between the margins, in the units of the file."""
    return int(section.page_width - section.left_margin - section.right_margin)
