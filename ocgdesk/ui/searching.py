"""The search box over everything: asks the store as one types, and goes where one chooses.

It also listens for what the user's watches hear, and tells the window.
"""

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import searching, watches
from ocgdesk.casework.reasons import Use
from ocgdesk.casework.searching import Answer
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.watching import Heard
from ocgdesk.ui import places, reasoning, results, watching
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.watch_dialog import kind_options
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.shell.palette import SearchPalette
from ocgdesk.ui.shell.values import Found, FoundGroup


class Searching(QObject):
    """Puts the palette to work for a desk. Searches are logged with what was looked for."""

    chosen = Signal(object, bool)
    """A Target, and whether it opens in a new tab."""
    heard = Signal(str)
    """What this user's watches heard that they have not looked at, in a sentence."""

    def __init__(self, desk: Desk, over: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._over = over
        self._asked = Inquiry(self._desk, self)
        self._listening = Inquiry(self._desk, self)
        self._told = 0
        self._kind = ""
        self.palette = SearchPalette(over)
        self.palette.offer_kinds(kind_options())
        self.palette.query_changed.connect(self._on_query)
        self.palette.kind_chosen.connect(self._on_kind)
        self.palette.chosen.connect(self._on_chosen)
        self.palette.watch_requested.connect(self._on_watch)
        if desk.user.may(Right.READ):
            desk.changed.connect(self._on_changed)
            QTimer.singleShot(0, self, self._listen)

    @Slot()
    def summon(self) -> None:
        """Show the palette; where a reason to search is asked for, once that is given."""
        if self._desk.user.may(Right.READ):
            reasoning.before(self._desk, Use.SEARCH, self._over, self._summon)
        else:
            self._summon()

    def _summon(self) -> None:
        self.palette.show_results(self._places(""))
        self.palette.summon()

    @Slot(str)
    def _on_query(self, text: str) -> None:
        self._asked.drop()
        if not text.strip() or not self._desk.user.may(Right.READ):
            self.palette.show_results(self._places(text))
            return
        kinds = (Kind(self._kind),) if self._kind else ()
        self._asked.ask(
            lambda reader: searching.search(reader, text, kinds=kinds),
            self._show,
            purpose=reasoning.given(self._desk, Use.SEARCH),
        )

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        self._kind = kind
        self._on_query(self.palette.box.text())

    def _show(self, answer: Answer) -> None:
        text = answer.text
        found = (*results.groups(answer), *_commands(answer), *self._places(text))
        nothing = _(
            "Nothing found for “{text}”. Try fewer letters, or part of a number: 07*321."
        ).format(text=text[:60])
        self.palette.show_results(found, nothing)

    def _places(self, text: str) -> tuple[FoundGroup, ...]:
        """Return the pages of the rail whose title has these words."""
        entries = [entry for group in places.rail(self._desk.user, {}) for entry in group.entries]
        found = tuple(
            Found(value=places.target_of(e.key), title=e.title, second=_("page"), icon=e.icon)
            for e in (*entries, *places.footer())
            if text.strip().casefold() in e.title.casefold()
        )[:8]
        return (FoundGroup(_("Go to"), str(len(found)), found),) if found else ()

    @Slot(object, bool)
    def _on_chosen(self, value: object, new_tab: bool) -> None:  # noqa: FBT001 - a signal's
        self.palette.dismiss()
        if isinstance(value, Target):
            self.chosen.emit(value, new_tab)

    @Slot(str)
    def _on_watch(self, text: str) -> None:
        if text.strip() and self._desk.may(Right.READ):
            self.palette.dismiss()
            watching.keep(self._desk, text, self._kind, self._over)

    @Slot(object)
    def _on_changed(self, _changed: Changed) -> None:
        self._listen()

    @Slot()
    def _listen(self) -> None:
        self._listening.ask(watches.unheard, self._tell)

    def _tell(self, times: list[Heard]) -> None:
        """Speak up once about each time, however often this is asked."""
        new = [one for one in times if one.seq > self._told]
        if not new:
            return
        self._told = max(one.seq for one in new)
        records = {record.id for one in new for record in one.records}
        told = ngettext(
            "Your watch list heard of {n} record.",
            "Your watch list heard of {n} records.",
            len(records),
        )
        self.heard.emit(told.format(n=f"{len(records):,}"))


def _commands(answer: Answer) -> tuple[FoundGroup, ...]:
    if not answer.groups:
        return ()
    every = Found(
        value=Target(page=PageKind.SEARCH, text=answer.text),
        title=_("Show all results"),
        second=_("on a page of its own"),
        icon="page.search",
    )
    chart = results.chart_round(answer)
    found = (every, *((chart,) if chart else ()))
    return (FoundGroup(_("Commands"), "", found),)
