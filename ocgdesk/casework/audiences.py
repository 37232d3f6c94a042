"""Who a product is for, and what they may see: a value of the list ``audiences``.

What the list does not say of an audience it may not see: an edition of a workspace may be older
than a question asked here.
"""

from dataclasses import dataclass
from typing import Final

from ocgdesk.domain.marking import Marking
from ocgdesk.domain.reference_data import Code, code_list
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _, ngettext

AUDIENCES: Final = "audiences"
FEWEST: Final = 5
"""Exploited people fewer than this are not counted out, where the list does not say otherwise."""
_NUMBERS: Final = (
    *("", N_("one"), N_("two"), N_("three"), N_("four"), N_("five")),
    *(N_("six"), N_("seven"), N_("eight"), N_("nine"), N_("ten")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who a product is for, and what they may see."""

    code: str
    label: str
    names: bool
    """People by name, with their births, numbers, plates and accounts."""
    sources: bool
    """Reports by reference."""
    told_exploited: bool
    """Exploited people as such, never by name; else they are left out."""
    operations: bool
    """Operations by name."""
    tactics: bool
    """Actions still to be done, powers and requests to the gateway."""
    completed: bool
    """Actions that are done."""
    officers: bool
    """SIO, LRO, author and reviewers by name."""
    places: bool
    """Addresses and postcodes; towns are told to everybody."""
    warnings: bool
    """Custody, orders, weapons and threats to life."""
    outside: bool
    """Whether it leaves the force or unit: a section with nothing in it goes then."""
    marking: Marking = Marking.OFFICIAL_SENSITIVE
    """The highest marking that is meant for it."""
    least: int = FEWEST
    """The smallest number of exploited people that is told; fewer are told as fewer."""
    exploited: str = ""
    """Why exploited people are named; empty: they are not."""

    @property
    def leaves_out_exploited(self) -> bool:
        """Whether exploited people are in nothing it gets, not even as somebody without a name."""
        return not self.told_exploited and not self.exploited

    @property
    def sees_all(self) -> bool:
        """Whether texts go to it as they are, but for the names of exploited people."""
        return self.names and self.sources and self.operations and self.officers and self.places

    def counted(self, n: int) -> str:
        """Return a number of exploited people as it may be told: ``12``, ``fewer than five``."""
        return self.fewer(n) or f"{n:,}"

    def fewer(self, n: int) -> str:
        """Return the words for a number that is too small to be told; empty for any other."""
        return _("fewer than {n}").format(n=self._least_words) if 0 < n < self.least else ""

    @property
    def _least_words(self) -> str:
        return _(_NUMBERS[self.least]) if self.least < len(_NUMBERS) else f"{self.least:,}"

    def left_out(self, n: int) -> str:
        """Return how many people are left out, as it may be told; nothing where nobody is."""
        if not n or not self.leaves_out_exploited:
            return ""
        if n < self.least:
            return _("Fewer than {n} people are left out.").format(n=self._least_words)
        told = ngettext("{n} person is left out.", "{n} people are left out.", n)
        return told.format(n=f"{n:,}")


def audience(code: str, *, exploited: str = "") -> Audience:
    """Return an audience by its code; Refused for one there is none of."""
    found = code_list(AUDIENCES).find(code)
    if found is None:
        known = ", ".join(one.code for one in code_list(AUDIENCES))
        raise Refused(_("There is no audience {code!r}; there are {known}").format(
            code=code[:40], known=known
        ))  # fmt: skip

    def may(what: str) -> bool:
        return bool(found.get(what, default=False))

    # One that is not told of exploited people is never told how few they are: a new one neither.
    least = int(found.get("least", default=0)) or (0 if may("exploited") else FEWEST)
    return Audience(
        code=found.code,
        label=found.label,
        names=may("names"),
        sources=may("sources"),
        told_exploited=may("exploited"),
        operations=may("operations"),
        tactics=may("tactics"),
        completed=may("completed"),
        officers=may("officers"),
        places=may("places"),
        warnings=may("warnings"),
        outside=bool(found.get("outside", default=True)),
        marking=_marking(found),
        least=least,
        exploited=exploited.strip(),
    )


def _marking(found: Code) -> Marking:
    """Return the highest marking meant for an audience; the lowest there is where it is no word."""
    try:
        return Marking.parse(str(found.get("marking", default=Marking.OFFICIAL_SENSITIVE.value)))
    except Refused:
        return Marking.OFFICIAL
