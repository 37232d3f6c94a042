"""The versions of a chart: each as it was, beside the chart as it is, or what changed since."""

from dataclasses import dataclass
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

from ocgdesk.casework import chart_opening, chart_seen, chart_versions
from ocgdesk.casework.chart_seen import Seen
from ocgdesk.casework.chart_versions import Beside
from ocgdesk.domain.chart_versions import ChartVersion
from ocgdesk.domain.charts import Arrangement, Chart
from ocgdesk.domain.kinds import MARKS, SUBJECTS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import DeskError, TooMany
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.ui.chart.canvas import ChartCanvas
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import chart_says
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.pages.chart_exporting import Asked, ChartPapers
from ocgdesk.ui.pages.chart_keeping import ChartKeeper
from ocgdesk.ui.pages.chart_keepsakes import ChartKeepsakes
from ocgdesk.ui.pages.chart_ways import OVERVIEW
from ocgdesk.ui.pages.side_list import SideList
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, outline, primary
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import PageHeader
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

_NUMBER: Final = Qt.ItemDataRole.UserRole + 1
_SHOWN: Final = {
    "then": N_("As it was"),
    "beside": N_("Beside now"),
    "changes": N_("Changes since"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A chart, its versions, and one of them beside what the chart is now."""

    chart: Chart
    versions: tuple[ChartVersion, ...]
    number: int = 0
    """Of the version that is shown; 0 where there is none."""
    beside: Beside | None = None
    then: Seen | None = None
    """That version by the filters, rules and days it was kept with."""
    now: Seen | None = None


class VersionsPage(AskingPage):
    """Nothing here is edited: what was is looked at, compared and exported."""

    icon = "page.versions"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Versions")
        self.read: Read | None = None
        self.papers = ChartPapers(desk, self)
        self.keeper = ChartKeeper(desk, self)
        self.acts = ChartKeepsakes(desk, self.keeper, self)
        self._wanted = int(target.text) if target.text.isdigit() else 0
        self._build()
        self._wire()
        self.refresh()

    def question(self) -> Question:
        """Ask for the versions of the chart, and for the one that is chosen."""
        assert self.target.id is not None  # noqa: S101 - versions are of a saved chart
        return partial(read, id_=self.target.id, wanted=self._wanted)

    def show_answer(self, answer: Read) -> None:
        """List the versions, and draw the one that is chosen."""
        self.read, self._wanted = answer, answer.number
        self.keeper.chart = answer.chart
        self.note.say("")
        self.title = _("{title}, versions").format(title=answer.chart.title)
        self.titled.emit(self.title)
        n = len(answer.versions)
        self.header.set_title(
            self.title, ngettext("{n} version", "{n} versions", n).format(n=n) + self._frozen()
        )
        self._list()
        self._draw(afresh=True)

    def show_failure(self, error: DeskError) -> None:
        """Say why nothing is shown; of a chart that is too large, what can be."""
        action = _("Show overview") if isinstance(error, TooMany) else ""
        self.note.say(str(error), action, tone="overdue")

    def ready(self) -> bool:
        """Tell whether everything that is shown is drawn."""
        return super().ready() and all(c.is_drawn for c in self.canvases() if c.isVisible())

    def leave(self) -> None:
        super().leave()
        self.papers.cancel()

    def canvases(self) -> tuple[ChartCanvas, ChartCanvas]:
        """Return the canvas of what was, and that of what is now beside it."""
        return self.canvas, self.other

    def arrangements(self) -> tuple[Arrangement, ...]:
        """Return what is drawn: one chart, or two side by side."""
        if self.read is None or self.read.beside is None:
            return ()
        found = self.read.beside
        if self.mode.current == "changes":
            scene = found.compared.scene
            return (Arrangement(scene=scene, places=found.places, hidden=found.hidden),)
        then = (self.read.then, self.read.now)[: 2 if self.mode.current == "beside" else 1]
        return tuple(seen.arrangement for seen in then if seen is not None)

    def as_asked(self) -> Asked:
        """Return what is to leave: the version, or what changed since, its moment stated."""
        assert self.read is not None  # noqa: S101 - who asks has seen it
        words = [chart_versions.words(self._version())]
        if self.mode.current == "changes" and self.read.beside is not None:
            words.append(
                _("compared with now: {changes}").format(changes=self.read.beside.compared.summary)
            )
        elif self.read.then is not None:
            words += self.read.then.stated
        version, told = self._version(), self.mode.current != "changes"
        title = self.read.chart.title
        return Asked(self.arrangements()[0], title, tuple(words), at=version.made, told=told)

    def _version(self) -> ChartVersion:
        assert self.read is not None  # noqa: S101 - who asks has seen it
        return next(v for v in self.read.versions if v.number == self.read.number)

    def _frozen(self) -> str:
        assert self.read is not None  # noqa: S101 - who asks has seen it
        at = self.read.chart.frozen
        if at is None:
            return " · " + _("follows the register")
        return " · " + _("frozen as at {moment}").format(moment=chart_opening.moment_words(at))

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        self.open_button = outline(_("Open chart"))
        self.export_button = outline(_("Export"), icon="action.export-image", key="Ctrl+E")
        self.keep_button = primary(_("Keep version"), key="Ctrl+S")
        for part in (self.open_button, self.export_button, self.keep_button):
            self.header.add_action(part)
        for button, right in (
            (self.export_button, Right.EXPORT),
            (self.keep_button, Right.CHART),
        ):
            if reason := chart_says.refusal(self.desk, right):
                button.refuse(reason)
        self.mode = SegmentedControl(tuple(Segment(key, _(w)) for key, w in _SHOWN.items()))
        self.note = ErrorBanner(closable=True, parent=self)
        self.canvas, self.other = ChartCanvas(), ChartCanvas()
        self.words, self.other_words = Label("", weight="strong"), Label("", weight="strong")
        self.empty = EmptyState(_("No version is kept yet. Keep one before a meeting."))
        self.list = SideList(_("Versions, the newest first"), 280)
        self.model = self.list.rows
        self._arrange()

    def _arrange(self) -> None:
        self.beside = self._column(self.other_words, self.other)
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._column(self.words, self.canvas), 1)
        row.addWidget(self.beside, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(pair)
        self.stack.addWidget(self.empty)
        bar = QHBoxLayout()
        bar.setContentsMargins(24, 0, 24, 8)
        bar.addWidget(self.mode)
        bar.addStretch(1)
        whole = QHBoxLayout()
        whole.setSpacing(0)
        for part, stretch in ((self.list, 0), (Rule(standing=True), 0), (self.stack, 1)):
            whole.addWidget(part, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.note)
        column.addLayout(bar)
        column.addWidget(Rule())
        column.addLayout(whole, 1)

    def _column(self, words: Label, canvas: ChartCanvas) -> QWidget:
        part = QWidget()
        column = QVBoxLayout()
        column.setSpacing(0)
        words.setContentsMargins(16, 6, 16, 6)
        for widget, stretch in ((words, 0), (Rule(), 0), (canvas, 1)):
            column.addWidget(widget, stretch)
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(column, 1)
        row.addWidget(Rule(standing=True))
        return part

    def _wire(self) -> None:
        self.mode.chosen.connect(self._on_mode)
        self.note.acted.connect(self._on_overview)
        self.open_button.clicked.connect(self._on_open)
        self.export_button.clicked.connect(self._on_export)
        self.keep_button.clicked.connect(self._on_keep)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self.papers.told.connect(self.said)
        self.acts.told.connect(self.said)
        self.desk.changed.connect(self._on_changed)
        for canvas in self.canvases():
            canvas.opened.connect(self._on_item_opened)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, act in (("Ctrl+E", self._on_export), ("Ctrl+S", self._on_keep)):
            QShortcut(QKeySequence(key), self, context=here).activated.connect(act)

    def _list(self) -> None:
        assert self.read is not None  # noqa: S101 - it was just read
        self.model.clear()
        for version in self.read.versions:
            words = _("{n} · {title}").format(n=version.number, title=version.title)
            moment = chart_opening.moment_words(version.made) if version.made else "–"
            below = " · ".join(part for part in (moment, version.made_by) if part)
            row = QStandardItem("\n".join(part for part in (words, below, version.note) if part))
            row.setAccessibleText(chart_versions.words(version))
            row.setData(version.number, _NUMBER)
            self.model.appendRow(row)
            if version.number == self.read.number:
                self.list.setCurrentIndex(row.index())

    def _draw(self, *, afresh: bool) -> None:
        drawn = self.arrangements()
        for button in (self.export_button,):
            button.setEnabled(bool(drawn) and self.desk.may(Right.EXPORT))
        self.stack.setCurrentIndex(0 if drawn else 1)
        if not drawn:
            return
        self.words.setText(self._said())
        self.beside.setVisible(len(drawn) > 1)
        self.other_words.setText(_("Now"))
        for canvas, arrangement in zip(self.canvases(), drawn, strict=False):
            canvas.show_arrangement(arrangement, keep_view=not afresh)

    def _said(self) -> str:
        assert self.read is not None  # noqa: S101 - who asks has seen it
        words = chart_versions.words(self._version())
        if self.mode.current == "changes" and self.read.beside is not None:
            words = f"{words} · {self.read.beside.compared.summary}"
        elif self.read.then is not None:
            words = " · ".join((words, *self.read.then.stated))
        return words[:1].upper() + words[1:]

    @Slot(str)
    def _on_mode(self, _key: str) -> None:
        self._draw(afresh=True)

    @Slot(QModelIndex)
    def _on_chosen(self, at: QModelIndex) -> None:
        number = at.data(_NUMBER)
        if number is not None and number != self._wanted:
            self._wanted = number
            self.refresh()

    @Slot()
    def _on_overview(self) -> None:
        self.opened.emit(Target(page=PageKind.CHART, overview=OVERVIEW), False)

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(Target(page=PageKind.CHART, id=self.target.id), False)

    @Slot()
    def _on_keep(self) -> None:
        if self.keep_button.isEnabled():
            self.acts.on_asked("version")

    @Slot()
    def _on_export(self) -> None:
        if self.export_button.isEnabled() and self.arrangements():
            self.papers.ask(f"chart-version-{self._wanted}", self.as_asked)

    @Slot(object)
    def _on_item_opened(self, id_: object) -> None:
        """Open the record of an item; what is gone by now says so there."""
        for arrangement in self.arrangements():
            for item in arrangement.scene.items:
                if item.id == id_ and not item.sketch:
                    target = Target(page=PageKind.RECORD, kind=item.kind, id=item.id)
                    self.opened.emit(target, False)
                    return

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        own = (Kind.CHART, Kind.CHART_VERSION, Kind.PLACEMENT, *MARKS)
        if changed.touches(*SUBJECTS, *own, Kind.LINK, Kind.MEMBERSHIP):
            self.ask_again()


def read(reader: Reader, id_: UUID, wanted: int) -> Read:
    """Read the versions of a chart, and one beside now: the one wanted, else the newest."""
    found = chart_versions.versions(reader, id_)
    if not found:
        return Read(chart=chart_opening.open_chart(reader, id_).chart, versions=())
    number = wanted if wanted in {v.number for v in found} else found[0].number
    beside = chart_versions.compare(reader, id_, number)
    return Read(
        chart=beside.second.chart,
        versions=found,
        number=number,
        beside=beside,
        then=chart_seen.kept(reader, beside.first),
        now=chart_seen.kept(reader, beside.second),
    )
