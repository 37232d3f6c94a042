"""What in a free text identifies somebody or something: found by form alone, offline.

Phone numbers, registration marks, postcodes, PNC, CRO, prison and National Insurance numbers and
IMEIs are taken where they fit their rules (``identifiers``); handles where the text says they are
one. What merely looks like a number is left alone: each find is looked at by a person.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from ocgdesk.domain.identifiers import check

MOST: Final = 500
"""Finds in one text; a longer one is read in parts."""
LONGEST: Final = 1_000_000
"""Characters of a text that is looked through."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that identifies something, and the sentence it stands in."""

    start: int
    end: int
    text: str
    type: str
    """phone, vrm, postcode, pnc, cro, prison, nino, imei, handle or name."""
    normal: str
    """The form that equal ones share."""
    sentence: str


_EDGE: Final = r"(?<![\w/+])"
_STOP: Final = r"(?![\w/])"
_FORMS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (type_, re.compile(f"{_EDGE}(?:{form}){_STOP}"))
    for type_, form in (
        ("pnc", r"(?:19|20)?\d{2}[/\\]\d{1,7}[A-Za-z]"),
        ("cro", r"\d{1,6}[/\\]\d{2}[A-Za-z]|[Ss][Ff]\d{2}[/\\]\d{1,6}[A-Za-z]"),
        ("imei", r"\d{15}|\d{2}[- ]\d{6}[- ]\d{6}[- ]\d"),
        ("phone", r"(?:\+|00)\d[\d ()-]{7,17}\d|0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}|0\d{9,10}"),
        ("nino", r"[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]"),
        ("prison", r"[A-Z]\d{4}[A-Z]{2}"),
        ("postcode", r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"),
        ("vrm", r"[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z]"),
    )
)
"""Forms in the order they are tried: what one has taken, the next leaves alone."""
_HANDLE: Final = re.compile(
    r"(?:\b(?:handle|user ?name|username|encrochat(?: handle)?|sky(?: id)?|snapchat|telegram"
    r"|signal|wickr|instagram)\s+(?:is |of |known as )?[\"'“‘]?|(?<![\w.])@)"
    r"([A-Za-z0-9][A-Za-z0-9._-]{2,31})(?<![.-])",
    re.IGNORECASE,
)
_PLAIN_WORD: Final = re.compile(r"[A-Za-z]+")
_SENTENCE: Final = re.compile(r"[^.!?\n]*(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")
_WORD: Final = re.compile(r"[^\W_][\w'’.-]*[^\W_]|[^\W_]")
_LONGEST_NAME: Final = 5
"""Words of a name that is looked for."""


def found(text: str, today: date) -> tuple[Mark, ...]:
    """Return what identifies something in a text, in order; no stretch is told twice."""
    text = text[:LONGEST]
    taken: list[Mark] = []
    for type_, start, end in _candidates(text):
        if any(start < one.end and one.start < end for one in taken):
            continue
        raw = text[start:end]
        normal = raw if type_ == "handle" else _normal(type_, raw, today)
        if normal:
            taken.append(Mark(start, end, raw, type_, normal, sentence_at(text, start)))
        if len(taken) >= MOST:
            break
    return tuple(sorted(taken, key=lambda one: one.start))


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _HANDLE.finditer(text):
        if _is_handle(match):
            yield "handle", match.start(1), match.end(1)
    for type_, form in _FORMS:
        yield from ((type_, match.start(), match.end()) for match in form.finditer(text))


def _is_handle(match: re.Match[str]) -> bool:
    """Tell a user name from a word that merely follows: "handle was", "Telegram group"."""
    is_quoted = match[0][: -len(match[1])][-1:] in {'"', "'", "“", "‘", "@"}
    return is_quoted or _PLAIN_WORD.fullmatch(match[1]) is None


def _normal(type_: str, raw: str, today: date) -> str:
    looked = check(type_, raw, today)
    return looked.normal if looked.is_sound else ""


def sentence_at(text: str, at: int) -> str:
    """Return the sentence that stands at a place, in one line."""
    for match in _SENTENCE.finditer(text):
        if match.start() <= at < max(match.end(), match.start() + 1):
            return " ".join(match[0].split())
    return ""


def phrases(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield runs of words that may be a name: they begin with a capital, or hold a sign.

    The longest first at each place, so that "Harbour Row" is looked for before "Harbour".
    """
    for line in re.finditer(r"[^\n.;:!?()]+", text[:LONGEST]):
        spans = [
            (m.start() + line.start(), m.end() + line.start()) for m in _WORD.finditer(line[0])
        ]
        for n, (start, _end) in enumerate(spans):
            if not _may_begin(text[start : spans[n][1]]):
                continue
            for end in reversed([end for _s, end in spans[n : n + _LONGEST_NAME]]):
                yield start, end, text[start:end]


def _may_begin(word: str) -> bool:
    is_named = word[0].isupper() and len(word) > 1
    return is_named or (len(word) > 3 and any(not one.isalpha() for one in word))
