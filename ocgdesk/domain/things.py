"""What every kind has: identity, version, marking, and who may see it."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID, uuid4

from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.reference_data import label


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Thing:
    """Anything with an identity of its own. Values only: to change one, make another.

    Things of one class are equal when all their fields are. What is shown of one in a message
    is its kind and id, never what is on record of it. Both are written here once, because a
    dataclass would write them for every kind anew, each time the program starts.
    """

    kind: ClassVar[Kind]
    base: ClassVar[Base]

    id: UUID = field(default_factory=uuid4)
    version: int = 0
    """Counts the saves of this thing; 0 until the first."""

    def __eq__(self, other: object) -> bool:
        """Compare every field with those of a thing of the same class."""
        if type(other) is not type(self):
            return NotImplemented
        values = _values(type(self))
        same: bool = values(self) == values(other)
        return same

    def __hash__(self) -> int:
        """Go by identity and version: fields may hold what cannot be hashed."""
        return hash((self.id, self.version))

    def __repr__(self) -> str:
        """Name it without a word of what is on record."""
        return f"<{type(self).__name__} {self.id} v{self.version}>"


_readers: dict[type[Thing], Callable[[Thing], tuple[Any, ...]]] = {}


def _values(cls: type[Thing]) -> Callable[[Thing], tuple[Any, ...]]:
    """Return what reads all fields of a thing at once."""
    if (known := _readers.get(cls)) is None:
        known = _readers[cls] = attrgetter(*(one.name for one in fields(cls)))
    return known


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Marked(Thing):
    """A thing with a marking and a list of who may see it."""

    marking: Marking = Marking.OFFICIAL_SENSITIVE
    restricted_to: frozenset[UUID] | None = None
    """The users who may know of it; None where everybody may."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Entity(Marked):
    """A record with a reference and a label. Sub-records name their ``owner``."""

    base: ClassVar[Base] = Base.ENTITY
    owners: ClassVar[tuple[Kind, ...]] = ()
    """The kinds of record that one of this kind hangs on; none where it stands by itself."""

    ref: str = ""
    """Issued by the workspace at the first save, such as ``WMPA1-OCG-2026-0042``."""
    owner: UUID | None = None

    @property
    def label(self) -> str:
        """What people call it: the field described as its label, a code in its words."""
        for description in described_fields(type(self)):
            if description.is_label:
                value = str(getattr(self, description.name))
                return label(description.codes, value) if description.codes else value
        return self.ref
