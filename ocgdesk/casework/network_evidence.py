"""What a network's links rest on, and the same network with some of it left out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from ocgdesk.casework.network_scope import Scope
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.links import Strength
from ocgdesk.errors import Refused
from ocgdesk.graph.measures import distinct
from ocgdesk.graph.narrowing import with_links
from ocgdesk.graph.network import Network
from ocgdesk.graph.sureness import (
    Evidence,
    Variant,
    collection,
    resting_only_on,
    without_report,
)
from ocgdesk.graph.ties import Chosen
from ocgdesk.i18n import _
from ocgdesk.store import networks
from ocgdesk.store.evidence import Behind
from ocgdesk.store.network_now import Now
from ocgdesk.store.reader import Reader

_ALL_AT_ONCE = 20_000
"""Links from which all reports are read in one go rather than those of the links asked for."""
_FEWEST = 3
"""Ranked records below which nothing is said of how standing goes with reports."""


class Doubt(StrEnum):
    """What may be left out."""

    UNTESTED = "untested"
    TENTATIVE = "tentative"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Without:
    """One thing that is left out: written ``untested``, ``tentative`` or ``source:X``."""

    doubt: Doubt
    source: str = ""
    """The label of a source, or the reference of a report without one."""

    @classmethod
    def parse(cls, text: str) -> "Without":
        """Read it as it is written; Refused for anything else."""
        head, _colon, tail = text.strip().partition(":")
        known = {doubt.value for doubt in Doubt}
        if head in known and bool(tail.strip()) is (head == Doubt.SOURCE):
            return cls(Doubt(head), tail.strip())
        raise Refused(_("What can be left out is written untested, tentative or source:X"))

    def __str__(self) -> str:
        return f"{self.doubt}:{self.source}" if self.source else self.doubt.value

    @property
    def words(self) -> str:
        """What is left out, in words."""
        if self.doubt is Doubt.UNTESTED:
            return _("without untested sources")
        if self.doubt is Doubt.TENTATIVE:
            return _("without tentative links")
        return _("without {source}").format(source=self.source)


def read(held: Now, network: Network) -> Evidence:
    """Return which reports the links of a network rest on, as this reader may see them."""
    links = network.link_nos
    wanted = None if links.size > _ALL_AT_ONCE else links.tolist()
    rows = held.behind(wanted)
    order = np.argsort(links, kind="stable")
    nos = np.array([row.link for row in rows], np.int64)
    at = np.minimum(np.searchsorted(links[order], nos), max(links.size - 1, 0))
    known = links[order][at] == nos if links.size else np.zeros(nos.size, np.bool_)
    kept = [row for row, there in zip(rows, known.tolist(), strict=True) if there]
    return _evidence(kept, order[at[known]].astype(np.int64))


def _evidence(rows: Sequence[Behind], links: np.ndarray) -> Evidence:
    labels = [row.origin or row.ref or str(row.report) for row in rows]
    sources = tuple(sorted(set(labels)))
    codes = {label: code for code, label in enumerate(sources)}
    return Evidence(
        link=links,
        report=np.array([row.report for row in rows], np.int64),
        untested=np.array([_is_untested(row.grade) for row in rows], np.bool_),
        source=np.array([codes[label] for label in labels], np.int64),
        sources=sources,
    )


def _is_untested(grade: str) -> bool:
    try:
        return bool(grade) and Grading.parse(grade).is_untested
    except Refused:  # kept as it came, and no grading
        return False


def fallen(network: Network, evidence: Evidence, *what: Without) -> Chosen:
    """Tell of each link whether it would be gone without all of these.

    A link goes where every report behind it does; Refused for a source that is behind nothing.
    """
    gone = resting_only_on(network, evidence, _rows(evidence, what))
    if any(one.doubt is Doubt.TENTATIVE for one in what):
        gone |= network.strength == Strength.TENTATIVE.rank
    return gone


def _rows(evidence: Evidence, what: Sequence[Without]) -> Chosen:
    """Tell of each row of evidence whether it is one of those."""
    found = np.zeros(evidence.link.size, np.bool_)
    for one in what:
        if one.doubt is Doubt.UNTESTED:
            found |= evidence.untested
        elif one.doubt is Doubt.SOURCE:
            if one.source not in evidence.sources:
                raise Refused(_no_source(one.source, evidence.sources))
            found |= evidence.source == evidence.sources.index(one.source)
    return found


def _no_source(source: str, known: Sequence[str]) -> str:
    if not known:
        return _("No source is recorded behind these links")
    told = _("No link here rests on {source}; among those that do: {known}")
    return told.format(source=source[:60], known=", ".join(known[:8]))


def leave_out(
    network: Network, evidence: Evidence, what: Sequence[Without]
) -> tuple[Network, Evidence, int]:
    """Return the network and its evidence without these, and how many links went."""
    gone = fallen(network, evidence, *what)
    moved = np.cumsum(~gone) - 1
    kept = ~gone[evidence.link] & ~_rows(evidence, what)
    rest = replace(
        evidence,
        link=moved[evidence.link[kept]],
        report=evidence.report[kept],
        untested=evidence.untested[kept],
        source=evidence.source[kept],
    )
    return with_links(network, ~gone), rest, int(np.count_nonzero(gone))


def variants(network: Network, evidence: Evidence, most: int) -> tuple[list[Variant], str]:
    """Return the network's doubts, each to be left out in turn, and a sentence on what was cut.

    Without untested sources, without tentative links, and without each one source; of more than
    ``most`` sources those that most links stand or fall with.
    """
    sources = [Without(Doubt.SOURCE, source) for source in _weightiest(evidence)]
    asked = [Without(Doubt.UNTESTED), Without(Doubt.TENTATIVE), *sources[:most]]
    found = [Variant(one.words, fallen(network, evidence, one)) for one in asked]
    if len(sources) <= most:
        return found, ""
    told = _("Of {n:,} sources the {most} behind most links were each left out in turn.")
    return found, told.format(n=len(sources), most=most)


def _weightiest(evidence: Evidence) -> list[str]:
    counts = np.bincount(evidence.source, minlength=len(evidence.sources))
    used = [code for code in np.argsort(-counts, kind="stable").tolist() if counts[code]]
    return [evidence.sources[code] for code in used]


def resting(network: Network, evidence: Evidence, among: Chosen) -> tuple[str, ...]:
    """Return what an answer about a network rests on, and how far standing follows reports.

    ``among`` are the nodes that may be ranked: how their number of neighbours goes with the
    number of reports behind their links is the collection index.
    """
    links, missing = int(network.source.size), without_report(network, evidence)
    told = _(
        "It rests on {links:,} links, with {reports:,} reports of {sources:,} sources behind "
        "them; for {missing:,} links no report is recorded."
    )
    said = told.format(
        links=links,
        reports=np.unique(evidence.report).size,
        sources=len(evidence.sources),
        missing=missing,
    )
    if not evidence.link.size or np.count_nonzero(among) < _FEWEST:
        return (said,)
    near = np.bincount(distinct(network.edges).ravel(), minlength=len(network))
    found = collection(network, evidence, near.astype(np.float64), among=among)
    return (said, found.sentence)


def subjects(reader: Reader, scope: Scope) -> list[int]:
    """Return the numbers of the records a scope is drawn from, for the journal."""
    return list(networks.numbers(reader, scope.ids).values())
