"""Search over the national sample: every kind of query people type, its 95th percentile."""

import random
import statistics
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.figures import Figure, once
from benchmarks.sample import opened
from ocgdesk.casework import searching
from ocgdesk.domain.kinds import Kind
from ocgdesk.store import finding, listing
from ocgdesk.store.listing import ListQuery
from ocgdesk.store.reader import Reader
from ocgdesk.store.workspace import Workspace

_SHORT = ("Ng", "Li", "Wu", "Xu", "Ho", "Oo", "a", "m", "Jo", "07", "ap")
_PATTERNS = ("A??2 C*", "*77*9", "07?00*1", "AB?2 CDE", "*fox")
_HEARD = (("ph", "f"), ("ck", "k"), ("ll", "l"), ("w", "v"), ("y", "i"), ("ou", "u"), ("c", "k"))


def figures(sample: Path, _folder: Path) -> list[Figure]:
    """Search for names, parts, numbers, references; misspelt; as they were heard."""
    workspace = opened(sample)
    draw = random.Random(1)  # noqa: S311 - repeatable, not secret
    with workspace.reading() as reader:
        names = _some(reader, draw, Kind.NOMINAL, "name", 150)
        refs = _some(reader, draw, Kind.NOMINAL, "ref", 30)
        numbers = _some(reader, draw, Kind.PHONE, "number", 40)
    first = once(lambda: _search(workspace, "penhalow"))
    plain = (*_typed(names, refs, numbers), *_SHORT, *_PATTERNS)
    misspelt = [_misspelt(name, draw) for name in names]
    misspelt += [_misspelt(name.split()[-1], draw) for name in names[:75]]
    misspelt += [_misspelt(number.replace(" ", ""), draw) for number in numbers]
    found = [
        _figure("search, 95th percentile", workspace, plain, 0.1),
        _figure("search misspelt, 95th percentile", workspace, misspelt, 0.15),
        _figure("search as heard, 95th percentile", workspace, map(_heard, names), 0.15),
        Figure(name="first search after opening, words of all names read", value=first, target=0.5),
    ]
    workspace.close()
    return found


def _some(reader: Reader, draw: random.Random, kind: Kind, column: str, count: int) -> list[str]:
    nos = listing.order(reader, ListQuery(kind=kind))
    rows = listing.window(reader, kind, draw.sample(nos, count), (column,))
    return [str(row.cells[0]) for row in rows]


def _typed(names: Sequence[str], refs: Sequence[str], numbers: Sequence[str]) -> tuple[str, ...]:
    """Return what people type who know how it is written: whole, begun, or a part."""
    return (
        *names[:50],
        *(name.split()[-1] for name in names[50:90]),
        *(name.split()[0][:3] for name in names[90:120]),
        *refs,
        *numbers[:20],
        *(f"07*{number[-3:]}" for number in numbers[20:]),
    )


def _misspelt(text: str, draw: random.Random) -> str:
    """Return a text with one letter left out, doubled, swapped with the next, or another."""
    at = draw.randrange(max(1, len(text) - 1))
    before, letter, after = text[:at], text[at], text[at + 1 :]
    ways = (
        before + after,
        before + letter + letter + after,
        before + after[:1] + letter + after[1:],
        before + draw.choice("aeiourst") + after,
    )
    return draw.choice(ways)


def _heard(name: str) -> str:
    """Return a name as somebody may write it who only heard it."""
    text = name.lower()
    for written, heard in _HEARD:
        text = text.replace(written, heard)
    return text


def _search(workspace: Workspace, text: str) -> None:
    """Search as the window does: with reasons, marks and what tells results apart."""
    with workspace.reading() as reader:
        searching.search(reader, text)
        reader.consulted.clear()


def _figure(name: str, workspace: Workspace, texts: Iterable[str], target: float) -> Figure:
    queries = list(texts)
    spent = sorted(once(partial(_search, workspace, text)) for text in queries)
    with workspace.reading() as reader:
        hits = sum(bool(finding.search(reader, text, log=False)) for text in queries)
    return Figure(
        name=name,
        value=spent[int(len(spent) * 0.95)],
        target=target,
        note=f"median {statistics.median(spent):.4f} s; {hits} of {len(queries)} found something",
    )
