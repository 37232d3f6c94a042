"""What every kind has: identity, version, marking, and who may see it."""

from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID, uuid4

from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.marking import Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Anything with an identity of its own. Values only: to change one, make another."""

    kind: ClassVar[Kind]
    base: ClassVar[Base]

    id: UUID = field(default_factory=uuid4)
    version: int = 0
    """Counts the saves of this thing; 0 until the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked(Thing):
    """A thing with a marking and a list of who may see it."""

    marking: Marking = Marking.OFFICIAL_SENSITIVE
    restricted_to: frozenset[UUID] | None = None
    """The users who may know of it; None where everybody may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Marked):
    """A record with a reference and a label. Sub-records name their ``owner``."""

    base: ClassVar[Base] = Base.ENTITY

    ref: str = ""
    """Issued by the workspace at the first save, such as ``WMPA1-OCG-2026-0042``."""
    owner: UUID | None = None

    @property
    def label(self) -> str:
        """What people call it: the field described as its label."""
        for description in described_fields(type(self)):
            if description.is_label:
                return str(getattr(self, description.name))
        return self.ref
