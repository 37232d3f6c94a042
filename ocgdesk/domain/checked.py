"""What looking at an identifier found: the form to match on, and what is odd about it."""

from dataclasses import dataclass
from itertools import product

_ALIKE = {"O": "O0", "0": "0O", "I": "I1", "1": "1I"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An identifier as typed and as matched. A problem warns; it never stops a save."""

    raw: str
    """What was typed, kept as it is."""
    normal: str
    """The form that equal identifiers share, whatever their spacing and padding."""
    problem: str | None = None
    """What does not fit the format, and the rule, in a sentence; None where all is well."""
    question: str | None = None
    """What cannot be told from the text alone and somebody should say, such as the century."""
    readings: tuple[str, ...] = ()
    """Every normal form it may have; more than one where there is a question."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is odd about it."""
        return self.problem is None

    @property
    def matches_on(self) -> frozenset[str]:
        """The forms under which to look for the same identifier elsewhere."""
        return frozenset({self.normal, *self.readings}) - {""}


def packed(text: str) -> str:
    """Return a text in capitals without spaces, dots and dashes."""
    return "".join(c for c in text.upper() if c not in " \t\u00a0.-\u2013\u2010\u2011_")


def looked_alike(text: str) -> list[str]:
    """Return other texts that this one looks like, O for 0 and I for 1, fewest changes first.

    Only short texts have any: the number of them doubles with each such character.
    """
    if len(text) > 8:
        return []
    every = ("".join(one) for one in product(*(_ALIKE.get(c, c) for c in text)))
    others = [one for one in every if one != text]
    return sorted(others, key=lambda one: sum(a != b for a, b in zip(one, text, strict=True)))
