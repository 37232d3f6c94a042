"""How far back a list of what was done goes: the choices, and when each begins."""

from datetime import datetime, timedelta
from typing import Final

from ocgdesk.i18n import _
from ocgdesk.ui.widgets.inputs import Option

ALL: Final = "all"
_DAYS: Final = {"today": 0, "week": 6, "month": 29, "year": 364}
"""How many days before today each begins."""


def options() -> tuple[Option, ...]:
    """Return the periods one can choose from."""
    return (
        Option(ALL, _("Any time")),
        Option("today", _("Today")),
        Option("week", _("Last 7 days")),
        Option("month", _("Last 30 days")),
        Option("year", _("Last 365 days")),
    )


def since(period: str, now: datetime) -> datetime | None:
    """Return the midnight a period begins at, in the zone of ``now``; None for any time."""
    if period not in _DAYS:
        return None
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=_DAYS[period])
