"""Parts of the page of a record: facts in a strip, tabs with counts, what a link rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ocgdesk.casework import intelligence
from ocgdesk.domain.entities import Report
from ocgdesk.domain.plans import StrandCount
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.records import Brief, Linked
from ocgdesk.ui import fonts, theme, words
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.models import looks
from ocgdesk.ui.pages.record_tables import link_words
from ocgdesk.ui.plan.looks import count_cell, strand
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.cards import Card, Panel, Rule
from ocgdesk.ui.widgets.chips import GradingChip
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel, Label
from ocgdesk.ui.widgets.scores import Matrix, MatrixMark, ScoreMark
from ocgdesk.ui.widgets.strands import ProgressBar, StrandLabel
from ocgdesk.ui.widgets.values import Score, Spark, Tone

_TAB: Final = 36
_FACT: Final = 150
_EXTRACT: Final = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact of a strip: what it is, its value, and a note below."""

    caption: str
    value: str
    note: str = ""
    tone: Tone = "neutral"
    icon: str = ""
    score: Score | None = None
    """A score, drawn with its steps and how it went."""
    spark: Spark | None = None
    matrix: Matrix | None = None
    """A cell of a matrix, drawn before the value."""


class FactStrip(QWidget):
    """A few facts in one card, side by side; where there is no room, in two rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts: tuple[Fact, ...] = ()
        self._cells: list[QWidget] = []
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(1)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts."""
        if tuple(facts) == self.facts:
            return
        self.facts = tuple(facts)
        for cell in self._cells:
            cell.hide()
            cell.deleteLater()
        self._cells = [_FactCell(fact, self) for fact in self.facts]
        self._across = 0
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        marks.round_box(painter, box, look.qcolour("surface"), None, marks.RADIUS_CARD)
        for cell, fact in zip(self._cells, self.facts, strict=True):
            self._paint_ground(painter, cell, fact)
        marks.round_box(painter, box, None, look.qcolour("line"), marks.RADIUS_CARD)
        painter.end()

    def _paint_ground(self, painter: QPainter, cell: QWidget, fact: Fact) -> None:
        look, at = theme.current(), QRectF(cell.geometry())
        if fact.tone != "neutral":
            painter.save()
            painter.setClipRect(at)
            ground = look.qcolour(f"{fact.tone}.tint")
            marks.round_box(painter, QRectF(self.rect()), ground, None, marks.RADIUS_CARD)
            painter.restore()
        if cell.x() > 1:
            line = QRectF(cell.x() - 1, cell.y(), 1, cell.height())
            painter.fillRect(line, look.qcolour("line"))
        if cell.y() > 1:
            line = QRectF(cell.x(), cell.y() - 1, cell.width(), 1)
            painter.fillRect(line, look.qcolour("line"))

    def _lay_out(self) -> None:
        count = len(self._cells)
        roomy = self.width() >= count * px(_FACT)
        across = max(1, count if roomy else (count + 1) // 2)
        if across == self._across:
            return
        self._across = across
        for number, cell in enumerate(self._cells):
            self._grid.addWidget(cell, number // across, number % across)
            cell.show()
        for column in range(max(count, 1)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)


class _FactCell(QWidget):
    """One fact: caption, value, note."""

    def __init__(self, fact: Fact, parent: QWidget) -> None:
        super().__init__(parent)
        plain = fact.tone == "neutral"
        ink = "text" if plain else fact.tone
        self.setAccessibleName(f"{fact.caption}: {fact.value} {fact.note}".strip())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(2)
        quiet = "text.3" if plain else fact.tone
        column.addWidget(ElidedLabel(fact.caption, step="small", ink=quiet))
        row = QHBoxLayout()
        row.setSpacing(8 if fact.score or fact.matrix else 6)
        if fact.icon:
            row.addWidget(IconLabel(fact.icon, ink, 16))
        if fact.matrix is not None:
            row.addWidget(MatrixMark(fact.matrix))
        if fact.score is not None:
            row.addWidget(Label(fact.value, step="heading"))
            row.addWidget(ScoreMark(fact.score, fact.spark), 1)
        else:
            row.addWidget(ElidedLabel(fact.value, ink=ink, weight="strong"), 1)
        column.addLayout(row)
        column.addWidget(ElidedLabel(fact.note or " ", step="small", ink=quiet))


class _Tab(QAbstractButton):
    """One tab: title, a count in grey, a line under the one that is shown."""

    def __init__(self, key: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.count = ""
        self.setText(title)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("focusRadius", marks.RADIUS_CHIP)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def show_count(self, count: str) -> None:
        """Show another count."""
        self.count = count
        self.setAccessibleName(f"{self.text()} {count}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = marks.text_width(self.text(), fonts.body(MEDIUM)) + px(24)
        if self.count:
            wide += marks.text_width(self.count, fonts.small()) + px(6)
        return QSize(round(wide), px(_TAB))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        ink = "accent.text" if self.isChecked() else "text" if self.underMouse() else "text.2"
        inside = box.adjusted(px(12), 0, 0, -2)
        wide = marks.text(painter, inside, self.text(), fonts.body(MEDIUM), ink)
        if self.count:
            inside.setLeft(inside.left() + wide + px(6))
            marks.text(painter, inside, self.count, fonts.small(), "text.3")
        if self.isChecked():
            painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 2), look.qcolour("accent"))
        painter.end()


class SectionTabs(Panel):
    """The tabs of a page; arrows go between them. ``chosen`` gives the key of the one shown."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("clear", parent)
        self.setAccessibleName(_("Parts of the record"))
        self.tabs: dict[str, _Tab] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addStretch(1)

    @property
    def current(self) -> str:
        """The key of the tab that is shown."""
        return next((key for key, tab in self.tabs.items() if tab.isChecked()), "")

    def add(self, key: str, title: str, shortcut: str) -> None:
        """Add a tab at the right end."""
        tab = _Tab(key, title, self)
        tab.setToolTip(f"{title} ({shortcut})")
        tab.setAccessibleName(title)
        tab.clicked.connect(self._on_clicked)
        self.tabs[key] = tab
        self._row.insertWidget(self._row.count() - 1, tab)
        if len(self.tabs) == 1:
            tab.setChecked(True)

    def choose(self, key: str) -> None:
        """Go to a tab and tell so."""
        if key in self.tabs and not self.tabs[key].isHidden():
            self.tabs[key].setChecked(True)
            self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = [key for key, tab in self.tabs.items() if not tab.isHidden()]
        key = keys[(keys.index(self.current) + step) % len(keys)]
        self.tabs[key].setFocus(Qt.FocusReason.TabFocusReason)
        self.choose(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        line = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(line, theme.current().qcolour("line"))
        painter.end()

    def _on_clicked(self) -> None:
        self.chosen.emit(self.current)


class StrandSummary(QWidget):
    """The four strands of a plan: live, done, late; an empty strand says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._shown: tuple[StrandCount, ...] = ()

    def show_strands(self, strands: tuple[StrandCount, ...]) -> None:
        """Show these counts."""
        if strands == self._shown:
            return
        self._shown = strands
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for count in strands:
            self._column.addWidget(_strand_row(count))
            self._column.addWidget(Rule())


def _strand_row(count: StrandCount) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 5, 0, 5)
    row.setSpacing(12)
    name = StrandLabel(strand(count.strand.value))
    name.setFixedWidth(px(96))
    row.addWidget(name)
    if count.is_empty:
        row.addWidget(IconLabel("status.empty", "overdue", 15))
        row.addWidget(Label(_("Empty"), ink="overdue", weight="medium"))
        row.addStretch(1)
        return made
    bar = ProgressBar(f"strand.{count.strand.value}")
    whole = count.live + count.done
    said = _("{done} of {whole} done").format(done=count.done, whole=whole)
    bar.show_share(count_cell(count).done, said)
    row.addWidget(bar)
    row.addWidget(Label(_("{n} live").format(n=count.live), weight="medium"))
    row.addWidget(ElidedLabel(said, ink="text.2"))
    row.addStretch(1)
    late = ngettext("{n} late", "{n} late", count.late).format(n=count.late)
    if count.late:
        row.addWidget(IconLabel("status.overdue", "overdue", 15))
        row.addWidget(Label(late, ink="overdue", weight="medium"))
    else:
        row.addWidget(Label(_("on time"), ink="text.3"))
    return made


class LinkInspector(QWidget):
    """What a link rests on: its reports with grade and extract, or that no source is recorded."""

    opened = Signal(object)
    """The Brief of the record at the other end."""
    report_opened = Signal(object)
    """The id of a report."""

    def __init__(
        self, item: Linked, own: Brief, reports: Sequence[Report], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.item = item
        self.setProperty("caption", words.one(item.link.kind))
        self.setProperty("icon", words.icon_of(item.link.kind))
        title, below = link_words(item, own)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(10)
        column.addWidget(Label(title, step="section", wrap=True))
        if below:
            column.addWidget(Label(below, ink="text.2", wrap=True))
        strength = looks.text_of_code("strengths", item.link.strength)
        basis = looks.text_of_code("bases", item.link.basis)
        column.addWidget(Label(f"{strength} · {basis}", ink="text.2"))
        if intelligence.strength_drawn(item.link, reports) != item.link.strength:
            said = _("Drawn as tentative: it rests on one untested source.")
            column.addWidget(Label(said, ink="due", wrap=True))
        column.addWidget(Rule())
        self._add_reports(column, reports)
        if item.link.note:
            column.addWidget(Rule())
            column.addWidget(Label(_("Note"), weight="strong"))
            column.addWidget(Label(item.link.note, ink="text.2", wrap=True))
        open_ = text_button(
            _("Open {kind}").format(kind=words.one(item.other.kind).lower()), icon="action.open"
        )
        open_.clicked.connect(self._on_open)
        column.addWidget(open_, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _add_reports(self, column: QVBoxLayout, reports: Sequence[Report]) -> None:
        if not reports:
            column.addWidget(Label(_("Source not recorded"), weight="strong"))
            said = _("No report is named for this link.")
            column.addWidget(Label(said, ink="text.2", wrap=True))
            return
        said = ngettext("Rests on {n} report", "Rests on {n} reports", len(reports))
        column.addWidget(Label(said.format(n=len(reports)), weight="strong"))
        column.addWidget(Label(intelligence.weigh(reports).words, ink="text.2", wrap=True))
        for report in reports:
            card = ReportCard(report)
            card.opened.connect(self.report_opened)
            column.addWidget(card)

    def _on_open(self) -> None:
        self.opened.emit(self.item.other)


class ReportCard(Card):
    """One report: grade, reference, date, an extract, and the label of its source."""

    opened = Signal(object)

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        super().__init__(margins=(12, 8, 12, 8), parent=parent)
        self.report = report
        self.body.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        if report.grade:
            head.addWidget(GradingChip(looks.grade(report.grade)))
        head.addWidget(ElidedLabel(report.ref, step="mono", ink="text.3"), 1)
        if report.reported is not None:
            head.addWidget(Label(report.reported.worded(), step="small", ink="text.3"))
        self.body.addLayout(head)
        text = report.text or report.title
        cut = text if len(text) <= _EXTRACT else f"{text[:_EXTRACT].rsplit(' ', 1)[0]} …"
        self.body.addWidget(Label(cut, wrap=True))
        foot = QHBoxLayout()
        if report.origin:
            foot.addWidget(Label(report.origin, step="small", ink="text.3"))
        foot.addStretch(1)
        open_ = text_button(_("Open"))
        open_.setAccessibleName(_("Open {ref}").format(ref=report.ref))
        open_.clicked.connect(self._on_open)
        foot.addWidget(open_)
        self.body.addLayout(foot)

    def _on_open(self) -> None:
        self.opened.emit(self.report.id)
