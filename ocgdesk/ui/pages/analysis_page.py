"""Who and what stands out in a part of the register, and how sure that is."""

from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import analysis, chart_theming, result_tables
from ocgdesk.casework.analysis import Analysis, Material, Question, Standing
from ocgdesk.casework.network_evidence import Without
from ocgdesk.casework.results import Draft
from ocgdesk.domain.chart_themes import Theme
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.graph.definitions import DEFINITIONS, NODE_MEASURES, USUAL
from ocgdesk.graph.ties import Options, Weights
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work
from ocgdesk.ui import words
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.navigation import Target
from ocgdesk.ui.pages.analysis_columns import Ranked, columns
from ocgdesk.ui.pages.analysis_says import ResultPanel
from ocgdesk.ui.pages.network_choice import ScopeChoice
from ocgdesk.ui.pages.network_part import NetworkPart, PartWords
from ocgdesk.ui.widgets.buttons import Button, outline
from ocgdesk.ui.widgets.headers import FlowBar
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select
from ocgdesk.ui.worker import Call

TOP: Final = 200
"""So many rows are shown; the command line has them all."""
CHARTED: Final = 10
"""So many are shown on a chart, selected by rank: i2's top ten."""
_WEIGHTS: Final = {
    Weights.NONE: N_("Not weighted"),
    Weights.STRENGTH: N_("Weight: more is closer"),
    Weights.DISTANCE: N_("Weight: more is farther"),
}


