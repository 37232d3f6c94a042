"""The threat grid: one row an OCG, with both scores as they were made, ranked by risk.

Rows are ranked only among scores that can be compared: those of one version of the sheet from
one source. The rest stand below, unranked, and a sentence says so.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from ocgdesk.casework import assessments
from ocgdesk.domain import scoring_sheets
from ocgdesk.domain.dates import LONDON, overlaps
from ocgdesk.domain.entities import Assignment, Ocg
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.score_trends import Direction
from ocgdesk.domain.scoring import Source
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import claims_listed, history, records, threats
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.threats import Kept, Threat

RANKING: Final = "morile-style"
"""The sheet whose result rows are ranked by."""
BESIDE: Final = "ocgm"
"""The sheet that stands beside it."""
LEFT_OUT: Final = frozenset({"archived", "rejected", "merged"})
"""Statuses that are in the grid only when everything is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One OCG in the grid."""

    threat: Threat
    lro: str = ""
    sio: str = ""
    risk: Kept | None = None
    """The newest assessment by the sheet rows are ranked by."""
    attributes: Kept | None = None
    """The newest assessment by the sheet beside it."""
    rank: int | None = None
    """Its place among rows that can be compared; None for the others."""
    points: tuple[float, ...] = ()
    """The totals that can be compared with the newest, oldest first."""
    last_disruption: date | None = None

    @property
    def trend(self) -> Direction:
        """Which way the risk went between its last two comparable scores."""
        return direction(self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which OCGs are wanted, and as they stand when."""

    agencies: tuple[str, ...] = ()
    """Owning agencies; none is every one."""
    everything: bool = False
    """Whether archived, rejected and merged OCGs are listed too."""
    as_at: datetime | None = None
    """Recorded time: what this workspace held then; None is now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The threat grid, read from one snapshot."""

    rows: tuple[Row, ...]
    wish: Wish
    day: date
    """The day reviews are counted from."""
    basis: tuple[str, ...]
    """By what it was scored, in sentences."""
    apart: tuple[str, ...] = ()
    """Which rows are not compared with the others, in sentences."""


def read(reader: Reader, wish: Wish, *, today: date) -> Grid:
    """Return the threat grid; that it was read is noted with its rows."""
    found, kept, posts, day = _held(reader, wish, today)
    rows = [_row(item, kept.get(item.ocg.id, []), posts.get(item.ocg.id, {})) for item in found]
    ranked = _ranked(_with_last(reader, wish, rows))
    numbers = [row.threat.ocg.no for row in rows if row.threat.ocg.no]
    reader.saw("Threat grid", numbers, rows=len(rows))
    return Grid(rows=tuple(ranked), wish=wish, day=day, basis=_basis(), apart=_apart(ranked))


def _with_last(reader: Reader, wish: Wish, rows: Sequence[Row]) -> list[Row]:
    """Say when each OCG was last disrupted, as far as claims were accepted by then."""
    ids = [row.threat.ocg.id for row in rows]
    if wish.as_at is None:
        last = claims_listed.last_against(reader, ids)
    else:
        last = claims_listed.last_then(reader, ids, history.seq_at(reader, wish.as_at))
    return [replace(row, last_disruption=last.get(row.threat.ocg.id)) for row in rows]


_Held = tuple[list[Threat], dict[Any, list[Kept]], dict[Any, dict[str, str]], date]


def _held(reader: Reader, wish: Wish, today: date) -> _Held:
    if wish.as_at is not None:
        return _then(reader, wish, wish.as_at)
    without = () if wish.everything else LEFT_OUT
    found = threats.threats(reader, agencies=wish.agencies, without=without)
    ids = {item.ocg.no: item.ocg.id for item in found}
    kept = threats.scores(reader, list(ids))
    posts = threats.holders(reader, list(ids), today)
    return (
        found,
        {ids[no]: scores for no, scores in kept.items()},
        {ids[no]: held for no, held in posts.items()},
        today,
    )


def direction(points: Sequence[float]) -> Direction:
    """Return which way a score went between its last two comparable totals."""
    if len(points) < 2:
        return Direction.UNKNOWN
    change = points[-1] - points[-2]
    if change == 0:
        return Direction.LEVEL
    return Direction.RISING if change > 0 else Direction.FALLING


def risk_of(kept: Sequence[Kept]) -> tuple[Kept | None, tuple[float, ...]]:
    """Return the newest score rows are ranked by, and the totals that compare with it.

    ``kept`` are the assessments of one record, oldest first; so are the totals.
    """
    risk = [one for one in kept if one.sheet == RANKING]
    newest = risk[-1] if risk else None
    points = (
        one.total
        for one in risk
        if newest and _group(one) == _group(newest) and one.total is not None
    )
    return newest, tuple(points)


def _row(threat: Threat, kept: Sequence[Kept], posts: dict[str, str]) -> Row:
    risk, points = risk_of(kept)
    beside = [one for one in kept if one.sheet == BESIDE]
    return Row(
        threat=threat,
        lro=posts.get("lro", ""),
        sio=posts.get("sio", ""),
        risk=risk,
        attributes=beside[-1] if beside else None,
        points=points,
    )


