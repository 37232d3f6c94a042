"""Where one can go: pages say what they want opened, only the window knows how."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework.import_decisions import Decision
from ocgdesk.casework.moments import Moment
from ocgdesk.domain.chart_themes import Theme
from ocgdesk.domain.kinds import Kind
from ocgdesk.store.listing import ListQuery
from ocgdesk.ui.desk import Desk


class PageKind(StrEnum):
    """Every page there is."""

    HOME = "home"
    SEARCH = "search"
    REGISTER = "register"
    MORE = "more"
    RECORD = "record"
    CHART = "chart"
    PLAN = "plan"
    COVERAGE = "coverage"
    TRIAGE = "triage"
    THREAT_GRID = "threat-grid"
    OVERVIEWS = "overviews"
    MATRIX = "matrix"
    COMPARE = "compare"
    VERSIONS = "versions"
    TIMELINE = "timeline"
    MAP = "map"
    ANALYSIS = "analysis"
    DISRUPTIONS = "disruption"
    TASKING = "tasking"
    REMINDERS = "reminders"
    RETURNS = "return"
    BRIEFINGS = "briefing"
    QUALITY = "quality"
    DUPLICATES = "duplicates"
    IMPORT = "import"
    LISTS = "lists"
    BIN = "bin"
    RESTRICTED = "restricted"
    AUDIT = "audit"
    SETTINGS = "settings"
    HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A page and what it is about. Equal targets are one tab."""

    page: PageKind
    kind: Kind | None = None
    """REGISTER: which kind; RECORD: the kind of the record."""
    id: UUID | None = None
    """RECORD: the record; CHART: a saved chart; PLAN: the OCG whose plan it is."""
    focus: tuple[UUID, ...] = ()
    """CHART: the records a new chart is drawn round; TIMELINE: whose lines are drawn."""
    items: tuple[UUID, ...] = ()
    """CHART: exactly these are drawn, and selected in this order."""
    overview: str = ""
    """CHART, COMPARE: an overview of the register, such as ``ocg-ocg``."""
    hops: int = 1
    files: tuple[Path, ...] = ()
    """IMPORT: what was dropped."""
    decided: tuple[tuple[str, Decision], ...] = ()
    """IMPORT: what was decided of its rows, so that it is there again after a lock."""
    query: ListQuery | None = None
    """REGISTER: filters and order to begin with."""
    tab: str = ""
    """RECORD, SETTINGS: which part to show first; BRIEFINGS: ``register``, what rests on ``id``."""
    theme: Theme | None = None
    """CHART: the kept result a new chart is coloured by."""
    moment: Moment | None = None
    """RECORD: another time than now to show it at."""
    text: str = ""
    """SEARCH: what is looked for; BRIEFINGS: what is being made, so that it outlasts a lock."""


class Page(QWidget):
    """A page in a tab. It asks the desk, shows, and says where the user wants to go."""

    opened = Signal(object, bool)
    """A Target, and whether a new tab is wanted even if one is there."""
    titled = Signal(str)
    """The title for the tab, once known or when it changed."""
    inspected = Signal(object)
    """A widget for the inspector, or None; it follows the selection."""
    became = Signal(object)
    """A Target: what the page shows is known by another name now, such as a chart just saved."""
    said = Signal(str)
    """What was done, for a toast without a way back: a file was written."""
    told = Signal(object)
    """A tuple of texts for the left of the status bar: selection, sums, hidden, filters."""

    title = ""
    icon = "page.home"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.target = target

    def arrive(self, target: Target) -> None:
        """Be gone to again, perhaps for another part: the target names the same page."""
        self.target = target

    def refresh(self) -> None:
        """Ask again. Called when shown after something changed while it was hidden."""

    def inspector(self) -> QWidget | None:
        """Return a new widget for the inspector, asked for each time the page is shown."""
        return None

    def ready(self) -> bool:
        """Tell whether everything asked for is on the page (screenshots wait for it)."""
        return True

    def leave(self) -> None:
        """Stop asking: the tab is being closed."""
