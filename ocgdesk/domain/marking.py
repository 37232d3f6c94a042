"""Government Security Classifications, as far as this program goes."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from ocgdesk.errors import Refused


class Marking(StrEnum):
    """The marking of a record or product, lowest first.

    OFFICIAL-SENSITIVE is a marking within OFFICIAL, not a tier of its own. The ceiling of
    this program is OFFICIAL-SENSITIVE: SECRET and above are refused.
    Source: Government Security Classifications Policy (2024).
    """

    OFFICIAL = "official"
    OFFICIAL_SENSITIVE = "official-sensitive"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a marking as typed or printed; Refused for anything else, SECRET included."""
        code = text.strip().lower().replace(" ", "-").replace(":", "").replace("--", "-")
        if "secret" in code:
            raise Refused("SECRET and above may not be kept in OCG Desk")
        try:
            return cls(code)
        except ValueError:
            raise Refused(f"{text[:40]!r} is not a marking") from None

    @property
    def banner(self) -> str:
        """The words at the top and bottom of every page."""
        return self.value.upper()

    @property
    def rank(self) -> int:
        """Its place in the order, lowest first."""
        return list(Marking).index(self)


def highest(markings: Iterable[Marking]) -> Marking:
    """Return the highest of these; a product is never marked below its contents."""
    return max(markings, key=lambda marking: marking.rank, default=Marking.OFFICIAL)
