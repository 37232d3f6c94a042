"""When a score is due again: by tier, from the list of tiers (local default)."""

import calendar
from datetime import date

from ocgdesk.domain.clocks import Clock, review_clock
from ocgdesk.domain.reference_data import code_list


def months_between_reviews(tier: str) -> int | None:
    """Return the months between two scores of a tier; None where the tier is not known."""
    return next(
        (item.get("review_months") for item in code_list("tiers") if item.code == tier), None
    )


def next_review(tier: str, last: date | None) -> date | None:
    """Return the day the score is due again; None without a tier or a last score."""
    months = months_between_reviews(tier)
    return None if last is None or months is None else months_after(last, months)


def score_clock(tier: str, last: date | None, today: date) -> Clock:
    """Read the clock of a score: amber when due, red from fourteen days over."""
    return review_clock(next_review(tier, last), today)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months on, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
