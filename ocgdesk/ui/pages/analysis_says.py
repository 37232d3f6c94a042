"""What a ranking means and rests on: sentences that stand beside every result."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.casework.analysis import Analysis
from ocgdesk.domain.figures import figure
from ocgdesk.graph.definitions import definition
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.fonts import px
from ocgdesk.ui.pages.analysis_columns import Ranked
from ocgdesk.ui.widgets.labels import Label, Step, Weight


def _say(
    column: QVBoxLayout, text: str, ink: str = "text", *, step: Step = "body", strong: bool = False
) -> None:
    weight: Weight = "strong" if strong else "regular"
    column.addWidget(Label(text, step=step, ink=ink, weight=weight, wrap=True))


def _heading(column: QVBoxLayout, text: str) -> None:
    column.addSpacing(px(6))
    _say(column, text, strong=True)


class ResultPanel(QWidget):
    """For the inspector: the result as a whole, or where one item of it stands."""

    def __init__(self, found: Analysis, row: Ranked | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(8))
        if row is not None:
            _tell_one(column, found, row)
        _tell_measures(column, found)
        _tell_basis(column, found)
        column.addStretch(1)


def _tell_one(column: QVBoxLayout, found: Analysis, row: Ranked) -> None:
    _say(column, row.brief.label, step="title", strong=True)
    standing = row.standing
    if found.order and standing.rank:
        by = _(definition(found.order).title)
        _say(
            column,
            _("Rank {rank} by {measure}").format(rank=standing.rank, measure=by),
            strong=True,
        )
    if standing.worst > standing.best:
        told = _("Rank {best} to {worst}, by what is left out; lowest {cause}.")
        words = told.format(best=standing.best, worst=standing.worst, cause=standing.worst_is)
        _say(column, words)
    elif standing.best:
        _say(column, _("The rank stays the same whatever is left out."))
    reports = ngettext("{n} report", "{n} reports", standing.reports)
    share = _("{reports} behind its links, {share:.0%} of all; by reports alone it would be {n}.")
    said = share.format(
        reports=reports.format(n=standing.reports),
        share=standing.reports_share,
        n=standing.reports_rank,
    )
    _say(column, said, "text.2")
    for name, value in standing.values.items():
        _say(column, f"{_(definition(name).title)}: {figure(value)}", "text.2")


def _tell_measures(column: QVBoxLayout, found: Analysis) -> None:
    _heading(column, _("What the measures mean"))
    for name in found.scores:
        meant = definition(name)
        _say(column, f"{_(meant.title)}. {_(meant.sentence)} {_(meant.caveat)}", "text.2")
    for reason in found.refused.values():
        _say(column, reason, "due")


def _tell_basis(column: QVBoxLayout, found: Analysis) -> None:
    _heading(column, _("What this rests on"))
    _say(column, "; ".join(found.settings), "text.2")
    if found.collection is not None:
        _say(column, found.collection.sentence, "text.2")
    for line in (*found.notes, *found.caveats):
        _say(column, line, "text.2")
