"""How broad the columns of a table are, and which of them hold numbers: the same in every format.

Breadths are in letters: how many of an average width go into a column, margins of its cell
included.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from ocgdesk.domain.returns import change_words

_WHOLE: Final = 12
"""A cell of so many letters, as a day is, stands on one line where there is room for it."""
_BOLD: Final = 1.1
"""How much broader a title is than what stands beneath it."""
_CAPITALS: Final = 1.15
"""How much broader a word of capitals is, as a reference, than one of an average width."""
_NUMBER: Final = re.compile(r"[+−-]?£?\d[\d,]*(\.\d+)?( ?%)?|[▲▼] ?[\d,.]+ ?%")
_NONE: Final = frozenset({"", "–", change_words(0.0)})
"""What stands among numbers where there is none to give."""
_PARTS: Final = re.compile(r"[^\s-]+-?")

_Split = Callable[[str], list[str]]
"""Takes a cell apart into what must not be broken."""


def _whole(cell: str) -> list[str]:
    return [cell] if len(cell) <= _WHOLE and "\n" not in cell else cell.split()


def _words(cell: str) -> list[str]:
    return cell.split()


def _broken(cell: str) -> list[str]:
    return _PARTS.findall(cell)


def fitted(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    *,
    letters: float,
    margin: float,
) -> tuple[float, ...]:
    """Return the shares of the room, each broad enough that no word in its column is broken.

    ``shares`` are those wanted, none for equal ones; ``letters`` go into the room, ``margin`` of
    them lost in each column. Short cells are kept whole where that fits, then whole words, then
    parts of references; what a column lacks the others give, as they can spare it.
    """
    every = [titles, *rows] if titles else list(rows)
    count, heads = len(every[0]), len(every) - len(rows)
    broken, words, whole = (
        [_least(every, at, split, heads) + margin for at in range(count)]
        for split in (_broken, _words, _whole)
    )
    if sum(broken) > letters:
        return tuple(one / sum(broken) for one in broken)
    wanted = [one / sum(shares) * letters for one in shares] or [letters / count] * count
    least = _bettered(_bettered(broken, words, letters), whole, letters)
    return tuple(one / letters for one in _raised(wanted, least))


def _bettered(least: list[float], better: list[float], most: float) -> list[float]:
    """Return the least breadths with those made better that there is room for, small ones first.

    Columns that want the same, as those of months do, are made better together or not at all.
    """
    wants = [round(high - low, 1) for low, high in zip(least, better, strict=True)]
    made = list(least)
    for want in sorted({want for want in wants if want > 0}):
        some = [at for at, one in enumerate(wants) if one == want]
        if sum(made) + want * len(some) <= most:
            for at in some:
                made[at] = better[at]
    return made


def numeric(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """Return which columns hold numbers, after the first; blanks and dashes are none.

    A column that says nothing is as the one before it: its title stands where it does elsewhere.
    """
    found = set[int]()
    for at in range(1, len(rows[0]) if rows else 0):
        said = [row[at] for row in rows if row[at] not in _NONE]
        if all(map(_NUMBER.fullmatch, said)) and (said or at - 1 in found):
            found.add(at)
    return frozenset(found)


def _raised(wanted: list[float], least: list[float]) -> list[float]:
    """Return breadths of the same sum, none below its least: the broader ones give."""
    lacking = sum(max(low - want, 0.0) for want, low in zip(wanted, least, strict=True))
    spare = sum(max(want - low, 0.0) for want, low in zip(wanted, least, strict=True))
    taken = min(lacking / spare, 1.0) if spare else 0.0
    return [
        low if want < low else want - (want - low) * taken
        for want, low in zip(wanted, least, strict=True)
    ]


def _least(every: Sequence[Sequence[str]], at: int, split: _Split, heads: int) -> float:
    """Return the longest unbroken part of a column, the first ``heads`` rows being in bold."""
    return max(
        max(map(_breadth, split(cells[at])), default=0) * (_BOLD if row < heads else 1.0)
        for row, cells in enumerate(every)
    )


def _breadth(word: str) -> float:
    return len(word) * (_CAPITALS if word.isupper() else 1.0)
