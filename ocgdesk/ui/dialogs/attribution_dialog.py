"""Who may have used a handle: a candidate put forward or changed, a ground, why a move is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework.attributions import SETTLED, Candidate
from ocgdesk.casework.ledgers import Step
from ocgdesk.domain.dates import LONDON, PartialDate
from ocgdesk.domain.entities import Handle
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Attribution
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.values import Ground
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.dialogs.record_picker import RecordPicker
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.buttons import icon_button
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label

SIGN_WORDS: Final = {
    "+": N_("+ For"),
    "-": N_("− Against"),
    "~": N_("~ Neutral"),
    "!": N_("! Contradiction"),
}
_DATES: Final = N_("14/2/20, Feb 2020, about 2020")


def options(name: str, *, without: Sequence[str] = ()) -> tuple[Option, ...]:
    """Return the values of a list to choose from."""
    items = (item for item in code_list(name) if item.code not in without)
    return tuple(Option(item.code, _(item.label)) for item in items)


class _OverDesk(DeskSheet):
    """A dialog marked as the workspace is."""

    def __init__(self, desk: Desk, title: str, accept: str, parent: QWidget | None) -> None:
        super().__init__(
            desk,
            title,
            accept,
            width=600,
            parent=parent,
        )

    def read_date(self, field: FormField) -> PartialDate | None:
        """Read a date box; what is wrong with it is said below it."""
        field.say()
        if not (text := field.text.strip()):
            return None
        try:
            return PartialDate.parse(text, today=self.desk.today())
        except Refused as error:
            field.say(f"{error}.")
            return None


class GroundFields(QWidget):
    """One ground: its sign, what it is, the words for it, the grade and what it rests on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        signs = tuple(Option(sign, _(words)) for sign, words in SIGN_WORDS.items())
        self.sign = FormField(_("Speaks"), Select(signs))
        self.code = FormField(_("Ground"), Select(options("attribution-grounds")))
        self.note = FormField(_("What it shows"), LinesBox())
        self.grade = FormField(_("Grade"), TextBox(placeholder="1B", mono=True))
        self.ref = FormField(_("Report or exhibit"), TextBox(mono=True))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.sign, 0, 0)
        grid.addWidget(self.code, 0, 1, 1, 2)
        grid.addWidget(self.note, 1, 0, 1, 3)
        grid.addWidget(self.grade, 2, 0)
        grid.addWidget(self.ref, 2, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self.ref.say("", _("A report's own grading is taken where no grade is typed."))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said of it."""
        return not any(part.text.strip() for part in (self.note, self.grade, self.ref))

    def read(self) -> Ground:
        """Return the ground as typed; its grade is checked when it is saved."""
        return Ground(
            self.code.text,
            self.sign.text,
            self.note.text.strip(),
            self.grade.text.strip(),
            self.ref.text.strip(),
        )


class GroundDialog(_OverDesk):
    """Asks for one more ground for or against. ``made`` hands over a Ground."""

    made = Signal(object)

    def __init__(
        self, desk: Desk, nominal: str, handle: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, _("Add a ground"), _("Add ground"), parent)
        told = _("{nominal} as the user of {handle}")
        words = told.format(nominal=nominal, handle=handle)
        self.body.addWidget(Label(words, ink="text.2", wrap=True))
        self.ground = GroundFields()
        self.body.addWidget(self.ground)
        self.body.addStretch(1)
        self.ground.sign.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        self.made.emit(self.ground.read())


@dataclass(frozen=True, slots=True, kw_only=True)
class PutForward:
    """What the user entered of a new candidate."""

    nominal: UUID
    said: Candidate
    propose: bool


class AttributionDialog(_OverDesk):
    """Puts somebody forward for a handle. ``made`` hands over a PutForward."""

    made = Signal(object)

    def __init__(self, desk: Desk, handle: Handle, *, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Put somebody forward"), _("Put forward"), parent)
        told = _("As the user of {handle}. Handsets change hands: the period matters.")
        words = told.format(handle=handle.handle)
        self.body.addWidget(Label(words, ink="text.2", wrap=True))
        self.nominal = RecordPicker(desk, Kind.NOMINAL, _("Nominal"), only_one=True)
        self.body.addWidget(self.nominal)
        self.facts = _FactFields(handle.first_seen, handle.last_seen)
        self.body.addWidget(self.facts)
        self.body.addWidget(Label(_("First ground"), step="small", ink="text.2", weight="strong"))
        self.ground = GroundFields()
        self.body.addWidget(self.ground)
        self.propose = CheckBox(_("Propose it for review by somebody else now"))
        self.body.addWidget(self.propose)
        self.body.addStretch(1)
        self.nominal.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        if not self.nominal.ids:
            self.say(_("Choose the nominal who may have used it."))
            return
        start, end = self.read_date(self.facts.start), self.read_date(self.facts.end)
        if self.facts.start.wrong or self.facts.end.wrong:
            return
        grounds = () if self.ground.is_empty else (self.ground.read(),)
        said = Candidate(
            confidence=self.facts.confidence.text, start=start, end=end, grounds=grounds
        )
        (nominal,) = self.nominal.ids
        propose = self.propose.isChecked()
        self.made.emit(PutForward(nominal=nominal, said=said, propose=propose))


class _FactFields(QWidget):
    """How sure, and from when to when."""

    def __init__(
        self,
        start: PartialDate | None,
        end: PartialDate | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        sure = options("confidences", without=("unattributed", *SETTLED))
        self.confidence = FormField(_("Confidence"), Select(sure))
        self.start = FormField(_("Used it from"), TextBox(placeholder=_(_DATES)))
        self.end = FormField(_("Used it until"), TextBox(placeholder=_(_DATES)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for part in (self.confidence, self.start, self.end):
            row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        for field, value in ((self.start, start), (self.end, end)):
            assert isinstance(field.editor, TextBox)  # noqa: S101 - as it was made
            field.editor.setText(value.worded() if value else "")


class CandidateDialog(_OverDesk):
    """Changes a candidate who is not reviewed yet. ``kept`` hands over the values that differ.

    ``dropped`` says which ground is to go, by its place.
    """

    kept = Signal(object)
    dropped = Signal(int)

    def __init__(
        self, desk: Desk, link: Attribution, nominal: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, nominal, _("Save"), parent)
        self.link = link
        self.facts = _FactFields(link.start, link.end)
        assert isinstance(self.facts.confidence.editor, Select)  # noqa: S101 - as it was made
        self.facts.confidence.editor.choose(link.confidence)
        self.note = FormField(_("Note"), LinesBox())
        assert isinstance(self.note.editor, LinesBox)  # noqa: S101 - as it was made
        self.note.editor.setPlainText(link.note)
        self.grounds = QVBoxLayout()
        self.grounds.setSpacing(2)
        self.body.addWidget(self.facts)
        self.body.addLayout(self.grounds)
        self.body.addWidget(self.note)
        self.body.addStretch(1)
        self._show_grounds()
        self.facts.confidence.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        start, end = self.read_date(self.facts.start), self.read_date(self.facts.end)
        if self.facts.start.wrong or self.facts.end.wrong:
            return
        values: dict[str, Any] = {
            "confidence": self.facts.confidence.text,
            "start": start,
            "end": end,
            "note": self.note.text.strip(),
        }
        before = self.link
        self.kept.emit({n: v for n, v in values.items() if getattr(before, n) != v})

    def _show_grounds(self) -> None:
        for place, ground in enumerate(self.link.grounds):
            row = QHBoxLayout()
            words = ground.note or label("attribution-grounds", ground.code)
            said = f"{ground.sign}  {words}"
            row.addWidget(Label(said, wrap=True), 1)
            drop = icon_button("action.delete", _("Take out: {ground}").format(ground=words))
            drop.clicked.connect(partial(self.dropped.emit, place))
            row.addWidget(drop)
            self.grounds.addLayout(row)


class ReasonDialog(_OverDesk):
    """Asks for the reason of a move, and for a successor where it needs one.

    ``given`` hands over the reason and the id of the successor or None.
    """

    given = Signal(str, object)

    def __init__(
        self,
        desk: Desk,
        title: str,
        sentence: str,
        *,
        successors: Sequence[tuple[UUID, str]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, title, title, parent)
        self.body.addWidget(Label(sentence, ink="text.2", wrap=True))
        self.successor: FormField | None = None
        if successors is not None:
            found = tuple(Option(str(id_), words) for id_, words in successors)
            self.successor = FormField(_("Taken over by"), Select(found))
            self.body.addWidget(self.successor)
        self.reason = FormField(_("Reason"), LinesBox())
        self.body.addWidget(self.reason)
        self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        reason = self.reason.text.strip()
        if not reason:
            self.reason.say(_("Say why; the reason is kept."))
            return
        chosen = self.successor.text if self.successor is not None else ""
        self.given.emit(reason, UUID(chosen) if chosen else None)


class StepsDialog(_OverDesk):
    """Shows every step of an attribution: when, who, what it was afterwards, and why."""

    def __init__(
        self, desk: Desk, title: str, steps: Sequence[Step], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, title, _("Close"), parent)
        self.cancel_button.hide()
        self.lines = [_step_words(step) for step in steps]
        for line in self.lines:
            self.body.addWidget(Label(line, wrap=True))
        self.body.addStretch(1)


def _step_words(step: Step) -> str:
    here = step.at.astimezone(LONDON)
    when = f"{here.day} {here:%b %Y, %H:%M}"
    status = label("attribution-statuses", step.status)
    sure = label("confidences", step.confidence).lower()
    grounds = ngettext("{n} ground", "{n} grounds", step.grounds).format(n=step.grounds)
    parts = (when, step.by, step.act, f"{status}, {sure}, {grounds}", step.note)
    return " · ".join(part for part in parts if part)
