"""The time that is looked at: recorded time, valid time, or now."""

from dataclasses import dataclass
from datetime import date, datetime

from ocgdesk.domain import dates
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import history
from ocgdesk.store.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What is shown as at a recorded moment, of what held on a day, or both; neither is now."""

    as_at: datetime | None = None
    """Recorded time: what this workspace held then."""
    on: date | None = None
    """Valid time: what held in the world on that day, as far as is known."""

    def __bool__(self) -> bool:
        """Tell whether it is another time than now."""
        return self.as_at is not None or self.on is not None

    @property
    def words(self) -> str:
        """The moment in words, such as ``1 Nov 2025, 00:00; held on 3 Mar 2024``."""
        said = []
        if self.as_at is not None:
            said.append(instant(self.as_at))
        if self.on is not None:
            said.append(_("what held on {day}").format(day=dates.shown(self.on)))
        return "; ".join(said)

    def day(self, today: date) -> date:
        """Return the day that is shown as the present one."""
        if self.on is not None:
            return self.on
        return self.as_at.astimezone(LONDON).date() if self.as_at else today


NOW = Moment()


def as_recorded(as_at: datetime | None) -> str:
    """Return what is printed of a picture of recorded time; empty for one of now."""
    return _("as recorded on {moment}").format(moment=instant(as_at)) if as_at else ""


def too_early(reader: Reader, as_at: datetime | None) -> str:
    """Say so where nothing was recorded yet at a moment, and what is shown is no finding."""
    if as_at is None or history.seq_at(reader, as_at):
        return ""
    told = _("Nothing was recorded here yet at that moment: this workspace begins on {day}.")
    return told.format(day=dates.shown(history.begins(reader).astimezone(LONDON).date()))


def instant(at: datetime) -> str:
    """Return an instant in words, in London's time: ``18 Nov 2026, 09:00``."""
    here = at.astimezone(LONDON)
    return f"{dates.shown(here.date())}, {here:%H:%M}"


def recorded(text: str, *, today: date) -> datetime | None:
    """Read a recorded moment as typed; a day means its end. Refused for no date and the future."""
    if not text.strip():
        return None
    day = dates.day(text.strip(), today=today)
    if day > today:
        raise Refused(_("Nothing is recorded in the future"))
    return history.instant(day.isoformat())


def valid(text: str, *, today: date) -> date | None:
    """Read a day of valid time as typed; Refused for what is no date."""
    return dates.day(text.strip(), today=today) if text.strip() else None
