"""Chance that is the same every time, for arithmetic that begins at random."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

SEED = 1


@contextmanager
def the_same() -> Iterator[None]:
    """Let igraph draw the same numbers each time, and leave its own chance as it was."""
    import igraph

    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 - repeatable, not secret
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
