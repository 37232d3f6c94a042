"""Running text where a table was looked for: a report, to be looked through by a person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from ocgdesk.errors import Refused
from ocgdesk.exchange.archive import members
from ocgdesk.exchange.contents import Content, content_of, is_word
from ocgdesk.exchange.loading import load
from ocgdesk.exchange.mapping import known_words, squashed
from ocgdesk.exchange.nets import safe_xml
from ocgdesk.exchange.raw import RawTable, SourceFile
from ocgdesk.exchange.text_table import decoded
from ocgdesk.i18n import _

_TABLES: Final = (".csv", ".tsv", ".psv", ".ssv", ".tab")
"""Names that say that a file is a table."""
_SAMPLE: Final = 64 * 1024
_LINES: Final = 200
_SENTENCE: Final = re.compile(r"[^\W\d_]{2,}[”’\"')]?[.!?](?:\s|$)")
_FEW_WORDS: Final = 4
_MANY_WORDS: Final = 8
_LARGEST: Final = 16 * 1024 * 1024
"""Bytes of text that is looked through."""


class Sort(StrEnum):
    """What a file of text is."""

    TABLE = "table"
    TEXT = "text"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Told:
    """A text and the file it came from."""

    source: SourceFile
    """``rows`` are its lines."""
    text: str


class RunningText(Refused):
    """What was to be a table is a text, or may be one; it carries the text."""

    def __init__(self, told: Told, *, sure: bool = True) -> None:
        name = told.source.name
        words = _("{name} is running text, no table.") if sure else _("{name} may be no table.")
        super().__init__(words.format(name=name))
        self.told = told
        self.sure = sure


def read_text(source: Path | bytes, name: str = "") -> Told:
    """Return the text of a plain or a Word file; Refused, in one sentence, where it has none."""
    data, name = load(source, name)
    if is_word(data):
        return _of(name, data, _word_text(data, name))
    if len(data) > _LARGEST:
        raise Refused(_("{name} is too long to be looked through.").format(name=name))
    try:
        is_text = content_of(data) in {Content.TEXT, Content.JSON}
        text = decoded(data)[0] if is_text else ""
    except Refused:
        text = ""
    if not text:
        raise Refused(_("{name} is no plain text").format(name=name))
    return _of(name, data, text)


def _of(name: str, data: bytes, text: str) -> Told:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Told(SourceFile.of(name, data, text.count("\n") + 1), text)


def refuse(data: bytes, table: RawTable) -> None:
    """Raise RunningText where what was read as a table is, or may be, a text."""
    if (sort := sort_of(data, table)) is not Sort.TABLE:
        raise RunningText(read_text(data, table.name), sure=sort is Sort.TEXT)


def refuse_sure(data: bytes, table: RawTable) -> None:
    """Raise RunningText for what is a text beyond doubt: nobody is asked of a file in a ZIP."""
    if table.delimiter and sort_of(data, table) is Sort.TEXT:
        raise RunningText(Told(table.source, ""))


def refuse_word(data: bytes, name: str) -> None:
    """Raise RunningText for a Word document."""
    if is_word(data):
        raise RunningText(read_text(data, name))


def sort_of(data: bytes, table: RawTable) -> Sort:
    """Tell whether a file that can be read as a table is one, by its sentences and its columns.

    A name that says so, headers that are known and columns parted by more than commas make a
    table of it. Sentences without even columns make a text.
    """
    if table.name.casefold().endswith(_TABLES) or _says_fields(table):
        return Sort.TABLE
    text = decoded(data[:_SAMPLE], _whole(table.encoding))[0]
    lines = [line.strip() for line in text.splitlines() if line.strip()][:_LINES]
    has_sentences = _are_sentences(lines)
    if _is_even(lines, table.delimiter):
        return Sort.UNCLEAR if has_sentences and table.delimiter == "," else Sort.TABLE
    return Sort.TEXT if has_sentences else Sort.UNCLEAR


def _whole(encoding: str) -> str:
    """Return the encoding in which a file was read; that of a packed one is found out again."""
    return "utf-8" if encoding == "utf-8-sig" else encoding


def _says_fields(table: RawTable) -> bool:
    known = sum(squashed(header) in known_words() for header in table.header)
    return table.has_header and known * 2 >= len(table.header)


def _are_sentences(lines: Sequence[str]) -> bool:
    """Tell whether a third of the lines hold a sentence, or they are long and one does."""
    words = [len(line.split()) for line in lines]
    said = sum(
        count >= _FEW_WORDS and _SENTENCE.search(line) is not None
        for line, count in zip(lines, words, strict=True)
    )
    return said * 3 >= len(lines) or (said > 0 and sum(words) >= _MANY_WORDS * len(lines))


def _is_even(lines: Sequence[str], delimiter: str) -> bool:
    """Tell whether the delimiter cuts nearly all of several lines into as many cells."""
    cells = [line.count(delimiter) for line in lines] if delimiter else []
    usual = max(set(cells), key=cells.count, default=0)
    return len(lines) > 1 and usual > 0 and cells.count(usual) * 5 >= len(lines) * 4


def _word_text(data: bytes, name: str) -> str:
    """Return the paragraphs of a Word document, those in its tables too, one a line."""
    body = next((part for inner, part in members(data) if inner == "document.xml"), b"")
    if not body:
        raise Refused(_("{name} is damaged: it has no text.").format(name=name))
    root = safe_xml.root(body, name)
    lines = [_paragraph(one) for one in root.iter() if safe_xml.local(one) == "p"]
    return "\n".join(lines).strip()


def _paragraph(element: safe_xml.Element) -> str:
    marks = {"tab": "\t", "br": "\n", "cr": "\n"}
    found = []
    for one in element.iter():
        what = safe_xml.local(one)
        found.append((one.text or "") if what == "t" else marks.get(what, ""))
    return "".join(found)
