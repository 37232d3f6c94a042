"""Widths of text in the faces we ship, and lines broken to fit: without Qt, without matplotlib.

A width is the sum of the advances in the font's own table. Kerning is left out (under 2 px on a
label), and scripts that join are measured letter by letter, which is never too narrow.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal, cast

from fontTools.ttLib import TTFont

from ocgdesk import resources

Face = Literal["regular", "medium", "semibold", "mono", "mono-medium"]
Cut = Literal["end", "middle"]

ASCENT: Final = 0.78
"""How far letters rise above the base line, in sizes: capitals and ascenders of Plex."""
DESCENT: Final = 0.22
LEADING: Final = 1.27
"""From one base line to the next, in sizes."""
UNKNOWN: Final = 0.6
"""The advance of a character no face has, in sizes."""

_WEIGHTS: Final[dict[str, int]] = {
    "regular": 400, "medium": 500, "semibold": 600, "mono": 400, "mono-medium": 500,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """One shipped typeface: what a font engine calls it and where it lies."""

    name: str
    family: str
    weight: int


@cache
def _files() -> tuple[File, ...]:
    read = resources.toml("fonts", "fonts.toml")["face"]
    return tuple(File(face["file"], face["family"], face["weight"]) for face in read)


@cache
def families(face: Face) -> tuple[str, ...]:
    """Return the family of a face, then those that fill in for scripts it lacks."""
    shipped = resources.toml("fonts", "fonts.toml")
    first = shipped["identifiers" if face.startswith("mono") else "interface"]
    return (first, *shipped["fallbacks"])


@cache
def chain(face: Face) -> tuple[File, ...]:
    """Return the files of a face in order of fall-back, each family's nearest weight."""
    weight = _WEIGHTS[face]

    def nearest(family: str) -> File:
        ours = [file for file in _files() if file.family == family]
        return min(ours, key=lambda file: abs(file.weight - weight))

    return tuple(nearest(family) for family in families(face))


@cache
def _table(name: str) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    with TTFont(resources.path("fonts", name), lazy=True) as font:
        glyphs = cast("dict[int, str]", font.getBestCmap())
        return glyphs, font["hmtx"].metrics, font["head"].unitsPerEm


@lru_cache(maxsize=20_000)
def _advance(letter: str, face: Face) -> float:
    if unicodedata.combining(letter):
        return 0.0
    for file in chain(face):
        glyphs, metrics, units = _table(file.name)
        if ord(letter) in glyphs:
            return metrics[glyphs[ord(letter)]][0] / units
    return UNKNOWN


@lru_cache(maxsize=20_000)
def needed(text: str, face: Face) -> tuple[File, ...]:
    """Return the files that hold the letters of a text, in order of fall-back."""
    files = chain(face)
    found = {0}
    for letter in set(text):
        holders = (at for at, file in enumerate(files) if ord(letter) in _table(file.name)[0])
        found.add(next(holders, len(files)))
    return tuple(file for at, file in enumerate(files) if at in found)


def is_complete(text: str, face: Face) -> bool:
    """Tell whether our faces have every letter of a text."""
    held = [_table(file.name)[0] for file in needed(text, face)]
    return all(any(ord(letter) in glyphs for glyphs in held) for letter in set(text))


def clean(text: str) -> str:
    """Return text fit for one line: controls and direction marks gone, blanks folded."""
    kept = (
        " " if letter.isspace() else letter
        for letter in text
        if letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return " ".join("".join(kept).split())


@lru_cache(maxsize=50_000)
def width(text: str, face: Face, px: float) -> float:
    """Return how wide a line of text is at this size, in the size's own unit."""
    return px * sum(_advance(letter, face) for letter in text)


def _fitting(text: str, face: Face, room: float) -> int:
    """Return how many letters from the start fit into ``room``, in sizes."""
    used = 0.0
    for count, letter in enumerate(text):
        used += _advance(letter, face)
        if used > room:
            return count
    return len(text)


def shortened(text: str, face: Face, px: float, max_width: float, *, ellipsis: Cut = "end") -> str:
    """Return the text, cut with an ellipsis at its end or in its middle where it is too wide."""
    room = max_width / px
    if _fitting(text, face, room) == len(text):
        return text
    room -= _advance("…", face)
    if ellipsis == "end":
        return text[: _fitting(text, face, room)].rstrip() + "…"
    head = _fitting(text, face, room * 0.6)
    tail = _fitting(text[::-1], face, room * 0.4)
    return text[:head].rstrip() + "…" + text[len(text) - tail :].lstrip()


def _filled(words: list[str], face: Face, px: float, max_width: float) -> str:
    """Take from ``words`` what fits on one line, at least one word; return the line."""
    line = words.pop(0)
    while words and width(f"{line} {words[0]}", face, px) <= max_width:
        line = f"{line} {words.pop(0)}"
    return line


def broken(
    text: str,
    face: Face,
    px: float,
    max_width: float,
    max_lines: int,
    *,
    ellipsis: Cut = "end",
) -> tuple[str, ...]:
    """Return the text in at most ``max_lines`` lines no wider than ``max_width``.

    Breaks between words; what does not fit is cut with an ellipsis. A text of any length costs
    no more than what can be shown of it: the middle is dropped before anything is measured.
    """
    most = int(max_lines * max_width / (px * 0.15)) + 8
    if len(text) > 2 * most:
        text = f"{text[:most]}…{text[-most:]}" if ellipsis == "middle" else text[: 2 * most]
    words = clean(text).split()
    lines: list[str] = []
    while words and len(lines) < max_lines:
        last = len(lines) == max_lines - 1
        line = " ".join(words) if last else _filled(words, face, px, max_width)
        lines.append(shortened(line, face, px, max_width, ellipsis=ellipsis))
    return tuple(lines)
