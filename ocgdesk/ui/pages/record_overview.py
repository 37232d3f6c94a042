"""The overview of a record: every field read first, and of an OCG its plan and its principals."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.i18n import _
from ocgdesk.store.records import Linked
from ocgdesk.ui.fonts import px
from ocgdesk.ui.forms.record_form import RecordForm, of_kind
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.pages import record_tables
from ocgdesk.ui.pages.record_parts import StrandSummary
from ocgdesk.ui.pages.record_person import PersonSide
from ocgdesk.ui.pages.record_reading import Dossier
from ocgdesk.ui.pages.record_sources import form_backings
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.cards import Card, CornerMask, Scroller
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.labels import Label, SectionHeading

_SIDE: Final = 400
_ROOMY: Final = 1_000
_PRINCIPAL: Final = frozenset({"principal", "significant"})
_MOST: Final = 8


class Overview(QWidget):
    """Every field of a record, read first; of an OCG the plan and its principals too."""

    plan_wanted = Signal()
    opened = Signal(object)
    """A Linked: a member or an OCG to go to."""
    tab_wanted = Signal(str)
    filed = Signal(object, bool)
    """A Kind of what is on file to go to, and whether a new one is to be added."""

    def __init__(self, kind: Kind, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._today = today
        self.side: PlanSide | None = None
        self.person: PersonSide | None = None
        self.people: People | None = None
        body = PageBody(parent=self)
        self.scroller = Scroller(body, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.scroller)
        self.form = RecordForm(of_kind(class_of(kind)), today, parent=body)
        self._build(body)

    def show_dossier(self, found: Dossier, *, refused: str) -> None:
        """Show this record."""
        self.form.show_thing(found.thing, refused=refused, backings=form_backings(found))
        if self.side is not None:
            self.side.show_plan(found)
        if self.person is not None:
            self.person.show_person(found, refused=refused)
            self._make_room()
        if self.people is not None:
            self.people.show_people(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= px(_ROOMY)
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._top.setDirection(right if beside else down)
        for side in (self.side, self.person):
            if side is not None:
                side.setMaximumWidth(px(_SIDE) if beside else 16_777_215)
                side.setMinimumWidth(px(_SIDE) if beside else 0)

    def show_picture(self, picture: QImage) -> None:
        """Show the photograph that stands for a nominal beside the fields."""
        if self.person is not None:
            self.person.portrait.show_picture(picture)
            self._make_room()

    def _make_room(self) -> None:
        """Give what stands beside the fields of a nominal its room, where there is anything."""
        if self.person is not None:
            self.person.setVisible(not self.person.is_empty)

    def _build(self, body: PageBody) -> None:
        body.column.addSpacing(px(8))
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(24)
        body.column.addLayout(self._top)
        self._top.addWidget(self.form, 1, Qt.AlignmentFlag.AlignTop)
        if self.kind is Kind.OCG:
            self.side = PlanSide(body)
            self.side.button.clicked.connect(self.plan_wanted)
            self._top.addWidget(self.side, 0, Qt.AlignmentFlag.AlignTop)
        if self.kind is Kind.NOMINAL:
            self.person = PersonSide(self._today, body)
            self.person.filed.connect(self.filed)
            self.person.opened.connect(self.opened)
            self._top.addWidget(self.person, 0, Qt.AlignmentFlag.AlignTop)
        if self.kind in {Kind.OCG, Kind.NOMINAL}:
            self.people = People(self.kind, body)
            self.people.hide()
            self.people.opened.connect(self.opened)
            self.people.all_button.clicked.connect(self._on_all)
            body.column.addWidget(self.people)
        body.column.addStretch(1)

    def _on_all(self) -> None:
        self.tab_wanted.emit("members")


class PlanSide(QWidget):
    """The four strands of an OCG's plan beside its fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.heading = SectionHeading(_("4P plan"), parent=self)
        self.button = text_button(_("Open plan"))
        self.heading.add_action(self.button)
        self.none = Label(_("No 4P plan yet."), ink="text.2", parent=self)
        self.strands = StrandSummary(self)
        for part in (self.heading, self.none, self.strands):
            column.addWidget(part)

    def show_plan(self, found: Dossier) -> None:
        """Show how the strands stand, now or then; the plan itself is only opened as it is."""
        self.strands.show_strands(found.strands)
        self.strands.setVisible(found.plan is not None)
        self.none.setVisible(found.plan is None)
        self.button.setVisible(not found.is_past)
        version = found.plan.number if found.plan is not None else 0
        self.heading.set_note(_("version {n}").format(n=version) if version else "")


class People(QWidget):
    """The members that matter most, or the OCGs somebody is in, in a short table."""

    opened = Signal(object)
    """A Linked."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._of_ocg = kind is Kind.OCG
        self.members = ShortTable(())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        title = _("Principals and significant members") if self._of_ocg else _("Memberships")
        self.heading = SectionHeading(title, parent=self)
        self.all_button = text_button(_("All members") if self._of_ocg else _("All memberships"))
        self.heading.add_action(self.all_button)
        card = Card(parent=self)
        self.table = ShortTableView(self.members, name=title, parent=card)
        self.table.opened.connect(self._on_opened)
        card.body.addWidget(self.table)
        CornerMask(card)
        column.addWidget(self.heading)
        column.addWidget(card)

    def show_people(self, found: Dossier) -> None:
        """Show the memberships of a record; nothing where it has none that matter."""
        everybody = found.memberships
        shown = [item for item in everybody if not self._of_ocg or _is_important(item)][:_MOST]
        self.setVisible(bool(shown))
        columns = record_tables.member_columns(
            found.reports, exploited=found.is_exploited, of_ocg=self._of_ocg
        )
        self.members.beginResetModel()
        self.members.columns = columns
        self.members.endResetModel()
        self.members.show_rows(sorted(shown, key=_rank))
        self.table.setFixedHeight(self.table.wanted_height(_MOST))
        self.table.share()
        self.heading.set_note(_("{n} of {all}").format(n=len(shown), all=len(everybody)))

    def _on_opened(self, row: int) -> None:
        self.opened.emit(self.members.rows[row])


def _is_important(item: Linked) -> bool:
    important = getattr(item.link, "importance", "") in _PRINCIPAL
    return important and not item.other.exploited


def _rank(item: Linked) -> tuple[int, str]:
    order = ("principal", "significant", "peripheral")
    importance = getattr(item.link, "importance", "peripheral")
    place = order.index(importance) if importance in order else len(order)
    return place, item.other.label.casefold()
