"""Every part of the interface on a few pages: what tests look at and people judge by eye.

``python tests/ui/gallery.py FOLDER`` writes them as pictures, in each theme.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.ui import theme
from ocgdesk.ui.delegates.roles import CellRole, Density, HeadingRole, MarkRole
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.fonts import px
from ocgdesk.ui.shell.frame import Shell
from ocgdesk.ui.shell.palette import SearchPalette
from ocgdesk.ui.shell.unlock import UnlockPage
from ocgdesk.ui.shell.values import (
    Found,
    FoundGroup,
    KnownUser,
    KnownWorkspace,
    RailEntry,
    RailGroup,
    StatusPart,
)
from ocgdesk.ui.widgets import values as v
from ocgdesk.ui.widgets.buttons import (
    Segment,
    SegmentedControl,
    icon_button,
    outline,
    primary,
    text_button,
)
from ocgdesk.ui.widgets.cards import Card, CornerMask, Panel, Rule, Scroller
from ocgdesk.ui.widgets.chips import ChipLabel, Filter, GradingChip, KeyHint
from ocgdesk.ui.widgets.fields import Field, FieldRow
from ocgdesk.ui.widgets.headers import Act, FilterBar, PageBody, PageHeader, SelectionBar
from ocgdesk.ui.widgets.inputs import CheckBox, Option, RadioButton, Select, TextBox
from ocgdesk.ui.widgets.labels import Label, SectionHeading
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.widgets.strands import StrandCell, StrandLabel
from ocgdesk.ui.widgets.tiles import Stat, StatRow

PLACES = (
    RailGroup("", (RailEntry(key="home", title="Home", icon="page.home"),)),
    RailGroup(
        "Register",
        (
            RailEntry(key="ocg", title="OCGs", icon="entity.ocg", count=42),
            RailEntry(key="nominal", title="Nominals", icon="entity.nominal", count=703),
            RailEntry(key="handle", title="Handles", icon="entity.handle", count=60),
            RailEntry(key="line", title="County lines", icon="entity.county-line", count=82),
            RailEntry(key="commodity", title="Commodities", icon="entity.commodity", count=24),
            RailEntry(key="report", title="Intelligence", icon="entity.report", count=1318),
            RailEntry(key="other", title="Other records", icon="page.other"),
        ),
    ),
    RailGroup(
        "Work",
        (
            RailEntry(key="charts", title="Charts", icon="page.chart"),
            RailEntry(key="plans", title="4P plans", icon="page.plan"),
            RailEntry(key="triage", title="Handle triage", icon="page.triage", count=18),
            RailEntry(key="tasking", title="Tasking", icon="page.tasking"),
            RailEntry(key="disruptions", title="Disruptions", icon="page.disruption"),
        ),
    ),
    RailGroup(
        "Products",
        (
            RailEntry(key="returns", title="Returns", icon="page.return"),
            RailEntry(key="briefings", title="Briefings", icon="page.briefing"),
        ),
    ),
    RailGroup(
        "Data",
        (
            RailEntry(key="import", title="Import", icon="page.import"),
            RailEntry(key="duplicates", title="Duplicates", icon="page.duplicates", count=14),
            RailEntry(key="quality", title="Quality", icon="page.quality", count=37),
        ),
    ),
)
FOOT = (
    RailEntry(key="settings", title="Settings", icon="page.settings"),
    RailEntry(key="help", title="Help", icon="page.help", hint="F1"),
)
RIGHT = (
    StatusPart(key="saved", words="All saved", icon="status.saved"),
    StatusPart(key="user", words="A. Rowe · LRO", icon="status.user"),
    StatusPart(key="lock", words="Locks in 14 min", icon="status.unlocked"),
)
STATS = (
    Stat(key="late", count="6", title="Overdue", basis="4 actions, 2 plan reviews",
         icon="status.overdue", tone="overdue"),
    Stat(key="due", count="7", title="Due this week", basis="1 review, 6 actions",
         icon="status.due", tone="due"),
    Stat(key="mine", count="3", title="Waiting on me", basis="1 attribution, 2 requests",
         icon="status.waiting", tone="info"),
    Stat(key="empty", count="6", title="Empty strands", basis="in 4 of 6 plans",
         icon="status.empty", tone="overdue"),
)  # fmt: skip

UP, FLAT, DOWN = (2, 2.4, 2.2, 3.4, 4.2), (3, 3.2, 2.9, 3.1, 3), (4, 3.8, 3.9, 2.5, 2)
HEADINGS = (
    v.Heading(title=""),
    v.Heading(title="Name"),
    v.Heading(title="Reference"),
    v.Heading(title="Status", filtered=True),
    v.Heading(title="Tier", sort=1, rank=2),
    v.Heading(title="Primary type"),
    v.Heading(title="MoRiLE-style", align="right", sort=-1, rank=1),
    v.Heading(title="12 months"),
    v.Heading(title="Next review"),
    v.Heading(title="LRO"),
    v.Heading(title="Members", align="right"),
)
NAMES = (
    ("Tarnbrook", "T1", "Drug activity", 156, 4, "overdue", UP, "5 Nov 2025", "overdue"),
    ("Hollins Lane", "T2", "County lines", 112, 3, "due", FLAT, "24 Nov 2025", "neutral"),
    ("Arden Wharf", "T2", "Money laundering", 104, 3, "due", DOWN, "18 Dec 2025", ""),
    ("Wrekin View", "T2", "Violent criminal activity", 98, 3, "due", UP, "1 Dec 2025", "neutral"),
    ("Castlefold", "T3", "Organised theft", 88, 2, "neutral", DOWN, "9 Jan 2026", ""),
    ("Severn Quay", "T3", "Sexual offences", 64, 2, "neutral", FLAT, "11 Feb 2026", ""),
    ("Penrhos", "T3", "County lines", 76, 2, "neutral", UP, "17 Nov 2025", "due"),
)


class Register(QAbstractTableModel):
    """A register of made-up groups."""

    def __init__(self) -> None:
        super().__init__()
        self.ticked = {0, 1, 3}

    def rowCount(self, parent=QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(NAMES) * 3

    def columnCount(self, parent=QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def flags(self, index):
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def headerData(self, section, orientation, role=Qt.ItemDataRole.DisplayRole):
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == HeadingRole:
            return HEADINGS[section]
        if role == Qt.ItemDataRole.CheckStateRole and section == 0:
            return Qt.CheckState.PartiallyChecked
        return None

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        column = index.column()
        if column == 0:
            if role == Qt.ItemDataRole.CheckStateRole:
                on = index.row() in self.ticked
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            return None
        cell = self.cell(index.row(), column)
        match role:
            case _ if role == CellRole:
                return cell
            case _ if role == MarkRole and (index.row(), column) == (4, 5):
                return "overdue"
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return v.words(cell)
        return None

    def setData(self, index, value, role=Qt.ItemDataRole.EditRole):  # noqa: ARG002
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.ticked ^= {index.row()}
        self.dataChanged.emit(index, index)
        return True

    def cell(self, row: int, column: int):
        name, tier, crime, score, steps, tone, line, review, due = NAMES[row % len(NAMES)]
        spark = {UP: "overdue", DOWN: "ok"}.get(line, "neutral")
        icon = "status.overdue" if due in {"overdue", "due"} else "status.due"
        return (
            v.Text(""),
            v.Entity(kind="", label=name, restricted=name == "Severn Quay"),
            v.Text(f"WMC-OCG-2024-{row + 17:04}", ink="text.2", mono=True),
            v.Status("Active", "status.active", "ok"),
            v.Text(tier),
            v.Text(crime),
            v.Score(text=str(score), steps=steps, tone=tone),
            v.Spark(line, spark, "rising"),
            v.Chip(review, due, icon) if due else v.Text(review, ink="text.2"),
            v.Text("Insp A. Rowe"),
            v.Text(str(23 - row), align="right"),
        )[column]


class Plans(QAbstractTableModel):
    """The LRO's own groups with their four strands."""

    heads = (
        v.Heading(title="OCG"),
        v.Heading(title="Tier"),
        v.Heading(title="MoRiLE-style"),
        v.Heading(title="12 months"),
        *(v.Heading(title=s.title(), icon=f"strand.{s}", ink=f"strand.{s}") for s in theme.STRANDS),
        v.Heading(title="Actions"),
        v.Heading(title="Next review"),
    )

    def rowCount(self, parent=QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 6

    def columnCount(self, parent=QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section, orientation, role=Qt.ItemDataRole.DisplayRole):
        lying = orientation is Qt.Orientation.Horizontal
        return self.heads[section] if lying and role == HeadingRole else None

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        row, column = index.row(), index.column()
        name, tier, _crime, score, steps, tone, line, review, due = NAMES[row]
        spark = {UP: "overdue", DOWN: "ok"}.get(line, "neutral")
        lives = ((6, 2, 0, 1), (4, 0, 3, 0), (5, 3, 2, 2), (3, 2, 2, 1), (2, 1, 0, 0), (1, 0, 1, 1))
        band = {4: "Very high", 3: "High", 2: "Medium"}[steps]
        icon = "status.overdue" if due in {"overdue", "due"} else "status.due"
        cell = (
            v.Entity(kind="ocg", label=name, second=f"WMC-OCG-2024-{row + 17:04}"),
            v.Text(tier),
            v.Score(text=str(score), band=band, steps=steps, tone=tone),
            v.Spark(line, spark, ""),
            *(
                v.StrandCount(strand=s, live=n, done=n / 7)
                for s, n in zip(theme.STRANDS, lives[row], strict=True)
            ),
            v.Text("1 late", ink="overdue") if row in {0, 1} else v.Text(v.NONE, ink="text.2"),
            v.Chip(f"{review} · 16 days over", due, icon) if due else v.Text(review, ink="text.2"),
        )[column]
        if role == CellRole:
            return cell
        return v.words(cell) if role == Qt.ItemDataRole.DisplayRole else None


def home() -> QWidget:
    page = Panel("surface")
    header = PageHeader("My OCGs", "Friday 21 November 2025 · six OCGs where you are LRO")
    header.add_action(SegmentedControl(tuple(
        Segment(k.lower(), k) for k in ("Mine", "Force", "Region"))))  # fmt: skip
    header.add_action(outline("Hand over", icon="action.hand-over"))
    header.add_action(primary("Start next review", icon="action.review", key="Ctrl+R"))
    table = RowTable(name="My OCGs", density=Density.TWO_LINES)
    table.setModel(Plans())
    table.model().setParent(table)
    for column, width in enumerate((190, 50, 150, 95, 93, 100, 100, 100, 73)):
        table.setColumnWidth(column, px(width))
    table.setFixedHeight(px(32 + 6 * 44))
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    card = Card()
    card.body.addWidget(table)
    CornerMask(card)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(header)
    body = PageBody()
    inner = body.column
    inner.addWidget(StatRow(STATS))
    inner.addWidget(card)
    heading = SectionHeading("Needs you", "16, soonest first")
    heading.add_action(text_button("Show all"))
    inner.addWidget(heading)
    inner.addWidget(ErrorBanner("The overdue list could not be read.", "Verify the workspace"))
    inner.addWidget(EmptyState("You are LRO of no OCG. Your coordinator assigns them.", "Ask"), 1)
    column.addWidget(Scroller(body), 1)
    return page


def register() -> QWidget:
    page = Panel("surface")
    header = PageHeader("OCGs", "39 of 42 shown · scores are local defaults")
    header.add_action(outline("Export", icon="action.export"))
    header.add_action(outline("Threat grid", icon="page.threat-grid"))
    header.add_action(primary("New OCG", icon="action.add", key="Ctrl+N"))
    bar = FilterBar()
    view = (Option("ttcg", "For November TTCG"),)
    bar.add_left(Select(view, name="Saved view", icon="action.view", strong=True))
    bar.show_filters((Filter("s", "Status: not rejected"), Filter("o", "Owner: West Mercia")))
    bar.add_right(icon_button("action.rows", "Density", look="outline"))
    bar.add_right(icon_button("action.columns", "Columns", look="outline"))
    table = RowTable(name="OCGs", padding=8)
    table.setModel(Register())
    table.model().setParent(table)
    for column, width in enumerate((38, 112, 146, 110, 56, 160, 106, 74, 130, 140, 80)):
        table.setColumnWidth(column, px(width))
    for row in (0, 1, 3):
        flag = table.selectionModel().SelectionFlag
        table.selectionModel().select(table.model().index(row, 0), flag.Select | flag.Rows)
    table.selectionModel().setCurrentIndex(
        table.model().index(1, 3), table.selectionModel().SelectionFlag.NoUpdate
    )
    selection = SelectionBar((
        Act("open", "Open", "action.open"),
        Act("chart", "Chart these", "action.chart"),
        Act("assign", "Assign LRO", "action.assign"),
        Act("export", "Export rows", "action.export", refused="Your role may not export"),
    ))  # fmt: skip
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part, stretch in ((header, 0), (bar, 0), (Rule(), 0), (table, 1), (selection, 0)):
        column.addWidget(part, stretch)
    selection.show_count(3)
    return page


def parts() -> QWidget:
    page = Panel("surface")
    chips = (
        v.Chip("Active", "ok", "status.active"), v.Chip("Tier 1", "outline"),
        v.Chip("Adopted by ROCU", "info", "status.adopted"),
    )  # fmt: skip
    header = PageHeader("Tarnbrook", "WMC-OCG-2024-0017 · Drug activity", icon="entity.ocg",
                        chips=chips)  # fmt: skip
    header.add_action(outline("Chart", icon="action.chart", key="C"))
    header.add_action(primary("Review plan", icon="action.review", key="Ctrl+R"))
    header.add_action(icon_button("action.more", "More", look="outline", height="header"))
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(header)
    body = PageBody()
    grid = QGridLayout()
    grid.setSpacing(16)
    grid.addWidget(_chip_card(), 0, 0)
    grid.addWidget(_field_card(), 0, 1)
    grid.addWidget(_input_card(), 1, 0)
    grid.addWidget(_text_card(), 1, 1)
    body.column.addLayout(grid)
    body.column.addStretch(1)
    column.addWidget(Scroller(body), 1)
    return page


def _line(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _chip_card() -> QWidget:
    card = Card(margins=(16, 12, 16, 12))
    card.body.setSpacing(10)
    card.body.addWidget(SectionHeading("Chips", "icon, word, tint"))
    card.body.addLayout(_line(
        ChipLabel(v.Chip("9 days over", "overdue", "status.overdue")),
        ChipLabel(v.Chip("Due in 3 days", "due", "status.due")),
        ChipLabel(v.Chip("On time", "ok", "status.ok")),
        ChipLabel(v.Chip("Waiting on me", "info", "status.waiting")),
    ))  # fmt: skip
    card.body.addLayout(_line(
        ChipLabel(v.Chip("Restricted", "restricted", "status.restricted")),
        ChipLabel(v.Chip("Exploited child", "victim", "status.victim")),
        ChipLabel(v.Chip("In 3 days", "neutral", "status.due")),
        ChipLabel(v.Chip("Synthetic", "synthetic")),
    ))  # fmt: skip
    card.body.addLayout(_line(
        GradingChip(v.Grade("2·C·P")), GradingChip(v.Grade("2·C·P", 2)),
        GradingChip(v.Grade("3·E·C", 3)), KeyHint(("Ctrl", "Enter"), "in a new tab"),
    ))  # fmt: skip
    card.body.addLayout(_line(*(StrandLabel(s) for s in theme.STRANDS)))
    card.body.addLayout(_line(
        StrandCell(v.StrandCount(strand="pursue", live=6, done=0.45)),
        StrandCell(v.StrandCount(strand="prevent", live=2, done=0.5)),
        StrandCell(v.StrandCount(strand="protect", live=0)),
        StrandCell(v.StrandCount(strand="prepare", live=1, done=0.3)),
    ))  # fmt: skip
    card.body.addStretch(1)
    return card


def _field_card() -> QWidget:
    card = Card(margins=(16, 12, 16, 12))
    card.body.setSpacing(2)
    card.body.addWidget(SectionHeading("Facts", "read first"))
    card.body.addWidget(
        FieldRow(Field(key="name", label="Name", text="Tarnbrook", sources="2 sources"))
    )
    card.body.addWidget(FieldRow(Field(key="ref", label="OCGM URN", text="00418273", mono=True)))
    card.body.addWidget(FieldRow(Field(key="born", label="Born", text="about 1996", others=1)))
    pnc = FieldRow(Field(key="pnc", label="PNC ID", text="98/0000X", mono=True))
    pnc.say("warning", "PNC ID fails its check letter; kept with a flag.")
    card.body.addWidget(pnc)
    open_row = FieldRow(Field(key="tier", label="Tier", text="Tier one"))
    card.body.addWidget(open_row)
    open_row.edit()
    open_row.say("error", "There is no tier “one”.")
    card.body.addWidget(FieldRow(Field(key="x", label="Investigation", text="")))
    return card


def _input_card() -> QWidget:
    card = Card(margins=(16, 12, 16, 12))
    card.body.setSpacing(8)
    card.body.addWidget(SectionHeading("Inputs"))
    box = TextBox(placeholder="Test call, network answer", icon="action.search")
    off = TextBox(placeholder="Not yours to change")
    off.setEnabled(False)
    options = (Option("a", "All owners"), Option("b", "LRO and SIO"))
    card.body.addLayout(_line(box, off, Select(options, name="Owner", icon="action.filter")))
    ticked = CheckBox("Names of exploited people")
    ticked.setChecked(True)
    card.body.addLayout(_line(ticked, CheckBox("Restricted records")))
    still = RadioButton("Keep month and year: Feb 1979", "as a partial date")
    still.setChecked(True)
    card.body.addWidget(still)
    card.body.addWidget(RadioButton("Type another date"))
    refused = primary("Sign version 7", key="Ctrl+Enter")
    refused.refuse("Protect is empty: add an action or give a reason.")
    card.body.addLayout(_line(outline("Apply"), text_button("Apply to 2 like it"), refused))
    return card


def _text_card() -> QWidget:
    card = Card(dashed=True, edge="overdue", margins=(16, 12, 16, 12))
    card.body.setSpacing(6)
    card.body.addWidget(ErrorBanner("508 disruptions; one has no strand.", tone="info"))
    card.body.addWidget(
        ErrorBanner("Changed by J. Mistry while you typed.", "See both", tone="due")
    )
    card.body.addLayout(_line(
        Label("156", step="figure.large"), Label("Very high", ink="overdue", weight="medium"),
        Label("WMC-OCG-2024-0017", step="mono", ink="text.3")))  # fmt: skip
    card.body.addWidget(Label("Siân ferch HUW, Il1 O0, ŵ ŷ 07*** ***412 Шевченко محمد", ink="text"))
    card.body.addWidget(
        Label("No live action protects anyone or anything in this plan.", wrap=True)
    )
    card.body.addStretch(1)
    return card


def shell(page: str = "home") -> Shell:
    made = Shell(marking="official-sensitive", synthetic=True)
    made.rail.show_workspace("West Mercia demo", "Encrypted · unlocked")
    made.show_places(PLACES, FOOT)
    made.open_page("home", "Home", "page.home", home, select=page == "home")
    made.open_page("ocg", "OCGs", "entity.ocg", register, select=page == "ocg")
    made.open_page("parts", "Tarnbrook", "entity.ocg", parts, select=page == "parts")
    made.open_page("chart", "Tarnbrook, principals and lines in one", "page.chart", QWidget,
                   select=False)  # fmt: skip
    made.rail.choose(page)
    job = StatusPart(key="job", words="Importing", percent=41, can_cancel=True)
    left = (
        StatusPart(key="as-at", words="As at now", icon="status.as-at"),
        StatusPart(key="filter", words="No filter", icon="action.filter"),
        StatusPart(key="hidden", words="6 hidden", icon="status.hidden", tone="due"),
    )
    made.show_status(left, (job, *RIGHT) if page == "parts" else RIGHT)
    made.show_undo("merge Ewan Price into Ewan Pryce", "")
    return made


def unlock() -> UnlockPage:
    made = UnlockPage("official-sensitive", synthetic=True)
    users = (KnownUser(name="a.rowe", shown="A. Rowe", role="LRO"),)
    made.card.show_workspaces((
        KnownWorkspace(path="/w/a.ocgdesk", name="West Mercia demo", marking="OFFICIAL-SENSITIVE",
                       synthetic=True, opened="opened today, 08:52", users=users,
                       about="Encrypted file, 48 MB, last closed 20 Nov at 17:26"),
        KnownWorkspace(path="/w/b.ocgdesk", name="Region sample", marking="OFFICIAL-SENSITIVE",
                       synthetic=True, opened="opened 12 Nov 2025"),
        KnownWorkspace(path="/w/c.ocgdesk", name="Training, January", marking="OFFICIAL",
                       synthetic=True, missing=True),
    ))  # fmt: skip
    made.card.passphrase.setText("correct horse battery")
    made.card.passphrase.caps_lock.emit(True)
    return made


def results() -> tuple[FoundGroup, ...]:
    return (
        FoundGroup("Nominals", "2 of 5", (
            Found(value=1, title="Kyle Penhallow", second="line holder, Tarnbrook · b. about 1996",
                  icon="entity.nominal", why="alias “Pen”", marks=((0, 4), (5, 8))),
            Found(value=2, title="Rhys Penn-Hallam", second="associate, Penrhos · b. 14 Mar 1988",
                  icon="entity.nominal", why="sounds alike", marks=((5, 9),), restricted=True),
        )),
        FoundGroup("OCGs", "1", (
            Found(value=3, title="Penrhos", second="WMC-OCG-2024-0029 · Active · T3",
                  icon="entity.ocg", why="name", marks=((0, 3),)),
        )),
        FoundGroup("Handles and phones", "2", (
            Found(value=4, title="openpenny", second="EncroChat · unattributed",
                  icon="entity.handle", why="part of handle", mono=True, marks=((4, 7),)),
            Found(value=5, title="07700 900321", second="County line “Marlow”", mono=True,
                  icon="entity.phone", why="contact name “Pen”"),
        )),
        FoundGroup("Commands", "", (
            Found(value=6, title="New chart round Kyle Penhallow", second="one hop out",
                  icon="page.chart"),
        )),
    )  # fmt: skip


def main() -> None:
    """Write every page in every theme to the folder given."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    width, height = (int(n) for n in os.environ.get("GALLERY_SIZE", "1440x900").split("x"))
    app = QApplication([])
    wanted = sys.argv[2:] or theme.NAMES
    for name in wanted:
        theme.apply(app, theme.load(name), text_scale=float(os.environ.get("GALLERY_TEXT", "1")))
        for page in ("home", "ocg", "parts"):
            window = shell(page)
            window.resize(width, height)
            window.show()
            if page == "parts":
                facts = FieldRow(Field(key="m", label="Membership", text="Probable"))
                window.area.inspector.show_content(facts, caption="Membership",
                                                   icon="entity.nominal")  # fmt: skip
                window.show_inspector(shown=True)
                window.show_as_at("1 Nov 2025, 00:00")
                window.show_toast("Merged 2 nominals.", "Undo")
            app.processEvents()
            window.grab().save(str(folder / f"{page}-{name}.png"))
            if page == "ocg":
                palette = SearchPalette(window.body)
                palette.offer_kinds((Option("", "All kinds"),))
                palette.show_results(results())
                palette.summon("pen kyle")
                app.processEvents()
                window.grab().save(str(folder / f"palette-{name}.png"))
            window.close()
        first = unlock()
        first.resize(width, height)
        first.show()
        app.processEvents()
        first.grab().save(str(folder / f"unlock-{name}.png"))
        first.close()


if __name__ == "__main__":
    main()
