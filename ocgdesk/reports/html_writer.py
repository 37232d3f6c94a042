"""Documents as one web page: everything in it, nothing fetched, marked at its top and bottom."""

from base64 import b64encode
from collections.abc import Iterator
from html import escape
from typing import Final, assert_never

from ocgdesk.i18n import _
from ocgdesk.reports import columns
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
    levelled,
)

_STYLE: Final = (
    "body{font-family:'IBM Plex Sans',Arial,sans-serif;font-size:10pt;color:#161C26;"
    "background-color:#FFFFFF;"
    "max-width:52em;margin:0 auto;padding:0 1em}"
    ".marking{text-align:center;font-weight:600;padding:.4em;letter-spacing:.06em}"
    "h1{font-size:18pt;margin:.4em 0 .1em}h2{font-size:13pt;margin:1em 0 .3em}"
    "h3{font-size:11pt;margin:.8em 0 .3em}p{margin:.3em 0}"
    ".quiet{color:#4A5565;font-size:9pt}.warning{color:#9B1C1C;font-weight:600}"
    "table{border-collapse:collapse;width:100%;font-size:9pt}"
    "td,th{border:1px solid #C3CBD6;padding:3px 5px;vertical-align:top}"
    "th{background-color:#E8ECF2}"
    "figure{margin:.5em 0}img{max-width:100%}a{color:#1D3F7D}"
)
_WIDTH: Final = 640
"""Pixels of a picture as wide as the page."""
_CLASSES: Final = {Tone.PLAIN: "", Tone.QUIET: ' class="quiet"', Tone.WARNING: ' class="warning"'}


def to_html(document: Document) -> bytes:
    """Return a document as the bytes of a web page that needs no other file."""
    return page(document).encode("utf-8", errors="replace")


def page(document: Document) -> str:
    """Return a document as the text of a web page."""
    marking = f'<p class="marking">{escape(document.banner)}</p>'
    head = (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{escape(document.title)}</title>{_meta(document)}"
        f"<style>{_STYLE}{_printed(document.banner)}</style></head><body>"
    )
    subtitle = f'<p class="quiet">{escape(document.subtitle)}</p>' if document.subtitle else ""
    foot = f'<p class="quiet">{escape(document.foot)}</p>' if document.foot else ""
    return "\n".join(
        (
            head + marking,
            f"<h1>{escape(document.title)}</h1>{subtitle}{_table((), document.facts)}",
            *_blocks(tuple(levelled(document.blocks))),
            f"{foot}{marking}</body></html>",
        )
    )


def _printed(banner: str) -> str:
    """Return the rules of a printed page: marked at its top and foot, no heading left alone.

    Browsers that know no boxes in the margin (CSS Paged Media 3, section 5) print as before.
    """
    said = '"' + "".join(f"\\{ord(one):x} " if one in '\\"<\n' else one for one in banner) + '"'
    return (
        f"@page{{margin:2cm 1.5cm;@top-center{{content:{said};font-weight:600}}"
        f"@bottom-center{{content:{said};font-weight:600}}"
        "@bottom-right{content:counter(page)}}"
        "@media print{h2,h3{break-after:avoid}tr,figure{break-inside:avoid}}"
    )


def _meta(document: Document) -> str:
    """Return what the page says of itself to whoever files it."""
    said = (
        ("author", document.author),
        ("description", document.told),
        ("identifier", document.identifier),
        ("version", document.version),
        ("classification", document.banner),
    )
    return "".join(
        f'<meta name="{name}" content="{escape(words)}">' for name, words in said if words
    )


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    figures = 0
    for at, block in enumerate(blocks):
        if isinstance(block, Picture):
            figures += bool(block.caption)
            yield _picture(block, figures)
        else:
            yield _block(block, at, blocks)


def _block(block: Block, at: int, blocks: tuple[Block, ...]) -> str:
    made = ""
    match block:
        case Heading(text, level):
            tag = f"h{min(level, 2) + 1}"
            made = f'<{tag} id="{_anchor(at)}">{escape(text)}</{tag}>'
        case Paragraph(text, tone):
            made = f"<p{_CLASSES[tone]}>{_lines(text)}</p>"
        case Facts(pairs):
            made = _table((), pairs)
        case Table(titles, rows):
            made = _table(titles, rows)
        case Contents(levels):
            made = _contents(blocks, levels)
        case PageBreak() | Picture():
            made = "<hr>"
        case _:
            assert_never(block)
    return made


def _contents(blocks: tuple[Block, ...], levels: int) -> str:
    items = "".join(
        f'<li><a href="#{_anchor(at)}">{escape(block.text)}</a></li>'
        for at, block in enumerate(blocks)
        if isinstance(block, Heading) and block.level <= levels
    )
    return f"<ul>{items}</ul>"


def _anchor(at: int) -> str:
    """Return what a heading is reached by: two may have the same words."""
    return f"part-{at}"


def _table(titles: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    if not (rows or titles):
        return ""
    numbers = columns.numeric(rows) if titles else frozenset[int]()
    head = _cells(titles, "th", numbers)
    body = "".join(f"<tr>{_cells(row, 'td', numbers, is_named=not titles)}</tr>" for row in rows)
    return f"<table>{f'<tr>{head}</tr>' if titles else ''}{body}</table>"


def _cells(
    row: tuple[str, ...], tag: str, numbers: frozenset[int], *, is_named: bool = False
) -> str:
    """Return the cells of a row; numbers and their titles stand at the right."""
    cells = ""
    for at, text in enumerate(row):
        name = "th" if is_named and not at else tag
        side = "right" if at in numbers else "left"  # an attribute: Qt reads no such style
        scope = "" if name == "td" else f' scope="{"col" if tag == "th" else "row"}"'
        cells += f'<{name} align="{side}"{scope}>{_lines(text)}</{name}>'
    return cells


def _picture(picture: Picture, number: int) -> str:
    data = b64encode(picture.png).decode()
    image = (
        f'<img src="data:image/png;base64,{data}" alt="{escape(picture.alt)}"'
        f' width="{round(_WIDTH * picture.width)}">'
    )
    if not picture.caption:
        return f"<figure><p>{image}</p></figure>"
    caption = f"{_('Figure')} {number}: {escape(picture.caption)}"
    said = f'<figcaption><p class="quiet">{caption}</p></figcaption>'
    return f"<figure><p>{image}</p>{said}</figure>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
