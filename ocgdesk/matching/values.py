"""What the comparison is given, and what it answers."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is compared of one nominal. Ethnicity is never among it, nor anything scored."""

    key: int
    name: str
    aliases: tuple[str, ...] = ()
    born: str = ""
    """Year, month and day in eight digits; four or six where no more is known."""
    gender: str = ""
    numbers: tuple[str, ...] = ()
    """Identifiers in the form equal ones share, with their scheme: ``pnc:2001/0012345X``."""
    phones: tuple[str, ...] = ()
    """Telephone numbers, handles, vehicles and accounts linked to the person."""
    streets: tuple[str, ...] = ()
    """Addresses linked to the person: number and street."""
    areas: tuple[str, ...] = ()
    """Towns or suburbs of those addresses."""
    postcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is compared of a record that is known by a number, a name or an address."""

    key: int
    kind: str
    text: str
    aliases: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    context: str = ""
    """What must not differ: the platform of a handle, the town of an address."""
    postcode: str = ""


class Sign(StrEnum):
    """Which way a piece of evidence points."""

    FOR = "+"
    AGAINST = "-"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against, as a code; ``weight`` is the base-2 log of the odds it adds."""

    code: str
    sign: Sign
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Two records that may be the same, the smaller key first, and why."""

    one: int
    other: int
    probability: float
    evidence: tuple[Evidence, ...]
