"""What somebody typed into the search box, and why a record fits it.

Candidates come from the search index; what is said of each, and why, is decided here, on paper.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from anyascii import anyascii
from rapidfuzz.distance import OSA

from ocgdesk.domain import likeness
from ocgdesk.domain.likeness import WORD, Nearness, Part, Span, Token, plain

LONGEST_TYPED = 200
MOSTWORDS = 8
CODE_FROM = 6
"""So long must a number or handle be for one of its characters to differ."""
_WILD = re.compile(r"[*?]")
_BETWEEN = re.compile(r"[\s()/+-]")


class Reason(StrEnum):
    """Why a record was found; its words are in ``casework.searching``."""

    REFERENCE = "reference"
    NAME = "name"
    ALIAS = "alias"
    IDENTIFIER = "identifier"
    NUMBER_CONTAINS = "number-contains"
    PART = "part-of-name"
    ONE_LETTER = "one-letter-differs"
    SOUNDS_LIKE = "sounds-like"
    TWO_LETTERS = "two-letters-differ"
    TEXT = "in-the-text"


_REASONS = {
    Nearness.ONE_LETTER: Reason.ONE_LETTER,
    Nearness.SOUNDS: Reason.SOUNDS_LIKE,
    Nearness.TWO_LETTERS: Reason.TWO_LETTERS,
}
NEARLY = frozenset({Reason.ONE_LETTER, Reason.TWO_LETTERS, Reason.SOUNDS_LIKE})
"""The reasons that are a guess: what was typed does not stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What a record is found by: its label, reference, names, numbers and codes, and words."""

    label: str
    ref: str = ""
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a record was found: the reason, and where what matched stands."""

    reason: Reason
    line: str = ""
    """The alias, the number or the piece of text; empty where the label itself matched."""
    label_marks: tuple[Span, ...] = ()
    line_marks: tuple[Span, ...] = ()
    rank: tuple[int, int] = (0, 0)
    """The nearer, the smaller: how near the farthest word is, and how much differs in all."""


def packed(text: str) -> str:
    """Return a number or code as they are compared: small, without what stands between."""
    return _BETWEEN.sub("", text).lower()


class Typed:
    """What somebody typed into the search box, taken apart once."""

    def __init__(self, text: str) -> None:
        self.text = " ".join(unicodedata.normalize("NFC", text).split())[:LONGEST_TYPED]
        self.words = tuple(word.lower() for word in WORD.findall(self.text))[:MOSTWORDS]
        self.is_pattern = bool(_WILD.search(self.text)) and any(c.isalnum() for c in self.text)
        self.packed = packed(self.text)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts of a name that these words may be."""
        return tuple(likeness.parts(self.words))

    @cached_property
    def is_name(self) -> bool:
        """Whether it may be a name: there are no digits in it."""
        return bool(self.words) and all(word.isalpha() for word in self.words)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a number with stars and question marks looks like, packed."""
        pieces = self.packed.replace("_", "").split("*")
        return re.compile(".*".join(re.escape(one).replace(r"\?", ".") for one in pieces))

    def fits_pattern(self, line: str) -> bool:
        """Tell whether a number or name fits the stars and question marks."""
        return self.pattern.search(packed(line)) is not None

    def why(self, texts: Texts, *, nearly: bool = True) -> Why | None:
        """Return why a record fits what was typed; None where it does not.

        ``nearly`` lets names fit that are spelt nearly so or sound alike.
        """
        if self.is_pattern:
            return self._patterned(texts)
        if texts.ref and self.text.upper() == texts.ref:
            return Why(reason=Reason.REFERENCE)
        sure = self._exactly(texts)
        return self.why_nearly(texts) if sure is None and nearly else sure

    def why_nearly(self, texts: Texts) -> Why | None:
        """Return why a record is nearly what was typed; None where it is not."""
        if not self.words or self.is_pattern:
            return None
        return self._nearly_named(texts) or self._nearly_coded(texts)

    def _exactly(self, texts: Texts) -> Why | None:
        if not self.words:
            return None
        return (
            self._named(texts, Nearness.BEGINS)
            or self._titled(texts)
            or self._coded(texts)
            or self._inside(texts)
            or self._written(texts)
        )

    def _nearly_named(self, texts: Texts) -> Why | None:
        return self._named(texts, Nearness.TWO_LETTERS) if self.is_name else None

    def _patterned(self, texts: Texts) -> Why | None:
        for line in (*texts.codes, *texts.names):
            # A line is one name or number; a pattern must not begin in one and end in another.
            if found := self.pattern.search(packed(line)):
                return _number(texts, line, found.span())
        return None

    def _named(self, texts: Texts, farthest: Nearness) -> Why | None:
        """Fit each part to a word of the names, whatever their order."""
        lines = sorted(texts.names, key=lambda name: name != texts.label)
        tokens = [token for no, line in enumerate(lines) for token in likeness.tokens(line, no)]
        met: list[_Met] = []
        for part in self.parts:
            best = _best(part, tokens, farthest)
            if best is None and not part.optional:
                return None
            if best is not None:
                met.append(best)
                tokens = [one for one in tokens if not _overlap(one, best.token)]
        return _name_reason(texts.label, lines, met) if met else None

    def _titled(self, texts: Texts) -> Why | None:
        """Fit the words to a label that is no name of its own, such as a title."""
        marks = [_begins(word, texts.label) for word in self.words]
        if texts.label in texts.codes or not all(marks):
            return None
        return Why(reason=Reason.NAME, label_marks=_spans(marks))

    def _coded(self, texts: Texts) -> Why | None:
        """Fit what was typed to the beginning of a number or code."""
        for line in texts.codes:
            if packed(line).startswith(self.packed):
                return _number(texts, line, (0, len(self.packed)), Reason.IDENTIFIER)
        for line in texts.codes:
            marks = [_begins(word, line) for word in self.words]
            if all(marks):
                return _marked(texts, line, _spans(marks), Reason.IDENTIFIER)
        return None

    def _inside(self, texts: Texts) -> Why | None:
        """Find what was typed in the middle of a number or name."""
        if len(self.packed) < 3:
            return None
        for line in texts.codes:
            if (at := packed(line).find(self.packed)) >= 0:
                return _number(texts, line, (at, at + len(self.packed)))
        folded = self.text.lower()
        for line in (texts.label, *texts.names):
            if (at := line.lower().find(folded)) >= 0:
                return _marked(texts, line, ((at, at + len(folded)),), Reason.PART)
        return None

    def _written(self, texts: Texts) -> Why | None:
        """Find all words in what is written of the record, its names and numbers included."""
        everything = "\n".join((texts.body, *texts.names, *texts.codes))
        folded = everything if everything.isascii() else _folded(everything)
        marks = [_begins(word, everything) or _begins(plain(word), folded) for word in self.words]
        if not all(marks):
            return None
        return _excerpt(texts, [mark for mark in marks if mark])

    def _nearly_coded(self, texts: Texts) -> Why | None:
        """Fit a number or handle in which one character differs, is missing or is too many."""
        if len(self.packed) < CODE_FROM:
            return None
        for line in texts.codes:
            if OSA.distance(self.packed, packed(line), score_cutoff=1) == 1:
                rank = (int(Nearness.ONE_LETTER), 1)
                return Why(reason=Reason.ONE_LETTER, line=_beside(texts, line), rank=rank)
        return None


