"""The fields of a force's own papers: ``{{ title }}`` in the text, found and filled.

A field is a name and nothing else. No expression is ever worked out, so a template that came from
elsewhere can do nothing but place words; that is why no template language is used.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.reports.document import Block, Document
from ocgdesk.reports.office_files import legal

FIELD: Final = re.compile(r"\{\{\s*([^{}]{1,60}?)\s*\}\}")
BODY: Final = "body"
"""The field of all sections that have no field of their own."""
SECTION: Final = "section "
"""Before the code of a section in its field: ``{{ section members }}``."""
MOST: Final = 20 * 1024 * 1024
"""The largest template, in bytes."""
_UNPACKED: Final = 200 * 1024 * 1024
_HEAD: Final = 4_096
"""Bytes at the beginning of a part in which it would define words."""
_MARKED: Final = re.compile(r"\bOFFICIAL(?:[-:\u2013 ]+SENSITIVE)?\b")
_LINKS: Final = ("hyperlink",)
"""What a template may refer to outside itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What a template is filled with."""

    document: Document
    words: Mapping[str, str]
    """What stands in place of a field in a line of text."""
    sections: Sequence[tuple[str, tuple[Block, ...]]]
    """Each section by its code, in their order."""
    closing: tuple[Block, ...]
    """What every paper ends with: handling, basis, what is withheld."""

    def blocks(self, name: str) -> tuple[Block, ...] | None:
        """Return the blocks of a field that names a section; None for any other field."""
        wanted = name.removeprefix(SECTION).strip()
        if not name.startswith(SECTION):
            return None
        return next((blocks for code, blocks in self.sections if code == wanted), None)

    def is_place(self, name: str) -> bool:
        """Tell whether a field is the place of sections."""
        return name == BODY or self.blocks(name) is not None

    def at(self, name: str, placed: Collection[str]) -> tuple[Block, ...]:
        """Return what stands at a field that is the place of sections."""
        return self.rest(placed) if name == BODY else self.blocks(name) or ()

    def rest(self, placed: Collection[str]) -> tuple[Block, ...]:
        """Return the blocks of all sections that no field of their own has placed."""
        return tuple(
            block for code, blocks in self.sections if code not in placed for block in blocks
        )


@dataclass(slots=True)
class Told:
    """What was done while a template was filled."""

    unknown: list[str] = field(default_factory=list)
    """Fields this program has none of, in their order; they stay as they were."""
    placed: set[str] = field(default_factory=set)
    """Codes of the sections that have a field of their own."""
    has_body: bool = False

    def places(self, name: str) -> None:
        """Note a field that is the place of sections."""
        if name == BODY:
            self.has_body = True
        else:
            self.placed.add(name.removeprefix(SECTION).strip())

    def does_not_know(self, name: str) -> None:
        """Note a field there is none of."""
        if name not in self.unknown:
            self.unknown.append(name)


def checked(name: str, data: bytes) -> None:
    """Refuse a file that is no whole office file, unpacks to too much, or reaches outside itself.

    Whoever opens a paper must not be sent anywhere by it: parts kept elsewhere are refused.
    """
    damaged = _("{name} is damaged, or is no Word file or presentation").format(name=name)
    if len(data) > MOST:
        raise Refused(_("{name} is larger than 20 MB").format(name=name))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > _UNPACKED:
                raise Refused(damaged)
            names = packed.namelist()
            rels = [packed.read(one) for one in names if one.endswith(".rels")]
            if any(_defines(packed, one) for one in names):
                raise Refused(damaged)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, RuntimeError):
        raise Refused(damaged) from None
    if any("vbaproject" in one.lower() for one in names):
        raise Refused(_("{name} holds macros; save it without them").format(name=name))
    if any(_reaches_out(one) for one in rels):
        told = _("{name} uses something kept outside it; put that into the file itself")
        raise Refused(told.format(name=name))


def _defines(packed: zipfile.ZipFile, name: str) -> bool:
    """Tell whether a part defines words of its own: no program writes that, and Word opens none."""
    if not name.lower().endswith((".xml", ".rels")):
        return False
    with packed.open(name) as part:
        return b"<!DOCTYPE" in part.read(_HEAD)


def _reaches_out(rels: bytes) -> bool:
    for one in re.findall(rb"<Relationship\b[^>]*>", rels):
        kind = re.search(rb'Type="[^"]*/([^"/]+)"', one)
        if b'TargetMode="External"' in one and (not kind or kind[1].decode() not in _LINKS):
            return True
    return False


def names_in(text: str) -> Iterator[str]:
    """Yield the fields in a text, as they are written between their braces."""
    for match in FIELD.finditer(text):
        yield " ".join(match[1].split()).lower()


def every_name(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the fields in some texts, each once, in their order."""
    return tuple(dict.fromkeys(name for text in texts for name in names_in(text)))


def check_places(name: str, fields: Iterable[str]) -> None:
    """Refuse a file in which these fields of whole sections stand within a line or on its edge."""
    for one in fields:
        told = _("{name}: {field} stands for whole sections and needs a paragraph of its own")
        raise Refused(told.format(name=name, field=f"{{{{ {one} }}}}"))


def is_of_sections(name: str) -> bool:
    """Tell whether a field stands for sections, whichever there are."""
    return name == BODY or name.startswith(SECTION)


def alone(text: str) -> str:
    """Return the field that is all a text holds; empty where there is anything beside it."""
    match = FIELD.fullmatch(text.strip())
    return " ".join(match[1].split()).lower() if match else ""


def fill_runs(runs: Sequence[Any], words: Mapping[str, str], told: Told) -> None:
    """Put words in place of fields over the texts of one paragraph, however they are split.

    Word and PowerPoint split a text where the spelling was checked or a look changed: a field may
    begin in one run and end in another. The run it begins in takes the words.
    """
    texts = [run.text or "" for run in runs]
    whole = "".join(texts)
    for name in names_in(whole):
        if name not in words:
            told.does_not_know(name)
    for match in reversed(list(FIELD.finditer(whole))):
        name = " ".join(match[1].split()).lower()
        if name in words:
            _replace(texts, match.span(), legal(words[name]))
    for run, text in zip(runs, texts, strict=True):
        if (run.text or "") != text:
            run.text = text


def correct_runs(runs: Sequence[Any], marking: str) -> None:
    """Put a marking in place of any other that a template says by itself, in capitals."""
    texts = [run.text or "" for run in runs]
    for match in reversed(list(_MARKED.finditer("".join(texts)))):
        _replace(texts, match.span(), marking)
    for run, text in zip(runs, texts, strict=True):
        if (run.text or "") != text:
            run.text = text


def _replace(texts: list[str], span: tuple[int, int], words: str) -> None:
    start, end, at = *span, 0
    for n, text in enumerate(texts):
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            texts[n] = text[:first] + (words if start >= at else "") + text[last:]
        at += len(text)
