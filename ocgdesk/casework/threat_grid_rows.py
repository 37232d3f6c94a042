"""A row of the threat grid in words, in cells and as a plain value."""

from collections import Counter
from collections.abc import Collection
from typing import Final

from ocgdesk.casework import assessments, present
from ocgdesk.casework.threat_grid import RANKING, Row
from ocgdesk.domain.dates import shown
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.score_trends import Direction
from ocgdesk.domain.scoring import Source
from ocgdesk.i18n import N_, _
from ocgdesk.store.threats import Kept


def owners(grid_rows: Collection[Row]) -> tuple[tuple[str, int], ...]:
    """Return the owning agencies of rows with how often each occurs, most first."""
    return tuple(Counter(row.threat.agency for row in grid_rows).most_common())


def trend_words(row: Row) -> str:
    """Return which way the risk went; empty where there is nothing to compare."""
    return {
        Direction.RISING: _("Rising"),
        Direction.FALLING: _("Falling"),
        Direction.LEVEL: _("Level"),
        Direction.UNKNOWN: "",
    }[row.trend]


def score_words(kept: Kept | None) -> str:
    """Return a kept score in few words: its total and band, or its cell of the matrix."""
    if kept is None:
        return ""
    total = "" if kept.total is None else f"{kept.total:,.0f}"
    words = f"{total} {assessments.band_words(kept.sheet, kept.band)}".strip()
    if kept.source == Source.OFFICIAL:
        return _("{score}, official").format(score=words)
    return words or _("no total")


def by_words(kept: Kept | None) -> str:
    """Return by what a score was made: the version of the sheet, or an official scheme."""
    if kept is None:
        return ""
    if kept.source == Source.OFFICIAL:
        return _("official")
    return _("v{n}, local default").format(n=kept.version)


HEADINGS: Final = (
    N_("Rank"),
    N_("OCG"),
    N_("Reference"),
    N_("Owner"),
    N_("LRO"),
    N_("SIO"),
    N_("Tier"),
    N_("MoRiLE-style"),
    N_("Band"),
    N_("Scored"),
    N_("Scored by"),
    N_("Trend"),
    N_("OCGM"),
    N_("OCGM scored"),
    N_("OCGM scored by"),
    N_("Status"),
    N_("Last disruption"),
    N_("Next review"),
    N_("Marking"),
)


def cells(row: Row) -> tuple[object, ...]:
    """Return a row as a sheet holds it: figures and days as such, codes as words."""
    threat, risk, beside = row.threat, row.risk, row.attributes
    return (
        row.rank,
        threat.ocg.label,
        threat.ocg.ref,
        label("agencies", threat.agency),
        row.lro,
        row.sio,
        label("tiers", threat.tier),
        risk.total if risk else None,
        assessments.band_words(RANKING, risk.band) if risk else "",
        risk.assessed if risk else None,
        by_words(risk),
        trend_words(row),
        score_words(beside),
        beside.assessed if beside else None,
        by_words(beside),
        label("ocg-statuses", threat.status),
        row.last_disruption,
        threat.review_due,
        threat.ocg.marking.banner,
    )


PAPER: Final = (
    "",
    N_("OCG"),
    N_("Owner"),
    N_("LRO"),
    N_("SIO"),
    N_("Tier"),
    N_("MoRiLE-style"),
    N_("OCGM"),
    N_("Status"),
    N_("Last disruption"),
    N_("Next review"),
)
"""The headings of the grid on paper, where there is less room."""
PAPER_WIDTHS: Final = (0.04, 0.14, 0.09, 0.1, 0.1, 0.04, 0.14, 0.12, 0.08, 0.07, 0.08)


def paper_cells(row: Row) -> tuple[str, ...]:
    """Return a row as it is printed: a score with its trend, date and basis below."""
    threat = row.threat
    return (
        "" if row.rank is None else str(row.rank),
        "\n".join((threat.ocg.label, threat.ocg.ref)),
        label("agencies", threat.agency),
        row.lro or "–",
        row.sio or "–",
        label("tiers", threat.tier) or "–",
        _dated(row.risk, trend_words(row)),
        _dated(row.attributes, ""),
        label("ocg-statuses", threat.status),
        shown(row.last_disruption) if row.last_disruption else "",
        shown(threat.review_due) if threat.review_due else "–",
    )


def _dated(kept: Kept | None, more: str) -> str:
    if kept is None:
        return _("Not assessed")
    first = ", ".join(text for text in (score_words(kept), more.lower()) if text)
    second = [shown(kept.assessed)] if kept.assessed else []
    return f"{first}\n{', '.join([*second, by_words(kept)])}"


def plain(row: Row) -> present.Plain:
    """Return a row as ``--json`` prints it: codes, not words; blank is null, never zero."""
    threat = row.threat
    return present.brief(threat.ocg) | {
        "rank": row.rank,
        "agency": threat.agency or None,
        "lro": row.lro or None,
        "sio": row.sio or None,
        "tier": threat.tier or None,
        "morile_style": _plain_score(row.risk),
        "ocgm": _plain_score(row.attributes),
        "trend": row.trend.value,
        "status": threat.status,
        "threat_type": threat.threat_type,
        "primary_crime": threat.primary_crime or None,
        "pillar": threat.pillar or None,
        "last_disruption": row.last_disruption,
        "next_review": threat.review_due,
    }


def _plain_score(kept: Kept | None) -> present.Plain | None:
    if kept is None:
        return None
    return {
        "total": kept.total,
        "band": kept.band or None,
        "assessed": kept.assessed,
        "sheet_version": kept.version,
        "score_source": kept.source,
    }
