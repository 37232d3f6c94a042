"""Routes as paths: with their records, the links of each step and the reports behind them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from uuid import UUID

from ocgdesk.casework import exports
from ocgdesk.casework.path_words import Step, sentences
from ocgdesk.casework.withholding import NOTE, WITHHELD
from ocgdesk.domain.entities import Report
from ocgdesk.domain.links import Link, Strength
from ocgdesk.domain.marking import highest
from ocgdesk.errors import Refused
from ocgdesk.graph.ways import Route
from ocgdesk.i18n import _
from ocgdesk.store.network_now import Now
from ocgdesk.store.records import Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """One path with all that is needed to say it in a statement."""

    records: tuple[Brief, ...]
    steps: tuple[Step, ...]
    strength: Strength
    """Of its weakest step."""
    by: tuple[date | None, ...] = ()
    """Of a path in time: the earliest day of each step; None where no day is known."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the path as numbered sentences."""
        told = enumerate(self.steps, 1)
        return tuple(f"{n}. {' '.join(sentences(step))}" for n, step in told)

    @property
    def undated(self) -> int:
        """Return how many steps have no link with a date: of their order nothing is known."""
        return sum(not any(link.start or link.end for link in s.links) for s in self.steps)

    @property
    def unsourced(self) -> int:
        """Return how many steps rest on no report."""
        return sum(not step.reports for step in self.steps)


def statement(path: Path, caveats: Iterable[str], *, synthetic: bool = False) -> str:
    """Return a path as it may leave: marked, with its sources, nobody exploited named."""
    marking = exports.banner(highest([b.marking for b in path.records]), synthetic=synthetic)
    nameless = {brief.id: _unnamed(brief) for brief in path.records}
    steps = (
        replace(step, one=nameless[step.one.id], two=nameless[step.two.id]) for step in path.steps
    )
    told = replace(path, records=tuple(nameless.values()), steps=tuple(steps))
    note = (_(NOTE),) if any(brief.exploited for brief in path.records) else ()
    return "\n".join((marking, "", *told.sentences, "", *caveats, *note, "", marking))


def _unnamed(brief: Brief) -> Brief:
    return replace(brief, label=_(WITHHELD)) if brief.exploited else brief


def explain(held: Now, found: Sequence[Route]) -> Iterator[Path]:
    """Return routes as paths: with their records, their links and the reports behind them.

    Raises Refused where one of them is gone since the network was read.
    """
    nos = {no for route in found for no in route.nodes}
    briefs = {brief.no: brief for brief in held.briefs(sorted(nos))}
    wanted = list(dict.fromkeys(no for route in found for step in route.steps for no in step))
    links = held.links(wanted)
    if len(links) < len(wanted) or len(briefs) < len(nos):
        raise Refused(_("The register has changed meanwhile: ask again"))
    reports = held.reports({id_ for link in links.values() for id_ in link.reports})
    for route in found:
        yield _path(route, briefs, links, reports)


def _path(
    route: Route, briefs: dict[int, Brief], links: dict[int, Link], reports: dict[UUID, Report]
) -> Path:
    steps = []
    for (one, two), nos in zip(pairwise(route.nodes), route.steps, strict=True):
        some = tuple(links[no] for no in nos)
        cited = dict.fromkeys(id_ for link in some for id_ in link.reports)
        behind = tuple(reports[id_] for id_ in cited if id_ in reports)
        steps.append(Step(one=briefs[one], two=briefs[two], links=some, reports=behind))
    strongest = (max(Strength(link.strength).rank for link in step.links) for step in steps)
    return Path(
        records=tuple(briefs[no] for no in route.nodes),
        steps=tuple(steps),
        strength=list(Strength)[2 - min(strongest)],
        by=tuple(_day(ordinal) for ordinal in route.days),
    )


def _day(ordinal: int) -> date | None:
    known = date.min.toordinal() < ordinal < date.max.toordinal()
    return date.fromordinal(ordinal) if known else None
