"""Something narrower than a chart of too many items: those of them that are linked most."""

from collections.abc import Collection
from uuid import UUID

import numpy as np

from ocgdesk.domain.charts import MOST_ITEMS
from ocgdesk.store.network_now import Now
from ocgdesk.store.reader import Reader


def most_linked(reader: Reader, ids: Collection[UUID], most: int = MOST_ITEMS) -> tuple[UUID, ...]:
    """Return those of these records with most links among them, as many as a chart shows at once.

    How often somebody is linked follows what was collected: it is a way to see less, no rank.
    """
    numbers = Now(reader).numbers(ids)
    named = {no: id_ for id_, no in numbers.items()}
    found = Now(reader).among(sorted(named))
    counts = np.bincount(np.concatenate((found.source, found.target)), minlength=len(found))
    order = np.argsort(-counts, kind="stable")[:most]
    return tuple(named[int(no)] for no in found.nodes[order])
