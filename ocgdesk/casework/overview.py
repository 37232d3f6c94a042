"""What the home page asks: whose OCGs, how they stand, what needs doing, what others did."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ocgdesk.domain.reference_data import CodeList, code_list, label
from ocgdesk.store import falling_due, planning, recent
from ocgdesk.store.falling_due import WEEK, Due
from ocgdesk.store.planning import OcgAtAGlance, Standing
from ocgdesk.store.reader import Reader
from ocgdesk.store.recent import Recent

MOST = 500
"""So many OCGs are listed at once; the figures cover all."""


class Scope(StrEnum):
    """Whose OCGs are looked at."""

    MINE = "mine"
    FORCE = "force"
    REGION = "region"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """One answer for the whole home page, read from one snapshot."""

    scope: Scope
    owner: str
    """The force or region the OCGs belong to, in words; empty for mine and all."""
    rows: tuple[OcgAtAGlance, ...]
    standing: Standing
    tasks: tuple[Due, ...]
    waiting: tuple[Due, ...]
    """Live actions this user owns, whichever OCG they are for."""
    recent: tuple[Recent, ...]


def scopes(agency: str) -> tuple[Scope, ...]:
    """Return what can be chosen from, given the agency the workspace belongs to."""
    known = code_list("agencies")
    found = [Scope.MINE]
    if agency in known:
        found.append(Scope.FORCE)
    if len(_region(known, agency)) > 1:
        found.append(Scope.REGION)
    return (*found, Scope.ALL)


def agencies_of(scope: Scope, agency: str) -> tuple[str, ...]:
    """Return the codes of the agencies a scope takes in; none is every agency."""
    match scope:
        case Scope.FORCE:
            return (agency,)
        case Scope.REGION:
            return _region(code_list("agencies"), agency)
    return ()


def _region(known: CodeList, agency: str) -> tuple[str, ...]:
    """Return the forces of the region an agency is in, and the regional unit itself."""
    unit = next((item.get("rocu") or item.code for item in known if item.code == agency), "")
    inside = [item.code for item in known if unit and item.get("rocu") == unit]
    return (unit, *inside) if inside else ()


def home(
    reader: Reader,
    wish: Scope | None,
    *,
    agency: str,
    today: date,
    since: datetime | None = None,
) -> Home:
    """Return the home page of this user.

    Without a wish it is about their own OCGs, or else those of the force, the region or all:
    the first of these that has any.
    """
    scope, numbers = _numbers(reader, wish, agency, today)
    agencies = agencies_of(scope, agency)
    shown = numbers[:MOST]
    held = planning.held(reader, numbers, today)
    return Home(
        scope=scope,
        owner=_owner(scope, agencies),
        rows=tuple(planning.glance(reader, held, limit=MOST)),
        standing=planning.standing(reader, held, today),
        tasks=tuple(falling_due.due(reader, today + WEEK, ocgs=numbers, limit=MOST)),
        waiting=tuple(falling_due.due(reader, date.max, user=reader.user.id)),
        recent=tuple(recent.by_others(reader, shown, since)),
    )


def _numbers(
    reader: Reader, wish: Scope | None, agency: str, today: date
) -> tuple[Scope, list[int]]:
    """Return the OCGs of the scope wished for, or of the first that has any."""
    possible = (wish,) if wish else scopes(agency)
    for scope in possible:
        if scope is Scope.MINE:
            numbers = planning.ocgs_of(reader, reader.user.id, today)
        else:
            wanted = agencies_of(scope, agency)
            numbers = planning.active_ocgs(reader, agencies=wanted, limit=None)
        if numbers:
            return scope, numbers
    return possible[0] if wish else possible[1], []


def _owner(scope: Scope, agencies: tuple[str, ...]) -> str:
    return label("agencies", agencies[0]) if scope in {Scope.FORCE, Scope.REGION} else ""
