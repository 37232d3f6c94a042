"""The cyclic collector keeps out of the way of whoever is at the desk."""

import gc
import time
from collections.abc import Iterator
from weakref import ref

import pytest

from ocgdesk.ui.collector import MANY, Collector


class Knot:
    """Something that only the cyclic collector can let go of."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def held(qapp) -> Iterator[Collector]:
    collector = Collector()
    gc.collect()
    collector.hold()
    yield collector
    collector.let_go()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_what_a_closed_page_left_is_collected(held: Collector) -> None:
    left = ref(Knot())
    for _round in range(2_000):
        Knot()
    held.collect()
    assert left() is None


def test_records_that_come_in_masses_are_set_aside_without_being_looked_at(held) -> None:
    records = [[n] for n in range(20 * MANY)]
    began = time.perf_counter()
    held.collect()
    assert time.perf_counter() - began < 0.02
    assert gc.get_freeze_count() > len(records)


def test_what_was_set_aside_is_looked_through_when_nobody_is_there(held: Collector) -> None:
    left = ref(Knot())
    masses = [[n] for n in range(2 * MANY)]
    held.collect()
    assert left() is not None
    masses.clear()
    held.tidy()
    assert left() is None
