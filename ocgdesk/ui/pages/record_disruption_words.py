"""What a claim says at length: with whom, why, what was done, its evidence, how it came so far."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ocgdesk.casework.disruption_ledger import Look
from ocgdesk.domain.claiming import STATUSES
from ocgdesk.domain.dates import LONDON, shown
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.labels import Label

_CAPTION: Final = 200


class ClaimWords(QWidget):
    """The texts of a claim, each beside what it is; what is not said is left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said: dict[str, str] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)

    def show_claim(self, found: Look) -> None:
        """Show what this claim says."""
        said = {caption: text for caption, text in texts(found) if text.strip()}
        if said != self.said:
            self.said = said
            self._clear()
            for row, (caption, text) in enumerate(said.items()):
                self._add(row, caption, text)
        self.setVisible(bool(said))

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, row: int, caption: str, text: str) -> None:
        name = Label(caption, step="small", ink="text.2", wrap=True, parent=self)
        name.setFixedWidth(px(_CAPTION))
        words = Label(text, wrap=True, parent=self)
        words.setAccessibleName(caption)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(name, row, 0, top)
        self._grid.addWidget(words, row, 1, top)


def texts(found: Look) -> Iterator[tuple[str, str]]:
    """Yield what a claim says at length, each with what it is."""
    claim = found.claim
    named = ", ".join(brief.label for brief in found.row.subjects)
    against = label("disruption-targets", claim.against)
    yield _("Against"), f"{against}: {named}" if named else against
    for name in ("others", "support_reason", "narrative", "evidence", "powers", "impact"):
        described = next(one for one in described_fields(Disruption) if one.name == name)
        value = getattr(claim, name)
        if isinstance(value, tuple):
            words = (label(described.codes, one) if described.codes else one for one in value)
            yield _(described.label), "; ".join(words)
        else:
            yield _(described.label), "\n".join(line.strip() for line in value.splitlines())
    yield _("How it came here"), _way(found)


def _way(found: Look) -> str:
    """Return every status it was brought to, with by whom and when; nothing of one step."""
    steps = (
        " ".join(
            part
            for part in (
                label(STATUSES, step.status),
                _("by {name}").format(name=step.who) if step.who else "",
                shown(step.at.astimezone(LONDON).date()),
            )
            if part
        )
        for step in found.way
    )
    return " → ".join(steps) if len(found.way) > 1 else ""
