"""The link chart: drawn round a record, arranged by hand, kept under a name, exported."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from ocgdesk.casework import charts
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Arrangement, Chart, Point, Scene
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.reports.drawing_looks import key_of
from ocgdesk.store.work import Work
from ocgdesk.ui.chart.canvas import ChartCanvas
from ocgdesk.ui.chart.mirror import ListMirror
from ocgdesk.ui.desk import MANY, Changed, Desk
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.pages import chart_words_of
from ocgdesk.ui.pages.chart_exporting import Asked, ChartPapers
from ocgdesk.ui.pages.chart_inspector import ChartInspector
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
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.worker import Call

_HERE: Final = Qt.ShortcutContext.WidgetWithChildrenShortcut
_DRAWN: Final = frozenset(SUBJECTS)
_LINKS: Final = (Kind.LINK, Kind.MEMBERSHIP, Kind.ATTRIBUTION)


class ChartPage(Page):
    """Canvas in the middle, layouts and hops above, legend and selection in the inspector.

    A chart that was kept is kept on as it goes: what is on screen and what is kept are one, and
    each act is one step to undo. One that was not is drawn anew from its query.
    """

    icon = "page.chart"
    laid_out = Signal()
    """Everything has a place and is drawn."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.arrangement = Arrangement(scene=Scene())
        self.chart: Chart | None = None
        self.focus: tuple[UUID, ...] = target.focus
        self.hops = max(1, target.hops)
        self.layout_code = "force"
        self._kept_id = target.id
        self._by_hand = False
        """Whether the user chose what is on the chart: then it is no more drawn from its query."""
        self._asked: Job | None = None
        self._moved: dict[UUID, Point] = {}
        self._saving = 0
        self._stale = False
        self._is_ready = False
        self._panel: ChartInspector | None = None
        self._build()
        self._wire()
        self.refresh()

    def refresh(self) -> None:
        """Read again what the chart shows; what was placed stays where it was."""
        self._stale = False
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
        self._panel = panel = ChartInspector(self.arrangement, self.canvas.kinds_off)
        panel.kind_toggled.connect(self._on_kind_toggled)
        panel.kind_selected.connect(self._on_kind_selected)
        panel.opened.connect(self._on_item_opened)
        panel.expand_requested.connect(self._on_expand)
        panel.show_selection(self.canvas.selection())
        return panel

    def leave(self) -> None:
        if self._asked is not None:
            self._asked.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _build(self) -> None:
        self.papers = ChartPapers(self.desk, self)
        self.bar = ChartBar(self.layout_code, self.hops)
        self.error = ErrorBanner(tone="due", closable=True, parent=self)
        self.canvas = ChartCanvas()
        self.mirror = ListMirror()
        self.empty = EmptyState("", icon="page.chart")
        self.views = QStackedWidget()
        for view in (self.canvas, self.mirror, self.empty):
            self.views.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(Rule())
        column.addWidget(self.error)
        column.addWidget(self.views, 1)
        self.setFocusProxy(self.canvas)

    def _wire(self) -> None:
        self.bar.layouts.chosen.connect(self._on_layout)
        self.bar.arrange_button.clicked.connect(self._arrange_all)
        self.bar.hop_box.chosen.connect(self._on_hops)
        self.bar.mode.chosen.connect(self._on_mode)
        self.canvas.selection_changed.connect(self._on_selection)
        self.canvas.moved.connect(self._on_moved)
        self.canvas.opened.connect(self._on_item_opened)
        self.canvas.hidden_changed.connect(self._on_hidden)
        self.canvas.expand_requested.connect(self._on_expand)
        self.canvas.removal_requested.connect(self._on_removal)
        self.canvas.menu_requested.connect(self._on_menu)
        self.canvas.view_changed.connect(self._on_view)
        self.mirror.selection_changed.connect(self.canvas.select)
        self.mirror.opened.connect(self._on_item_opened)
        self.empty.acted.connect(self.refresh)
        self.papers.told.connect(self.said)
        self.desk.changed.connect(self._on_changed)
        self._wire_papers()

    def _wire_papers(self) -> None:
        acts: dict[str, tuple[Right, Callable[[], None]]] = {
            "save": (Right.CHART, self.save),
            "export": (Right.EXPORT, self._on_export),
            "copy": (Right.EXPORT, self.copy),
        }
        keys = {"save": "Ctrl+S", "export": "Ctrl+E", "copy": "Ctrl+Shift+C"}
        buttons = {
            "save": self.bar.save_button,
            "export": self.bar.export_button,
            "copy": self.bar.copy_button,
        }
        for name, (right, act) in acts.items():
            if reason := chart_words_of.refusal(self.desk, right):
                buttons[name].refuse(reason)
                continue
            buttons[name].clicked.connect(act)
            QShortcut(QKeySequence(keys[name]), self, context=_HERE).activated.connect(act)

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
        self._asked, self._is_ready = job, False
        self._moved = {}
        job.failed.connect(self._on_failed)
        job.finished.connect(partial(self._on_finished, job))

    def _on_read(self, step: Step, read: ReadChart) -> None:
        arrangement = read.arrangement
        if read.chart is None:
            arrangement = carried(self.arrangement, arrangement)
        else:
            self._take(read.chart)
        if not arrangement.scene.cut and self._by_hand:
            cut = self.arrangement.scene.cut
            arrangement = replace(arrangement, scene=replace(arrangement.scene, cut=cut))
        self._name(read.title)
        self._lay_out(step, arrangement, arrangement.places)

    def _take(self, chart: Chart) -> None:
        """Show a kept chart's own values."""
        self.chart, self.focus, self.hops = chart, chart.focus, chart.hops
        self.layout_code, self._by_hand = chart.layout, True
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

    def _on_places(
        self, step: Step, arrangement: Arrangement, places: dict[UUID, Point]
    ) -> None:
        self._asked = None
        if not step.afresh:  # what was dragged meanwhile stays where it was put
            places |= {id_: at for id_, at in self._moved.items() if id_ in places}
        before, self.arrangement = self.arrangement, replace(arrangement, places=places)
        self._is_ready = True
        if self.arrangement != before or self.views.currentWidget() is self.empty:
            self._show(keep_view=bool(before.places) and not step.fit)
        self._keep(step)
        self.laid_out.emit()

    def _show(self, *, keep_view: bool) -> None:
        self.error.say(self.arrangement.scene.cut, tone="due")
        if not self.arrangement.scene.items:
            self._show_nothing(_("Nothing is on this chart. Find a record with Ctrl+K."))
            return
        self.canvas.show_arrangement(self.arrangement, keep_view=keep_view)
        self._on_mode(self.bar.mode.current)
        self._renew_panel()
        self._tell()

    def _show_nothing(self, sentence: str, action: str = "") -> None:
        self._is_ready = True
        self.empty.show_words(sentence, action)
        self.views.setCurrentWidget(self.empty)
        self._renew_panel()
        self._tell()

    def _renew_panel(self) -> None:
        if self._panel is not None and isValid(self._panel):
            self._panel.show_arrangement(self.arrangement)
            self._panel.show_selection(self.canvas.selection())

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._asked = None
        if isinstance(error, DeskError) and not self.arrangement.scene.items:
            self._show_nothing(str(error), _("Try again"))
        self._is_ready = True

    def _on_finished(self, job: Job) -> None:
        """Be at rest again where the user stopped what was under way."""
        if self._asked is job:
            self._asked = None
            self._is_ready = True
            if not self.arrangement.scene.items:
                self._show_nothing(_("Drawing was stopped."), _("Draw again"))

    @Slot(str)
    def _on_mode(self, mode: str) -> None:
        if not self.arrangement.scene.items:
            return
        if mode == "list":
            self.mirror.show_arrangement(self.canvas.shown_arrangement())
            self.mirror.select(self.canvas.selection())
        self.views.setCurrentWidget(self.mirror if mode == "list" else self.canvas)

    @Slot(str)
    def _on_layout(self, code: str) -> None:
        self.layout_code = code
        self._arrange_all()

    @Slot()
    def _arrange_all(self) -> None:
        """Lay everything out anew but what is pinned; on a kept chart one undo step."""
        pinned = self.arrangement.pinned
        fixed = {id_: at for id_, at in self.arrangement.places.items() if id_ in pinned}
        step = Step(label=_("Lay out chart"), afresh=True, fit=True)
        self._lay_out(step, self.arrangement, fixed)

    @Slot(str)
    def _on_hops(self, hops: str) -> None:
        self.hops = int(hops)
        self._by_hand = self.chart is not None
        if self.focus:
            self._draw(Step(label=_("Change hops"), fit=True), self._from_focus())

    @Slot(object)
    def _on_expand(self, id_: UUID) -> None:
        """Bring in what is linked to an item; what was placed stays."""
        self._by_hand = True
        self._draw(Step(label=_("Expand on chart")), self._as_it_is(id_))

    @Slot(object)
    def _on_removal(self, ids: tuple[UUID, ...]) -> None:
        """Remove items from the chart; their records stay in the register."""
        gone = frozenset(ids) & {item.id for item in self.arrangement.scene.items}
        if not gone:
            return
        self._by_hand = True
        self.arrangement = without(self.arrangement, gone)
        self._show(keep_view=True)
        self._keep(Step(label=_("Remove from chart")))

    @Slot(object)
    def _on_moved(self, places: dict[UUID, Point]) -> None:
        self.arrangement = placed(self.arrangement, places)
        self._moved |= places
        self._put(_("Move on chart"), places)

    @Slot(int)
    def _on_hidden(self, _count: int) -> None:
        hidden = self.canvas.hidden()
        changed = hidden ^ self.arrangement.hidden
        label = _("Hide on chart") if hidden - self.arrangement.hidden else _("Show on chart")
        self.arrangement = replace(self.arrangement, hidden=hidden)
        self._put(label, {i: self.arrangement.places[i] for i in changed})
        self._on_mode(self.bar.mode.current)
        self._renew_panel()
        self._tell()

    def _on_pin(self, ids: tuple[UUID, ...], *, pinned: bool) -> None:
        """Let items keep their place when all is laid out anew, or not."""
        known = self.arrangement.pinned
        now = known | frozenset(ids) if pinned else known - frozenset(ids)
        self.arrangement = replace(self.arrangement, pinned=now)
        places = {id_: self.arrangement.places[id_] for id_ in ids}
        self._put(_("Pin on chart") if pinned else _("Unpin on chart"), places, pinned=pinned)

    def _put(
        self, label: str, places: Mapping[UUID, Point], *, pinned: bool | None = None
    ) -> None:
        """Journal what moved, and only that."""
        if self.chart is None:
            return
        put = partial(
            charts.put_places,
            chart_id=self.chart.id,
            places=dict(places),
            hidden=self.arrangement.hidden,
            pinned=pinned,
        )
        self._save(label, put, len(places), quiet=True)

    def _keep(self, step: Step) -> None:
        """Keep the chart as it stands now, as one act."""
        if self.chart is not None and step.label:
            chart = replace(self.chart, hops=self.hops, layout=self.layout_code)
            self._save_whole(step.label, chart)

    def _save_whole(self, label: str, chart: Chart) -> None:
        scene = self.arrangement.scene
        save = partial(
            charts.save,
            chart=charts.marked(chart, scene),
            places=dict(self.arrangement.places),
            hidden=self.arrangement.hidden,
            pinned=self.arrangement.pinned,
        )
        self._save(label, save, len(scene.items))

    def _save(
        self, label: str, act: Callable[[Work], Chart | None], many: int, *, quiet: bool = False
    ) -> None:
        if not self.desk.may(Right.CHART):
            return
        kept: list[Chart | None] = []
        self._saving += 1
        if many > MANY:
            ok: list[object] = []
            job = self.desk.write(
                label, lambda work, _p: kept.append(act(work)), ok.append, right=Right.CHART
            )
            job.finished.connect(lambda: self._on_saved(kept if ok else []))
            return
        landed = self.desk.do(
            label, lambda work: kept.append(act(work)), right=Right.CHART, quiet=quiet
        )
        self._on_saved(kept if landed else [])

    def _on_saved(self, kept: list[Chart | None]) -> None:
        self._saving -= 1
        if not kept:
            self.refresh()  # show what is kept
        elif (chart := kept[0]) is not None:
            fresh = self._kept_id is None
            self._kept_id = chart.id
            self._take(chart)
            self._name(chart.title)
            if fresh:
                self.target = Target(page=PageKind.CHART, id=chart.id)
                self.became.emit(self.target)

    def save(self) -> None:
        """Ask for a title to keep the chart under; a kept one is kept as it goes."""
        if self.chart is not None or not self._is_ready or not self.arrangement.places:
            return
        about = self.desk.workspace.about
        dialog = TitleDialog(
            _("Save chart"),
            _("Save"),
            self.title,
            note=_("From then on every change on it is kept, and can be undone."),
            marking=about.marking.value,
            synthetic=about.synthetic,
            parent=self,
        )
        dialog.named.connect(self.save_as)
        dialog.open()

    @Slot(str)
    def save_as(self, title: str) -> None:
        """Keep the chart under this title."""
        chart = Chart(title=title, focus=self.focus, hops=self.hops, layout=self.layout_code)
        self._save_whole(_("Save chart"), chart)

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if self._saving or not self._concerns(changed):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _concerns(self, changed: Changed) -> bool:
        if changed.touches(*_LINKS):
            return True
        if self.chart is not None and changed.touches(Kind.PLACEMENT, Kind.CHART):
            return True
        if changed.kinds.isdisjoint(_DRAWN):
            return False
        return any(changed.concerns(item.id) for item in self.arrangement.scene.items)

    @Slot(object)
    def _on_selection(self, ids: tuple[UUID, ...]) -> None:
        self.mirror.select(ids)
        if self._panel is not None and isValid(self._panel):
            self._panel.show_selection(ids)
        self._tell()

    @Slot(object)
    def _on_item_opened(self, id_: UUID) -> None:
        item = next((i for i in self.arrangement.scene.items if i.id == id_), None)
        if item is not None:
            self.opened.emit(Target(page=PageKind.RECORD, kind=item.kind, id=id_), False)

    @Slot(object, QPoint)
    def _on_menu(self, id_: UUID | None, at: QPoint) -> None:
        items = {item.id for item in self.arrangement.scene.items}
        ids = tuple(one for one in self.canvas.selection() if one in items)
        menu = ItemMenu(ids, pinned=bool(ids) and set(ids) <= self.arrangement.pinned, parent=self)
        menu.opened.connect(self._on_item_opened)
        menu.expanded.connect(self._on_expand)
        menu.pin_chosen.connect(lambda pinned: self._on_pin(ids, pinned=pinned))
        menu.hiding.connect(self.canvas.hide_selected)
        menu.removed.connect(self._on_removal)
        menu.fitted.connect(self.canvas.fit)
        menu.popup(at)

    @Slot(str, bool)
    def _on_kind_toggled(self, key: str, shown: bool) -> None:  # noqa: FBT001 - a signal's
        if shown == (key not in self.canvas.kinds_off):
            return
        self.canvas.show_kind(key, shown)
        self._on_mode(self.bar.mode.current)
        self._tell()

    @Slot(str)
    def _on_kind_selected(self, key: str) -> None:
        items = self.canvas.shown_arrangement().scene.items
        self.canvas.select([item.id for item in items if key_of(item) == key])

    def _on_export(self) -> None:
        if self.arrangement.places:
            self.papers.ask(self, self._file_name(), self._asked_for)

    def _file_name(self) -> str:
        """Return a name with references, never names of people."""
        day = self.desk.today().isoformat()
        return f"chart-{self.chart.id.hex[:8] if self.chart else 'new'}-{day}"

    def _asked_for(self) -> Asked:
        filters = chart_words_of.filters(self.arrangement, self.canvas.kinds_off, self.hops)
        return Asked(self.canvas.shown_arrangement(), self.title, filters)

    def copy(self) -> None:
        """Put a marked picture of the chart on the clipboard; this is a disclosure too."""
        if self.arrangement.places:
            self.papers.copy(self._asked_for())

    def _on_view(self) -> None:
        self._tell()

    def _tell(self) -> None:
        words = chart_words_of.status(
            self.arrangement,
            self.canvas.kinds_off,
            selected=len(self.canvas.selection()),
            zoom=self.canvas.zoom,
        )
        if words != self._words:
            self._words = words
            self.told.emit(words)

    _words: tuple[str, ...] = ()
