"""Through what a path may lead: kinds, types of link, how sure, when, and records to avoid."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ocgdesk.casework import moments
from ocgdesk.casework.conditions import records_where
from ocgdesk.casework.network_scope import Scope, check
from ocgdesk.domain.kinds import SUBJECTS
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.store.listing import ListQuery
from ocgdesk.ui import words
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.dialogs.forms import Labelled
from ocgdesk.ui.forms.chosen_records import ChosenRecords
from ocgdesk.ui.forms.tick_list import TickList
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select, TextBox

_HINT = "nominal:in_custody=no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What may be walked through."""

    through: Scope = field(default_factory=Scope)
    avoiding: tuple[UUID, ...] = ()
    where: tuple[ListQuery, ...] = ()
    where_text: str = ""

    def __bool__(self) -> bool:
        """Tell whether there is any condition."""
        return self != Conditions()


class ConditionsDialog(DeskSheet):
    """Hands over the Conditions with ``wanted`` once they make sense."""

    wanted = Signal(object)

    def __init__(self, desk: Desk, now: Conditions, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Conditions on what is walked through"),
            _("Use these"),
            width=620,
            parent=parent,
        )
        self._today = desk.today()
        self._now = now
        self.kinds = {kind: CheckBox(words.many(kind)) for kind in SUBJECTS}
        self.types = TickList("link-types")
        self.strength = Select(_strengths(), name=_("How sure each link is"))
        self.since, self.until = TextBox(), TextBox()
        self.avoid = ChosenRecords(
            desk,
            prompt=_("Find a record to leave out"),
            name=_("Records to avoid"),
            numbered=False,
        )
        self.where = TextBox(placeholder=_HINT)
        self.clear_button = text_button(_("No conditions"))
        self.clear_button.clicked.connect(self._on_clear)
        self.add_buttons(self.clear_button)
        self._lay_out()
        self._fill()

    def on_accept(self) -> None:
        try:
            found = self.conditions()
        except DeskError as error:
            self.say(str(error))
            return
        self.wanted.emit(found)
        self.accept()

    def conditions(self) -> Conditions:
        """Return what was entered; Refused for what can not be read."""
        kinds = tuple(kind for kind, box in self.kinds.items() if box.isChecked())
        through = Scope(
            kinds=kinds,
            types=self.types.codes,
            strength=self.strength.current,
            since=self._day(self.since),
            until=self._day(self.until),
        )
        check(through)
        text = self.where.text().strip()
        some = tuple(
            records_where(part, today=self._today) for part in text.split(";") if part.strip()
        )
        return Conditions(through=through, avoiding=self.avoid.ids, where=some, where_text=text)

    def _day(self, box: TextBox) -> date | None:
        return moments.valid(box.text(), today=self._today)

    def _lay_out(self) -> None:
        kinds = _Columns(list(self.kinds.values()))
        none = _("None ticked: through any kind but commodities.")
        every = _("None ticked: by links of any type.")
        asked = _("KIND:FIELD=VALUE, several after semicolons; other kinds are not asked this.")
        parts = (
            Labelled(_("Only through these kinds"), kinds, none),
            Labelled(_("Only by links of these types"), self.types, every),
            FormField(_("Each link at least"), self.strength),
            FormField(_("Only links that may have held since"), self.since),
            FormField(_("Until"), self.until),
            Labelled(_("Not through"), self.avoid),
            Labelled(_("Only through records where"), self.where, asked),
        )
        for part in parts:
            self.body.addWidget(part)

    def _fill(self) -> None:
        through = self._now.through
        for kind, box in self.kinds.items():
            box.setChecked(kind in through.kinds)
        self.types.tick(through.types)
        self.strength.choose(through.strength)
        self.since.setText(through.since.isoformat() if through.since else "")
        self.until.setText(through.until.isoformat() if through.until else "")
        self.where.setText(self._now.where_text)
        if self._now.avoiding:
            self.avoid.show_ids(self._now.avoiding)

    def _on_clear(self) -> None:
        self.wanted.emit(Conditions())
        self.accept()


class _Columns(QWidget):
    """Boxes to tick, in three columns."""

    _ACROSS = 3

    def __init__(self, boxes: list[CheckBox], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        for number, box in enumerate(boxes):
            grid.addWidget(box, number // self._ACROSS, number % self._ACROSS)


def _strengths() -> tuple[Option, ...]:
    return (
        Option("", _("as sure as any")),
        Option("unconfirmed", _("unconfirmed or better")),
        Option("confirmed", _("confirmed")),
    )
