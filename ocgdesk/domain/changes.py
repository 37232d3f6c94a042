"""What happened, as pairs of before and after: the one currency of edit, undo and audit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Thing


@dataclass(frozen=True, slots=True)
class Change:
    """One thing made (no before), changed (both) or removed (no after)."""

    before: Thing | None
    after: Thing | None

    @property
    def thing(self) -> Thing:
        """The newest value there is."""
        thing = self.after or self.before
        assert thing is not None  # noqa: S101 - a change has at least one end
        return thing

    def inverse(self) -> Self:
        """Return the change that puts things back."""
        return type(self)(self.after, self.before)


def differ(before: Thing | None, after: Thing | None) -> bool:
    """Tell whether two values of one thing differ in more than their version."""
    if before is None or after is None:
        return before is not after
    return replace(before, version=after.version) != after


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """All that one act of the user did, under the name they know it by.

    Labels name acts, never people: ``Edit nominal``. Whose record it was is looked up where
    the label is shown, for those who may see it.
    """

    label: str
    changes: tuple[Change, ...]
    seq: int = 0
    """Its place in the journal; 0 until committed."""

    @classmethod
    def of(cls, label: str, changes: Iterable[Change]) -> Self:
        """Fold changes into one for each thing: its first before, its last after."""
        folded: dict[UUID, Change] = {}
        for change in changes:
            key = change.thing.id
            before = folded[key].before if key in folded else change.before
            folded[key] = Change(before, change.after)
        return cls(label, tuple(c for c in folded.values() if differ(c.before, c.after)))

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __bool__(self) -> bool:
        return bool(self.changes)

    def touches(self, *kinds: Kind) -> bool:
        """Tell whether any thing of these kinds changed."""
        return any(change.thing.kind in kinds for change in self)

    def inverse(self) -> Self:
        """Return the set that undoes this one."""
        return type(self)(self.label, tuple(change.inverse() for change in self), self.seq)