@dataclass(frozen=True, slots=True)
class _Met:
    """A part of what was typed and the word on record it fits."""

    part: Part
    nearness: Nearness
    differing: int
    token: Token

    @property
    def span(self) -> Span:
        """What is marked of the word: as much of it as was typed, where it only begins so."""
        start, end = self.token.span
        typed = start + len(self.part.plain)
        return start, min(end, typed) if self.nearness is Nearness.BEGINS else end


def _best(part: Part, tokens: Iterable[Token], farthest: Nearness) -> _Met | None:
    found = (
        _Met(part, *near, token)
        for token in tokens
        if (near := part.near(token)) is not None and near[0] <= farthest
    )
    return min(found, key=lambda one: (one.nearness, one.token.line, one.differing), default=None)


def _overlap(one: Token, other: Token) -> bool:
    return one.line == other.line and one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _name_reason(label: str, lines: Sequence[str], met: Sequence[_Met]) -> Why:
    farthest = max(one.nearness for one in met)
    line = max(one.token.line for one in met)
    alias = "" if lines[line] == label else lines[line]
    reason = _REASONS.get(farthest) or (Reason.ALIAS if alias else Reason.NAME)
    return Why(
        reason=reason,
        line=alias,
        label_marks=_on_line(met, 0) if lines[0] == label else (),
        line_marks=_on_line(met, line) if alias else (),
        rank=(int(farthest), sum(one.differing for one in met)),
    )


def _on_line(met: Iterable[_Met], line: int) -> tuple[Span, ...]:
    return tuple(sorted(one.span for one in met if one.token.line == line))


def _number(texts: Texts, line: str, span: Span, reason: Reason = Reason.NUMBER_CONTAINS) -> Why:
    """Return that a number fits, with the span of its packed form marked in what is shown."""
    shown = texts.label if packed(line) == packed(texts.label) else line
    return _marked(texts, shown, (_unpacked(shown, span),), reason)


def _marked(texts: Texts, line: str, marks: tuple[Span, ...], reason: Reason) -> Why:
    if line == texts.label:
        return Why(reason=reason, label_marks=marks)
    return Why(reason=reason, line=line, line_marks=marks)


def _beside(texts: Texts, line: str) -> str:
    return "" if packed(line) == packed(texts.label) else line


def _unpacked(line: str, span: Span) -> Span:
    """Return where in a line the characters of this span of its packed form stand."""
    places = [at for at, c in enumerate(line) if not _BETWEEN.match(c)]
    inside = places[span[0] : span[1]] or [0]
    return inside[0], inside[-1] + 1


def _begins(word: str, text: str) -> Span | None:
    found = re.search(rf"(?<![^\W_]){re.escape(word)}", text, re.IGNORECASE)
    return found.span() if found else None


def _folded(text: str) -> str:
    """Return a text without accents, character for character where that can be."""
    bare = "".join((unicodedata.normalize("NFKD", c) or c)[0] for c in text)
    return bare if bare.isascii() else "".join((anyascii(c) or c)[:1] for c in bare)


def _spans(marks: Iterable[Span | None]) -> tuple[Span, ...]:
    return tuple(sorted(mark for mark in marks if mark))


_BEFORE, _AFTER = 30, 70


def _excerpt(texts: Texts, marks: Sequence[Span]) -> Why:
    """Return the piece of the text round the first word that matched, with all marks in it."""
    everything = "\n".join((texts.body, *texts.names, *texts.codes))
    at = min(marks)[0]
    start = max(everything.rfind("\n", 0, at) + 1, at - _BEFORE)
    end = everything.find("\n", at)
    end = min(len(everything) if end < 0 else end, at + _AFTER)
    ahead = "…" if start and everything[start - 1] != "\n" else ""
    behind = "…" if end < len(everything) and everything[end] != "\n" else ""
    shift = len(ahead) - start
    inside = [(a + shift, b + shift) for a, b in marks if start <= a and b <= end]
    line = f"{ahead}{everything[start:end]}{behind}"
    return Why(reason=Reason.TEXT, line=line, line_marks=tuple(sorted(inside)))
