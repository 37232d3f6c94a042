"""The bar above a plan: what it touches, its review date, whose actions, and what is added."""

from PySide6.QtWidgets import QWidget

from ocgdesk.casework.plan_board import Board
from ocgdesk.domain import dates
from ocgdesk.domain.plans import Action
from ocgdesk.domain.reference_data import code_list
from ocgdesk.i18n import _
from ocgdesk.ui.plan.touches import CoverageLine, PlanBar
from ocgdesk.ui.widgets.buttons import icon_button, outline
from ocgdesk.ui.widgets.fields import Field, FieldRow
from ocgdesk.ui.widgets.inputs import Option, Select

EVERY = ""


class PlanTools(PlanBar):
    """Shows these of the plan that was read last; what may not be done says why."""

    def __init__(self, refused: str, no_export: str, parent: QWidget | None = None) -> None:
        self.refused = refused
        self.coverage = CoverageLine()
        self.review = FieldRow(Field(key="review_due", label="", text=""), label_width=80)
        self.change = icon_button("action.edit", _("Change the review date"))
        self.owners = Select(name=_("Whose actions"), icon="action.filter")
        self.sides = Select(sides(), name=_("Raised by"), icon="status.user")
        self.add = outline(_("Add action"), icon="action.add", key="A", height="bar")
        self.export = icon_button("action.export", _("Export"), key="Ctrl+E")
        others = (self.review, self.change, self.owners, self.sides, self.add, self.export)
        super().__init__(self.coverage, others, parent)
        if no_export:
            self.export.refuse(no_export)
        for button in (self.change, self.add) if refused else ():
            button.refuse(refused)

    def show_board(self, board: Board) -> None:
        """Show what a plan touches, when it is reviewed and whose actions are in it."""
        self.coverage.show_coverage(board.coverage)
        self.coverage.setVisible(bool(board.coverage))
        due = board.plan.review_due if board.plan else None
        self.review.show_field(
            Field(
                key="review_due",
                label=_("Next review"),
                text=dates.shown(due) if due else "",
                hint=_("Double click or F2 to change the review date"),
                refused=self.refused,
            )
        )
        self.owners.show_options(owners(board.actions), self.owners.current)
        self.owners.updateGeometry()


def owners(actions: tuple[Action, ...]) -> tuple[Option, ...]:
    """Return whose actions can be picked out."""
    names = sorted({action.officer for action in actions if action.officer}, key=str.casefold)
    return (Option(EVERY, _("All owners")), *(Option(name, name) for name in names))


def sides() -> tuple[Option, ...]:
    """Return by whom the actions shown may have been raised."""
    known = tuple(Option(item.code, item.label) for item in code_list("plan-sides"))
    return (Option(EVERY, _("All sides")), *known)
