"""The link chart: drawn round a record, arranged by hand, kept under a name, exported."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.casework import charts
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Arrangement, Chart, Point, Scene
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.pages import chart_says
from ocgdesk.ui.pages.chart_exporting import Asked, ChartPapers
from ocgdesk.ui.pages.chart_keeping import ChartKeeper
from ocgdesk.ui.pages.chart_menu import ItemMenu
from ocgdesk.ui.pages.chart_parts import (
    ChartBar,
    ReadChart,
    Step,
    carried,
    drawn,
    opened,
    placed,
    without,
)
from ocgdesk.ui.pages.chart_view import ChartView
from ocgdesk.ui.widgets.buttons import Button
from ocgdesk.ui.worker import Call

_HERE: Final = Qt.ShortcutContext.WidgetWithChildrenShortcut
_DRAWN: Final = frozenset(SUBJECTS)
_LINKS: Final = (Kind.LINK, Kind.MEMBERSHIP, Kind.ATTRIBUTION)


class ChartPage(Page):
    """Canvas in the middle, layouts and hops above, legend and selection in the inspector.

    A chart that was kept is kept on as it goes: what is on screen and what is kept are one, and
    each act is one step to undo. One that was not is drawn anew from its query, until the user
    chooses by hand what is on it.
    """

    icon = "page.chart"
    laid_out = Signal()
    """Everything has a place and is drawn."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.arrangement = Arrangement(scene=Scene())
        self.focus: tuple[UUID, ...] = target.focus
        self.hops = max(1, target.hops)
        self.layout_code = "force"
        self._kept_id = target.id
        self._by_hand = False
        self._asked: Job | None = None
        self._moved: dict[UUID, Point] = {}
        self._is_stale = False
        self._is_ready = False
        self._build()
        self._wire()
        self.refresh()

    @property
    def chart(self) -> Chart | None:
        """The chart as it is kept, if it is."""
        return self.keeper.chart

    def refresh(self) -> None:
        """Read again what the chart shows; what was placed stays where it was."""
        self._is_stale = False
        if self._kept_id is not None:
            self._read(Step(), partial(opened, id_=self._kept_id), _("Open chart"))
        elif self._by_hand:
            self._draw(Step(), self._as_it_is())
        elif self.focus:
            self._draw(Step(), self._from_focus())
        else:
            self._show_nothing(_("Find a record with Ctrl+K, then draw its chart."))

    def ready(self) -> bool:
        return self._is_ready

    def inspector(self) -> QWidget | None:
        """Return what is selected and the legend, which filters and selects."""
        panel = self.view.panel()
        panel.opened.connect(self._on_item_opened)
        panel.expand_requested.connect(self._on_expand)
        return panel

    def leave(self) -> None:
        if self._asked is not None:
            self._asked.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def _build(self) -> None:
        self.papers = ChartPapers(self.desk, self)
        self.keeper = ChartKeeper(self.desk, self)
        self.bar = ChartBar(self.layout_code, self.hops)
        self.view = ChartView(self.bar)
        self.canvas, self.mirror = self.view.canvas, self.view.mirror
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.canvas)

    def _wire(self) -> None:
        self.bar.layouts.chosen.connect(self._on_layout)
        self.bar.arrange_button.clicked.connect(self._arrange_all)
        self.bar.hop_box.chosen.connect(self._on_hops)
        self.canvas.moved.connect(self._on_moved)
        self.canvas.opened.connect(self._on_item_opened)
        self.canvas.hidden_changed.connect(self._on_hidden)
        self.canvas.expand_requested.connect(self._on_expand)
        self.canvas.removal_requested.connect(self._on_removal)
        self.canvas.menu_requested.connect(self._on_menu)
        self.mirror.opened.connect(self._on_item_opened)
        self.view.empty.acted.connect(self.refresh)
        self.view.told.connect(self.told)
        self.papers.told.connect(self.said)
        self.keeper.kept.connect(self._on_kept)
        self.keeper.refused.connect(self.refresh)
        self.desk.changed.connect(self._on_changed)
        self._bind(Right.CHART, self.bar.save_button, "Ctrl+S", self.save)
        self._bind(Right.EXPORT, self.bar.export_button, "Ctrl+E", self.export)
        self._bind(Right.EXPORT, self.bar.copy_button, "Ctrl+Shift+C", self.copy)

    def _bind(self, right: Right, button: Button, key: str, act: Callable[[], None]) -> None:
        """Let a button and its key do this, or say why the user may not."""
        if reason := chart_says.refusal(self.desk, right):
            button.refuse(reason)
            return
        button.clicked.connect(act)
        QShortcut(QKeySequence(key), self, context=_HERE).activated.connect(act)

    def _from_focus(self) -> ChartQuery:
        kinds = tuple(Kind(kind) for kind in self.chart.kinds) if self.chart else ()
        return ChartQuery(focus=self.focus, hops=self.hops, kinds=kinds)

    def _as_it_is(self, *expanded: UUID) -> ChartQuery:
        """Return what is on the chart now, and what is linked to these of it."""
        items = tuple(item.id for item in self.arrangement.scene.items)
        off = frozenset(self.focus) - frozenset(items)
        return ChartQuery(focus=self.focus, hops=0, also=items, expanded=expanded, without=off)

    def _draw(self, step: Step, query: ChartQuery) -> None:
        title = self.chart.title if self.chart else self.title if self._by_hand else ""
        self._read(step, partial(drawn, query=query, title=title), _("Draw chart"))

    def _read(self, step: Step, task: Callable[..., ReadChart], title: str) -> None:
        self._wait_for(self.desk.run(title, task, partial(self._on_read, step)))

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
        else:
            arrangement = carried(self.arrangement, arrangement, keep_cut=self._by_hand)
        self._name(read.title)
        self._lay_out(step, arrangement, arrangement.places)

    def _take(self, chart: Chart) -> None:
        """Show a kept chart's own values."""
        self.keeper.chart, self._kept_id = chart, chart.id
        self.focus, self.hops, self.layout_code = chart.focus, chart.hops, chart.layout
        self._by_hand = True
        self.bar.layouts.choose(chart.layout)
        self.bar.hop_box.choose(str(chart.hops))
        if self.desk.may(Right.CHART):
            self.bar.save_button.refuse(_("Kept as you go: every change is saved"))

    def _name(self, title: str) -> None:
        self.title = title
        self.bar.title.setText(title)
        self.titled.emit(title)

    def _lay_out(self, step: Step, arrangement: Arrangement, fixed: Mapping[UUID, Point]) -> None:
        """Give every item a place, in the worker process unless all have one."""
        scene = arrangement.scene
        if all(item.id in fixed for item in scene.items):
            self._on_places(step, arrangement, dict(fixed))
            return
        call = Call.of(charts.lay_out, scene, self.layout_code, focus=self.focus, fixed=dict(fixed))
        then = partial(self._on_places, step, arrangement)
        self._wait_for(self.desk.compute(_("Lay out chart"), call, then))

    def _on_places(self, step: Step, arrangement: Arrangement, places: dict[UUID, Point]) -> None:
        self._asked = None
        if not step.afresh:  # what was dragged meanwhile stays where it was put
            places |= {id_: at for id_, at in self._moved.items() if id_ in places}
        before, self.arrangement = self.arrangement, replace(arrangement, places=places)
        self._is_ready = True
        if not self.arrangement.scene.items:
            self._show_nothing(_("Nothing is on this chart. Find a record with Ctrl+K."))
        elif self.arrangement != before or self.view.is_empty:
            keep_view = bool(before.places) and not step.fit
            self.view.show_arrangement(self.arrangement, keep_view=keep_view)
        self._keep(step.label)
        self.laid_out.emit()

    def _show_nothing(self, sentence: str, action: str = "") -> None:
        self._is_ready = True
        self.view.show_nothing(sentence, action)

    def _keep(self, label: str) -> None:
        """Keep the chart as it stands now, as one act; nothing where it has no title yet."""
        self.keeper.change(label, self.arrangement, hops=self.hops, layout=self.layout_code)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._asked = None
        self._is_ready = True
        if isinstance(error, DeskError) and not self.arrangement.scene.items:
            self._show_nothing(str(error), _("Try again"))

    @Slot()
    def _on_finished(self) -> None:
        """Be at rest again where the user stopped what was under way."""
        if self._asked is not None and self._asked.over:
            self._asked = None
            self._is_ready = True
            if not self.arrangement.scene.items:
                self._show_nothing(_("Drawing was stopped."), _("Draw again"))

    @Slot(str)
    def _on_layout(self, code: str) -> None:
        self.layout_code = code
        self._arrange_all()

    @Slot()
    def _arrange_all(self) -> None:
        """Lay everything out anew but what is pinned; on a kept chart one undo step."""
        pinned = self.arrangement.pinned
        fixed = {id_: at for id_, at in self.arrangement.places.items() if id_ in pinned}
        self._lay_out(Step(_("Lay out chart"), afresh=True, fit=True), self.arrangement, fixed)

    @Slot(str)
    def _on_hops(self, hops: str) -> None:
        self.hops = int(hops)
        self._by_hand = self.chart is not None
        if self.focus:
            self._draw(Step(_("Change hops"), fit=True), self._from_focus())

    @Slot(object)
    def _on_expand(self, id_: UUID) -> None:
        """Bring in what is linked to an item; what was placed stays."""
        self._by_hand = True
        self._draw(Step(_("Expand on chart")), self._as_it_is(id_))

    @Slot(object)
    def _on_removal(self, ids: tuple[UUID, ...]) -> None:
        """Remove items from the chart; their records stay in the register."""
        gone = frozenset(ids) & {item.id for item in self.arrangement.scene.items}
        if gone:
            self._by_hand = True
            left = without(self.arrangement, gone)
            self._on_places(Step(_("Remove from chart")), left, dict(left.places))

    @Slot(object)
    def _on_moved(self, places: dict[UUID, Point]) -> None:
        self.arrangement = placed(self.arrangement, places)
        self._moved |= places
        self.view.keep(self.arrangement)
        self.keeper.put(_("Move on chart"), self.arrangement, places)

    @Slot(int)
    def _on_hidden(self, _count: int) -> None:
        before, hidden = self.arrangement.hidden, self.canvas.hidden()
        self.arrangement = replace(self.arrangement, hidden=hidden)
        self.view.keep(self.arrangement)
        label = _("Hide on chart") if hidden - before else _("Show on chart")
        places = {id_: self.arrangement.places[id_] for id_ in hidden ^ before}
        self.keeper.put(label, self.arrangement, places)

    def pin(self, ids: tuple[UUID, ...], *, pinned: bool) -> None:
        """Let items keep their place when all is laid out anew, or not."""
        known, these = self.arrangement.pinned, frozenset(ids)
        self.arrangement = replace(
            self.arrangement, pinned=known | these if pinned else known - these
        )
        label = _("Pin on chart") if pinned else _("Unpin on chart")
        places = {id_: self.arrangement.places[id_] for id_ in ids}
        self.keeper.put(label, self.arrangement, places)

    @Slot()
    def save(self) -> None:
        """Ask for a title to keep the chart under; a kept one is kept as it goes."""
        if self.chart is not None or not self._is_ready or not self.arrangement.places:
            return
        about = self.desk.workspace.about
        dialog = TitleDialog(_("Save chart"), self.title, about=about, parent=self)
        dialog.show_note(_("From then on every change on it is kept, and can be undone."))
        dialog.named.connect(self.save_as)
        dialog.open()

    @Slot(str)
    def save_as(self, title: str) -> None:
        """Keep the chart under this title."""
        chart = Chart(title=title, focus=self.focus, hops=self.hops, layout=self.layout_code)
        self.keeper.save(_("Save chart"), chart, self.arrangement)

    @Slot(object)
    def _on_kept(self, chart: Chart) -> None:
        fresh = self._kept_id is None
        self._take(chart)
        if fresh:
            self._name(chart.title)
            self.target = Target(page=PageKind.CHART, id=chart.id)
            self.became.emit(self.target)

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if self.keeper.is_saving or not self._concerns(changed):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def _concerns(self, changed: Changed) -> bool:
        if changed.touches(*_LINKS):
            return True
        if self.chart is not None and changed.touches(Kind.PLACEMENT, Kind.CHART):
            return True
        if changed.kinds.isdisjoint(_DRAWN):
            return False
        return any(changed.concerns(item.id) for item in self.arrangement.scene.items)

    @Slot(object)
    def _on_item_opened(self, id_: UUID) -> None:
        item = next((i for i in self.arrangement.scene.items if i.id == id_), None)
        if item is not None:
            self.opened.emit(Target(page=PageKind.RECORD, kind=item.kind, id=id_), False)

    @Slot(object, QPoint)
    def _on_menu(self, _id: UUID | None, at: QPoint) -> None:
        items = {item.id for item in self.arrangement.scene.items}
        ids = tuple(one for one in self.canvas.selection() if one in items)
        pinned = bool(ids) and set(ids) <= self.arrangement.pinned
        menu = ItemMenu(ids, pinned=pinned, parent=self)
        menu.chosen.connect(self._on_act)
        menu.popup(at)

    @Slot(str, object)
    def _on_act(self, act: str, ids: tuple[UUID, ...]) -> None:
        match act:
            case "open":
                self._on_item_opened(ids[0])
            case "expand":
                self._on_expand(ids[0])
            case "pin" | "unpin":
                self.pin(ids, pinned=act == "pin")
            case "hide":
                self.canvas.hide_selected()
            case "remove":
                self._on_removal(ids)
            case "fit":
                self.canvas.fit()

    @Slot()
    def export(self) -> None:
        """Ask where to, and write the chart with its frame and marking."""
        if self.arrangement.places:
            name = chart_says.file_name(self.chart, self.desk.today())
            self.papers.ask(self, name, self.as_asked)

    def as_asked(self) -> Asked:
        """Return the chart as it is seen, with its filters in words: what leaves."""
        filters = chart_says.filters(self.arrangement, self.canvas.kinds_off, self.hops)
        return Asked(self.canvas.shown_arrangement(), self.title, filters)

    @Slot()
    def copy(self) -> None:
        """Put a marked picture of the chart on the clipboard; this is a disclosure too."""
        if self.arrangement.places:
            self.papers.copy(self.as_asked())
