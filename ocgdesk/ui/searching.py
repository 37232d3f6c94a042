"""The search box over everything: asks the store as one types, and goes where one chooses."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _
from ocgdesk.store import finding
from ocgdesk.store.finding import Hit
from ocgdesk.ui import places, words
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.shell.palette import SearchPalette
from ocgdesk.ui.shell.values import Found, FoundGroup
from ocgdesk.ui.widgets.inputs import Option

_MONO = frozenset({Kind.HANDLE, Kind.PHONE, Kind.VEHICLE, Kind.ACCOUNT})


class Searching(QObject):
    """Puts the palette to work for a desk. Searches are logged with what was looked for."""

    chosen = Signal(object, bool)
    """A Target, and whether it opens in a new tab."""

    def __init__(self, desk: Desk, over: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: Job | None = None
        self._kind = ""
        self.palette = SearchPalette(over)
        kinds = tuple(Option(kind.value, words.many(kind)) for kind in finding.ORDER)
        self.palette.offer_kinds((Option("", _("All kinds")), *kinds))
        self.palette.query_changed.connect(self._on_query)
        self.palette.kind_chosen.connect(self._on_kind)
        self.palette.chosen.connect(self._on_chosen)

    @Slot()
    def summon(self) -> None:
        """Show the palette."""
        self.palette.show_results(self._places(""))
        self.palette.summon()

    @Slot(str)
    def _on_query(self, text: str) -> None:
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        if not text.strip() or not self._desk.user.may(Right.READ):
            self.palette.show_results(self._places(text))
            return
        kinds = (Kind(self._kind),) if self._kind else ()
        self._asked = self._desk.ask(
            lambda reader: (text, finding.search(reader, text, kinds=kinds)), self._show
        )

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        self._kind = kind
        self._on_query(self.palette.box.text())

    def _show(self, answer: tuple[str, list[Hit]]) -> None:
        self._asked = None
        text, hits = answer
        groups = (*_groups(hits, text), *self._places(text))
        nothing = _(
            "Nothing found for “{text}”. Try fewer letters, or part of a number: 07*321."
        ).format(text=text[:60])
        self.palette.show_results(groups, nothing)

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


def _groups(hits: Sequence[Hit], text: str) -> Iterator[FoundGroup]:
    for kind, some in groupby(hits, key=lambda hit: hit.record.kind):
        found = tuple(_found(hit, text) for hit in some)
        yield FoundGroup(words.many(kind), str(len(found)), found)


def _found(hit: Hit, text: str) -> Found:
    record = hit.record
    page = PageKind.CHART if record.kind is Kind.CHART else PageKind.RECORD
    return Found(
        value=Target(page=page, kind=record.kind, id=record.id),
        title=record.label,
        second=record.ref or words.one(record.kind),
        icon=words.icon_of(record.kind, exploited=record.exploited),
        why=_(hit.reason),
        mono=record.kind in _MONO,
        restricted=record.restricted,
        marks=_marks(record.label, text),
    )


def _marks(label: str, text: str) -> tuple[tuple[int, int], ...]:
    """Return where the words looked for stand in the label."""
    matches = (re.search(re.escape(word), label, re.IGNORECASE) for word in text.split()[:6])
    return tuple(match.span() for match in matches if match)
