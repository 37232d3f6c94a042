"""Help: the guide, every key, what protects the data and what does not, licences, own lists."""

from collections.abc import Iterable, Iterator
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk import __version__, resources
from ocgdesk.domain.reference_data import CodeList, code_list
from ocgdesk.i18n import N_, _
from ocgdesk.ui import theme
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.keys_model import KeysModel
from ocgdesk.ui.navigation import Page, Target
from ocgdesk.ui.pages.guide_part import GuidePart
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl
from ocgdesk.ui.widgets.cards import Scroller
from ocgdesk.ui.widgets.chips import ChipLabel
from ocgdesk.ui.widgets.headers import FilterBar, PageBody, PageHeader, page_margin
from ocgdesk.ui.widgets.labels import Label, SectionHeading
from ocgdesk.ui.widgets.later import LaterStack, Slices
from ocgdesk.ui.widgets.notes import EmptyState
from ocgdesk.ui.widgets.values import Chip

MEASURE: Final = 720
"""Lines of text are no longer than about ninety characters."""

BOUNDARY: Final = (
    (
        N_("Works without a network"),
        N_("OCG Desk opens no connection, ever: no update check, no telemetry, no map tiles."),
    ),
    (
        N_("The boundary is the file"),
        N_(
            "Everything in the workspace is encrypted with one key. Whoever holds that key and a "
            "database tool can read all of it, restricted records included. Restriction keeps a "
            "record from users of this program, not from somebody with the key."
        ),
    ),
    (
        N_("Your passphrase unlocks the key"),
        N_(
            "Each user's passphrase wraps the key in the file NAME.ocgdesk.keys beside the "
            "workspace. Guessing is slow and costs memory; a weak passphrase is still the "
            "weakest part. The wait after a wrong one slows down somebody at this keyboard, not "
            "somebody who took the files away."
        ),
    ),
    (
        N_("Shutting somebody out"),
        N_(
            "Disabling a user closes their way in here. It does not take the key from somebody "
            "who kept a copy: only encrypting the workspace anew does. Backups open with the "
            "passphrases of the day they were made."
        ),
    ),
    (
        N_("The journal"),
        N_(
            "Every edit, import, look at a record, search, export and undo is logged with your "
            "name; that cannot be switched off (Data Protection Act 2018, section 62). Each "
            "entry is chained to the one before. Somebody with the key could rewrite the whole "
            "chain, so its head is printed on products, backups and audit exports: compare."
        ),
    ),
    (
        N_("What the program does not guard"),
        N_(
            "An unlocked window, the screen, printed paper, exported files, memory of a running "
            "computer, and a computer that somebody else controls. Lock with Ctrl+L."
        ),
    ),
)
LICENCES: Final = {
    "OFL-1.1": N_("SIL Open Font Licence 1.1"),
    "Apache-2.0": N_("Apache Licence 2.0"),
}


class HelpPage(Page):
    """The guide, keys to search in, security in plain words, licences, lists made here."""

    icon = "page.help"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Help")
        self._build()
        self.filters.searched.connect(self._on_searched)
        self.switch.chosen.connect(self._on_part)
        self._on_searched("")
        theme.follow(self, self._fit)
        self._go(target)

    def arrive(self, target: Target) -> None:
        """Go to the part asked for, or to another chapter of the guide."""
        super().arrive(target)
        self._go(target)

    @property
    def guide(self) -> GuidePart:
        """The chapters of the guide."""
        part = self.stack.part("guide")
        assert isinstance(part, GuidePart)  # noqa: S101 - as it was offered
        return part

    def _go(self, target: Target) -> None:
        """Show what a target names: a part, or ``guide:`` and a chapter."""
        part, _colon, chapter = target.tab.partition(":")
        part = part if part in self.stack.offered else "guide"
        self.switch.choose(part)
        self.stack.go(part)
        if chapter:
            self.guide.go(chapter)

    def _build(self) -> None:
        about = _("Version {version} · works without a network").format(version=__version__)
        self.header = PageHeader(_("Help"), about)
        self.switch = SegmentedControl(
            (
                Segment("guide", _("Guide"), "page.help"),
                Segment("keys", _("Keys"), "status.keys"),
                Segment("security", _("Security"), "status.locked"),
                Segment("lists", _("Lists"), "page.list"),
                Segment("licences", _("Licences"), "entity.report"),
            )
        )
        self.stack = LaterStack(self)
        self.stack.offer("guide", GuidePart)
        self.stack.offer("keys", self._keys)
        self.stack.offer("security", _security)
        self.stack.offer("lists", _lists)
        self.stack.offer("licences", _licences)
        self.stack.part("keys")
        self._row = QHBoxLayout()
        self._row.addWidget(self.switch)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._row)
        column.addWidget(self.stack, 1)

    def _keys(self, parent: QWidget) -> QWidget:
        part = QWidget(parent)
        self.filters = FilterBar(_("Find a key or what it does"))
        self.model = KeysModel(self)
        self.table = RowTable(name=_("Keys"), density=Density.COMPACT)
        self.table.setModel(self.model)
        self.nothing = EmptyState(_("No key does that."))
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        column.addWidget(self.nothing, 1)
        return part

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        side = page_margin(self)
        self._row.setContentsMargins(side, 0, side, px(12))
        self.table.setColumnWidth(0, px(290))

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        self.model.narrow(text)
        found = self.model.rowCount() > 0
        self.table.setVisible(found)
        self.nothing.setVisible(not found)

    @Slot(str)
    def _on_part(self, part: str) -> None:
        self.stack.go(part)


