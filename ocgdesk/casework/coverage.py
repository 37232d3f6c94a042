"""Balance and coverage: what the plans of a force reach, strand by strand, never as one score.

Beside counts stand outcomes. Nothing here ranks anybody: a row is an OCG, not its LRO.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from ocgdesk.casework.plan_board import Coverage, Touch
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Strand
from ocgdesk.i18n import N_
from ocgdesk.progress import Progress, silent
from ocgdesk.store import coverage as queries
from ocgdesk.store import planning
from ocgdesk.store.coverage import Latest, Near
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs

STALE: Final = timedelta(days=90)
"""Nothing raised or done for so long: the strand is stale (local default)."""
CAVEAT: Final = N_(
    "Coverage says what live actions name, not what they achieve. It follows what is recorded."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StrandState:
    """One P of one plan: how much is live and done, what came of it, whether it went stale."""

    strand: Strand
    live: int = 0
    done: int = 0
    outcomes: int = 0
    last: date | None = None
    is_stale: bool = False
    is_excused: bool = False
    """Whether the plan says why this P does not apply for now."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing live is under this P, and nobody said why."""
        return not self.live and not self.is_excused


@dataclass(frozen=True, slots=True, kw_only=True)
class OcgCoverage:
    """What the plan of one OCG reaches."""

    ocg: Brief
    has_plan: bool
    strands: tuple[StrandState, ...]
    touches: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceCoverage:
    """What the plans of a force reach together, with a row for each OCG."""

    rows: tuple[OcgCoverage, ...]
    strands: tuple[StrandState, ...]
    touches: tuple[Coverage, ...]
    empty: Mapping[Strand, int]
    """How many plans have nothing live under a P and do not say why."""
    stale: Mapping[Strand, int]
    without_plan: int


def of_force(
    reader: Reader,
    agencies: Collection[str] = (),
    *,
    today: date,
    progress: Progress = silent,
) -> ForceCoverage:
    """Return what the plans of these agencies reach; of every agency where none is named."""
    numbers = planning.active_ocgs(reader, agencies=agencies, limit=None)
    progress(0, 3, "Coverage")
    held = planning.held(reader, numbers, today)
    progress(1, 3, "Coverage")
    touches = _touches(queries.near(reader, numbers, today), queries.touched(reader, numbers))
    progress(2, 3, "Coverage")
    states = _states(queries.strands(reader, numbers), today)
    excused = queries.excused(reader, numbers, today)
    reader.saw("View coverage", (), agencies=sorted(agencies), ocgs=len(numbers))
    rows = tuple(
        OcgCoverage(
            ocg=brief,
            has_plan=brief.no in held.plans,
            strands=tuple(_state(states, excused, brief.no, strand) for strand in Strand),
            touches=tuple(touches.get(brief.no, ())),
        )
        for brief in briefs(reader, numbers)
    )
    progress(3, 3, "Coverage")
    return _summed(rows)


def _state(
    states: Mapping[tuple[int, Strand], StrandState],
    excused: Collection[tuple[int, str]],
    ocg: int,
    strand: Strand,
) -> StrandState:
    state = states.get((ocg, strand), StrandState(strand=strand))
    return replace(state, is_excused=True) if (ocg, strand.value) in excused else state


def _touches(found: Iterable[Near], reached: Mapping[int, set[UUID]]) -> dict[int, list[Coverage]]:
    sorts: dict[int, dict[Touch, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    for item in found:
        if (touch := sort_of(item)) is not None:
            sorts[item.ocg][touch].add(item.id)
    nothing: set[UUID] = set()
    return {
        ocg: [
            Coverage(touch, len(ids & reached.get(ocg, nothing)), len(ids))
            for touch in Touch
            if (ids := known.get(touch, nothing))
        ]
        for ocg, known in sorts.items()
    }


def sort_of(item: Near) -> Touch | None:
    """Return what a linked record counts as; None for what no plan has to reach."""
    if item.exploited:
        return Touch.EXPLOITED
    if item.type == "member-of" or item.importance:
        return Touch.PRINCIPALS if item.importance == "principal" else None
    if item.type == "cuckooed-at" and item.kind is Kind.LOCATION:
        return Touch.HOMES
    return {Kind.COUNTY_LINE: Touch.LINES, Kind.COMMODITY: Touch.COMMODITIES}.get(item.kind)


def _states(found: Iterable[Latest], today: date) -> dict[tuple[int, Strand], StrandState]:
    return {
        (one.ocg, Strand(one.strand)): StrandState(
            strand=Strand(one.strand),
            live=one.live,
            done=one.done,
            outcomes=one.outcomes,
            last=one.last,
            is_stale=one.live > 0 and one.last is not None and one.last < today - STALE,
        )
        for one in found
    }


def _summed(rows: tuple[OcgCoverage, ...]) -> ForceCoverage:
    planned = [row for row in rows if row.has_plan]
    by_strand = {
        s: [state for row in planned for state in row.strands if state.strand is s] for s in Strand
    }
    return ForceCoverage(
        rows=rows,
        strands=tuple(
            StrandState(
                strand=strand,
                live=sum(state.live for state in states),
                done=sum(state.done for state in states),
                outcomes=sum(state.outcomes for state in states),
                last=max((state.last for state in states if state.last), default=None),
            )
            for strand, states in by_strand.items()
        ),
        touches=tuple(_all_touches(rows)),
        empty={s: sum(state.is_empty for state in states) for s, states in by_strand.items()},
        stale={s: sum(state.is_stale for state in states) for s, states in by_strand.items()},
        without_plan=len(rows) - len(planned),
    )


def _all_touches(rows: Iterable[OcgCoverage]) -> Iterable[Coverage]:
    sums: dict[Touch, list[int]] = {touch: [0, 0] for touch in Touch}
    for row in rows:
        for one in row.touches:
            sums[one.what][0] += one.touched
            sums[one.what][1] += one.total
    for touch, (touched, total) in sums.items():
        if total:
            yield Coverage(touch, touched, total)
