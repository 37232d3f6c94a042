"""What else an action may have: what it comes after, its evidence, the disruption it led to."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.casework.plan_board import Board
from ocgdesk.domain.plans import Action
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.plan.touched import TouchedField
from ocgdesk.ui.widgets.inputs import Option, Select

NAMES: Final = ("after", "evidence", "disruption")
"""The fields of an action that are written here."""


class ActionMore(QWidget):
    """Other actions of the plan, lines of evidence, and a disruption of the OCG."""

    def __init__(self, board: Board, action: UUID | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.after = TouchedField(
            {one.id: _brief(one) for one in board.actions if one.id != action},
            title=_("Comes after"),
            add=_("Add an action it waits for"),
            gone=_("It does not wait for {record}"),
        )
        self.claims = Select()
        self.disruption = FormField(_("Disruption"), self.claims)
        self.lines = LinesBox()
        self.evidence = FormField(_("Evidence, a line each"), self.lines)
        self._offered = tuple(Option(str(one.id), one.label) for one in board.disruptions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.after, self.disruption, self.evidence):
            column.addWidget(part)

    def show_action(self, action: Action) -> None:
        """Show what an action has of these."""
        self.show_values({name: getattr(action, name) for name in NAMES})

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show these, and leave the others as they are."""
        if "after" in values:
            self.after.show_ids(values["after"])
        if "evidence" in values:
            self.lines.setPlainText("\n".join(values["evidence"]))
        if "disruption" in values:
            chosen = str(values["disruption"] or "")
            self.claims.show_options((Option("", "–"), *self._offered), chosen)

    def values(self) -> dict[str, Any]:
        """Return what stands here."""
        lines = (line.strip() for line in self.lines.toPlainText().splitlines())
        chosen = self.claims.current
        return {
            "after": self.after.ids,
            "evidence": tuple(line for line in lines if line),
            "disruption": UUID(chosen) if chosen else None,
        }


def _brief(action: Action) -> Brief:
    return Brief(no=0, id=action.id, kind=action.kind, ref=action.ref, label=action.title)
