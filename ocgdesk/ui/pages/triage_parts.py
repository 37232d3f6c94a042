"""Parts of the triage board: the head of a handle, the counts that filter, who may act."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework.handles import IDENTIFIED, Tally
from ocgdesk.casework.ledgers import Ledger
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.models import looks
from ocgdesk.ui.pages.record_ledger_words import about_words
from ocgdesk.ui.widgets.chips import ChipLabel
from ocgdesk.ui.widgets.labels import ElidedLabel, ToneTile
from ocgdesk.ui.widgets.tiles import Stat
from ocgdesk.ui.widgets.values import Chip


class HandleHead(QWidget):
    """The name of a handle, what is known of it in one line, and what came of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ElidedLabel("", step="title")
        self.about = ElidedLabel("", step="small", ink="text.2")
        self.chip = ChipLabel(Chip(""))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.about)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(ToneTile("entity.handle"))
        row.addLayout(words, 1)
        row.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_ledger(self, ledger: Ledger) -> None:
        """Show this handle."""
        self.name.setText(ledger.handle.handle)
        self.about.setText(about_words(ledger))
        self.chip.show_chip(looks.status_chip("dispositions", ledger.handle.disposition))


def refusal(desk: Desk) -> str:
    """Return why nothing can be changed here; empty where it can."""
    if desk.may(Right.EDIT):
        return ""
    if desk.user.may(Right.EDIT):
        return _("This workspace is open read only.")
    return _("Your roles do not allow you to edit records.")


def stats(tally: Tally) -> tuple[Stat, ...]:
    """Return the counts by what came of the handles, as tiles that filter."""
    found = []
    for code, words, count in tally.lines():
        icon = "entity.handle" if code == IDENTIFIED else looks.STATUS_ICONS[code][0]
        title = _("Another agency") if code == "other-agency" else words
        found.append(Stat(key=code, count=f"{count:,}", title=title, icon=icon))
    return tuple(found)
