"""Search over the national sample: every kind of query people type, its 95th percentile."""

import random
import statistics
from pathlib import Path

from benchmarks.figures import Figure, once
from benchmarks.sample import opened
from ocgdesk.domain.kinds import Kind
from ocgdesk.store import finding, listing
from ocgdesk.store.listing import ListQuery

_SHORT = ("Ng", "Li", "Wu", "Xu", "Ho", "Oo", "a", "m", "Jo", "07", "ap")


def figures(sample: Path, _folder: Path) -> list[Figure]:
    """Search for names, parts of names, numbers, references and names of one or two letters."""
    workspace = opened(sample)
    draw = random.Random(1)  # noqa: S311 - repeatable, not secret
    with workspace.reading() as reader:
        nos = listing.order(reader, ListQuery(kind=Kind.NOMINAL))
        rows = listing.window(reader, Kind.NOMINAL, draw.sample(nos, 150), ("name", "ref"))
        phones = listing.window(
            reader,
            Kind.PHONE,
            listing.order(reader, ListQuery(kind=Kind.PHONE))[:40],
            ("number",),
        )
    names = [str(row.cells[0]) for row in rows]
    words = [
        *names[:50],
        *(name.split()[-1] for name in names[50:90]),
        *(name.split()[0][:3] for name in names[90:120]),
        *(str(row.cells[1]) for row in rows[120:]),
        *(str(row.cells[0]) for row in phones[:20]),
        *(f"07*{str(row.cells[0])[-3:]}" for row in phones[20:]),
        *_SHORT,
    ]
    spent = []
    for word in words:
        with workspace.reading() as reader:
            spent.append(once(lambda r=reader, w=word: finding.search(r, w)))
    workspace.close()
    spent.sort()
    return [
        Figure(
            name="search, 95th percentile",
            value=spent[int(len(spent) * 0.95)],
            target=0.1,
            note=f"median {statistics.median(spent):.4f} s over {len(spent)} queries",
        )
    ]
