"""What was computed of a network, kept as it was then: with its settings and what it rests on."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ocgdesk.domain.fields import FieldType, Search, described
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_

T = FieldType


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Result(Entity):
    """One answer about a network. It hangs on the chart or OCG it was asked of, if on any.

    It names records by id only: what they are called is looked up when it is shown, for whoever
    reads it.
    """

    kind: ClassVar[Kind] = Kind.RESULT

    title: str = described(
        N_("Title"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    task: str = described(N_("Analysis"), T.CODE, codes="analyses", in_table=True)
    computed: datetime | None = described(N_("Computed"), T.INSTANT, in_table=True)
    settings: str = described(N_("Settings and basis"), T.LONG_TEXT)
    entry: int = described(N_("Journal entry"), T.INTEGER, default=0, in_table=True)
    head: str = described(N_("Journal head"), mono=True)
    table: str = described(N_("Table"), T.LONG_TEXT)
    """JSON, as ``casework.results`` writes and reads it."""
    rests_on: str = described(N_("Computed on"), T.LONG_TEXT)
    """JSON: the numbers of the records; empty for the whole register."""
