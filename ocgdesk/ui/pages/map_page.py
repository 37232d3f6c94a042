"""The map of county lines: from which hub into which towns, with what, in which months."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import boundaries, line_maps, picture_papers
from ocgdesk.domain import line_map
from ocgdesk.domain.charts import Cover
from ocgdesk.domain.grounds import Ring
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.line_map import Flow, LineMap
from ocgdesk.domain.people import Right
from ocgdesk.errors import DeskError
from ocgdesk.exchange import geojson
from ocgdesk.exchange.geojson import Outlines
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.reports import map_drawing
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.ui.chart.time_strip import TimeStrip
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import chart_says, map_rows, map_working
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.pages.map_working import Asked, Worked
from ocgdesk.ui.pages.picture_exporting import Leaving, PicturePapers
from ocgdesk.ui.plates.map_view import STEP, MapView
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, icon_button, outline, primary
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import PageHeader
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.worker import Call

_ROOM_FOR_TIME = 300
"""Pixels at 100 % that a page is high at least for the time bar to stand under its map."""
_TOLD = (*LINKS, Kind.COUNTY_LINE, Kind.COMMODITY, Kind.LOCATION, Kind.BOUNDARY)


@dataclass(frozen=True, slots=True)
class Found:
    """All lines, what the map stands on, the months there are, and what is shown at first."""

    map: LineMap
    ground: tuple[Ring, ...]
    months: tuple[tuple[date, int], ...]
    asked: Asked


class MapPage(AskingPage):
    """Flows as wide as lines run along them; a month brush below; a click leads to the line."""

    icon = "page.map"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("County-lines map")
        self.found: LineMap | None = None
        self.flows: tuple[Flow, ...] = ()
        self.ground: tuple[Ring, ...] = ()
        self._shown = Asked()
        """What the flows that are shown were worked out for."""
        self._working: Job | None = None
        self.papers = PicturePapers(desk, _("Export map"), "Export map", self)
        self._build()
        self._wire()
        self.refresh()

    def question(self) -> Question:
        """Ask for all lines and for what the map stands on."""
        ids = self.target.items or None
        return partial(_read, today=self.desk.today(), ids=ids)

    def show_answer(self, answer: Found) -> None:
        """Show the lines, the months they ran in, and what could not be placed."""
        first = self.found is None
        self.found, self.ground = answer.map, answer.ground
        self.note.say(line_maps.told(self.found), tone="due")
        names = self.found.trades()
        options = (Option("", _("Every commodity")), *(Option(name, name) for name in names))
        self.trades.show_options(options, self.trades.current)
        self.strip.show_months(answer.months, "")
        self.view.show_ground(self.ground)
        if first:
            self._choose(answer.asked)
        self._work_out()

    def _choose(self, asked: Asked) -> None:
        """Set the switches without working out what each of them makes."""
        for box, on in ((self.gather, asked.gather), (self.apart, asked.apart)):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)

    def show_failure(self, error: DeskError) -> None:
        """Say why there is no map."""
        self._say(str(error))

    def ready(self) -> bool:
        """Tell whether nothing is read or worked out."""
        return super().ready() and self._working is None

    def leave(self) -> None:
        """Stop asking, working out and exporting."""
        super().leave()
        self._stop_working()
        self.papers.cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the map where there is little: large text, a low window."""
        super().resizeEvent(event)
        self.strip.setVisible(event.size().height() >= px(_ROOM_FOR_TIME))

    def _asked_for(self) -> Asked:
        first, last = self.strip.brush or (None, None)
        return Asked(
            first=first,
            last=last,
            trade=self.trades.current,
            gather=self.gather.isChecked(),
            apart=self.apart.isChecked(),
        )

    @Slot()
    def _work_out(self) -> None:
        """Work out the flows of what is asked for, in the background; only the newest counts."""
        if self.found is None:
            return
        self._stop_working()
        task = partial(_worked, found=self.found, asked=self._asked_for())
        self._working = self.desk.background("", task, self._show)

    def _stop_working(self) -> None:
        if self._working is not None:
            self._working.cancel()
        self._working = None

    def _show(self, worked: Worked) -> None:
        """Show the flows that were worked out."""
        self._working = None
        assert self.found is not None  # noqa: S101 - they were worked out from it
        self.flows, self._shown = worked.flows, worked.asked
        self.view.show_flows(self.found, worked.flows)
        self.table.show_rows(worked.rows)
        self._tell(worked)
        self._on_chosen(self.view.current)
        if worked.flows:
            self._on_mode(self.mode.current)
        else:
            self._say(self._nothing())

    def _tell(self, worked: Worked) -> None:
        n = len(worked.flows)
        said = [
            ngettext("{n:,} line", "{n:,} lines", worked.lines).format(n=worked.lines),
            ngettext("{n:,} flow", "{n:,} flows", n).format(n=n),
            self.strip.bar.words() or _("all the time"),
        ]
        if not self.ground:
            said.append(_("No boundaries loaded; forces shown at their centres."))
        said += [part for part in (map_drawing.left_out(worked.flows),) if part]
        self.header.set_subtitle(" · ".join(said))

    def _nothing(self) -> str:
        if self.found is None or not self.found.runs:
            return _("No county line has a hub and a town on the map. Record them on the line.")
        return _("No line was active in these months with this commodity. Take the brush away.")

    def _say(self, sentence: str) -> None:
        self.empty.show_words(sentence)
        self.stack.setCurrentWidget(self.empty)

    # ---- Building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        self.mode = SegmentedControl(
            (Segment("map", _("Map"), "page.map"), Segment("list", _("List"), "page.list"))
        )
        self.ground_button = outline(_("Boundaries…"), icon="action.open-file")
        self.export_button = outline(_("Export"), icon="action.export", key="Ctrl+E")
        self.open_button = primary(_("Open line"), icon="entity.county-line", key="Enter")
        for part in (self.mode, self.ground_button, self.export_button, self.open_button):
            self.header.add_action(part)
        if reason := chart_says.refusal(self.desk, Right.EXPORT):
            self.export_button.refuse(reason)
        if reason := chart_says.refusal(self.desk, Right.CHART):
            self.ground_button.refuse(reason)
        self.note = ErrorBanner(closable=True, parent=self)
        self.view = MapView()
        self.table = ShortTable(map_rows.columns())
        self.list = ShortTableView(self.table, name=_("Flows"))
        self.empty = EmptyState("")
        self.strip = TimeStrip()
        self.stack = QStackedWidget()
        for shown in (self.view, self.list, self.empty):
            self.stack.addWidget(shown)
        self._arrange()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.note)
        column.addLayout(self._bar())
        column.addWidget(Rule())
        column.addWidget(self.stack, 1)
        column.addWidget(self.strip)
        self.setFocusProxy(self.view)

    def _bar(self) -> QHBoxLayout:
        self.trades = Select(name=_("Commodity"), icon="entity.commodity")
        self.trades.show_options((Option("", _("Every commodity")),))
        self.gather = CheckBox(_("Hubs of a force as one"))
        self.apart = CheckBox(_("Commodities apart"))
        self.closer = icon_button("action.zoom-in", _("Closer"), key="+")
        self.wider = icon_button("action.zoom-out", _("Farther"), key="-")
        self.whole = icon_button("action.fit", _("All flows"), key="Z")
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 8)
        row.setSpacing(12)
        row.addWidget(self.trades)
        row.addWidget(self.gather)
        row.addWidget(self.apart)
        row.addStretch(1)
        for button in (self.closer, self.wider, self.whole):
            row.addWidget(button)
        return row

    def _wire(self) -> None:
        self.mode.chosen.connect(self._on_mode)
        self.trades.chosen.connect(self._on_asked)
        self.gather.toggled.connect(self._on_asked)
        self.apart.toggled.connect(self._on_asked)
        self.strip.changed.connect(self._work_out)
        self.closer.clicked.connect(partial(self.view.zoom, STEP))
        self.wider.clicked.connect(partial(self.view.zoom, 1 / STEP))
        self.whole.clicked.connect(self.view.fit)
        self.view.opened.connect(self._on_opened)
        self.view.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_row)
        self.list.selectionModel().currentRowChanged.connect(self._on_current_row)
        self.open_button.clicked.connect(self._on_open)
        self.ground_button.clicked.connect(self._on_ground)
        self.export_button.clicked.connect(self._on_export)
        self.papers.told.connect(self.said)
        self.desk.changed.connect(self._on_changed)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+E"), self, context=here).activated.connect(self._on_export)

    # ---- What the user does --------------------------------------------------------------------

    @Slot(str)
    def _on_mode(self, mode: str) -> None:
        if self.flows:
            self.stack.setCurrentWidget(self.list if mode == "list" else self.view)

    @Slot(object)
    def _on_asked(self, _what: object) -> None:
        self._work_out()

    @Slot(object)
    def _on_chosen(self, flow: Flow | None) -> None:
        if flow is None or self.found is None:
            self.open_button.refuse(_("Choose a flow on the map first"))
            self.told.emit(())
            return
        self.open_button.allow()
        self.told.emit((map_drawing.flow_words(self.found, flow),))

    @Slot()
    def _on_current_row(self) -> None:
        if (row := self.list.row()) is not None:
            self.view.choose(row[0])

    @Slot(int)
    def _on_row(self, row: int) -> None:
        self._on_opened(self.table.rows[row][0])

    @Slot()
    def _on_open(self) -> None:
        if self.view.current is not None:
            self._on_opened(self.view.current)

    @Slot(object)
    def _on_opened(self, flow: Flow) -> None:
        """Open the line of a flow; where there are several, let one be chosen."""
        if flow.count == 1:
            self._open(flow.lines[0])
            return
        assert self.found is not None  # noqa: S101 - a flow is of a map
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for run in sorted((self.found.known[id_] for id_ in flow.lines), key=lambda r: r.label):
            menu.addAction(f"{run.label}  {run.ref}").triggered.connect(partial(self._open, run.id))
        at = self.open_button.mapToGlobal(QPoint(0, self.open_button.height()))
        menu.popup(at)

    def _open(self, id_: UUID, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        target = Target(page=PageKind.RECORD, kind=Kind.COUNTY_LINE, id=id_)
        self.opened.emit(target, False)

    @Slot()
    def _on_ground(self) -> None:
        """Ask for a boundary file."""
        name, _filter = QFileDialog.getOpenFileName(
            self, _("Load boundaries"), str(Path.home()), _("GeoJSON (*.geojson *.json)")
        )
        if name:
            self.load(Path(name))

    def load(self, path: Path) -> None:
        """Read a boundary file in the background and keep its outlines."""
        task = partial(_outlines, path)
        self.desk.background(_("Read boundaries"), task, partial(self._on_outlines, path.stem))

    def _on_outlines(self, title: str, found: Outlines) -> None:
        act = partial(_keep, outlines=found, title=title)
        if self.desk.do(_("Load map boundaries"), act, right=Right.CHART):
            told = ngettext("Loaded {n:,} area", "Loaded {n:,} areas", found.areas)
            self.said.emit(told.format(n=found.areas))

    @Slot()
    def _on_export(self) -> None:
        if self.found is None or not self.flows or not self.export_button.isEnabled():
            return
        asked = self._shown
        filters = list(line_maps.filters(asked.first, asked.last, asked.trade))
        if asked.gather:
            filters.append(_("hubs of a force as one"))
        n = len(self.flows)
        what = ngettext("{n:,} flow", "{n:,} flows", n).format(n=n)
        prepare = partial(
            _leaving, found=self.found, flows=self.flows, ground=self.ground, filters=filters
        )
        self.papers.ask(what, "county-lines", prepare)

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(*_TOLD):
            self.ask_again()


def _read(reader: Reader, today: date, ids: tuple[UUID, ...] | None) -> Found:
    found = line_maps.read(reader, today, ids)
    return Found(
        found, boundaries.ground(reader), line_map.months(found), map_working.at_first(found)
    )


def _worked(_progress: Progress, found: LineMap, asked: Asked) -> Worked:
    return map_working.work_out(found, asked)


def _outlines(path: Path, _progress: Progress) -> Outlines:
    return geojson.read(path)


def _keep(work: Work, outlines: Outlines, title: str) -> None:
    boundaries.load(work, outlines, title)


def _leaving(
    reader: Reader,
    found: LineMap,
    flows: tuple[Flow, ...],
    ground: tuple[Ring, ...],
    filters: list[str],
) -> Leaving:
    ids = {id_ for flow in flows for id_ in flow.lines}
    return Leaving(
        said=picture_papers.map_said(found, flows, filters),
        render=partial(_call, found, flows, ground),
        plain=line_maps.plain(found, flows),
        subjects=tuple(reader.numbers(ids).values()),
    )


def _call(
    found: LineMap, flows: tuple[Flow, ...], ground: tuple[Ring, ...], cover: Cover, kind: str
) -> Call:
    return Call.of(picture_papers.render_map, found, flows, ground, cover, kind)
