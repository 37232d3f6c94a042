"""Tables of 100,000 nominals: the first screen, and a new complete order."""

from pathlib import Path

from benchmarks.figures import Figure, median
from benchmarks.sample import opened
from ocgdesk.domain.kinds import Kind
from ocgdesk.store import listing
from ocgdesk.store.listing import Filter, ListQuery, Sort, Test

_SHOWN = tuple(column.name for column in listing.columns(Kind.NOMINAL) if column.shown)


def figures(sample: Path, _folder: Path) -> list[Figure]:
    """Measure the store's half; the window's half is measured by its heartbeat test."""
    workspace = opened(sample)
    with workspace.reading() as reader:
        by_name = ListQuery(kind=Kind.NOMINAL)
        nos = listing.order(reader, by_name)
        orders = {
            "name": by_name,
            "born": ListQuery(kind=Kind.NOMINAL, sorts=(Sort("born"),)),
            "reference, descending": ListQuery(
                kind=Kind.NOMINAL, sorts=(Sort("ref", descending=True),)
            ),
            "a filter and a sort": ListQuery(
                kind=Kind.NOMINAL,
                sorts=(Sort("gender"), Sort("name")),
                filters=(Filter("in_custody", Test.IS, ("false",)),),
            ),
        }
        found = [
            Figure(
                name=f"first screen of {len(nos):,} nominals",
                value=median(lambda: listing.window(reader, Kind.NOMINAL, nos[:50], _SHOWN)),
                target=0.15,
            )
        ]
        found += [
            Figure(
                name=f"complete order by {name}",
                value=median(lambda q=query: listing.order(reader, q), times=3),
                target=0.5,
            )
            for name, query in orders.items()
        ]
    workspace.close()
    return found
