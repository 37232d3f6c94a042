"""What somebody decided of two records that look alike, and of records that many share."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from ocgdesk.domain.fields import FieldType, described
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_

T = FieldType

NEVER: Final = "never"
"""The two are different; the pair is not shown again."""
PROPOSED: Final = "proposed"
"""Somebody would merge the two; a second person has to agree."""
SHARED: Final = "shared"
"""Many share the record (a hotel, a hire firm, a prison): sharing it tells nothing."""
DECONFLICTED: Final = "deconflicted"
"""Whoever answers for two OCGs need not be told again of what links them so far."""

COMPARED: Final = (
    Kind.NOMINAL,
    Kind.HANDLE,
    Kind.PHONE,
    Kind.LOCATION,
    Kind.VEHICLE,
    Kind.ORGANISATION,
)
"""The kinds among which duplicates are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Pairing(Entity):
    """A decision on two records: the same or not, shared by many, or an alert that was dismissed.

    The last is on what newly links two OCGs of different owners.
    """

    kind: ClassVar[Kind] = Kind.PAIRING
    owners: ClassVar[tuple[Kind, ...]] = (*COMPARED, Kind.OCG)

    verdict: str = described(
        N_("Verdict"), T.CODE, codes="pair-verdicts", default=NEVER, is_label=True, in_table=True
    )
    other: UUID | None = described(N_("Other record"), T.ENTITY, in_table=True)
    reason: str = described(N_("Reason"), T.LONG_TEXT)
    decided: date | None = described(N_("Decided"), T.DAY, in_table=True)
    by: UUID | None = described(N_("By"), T.ENTITY)
    choices: str = described(N_("Values chosen"), T.LONG_TEXT)
