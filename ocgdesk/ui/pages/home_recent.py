"""What others did since the user last looked, and when that was."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.domain import dates
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import ngettext
from ocgdesk.store.recent import Recent
from ocgdesk.ui import words
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.cards import Card, Rule
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel, Label

SHOWN: Final = 8
_NEAR: Final = 7
_TOP: Final = Qt.AlignmentFlag.AlignTop


class LastLooked:
    """When this user last had the home page before them, kept outside the workspace.

    Nothing but the moment is kept, under the ids of workspace and user.
    """

    def __init__(self, workspace: UUID, user: UUID) -> None:
        self._key = f"looked/{workspace}/{user}"
        text = str(QSettings().value(self._key, ""))
        self.before = _moment(text)

    def note(self) -> None:
        """Say that they look now."""
        QSettings().setValue(self._key, datetime.now(UTC).isoformat())


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def when(moment: datetime, now: datetime) -> str:
    """Return a moment as people say it: ``09:14``, ``Thu 16:12``, ``5 Nov 2025, 11:40``."""
    local, today = moment.astimezone(LONDON), now.astimezone(LONDON)
    days = (today.date() - local.date()).days
    if days == 0:
        return f"{local:%H:%M}"
    if 0 < days < _NEAR:
        return f"{local:%a %H:%M}"
    return f"{dates.shown(local.date())}, {local:%H:%M}"


class RecentLine(QWidget):
    """One act: which record, what was done, by whom and when; a press opens the plan."""

    opened = Signal(object)

    def __init__(self, recent: Recent, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recent = recent
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("focusRadius", marks.RADIUS_CONTROL)
        did = _did(recent)
        who = f"{recent.who} · {when(recent.at, now)}"
        about = recent.ocg.label if recent.ocg.id != recent.what.id else ""
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 14, 9)
        row.setSpacing(12)
        row.addWidget(IconLabel(_icon(recent.what.kind), size=16), 0, _TOP)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addWidget(ElidedLabel(recent.what.label, weight="strong"))
        lines.addWidget(ElidedLabel(" · ".join(x for x in (did, about) if x), ink="text.2"))
        lines.addWidget(ElidedLabel(who, step="small", ink="text.3"))
        row.addLayout(lines, 1)
        self.setAccessibleName(f"{recent.what.label}: {did}, {about}, {who}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - any button opens
        self.opened.emit(self.recent.ocg.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self.recent.ocg.id)
            return
        super().keyPressEvent(event)


def _icon(kind: Kind) -> str:
    return "action.assign" if kind is Kind.ASSIGNMENT else words.icon_of(kind)


def _did(recent: Recent) -> str:
    """Return the act's name, and how many of the records it touched if several."""
    if recent.things == 1:
        return recent.label
    count = ngettext("{n} record", "{n} records", recent.things).format(n=recent.things)
    return f"{recent.label} ({count})"


class RecentList(Card):
    """The acts, newest first."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.lines: list[RecentLine] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.nothing = Label("", ink="text.2", wrap=True)
        self.nothing.setContentsMargins(16, 14, 16, 14)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.nothing)

    def show_acts(self, acts: Sequence[Recent], nothing: str) -> None:
        """Show these acts, or say that there is none."""
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        now = datetime.now(UTC)
        self.lines = [RecentLine(act, now) for act in acts[:SHOWN]]
        for number, line in enumerate(self.lines):
            if number:
                self._lines.addWidget(Rule(role="grid"))
            line.opened.connect(self.opened)
            self._lines.addWidget(line)
        self.nothing.setText(nothing)
        self.nothing.setVisible(not self.lines)
