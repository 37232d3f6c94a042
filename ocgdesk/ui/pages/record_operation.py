"""The case half of an operation: phases, counts, criminal-justice steps, warnings, policy log."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ocgdesk.casework import disruption_ledger, operations
from ocgdesk.casework.disruption_ledger import Came
from ocgdesk.casework.operations import Case, OnPerson, Referred
from ocgdesk.domain.disruptions import Outcome
from ocgdesk.domain.entities import Operation
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Linked
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.models import looks
from ocgdesk.ui.pages import record_operation_outcomes
from ocgdesk.ui.pages.record_case_parts import CasePart
from ocgdesk.ui.pages.record_operation_acts import OperationActs
from ocgdesk.ui.pages.record_operation_outcomes import OperationOutcomes
from ocgdesk.ui.pages.record_operation_tables import (
    bears_section,
    log_section,
    referrals_section,
    steps_section,
    warnings_section,
)
from ocgdesk.ui.pages.record_parts import Fact, FactStrip
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.labels import SectionHeading
from ocgdesk.ui.widgets.tiles import Stat, StatRow
from ocgdesk.ui.widgets.values import NONE

_COUNTED: Final = (
    *(("arrested", "arrested"), ("charged", "charged"), ("convicted", "convicted")),
    ("sentenced", "years"),
)


class OperationPart(CasePart):
    """Everything a case consists of, each table with its acts."""

    TOUCHED = (
        *(Kind.OPERATION, Kind.COURT_STEP, Kind.THREAT_WARNING, Kind.GAIN_REFERRAL),
        *(Kind.DECISION, Kind.LINK, Kind.NOMINAL, Kind.OCG, Kind.OUTCOME),
    )

    def build(self) -> None:
        self.acts = OperationActs(self.asking, self.id)
        self.came = OperationOutcomes(self.asking, self.id)
        self.phases = PhaseStrip(self.body)
        self.phase_button = outline(_("Move phase"), icon="action.next", height="bar")
        self.phase_button.clicked.connect(self._on_phase)
        self.log_button = outline(_("Add to policy log"), icon="entity.decision", height="bar")
        self.log_button.clicked.connect(self.acts.decide)
        self.heading = SectionHeading(_("Phase"), parent=self.body)
        for button in (self.phase_button, self.log_button):
            self.heading.add_action(button)
        self.facts = FactStrip(self.body)
        self.counts = StatRow(parent=self.body)
        self.counts.chosen.connect(self._on_count)
        for part in (self.heading, self.phases, self.facts, self.counts):
            self.body.column.addWidget(part)
        self._add_sections()

    def query(self) -> Callable[[Reader], Any]:
        return partial(_read, id_=self.id)

    def ready(self) -> bool:
        return super().ready() and not self.came.asked.is_open

    def leave(self) -> None:
        super().leave()
        self.came.asked.drop()

    def fill(self, found: tuple[Case, Came]) -> None:
        self.found, self.came.came = found
        self._fill_case(self.found)
        self.sections["outcomes"].show_rows(self.came.came.outcomes)

    def _fill_case(self, found: Case) -> None:
        self.acts.case = self.came.case = found
        self.phases.show_operation(found.operation)
        self.facts.show_facts(_facts(found.operation))
        self.counts.show_stats(_stats(found))
        for button in (self.phase_button, self.log_button):
            if self.refused:
                button.refuse(self.refused)
            else:
                button.allow()
        self._show_steps()
        today = self.desk.today()
        self.sections["bears"].show_rows(found.bears_on)
        due = len(found.due(today))
        note = ngettext("{n} to look at again", "{n} to look at again", due).format(n=due)
        self.sections["warnings"].show_rows(found.warnings, note if due else "")
        waiting = len(found.waiting)
        note = ngettext("{n} waiting", "{n} waiting", waiting).format(n=waiting)
        self.sections["referrals"].show_rows(found.referrals, note if waiting else "")
        self.sections["log"].show_rows(found.log)

    def _add_sections(self) -> None:
        today = self.desk.today()
        for key, section in (
            ("steps", steps_section()),
            ("outcomes", record_operation_outcomes.section()),
            ("bears", bears_section()),
            ("warnings", warnings_section(today)),
            ("referrals", referrals_section(today)),
            ("log", log_section()),
        ):
            self.add_section(key, section)
            section.opened.connect(self._on_opened)
            section.acted.connect(self.came.act if key == "outcomes" else self.acts.act)

    def _show_steps(self) -> None:
        found: Case = self.found
        chosen = next((t.stat.key for t in self.counts.tiles if t.isChecked()), "")
        rows = [one for one in found.steps if not chosen or one.step == chosen]
        told = _("{n} of {all}").format(n=len(rows), all=len(found.steps))
        self.sections["steps"].show_rows(rows, told if chosen else "")

    def _on_count(self) -> None:
        if self.found is not None:
            self._show_steps()

    def _on_phase(self) -> None:
        self.acts.move_phase()

    def _on_opened(self, row: Any) -> None:
        match row:
            case OnPerson():
                self.opened.emit(row.person)
            case Linked():
                self.opened.emit(row.other)
            case Referred():
                self.opened.emit(row.about)
            case Outcome() if row.id in self.came.came.briefs:
                self.opened.emit(self.came.came.briefs[row.id])


def _read(reader: Reader, *, id_: UUID) -> tuple[Case, Came]:
    return operations.look(reader, id_), disruption_ledger.came_of(reader, id_)


class PhaseStrip(QWidget):
    """The phases side by side with the days they began on; the one it is in is filled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps: tuple[tuple[str, str, str], ...] = ()
        """Of each phase its words, since when, and whether it is ``past``, ``now`` or ``""``."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        theme.follow(self, self.updateGeometry)

    def show_operation(self, operation: Operation) -> None:
        """Show where this operation stands."""
        order = list(operations.DATES)
        at = order.index(operation.phase) if operation.phase in order else -1
        self.steps = tuple(
            (label(operations.PHASES, code), _since(operation, code), _state(place, at))
            for place, code in enumerate(order)
        )
        said = ", ".join(f"{words} {since}".strip() for words, since, _s in self.steps)
        now = label(operations.PHASES, operation.phase) or _("no phase")
        self.setAccessibleName(_("Phase: {now}. {all}").format(now=now, all=said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(480), px(46))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(240), px(46))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        width = self.width() / max(1, len(self.steps))
        for place, step in enumerate(self.steps):
            box = QRectF(place * width, 0, width - px(4), self.height())
            self._paint(painter, box, step)
        painter.end()

    def _paint(self, painter: QPainter, box: QRectF, step: tuple[str, str, str]) -> None:
        words, since, state = step
        look, is_now = theme.current(), step[2] == "now"
        ground = {"now": "selected", "past": "sunken"}.get(state, "surface")
        edge = look.qcolour("accent.text" if is_now else "line")
        marks.round_box(painter, box, look.qcolour(ground), edge, width=1.5 if is_now else 1.0)
        icon = {"past": "status.ok", "now": "status.active"}.get(state, "status.not-started")
        ink = {"past": "ok", "now": "accent.text"}.get(state, "text.3")
        seat = QRectF(box.left() + px(12), box.top(), px(18), box.height())
        icons.paint(painter, icon, icons.ink(ink), seat, 16)
        text = box.adjusted(px(38), px(4), -px(8), -box.height() / 2 + px(1))
        marks.text(painter, text, words, fonts.body(MEDIUM), "text" if state else "text.3")
        below = box.adjusted(px(38), box.height() / 2, -px(8), -px(4))
        marks.text(painter, below, since or NONE, fonts.small(), "text.2" if state else "text.3")


def _since(operation: Operation, code: str) -> str:
    day = getattr(operation, operations.DATES[code])
    return _("since {date}").format(date=day.worded()) if day else ""


def _state(place: int, at: int) -> str:
    return "now" if place == at else "past" if place < at else ""


def _facts(operation: Operation) -> tuple[Fact, ...]:
    supporting = [label("agencies", code) for code in operation.supporting]
    partners = [label("agencies", code) for code in operation.partners]
    expected = operation.arrests_expected
    return (
        Fact(caption=_("SIO"), value=operation.sio or NONE,
             note=label("operation-types", operation.operation_type)),
        Fact(caption=_("Lead agency"), value=label("agencies", operation.agency) or NONE,
             note=operation.unit),
        Fact(caption=_("Supporting"), value=", ".join(supporting) or NONE,
             note=", ".join(operation.supporting_units)),
        Fact(caption=_("Partners"), value=", ".join(partners) or NONE),
        Fact(caption=_("Arrests still expected"),
             value=NONE if expected is None else f"{expected:,}"),
    )  # fmt: skip


def _stats(found: Case) -> tuple[Stat, ...]:
    tally = found.counts
    people = ngettext("{n} person", "{n} people", tally.people).format(n=tally.people)
    basis = {
        "arrested": people,
        "sentenced": ngettext("{n} sentence", "{n} sentences", tally.sentenced).format(
            n=tally.sentenced
        ),
    }
    titles = {"sentenced": _("Years sentenced")}
    return tuple(
        Stat(
            key=step,
            count=looks.number(getattr(tally, name)),
            title=titles.get(step) or label("court-steps", step),
            basis=basis.get(step, _("in this operation")),
            icon="entity.court-step",
        )
        for step, name in _COUNTED
    )
