"""Balance and coverage of the plans of a force: every figure with its parts, nobody ranked."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import coverage
from ocgdesk.casework.coverage import CAVEAT, ForceCoverage, OcgCoverage, StrandState
from ocgdesk.casework.plan_board import Coverage, Touch
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Strand
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView, column
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.plan import looks
from ocgdesk.ui.plan.touches import CoverageLine, touch_words
from ocgdesk.ui.widgets.cards import Card, Rule
from ocgdesk.ui.widgets.headers import PageHeader, page_margin
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.widgets.strands import StrandLabel
from ocgdesk.ui.widgets.values import NONE, Cell, Flagged, StrandCount, Text

_TOUCHING: Final = (Kind.PLAN, Kind.ACTION, Kind.OCG, Kind.MEMBERSHIP, Kind.LINK)


class StrandSum(Card):
    """One P over all plans: live, done, what came of it, where it is empty or stale."""

    def __init__(self, strand: Strand, parent: QWidget | None = None) -> None:
        super().__init__(bar=f"strand.{strand.value}", margins=(14, 10, 12, 10), parent=parent)
        self.body.setSpacing(2)
        self.body.addWidget(StrandLabel(looks.strand(strand.value), heading=True))
        self.effort = Label("", weight="medium", wrap=True)
        self.outcome = Label("", step="small", ink="text.2", wrap=True)
        self.gaps = Label("", step="small", ink="text.2", wrap=True)
        for part in (self.effort, self.outcome, self.gaps):
            self.body.addWidget(part)

    def show_state(self, state: StrandState, empty: int, stale: int) -> None:
        """Show these sums."""
        told = _("{live} live, {done} done")
        self.effort.setText(told.format(live=f"{state.live:,}", done=f"{state.done:,}"))
        told = _("{n} of those done say what came of it")
        self.outcome.setText(told.format(n=f"{state.outcomes:,}"))
        told = ngettext(
            "Empty in {n} plan, stale in {m}", "Empty in {n} plans, stale in {m}", empty
        )
        self.gaps.setText(told.format(n=f"{empty:,}", m=f"{stale:,}"))
        self.gaps.set_ink("overdue" if empty else "text.2")


class CoveragePage(AskingPage):
    """A row for each OCG, in the order of its next review; the sums above."""

    icon = "page.coverage"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Coverage")
        self.found: ForceCoverage | None = None
        self._build()
        self.force.chosen.connect(self._on_force)
        self.table.opened.connect(self._on_opened)
        self.empty.acted.connect(self._on_every)
        self.error.acted.connect(self.refresh)
        self.desk.changed.connect(self._on_changed)
        self.refresh()

    def question(self) -> Question:
        forces = (self.force.current,) if self.force.current else ()
        return partial(coverage.of_force, agencies=forces, today=self.desk.today())

    def show_answer(self, found: ForceCoverage) -> None:
        if not found.rows and self.found is None and self.force.current:
            self._on_every()  # nothing is active in the workspace's own force
            return
        self.found = found
        self.error.say("")
        count = ngettext("{n} active OCG", "{n} active OCGs", len(found.rows))
        parts = [count.format(n=f"{len(found.rows):,}")]
        parts += (
            [_("{n} without a plan").format(n=found.without_plan)] if found.without_plan else []
        )
        self.header.set_subtitle(" · ".join((*parts, _(CAVEAT))))
        for state in found.strands:
            strand = state.strand
            self.sums[strand].show_state(state, found.empty[strand], found.stale[strand])
        self.line.show_coverage(found.touches)
        self.line.setVisible(bool(found.touches))
        margin = page_margin(self)
        self._above.setContentsMargins(margin, 0, margin, 8)
        self.note.setContentsMargins(margin, 6, margin, 6)
        self.stack.setCurrentWidget(self.table if found.rows else self.empty)
        self.model.show_rows(found.rows)
        self.table.share()
        self.told.emit((parts[0],))

    def show_failure(self, error: DeskError) -> None:
        self.error.say(str(error), _("Try again"))

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        agencies = tuple(Option(item.code, item.label) for item in code_list("agencies").offered())
        every = Option("", _("Every force"))
        self.force = Select((every, *agencies), name=_("Force"), icon="action.filter")
        mine = self.desk.workspace.about.agency or self.desk.settings.agency
        if mine in {option.key for option in agencies}:
            self.force.choose(mine)
        self.header.add_action(self.force)
        self.error = ErrorBanner(parent=self)
        self.sums = {strand: StrandSum(strand) for strand in Strand}
        self.line = CoverageLine()
        self.model = ShortTable(columns())
        self.table = ShortTableView(self.model, name=self.title)
        self.empty = EmptyState(_("No OCG is active in this force."), _("Show every force"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(12)
        for made in self.sums.values():
            self._row.addWidget(made, 1)
        above = self._above = QVBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.error)
        above.addLayout(self._row)
        above.addWidget(self.line)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(0)
        column_.addWidget(self.header)
        column_.addLayout(above)
        column_.addWidget(Rule(role="line.2"))
        column_.addWidget(self.stack, 1)
        self.note = Label(_(FIXED_LINE), step="small", ink="text.3", wrap=True)
        column_.addWidget(self.note)

    def _on_force(self, _code: str) -> None:
        self.refresh()

    def _on_every(self) -> None:
        self.force.choose("")
        self.refresh()

    def _on_opened(self, row: int) -> None:
        ocg = self.model.rows[row].ocg
        self.opened.emit(Target(page=PageKind.PLAN, kind=Kind.OCG, id=ocg.id), False)

    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(*_TOUCHING):
            self.ask_again()


def columns() -> tuple[Column, ...]:
    """Return the columns: the four Ps, outcomes beside them, then what live actions touch."""
    return (
        column(_("OCG"), _name, lambda row: row.ocg.label.casefold(), 150, stretch=4),
        *(_strand(strand) for strand in Strand),
        column(_("Outcomes told"), _outcomes, _told, 108, align="right", yields=1),
        *(_touch(touch) for touch in Touch),
        column(_("Stale"), _stale, lambda row: len(_stale_in(row)), 130, stretch=2, yields=3),
    )


def _name(row: OcgCoverage) -> Cell:
    return entity(row.ocg)


def _strand(strand: Strand) -> Column:
    place = list(Strand).index(strand)

    def cell(row: OcgCoverage) -> Cell:
        if not row.has_plan:
            return Text(_("No plan"), "text.3") if place == 0 else Text("")
        state = row.strands[place]
        if state.is_excused and not state.live:
            return Text(_("Not applicable"), "text.3")
        whole = state.live + state.done
        share = state.done / whole if whole else 0.0
        return StrandCount(strand=looks.strand(strand.value), live=state.live, done=share)

    title = label("strands", strand.value)
    return column(title, cell, lambda row: row.strands[place].live, 84)


def _told(row: OcgCoverage) -> int:
    return sum(state.outcomes for state in row.strands)


def _outcomes(row: OcgCoverage) -> Cell:
    done = sum(state.done for state in row.strands)
    said = _("{n} of {all}").format(n=_told(row), all=done) if done else NONE
    return Text(said, "text.2", align="right")


def _touch(touch: Touch) -> Column:
    def part(row: OcgCoverage) -> Coverage | None:
        return next((one for one in row.touches if one.what is touch), None)

    def cell(row: OcgCoverage) -> Cell:
        if (one := part(row)) is None:
            return Text(NONE, "text.3", align="right")
        said = _("{n} of {all}").format(n=one.touched, all=one.total)
        return Text(said, "text" if one.touched else "overdue", align="right")

    def order(row: OcgCoverage) -> float | None:
        one = part(row)
        return one.touched / one.total if one else None

    return _right(touch_words(touch), cell, order, 4 if touch is Touch.COMMODITIES else 0)


def _right(
    title: str, cell: Callable[[Any], Cell], order: Callable[[Any], Any], yields: int
) -> Column:
    title = title[:1].upper() + title[1:]
    width = max(84, 8 * len(title))
    return column(title, cell, order, width, align="right", yields=yields or 2)


def _stale_in(row: OcgCoverage) -> list[str]:
    return [label("strands", state.strand.value) for state in row.strands if state.is_stale]


def _stale(row: OcgCoverage) -> Cell:
    names = ", ".join(_stale_in(row))
    if not names:
        return Text(NONE, "text.3")
    hint = _("Live, but nothing was raised or done in it for 90 days")
    return Flagged(names, "due", "status.overdue", hint=hint)
