"""A chart as a page shows it: read, laid out, drawn, and kept up with what changes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.casework import chart_collapse, charts
from ocgdesk.casework.chart_collapse import Standing
from ocgdesk.casework.chart_facts import Facts
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Arrangement, Chart, Point, Scene
from ocgdesk.domain.people import Right
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import Page, Target
from ocgdesk.ui.pages import chart_says
from ocgdesk.ui.pages.chart_folds import Beneath, ChartFolds, overview
from ocgdesk.ui.pages.chart_keeping import ChartKeeper
from ocgdesk.ui.pages.chart_looking import ChartLooks, read_with_facts, reading, spread
from ocgdesk.ui.pages.chart_parts import (
    ChartBar,
    ReadChart,
    Step,
    carried,
    concerns,
    drawn,
    opened,
    without,
)
from ocgdesk.ui.pages.chart_reasons import ChartReasons
from ocgdesk.ui.pages.chart_time_place import ChartTimePlace
from ocgdesk.ui.pages.chart_view import ChartView
from ocgdesk.ui.pages.chart_ways import WaysOn
from ocgdesk.ui.worker import Call


class DrawnPage(Page):
    """Shows a chart; what users do with it is said by ``ChartPage``.

    A chart that was kept is kept on as it goes: what is on screen and what is kept are one, and
    each act is one step to undo. One that was not is drawn anew from its query, until the user
    chooses by hand what is on it.
    """

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.arrangement = Arrangement(scene=Scene())
        self.focus: tuple[UUID, ...] = target.focus
        self.hops = max(1, target.hops)
        self.layout_code = "force"
        self.expanded: tuple[UUID, ...] = ()
        self._kept_id = target.id
        self._arriving = target.items
        self.overview = target.overview
        self._once_drawn: frozenset[UUID] = frozenset()
        self._folded: tuple[UUID, ...] = ()
        self._by_hand = False
        self._asked: Job | None = None
        self._moved: dict[UUID, Point] = {}
        self._is_stale = False
        self._is_ready = False
        self.looks = ChartLooks(self)
        self.reasons = ChartReasons(desk, self)
        self.folds = ChartFolds(self)
        self.beneath = Beneath(desk, self)
        self._build()

    @property
    def chart(self) -> Chart | None:
        """The chart as it is kept, if it is."""
        return self.keeper.chart

    def refresh(self) -> None:
        """Read again what the chart shows; what was placed stays where it was."""
        self._is_stale = False
        of = (*self.focus, *((self._kept_id,) if self._kept_id else ()))
        if self.reasons.holds(of, self.refresh):
            self._is_ready = False
            return
        if self._kept_id is not None:
            self._read(Step(), partial(opened, id_=self._kept_id), _("Open chart"))
        elif self.overview:
            ask = partial(overview, what=self.overview, moment=self.target.moment)
            self._read(Step(), ask, _("Draw overview"))
        elif self._by_hand:
            self._draw(Step(), self._as_it_is())
        elif self.target.items:
            self._by_hand, self.title = True, _("From an analysis")
            self._draw(Step(fit=True), ChartQuery(also=self.target.items))
        elif self.focus:
            self._draw(Step(), self._from_focus())
        else:
            self._show_nothing(_("Find a record with Ctrl+K, then draw its chart."))

    def ready(self) -> bool:
        """Tell whether everything has its place and is drawn."""
        rests = self.time_place.times.ready() and not self.view.glide.is_under_way
        return self._is_ready and self.canvas.is_drawn and rests

    def leave(self) -> None:
        """Stop reading and arranging; what is being kept is kept to the end."""
        self.reasons.stop()
        self.beneath.stop()
        self.time_place.stop()
        self.view.glide.stop()
        if self._asked is not None:
            self._asked.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def _build(self) -> None:
        self.keeper = ChartKeeper(self.desk, self)
        self.bar = ChartBar(self.layout_code, self.hops)
        self.view = ChartView(self.bar, self.looks, self.desk.workspace.about)
        self.canvas, self.mirror = self.view.canvas, self.view.mirror
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        self.time_place = ChartTimePlace(self.desk, self.view, self.keeper, self.looks, self)
        column.addWidget(self.time_place.strip)
        self.time_place.opened.connect(self.opened)
        self.time_place.changed.connect(self._on_time)
        self.setFocusProxy(self.canvas)
        self.view.fold = self.folds.shown
        self.beneath.opened.connect(self.opened)
        key = QShortcut(QKeySequence("Ctrl+G"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.fold)
        self.ways = WaysOn(self.desk, self.view.show_nothing, self.refresh, self)
        self.ways.opened.connect(self.opened)
        self.view.empty.acted.connect(self.ways.on_acted)
        self.view.empty.acted_otherwise.connect(self.ways.on_other)
        self.view.told.connect(self.told)
        self.view.field_chosen.connect(self._on_field)
        self.looks.asked.connect(self._on_looks)
        self.keeper.refused.connect(self.refresh)
        self.reasons.gave_up.connect(self._on_gave_up)
        self.reasons.stopped.connect(self._on_stopped)
        self.desk.changed.connect(self._on_changed)

    def _from_focus(self) -> ChartQuery:
        query = charts.query_of(self.chart) if self.chart else ChartQuery()
        sketches = tuple(item.id for item in self.arrangement.scene.items if item.sketch)
        return replace(query, focus=self.focus, hops=self.hops, expanded=(), also=sketches)

    def _as_it_is(self, *expanded: UUID) -> ChartQuery:
        """Return what is on the chart now, and what is linked to these of it."""
        items = tuple(item.id for item in self.arrangement.scene.items)
        off = frozenset(self.focus) - frozenset(items)
        return ChartQuery(focus=self.focus, hops=0, also=items, expanded=expanded, without=off)

    def _draw(self, step: Step, query: ChartQuery) -> None:
        title = self.chart.title if self.chart else self.title if self._by_hand else ""
        task = partial(drawn, query=query, title=title, chart=self._kept_id)
        self._read(step, task, _("Draw chart"))

    def _read(self, step: Step, task: Callable[..., ReadChart], title: str) -> None:
        whole = partial(read_with_facts, task=task, looks=self.looks.looks)
        why, then = self.reasons.purpose, partial(self._on_read, step)
        self._wait_for(self.desk.run(title, whole, then, purpose=why))

    def _wait_for(self, job: Job) -> None:
        if self._asked is not None:
            self._asked.cancel()
        self._asked, self._is_ready, self._moved = job, False, {}
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)

    def _on_read(self, step: Step, read: ReadChart) -> None:
        arrangement = read.arrangement
        if read.chart is not None:
            self._take(read.chart)
        elif read.recovered is not None:
            self._recover(read.recovered)
        else:
            if self.overview:
                gone = self._once_drawn - {item.id for item in self.arrangement.scene.items}
                arrangement = without(arrangement, gone)
            arrangement = carried(self.arrangement, arrangement, keep_cut=self._by_hand)
        self._name(read.title)
        self.looks.know(read.facts)
        self._stand(step, arrangement)

    @Slot()
    def _on_time(self) -> None:
        """Show the chart as it may have stood on the days that are brushed."""
        if self.arrangement.scene.items:
            self.view.show_arrangement(self.arrangement, keep_view=True)

    @Slot()
    def fold(self) -> None:
        """Draw the OCGs of what is selected as one item each, or open them; else all of them."""
        if self._is_ready and self.folds.toggled(self.arrangement, self.canvas.selection()):
            self._stand(Step(_("Fold or open OCG")), self.arrangement)

    def opens_beneath(self, id_: UUID) -> bool:
        """Offer the records a line was worked out from, where it is one; tell whether it is."""
        ties = self.view.arrangement.scene.ties
        found = next((tie for tie in ties if tie.id == id_ and tie.beneath), None)
        if found is not None:
            self.beneath.open(found)
        return found is not None

    def compared(self) -> Target:
        """Return where this chart is compared with what was recorded a month ago."""
        focus = () if self.overview else self.focus
        return chart_says.comparing(self.desk.today(), focus, self.overview, self.hops)

    def _stand(self, step: Step, arrangement: Arrangement) -> None:
        """Read what is written on OCGs that are drawn as one item, if there are any."""
        if not self.folds.ocgs:
            self._measure(step, arrangement)
            return
        day = self.desk.today()
        ask = partial(chart_collapse.standings, ocgs=self.folds.ocgs, today=day)
        self._wait_for(self.desk.ask(ask, partial(self._on_standing, step, arrangement)))

    def _on_standing(
        self, step: Step, arrangement: Arrangement, standing: dict[UUID, Standing]
    ) -> None:
        self.folds.know(standing)
        self._measure(step, arrangement)

    def _measure(self, step: Step, arrangement: Arrangement) -> None:
        """Work out what rules and filters measure, before anything is placed or shown."""
        if (call := self.looks.measuring(arrangement.scene)) is None:
            self._lay_out(step, arrangement, arrangement.places)
            return
        then = partial(self._on_measured, step, arrangement)
        self._wait_for(self.desk.compute(_("Measure chart"), call, then))

    def _on_measured(self, step: Step, arrangement: Arrangement, values: list[float]) -> None:
        self.looks.take_paths(arrangement.scene, values)
        self._lay_out(step, arrangement, arrangement.places)

    def _on_looks(self, label: str) -> None:
        """Show the chart by other filters or rules; on a kept one that is an act of its own."""
        if not self.looks.looks.needs_facts:
            self._measure(Step(label), self.arrangement)
            return
        then = partial(self._on_facts, Step(label))
        self._wait_for(self.desk.run("", reading(self.arrangement.scene, self.looks.looks), then))

    def _on_facts(self, step: Step, facts: Facts) -> None:
        self.looks.know(facts)
        self._measure(step, self.arrangement)

    @Slot(str)
    def _on_field(self, name: str) -> None:
        """Read what a field holds on this chart, for its histogram."""
        if name:
            ask = partial(spread, scene=self.arrangement.scene, name=name)
            self.desk.ask(ask, self.view.show_histogram)
        else:
            self.view.show_histogram(None)

    def _take(self, chart: Chart) -> None:
        """Show a kept chart's own values."""
        self.keeper.chart, self._kept_id = chart, chart.id
        self.looks.take(chart)
        self.time_place.take()
        self.focus, self.hops, self.layout_code = chart.focus, chart.hops, chart.layout
        self.expanded = chart.expanded
        self.overview = chart.overview
        self.folds.take(chart.collapsed)
        self._by_hand = True
        self.bar.layouts.choose(chart.layout)
        self.bar.hop_box.choose(str(chart.hops))
        if self.desk.may(Right.CHART):
            self.bar.save_button.refuse(_("Kept as you go: every change is saved"))

    def _recover(self, chart: Chart) -> None:
        """Show a damaged chart's values; it is not kept any more until it has a title anew."""
        self._take(chart)
        self.keeper.chart, self._kept_id = None, None
        if self.desk.may(Right.CHART):
            self.bar.save_button.allow()

    def _name(self, title: str) -> None:
        self.bar.hop_box.setVisible(not self.overview)
        self.title = title
        self.bar.title.setText(title)
        self.titled.emit(title)

    def _lay_out(self, step: Step, arrangement: Arrangement, fixed: Mapping[UUID, Point]) -> None:
        """Give every item a place, in the worker process unless all have one."""
        scene = self.folds.shown(arrangement).scene
        if all(item.id in fixed for item in scene.items):
            self._on_places(step, arrangement, dict(fixed))
            return
        call = Call.of(
            charts.lay_out,
            scene,
            self.layout_code,
            focus=self.focus,
            fixed=dict(fixed),
            afresh=step.afresh,
        )
        then = partial(self._on_places, step, arrangement)
        self._wait_for(self.desk.compute(_("Lay out chart"), call, then))

    def _on_places(self, step: Step, arrangement: Arrangement, places: dict[UUID, Point]) -> None:
        self._asked = None
        if not step.afresh:  # what was dragged meanwhile stays where it was put
            places |= {id_: at for id_, at in self._moved.items() if id_ in places}
        places = self.folds.inside(arrangement) | places
        before, self.arrangement = self.arrangement, replace(arrangement, places=places)
        self._once_drawn |= frozenset(places)
        self._is_ready = True
        if not (self.arrangement.scene.items or self.arrangement.scene.notes):
            self._show_nothing(_("Nothing is on this chart. Find a record with Ctrl+K."))
        elif step.label or self.arrangement != before or self._is_unshown():
            keep_view = bool(before.places) and not step.fit
            self._folded = self.folds.ocgs
            gliding = step.afresh and not self.desk.settings.reduced_motion
            self.view.show_arrangement(self.arrangement, keep_view=keep_view, gliding=gliding)
        self._choose_arrived()
        self._keep(step.label)

    def _is_unshown(self) -> bool:
        """Tell whether the same items are to be seen in another way than they are."""
        return self.view.is_empty or self.looks.is_stale or self._folded != self.folds.ocgs

    def arrive(self, target: Target) -> None:
        """Select what the page is gone to for."""
        super().arrive(target)
        self._arriving = target.items
        if self._is_ready:
            self._choose_arrived()

    def _choose_arrived(self) -> None:
        """Select what the chart was opened for, in its order, once it is drawn."""
        if self._arriving and self.arrangement.scene.items:
            self.canvas.select(self._arriving)
            self._arriving = ()

    def _show_nothing(self, sentence: str, action: str = "") -> None:
        self._is_ready = True
        self.ways.tell(sentence, action)

    def _keep(self, label: str) -> None:
        """Keep the chart as it stands now, as one act; nothing where it has no title yet."""
        self.keeper.change(
            label,
            self.arrangement,
            hops=self.hops,
            layout=self.layout_code,
            expanded=self.expanded,
            collapsed=self.folds.ocgs,
            **self.looks.kept(),
        )

    @Slot(str)
    def _on_gave_up(self, sentence: str) -> None:
        self._show_nothing(sentence, _("Give a reason"))

    def _on_failed(self, error: BaseException) -> None:
        self._asked = None
        self._is_ready = True
        if isinstance(error, DeskError) and not self.arrangement.scene.items:
            self.ways.tell_error(error)

    @Slot()
    def _on_finished(self) -> None:
        """Be at rest again where the user stopped what was under way."""
        if self._asked is not None and self._asked.over:
            self._asked = None
            self._is_ready = True
            self._on_stopped()

    @Slot()
    def _on_stopped(self) -> None:
        """Offer to draw it after all, where nothing was drawn before."""
        self._is_ready = True
        if not self.arrangement.scene.items:
            self._show_nothing(_("Drawing was stopped."), _("Draw again"))

    # No @Slot here: what is marked and overridden is called even when Qt has destroyed the page.
    def _on_changed(self, changed: Changed) -> None:
        kept, by = self.chart is not None, self.looks.concerned(changed.kinds)
        if self.keeper.is_saving or not (by or concerns(changed, self.arrangement, kept=kept)):
            return
        self.time_place.forget()
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True
