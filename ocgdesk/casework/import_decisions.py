"""What somebody decided of a row of a draft that may be on the register already.

Values only: a decision names its row by the full key of the draft's record, so that it stands
when the file is read again, and is let go of where there is nothing left to decide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from ocgdesk.domain.things import Thing
from ocgdesk.i18n import _


class Verdict(StrEnum):
    """What a row that may be somebody on the register is, as a person sees it."""

    SAME = "same"
    """It is that one: the row changes its record instead of making one."""
    NEW = "new"
    """It is somebody else, and never the same as those that were offered."""
    MAYBE = "maybe"
    """It comes in as new, linked as maybe the same."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A record of the register, or another row of the draft, that may be the one a row means."""

    id: UUID
    """Of another row: what its record would have."""
    ref: str
    label: str
    reason: str
    probability: float = 0.0
    """0 where it was found by name or number alone, without the model."""
    key: str = ""
    """Of another row: the full key of its record."""

    @property
    def name(self) -> str:
        """What it is known by though the file is read again."""
        return self.key or str(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision; of SAME and MAYBE ``other`` or ``key`` tells with what."""

    verdict: Verdict
    other: UUID | None = None
    """A record of the register."""
    key: str = ""
    """The full key of another record of the draft."""
    choices: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Of SAME, by field: ``kept``, ``absorbed`` or ``both``, as in a merge."""

    offered: tuple[str, ...] = ()
    """Of NEW, by name: who was offered when it was said; of nobody else is it a word."""

    @classmethod
    def new(cls, alike: Sequence[Alike]) -> "Decision":
        """Return the decision that a row is none of those that were offered."""
        return cls(verdict=Verdict.NEW, offered=tuple(one.name for one in alike))

    @classmethod
    def on(cls, verdict: Verdict, alike: Alike) -> "Decision":
        """Return the decision on one that was offered."""
        other = None if alike.key else alike.id
        return cls(verdict=verdict, other=other, key=alike.key)


Decisions = Mapping[str, Decision]
"""By full key of the draft's record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a row that was decided on, or that says more of what another row makes."""

    decision: Decision | None = None
    """None where two rows are known as one record without anybody's word."""
    told: str = ""
    """With what it was taken as one, in words: a reference, a name or a row."""
    kept: tuple[str, ...] = ()
    """Fields in which the record stays as it is, and what the row says is kept beside it."""
    further: tuple[Thing, ...] = ()
    """What else is written: statements, verdicts, a link."""
    follows: bool = False
    """Whether another row before it carries the record."""


def row_words(number: int, file: str = "") -> str:
    """Return what a row is called: ``row 7``; of another file ``row list.csv:7``."""
    return _("row {n}").format(n=f"{file}:{number}" if file else number)
