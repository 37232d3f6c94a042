"""Small values that records hold several of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name a record is known by; ``type`` is a code of the list ``alias-types``."""

    text: str
    type: str = "name"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number or code issued by somebody; ``scheme`` is a code of ``identifier-schemes``."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class External:
    """What another system or file calls this record; the key an import matches on."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground for or against an attribution.

    ``code`` is of the list ``attribution-grounds``; ``sign`` is ``+`` for, ``-`` against,
    ``~`` neutral, ``!`` contradiction. ``grade`` is the grading of what it rests on, such as
    ``1B``, and ``ref`` the reference of that report or exhibit.
    """

    code: str
    sign: str = "+"
    note: str = ""
    grade: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a scorer answered to one factor of a sheet, and why.

    ``value`` is a code of the factor's scale; empty where the answer is not known.
    """

    factor: str
    value: str = ""
    rationale: str = ""