class _Reading(PageBody):
    """Text to read, in lines of a length that can be read."""

    def __init__(self, spacing: int, parent: QWidget) -> None:
        super().__init__(spacing=spacing, parent=parent)
        theme.follow(self, self._fit)

    def _fit(self) -> None:
        self.setMaximumWidth(px(MEASURE) + 48)


def _text(words: str, ink: str = "text.2") -> Label:
    return Label(words, ink=ink, wrap=True)


def _security(parent: QWidget) -> QWidget:
    body = _Reading(6, parent)
    whole = Scroller(body, parent)
    for title, words in BOUNDARY:
        body.column.addWidget(SectionHeading(_(title)))
        body.column.addWidget(_text(_(words)))
        body.column.addSpacing(12)
    body.column.addStretch(1)
    return whole


def all_lists() -> Iterator[CodeList]:
    """Yield the lists that codes come from, by their file names; each is read when asked for."""
    for path in sorted(resources.path("reference").glob("*.toml")):
        yield code_list(path.stem)


def _lists(parent: QWidget) -> QWidget:
    body = PageBody(spacing=12, parent=parent)
    whole = Scroller(body, parent)
    said = _(
        "Codes come from these lists. A local default was chosen for this program where no "
        "national list is public; your force may mean something else by the same word."
    )
    body.column.addWidget(_text(said))
    grid = QGridLayout()
    body.column.addLayout(grid)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(3, 1)
    body.column.addStretch(1)
    Slices(_list_rows(grid), body)
    return whole


def _list_rows(grid: QGridLayout) -> Iterator[None]:
    """Read one list after the other, then add them by their titles."""
    lists: list[CodeList] = []
    for known in all_lists():
        lists.append(known)
        yield
    lists.sort(key=lambda known: known.title.casefold())
    for row, known in enumerate(lists):
        grid.addWidget(Label(known.title, weight="medium"), row, 0)
        grid.addWidget(Label(_("version {n}").format(n=known.version), ink="text.3"), row, 1)
        if known.local_default:
            grid.addWidget(ChipLabel(Chip(_("local default"), "outline")), row, 2)
        grid.addWidget(Label(known.source, ink="text.2", wrap=True), row, 3)
        yield


def _licences(parent: QWidget) -> QWidget:
    body = _Reading(8, parent)
    whole = Scroller(body, parent)
    body.column.addWidget(SectionHeading(_("OCG Desk"), __version__))
    body.column.addWidget(
        _text(_("Free software under the GNU General Public License, version 3 or later."))
    )
    body.column.addSpacing(12)
    body.column.addWidget(SectionHeading(_("Typefaces")))
    for family, licence in _families():
        body.column.addWidget(_text(f"{family}: {_(LICENCES.get(licence, licence))}"))
    body.column.addSpacing(12)
    body.column.addWidget(SectionHeading(_("Icons")))
    body.column.addWidget(_text(_("Lucide, ISC licence; OCG and marks are our own.")))
    body.column.addSpacing(12)
    body.column.addStretch(1)
    Slices(_licence_texts(body), body)
    return whole


def _licence_texts(body: PageBody) -> Iterator[None]:
    """Add one licence in full after the other, before the stretch at the foot."""
    for name in sorted(path.name for path in resources.path("fonts", "licences").glob("*.txt")):
        text = resources.path("fonts", "licences", name).read_text(encoding="utf-8")
        for part in (
            SectionHeading(name.removesuffix(".txt")),
            _text(_reflowed(text), "text.3"),
        ):
            body.column.insertWidget(body.column.count() - 1, part)
        yield


def _families() -> Iterable[tuple[str, str]]:
    faces = resources.toml("fonts", "fonts.toml")["face"]
    return dict.fromkeys((face["family"], face["licence"]) for face in faces)


def _reflowed(text: str) -> str:
    """Return a licence with lines joined, for a label that breaks them itself."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return "\n\n".join(" ".join(part.split()) for part in parts)
