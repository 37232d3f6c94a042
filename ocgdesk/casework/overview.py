"""What the home page asks: whose OCGs, how they stand, what needs doing, what others did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from ocgdesk.casework import threat_grid
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import CodeList, code_list, label
from ocgdesk.domain.score_trends import Direction
from ocgdesk.domain.tasking import MeetingGroup
from ocgdesk.store import falling_due, planning, recent, tasking_book, threats
from ocgdesk.store.falling_due import WEEK, Due
from ocgdesk.store.planning import OcgAtAGlance, Standing
from ocgdesk.store.reader import Reader
from ocgdesk.store.recent import Recent
from ocgdesk.store.records import counts
from ocgdesk.store.threats import Kept

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
    scores: Mapping[UUID, "Scored"] = field(default_factory=dict)
    """The newest risk score of each row that has one, with its trend."""
    meeting: tuple[str, date] | None = None
    """The next meeting that looks at these OCGs, and its day."""
    is_begun: bool = True
    """Whether the workspace holds any OCG at all, active or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """How an OCG is scored now, and which way that went."""

    risk: Kept
    points: tuple[float, ...]

    @property
    def trend(self) -> Direction:
        """Which way the risk went between its last two comparable scores."""
        return threat_grid.direction(self.points)


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
    rows = tuple(planning.glance(reader, held, limit=MOST))
    return Home(
        scope=scope,
        owner=_owner(scope, agencies),
        rows=rows,
        standing=planning.standing(reader, held, today),
        tasks=tuple(falling_due.due(reader, today + WEEK, ocgs=numbers, limit=MOST)),
        waiting=tuple(falling_due.due(reader, date.max, user=reader.user.id)),
        recent=tuple(recent.by_others(reader, shown, since)),
        scores=_scores(reader, rows),
        meeting=_next_meeting(reader, agency, today),
        is_begun=bool(rows or counts(reader, (Kind.OCG,))[Kind.OCG]),
    )


def _scores(reader: Reader, rows: Sequence[OcgAtAGlance]) -> dict[UUID, Scored]:
    kept = threats.scores(reader, [row.ocg.no for row in rows])
    found = {row.ocg.id: threat_grid.risk_of(kept.get(row.ocg.no, ())) for row in rows}
    return {
        id_: Scored(risk=risk, points=points)
        for id_, (risk, points) in found.items()
        if risk is not None
    }


def _next_meeting(reader: Reader, agency: str, today: date) -> tuple[str, date] | None:
    """Return the next TTCG of the force or its region; of any where the agency has none."""
    held = [one for one in tasking_book.meetings(reader, since=today) if one.status not in _OVER]
    groups = {one.id: one for one in tasking_book.groups(reader)} if held else {}
    wanted = {*agencies_of(Scope.REGION, agency), agency}
    days = [
        (one.held, groups[one.owner].name, groups[one.owner].agency in wanted)
        for one in held
        if one.held is not None and one.owner in groups and _is_ttcg(groups[one.owner])
    ]
    near = [one for one in days if one[2]] or days
    return min(((name, day) for day, name, _own in near), key=lambda one: one[1], default=None)


_OVER = frozenset({"closed", "cancelled"})


def _is_ttcg(group: MeetingGroup) -> bool:
    return group.group_type.endswith("ttcg") or group.group_type == "ocg-management"


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
