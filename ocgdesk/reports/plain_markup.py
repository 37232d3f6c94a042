"""The markup the user guide is written in, as values: a small and strict part of Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Style = Literal["plain", "bold", "italic", "code", "link"]


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style; ``target`` is where a link leads."""

    text: str
    style: Style = "plain"
    target: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A heading; 1 is the title of the chapter."""

    level: int
    line: Line


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    line: Line


@dataclass(frozen=True, slots=True)
class Items:
    """A list; numbered where its order matters."""

    lines: tuple[Line, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under its headings."""

    titles: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """Lines as they are typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture: the name of its file, and what it shows."""

    file: str
    words: str


Block = Head | Words | Items | Grid | Typed | Shown

_SPAN: Final = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|`(?P<code>[^`]+)`|\[(?P<link>[^\]]+)\]\((?P<target>[^)]+)\)"
    r"|\*(?P<italic>[^*\s][^*]*)\*"
)
_ITEM: Final = re.compile(r"(?P<mark>[-*]|\d+\.) +(?P<text>.*)")
_SHOWN: Final = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<file>[^)]+)\)")
_FENCE: Final = "```"


def spans(text: str) -> Line:
    """Return the words of a line in their styles."""
    found: list[Span] = []
    at = 0
    for hit in _SPAN.finditer(text):
        if hit.start() > at:
            found.append(Span(text[at : hit.start()]))
        found.append(_styled(hit))
        at = hit.end()
    if at < len(text):
        found.append(Span(text[at:]))
    return tuple(found)


def _styled(hit: re.Match[str]) -> Span:
    if hit["bold"] is not None:
        return Span(hit["bold"], "bold")
    if hit["code"] is not None:
        return Span(hit["code"], "code")
    if hit["link"] is not None:
        return Span(hit["link"], "link", hit["target"])
    return Span(hit["italic"], "italic")


def plain(line: Line) -> str:
    """Return the words of a line without their styles."""
    return "".join(span.text for span in line)


def parse(text: str) -> tuple[Block, ...]:
    """Return the blocks of a chapter. Blocks stand apart by empty lines."""
    return tuple(_block(lines) for lines in _parts(text))


def _parts(text: str) -> Iterator[list[str]]:
    """Yield the lines of each block; what is typed keeps its empty lines."""
    held: list[str] = []
    typed = False
    for line in text.splitlines():
        typed = typed != line.startswith(_FENCE)
        if line.strip() or typed:
            held.append(line)
        elif held:
            yield held
            held = []
    if held:
        yield held


def _block(lines: list[str]) -> Block:
    first = lines[0]
    if first.startswith(_FENCE):
        return Typed("\n".join(line for line in lines if not line.startswith(_FENCE)))
    if first.startswith("#"):
        mark, _gap, words = first.partition(" ")
        return Head(len(mark), spans(words))
    if first.startswith("|"):
        return _grid(lines)
    if (shown := _SHOWN.fullmatch(" ".join(lines))) is not None:
        return Shown(shown["file"], shown["words"])
    if (item := _ITEM.fullmatch(first)) is not None:
        return Items(tuple(_items(lines)), is_numbered=item["mark"][0].isdigit())
    return Words(spans(" ".join(line.strip() for line in lines)))


def _items(lines: list[str]) -> Iterator[Line]:
    held = ""
    for line in lines:
        item = _ITEM.fullmatch(line)
        if item is None:
            held = f"{held} {line.strip()}"
            continue
        if held:
            yield spans(held)
        held = item["text"]
    yield spans(held)


def _cells(line: str) -> list[str]:
    """Return the cells of a row, the first and last of which may be empty."""
    return line.strip().removeprefix("|").removesuffix("|").split("|")


def _grid(lines: list[str]) -> Grid:
    rows = [tuple(spans(cell.strip()) for cell in _cells(line)) for line in lines]
    return Grid(rows[0], tuple(rows[2:]))
