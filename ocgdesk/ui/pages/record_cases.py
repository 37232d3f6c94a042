"""Which kinds of record have a part of their own beside the general ones, and what it is called."""

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import N_, _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.pages.record_case_parts import CasePart
from ocgdesk.ui.pages.record_commodity import CommodityPart
from ocgdesk.ui.pages.record_disruption import DisruptionPart
from ocgdesk.ui.pages.record_intelligence import ReportPart
from ocgdesk.ui.pages.record_line import LinePart
from ocgdesk.ui.pages.record_operation import OperationPart
from ocgdesk.ui.pages.record_outcome import OutcomePart

CASE: Final = "case"
_PARTS: Final[dict[Kind, type[CasePart]]] = {
    Kind.OPERATION: OperationPart,
    Kind.COUNTY_LINE: LinePart,
    Kind.COMMODITY: CommodityPart,
    Kind.REPORT: ReportPart,
    Kind.DISRUPTION: DisruptionPart,
    Kind.OUTCOME: OutcomePart,
}
_TITLES: Final = {
    Kind.OPERATION: N_("Case"),
    Kind.COUNTY_LINE: N_("Story"),
    Kind.COMMODITY: N_("Dealing"),
    Kind.REPORT: N_("Sharing"),
    Kind.DISRUPTION: N_("Claim"),
    Kind.OUTCOME: N_("In its place"),
}
_FIRST: Final = frozenset({Kind.OPERATION, Kind.COUNTY_LINE, Kind.DISRUPTION, Kind.OUTCOME})


def maker(desk: Desk, kind: Kind, id_: UUID) -> Callable[[QWidget], QWidget] | None:
    """Return what makes the part of a kind of record; None where it has none of its own."""
    return partial(_PARTS[kind], desk, id_) if kind in _PARTS else None


def title(kind: Kind) -> str:
    """Return what the tab of the part is called."""
    return _(_TITLES.get(kind, ""))


def is_first(kind: Kind) -> bool:
    """Tell whether the page of a kind opens on its own part: there the answer stands."""
    return kind in _FIRST