def _group(kept: Kept) -> tuple[str, int]:
    """Return what two scores must share to be compared."""
    return (kept.source, kept.version)


def _ranked(rows: Iterable[Row]) -> list[Row]:
    """Put rows in order: the largest comparable group by risk, then others, then unscored."""
    rows = list(rows)
    scored = [row for row in rows if row.risk is not None and row.risk.total is not None]
    groups = Counter(_group(row.risk) for row in scored if row.risk)
    main = max(groups, key=lambda group: (groups[group], group[1]), default=None)
    first = [row for row in scored if row.risk and _group(row.risk) == main]
    first.sort(key=lambda row: -_total(row))
    rest = [row for row in scored if row.risk and _group(row.risk) != main]
    rest.sort(key=lambda row: (_group(row.risk) if row.risk else ("", 0), -_total(row)))
    placed = {id(row) for row in scored}
    unscored = [row for row in rows if id(row) not in placed]
    return [*_with_ranks(first), *rest, *unscored]


def _total(row: Row) -> float:
    return (row.risk.total or 0.0) if row.risk else 0.0


def _with_ranks(rows: Sequence[Row]) -> list[Row]:
    """Give rows their place from the top; equal risks share one."""
    ranked: list[Row] = []
    for number, row in enumerate(rows, start=1):
        before = ranked[-1] if ranked else None
        same = before is not None and _total(before) == _total(row)
        ranked.append(replace(row, rank=before.rank if same and before else number))
    return ranked


def _basis() -> tuple[str, ...]:
    """Say by what rows are scored."""
    return tuple(
        f"{_(sheet.title)} v{sheet.version}: {_(assessments.LOCAL_DEFAULT)}"
        for sheet in map(scoring_sheets.sheet, (RANKING, BESIDE))
        if sheet.local_default
    )


def _apart(rows: Sequence[Row]) -> tuple[str, ...]:
    """Say how many rows cannot be compared with the rest, and why."""
    apart = Counter(
        _group(row.risk) for row in rows if row.risk and row.risk.total is not None and not row.rank
    )
    return tuple(_apart_words(group, n) for group, n in sorted(apart.items()))


def _apart_words(group: tuple[str, int], n: int) -> str:
    source, version = group
    if source == Source.OFFICIAL:
        told = ngettext(
            "{n} row has an official score: not ranked with the others",
            "{n} rows have an official score: not ranked with the others",
            n,
        )
        return told.format(n=n)
    told = ngettext(
        "{n} row is scored by version {version}: not compared with the others",
        "{n} rows are scored by version {version}: not compared with the others",
        n,
    )
    return told.format(n=n, version=version)


# ---- As it was ----------------------------------------------------------------------------------


def _then(reader: Reader, wish: Wish, moment: datetime) -> _Held:
    """Return what the workspace held at a moment, as values of the same form."""
    seq, day = history.seq_at(reader, moment), moment.astimezone(LONDON).date()
    groups = [t for t in history.all_as_at(reader, Kind.OCG, seq) if isinstance(t, Ocg)]
    groups = [ocg for ocg in groups if _wanted(ocg, wish)]
    known = records.by_ids(reader, [ocg.id for ocg in groups])
    found = [_threat(ocg, known.get(ocg.id)) for ocg in groups]
    found.sort(key=lambda item: item.ocg.label.casefold())
    kept: dict[Any, list[Kept]] = {}
    scored = [
        t for t in history.all_as_at(reader, Kind.ASSESSMENT, seq) if isinstance(t, Assessment)
    ]
    for item in sorted(scored, key=lambda one: one.assessed or date.min):
        kept.setdefault(item.owner, []).append(_kept(item))
    posts: dict[Any, dict[str, str]] = {}
    for post in history.all_as_at(reader, Kind.ASSIGNMENT, seq):
        if isinstance(post, Assignment) and overlaps(post.start, post.end, day):
            posts.setdefault(post.owner, {})[post.role] = post.officer
    return found, kept, posts, day


def _wanted(ocg: Ocg, wish: Wish) -> bool:
    if not wish.everything and ocg.status in LEFT_OUT:
        return False
    return not wish.agencies or ocg.agency in wish.agencies


def _threat(ocg: Ocg, now: Brief | None) -> Threat:
    brief = Brief(
        now.no if now else 0, ocg.id, Kind.OCG, ocg.ref, ocg.label, ocg.marking,
        ocg.restricted_to is not None,
    )  # fmt: skip
    fields = ("status", "tier", "threat_type", "primary_crime", "agency", "pillar", "review_due")
    return Threat(ocg=brief, **{name: getattr(ocg, name) for name in fields})


def _kept(item: Assessment) -> Kept:
    return Kept(
        sheet=item.sheet,
        version=item.sheet_version,
        source=item.score_source,
        assessed=item.assessed,
        total=item.total,
        band=item.band,
    )
