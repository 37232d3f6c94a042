"""The columns of a ranking: the rank with the band it may take, and every measure computed."""

from dataclasses import dataclass
from functools import partial

from ocgdesk.casework.analysis import Analysis, Standing
from ocgdesk.domain.figures import figure
from ocgdesk.graph.definitions import definition
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.widgets.values import Band, Bar, Cell, Text
from ocgdesk.ui.widgets.values import words as words_of


@dataclass(frozen=True, slots=True)
class Ranked:
    """One row: the record, and where it stands."""

    brief: Brief
    standing: Standing


def columns(found: Analysis) -> tuple[Column, ...]:
    """Return the columns for one result; what yields first is what a click tells too."""
    names = [name for name in found.scores if definition(name).on.value == "node"]
    first = [
        column(_("Rank"), _rank, lambda row: row.standing.rank, 60, align="right"),
        column(_("Band"), _band, lambda row: row.standing.worst or None, 84, align="right"),
        column("", partial(_drawn_band, most=int(found.among.sum())), _nothing, 72),
        column(_("Who or what"), _name, lambda row: row.brief.label.casefold(), 180, stretch=4),
        column(_("Reference"), _ref, lambda row: row.brief.ref, 168, yields=9),
    ]
    drawn = [
        column("", partial(_drawn, name=name, most=_most(found, name)), _nothing, 96, stretch=2)
        for name in names
        if name == found.order
    ]
    measured = [
        column(
            _(definition(name).title),
            partial(_measured, name=name),
            partial(_value, name=name),
            104,
            align="right",
            yields=0 if name == found.order else number + 2,
        )
        for number, name in enumerate(names)
    ]
    reports = column(
        _("Reports"),
        lambda row: Text(f"{row.standing.reports:,}", "text.2", "right"),
        lambda row: row.standing.reports,
        84,
        align="right",
        yields=1,
    )
    return (*first, *drawn, *measured, reports)


def _rank(row: Ranked) -> Cell:
    return Text(str(row.standing.rank or "–"), align="right", strong=True)


def _drawn_band(row: Ranked, *, most: int) -> Cell:
    standing = row.standing
    words = words_of(_band(row))
    if not standing.best:
        return Text("")
    return Band(
        rank=standing.rank, best=standing.best, worst=standing.worst, most=most, words=words
    )


def _band(row: Ranked) -> Cell:
    best, worst = row.standing.best, row.standing.worst
    said = f"{best}–{worst}" if worst > best else str(best or "")
    return Text(said, "text.2", "right")


def _name(row: Ranked) -> Cell:
    return entity(row.brief)


def _ref(row: Ranked) -> Cell:
    return Text(row.brief.ref, "text.2", mono=True)


def _value(row: Ranked, *, name: str) -> float | None:
    return row.standing.values.get(name)


def _nothing(_row: Ranked) -> None:
    """Order by no more than the rank: the bar beside a figure says the same."""


def _measured(row: Ranked, *, name: str) -> Cell:
    return Text(figure(row.standing.values.get(name)), align="right")


def _drawn(row: Ranked, *, name: str, most: float) -> Cell:
    value = row.standing.values.get(name) or 0.0
    return Bar(share=max(0.0, value / most) if most > 0 else 0.0)


def _most(found: Analysis, name: str) -> float:
    values = found.scores[name].values[found.among]
    known = values[values == values]  # noqa: PLR0124 - NaN alone differs from itself
    return float(known.max()) if known.size else 0.0
