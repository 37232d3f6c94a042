"""The whole plan in its sections: the written parts, and a table for each kind of part."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework.plan_beside import SECTIONS, Beside
from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Plan
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import _
from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.forms import editors
from ocgdesk.ui.pages.record_subs import KindList, SubTable
from ocgdesk.ui.plan.changes import clear
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.cards import Card, CornerMask, Panel, Rule, Scroller
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.later import LaterStack

_WIDE: Final = 216
_TEXT: Final = 720


class PlanText(QWidget):
    """Situation, communities, communications and closure, as they are written."""

    edit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = outline(_("Edit"), icon="action.edit", key="F2")
        self.edit.clicked.connect(self.edit_wanted)
        inside = Panel("clear")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(14)
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(14)
        column.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._lines)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroller(inside, self))

    def show_plan(self, plan: Plan, *, refused: str) -> None:
        """Show what is written; what is not says so."""
        clear(self._lines)
        for field in described_fields(Plan):
            if field.type is FieldType.LONG_TEXT or field.name == "phase":
                value = getattr(plan, field.name)
                said = editors.shown(field, value) if value else _("Not written.")
                self._lines.addWidget(_paragraph(field.label, said, written=bool(value)))
        if refused:
            self.edit.refuse(refused)


def _paragraph(title: str, text: str, *, written: bool) -> QWidget:
    made = QWidget()
    made.setMaximumWidth(px(_TEXT))
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(Label(title, step="small", ink="text.3", weight="medium"))
    column.addWidget(Label(text, ink="text" if written else "text.3", wrap=True))
    return made


class SectionsPart(Card):
    """Choose a section at the left, read and edit it at the right."""

    acted = Signal(object, str, object)
    """The kind, what is to be done (add, edit, remove), and the row, if any."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.kinds: Sequence[Kind] = (Kind.PLAN, *SECTIONS)
        self._beside: Beside | None = None
        self._refused = ""
        self.list = KindList(self.kinds, self)
        self.stack = LaterStack(self)
        self.stack.offer(Kind.PLAN.value, PlanText)
        for kind in SECTIONS:
            self.stack.offer(kind.value, partial(SubTable, kind, today))
        self._side = Panel("clear", self)
        inside = QVBoxLayout(self._side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Scroller(self.list, self._side))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(Rule(standing=True))
        row.addWidget(self.stack, 1)
        self.body.addLayout(row, 1)
        CornerMask(self)
        self.list.buttons[Kind.PLAN].setText(_("Plan text"))
        self.list.show_counts({Kind.PLAN: 0})
        self.stack.made.connect(self._on_made)
        self.list.chosen.connect(self.choose)
        theme.follow(self, self._grow)
        self.choose(Kind.PLAN)

    @property
    def text(self) -> PlanText:
        """The written parts."""
        part = self.stack.part(Kind.PLAN.value)
        assert isinstance(part, PlanText)  # noqa: S101 - as it was offered
        return part

    def table(self, kind: Kind) -> SubTable:
        """Return the table of a kind; KeyError for one that is no section."""
        part = self.stack.part(kind.value)
        assert isinstance(part, SubTable)  # noqa: S101 - as it was offered
        return part

    def choose(self, kind: Kind) -> None:
        """Show a section."""
        self.list.choose(kind)
        self.stack.go(kind.value)

    def show_beside(self, beside: Beside, *, refused: str) -> None:
        """Show what the plan holds; ``refused`` says why nothing may be changed."""
        self._beside, self._refused = beside, refused
        self.list.show_counts({kind: len(beside.parts.of(kind)) for kind in SECTIONS})
        for kind in self.kinds:
            if self.stack.has_made(kind.value):
                self._fill(kind)

    def _fill(self, kind: Kind) -> None:
        if self._beside is None:
            return
        if kind is Kind.PLAN:
            self.text.show_plan(self._beside.plan, refused=self._refused)
        else:
            self.table(kind).show_subs(self._beside.parts, refused=self._refused)

    def _on_made(self, key: str) -> None:
        kind = Kind(key)
        self._fill(kind)
        if kind is Kind.PLAN:
            self.text.edit_wanted.connect(self._on_text)
            return
        made = self.table(kind)
        made.acted.connect(partial(self._on_acted, made))
        made.opened.connect(partial(self._on_opened, made))

    def _on_text(self) -> None:
        if self._beside is not None and not self._refused:
            self.acted.emit(Kind.PLAN, "edit", self._beside.plan)

    def _on_acted(self, part: SubTable, act: str) -> None:
        row = None if act == "add" else part.table.row()
        if act in part.buttons and part.buttons[act].isEnabled() and (act == "add" or row):
            self.acted.emit(part.kind, act, row)

    def _on_opened(self, part: SubTable, thing: Entity) -> None:
        if "edit" in part.buttons and part.buttons["edit"].isEnabled():
            self.acted.emit(part.kind, "edit", thing)

    def _grow(self) -> None:
        self._side.setFixedWidth(px(_WIDE))
