"""How sure a ranking is: what it would be without this or that, and how far it follows reports."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocgdesk.errors import Refused
from ocgdesk.graph.definitions import definition
from ocgdesk.graph.narrowing import with_links
from ocgdesk.graph.network import Network
from ocgdesk.graph.scores import measure
from ocgdesk.graph.ties import Chosen, Numbers, Options, Reals
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent, track

_SAME = 1e-9
"""Values this near to each other, relative to their size, share a rank."""
_FOLLOWS, _PARTLY = 0.7, 0.4
"""Rank correlations from which standing follows, or partly follows, the number of reports."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """Which reports the links of a network rest on: one row per link and report."""

    link: Numbers
    """Positions into the links of the network."""
    report: Numbers
    """Numbers that tell reports apart."""
    untested: Chosen
    """Whether the report's source is untested: 2 in 3x5x2, E in 5x5x5."""
    source: Numbers
    """Codes into ``sources``."""
    sources: tuple[str, ...] = ()
    """Labels of sources; a report without one is a source of its own."""

    @classmethod
    def none(cls) -> "Evidence":
        """Return that no link rests on a report on record."""
        empty = np.zeros(0, np.int64)
        return cls(link=empty, report=empty, untested=np.zeros(0, np.bool_), source=empty)


def resting_only_on(network: Network, evidence: Evidence, rows: Chosen) -> Chosen:
    """Tell of each link whether it rests on reports, and on these rows of them only.

    A link no report is recorded for never does: what it rests on is not known.
    """
    count = network.source.size
    all_, some = (
        np.bincount(evidence.link[which], minlength=count)
        for which in (slice(None), np.flatnonzero(rows))
    )
    fallen: Chosen = (all_ > 0) & (all_ == some)
    return fallen


def without_report(network: Network, evidence: Evidence) -> int:
    """Return how many links no report is recorded for."""
    return int(network.source.size - np.unique(evidence.link).size)


def ranks(values: Reals, among: Chosen, *, low_first: bool = False) -> Numbers:
    """Return the rank of each chosen value: 1 the highest, ties sharing the best; else 0."""
    found = np.zeros(values.size, np.int64)
    ranked = np.flatnonzero(among & ~np.isnan(values))
    if not ranked.size:
        return found
    signed = values[ranked] if low_first else -values[ranked]
    order = np.argsort(signed, kind="stable")
    steps = np.diff(signed[order]) > _SAME * np.maximum(np.abs(signed[order][1:]), 1.0)
    places = np.arange(1, ranked.size + 1)
    starts = np.concatenate(([True], steps))
    found[ranked[order]] = np.maximum.accumulate(np.where(starts, places, 0))
    return found


# ---- Bands ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Variant:
    """The same question with some links left out."""

    name: str
    """What was left out, in words: ``without untested sources``."""
    fallen: Chosen
    """Which links."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bands:
    """Which ranks each node takes as links are left out; 0 where it is not ranked."""

    rank: Numbers
    best: Numbers
    worst: Numbers
    lowered_by: NDArray[np.int64]
    """The position in ``tried`` of what takes each node to its worst; -1 where nothing does."""
    tried: tuple[str, ...]
    undecided: tuple[str, ...] = ()
    """Variants for which the measure is not defined."""


def bands(
    network: Network,
    name: str,
    options: Options,
    variants: Sequence[Variant],
    *,
    among: Chosen,
    progress: Progress = silent,
) -> Bands:
    """Rank by a measure, and again for every variant that leaves any link out."""
    low = definition(name).low_first
    rank = ranks(measure(network, name, options, progress).values, among, low_first=low)
    best, worst, by = rank.copy(), rank.copy(), np.full(rank.size, -1, np.int64)
    tried, undecided = list[str](), list[str]()
    for variant in track([v for v in variants if v.fallen.any()], progress, _("How sure")):
        try:
            values = measure(with_links(network, ~variant.fallen), name, options).values
        except Refused:
            undecided.append(variant.name)
            continue
        then = ranks(_at_the_end(values, low=low), among, low_first=low)
        then[rank == 0] = 0
        by[then > worst] = len(tried)
        best, worst = np.minimum(best, then), np.maximum(worst, then)
        tried.append(variant.name)
    return Bands(
        rank=rank,
        best=best,
        worst=worst,
        lowered_by=by,
        tried=tuple(tried),
        undecided=tuple(undecided),
    )


def _at_the_end(values: Reals, *, low: bool) -> Reals:
    """Return the values with nodes that have none behind all that have one."""
    last = np.nanmax(values, initial=0.0) + 1 if low else np.nanmin(values, initial=0.0) - 1
    return np.where(np.isnan(values), last, values)


# ---- Collection ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Collection:
    """How far standing follows how much was gathered."""

    reports: Numbers
    """Reports behind the links of each node, each counted once."""
    share: Reals
    """Which share of the reports on anybody ranked concerns each node."""
    rank: Numbers
    """The rank each node would take by its number of reports alone; 0 where not ranked."""
    correlation: float
    """Spearman's, between standing and number of reports; NaN where either is all the same."""

    @property
    def sentence(self) -> str:
        """What the correlation means, in plain words."""
        rho = self.correlation
        if np.isnan(rho):
            return _("Whether standing follows the number of reports cannot be told here.")
        if rho >= _FOLLOWS:
            told = _(
                "Standing here follows collection: who ranks high is mostly who most reports "
                "are about (rank correlation {rho:.2f})."
            )
        elif rho >= _PARTLY:
            told = _(
                "Standing here partly follows collection: who ranks high tends to be who more "
                "reports are about (rank correlation {rho:.2f})."
            )
        else:
            told = _(
                "Standing here follows the number of reports little (rank correlation "
                "{rho:.2f}); what nobody looked for is missing all the same."
            )
        return told.format(rho=rho)


def collection(
    network: Network, evidence: Evidence, values: Reals, *, among: Chosen, low_first: bool = False
) -> Collection:
    """Compare the standing of the chosen nodes with the number of reports behind their links."""
    reports = reports_behind(network, evidence)
    ranked = among & ~np.isnan(values)
    counted = np.where(ranked, reports, 0)
    standing = -values if low_first else values
    return Collection(
        reports=reports,
        share=counted / max(int(counted.sum()), 1),
        rank=ranks(reports.astype(np.float64), ranked),
        correlation=spearman(standing[ranked], reports[ranked].astype(np.float64)),
    )


def reports_behind(network: Network, evidence: Evidence) -> Numbers:
    """Return how many reports are behind the links of each node, each counted once a node."""
    ends = np.concatenate((network.source[evidence.link], network.target[evidence.link]))
    both = np.concatenate((evidence.report, evidence.report))
    pairs = np.unique(np.stack((ends.astype(np.int64), both), axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=len(network)).astype(np.int64)


def spearman(one: Reals, other: Reals) -> float:
    """Return Spearman's rank correlation, equal values taking their mean rank."""
    if one.size < 2:
        return float("nan")
    a, b = _mean_ranks(one), _mean_ranks(other)
    a, b = a - a.mean(), b - b.mean()
    size = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum() / size) if size else float("nan")


def _mean_ranks(values: Reals) -> Reals:
    _value, which, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    mean: Reals = (last - (count - 1) / 2)[which]
    return mean
