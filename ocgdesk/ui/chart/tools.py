"""What the pointer does on a chart: choose, go round, pan, or put something there."""

from dataclasses import dataclass
from enum import StrEnum

from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.i18n import N_, _
from ocgdesk.ui import words


class Does(StrEnum):
    """What a tool does."""

    SELECT = "select"
    LASSO = "lasso"
    PAN = "pan"
    ITEM = "item"
    LINK = "link"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool of the palette. ``kind`` is what an ITEM puts down."""

    does: Does
    kind: Kind | None = None
    sketch: bool = False
    """What it draws stays on the chart: it is no record of the register."""

    @property
    def icon(self) -> str:
        """What its icon is called."""
        return f"entity.{self.kind.value}" if self.kind else _ICONS[self.does]

    @property
    def role(self) -> str:
        """The colour role of its icon."""
        return f"kind.{self.kind.value}" if self.kind else "text.2"

    @property
    def name(self) -> str:
        """What it is called, with its key."""
        if self.kind is not None:
            return words.one(self.kind)
        return _(_NAMES[self.does])


SELECT = Tool(Does.SELECT)
_ICONS = {
    Does.SELECT: "action.select",
    Does.LASSO: "action.lasso",
    Does.PAN: "action.pan",
    Does.LINK: "action.link",
    Does.NOTE: "action.note",
}
_NAMES = {
    Does.SELECT: N_("Select (Esc)"),
    Does.LASSO: N_("Lasso (Alt+drag)"),
    Does.PAN: N_("Pan (Space+drag)"),
    Does.LINK: N_("Link (L): drag from one item to another"),
    Does.NOTE: N_("Note (T): on an item it follows that item"),
}
LOOKING = (SELECT, Tool(Does.LASSO), Tool(Does.PAN))
KINDS = tuple(
    Tool(Does.ITEM, kind) for kind in (*(k for k in SUBJECTS if k is not Kind.OCG), Kind.OCG)
)
"""In the order of the register, the OCG last: what stands on a chart is mostly not one."""
DRAWING = (Tool(Does.LINK), Tool(Does.NOTE))
