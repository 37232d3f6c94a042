"""Chance that repeats itself: one stream of numbers and one of ids for each topic."""

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar
from uuid import UUID

T = TypeVar("T")

_LOW_48 = (1 << 48) - 1
_SPREAD = 0x9E3779B97F4B
"""Odd, so that multiplying by it permutes the low 48 bits: no two ids of a topic are alike."""


@dataclass(frozen=True, slots=True)
class Streams:
    """The chance of one sample. Topics never disturb each other, whoever draws more or less."""

    seed: int
    size: str

    def numbers(self, topic: str) -> Random:
        """Return the topic's own random numbers, from their start."""
        return Random(f"{self.seed}:{self.size}:{topic}")  # noqa: S311 - not for secrets

    def ids(self, topic: str) -> Iterator[UUID]:
        """Yield the topic's ids without end; the n-th depends on nothing but seed, size, topic.

        They are UUIDs of version 8 (RFC 9562: the maker's own scheme).
        """
        digest = blake2b(f"{self.seed}:{self.size}:{topic}".encode(), digest_size=16).digest()
        base = int.from_bytes(digest) & ~(0xF << 76) & ~(0x3 << 62) | 8 << 76 | 2 << 62
        number = 0
        while True:
            yield UUID(int=base ^ (number * _SPREAD & _LOW_48))
            number += 1


class Weighted(Generic[T]):
    """Choices that come up as often as their weights say."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._values = tuple(weights)
        self._sums = list(accumulate(weights.values()))

    def draw(self, chance: Random) -> T:
        """Return one of them."""
        return self._values[bisect(self._sums, chance.random() * self._sums[-1])]


def shares(total: int, weights: Sequence[float], *, least: int = 0) -> list[int]:
    """Split a total into whole shares by weight, none below ``least``; the sum is exact."""
    spare = total - least * len(weights)
    whole = sum(weights)
    exact = [spare * weight / whole for weight in weights]
    result = [int(share) for share in exact]
    left = spare - sum(result)
    order = sorted(range(len(weights)), key=lambda i: result[i] - exact[i])
    for i in order[:left]:
        result[i] += 1
    return [share + least for share in result]


def picks(chance: Random, values: Sequence[T], most: int) -> tuple[T, ...]:
    """Return at most so many different values, in the order drawn."""
    return tuple(chance.sample(values, min(most, len(values))))
