"""The link chart: drawn round a record, arranged by hand, kept under a name, exported."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QInputDialog,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ocgdesk.casework import charts
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Arrangement, Chart, Point, Scene
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import highest
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports import chart_words
from ocgdesk.reports.drawing_looks import key_of
from ocgdesk.store.work import Work
from ocgdesk.ui.chart.canvas import ChartCanvas
from ocgdesk.ui.chart.legend import LegendPanel
from ocgdesk.ui.chart.mirror import ListMirror
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.pages.chart_exporting import Asked, ChartPapers
from ocgdesk.ui.pages.chart_parts import ChartBar, ReadChart, drawn, opened
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.worker import Call

IN_WORKER: Final = 300
"""A layout of more items than this runs in the worker process."""
_FILTERS: Final = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"


class ChartPage(Page):
    """Canvas in the middle, layouts and hops above, legend and selection in the inspector."""

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
        self._asked: Job | None = None
        self._is_ready = False
        self._build()
        self._wire()
        self.refresh()

    def refresh(self) -> None:
        """Read again what the chart shows; what was placed stays where it was."""
        if self._asked is not None:
            self._asked.cancel()
        self._is_ready = False
        saved = self.target.id if self.target.id and self.chart is None else None
        if saved is not None:
            self._asked = self.desk.run(_("Open chart"), partial(opened, id_=saved), self._on_read)
        else:
            query = ChartQuery(focus=self.focus, hops=self.hops)
            self._asked = self.desk.run(
                _("Draw chart"), partial(drawn, query=query, chart=self.chart), self._on_read
            )

    def ready(self) -> bool:
        return self._is_ready

    def inspector(self) -> QWidget | None:
        """Return the legend, which filters and selects."""
        legend = LegendPanel()
        legend.show_arrangement(self.arrangement)
        legend.kind_toggled.connect(self._on_kind_toggled)
        legend.kind_selected.connect(self._on_kind_selected)
        panel = QWidget()
        panel.setProperty("caption", _("Legend and filter"))
        panel.setProperty("icon", "page.chart")
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 8, 16, 16)
        column.addWidget(legend)
        return panel

    def leave(self) -> None:
        if self._asked is not None:
            self._asked.cancel()

    def _build(self) -> None:
        self.papers = ChartPapers(self.desk, self)
        self.bar = ChartBar(self.layout_code, self.hops)
        self.error = ErrorBanner(tone="due", closable=True, parent=self)
        self.canvas = ChartCanvas()
        self.mirror = ListMirror()
        self.empty = EmptyState(_("Drop a record here, or press Ctrl+K."), icon="page.chart")
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

    def _wire(self) -> None:
        self.bar.layouts.chosen.connect(self._on_layout)
        self.bar.arrange_button.clicked.connect(self._arrange_all)
        self.bar.hop_box.chosen.connect(self._on_hops)
        self.bar.mode.chosen.connect(self._on_mode)
        self.bar.export_button.clicked.connect(self._on_export)
        self.bar.save_button.clicked.connect(self.save)
        self.canvas.selection_changed.connect(self._on_selection)
        self.canvas.moved.connect(self._on_moved)
        self.canvas.opened.connect(self._on_item_opened)
        self.canvas.hidden_changed.connect(self._on_hidden)
        self.canvas.expand_requested.connect(self._on_expand)
        self.canvas.removal_requested.connect(self._on_removal)
        self.canvas.menu_requested.connect(self._on_menu)
        self.mirror.selection_changed.connect(self.canvas.select)
        self.mirror.opened.connect(self._on_item_opened)
        self.desk.changed.connect(self._on_changed)
        QShortcut(QKeySequence("Ctrl+S"), self, context=_HERE).activated.connect(self.save)
        QShortcut(QKeySequence("Ctrl+E"), self, context=_HERE).activated.connect(self._on_export)
        self.bar.save_button.setEnabled(self.desk.may(Right.CHART))

    def _on_read(self, read: ReadChart) -> None:
        self._asked = None
        self.chart, self.focus = read.chart, read.focus
        if self.chart is not None:
            self.layout_code = self.chart.layout
            self.bar.layouts.choose(self.layout_code)
            self.bar.hop_box.choose(str(self.chart.hops))
        self._name(read.title)
        known = {**self.arrangement.places, **read.arrangement.places}
        there = {item.id for item in read.arrangement.scene.items}
        fixed = {id_: place for id_, place in known.items() if id_ in there}
        self.arrangement = replace(
            read.arrangement, hidden=read.arrangement.hidden | (self.arrangement.hidden & there)
        )
        self.error.say(read.arrangement.scene.cut)
        self._lay_out(fixed)

    def _name(self, title: str) -> None:
        self.title = title
        self.titled.emit(title)

    def _lay_out(self, fixed: Mapping[UUID, Point]) -> None:
        """Give every item a place; large ones are laid out in the worker process."""
        scene = self.arrangement.scene
        if len(fixed) == len(scene.items):
            self._on_places(dict(fixed))
            return
        call = Call.of(charts.lay_out, scene, self.layout_code, focus=self.focus, fixed=dict(fixed))
        if len(scene.items) > IN_WORKER:
            self._asked = self.desk.compute(_("Lay out chart"), call, self._on_places)
        else:
            self._on_places(call.run())

    def _on_places(self, places: dict[UUID, Point]) -> None:
        self._asked = None
        first = not self.arrangement.places and not self._is_ready
        self.arrangement = replace(self.arrangement, places=places)
        self._show(keep_view=not first)
        self._is_ready = True
        self.inspected.emit(self.inspector())
        self._tell()
        self.laid_out.emit()

    def _show(self, *, keep_view: bool) -> None:
        if not self.arrangement.scene.items:
            self.views.setCurrentWidget(self.empty)
            return
        self.canvas.show_arrangement(self.arrangement, keep_view=keep_view)
        self.mirror.show_arrangement(self.canvas.shown_arrangement())
        self._on_mode(self.bar.mode.current)

    @Slot(str)
    def _on_mode(self, mode: str) -> None:
        if self.views.currentWidget() is not self.empty or self.arrangement.scene.items:
            self.views.setCurrentWidget(self.mirror if mode == "list" else self.canvas)

    @Slot(str)
    def _on_layout(self, code: str) -> None:
        self.layout_code = code
        self._arrange_all()

    @Slot()
    def _arrange_all(self) -> None:
        """Lay everything out anew but what is pinned; on a saved chart one undo step."""
        pinned = {
            id_: place
            for id_, place in self.arrangement.places.items()
            if id_ in self.arrangement.pinned
        }
        self._lay_out(pinned)
        if self.chart is not None:
            self._keep_places(self.arrangement.places)

    @Slot(str)
    def _on_hops(self, hops: str) -> None:
        self.hops = int(hops)
        if self.chart is None:
            self.refresh()
        else:
            self.chart = replace(self.chart, hops=self.hops)
            self.refresh()

    @Slot(object)
    def _on_moved(self, places: dict[UUID, Point]) -> None:
        self.arrangement = replace(self.arrangement, places={**self.arrangement.places, **places})
        self._keep_places(places)

    def _keep_places(self, places: Mapping[UUID, Point]) -> None:
        if self.chart is not None and self.desk.may(Right.CHART):
            self.desk.do(
                _("Move on chart"),
                partial(
                    charts.put_places,
                    chart_id=self.chart.id,
                    places=dict(places),
                    hidden=self.arrangement.hidden,
                ),
                right=Right.CHART,
            )

    @Slot(int)
    def _on_hidden(self, _count: int) -> None:
        hidden = self.canvas.hidden()
        changed = hidden ^ self.arrangement.hidden
        self.arrangement = replace(self.arrangement, hidden=hidden)
        self._keep_places({i: self.arrangement.places[i] for i in changed})
        self._tell()

    @Slot(object)
    def _on_selection(self, ids: tuple[UUID, ...]) -> None:
        self.mirror.select(ids)
        self._tell()

    @Slot(object)
    def _on_item_opened(self, id_: UUID) -> None:
        item = next((i for i in self.arrangement.scene.items if i.id == id_), None)
        if item is not None:
            self.opened.emit(Target(page=PageKind.RECORD, kind=item.kind, id=id_), False)

    @Slot(object)
    def _on_expand(self, id_: UUID) -> None:
        """Bring in what is linked to an item; what was placed stays."""
        self.focus = tuple(dict.fromkeys((*self.focus, id_)))
        self.refresh()

    @Slot(object)
    def _on_removal(self, ids: tuple[UUID, ...]) -> None:
        """Remove items from the chart; their records stay in the register."""
        gone = set(ids)
        scene = self.arrangement.scene
        self.arrangement = replace(
            self.arrangement,
            scene=replace(
                scene,
                items=tuple(i for i in scene.items if i.id not in gone),
                ties=tuple(t for t in scene.ties if not {t.source, t.target} & gone),
                boxes=tuple(replace(b, members=b.members - gone) for b in scene.boxes),
            ),
            places={i: p for i, p in self.arrangement.places.items() if i not in gone},
        )
        if self.chart is not None:
            self.desk.do(
                _("Remove from chart"),
                partial(charts.take_off, chart_id=self.chart.id, items=gone),
                right=Right.CHART,
            )
        self._show(keep_view=True)
        self._tell()

    @Slot(object, QPoint)
    def _on_menu(self, id_: UUID | None, at: QPoint) -> None:
        menu = QMenu(self)
        if id_ is not None:
            menu.addAction(_("Open record")).triggered.connect(partial(self._on_item_opened, id_))
            menu.addAction(_("Expand")).triggered.connect(partial(self._on_expand, id_))
            menu.addAction(_("Remove from chart")).triggered.connect(
                partial(self._on_removal, (id_,))
            )
            menu.addSeparator()
        menu.addAction(_("Fit all")).triggered.connect(self.canvas.fit)
        menu.addAction(_("Copy as picture")).triggered.connect(self.copy)
        menu.popup(at)

    def _on_kind_toggled(self, key: str, shown: bool) -> None:  # noqa: FBT001 - a signal's
        self.canvas.show_kind(str(key), shown)
        self.mirror.show_arrangement(self.canvas.shown_arrangement())
        self._tell()

    def _on_kind_selected(self, key: str) -> None:
        items = self.canvas.shown_arrangement().scene.items
        self.canvas.select([item.id for item in items if key_of(item) == str(key)])

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        drawn = {item.id for item in self.arrangement.scene.items}
        if changed.ids is not None and changed.kinds == {Kind.PLACEMENT}:
            if self.chart is not None and not changed.label.startswith(_("Move on chart")):
                self._reopen()
            return
        if (
            changed.ids is None
            or changed.ids & drawn
            or changed.touches(Kind.LINK, Kind.MEMBERSHIP)
        ):
            self.refresh()

    def _reopen(self) -> None:
        """Read places again after an undo."""
        chart, self.chart = self.chart, None
        self.arrangement = replace(self.arrangement, places={}, hidden=frozenset())
        if chart is not None:
            self.target = replace(self.target, id=chart.id)
        self.refresh()

    def save(self) -> None:
        """Keep the chart under a title; a saved one is kept as it goes."""
        if self.chart is not None:
            self._tell()
            return
        title, ok = QInputDialog.getText(self, _("Save chart"), _("Title"), text=self.title)
        if ok and title.strip():
            self.save_as(title.strip())

    def save_as(self, title: str) -> None:
        """Keep the chart under this title."""
        chart = Chart(
            title=title,
            focus=self.focus,
            hops=self.hops,
            layout=self.layout_code,
            marking=highest(item.marking for item in self.arrangement.scene.items),
        )
        kept = self.desk.do(_("Save chart"), partial(self._save, chart=chart), right=Right.CHART)
        if kept:
            self._name(title)

    def _save(self, work: Work, chart: Chart) -> None:
        self.chart = charts.save(
            work, chart, self.arrangement.places, hidden=self.arrangement.hidden
        )

    @Slot()
    def _on_export(self) -> None:
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Export chart"), f"{self._file_name()}.png", _FILTERS
        )
        if path:
            self.papers.export(Path(path), self._asked_for())

    def _file_name(self) -> str:
        """Return a name with references, never names of people."""
        day = self.desk.today().isoformat()
        return f"chart-{self.chart.id.hex[:8] if self.chart else 'new'}-{day}"

    def _asked_for(self) -> Asked:
        return Asked(self.canvas.shown_arrangement(), self.title, self._filters())

    @Slot()
    def copy(self) -> None:
        """Put a marked picture of the chart on the clipboard; this is a disclosure too."""
        self.papers.copy(self._asked_for())

    def _filters(self) -> tuple[str, ...]:
        off = tuple(
            _("without {kind}").format(kind=chart_words.name_of(key))
            for key in sorted(self.canvas.kinds_off)
        )
        hops = ngettext("{n} hop", "{n} hops", self.hops).format(n=self.hops)
        hidden = len(self.arrangement.hidden)
        return (hops, *off, *((_("{n} hidden").format(n=hidden),) if hidden else ()))

    def _tell(self) -> None:
        scene = self.arrangement.scene
        selected = len(self.canvas.selection())
        parts = [
            _("{n} selected of {items} items, {links} links").format(
                n=selected, items=len(scene.items), links=len(scene.ties)
            )
        ]
        if hidden := len(self.canvas.shown_arrangement().hidden):
            parts.append(_("{n} hidden · Shift+H shows them").format(n=hidden))
        parts.append(_("Zoom {n} %").format(n=round(self.canvas.zoom * 100)))
        self.told.emit(tuple(parts))


_HERE: Final = Qt.ShortcutContext.WidgetWithChildrenShortcut