class AnalysisPage(NetworkPart):
    """Measures of the register, of an OCG, of a chart or of chosen records, in a ranking."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            target,
            PartWords(
                title=_("Measures"),
                basis=_("Measures follow where police looked"),
                verb=_("Compute"),
                prompt=_("Choose a part of the register and a measure, then compute."),
                task="measures",
            ),
            parent,
        )
        self._build()
        self._wire()
        if self.choice.is_given:
            self.refresh()

    @property
    def is_small(self) -> bool:
        """Whether the part looked at is small enough for every usual measure at once."""
        return not self.choice.is_whole

    def question(self) -> Question:
        """Return what is to be computed, as the page is set."""
        chosen = self.measure.current
        others = tuple(name for name in USUAL if name != chosen) if self.is_small else ()
        without = [Without.parse(name) for name, box in self.without.items() if box.isChecked()]
        kind = self.kinds.current
        return Question(
            scope=self.at(self.choice.scope()),
            measures=(chosen, *others),
            options=Options(
                directed=self.directed.isChecked(),
                parallel=self.parallel.isChecked(),
                weights=Weights(self.weights.current),
            ),
            without=tuple(without),
            ranked=(Kind(kind),) if kind else (),
        )

    def ask(self) -> None:
        question = self.question()

        def read(reader: Reader, _progress: Progress) -> Material:
            return analysis.gather(reader, question)

        self.listen(self.desk.run(_("Read the network"), read, self._compute))

    def draft(self) -> Draft | None:
        found: Analysis | None = self.found
        if found is None:
            return None
        owner = found.question.scope.ids[0] if self.choice.kind else None
        rows = [(row.brief, row.standing) for row in self.model.rows]
        return result_tables.of_measures(found, rows, owner=owner)

    def charted(self) -> tuple[UUID, ...]:
        if self.found is None:
            return ()
        return tuple(row.brief.id for row in self.model.rows[:CHARTED])

    def extras(self) -> tuple[Button, ...]:
        self.colour_button = outline(_("Colour chart"), icon="action.format")
        self.colour_button.refuse(_("Compute something first"))
        return (self.colour_button,)

    def renew(self) -> None:
        super().renew()
        if self.desk.may(Right.CHART):
            self._allow(self.colour_button, bool(self.charted()), _("Nothing here to draw"))
        else:
            self.colour_button.refuse(_("Your roles do not allow this."))

    @Slot()
    def colour(self) -> None:
        """Ask for a title, keep the ranking, and colour its chart, or a new one, by it."""
        if not self.colour_button.isEnabled() or (draft := self.draft()) is None:
            return
        about = self.desk.workspace.about
        dialog = TitleDialog(_("Colour chart by result"), draft.title, about=about, parent=self)
        told = _("The result is kept, and the chart says what it is coloured by and as at when.")
        dialog.show_note(told)
        dialog.named.connect(partial(self._colour, draft))
        dialog.open()

    def _colour(self, draft: Draft, title: str) -> None:
        made: list[Theme] = []
        chart = draft.owner if self.choice.kind is Kind.CHART else None
        act = partial(_kept_theme, draft=draft, title=title, chart=chart, made=made)
        if self.desk.do(_("Colour chart by result"), act, right=Right.CHART):
            self.open_coloured(made[0], [row.brief.id for row in self.model.rows], chart)

    def inspector(self) -> QWidget | None:
        return ResultPanel(self.found, self.table.row()) if self.found is not None else None

    def _build(self) -> None:
        self.choice = ScopeChoice(self.desk, self.target)
        self.measure = Select(_measures(), name=_("Rank by"))
        self.kinds = Select(_kinds(), name=_("Ranked kinds"))
        self.kinds.choose(Kind.NOMINAL.value)
        for part in (self.choice, self.measure, self.kinds):
            self.bar.add(part)
        self.weights = Select(
            tuple(Option(one.value, _(said)) for one, said in _WEIGHTS.items()), name=_("Weights")
        )
        self.directed = CheckBox(_("Follow direction"))
        self.parallel = CheckBox(_("Parallel links apart"))
        self.without = {
            "untested": CheckBox(_("Without untested sources")),
            "tentative": CheckBox(_("Without tentative links")),
        }
        self.limits = FlowBar()
        for limit in (self.weights, self.directed, self.parallel, *self.without.values()):
            self.limits.add(limit)
        self.column.insertWidget(self.column.indexOf(self.bar) + 1, self.limits)
        self.model = ShortTable(())
        self.table = ShortTableView(self.model, name=self.title, density=Density.STANDARD)
        self.inside.addWidget(self.table, 1)

    def _wire(self) -> None:
        self.colour_button.clicked.connect(self.colour)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.choice.changed.connect(self._on_set)
        for select in (self.measure, self.kinds, self.weights):
            select.chosen.connect(self._on_set)
        for box in (self.directed, self.parallel, *self.without.values()):
            box.toggled.connect(self._on_set)

    def _compute(self, material: Material) -> None:
        call = Call.of(analysis.compute, material).telling()
        self.listen(self.desk.compute(_("Compute measures"), call, self._name))

    def _name(self, found: Analysis) -> None:
        rows = analysis.standing(found, TOP)
        query = partial(analysis.named, rows=rows, as_at=found.question.scope.as_at)
        self.listen(self.desk.ask(query, partial(self._show, found)))

    def _show(self, found: Analysis, rows: list[tuple[Brief, Standing]]) -> None:
        ranked = tuple(Ranked(brief, row) for brief, row in rows)
        self.model.show_columns(columns(found))
        self.model.show_rows(ranked)
        self.table.share()
        nobody = _("Nobody here is ranked: choose another part or measure.")
        self.answer(found, self._subtitle(found, len(ranked)), "" if ranked else nobody)
        if ranked:
            self.table.setCurrentIndex(self.model.index(0, 2))
        count = ngettext("{n} row", "{n} rows", len(ranked)).format(n=len(ranked))
        self.told.emit((count, *found.settings))

    def _subtitle(self, found: Analysis, shown: int) -> str:
        shape = found.shape
        parts = ngettext("{n} part", "{n} parts", shape.components)
        told = _("{nodes} items, {ties} ties, {parts}; {shown} ranked")
        said = told.format(
            nodes=f"{shape.nodes:,}",
            ties=f"{shape.ties:,}",
            parts=parts.format(n=f"{shape.components:,}"),
            shown=f"{shown:,}",
        )
        return f"{said} · {_('measures follow where police looked')}"

    def _on_set(self, _code: object = None) -> None:
        if self.found is not None and self.is_small:
            self.refresh()

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if self.found is not None:
            self.renew()

    @Slot(int)
    def _on_opened(self, row: int) -> None:
        self.open_record(self.model.rows[row].brief)


def _kept_theme(
    work: Work, *, draft: Draft, title: str, chart: UUID | None, made: list[Theme]
) -> None:
    if chart is None:
        made.append(chart_theming.keep(work, draft, title))
    else:
        made.append(chart_theming.keep_and_put(work, draft, title, chart))


def _measures() -> tuple[Option, ...]:
    ranking = [name for name in NODE_MEASURES if DEFINITIONS[name].ranked]
    first = [name for name in ("betweenness", "degree") if name in ranking]
    return tuple(
        Option(name, _(DEFINITIONS[name].title)) for name in dict.fromkeys((*first, *ranking))
    )


def _kinds() -> tuple[Option, ...]:
    some = (Kind.NOMINAL, Kind.HANDLE, Kind.PHONE, Kind.OCG, Kind.COUNTY_LINE)
    every = Option("", _("Everything ranked"))
    return (every, *(Option(kind.value, words.many(kind)) for kind in some))
