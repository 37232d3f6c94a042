"""Links opened from a chart: the line that was double-clicked, as the links it stands for."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from ocgdesk.casework import chart_links
from ocgdesk.domain.charts import Tie
from ocgdesk.domain.links import Link
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief, Linked
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.pages.record_linking import Linking

_MOST: Final = 20
"""Links offered for one line."""


class ChartLinks(QObject):
    """Opens links for editing; where a line stands for several, asks which."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over
        self._linking = Linking(desk, over)

    def may_open(self) -> bool:
        """Tell whether the user may edit links; the inspector shows them to everybody."""
        return self._desk.may(Right.EDIT)

    def open(self, tie: Tie) -> None:
        """Open what a line stands for."""
        if self.may_open():
            self._desk.ask(partial(chart_links.behind, tie=tie), self._on_found)

    def _on_found(self, found: tuple[Brief, tuple[Linked, ...]]) -> None:
        own, links = found
        if len(links) == 1:
            self._linking.edit(own, links[0])
        else:
            self._offer(own, links)

    def _offer(self, own: Brief, links: tuple[Linked, ...]) -> None:
        menu = QMenu(self._over)
        for linked in links[:_MOST]:
            act = menu.addAction(words(linked.link))
            act.triggered.connect(partial(self._on_chosen, own, linked))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def _on_chosen(self, own: Brief, linked: Linked) -> None:
        self._linking.edit(own, linked)


def words(link: Link) -> str:
    """Return one of several links of a type in words: strength, dates, note."""
    parts = [label("strengths", link.strength)]
    if link.start or link.end:
        began, ended = link.start or "…", link.end or "…"
        parts.append(_("{began} to {ended}").format(began=began, ended=ended))
    if note := " ".join(link.note.split()):
        parts.append(note if len(note) <= 60 else f"{note[:59].rstrip()}…")
    return " · ".join(parts)
