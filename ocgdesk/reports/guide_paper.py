"""The user guide in one document: a web page, Markdown, Word or PDF, with its pictures in it."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from html import escape
from typing import Final, assert_never

from ocgdesk.i18n import _
from ocgdesk.reports import guide, paper_writers
from ocgdesk.reports.document import Block as PaperBlock
from ocgdesk.reports.document import (
    Contents,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    Tone,
)
from ocgdesk.reports.plain_markup import (
    Block,
    Grid,
    Head,
    Items,
    Line,
    Shown,
    Span,
    Typed,
    Words,
    plain,
)

Source = Callable[[str], str]
"""Where a picture of this name is fetched from."""

_PAGE: Final = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 16px/1.5 "IBM Plex Sans", system-ui, sans-serif; color: #161c26; margin: 2em auto;
  max-width: 46em; padding: 0 1em }}
img {{ max-width: 100%; border: 1px solid #c3cbd6 }} code, pre {{ font-family: monospace }}
pre {{ background: #f3f5f8; padding: .8em; overflow-x: auto }}
table {{ border-collapse: collapse }} td, th {{ border: 1px solid #c3cbd6; padding: .3em .6em;
  text-align: left; vertical-align: top }}
</style></head><body>
{body}
</body></html>
"""
_TAGS: Final = {"bold": "b", "italic": "i", "code": "code"}


def to_html_fragment(blocks: Sequence[Block], source: Source) -> str:
    """Return blocks as HTML without a page round them."""
    return "\n".join(_html(block, source) for block in blocks)


def to_html(title: str, source: Source | None = None) -> str:
    """Return the whole guide as one web page that fetches nothing."""
    parts = [f"<h1>{escape(title)}</h1>", _contents_html()]
    for one in guide.chapters():
        body = to_html_fragment(_lowered(one.blocks), source or embedded)
        parts.append(f'<section id="{one.key}">\n{body}\n</section>')
    return _PAGE.format(title=escape(title), body="\n".join(parts))


def to_markdown(title: str) -> str:
    """Return the whole guide as one Markdown text, its pictures at the foot of it."""
    parts = [f"# {title}"]
    names: dict[str, None] = {}
    for one in guide.chapters():
        text = one.text.strip()
        for name in one.pictures:
            text = text.replace(f"({guide.PICTURES}/{name}.png)", f"[{name}]")
        names |= dict.fromkeys(one.pictures)
        parts.append("\n".join(_lower(text)))
    pictures = "\n".join(f"[{name}]: {embedded(name)}" for name in names)
    return "\n\n".join((*parts, pictures)) + "\n"


def to_document(title: str, day: date) -> Document:
    """Return the whole guide as a paper of this day."""
    blocks: list[PaperBlock] = [Contents(1)]
    for one in guide.chapters():
        blocks.append(PageBreak())
        blocks += [made for block in one.blocks for made in _paper(block)]
    return Document(title=title, marking="", day=day, blocks=tuple(blocks))


def to_bytes(ending: str, day: date) -> bytes:
    """Return the guide in the format of a file's ending; KeyError where it is not known."""
    return WRITERS[ending](_("OCG Desk: user guide"), day)


def embedded(name: str) -> str:
    """Return a picture as an address that holds it."""
    return f"data:image/png;base64,{b64encode(guide.picture(name)).decode('ascii')}"


def _as_html(title: str, _day: date) -> bytes:
    return to_html(title).encode()


def _as_markdown(title: str, _day: date) -> bytes:
    return to_markdown(title).encode()


def _as_docx(title: str, day: date) -> bytes:
    return paper_writers.WRITERS["docx"](to_document(title, day))


def _as_pdf(title: str, day: date) -> bytes:
    return paper_writers.WRITERS["pdf"](to_document(title, day))


WRITERS: Final[dict[str, Callable[[str, date], bytes]]] = {
    "html": _as_html,
    "md": _as_markdown,
    "docx": _as_docx,
    "pdf": _as_pdf,
}
"""How the guide is written, by the ending of the file."""


def _contents_html() -> str:
    lines = (f'<li><a href="#{one.key}">{escape(one.title)}</a></li>' for one in guide.chapters())
    return "<ul>" + "".join(lines) + "</ul>"


def _lowered(blocks: Sequence[Block]) -> list[Block]:
    """Put each heading one level lower: the title of the guide stands above them."""
    return [Head(b.level + 1, b.line) if isinstance(b, Head) else b for b in blocks]


def _lower(text: str) -> Iterator[str]:
    typed = False
    for line in text.splitlines():
        typed = typed != line.startswith("```")
        yield f"#{line}" if line.startswith("#") and not typed else line


def _html(block: Block, source: Source) -> str:
    match block:
        case Head(level, line):
            return f"<h{level}>{_line(line)}</h{level}>"
        case Words(line):
            return f"<p>{_line(line)}</p>"
        case Items(lines, is_numbered):
            tag = "ol" if is_numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{_line(line)}</li>' for line in lines)}</{tag}>"
        case Typed(text):
            return f"<pre>{escape(text)}</pre>"
        case Shown(file, words):
            return f'<p><img src="{source(_name(file))}" alt="{escape(words)}"></p>'
        case Grid():
            return _grid(block)
        case _:
            assert_never(block)


def _grid(grid: Grid) -> str:
    head = "".join(f"<th>{_line(cell)}</th>" for cell in grid.titles)
    rows = "".join(
        f"<tr>{''.join(f'<td>{_line(cell)}</td>' for cell in row)}</tr>" for row in grid.rows
    )
    return f"<table><tr>{head}</tr>{rows}</table>"


def _line(line: Line) -> str:
    return "".join(_span(span) for span in line)


def _span(span: Span) -> str:
    if span.style == "link":
        return f'<a href="#{_key(span.target)}">{escape(span.text)}</a>'
    tag = _TAGS.get(span.style, "")
    return f"<{tag}>{escape(span.text)}</{tag}>" if tag else escape(span.text)


def _key(target: str) -> str:
    """Return the chapter a link leads to: links name the files of the folder."""
    return target.lstrip("#").removesuffix(".md")


def _name(file: str) -> str:
    return file.removeprefix(f"{guide.PICTURES}/").removesuffix(".png")


def _paper(block: Block) -> Iterator[PaperBlock]:
    match block:
        case Head(level, line):
            yield Heading(plain(line), level)
        case Words(line):
            yield Paragraph(plain(line))
        case Items():
            yield from _listed(block)
        case Typed(text):
            yield from (Paragraph(typed, Tone.QUIET) for typed in text.splitlines())
        case Shown(file, words):
            yield Picture(png=guide.picture(_name(file)), alt=words, caption=words)
        case Grid(titles, rows):
            yield _table(titles, rows)
        case _:
            assert_never(block)


def _listed(items: Items) -> Iterator[Paragraph]:
    for number, line in enumerate(items.lines, 1):
        mark = f"{number}." if items.is_numbered else "•"
        yield Paragraph(f"{mark} {plain(line)}")


def _table(titles: Sequence[Line], rows: Sequence[Sequence[Line]]) -> Table:
    return Table(
        tuple(plain(cell) for cell in titles),
        tuple(tuple(plain(cell) for cell in row) for row in rows),
    )
