"""How far a report can be trusted, and who may have it: 3x5x2, and 5x5x5 as it came."""

import re
from dataclasses import dataclass
from typing import Self

from ocgdesk.errors import Refused

_CURRENT = re.compile(r"([123])\W?([A-E])\W?([PC])")
_LEGACY = re.compile(r"([A-E])\W?([1-5])\W?([1-5])")


@dataclass(frozen=True, slots=True)
class Grading:
    """A grading as recorded. Grades of one scheme are never converted into the other.

    Source: College of Policing, APP Intelligence management (3x5x2); 5x5x5 is kept for
    reports that came with it.
    """

    source: str
    intelligence: str
    handling: str
    scheme: str = "3x5x2"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2CP``, ``2-C-P``, ``2·C·P`` or a legacy ``B24``; Refused for anything else."""
        text = text.strip().upper()
        if match := _CURRENT.fullmatch(text):
            return cls(match[1], match[2], match[3])
        if match := _LEGACY.fullmatch(text):
            return cls(match[1], match[2], match[3], scheme="5x5x5")
        raise Refused(f"{text[:20]!r} is not a grading; write it like 2CP")

    def __str__(self) -> str:
        return f"{self.source}{self.intelligence}{self.handling}"

    def shown(self) -> str:
        """Return the form shown to people: ``2·C·P``, or ``B 2 4 (5x5x5)``."""
        if self.scheme == "5x5x5":
            return f"{self.source} {self.intelligence} {self.handling} (5x5x5)"
        return f"{self.source}·{self.intelligence}·{self.handling}"

    @property
    def is_untested(self) -> bool:
        """Whether the source is untested: 2 in 3x5x2, E in 5x5x5."""
        return self.source == ("E" if self.scheme == "5x5x5" else "2")
