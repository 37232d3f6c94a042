"""Review and sign: what changed, what is decided, what stands in the way of a signature."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import plans
from ocgdesk.casework.plan_beside import Beside
from ocgdesk.casework.plan_board import Board
from ocgdesk.casework.plan_checks import Check
from ocgdesk.casework.plan_reviews import Held
from ocgdesk.casework.plan_versions import Signing, is_whole
from ocgdesk.domain import dates
from ocgdesk.domain.plan_content import Difference
from ocgdesk.domain.planning import PlanVersion
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui.fonts import px
from ocgdesk.ui.plan.changes import ChangeList, clear
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.buttons import outline, primary
from ocgdesk.ui.widgets.cards import Card, Panel, Rule, Scroller
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select, TextBox
from ocgdesk.ui.widgets.labels import IconLabel, Label, SectionHeading

_ROOMY: Final = 900
NOW: Final = "0"
"""The plan as it stands, among the versions to compare."""


class ReviewPart(QWidget):
    """Three panes; what is done in them is said, not done here."""

    held = Signal(object)
    """A Held: what was said at a review."""
    signed = Signal(object)
    """A Signing."""
    compared = Signal(int, int)
    """Two versions to show the differences of; 0 is the plan as it stands."""

    def __init__(self, *, today: date, refused: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self.refused = refused
        self.beside: Beside | None = None
        self._plan_id: object = None
        self._panes = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._panes)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        for made in (self._changes(), self._meeting(), self._signing()):
            self._row.addWidget(made, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Scroller(self._panes, self))
        self._wire()

    # ---- What is shown --------------------------------------------------------------------------

    def show_review(self, board: Board, beside: Beside) -> None:
        """Show where a plan stands; what is being typed stays."""
        self.beside = beside
        agenda, plan = beside.agenda, beside.plan
        newest = beside.versions[0].number if beside.versions else 0
        self._show_versions(beside.versions)
        if not newest:
            self.changes.show_changes(agenda.changed, _("Nothing is in this plan yet."))
        elif self.first.current == str(newest) and self.second.current == NOW:
            nothing = _("Nothing has changed since version {n}.").format(n=newest)
            self.changes.show_changes(agenda.changed, nothing)
        self._show_agenda(beside)
        self._show_blockers(agenda.checks)
        coming = newest + 1 if newest else plan.number
        self.sign.set_label(_("Sign version {n}").format(n=coming), key="Ctrl+Enter")
        self._allow(beside)
        self.digest.setText(agenda.digest[:32] + "…")
        self.digest.setToolTip(agenda.digest)
        if self._plan_id != plan.id:
            self._plan_id = plan.id
            self._begin(board, beside)

    def show_differences(self, found: tuple[Difference, ...]) -> None:
        """Show what differs between the two versions chosen."""
        self.changes.show_changes(found, _("These two versions do not differ."))

    def clear_meeting(self) -> None:
        """Begin the next review with empty boxes."""
        for field in (self.result, self.lessons, self.decision, self.rationale):
            _set(field, "")

    def _begin(self, board: Board, beside: Beside) -> None:
        """Put into the boxes what is known before anybody types."""
        names = [post.officer for post in board.posts if post.role in {"lro", "sio"}]
        joint = any(post.role == "sio" for post in board.posts)
        self.joint.setChecked(joint and len(names) > 1)
        _set(self.attendance, "; ".join(names))
        _set(self.meeting, _("Joint review") if joint else _("Plan review"))
        _set(self.when, dates.shown(self.today))
        _set(self.next_due, dates.shown(beside.agenda.next_due))
        sio = next((post.officer for post in board.posts if post.role == "sio"), "")
        _set(self.countersigned, sio)

    def _show_agenda(self, beside: Beside) -> None:
        clear(self._points)
        agenda = beside.agenda
        for action in agenda.late:
            due = dates.shown(action.due) if action.due else ""
            told = _("Late: {what}, was due {day}").format(what=action.title, day=due)
            self._points.addWidget(_point("status.overdue", "overdue", told))
        for check in agenda.checks:
            if not check.blocks:
                self._points.addWidget(_point("status.warning", "due", check.words))
        for one in beside.excused.values():
            told = _("Asked again: does {strand} still not apply? {why}")
            strand = label("strands", one.strand)
            said = told.format(strand=strand, why=one.text)
            self._points.addWidget(_point("status.info", "text.3", said))
        if agenda.last is not None and agenda.last.held:
            told = _("Last review {day}: {meeting}")
            said = told.format(day=dates.shown(agenda.last.held), meeting=agenda.last.meeting)
            self._points.addWidget(_point("status.ok", "text.3", said))
        if self._points.count() == 0:
            nothing = Label(_("Nothing is late and nothing is open."), ink="text.2", wrap=True)
            self._points.addWidget(nothing)

    def _show_blockers(self, checks: tuple[Check, ...]) -> None:
        clear(self._blockers)
        for check in checks:
            if check.blocks:
                self._blockers.addWidget(_point("status.blocked", "overdue", check.words))
        if self._blockers.count() == 0:
            self._blockers.addWidget(_point("status.ok", "ok", _("Nothing stands in the way.")))

    def _allow(self, beside: Beside) -> None:
        for button in (self.record, self.sign):
            if self.refused:
                button.refuse(self.refused)
            else:
                button.allow()
        if self.refused:
            return
        if beside.agenda.blockers:
            self.sign.refuse(beside.agenda.blockers[0].words)
        elif beside.versions and not beside.agenda.changed:
            told = _("Nothing has changed since version {n}.")
            self.sign.refuse(told.format(n=beside.versions[0].number))

    def _show_versions(self, versions: tuple[PlanVersion, ...]) -> None:
        clear(self._versions)
        for one in versions[:12]:
            self._versions.addWidget(_version(one))
        if not versions:
            nothing = Label(_("No version has been signed."), ink="text.2", wrap=True)
            self._versions.addWidget(nothing)
        numbered = tuple(
            Option(str(one.number), _("Version {n}").format(n=one.number)) for one in versions
        )
        newest = str(versions[0].number) if versions else ""
        kept = self.first.current if self.first.current in {o.key for o in numbered} else newest
        self.first.show_options(numbered, kept)
        self.second.show_options((Option(NOW, _("As it stands")), *numbered), self.second.current)
        self._compare.setVisible(bool(versions))

    # ---- The panes ------------------------------------------------------------------------------

    def _changes(self) -> Card:
        self.changes = ChangeList()
        self.first, self.second = Select(name=_("From version")), Select(name=_("To version"))
        self._compare = QWidget()
        row = QHBoxLayout(self._compare)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.first, 1)
        row.addWidget(IconLabel("page.compare", "text.3", 15))
        row.addWidget(self.second, 1)
        return _pane(_("What changed"), self._compare, self.changes)

    def _meeting(self) -> Card:
        self._points = QVBoxLayout()
        self._points.setSpacing(6)
        points = QWidget()
        points.setLayout(self._points)
        self._points.setContentsMargins(0, 0, 0, 0)
        self.meeting = FormField(_("Meeting"), TextBox())
        self.when = FormField(_("Held on"), TextBox(placeholder=_("today")))
        self.attendance = FormField(
            _("Attendance"), TextBox(placeholder=_("Names, with ; between"))
        )
        self.joint = CheckBox(_("Joint review of LRO and SIO"))
        self.result = FormField(_("Result"), LinesBox())
        self.decision = FormField(_("Decision"), TextBox(placeholder=_("If one was taken")))
        self.rationale = FormField(_("Why"), TextBox(placeholder=_("Kept in the decision log")))
        self.lessons = FormField(_("Lessons"), TextBox())
        self.next_due = FormField(_("Next review"), TextBox())
        self.record = outline(_("Record review"), icon="action.review")
        days = QWidget()
        row = QHBoxLayout(days)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.when, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.next_due, 1, Qt.AlignmentFlag.AlignTop)
        parts = (points, Rule(), self.meeting, days, self.attendance, self.joint, self.result,
                 self.decision, self.rationale, self.lessons, self.record)  # fmt: skip
        return _pane(_("Agenda and decisions"), *parts)

    def _signing(self) -> Card:
        self._blockers, self._versions = QVBoxLayout(), QVBoxLayout()
        blockers, versions = QWidget(), QWidget()
        for layout, inside in ((self._blockers, blockers), (self._versions, versions)):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(6)
            inside.setLayout(layout)
        self.countersigned = FormField(
            _("Countersigned by"), TextBox(placeholder=_("The SIO, where both sign"))
        )
        self.note = FormField(_("Note"), TextBox())
        self.digest = Label("", step="mono", ink="text.3")
        told = _("A signature cannot be undone: the version and its content stay as they are.")
        self.sign = primary(_("Sign"), icon="action.sign", key="Ctrl+Enter")
        said = Label(told, step="small", ink="text.3", wrap=True)
        hashed = Label(_("SHA-256 of what is signed"), step="small", ink="text.3", weight="medium")
        return _pane(_("Sign"), blockers, Rule(), self.countersigned, self.note, hashed,
                     self.digest, said, self.sign, SectionHeading(_("Signed versions")),
                     versions)  # fmt: skip

    # ---- What is said ---------------------------------------------------------------------------

    def _wire(self) -> None:
        self.record.clicked.connect(self._on_record)
        self.sign.clicked.connect(self._on_sign)
        self.first.chosen.connect(self._on_compare)
        self.second.chosen.connect(self._on_compare)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_sign)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if event.size().width() >= px(_ROOMY) else down)

    def _on_compare(self, _key: str) -> None:
        if self.first.current and self.second.current:
            self.compared.emit(int(self.first.current), int(self.second.current))

    def _on_sign(self) -> None:
        if self.beside is None or not self.sign.isEnabled():
            return
        said = Signing(
            countersigned_by=self.countersigned.text.strip(),
            note=self.note.text.strip(),
            expecting=self.beside.agenda.digest,
        )
        self.signed.emit(said)

    def _on_record(self) -> None:
        held, due = self._day(self.when), self._day(self.next_due)
        meeting = self.meeting.text.strip()
        self.meeting.say("" if meeting else _("Say which meeting it was."))
        title, why = self.decision.text.strip(), self.rationale.text.strip()
        self.rationale.say(_("A decision needs its reason.") if title and not why else "")
        fields = (self.when, self.next_due, self.meeting, self.rationale)
        if held is None or any(field.wrong for field in fields):
            return
        said = Held(
            meeting=meeting,
            held=held,
            attendance=tuple(x.strip() for x in self.attendance.text.split(";") if x.strip()),
            is_joint=self.joint.isChecked(),
            agenda=self._agenda_text(),
            result=self.result.text.strip(),
            lessons=self.lessons.text.strip(),
            next_due=due,
            decisions=((title, why),) if title else (),
        )
        self.held.emit(said)

    def _agenda_text(self) -> str:
        if self.beside is None:
            return ""
        agenda = self.beside.agenda
        lines = [_("Late: {what}").format(what=action.title) for action in agenda.late]
        return "\n".join([*lines, *(check.words for check in agenda.checks)])

    def _day(self, field: FormField) -> date | None:
        try:
            read = dates.day if field is self.when else plans.due_day
            day = read(field.text, today=self.today)
        except Refused as error:
            field.say(f"{str(error).rstrip('.')}.")
            return None
        field.say("")
        return day


def _pane(title: str, *parts: QWidget) -> Card:
    card = Card(margins=(16, 12, 16, 14))
    card.body.setSpacing(10)
    card.body.addWidget(SectionHeading(title))
    for part in parts:
        card.body.addWidget(part)
    card.body.addStretch(1)
    return card


def _point(icon: str, ink: str, text: str) -> QWidget:
    made = Panel("clear")
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconLabel(icon, ink, 15), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(text, wrap=True), 1)
    return made


def _version(one: PlanVersion) -> QWidget:
    day = dates.shown(one.signed.date()) if one.signed else "–"
    told = _("Version {n}, {day}, {who}")
    text = told.format(n=one.number, day=day, who=one.signed_by)
    if one.countersigned_by:
        text = _("{version} with {other}").format(version=text, other=one.countersigned_by)
    if not is_whole(one):
        return _point(
            "status.error", "overdue", _("{version}: its content is damaged").format(version=text)
        )
    made = _point("action.sign", "text.3", text)
    made.setToolTip(_("SHA-256 {digest}").format(digest=one.digest))
    return made


def _set(field: FormField, text: str) -> None:
    match field.editor:
        case TextBox():
            field.editor.setText(text)
        case LinesBox():
            field.editor.setPlainText(text)
