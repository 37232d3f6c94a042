"""Two days compared: one chart with what was added, removed and changed, and the list of it."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ocgdesk.casework import chart_compare, charts, overviews
from ocgdesk.casework.chart_compare import Compared
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.casework.overviews import OverviewQuery
from ocgdesk.domain import dates
from ocgdesk.domain.charts import Arrangement, Difference, Point, Scene
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import DeskError, Refused
from ocgdesk.i18n import N_, _
from ocgdesk.reports.drawing_marks import SIGNS
from ocgdesk.store import records
from ocgdesk.store.reader import Reader
from ocgdesk.ui.chart.canvas import ChartCanvas
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import chart_says
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.pages.chart_exporting import Asked, ChartPapers
from ocgdesk.ui.pages.side_list import SideList
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, outline, primary
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import PageHeader
from ocgdesk.ui.widgets.inputs import TextBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.worker import Call

_ID: Final = Qt.ItemDataRole.UserRole + 1
_WHEN: Final = {"both": N_("Both"), "first": N_("Earlier"), "second": N_("Later")}
_LEFT_OUT: Final = {"first": Difference.ADDED, "second": Difference.REMOVED}


@dataclass(frozen=True, slots=True)
class Read:
    """Both days as one chart, and what it is called."""

    compared: Compared
    title: str


class ComparePage(AskingPage):
    """Items keep their places on either day, so that only what changed moves the eye."""

    icon = "page.compare"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Compare")
        self.compared = Compared(scene=Scene(), changes=())
        self.places: dict[UUID, Point] = {}
        self.papers = ChartPapers(desk, self)
        self._laying: Job | None = None
        self._build()
        self._wire()
        self.refresh()

    def question(self) -> Question:
        """Ask for the chart on both days. Raises Refused where they are no two days."""
        first, second = self.days()
        return partial(read, query=self._query(), first=first, second=second)

    def days(self) -> tuple[date, date]:
        """Return the two days, as typed. Refused where the first is not the earlier."""
        today = self.desk.today()
        first, second = (dates.day(box.text(), today=today) for box in (self.first, self.second))
        chart_compare.between(first, second)
        return first, second

    def refresh(self) -> None:
        """Compare again; where the days make no sense, say so in place."""
        try:
            self.days()
        except Refused as error:
            self.show_failure(error)
            return
        self.note.say("")
        super().refresh()

    def show_answer(self, answer: Read) -> None:
        """Give every item a place, those that have one keeping it."""
        self.compared, scene = answer.compared, answer.compared.scene
        self.title = _("{title}, compared").format(title=answer.title)
        self.titled.emit(self.title)
        first, second = self.days()
        said = chart_compare.between(first, second)
        self.header.set_title(self.title, f"{said} · {answer.compared.summary}")
        self._list()
        self._lay_nothing()
        if not scene.items:
            self.stack.setCurrentWidget(self.empty)
            return
        call = Call.of(charts.lay_out, scene, "force", focus=self.target.focus, fixed=self.places)
        self._laying = self.desk.compute(_("Lay out chart"), call, self._on_places)

    def show_failure(self, error: DeskError) -> None:
        """Say why nothing is compared."""
        self.note.say(str(error), tone="overdue")

    def leave(self) -> None:
        """Want neither answer nor places any more."""
        super().leave()
        self._lay_nothing()

    def _lay_nothing(self) -> None:
        if self._laying is not None:
            self._laying.cancel()
        self._laying = None

    def ready(self) -> bool:
        """Tell whether both days are drawn."""
        return super().ready() and self._laying is None and self.canvas.is_drawn

    def arrangement(self) -> Arrangement:
        """Return what is drawn: both days, or one of them, in the same places."""
        gone = _LEFT_OUT.get(self.when.current)
        scene = self.compared.scene
        hidden = (item.id for item in scene.items if gone is not None and item.change is gone)
        if gone is not None:
            ties = tuple(tie for tie in scene.ties if tie.change is not gone)
            scene = Scene(items=scene.items, ties=ties, boxes=scene.boxes, cut=scene.cut)
        return Arrangement(scene=scene, places=dict(self.places), hidden=frozenset(hidden))

    def _query(self) -> ChartQuery | OverviewQuery:
        if self.target.overview:
            return OverviewQuery(what=self.target.overview)
        return ChartQuery(focus=self.target.focus, hops=max(1, self.target.hops))

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        self.first = TextBox(name=_("Earlier day"))
        self.second = TextBox(name=_("Later day"))
        days = (self.target.text or chart_says.the_month(self.desk.today())).split()
        for box, text in zip((self.first, self.second), days, strict=False):
            box.setText(text)
            box.setMaximumWidth(px(120))
        self.compare_button = outline(_("Compare"))
        self.export_button = primary(_("Export"), icon="action.export-image", key="Ctrl+E")
        for part in (self.compare_button, self.export_button):
            self.header.add_action(part)
        if reason := chart_says.refusal(self.desk, Right.EXPORT):
            self.export_button.refuse(reason)
        self.when = SegmentedControl(tuple(Segment(key, _(w)) for key, w in _WHEN.items()))
        self.note = ErrorBanner(closable=True, parent=self)
        self.canvas = ChartCanvas()
        self.empty = EmptyState(_("Nothing of this was recorded on either day."))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.canvas)
        self.stack.addWidget(self.empty)
        self._arrange()

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(24, 0, 24, 8)
        bar.setSpacing(8)
        for part in (self.first, Label(_("with"), ink="text.2"), self.second):
            bar.addWidget(part)
        bar.addWidget(self.when)
        bar.addStretch(1)
        self.changes = SideList(_("What changed"), 300)
        self.model = self.changes.rows
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.stack, 1)
        row.addWidget(Rule(standing=True))
        row.addWidget(self.changes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.note)
        column.addLayout(bar)
        column.addWidget(Rule())
        column.addLayout(row, 1)

    def _wire(self) -> None:
        self.compare_button.clicked.connect(self.refresh)
        for box in (self.first, self.second):
            box.returnPressed.connect(self.refresh)
        self.when.chosen.connect(self._on_when)
        self.export_button.clicked.connect(self._on_export)
        self.changes.selectionModel().currentChanged.connect(self._on_change)
        self.changes.activated.connect(self._on_opened_change)
        self.canvas.opened.connect(self._on_item_opened)
        self.papers.told.connect(self.said)
        self.desk.changed.connect(self._on_changed)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+E"), self, context=here).activated.connect(self._on_export)

    def _list(self) -> None:
        self.model.clear()
        for change in self.compared.changes:
            words = f"{SIGNS[change.change]}  {change.what}\n{change.how}".rstrip()
            row = QStandardItem(words)
            named = _(chart_compare.WORDS[change.change])
            row.setAccessibleText(f"{named}: {change.what}, {change.how}")
            row.setData(change.id, _ID)
            self.model.appendRow(row)
        if not self.compared.changes:
            self.model.appendRow(QStandardItem(_("Nothing changed between these two days.")))

    def _on_places(self, places: dict[UUID, Point]) -> None:
        self._laying = None
        fresh = not self.places
        self.places |= places
        self.stack.setCurrentWidget(self.canvas)
        self.canvas.show_arrangement(self.arrangement(), keep_view=not fresh)

    @Slot(str)
    def _on_when(self, _key: str) -> None:
        if self.places:
            self.canvas.show_arrangement(self.arrangement(), keep_view=True)

    @Slot(QModelIndex)
    def _on_change(self, at: QModelIndex) -> None:
        """Select on the chart what a row is about, and bring it into sight."""
        id_ = at.data(_ID)
        if id_ is not None:
            self.canvas.select((id_,))
            ends = [end for t in self.compared.scene.ties if t.id == id_ for end in (t.source,)]
            self.canvas.reveal(ends[0] if ends else id_)

    @Slot(QModelIndex)
    def _on_opened_change(self, at: QModelIndex) -> None:
        self._on_item_opened(at.data(_ID))

    @Slot(object)
    def _on_item_opened(self, id_: UUID | None) -> None:
        """Open the record of an item, where it is still there to be opened."""
        for item in self.compared.scene.items:
            if item.id == id_ and item.change is not Difference.REMOVED:
                self.opened.emit(Target(page=PageKind.RECORD, kind=item.kind, id=item.id), False)

    @Slot()
    def _on_export(self) -> None:
        if self.places and self.export_button.isEnabled():
            self.papers.ask(f"compare-{self.desk.today():%Y-%m-%d}", self.as_asked)

    def as_asked(self) -> Asked:
        """Return the comparison as it is seen, the two days among its filters: what leaves."""
        days = chart_compare.between(*self.days())
        words = (days, self.compared.summary)
        return Asked(self.arrangement(), self.title, words, told=False)

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(*SUBJECTS, Kind.LINK, Kind.MEMBERSHIP):
            self.ask_again()


def read(reader: Reader, query: ChartQuery | OverviewQuery, first: date, second: date) -> Read:
    """Read both days and what the chart is called."""
    compared = chart_compare.compare(reader, query, first, second)
    if isinstance(query, OverviewQuery):
        return Read(compared, overviews.parse(query.what).title)
    names = records.by_ids(reader, list(query.focus[:2])).values()
    return Read(compared, ", ".join(brief.label for brief in names))
