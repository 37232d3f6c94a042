"""The list of contents of a Word file: filled from the start, and Word's own to bring up to date.

The entries lead to their headings. Their pages are only known once Word has set the paper: they
come with the first update of the list, rather than being wrong before.
"""

from collections.abc import Iterator
from typing import Any, Final

from ocgdesk.i18n import _
from ocgdesk.reports.office_files import legal

_TAG: Final = "contents-"
_FIRST: Final = 900_000
"""The numbers of our bookmarks begin here: a template may have some of its own."""
_STYLES: Final = ("TOC Heading", "toc 1", "toc 2")
_INDENT_CM: Final = 0.6


def place(file: Any, levels: int) -> None:
    """Place an empty list at the end of a file of python-docx; ``levels`` are how deep it goes."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    _bring_styles(file)
    box = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:tag w:val='{_TAG}{levels}'/><w:docPartObj>"
        "<w:docPartGallery w:val='Table of Contents'/><w:docPartUnique/></w:docPartObj></w:sdtPr>"
        "<w:sdtContent/></w:sdt>"
    )
    file.element.body.sectPr.addprevious(box)


def fill(file: Any) -> None:
    """Fill the lists placed in a file with the headings that stand in it now."""
    from docx.oxml.ns import qn

    for tag in list(file.element.body.iter(qn("w:tag"))):
        name = str(tag.get(qn("w:val")))
        if not name.startswith(_TAG):
            continue
        levels = int(name.removeprefix(_TAG))
        found = [one for one in _headings(file) if one[0] <= levels]
        box = tag.getparent().getparent().find(qn("w:sdtContent"))
        for paragraph in _paragraphs(file, levels, found):
            box.append(paragraph)


def _bring_styles(file: Any) -> None:
    """Add the styles of a list of contents where a file has none; keep those it has."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Cm, Pt

    section = file.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for at, name in enumerate(_STYLES):
        if name in file.styles:
            continue
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        if "Normal" in file.styles:
            style.base_style = file.styles["Normal"]
        form = style.paragraph_format
        form.space_after = Pt(2)
        form.left_indent = Cm(_INDENT_CM) if at > 1 else None
        form.tab_stops.add_tab_stop(room, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _headings(file: Any) -> Iterator[tuple[int, str, str]]:
    """Yield level, bookmark and words of each heading; make the bookmarks."""
    from docx.oxml.ns import qn

    ids = {file.styles[f"Heading {level}"].style_id: level for level in (1, 2)}
    paragraphs = [p for p in file.element.body.iter(qn("w:p")) if p.style in ids]
    for at, p in enumerate(paragraphs):
        text = "".join(one.text or "" for one in p.iter(qn("w:t")))
        yield ids[p.style], _bookmarked(p, _FIRST + at), text


def _bookmarked(paragraph: Any, number: int) -> str:
    """Return the name of the bookmark round the words of a paragraph; make one if need be."""
    from docx.oxml.ns import qn

    name = f"_Toc{number}"
    if not paragraph.findall(qn("w:bookmarkStart")):
        runs = paragraph.findall(qn("w:r"))
        start = _element("bookmarkStart", id=str(number), name=name)
        runs[0].addprevious(start)
        runs[-1].addnext(_element("bookmarkEnd", id=str(number)))
        return name
    return str(paragraph.find(qn("w:bookmarkStart")).get(qn("w:name")))


def _paragraphs(file: Any, levels: int, found: list[tuple[int, str, str]]) -> Iterator[Any]:
    """Yield the lines of a list: its title, an entry a heading, and the end of its field."""
    yield _line(file, "TOC Heading", [_run(_("Contents"))])
    begin = [
        _run(_element("fldChar", fldCharType="begin")),
        _run(_code(f' TOC \\o "1-{levels}" \\h \\z \\u ')),
        _run(_element("fldChar", fldCharType="separate")),
    ]
    for level, mark, words in found:
        link = _element("hyperlink", anchor=mark, history="1")
        link.append(_run(words))
        yield _line(file, f"toc {level}", [*begin, link])
        begin = []
    yield _line(file, "Quiet", [*begin, _run(_element("fldChar", fldCharType="end"))])


def _line(file: Any, style: str, parts: list[Any]) -> Any:
    """Return a paragraph that stands nowhere yet."""
    from docx.oxml import OxmlElement

    paragraph: Any = OxmlElement("w:p")
    paragraph.style = file.styles[style].style_id
    paragraph.extend(parts)
    return paragraph


def _run(content: Any) -> Any:
    """Return a run of words, or of a part of a field."""
    from docx.oxml import OxmlElement

    run: Any = OxmlElement("w:r")
    if isinstance(content, str):
        run.text = legal(content)
    else:
        run.append(content)
    return run


def _code(text: str) -> Any:
    code = _element("instrText")
    code.text = text
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return code


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: Any = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
