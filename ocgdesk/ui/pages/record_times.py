"""The time a record's page shows: now, as recorded at a moment, or what held on a day."""

from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from ocgdesk.casework import moments
from ocgdesk.casework.moments import NOW, Moment
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import Target
from ocgdesk.ui.pages.record_cases import CASE
from ocgdesk.ui.pages.record_frame import RecordFrame
from ocgdesk.ui.pages.record_layout import OVERVIEW, PLAN


class TimedRecord(RecordFrame):
    """The part of a record's page that goes back in time and to now again."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        wanted = target.moment or NOW
        self.moment: datetime | None = wanted.as_at
        """Recorded time; None is now."""
        self.on: date | None = wanted.on
        """Valid time; None is any."""
        self.when_button.today = desk.today
        self.when_button.chosen.connect(self.go_to)
        self.strip.left.connect(self.go_to_now)

    @property
    def looks_back(self) -> bool:
        """Whether another time than now is shown: nothing can be changed then."""
        return bool(self.shown_moment)

    @property
    def shown_moment(self) -> Moment:
        """The time that is shown."""
        return Moment(as_at=self.moment, on=self.on)

    def day(self) -> date:
        """Return the day that is shown: today, or that of the time in the past."""
        return self.shown_moment.day(self.desk.today())

    def go_to(self, moment: Moment) -> None:
        """Show the record at another time, and its first part that can be shown as it was."""
        self.moment, self.on = moment.as_at, moment.on
        self.refresh()
        self.tabs.choose(OVERVIEW if self.looks_back else self.parts.first)

    def go_to_now(self) -> None:
        """Show the record as it is."""
        self.moment = self.on = None
        self.refresh()

    def go_to_day(self, text: str) -> None:
        """Show the record as recorded at the end of a day, as typed on the history's part."""
        try:
            moment = moments.recorded(text, today=self.desk.today())
        except DeskError as error:
            self.history.say(f"{error}.")
            return
        self.history.say("")
        self.go_to(Moment(as_at=moment, on=self.on))

    def show_strip(self) -> None:
        """Say which moment is shown. The plan has a page of its own, which shows it as it is."""
        self.strip.say(self.shown_moment.words)
        self.when_button.show_moment(self.shown_moment)
        self.plan_button.setVisible(self.is_planned and not self.looks_back)
        for key in {PLAN, CASE} & self.tabs.tabs.keys():
            self.tabs.tabs[key].setVisible(not self.looks_back)

    def past_refusal(self) -> str:
        """Return why nothing can be changed at the time shown; empty where it is now."""
        if self.looks_back:
            return _("This is how the record was. Go back to now to change it.")
        return ""
