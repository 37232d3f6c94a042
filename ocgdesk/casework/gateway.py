"""Requests to the gateway of a ROCU: received, assessed, prioritised, allocated, closed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import records
from ocgdesk.domain.dates import shown
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.tasking import Request
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.work import Work

STEPS: Final = ("received", "assessed", "prioritised", "allocated", "closed")
"""The steps of a request in their order; each has a day of its own on the record."""


def receive(work: Work, request: Request, *, today: date) -> Request:
    """Enter a request; it is received today where no day is said. Refused for a day ahead."""
    made = replace(request, status="received", received=request.received or today)
    _check_day(made.received, None, today)
    return records.create(work, made)


def move(
    work: Work, id_: UUID, to: str, *, today: date, values: Mapping[str, Any] | None = None
) -> Request:
    """Take a request on to a later step; steps may be left out, never gone back on.

    ``values`` are what is said with it: the day (``on``), ``priority``, ``unit``, ``operation``,
    ``result``, ``reason``. Raises Refused where it is there already or past it, without a unit to
    allocate it to, and without a result (or, for one declined, a reason) to close it with.
    """
    said = dict(values or {})
    on = said.pop("on", None) or today
    request = work.get(Request, id_)
    if STEPS.index(to) <= STEPS.index(request.status):
        told = _("This request is {status} already; it goes on, never back")
        raise Refused(told.format(status=label("request-statuses", request.status).lower()))
    _check_day(on, _last_day(request), today)
    values_now: dict[str, Any] = {**said, "status": to, to: on}
    changed = replace(request, **values_now)
    _check_step(changed)
    saved = work.put(changed)[0]
    assert isinstance(saved, Request)  # noqa: S101 - what is put comes back as it went
    return saved


def edit(
    work: Work, id_: UUID, values: Mapping[str, Any], *, version: int | None = None
) -> Request:
    """Change what is said of a request; its status goes on by steps alone."""
    if ahead := {"status", *STEPS} & set(values):
        raise Refused(_("A request is taken on by steps: {field}").format(field=min(ahead)))
    saved = records.edit(work, id_, values, version=version)
    assert isinstance(saved, Request)  # noqa: S101 - requests are edited here
    return saved


def _check_step(request: Request) -> None:
    if request.status == "allocated" and not request.unit:
        raise Refused(_("Say which unit it is allocated to"))
    if request.status == "closed" and not request.result:
        known = ", ".join(item.label.lower() for item in code_list("request-results"))
        raise Refused(_("Say with what result it is closed: {known}").format(known=known))
    if request.result == "declined" and not request.reason.strip():
        raise Refused(_("Say why it is declined"))


def _last_day(request: Request) -> date | None:
    days = [getattr(request, step) for step in STEPS]
    return max((day for day in days if day is not None), default=None)


def _check_day(on: date | None, last: date | None, today: date) -> None:
    if on is not None and on > today:
        raise Refused(_("This day is ahead: a step is entered when it was taken"))
    if on is not None and last is not None and on < last:
        told = _("The step before was taken on {day}: this one cannot be earlier")
        raise Refused(told.format(day=shown(last)))


def days_taken(request: Request) -> dict[str, int]:
    """Return how many days each step came after the one before it that was taken."""
    return days_between([getattr(request, step) for step in STEPS])


def days_between(days: Sequence[date | None]) -> dict[str, int]:
    """Return, for the days of the steps in their order, how long after the last each was taken."""
    found: dict[str, int] = {}
    before: date | None = None
    for step, day in zip(STEPS, days, strict=True):
        if day is not None and before is not None:
            found[step] = (day - before).days
        before = day or before
    return found


def age(request: Request, today: date) -> int | None:
    """Return for how many days an open request has waited; None for a closed one."""
    if request.status == "closed" or request.received is None:
        return None
    return (today - request.received).days
