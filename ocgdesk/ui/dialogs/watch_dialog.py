"""Asks what is to be kept of a search: whether it speaks up, why, until when, about what."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import searching, watches
from ocgdesk.domain import dates
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.meta import About
from ocgdesk.ui import words
from ocgdesk.ui.dialogs.forms import Labelled
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the user entered."""

    text: str
    kinds: tuple[Kind, ...]
    nearly: bool
    alerts: bool
    reason: str
    expires: date | None


def kind_options() -> tuple[Option, ...]:
    """Return the kinds a search can be narrowed to; the first is all of them."""
    kinds = tuple(Option(kind.value, words.many(kind)) for kind in searching.KINDS)
    return (Option("", _("All kinds")), *kinds)


class WatchDialog(Sheet):
    """One saved search. ``wanted`` hands over a Wanted; whoever saves it closes the dialog."""

    wanted = Signal(object)

    def __init__(
        self,
        about: About,
        today: date,
        shown: Wanted | None = None,
        *,
        text: str = "",
        kind: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Save and watch") if shown is None else _("Watch until"),
            _("Save"),
            marking=about.marking.value,
            synthetic=about.synthetic,
            parent=parent,
        )
        self.today = today
        self.box = TextBox(name=_("Search"))
        self.kind = Select(kind_options(), name=_("Kind of record"))
        self.nearly = CheckBox(_("Also names spelt nearly so or sounding alike"))
        self.alerts = CheckBox(_("Speak up when an edit or import fits"))
        self.reason = TextBox(placeholder=_("Operation, or why you watch for this"))
        self.until = TextBox(name=_("Last day"))
        self._day = Labelled(_("Last day"), self.until)
        self._why = Labelled(_("Reason"), self.reason)
        self._build(is_new=shown is None)
        self._fill(shown or self._first(text, kind))

    def on_accept(self) -> None:
        try:
            found = self._wanted()
            watches.check(
                found.text,
                alerts=found.alerts,
                reason=found.reason,
                expires=found.expires,
                today=self.today,
            )
        except Refused as error:
            self.say(f"{error}.")
        else:
            self.wanted.emit(found)

    def _first(self, text: str, kind: str) -> Wanted:
        return Wanted(
            text=text,
            kinds=(Kind(kind),) if kind else (),
            nearly=True,
            alerts=True,
            reason="",
            expires=self.today + timedelta(days=watches.USUAL_DAYS),
        )

    def _wanted(self) -> Wanted:
        alerts = self.alerts.isChecked()
        text = self.until.text().strip()
        return Wanted(
            text=self.box.text().strip(),
            kinds=(Kind(self.kind.current),) if self.kind.current else (),
            nearly=self.nearly.isChecked(),
            alerts=alerts,
            reason=self.reason.text().strip(),
            expires=dates.day(text, today=self.today) if alerts and text else None,
        )

    def _build(self, *, is_new: bool) -> None:
        said = _("Only you see what you save. What it hears of is logged, as every search is.")
        self.body.addWidget(Label(said, ink="text.2", wrap=True))
        self.body.addWidget(Labelled(_("Search"), self.box))
        self.body.addWidget(Labelled(_("Kind of record"), self.kind))
        for part in (self.nearly, self.alerts, self._why, self._day):
            self.body.addWidget(part)
        for fixed in (self.box, self.kind, self.nearly):
            fixed.setEnabled(is_new)
        self.alerts.toggled.connect(self._on_alerts)
        self.until.textChanged.connect(self._on_until)
        first = self.box if is_new else self.reason
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, shown: Wanted) -> None:
        self.box.setText(shown.text)
        self.kind.choose(shown.kinds[0].value if shown.kinds else "")
        self.nearly.setChecked(shown.nearly)
        self.alerts.setChecked(shown.alerts)
        self.reason.setText(shown.reason)
        self.until.setText(dates.shown(shown.expires) if shown.expires else "")
        self._on_alerts()

    def _on_alerts(self) -> None:
        for part in (self._why, self._day):
            part.setVisible(self.alerts.isChecked())

    def _on_until(self) -> None:
        try:
            day = dates.day(self.until.text(), today=self.today)
        except Refused:
            self._day.say(_("A day within a year, such as 19 Dec 2026 or +28"))
        else:
            self._day.say(dates.shown(day))
