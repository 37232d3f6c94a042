"""The columns of the disruption ledger."""

from datetime import date

from ocgdesk.casework.disruption_ledger import Row
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.units import amount
from ocgdesk.i18n import _
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.pages.record_case_parts import day, text
from ocgdesk.ui.widgets.values import Cell, StrandName, Text


def columns(_today: date) -> tuple[Column, ...]:
    """Return the columns; those that yield first go first where there is no room."""
    return (
        column(_("Date"), lambda r: day(r.claim.on), lambda r: r.claim.on, 104, stretch=0),
        column(_("Disruption"), lambda r: Text(r.claim.title, strong=True),
               lambda r: r.claim.title.casefold(), 180, stretch=4),
        column(_("Against"), _against, _against_order, 150, stretch=2),
        column(_("Strand"), _strand, lambda r: r.claim.strand or None, 100, stretch=0, yields=1),
        column(_("Level"), lambda r: text(label("disruption-levels", r.claim.level)),
               lambda r: r.claim.level or None, 84, stretch=0, yields=2),
        column(_("Claimed by"), lambda r: text(label("agencies", r.claim.agency), "text.2"),
               lambda r: label("agencies", r.claim.agency) or None, 160, stretch=2, yields=3),
        column(_("Part"), lambda r: text(label("claim-parts", r.claim.part), "text.2"),
               lambda r: r.claim.part, 72, stretch=0, yields=4),
        column(_("Outcomes"), _outcomes, lambda r: len(r.outcomes), 120, stretch=4, yields=4),
        column(_("Status"), lambda r: looks.code("disruption-statuses", r.claim.status),
               lambda r: r.claim.status, 120, stretch=0),
        column(_("APMIS"), lambda r: text(r.claim.apmis, "text.2", mono=True),
               lambda r: r.claim.apmis or None, 108, stretch=0, yields=5),
        column(_("Threat"), lambda r: text(label("control-strategy", r.claim.threat), "text.2"),
               lambda r: label("control-strategy", r.claim.threat) or None, 120, stretch=1,
               yields=7),
        column(_("Reference"), lambda r: text(r.claim.ref, "text.3", mono=True),
               lambda r: r.claim.ref, 172, stretch=0, yields=6),
    )  # fmt: skip


def _against(row: Row) -> Cell:
    if row.subjects:
        return entity(row.subjects[0])
    return text(label("disruption-targets", row.claim.against), "text.2")


def _against_order(row: Row) -> str:
    return row.subjects[0].label.casefold() if row.subjects else "~"


def _strand(row: Row) -> Cell:
    match row.claim.strand:
        case "pursue" | "prevent" | "protect" | "prepare" as strand:
            return StrandName(strand)
    return text("")


def _outcomes(row: Row) -> Cell:
    """Return what came of it, as much as there is room for."""
    said = (
        amount(label("outcome-measures", one.measure), one.value, one.unit)
        for one in row.outcomes
        if one.value is not None
    )
    return text("; ".join(said), "text.2")
