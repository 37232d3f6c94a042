"""What each LRO of a force has outstanding, with effort and outcome beside it; never a ranking."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ocgdesk.store import accepted, planning, threats
from ocgdesk.store.planning import Held
from ocgdesk.store.reader import Reader

YEAR: Final = timedelta(days=365)
"""Disruptions are counted so far back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """The OCGs one LRO answers for, counted; without a name, those that have none."""

    officer: str
    ocgs: int
    without_plan: int
    late_actions: int
    late_reviews: int
    empty_strands: int
    done: int
    """Effort: actions completed in the plans that stand now."""
    disruptions: int
    """Outcome: accepted disruptions of these OCGs in the last year."""


def read(reader: Reader, agencies: Collection[str] = (), *, today: date) -> tuple[Load, ...]:
    """Return a row an LRO, in the order of their names; OCGs without one come first."""
    numbers = planning.active_ocgs(reader, agencies=agencies, limit=None)
    held = planning.held(reader, numbers, today)
    posts = threats.holders(reader, held.ocgs, today)
    by_officer: dict[str, list[int]] = defaultdict(list)
    for no in held.ocgs:
        by_officer[posts.get(no, {}).get("lro", "")].append(no)
    came = accepted.accepted(reader, held.ocgs, today - YEAR)
    rows = [_load(name, nos, held, came, today) for name, nos in by_officer.items()]
    return tuple(sorted(rows, key=lambda row: row.officer.casefold()))


def _load(officer: str, nos: Iterable[int], held: Held, came: dict[int, int], today: date) -> Load:
    ocgs = list(nos)
    plans = [held.plans[no] for no in ocgs if no in held.plans]
    strands = [count for plan in plans for count in held.counts[plan.no]]
    reviews = [held.review_of(no) for no in ocgs if no in held.plans]
    return Load(
        officer=officer,
        ocgs=len(ocgs),
        without_plan=len(ocgs) - len(plans),
        late_actions=sum(count.late for count in strands),
        late_reviews=sum(day is not None and day < today for day in reviews),
        empty_strands=sum(count.is_empty for count in strands),
        done=sum(count.done for count in strands),
        disruptions=sum(came.get(no, 0) for no in ocgs),
    )
