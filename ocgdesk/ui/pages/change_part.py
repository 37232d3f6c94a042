"""How a part of the register changes: by month or year, or from one saved chart to the next."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import changing, moments, result_tables
from ocgdesk.casework.changing import Course, Every
from ocgdesk.casework.network_scope import Part, Scope
from ocgdesk.casework.results import Draft
from ocgdesk.domain.kinds import Kind
from ocgdesk.graph.change import By
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.forms.chosen_records import ChosenRecords
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.navigation import Target
from ocgdesk.ui.pages import change_rows
from ocgdesk.ui.pages.change_rows import PeriodRow
from ocgdesk.ui.pages.network_choice import ScopeChoice
from ocgdesk.ui.pages.network_part import NetworkPart, PartWords
from ocgdesk.ui.pages.network_says import basis
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.plots import LinePlot

_CHARTS: Final = "charts"
_EVERY: Final = {
    Every.MONTH.value: N_("by month"),
    Every.QUARTER.value: N_("by quarter"),
    Every.YEAR.value: N_("by year"),
    _CHARTS: N_("saved charts, one a phase"),
}
_FIGURES: Final = {
    "ranks": N_("Who rises and falls"),
    "sizes": N_("How many"),
    "turnover": N_("Turnover"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared, as the part is set."""

    scope: Scope
    every: str
    by: By
    since: Any
    until: Any
    charts: tuple[tuple[str, UUID], ...] = ()


class ChangePart(NetworkPart):
    """A figure, and under it a row for each period."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            target,
            PartWords(
                title=_("Change over time"),
                basis=_("Who comes and goes, who rises and falls, from dated links"),
                verb=_("Compare periods"),
                prompt=_("Choose a part of the register and how long a period is."),
                task="change",
            ),
            parent,
        )
        self._build()
        self._wire()
        if self.choice.is_given:
            self.refresh()

    def question(self) -> Asked:
        """Return what is asked; Refused for days that can not be read."""
        today = self.desk.today()
        by: By = "betweenness" if self.by.current == "betweenness" else "degree"
        charts = ((brief.label, id_) for id_, brief in self.charts.chosen.items())
        is_charts = self.every.current == _CHARTS
        return Asked(
            scope=self.at(Scope() if is_charts else self.choice.scope()),
            every=self.every.current,
            by=by,
            since=moments.valid(self.since.text(), today=today),
            until=moments.valid(self.until.text(), today=today) or today,
            charts=tuple(charts) if is_charts else (),
        )

    def ask(self) -> None:
        task = partial(_course, asked=self.question(), on=self.desk.today())
        self.listen(self.desk.run(_("Compare periods"), task, self._show))

    def draft(self) -> Draft | None:
        if self.found is None:
            return None
        owner = self.question().scope.ids[0] if self.choice.kind else None
        return result_tables.of_change(self.found, whole=self.choice.is_whole, owner=owner)

    def charted(self) -> tuple[UUID, ...]:
        row: PeriodRow | None = self.table.row() if self.found is not None else None
        return tuple(brief.id for brief in row.drawn()) if row is not None else ()

    def says(self) -> tuple[Any, ...]:
        found: Course = self.found
        row: PeriodRow | None = self.table.row()
        title = row.phase.name if row is not None else self.title
        told = row.told if row is not None else ()
        return (title, told, *basis(found.settings, found.resting, found.caveats))

    def _build(self) -> None:
        self.choice = ScopeChoice(self.desk, self.target)
        self.every = Select(_options(_EVERY), name=_("How long a period is"))
        self.since = TextBox(placeholder=_("since, such as 2025"), name=_("Since"))
        self.until = TextBox(placeholder=_("until today"), name=_("Until"))
        measures = {"degree": N_("by links"), "betweenness": N_("by betweenness")}
        self.by = Select(_options(measures), name=_("Ranked"))
        for part in (self.choice, self.every, self.since, self.until, self.by):
            self.bar.add(part)
        self.charts = ChosenRecords(
            self.desk, (Kind.CHART,), prompt=_("Find a saved chart"), name=_("Charts, in order")
        )
        holder = PageBody(spacing=0, foot=8)
        holder.column.addWidget(self.charts)
        self.column.insertWidget(self.column.indexOf(self.bar) + 1, holder)
        self.charts.hide()
        self.figures = SegmentedControl(
            tuple(Segment(key, _(words)) for key, words in _FIGURES.items())
        )
        self.plot = LinePlot(250)
        self.model = ShortTable(())
        self.table = ShortTableView(self.model, name=self.title, density=Density.COMPACT)
        above = PageBody(spacing=8, foot=8)
        above.column.setContentsMargins(24, 10, 24, 8)
        above.column.addWidget(self.figures, 0, Qt.AlignmentFlag.AlignLeft)
        above.column.addWidget(self.plot)
        self.inside.addWidget(above)
        self.inside.addWidget(self.table, 1)

    def _wire(self) -> None:
        self.choice.changed.connect(self._on_set)
        self.every.chosen.connect(self._on_every)
        self.by.chosen.connect(self._on_set)
        for box in (self.since, self.until):
            box.returnPressed.connect(self.refresh)
        self.charts.changed.connect(self._on_charts)
        self.figures.chosen.connect(self._draw)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(self._on_opened)

    def _show(self, found: Course) -> None:
        self.model.show_columns(change_rows.columns(found))
        self.model.show_rows(change_rows.rows(found))
        self.table.share()
        n = len(found.phases)
        words = ngettext("{n} period", "{n} periods", n).format(n=n)
        self.answer(found, f"{words} · {'; '.join(found.settings)}")
        self._draw()
        self.table.setCurrentIndex(self.model.index(n - 1, 0))
        self.told.emit((words,))

    def _draw(self, _key: str = "") -> None:
        if self.found is not None:
            make = getattr(change_rows, self.figures.current)
            self.plot.show_plot(make(self.found))

    def _on_every(self, every: str) -> None:
        is_charts = every == _CHARTS
        self.charts.setVisible(is_charts)
        for part in (self.choice, self.since, self.until):
            part.setVisible(not is_charts)
        self._on_set()

    def _on_charts(self) -> None:
        if len(self.charts.ids) > 1:
            self.refresh()

    def _on_set(self, _code: object = None) -> None:
        if self.found is not None and not self.choice.is_whole:
            self.refresh()

    def _on_row(self) -> None:
        if self.found is not None:
            self.renew()

    def _on_opened(self, at: int) -> None:
        row: PeriodRow = self.model.rows[at]
        if drawn := row.drawn():
            self.open_record(drawn[0])


def _options(words: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code, _(said)) for code, said in words.items())


def _course(reader: Reader, progress: Progress, *, asked: Asked, on: Any) -> Course:
    if asked.every == _CHARTS:
        then = asked.scope.as_at
        named = [
            (name, Scope(part=Part.CHART, ids=(id_,), as_at=then)) for name, id_ in asked.charts
        ]
        return changing.from_scopes(reader, named, on=on, by=asked.by, progress=progress)
    return changing.over_time(
        reader,
        asked.scope,
        Every(asked.every),
        since=asked.since,
        until=asked.until,
        by=asked.by,
        progress=progress,
    )
