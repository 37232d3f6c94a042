"""What the check of a briefing found, a line each, with what can be done about it there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import briefs
from ocgdesk.casework.brief_handling import Against
from ocgdesk.casework.brief_typed import Place
from ocgdesk.casework.briefs import Briefing
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.why_dialog import WhyDialog
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.buttons import Button, text_button
from ocgdesk.ui.widgets.cards import Rule, Scroller
from ocgdesk.ui.widgets.labels import IconLabel, Label

_TALLEST: Final = 168
"""Pixels: what is more scrolls."""
_BAR: Final = 12
"""Pixels a scroll bar takes of the width."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What somebody settled so that a briefing may leave."""

    words: tuple[tuple[str, str], ...] = ()
    """Words of typed texts: why they are kept, or nothing where they go."""
    despite: str = ""
    leaves_out_ruled: bool = False

    def with_words(self, words: str, reason: str) -> "Settled":
        """Return the same with these words kept for a reason, or replaced without one."""
        rest = tuple(pair for pair in self.words if pair[0] != words)
        return Settled((*rest, (words, reason)), self.despite, self.leaves_out_ruled)

    def ruled(self, *, despite: str = "", leaves_out: bool = False) -> "Settled":
        """Return the same with another answer to conditions that rule the audience out."""
        return Settled(self.words, despite, leaves_out)


class BriefSettling(QWidget):
    """The finds of a check; ``settled`` hands over what was settled anew."""

    settled = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._now = Settled()
        self._lines: list[str] = []
        self.buttons: list[Button] = []
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(16, 0, 16, 8)
        self._rows.setSpacing(2)
        self._scroller = Scroller(self._list)
        self._scroller.setAccessibleName(_("What the check found"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroller)
        whole.addWidget(Rule())
        self.hide()

    def text(self) -> str:
        """Return all that is told, a line each."""
        return "\n".join(self._lines)

    def show_made(self, made: Briefing | None) -> None:
        """Show what was found in a briefing; nothing without one."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        self._lines, self.buttons = [], []
        if made is not None:
            wish = made.wish
            self._now = Settled(wish.settled, wish.despite, wish.leaves_out_ruled)
            self._fill(made)
        self._rows.addStretch(1)
        self.setVisible(bool(self._lines))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be as tall as the lines are at this width, within bounds."""
        wide = max(self.width() - px(_BAR), px(_BAR))
        tall = self._rows.totalHeightForWidth(wide) if self._lines else 0
        self._scroller.setFixedHeight(max(0, min(px(_TALLEST), tall)))

    def _fill(self, made: Briefing) -> None:
        ruling = [one for one in made.leaving.against if one.refuses]
        for one in ruling:
            self._against(one, made)
        if self._now.leaves_out_ruled:
            told = _("Left out: what rests only on reports that rule {audience} out.")
            back = (_("Take it in again"), self._take_back)
            self._add(told.format(audience=made.audience.label), "info", back)
        for place in sorted(made.leaving.places, key=lambda one: not one.is_open):
            self._place(place)
        self._tell(made, [one for one in made.leaving.against if one not in ruling])

    def _tell(self, made: Briefing, others: Sequence[Against]) -> None:
        """Show what holds nothing back."""
        for one in others:
            self._against(one, made)
        if made.leaving.above:
            self._add(made.leaving.above, "due")
        for words in _doubts(made):
            self._add(words, "info")
        if left := [one for one in briefs.unwritten(made.wish) if one not in made.leaving.unsaid]:
            told = _("Nothing is written yet under: {sections}")
            self._add(told.format(sections=", ".join(left)), "due")
        if made.leaving.unsaid:
            told = _("Nothing to tell this audience, left out: {sections}")
            self._add(told.format(sections=", ".join(made.leaving.unsaid)), "info")

    def _against(self, one: Against, made: Briefing) -> None:
        if not one.refuses:
            told = _("Against {audience}: {words}")
            self._add(told.format(audience=made.audience.label, words=one.words), "due")
        elif self._now.despite:
            told = _("Goes all the same, {reason}: {words}")
            words = told.format(reason=self._now.despite, words=one.words)
            self._add(words, "due", (_("Take back"), self._take_back))
        else:
            told = _("Rules {audience} out: {words}")
            words = told.format(audience=made.audience.label, words=one.words)
            out = (_("Leave it out"), self._leave_out)
            self._add(words, "overdue", out, (_("Let it go…"), self._on_despite))

    def _place(self, one: Place) -> None:
        put = partial(self._settle, one.words, "")
        keep = (_("Keep…"), partial(self._on_keep, one))
        if one.is_kept:
            told = _("Kept as typed, {reason}: “{words}”, {what}")
            replace = (_("Replace"), put)
            self._add(_told(told, one), "due", replace)
        elif one.is_open:
            told = _("To be settled: “{words}”, {what}; could be “{proposal}”")
            self._add(_told(told, one), "overdue", (_("Replace"), put), keep)
        else:
            told = _("Replaced: “{words}”, {what}, by “{proposal}”")
            self._add(_told(told, one), "info", keep)

    def _add(self, words: str, tone: str, *acts: tuple[str, object]) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        icon = {"overdue": "status.error", "due": "status.warning"}.get(tone, "status.info")
        line.addWidget(IconLabel(icon, tone if tone != "info" else "text.3"))
        line.addWidget(Label(words, step="small", ink="text.2", wrap=True), 1)
        for title, act in acts:
            button = text_button(title)
            button.clicked.connect(act)
            button.setAccessibleDescription(words)
            line.addWidget(button)
            self.buttons.append(button)
        self._rows.addWidget(row)
        row.show()  # a hidden row counts for nothing in the height
        self._lines.append(words)

    # ---- What is done about it --------------------------------------------------------------

    def _settle(self, words: str, reason: str) -> None:
        self.settled.emit(self._now.with_words(words, reason))

    def _leave_out(self) -> None:
        self.settled.emit(self._now.ruled(leaves_out=True))

    def _take_back(self) -> None:
        self.settled.emit(self._now.ruled())

    def _on_keep(self, one: Place) -> None:
        told = _("“{words}” goes out as typed. The reason is kept in the journal.")
        dialog = WhyDialog(
            self._desk,
            _("Keep “{words}”").format(words=one.words),
            _("Keep"),
            told.format(words=one.words),
            asked=_("Why it is kept"),
            parent=self,
        )
        dialog.given.connect(partial(self._settle, one.words))
        dialog.open()

    def _on_despite(self) -> None:
        told = _(
            "A handling condition rules this audience out. It goes all the same only with a reason,"
            " which is kept in the journal with the records that ask otherwise."
        )
        dialog = WhyDialog(
            self._desk,
            _("Let it go all the same"),
            _("Let it go"),
            told,
            asked=_("Why it goes"),
            parent=self,
        )
        dialog.given.connect(self._on_reason)
        dialog.open()

    def _on_reason(self, reason: str) -> None:
        self.settled.emit(self._now.ruled(despite=reason))


def _told(told: str, one: Place) -> str:
    return told.format(words=one.words, what=one.what, proposal=one.proposal, reason=one.reason)


def _doubts(made: Briefing) -> Iterator[str]:
    typed = {f"{one.what}: {one.words}" for one in made.leaving.places}
    for one in made.doubts:
        if one.what not in typed:
            yield one.words
