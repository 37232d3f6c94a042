"""Named moments of a chart: what went to a meeting, and can be opened as it was then."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ocgdesk.domain.fields import FieldType, described
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_

T = FieldType


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ChartVersion(Entity):
    """A moment of a chart under a name: put once, never changed, opened read-only.

    Nothing is copied: the journal holds what was on the chart and on record at that moment.
    """

    kind: ClassVar[Kind] = Kind.CHART_VERSION
    owners: ClassVar[tuple[Kind, ...]] = (Kind.CHART,)

    number: int = described(N_("Version"), T.INTEGER, default=1, in_table=True)
    title: str = described(N_("Title"), required=True, is_label=True, in_table=True)
    note: str = described(N_("Note"), T.LONG_TEXT)
    entry: int = described(N_("Journal entry"), T.INTEGER, default=0, in_table=True)
    """The newest entry of the journal at that moment."""
    made: datetime | None = described(N_("Made"), T.INSTANT, in_table=True)
    made_by: str = described(N_("Made by"), in_table=True)
