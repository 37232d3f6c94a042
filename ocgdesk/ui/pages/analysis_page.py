"""Who and what stands out in a part of the register, and how sure that is."""

from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import analysis
from ocgdesk.casework.analysis import Analysis, Material, Question, Standing
from ocgdesk.casework.network_evidence import Without
from ocgdesk.casework.network_scope import Part, Scope
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.errors import DeskError
from ocgdesk.graph.definitions import DEFINITIONS, NODE_MEASURES, USUAL
from ocgdesk.graph.ties import Options
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui import words
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.pages.analysis_columns import Ranked, columns
from ocgdesk.ui.pages.analysis_says import ResultPanel
from ocgdesk.ui.widgets.buttons import outline, primary
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import FilterBar, PageHeader
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.worker import Call

TOP: Final = 200
"""So many rows are shown; the command line has them all."""
_TABLE, _EMPTY = 0, 1
_PARTS = {Kind.OCG: Part.OCG, Kind.CHART: Part.CHART}


class AnalysisPage(Page):
    """Measures of the register, of an OCG, of a chart or of chosen records, in a ranking."""

    icon = "page.analysis"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Analysis")
        self.found: Analysis | None = None
        self._asked: Job | None = None
        self._build()
        self._wire()
        if target.id is not None or target.focus:
            self.refresh()

    def question(self) -> Question:
        """Return what is to be computed, as the page is set."""
        chosen = self.measure.current
        others = tuple(name for name in USUAL if name != chosen) if self.is_small else ()
        without = [Without.parse(name) for name, box in self.without.items() if box.isChecked()]
        kind = self.kinds.current
        return Question(
            scope=self._scope(),
            measures=(chosen, *others),
            options=Options(directed=self.directed.isChecked()),
            without=tuple(without),
            ranked=(Kind(kind),) if kind else (),
        )

    @property
    def is_small(self) -> bool:
        """Whether the part looked at is small enough for every usual measure at once."""
        return self._scope().part is not Part.ALL

    def refresh(self) -> None:
        """Read the network, then compute in the worker process."""
        if self._asked is not None:
            self._asked.cancel()
        question = self.question()
        self.note.say("")
        self.empty.show_words(_("Computing…"), "")
        if self.found is None:
            self.stack.setCurrentIndex(_EMPTY)

        def read(reader: Reader, _progress: Progress) -> Material:
            return analysis.gather(reader, question)

        self._listen(self.desk.run(_("Read the network"), read, self._compute))

    def ready(self) -> bool:
        return self._asked is None

    def leave(self) -> None:
        if self._asked is not None:
            self._asked.cancel()

    def inspector(self) -> QWidget | None:
        return ResultPanel(self.found, self.table.row()) if self.found is not None else None

    def _scope(self) -> Scope:
        target = self.target
        if self.scopes.current == "all":
            return Scope()
        hops = int(self.hops.current)
        if target.id is not None and target.kind is not None:
            part = _PARTS.get(target.kind, Part.REFS)
            return Scope(part=part, ids=(target.id,), hops=hops)
        return Scope(part=Part.REFS, ids=target.focus, hops=hops)

    def _build(self) -> None:
        self.header = PageHeader(self.title, _("Measures follow where police looked"))
        self.open_button = outline(_("Open"), icon="action.open", key="Enter")
        self.compute_button = primary(_("Compute"), icon="page.analysis", key="F5")
        self.header.add_action(self.open_button)
        self.header.add_action(self.compute_button)
        self.note = ErrorBanner(closable=True, parent=self)
        self.bar, self.limits = FilterBar(), FilterBar()
        for bar in (self.bar, self.limits):
            bar.box.hide()
        self.scopes = Select(self._scopes(), name=_("Part of the register"))
        self.hops = Select(_hops(), name=_("How far beyond"))
        self.measure = Select(_measures(), name=_("Rank by"))
        self.kinds = Select(_kinds(), name=_("Ranked kinds"))
        self.directed = CheckBox(_("Follow direction"))
        self.without = {
            "untested": CheckBox(_("Without untested sources")),
            "tentative": CheckBox(_("Without tentative links")),
        }
        for part in (self.scopes, self.hops, self.measure, self.kinds):
            self.bar.add_left(part)
        for box in (self.directed, *self.without.values()):
            self.limits.add_left(box)
        self.kinds.choose(Kind.NOMINAL.value)
        self.hops.setVisible(self.scopes.current != "all")
        self.model = ShortTable(())
        self.table = ShortTableView(self.model, name=self.title, density=Density.STANDARD)
        self.empty = EmptyState(
            _("Choose a part of the register and a measure, then compute."), _("Compute")
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.stack.setCurrentIndex(_EMPTY)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self.note, self.bar, self.limits, Rule(role="line.2")):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)

    def _scopes(self) -> tuple[Option, ...]:
        whole = Option("all", _("The whole register"))
        if self.target.kind is Kind.OCG:
            return (Option("part", _("This OCG and its members")), whole)
        if self.target.kind is Kind.CHART:
            return (Option("part", _("This chart")), whole)
        if self.target.id is not None or self.target.focus:
            return (Option("part", _("What is chosen, and round it")), whole)
        return (whole,)

    def _wire(self) -> None:
        self.compute_button.clicked.connect(self.refresh)
        self.empty.acted.connect(self.refresh)
        self.note.acted.connect(self.refresh)
        self.open_button.clicked.connect(self._on_open)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.scopes.chosen.connect(self._on_scope)
        for select in (self.hops, self.measure, self.kinds):
            select.chosen.connect(self._on_set)
        for box in (self.directed, *self.without.values()):
            box.toggled.connect(self._on_set)
        self.desk.changed.connect(self._on_changed)
        shortcut = QShortcut(QKeySequence("F5"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.refresh)

    def _listen(self, job: Job) -> None:
        self._asked = job
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)

    def _compute(self, material: Material) -> None:
        call = Call.of(analysis.compute, material).telling()
        self._listen(self.desk.compute(_("Compute measures"), call, self._name))

    def _name(self, found: Analysis) -> None:
        rows = analysis.standing(found, TOP)
        query = partial(analysis.named, rows=rows)
        self._listen(self.desk.ask(query, partial(self._show, found)))

    def _show(self, found: Analysis, rows: list[tuple[Brief, Standing]]) -> None:
        self._asked, self.found = None, found
        ranked = tuple(Ranked(brief, row) for brief, row in rows)
        self.model.show_columns(columns(found))
        self.model.show_rows(ranked)
        self.table.share()
        self.header.set_subtitle(self._subtitle(found, len(ranked)))
        if ranked:
            self.stack.setCurrentIndex(_TABLE)
            self.table.setCurrentIndex(self.model.index(0, 2))
        else:
            self.empty.show_words(_("Nobody here is ranked: choose another part or measure."))
            self.stack.setCurrentIndex(_EMPTY)
        self.inspected.emit(self.inspector())
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

    @Slot(str)
    def _on_scope(self, scope: str) -> None:
        self.hops.setVisible(scope != "all")
        self._on_set()

    def _on_set(self, _code: object = None) -> None:
        if self.found is not None and self.is_small:
            self.refresh()

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if self.found is not None:
            self.inspected.emit(self.inspector())

    @Slot(int)
    def _on_opened(self, row: int) -> None:
        self._go(self.model.rows[row])

    @Slot()
    def _on_open(self) -> None:
        if (row := self.table.row()) is not None:
            self._go(row)

    def _go(self, row: Ranked) -> None:
        target = Target(page=PageKind.RECORD, kind=row.brief.kind, id=row.brief.id)
        self.opened.emit(target, False)

    def _on_changed(self, changed: Changed) -> None:
        if self.found is not None and changed.touches(*SUBJECTS, Kind.LINK, Kind.MEMBERSHIP):
            self.note.say(_(analysis.STALE), _("Compute again"), tone="due")

    def _on_failed(self, error: DeskError) -> None:
        self._asked = None
        self.empty.show_words(_("Nothing was computed."), _("Compute"))
        self.note.say(str(error), tone="overdue")

    @Slot()
    def _on_finished(self) -> None:
        """See whether it was cancelled: what was done or failed has been shown by now."""
        if self._asked is not None and self._asked.over:
            self._asked = None
            self.empty.show_words(_("Cancelled; nothing was kept."), _("Compute"))


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


def _hops() -> tuple[Option, ...]:
    return tuple(
        Option(str(n), ngettext("{n} step beyond", "{n} steps beyond", n).format(n=n))
        for n in (1, 2, 3)
    )
