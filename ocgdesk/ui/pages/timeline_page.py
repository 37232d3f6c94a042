"""The timeline of a record: its line, those of the people round it, and all that is dated."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import picture_papers, timeline_papers, timelines, withholding
from ocgdesk.casework.timelines import Query
from ocgdesk.domain.charts import Cover
from ocgdesk.domain.kinds import LINKS, OWNED, SUBJECTS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.timelines import TOPICS, Event, Timeline, Topic
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports.timeline_axis import Window
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import chart_says, timeline_rows
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.pages.chart_reasons import ChartReasons
from ocgdesk.ui.pages.picture_exporting import Leaving, PicturePapers
from ocgdesk.ui.plates.timeline_view import STEP, TimelineView
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, icon_button, outline, primary
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.flow import Flow
from ocgdesk.ui.widgets.headers import PageHeader
from ocgdesk.ui.widgets.inputs import CheckBox
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.worker import Call

_ROOM_FOR_TOPICS = 1080
_TOLD = (*LINKS, *SUBJECTS, *OWNED, Kind.REPORT, Kind.DISRUPTION)


class TimelinePage(AskingPage):
    """Lines on one axis, or the same as a list; a click leads to the record."""

    icon = "page.timeline"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Timeline")
        self.timeline: Timeline | None = None
        self.ids = target.focus
        self._is_waiting = True
        """Whether it is not known yet what is to be shown, or said instead."""
        self.papers = PicturePapers(desk, _("Export timeline"), "Export timeline", self)
        self.reasons = ChartReasons(desk, self)
        self._build()
        self._wire()
        self.refresh()

    def refresh(self) -> None:
        """Ask again, once the user has said why where that is wanted."""
        self._is_waiting = True
        if not self.ids:
            self._say(_("Find a record with Ctrl+K, then open its timeline."))
        elif not self.reasons.holds(self.ids, self.refresh):
            super().refresh()

    def question(self) -> Question:
        """Ask for what happened to these records."""
        return partial(timelines.read, query=self._query(), today=self.desk.today())

    def purpose(self) -> str:
        """Return the reason that was given for these records."""
        return self.reasons.purpose

    def show_answer(self, answer: Timeline) -> None:
        """Show lines and list, and what was left out."""
        self._is_waiting = False
        keep = self.timeline is not None and self.timeline.lanes == answer.lanes
        self.timeline = answer
        self.note.say(answer.cut, tone="due")
        self.view.show_timeline(answer, keep_view=keep)
        self.table.show_rows(timeline_rows.rows(answer))
        self._name(answer)
        if answer.events:
            self._on_mode(self.mode.current)
        else:
            self._say(_("Nothing with a date is recorded here. Give links and orders their dates."))

    def show_failure(self, error: DeskError) -> None:
        """Say why there is no timeline."""
        self._say(str(error))

    def leave(self) -> None:
        """Stop asking and exporting."""
        super().leave()
        self.reasons.stop()
        self.papers.cancel()

    def _query(self) -> Query:
        on = tuple(topic for topic, box in self.topics.items() if box.isChecked())
        return Query(
            ids=self.ids,
            around=self.around.isChecked(),
            topics=() if len(on) == len(self.topics) else on,
        )

    def _name(self, found: Timeline) -> None:
        named = [lane.label for lane in found.lanes if lane.id in self.ids]
        self.title = _("Timeline: {who}").format(who=", ".join(named[:3]))
        self.titled.emit(self.title)
        lines = ngettext("{n:,} line", "{n:,} lines", len(found.lanes)).format(n=len(found.lanes))
        n = len(found.events)
        events = ngettext("{n:,} dated event", "{n:,} dated events", n).format(n=n)
        self.header.set_title(self.title, f"{lines} · {events}")

    def ready(self) -> bool:
        """Tell whether there is a timeline, or the reason why there is none."""
        return super().ready() and not self._is_waiting

    def _say(self, sentence: str) -> None:
        self._is_waiting = False
        self.empty.show_words(sentence)
        self.stack.setCurrentWidget(self.empty)

    # ---- Building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        self.mode = SegmentedControl(
            (
                Segment("timeline", _("Timeline"), "page.timeline"),
                Segment("list", _("List"), "page.list"),
            )
        )
        self.export_button = outline(_("Export"), icon="action.export", key="Ctrl+E")
        self.chart_button = primary(_("Draw chart"), icon="page.chart")
        for part in (self.mode, self.export_button, self.chart_button):
            self.header.add_action(part)
        if reason := chart_says.refusal(self.desk, Right.EXPORT):
            self.export_button.refuse(reason)
        self.note = ErrorBanner(closable=True, parent=self)
        self.view = TimelineView()
        self.table = ShortTable(timeline_rows.columns())
        self.list = ShortTableView(self.table, name=_("Events"))
        self.empty = EmptyState("")
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
        self.setFocusProxy(self.view)

    def _bar(self) -> QHBoxLayout:
        """Return the row of what is drawn: those round it, topics, and the zoom."""
        self.around = CheckBox(_("Those linked to it"))
        self.around.setChecked(len(self.ids) == 1)
        self.topics = {topic: CheckBox(_(TOPICS[topic])) for topic in Topic}
        for box in self.topics.values():
            box.setChecked(True)
        self.flow = Flow()
        self.flow.show_parts(list(self.topics.values()))
        self.shown = outline(_("Shown"), icon="action.filter", height="bar")
        self.shown.clicked.connect(self._on_shown)
        self.closer = icon_button("action.zoom-in", _("Less time"), key="+")
        self.wider = icon_button("action.zoom-out", _("More time"), key="-")
        self.whole = icon_button("action.fit", _("All of it"), key="Z")
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 8)
        row.setSpacing(4)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.around, 0, top)
        row.addWidget(self.shown, 0, top)
        row.addWidget(self.flow, 1)
        row.addStretch(0)
        for button in (self.closer, self.wider, self.whole):
            row.addWidget(button, 0, top)
        return row

    def _wire(self) -> None:
        self.mode.chosen.connect(self._on_mode)
        self.around.toggled.connect(self._on_asked)
        for box in self.topics.values():
            box.toggled.connect(self._on_asked)
        self.closer.clicked.connect(partial(self.view.zoom, STEP))
        self.wider.clicked.connect(partial(self.view.zoom, 1 / STEP))
        self.whole.clicked.connect(self.view.fit)
        self.view.opened.connect(self._on_opened)
        self.view.lane_opened.connect(self._on_lane)
        self.view.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_row)
        self.chart_button.clicked.connect(self._on_chart)
        self.export_button.clicked.connect(self._on_export)
        self.papers.told.connect(self.said)
        self.reasons.gave_up.connect(self._say)
        self.desk.changed.connect(self._on_changed)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+E"), self, context=here).activated.connect(self._on_export)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the topics into a menu where there is no room for all of them in one row."""
        super().resizeEvent(event)
        wide = event.size().width() >= px(_ROOM_FOR_TOPICS)
        self.flow.setVisible(wide)
        self.shown.setVisible(not wide)

    # ---- What the user does --------------------------------------------------------------------

    @Slot()
    def _on_shown(self) -> None:
        """Let topics be switched in a menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for box in self.topics.values():
            act = menu.addAction(box.text())
            act.setCheckable(True)
            act.setChecked(box.isChecked())
            act.toggled.connect(box.setChecked)
        menu.popup(self.shown.mapToGlobal(QPoint(0, self.shown.height())))

    @Slot(str)
    def _on_mode(self, mode: str) -> None:
        if self.timeline is not None and self.timeline.events:
            self.stack.setCurrentWidget(self.list if mode == "list" else self.view)

    @Slot(bool)
    def _on_asked(self, _on: bool) -> None:  # noqa: FBT001 - a signal's
        self.refresh()

    @Slot(object)
    def _on_opened(self, event: Event) -> None:
        self.opened.emit(target_of(event), False)

    @Slot(object)
    def _on_lane(self, id_: UUID) -> None:
        lanes = self.timeline.lanes if self.timeline else ()
        kind = next((lane.kind for lane in lanes if lane.id == id_), None)
        self.opened.emit(Target(page=PageKind.RECORD, kind=kind, id=id_), False)

    @Slot(object)
    def _on_chosen(self, event: Event | None) -> None:
        self.told.emit(() if event is None else (event.label, event.when))

    @Slot(int)
    def _on_row(self, row: int) -> None:
        self._on_opened(self.table.rows[row][0])

    @Slot()
    def _on_chart(self) -> None:
        if self.ids:
            self.opened.emit(Target(page=PageKind.CHART, focus=self.ids), False)

    @Slot()
    def _on_export(self) -> None:
        if self.timeline is None or not self.timeline.events or not self.export_button.isEnabled():
            return
        window = self.view.window_
        assert window is not None  # noqa: S101 - a timeline is shown
        n = len(self.timeline.events)
        what = ngettext("{n:,} dated event", "{n:,} dated events", n).format(n=n)
        self.papers.ask(what, "timeline", leaving(self.timeline, self.title, window))

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(*_TOLD):
            self.ask_again()


def target_of(event: Event) -> Target:
    """Return the page an event leads to."""
    if event.opens_kind is Kind.PLAN:
        return Target(page=PageKind.PLAN, id=event.opens)
    return Target(page=PageKind.RECORD, kind=event.opens_kind, id=event.opens)


def leaving(timeline: Timeline, title: str, window: Window) -> "partial[Leaving]":
    """Return how a timeline is made ready to leave: nobody exploited is named."""
    return partial(_leaving, timeline=timeline, title=title, window=window)


def _leaving(reader: Reader, timeline: Timeline, title: str, window: Window) -> Leaving:
    hidden = withholding.of(reader, named=False)
    made = timeline_papers.leaving(timeline, hidden)
    return Leaving(
        said=picture_papers.timeline_said(made, hidden.text(title)),
        render=partial(_call, made, window),
        plain=timeline_papers.plain(made),
        subjects=tuple(reader.numbers([lane.id for lane in made.lanes]).values()),
    )


def _call(made: Timeline, window: Window, cover: Cover, kind: str) -> Call:
    return Call.of(picture_papers.render_timeline, made, window, cover, kind)
