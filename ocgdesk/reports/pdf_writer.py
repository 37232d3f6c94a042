"""Documents as PDF: tagged, with bookmarks, in the shipped faces, marked on every page.

Set by typst from text made here, every word of it a quoted string: nothing of a record is read
as layout. Nothing touches the disk; the same document gives the same bytes.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, Literal, assert_never

from ocgdesk import resources
from ocgdesk.errors import CannotWrite
from ocgdesk.i18n import _
from ocgdesk.reports import columns, fonts
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
    is_short,
    levelled,
)

if TYPE_CHECKING:
    from typst import Fonts

STANDARD: Final = "ua-1"
"""PDF/UA-1: tagged, with language, title and alternative texts (ISO 14289-1)."""
_SHAPES: Final = "DejaVu Sans Mono"
"""Brought by typst: arrows and shapes that Plex lacks."""
_ROOM: Final = (17.0, 25.3)
"""The page between its margins, in centimetres: across and down, upright."""
_REFERENCE: Final = r"[A-Z][A-Z0-9]*-[A-Z]{2,4}-\d{4}-\d+"
"""A reference stands on one line: nobody should have to put it together."""
_LETTERS: Final = 6.3
"""How many letters of a table go into a centimetre, on average."""
_MARGIN: Final = 2.2
"""What the margins of a cell take, in letters."""
_BEGUN: Final = "2.4cm"
_INK, _QUIET, _WARNING = "#161C26", "#4A5565", "#9B1C1C"
_LINE, _GROUND = "#C3CBD6", "#E8ECF2"


def to_pdf(document: Document) -> bytes:
    """Return a document as the bytes of a PDF file: A4 upright, or lying where it is wide.

    It keeps to PDF/UA unless a word has a character that no face has: that one is shown as an
    empty box, which the standard does not allow, and a paper that cannot be made helps nobody.
    """
    import typst

    stamp = datetime.combine(document.day, time(), UTC)
    text = source(document).encode()

    def compiled(*standards: Literal["ua-1"]) -> bytes:
        made = typst.Compiler(text, font_paths=_shipped()).compile(
            format="pdf", pdf_standards=list(standards), timestamp=stamp
        )
        assert isinstance(made, bytes)  # noqa: S101 - one document, one file
        return made

    try:
        return _unsuspected(compiled(STANDARD))
    except typst.TypstError as fault:
        if "could not be displayed" not in fault.message:
            # What it says may quote the paper: it goes no further.
            raise CannotWrite(_("The paper could not be set as PDF")) from None
    return _unsuspected(compiled())


_SUSPECTS: Final = b"/Suspects false"


def _unsuspected(made: bytes) -> bytes:
    """Return a file that leaves out what holds anyway: that none of its tags are doubtful.

    The standard allows it to be said (ISO 32000-1, 14.7.1), but poppler takes it for a fault and
    warns of it. Blanks stand in its place: where everything lies in the file stays as it was.
    """
    at = made.rfind(_SUSPECTS, made.rfind(b"/MarkInfo"))
    if at < 0:
        return made
    return made[:at] + b" " * len(_SUSPECTS) + made[at + len(_SUSPECTS) :]


@cache
def _shipped() -> "Fonts":
    """Return our faces, and those typst brings for arrows and shapes that Plex lacks."""
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(resources.path("fonts"))],
    )


def source(document: Document) -> str:
    """Return the text a document is set from."""
    return "\n".join(
        [
            *_preamble(document),
            f"#title({_text(document.title)})",
            *([f"#subtitle({_text(document.subtitle)})"] if document.subtitle else []),
            *([_block(Facts(document.facts), document)] if document.facts else []),
            *_blocks(document),
            "",
        ]
    )


def _blocks(document: Document) -> Iterator[str]:
    """Yield each block; what a paper says of itself in several quiet sentences stays together."""
    blocks = list(levelled(document.blocks))
    for block, following in zip_longest(blocks, blocks[1:]):
        made = _block(block, document)
        goes_on = following is not None and is_quiet(following)
        is_run = is_quiet(block) or (isinstance(block, Facts | Table) and made.startswith(_WHOLE))
        yield f"#block(sticky: true)[{made}]" if goes_on and is_run else made


_WHOLE: Final = "#block(breakable: false)"
"""What stands on one page begins so."""


def _preamble(document: Document) -> Iterator[str]:
    day, families = document.day, ", ".join(_text(name) for name in _families())
    keys = tuple(filter(None, (document.identifier, document.banner)))
    flipped = "true" if document.is_wide else "false"
    foot = document.foot + (" · " if document.foot else "") + _("page") + " "
    yield (
        f"#set document(title: {_text(document.title)}, author: {_text(document.author)},"
        f" description: {_text(document.told)}, keywords: ({', '.join(map(_text, keys))}),"
        f" date: datetime(year: {day.year}, month: {day.month}, day: {day.day}))"
    )
    yield f'#set text(font: ({families},), size: 9.5pt, lang: "en", region: "GB",'
    yield f'  fill: rgb("{_INK}"))'
    yield f"#let strongly = ({_bold_families()},)"
    yield "#let banner(words) = align(center, text(size: 9pt, font: strongly, words))"
    yield f'#set page(paper: "a4", flipped: {flipped}, margin: (x: 2cm, y: 2.2cm),'
    yield f"  header: banner({_text(document.banner)}),"
    yield "  footer: context {"
    yield f'    text(size: 8pt, fill: rgb("{_QUIET}"),'
    yield f"      {_text(foot)} + counter(page).display())"
    yield f"    banner({_text(document.banner)})"
    yield "  })"
    yield "#set par(spacing: 0.8em, leading: 0.55em)"
    yield "#set heading(numbering: none)"
    yield "#show heading.where(level: 1): set text(size: 14pt, font: strongly)"
    yield "#show heading.where(level: 2): set text(size: 11.5pt, font: strongly)"
    yield "#show strong: set text(font: strongly)"
    yield "#show figure.caption: set text(size: 8.5pt)"
    yield "#let title(words) = block(below: 0.9em, text(size: 20pt, font: strongly, words))"
    yield f'#let subtitle(words) = block(text(size: 11pt, fill: rgb("{_QUIET}"), words))'
    yield f'#let quiet(words) = par(text(size: 8.5pt, fill: rgb("{_QUIET}"), words))'
    yield f'#let warning(words) = par(text(font: strongly, fill: rgb("{_WARNING}"), words))'
    yield f'#set table(stroke: 0.5pt + rgb("{_LINE}"), inset: 4pt)'
    yield f'#let titled = (_x, y) => if y == 0 {{ rgb("{_GROUND}") }}'
    yield "#let contents(words, depth) = {"
    yield "  block(above: 1.6em, below: 0.8em, text(size: 11.5pt, font: strongly, words))"
    yield "  outline(title: none, depth: depth)"
    yield "}"
    yield "#show table.cell: set text(size: 8.5pt)"
    yield "#show table.cell: set par(justify: false)"
    # A longer table begins where there is room for its titles and three rows.
    yield f"#let room = {_BEGUN}"
    yield "#let begun = { block(height: room, below: 0pt, breakable: false); v(-room) }"
    yield f"#show regex({_text(_REFERENCE)}): box"


def _bold_families() -> str:
    """Return the families of headings: the semi-bold faces of Plex go by names of their own."""
    plex = [f"{name} SmBld" for name in fonts.families("regular") if "Plex" in name]
    return ", ".join(_text(name) for name in (*plex, *_families()))


def _families() -> tuple[str, ...]:
    return (*fonts.families("regular"), _SHAPES)


def _block(block: Block, document: Document) -> str:
    made = ""
    match block:
        case Heading(text, level):
            made = f"#heading(level: {min(level, 2)}, {_text(text)})"
        case Paragraph(text, tone):
            made = _paragraph(text, tone)
        case Facts(pairs):
            made = _table((), pairs, (0.28, 0.72), _sides(document)[0])
        case Table(titles, rows, widths):
            made = _table(titles, rows, widths, _sides(document)[0])
        case Picture():
            made = _picture(block, fitting(block, *_sides(document)))
        case PageBreak():
            made = "#pagebreak(weak: true)"
        case Contents(levels):
            made = f"#contents({_text(_('Contents'))}, {levels})"
        case _:
            assert_never(block)
    return made


def _sides(document: Document) -> tuple[float, float]:
    """Return how wide and tall the room on a page is, in centimetres."""
    return _ROOM[::-1] if document.is_wide else _ROOM


def _paragraph(text: str, tone: Tone) -> str:
    name = {Tone.PLAIN: "par", Tone.QUIET: "quiet", Tone.WARNING: "warning"}[tone]
    return f"#{name}({_text(text)})"


def _table(
    titles: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    widths: tuple[float, ...],
    room: float,
) -> str:
    if not (rows or titles):
        return ""
    fitted = columns.fitted(titles, rows, widths, letters=room * _LETTERS, margin=_MARGIN)
    numbers = columns.numeric(rows) if titles else frozenset()
    shares = ", ".join(f"{share:.4f}fr" for share in fitted)
    sides = ", ".join("right" if at in numbers else "left" for at in range(len(fitted)))
    head = ", ".join(f"strong({_text(one)})" for one in titles)
    lines = [f"#table(columns: ({shares},), align: ({sides},),"]
    if titles:
        lines.append(f"  fill: titled, table.header({head}),")
    for row in rows:
        cells = [_text(one) for one in row]
        if not titles:
            cells[0] = f"strong({cells[0]})"
        lines.append(f"  {', '.join(cells)},")
    made = "\n".join([*lines, ")"])
    return f"{_WHOLE}[{made}]" if is_short(titles, rows) else f"#begun\n{made}"


def _picture(picture: Picture, share: float) -> str:
    if picture.svg:
        data = f'bytes({_text(picture.svg)}), format: "svg"'
    else:
        data = f'bytes(({", ".join(map(str, picture.png))},)), format: "png"'
    alt = f"alt: {_text(picture.alt)}"
    image = f"image({data}, {alt}, width: {share * 100:.1f}%)"
    if not picture.caption:
        return f"#{image}"
    return f"#figure({image}, caption: {_text(picture.caption)}, {alt})"


_ESCAPES: Final = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "", "\t": " "}
    | dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
)


def _text(text: str) -> str:
    """Return text as a quoted string: nothing in it is ever layout."""
    sound = text.encode("utf-8", errors="replace").decode("utf-8")
    return f'"{sound.translate(_ESCAPES)}"'
