"""A growing wait after passphrases that did not unlock."""

import math
from dataclasses import dataclass, replace
from typing import Self

LONGEST_SECONDS = 60
_FREE_FAILURES = 1  # a slip of the finger costs nothing


@dataclass(frozen=True, slots=True)
class Delay:
    """How many attempts failed in a row, and when the last one did. Start anew on success.

    The count lives in this process and nowhere else. It slows down somebody who tries
    passphrases at the keyboard of an open window; it does not stop somebody who restarts the
    program, runs the command line again and again, or has copied the key file. Against them
    stand the cost of Argon2id for every guess and the strength of the passphrase, and nothing
    written to disk could help: who can copy the key file can put any counter back.

    ``last`` and ``now`` are seconds of ``time.monotonic()``, which nobody can set.
    """

    failures: int = 0
    last: float = 0.0

    @property
    def wait(self) -> int:
        """Return the whole wait in seconds: 0, 0, 1, 2, 4, 8 … 60 after 0, 1, 2 … failures."""
        if self.failures <= _FREE_FAILURES:
            return 0
        doublings = min(self.failures - _FREE_FAILURES - 1, LONGEST_SECONDS.bit_length())
        return min(1 << doublings, LONGEST_SECONDS)

    def failed(self, now: float) -> Self:
        """Return the delay after one more failure."""
        return replace(self, failures=self.failures + 1, last=now)

    def seconds_left(self, now: float) -> int:
        """Return the whole seconds still to wait; 0 means that another attempt is welcome."""
        left = self.last + self.wait - now
        return min(max(math.ceil(left), 0), self.wait)
