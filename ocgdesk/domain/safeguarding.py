"""Who is a person to safeguard first: never ranked as a removal, a key player or a successor."""

from datetime import date

from ocgdesk.domain.dates import PartialDate

ADULT = 18
"""Years; a child is anyone younger (Children Act 1989, s.105)."""


def may_be_child(born: PartialDate | None, on: date) -> bool:
    """Tell whether somebody with this date of birth may be under 18 on a day.

    A date known in part counts at its latest: ``2008`` is the last day of 2008. A person whose
    date of birth is not recorded cannot be told to be a child by it.
    """
    if born is None:
        return False
    return born.latest() > _years_before(on, ADULT)


def is_safeguarded(*, exploited: bool, born: PartialDate | None, on: date) -> bool:
    """Tell whether a person is recorded as exploited, or may be under 18 on a day."""
    return exploited or may_be_child(born, on)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February of a year that has none: the 28th is the day as far back
        return day.replace(year=day.year - years, day=28)
