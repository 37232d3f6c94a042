"""The columns of the threat grid."""

from datetime import date
from functools import partial

from ocgdesk.casework import threat_grid, threat_grid_rows
from ocgdesk.casework.threat_grid import Row
from ocgdesk.domain import scoring_sheets
from ocgdesk.domain.dates import shown
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.store.threats import Kept
from ocgdesk.ui.models import looks, score_looks
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.widgets.values import Cell, Entity, Status, Text

_LAST = date.max


def columns(today: date) -> tuple[Column, ...]:
    """Return the columns: what yields where there is no room is what a record says too."""
    risk, beside = (scoring_sheets.sheet(n) for n in (threat_grid.RANKING, threat_grid.BESIDE))
    return (
        column(_("Rank"), _rank, lambda row: row.rank, 48, align="right", yields=2),
        column(_("OCG"), _name, lambda row: row.threat.ocg.label.casefold(), 128, stretch=3),
        column(_("Reference"), _ref, lambda row: row.threat.ocg.ref, 168, yields=8),
        column(_("Owner"), _owner, lambda row: row.threat.agency or None, 70, yields=7),
        column(_("Tier"), _tier, lambda row: row.threat.tier or None, 46),
        column(
            _("MoRiLE-style"),
            lambda row: score_looks.score(risk, row.risk),
            lambda row: row.risk.total if row.risk else None,
            104,
            align="right",
        ),
        column(_("Scored"), lambda row: _on(row.risk), lambda r: _day(r.risk), 104, yields=6),
        column(_("Trend"), _spark, _change, 52),
        column(
            _("OCGM"),
            lambda row: score_looks.score(beside, row.attributes),
            lambda row: threat_grid_rows.score_words(row.attributes) or None,
            134,
            stretch=2,
        ),
        column(
            _("OCGM scored"),
            lambda r: _on(r.attributes),
            lambda r: _day(r.attributes),
            112,
            yields=9,
        ),
        column(_("Status"), _status, lambda row: row.threat.status, 116, stretch=2, yields=4),
        column(_("LRO"), _lro, lambda row: row.lro.casefold() or None, 132, stretch=2, yields=1),
        column(_("SIO"), _sio, lambda row: row.sio.casefold() or None, 124, stretch=2, yields=3),
        column(
            _("Disrupted"),
            lambda row: (
                Text(shown(row.last_disruption), "text.2") if row.last_disruption else Text("")
            ),
            lambda row: row.last_disruption,
            90,
            yields=5,
        ),
        column(
            _("Next review"), partial(_review, today), lambda r: r.threat.review_due or _LAST, 132
        ),
    )


def _rank(row: Row) -> Cell:
    return Text("–" if row.rank is None else str(row.rank), "text.3", align="right")


def _name(row: Row) -> Cell:
    return Entity(kind="", label=row.threat.ocg.label, restricted=row.threat.ocg.restricted)


def _ref(row: Row) -> Cell:
    return Text(row.threat.ocg.ref, "text.3", mono=True)


def _owner(row: Row) -> Cell:
    return Text(row.threat.agency, "text.2") if row.threat.agency else looks.NOTHING


def _tier(row: Row) -> Cell:
    tier = label("tiers", row.threat.tier)
    return Text(tier) if tier else looks.NOTHING


def _on(kept: Kept | None) -> Cell:
    return Text(shown(kept.assessed), "text.2") if kept and kept.assessed else looks.NOTHING


def _day(kept: Kept | None) -> date | None:
    return kept.assessed if kept else None


def _spark(row: Row) -> Cell:
    """Return how the risk went, or an arrow's word where a line has no second point."""
    if len(row.points) < 2:
        return looks.NOTHING
    return score_looks.spark(row.points, row.trend, threat_grid_rows.trend_words(row))


def _change(row: Row) -> float | None:
    return row.points[-1] - row.points[-2] if len(row.points) > 1 else None


def _status(row: Row) -> Cell:
    return looks.status("ocg-statuses", row.threat.status)


def _lro(row: Row) -> Cell:
    if row.lro:
        return Text(row.lro)
    return Status(_("None"), "status.warning", "overdue")


def _sio(row: Row) -> Cell:
    return Text(row.sio) if row.sio else looks.NOTHING


def _review(today: date, row: Row) -> Cell:
    due = row.threat.review_due
    if due is None:
        return looks.NOTHING
    return looks.day(Kind.OCG, "review_due", due.isoformat(), today)
