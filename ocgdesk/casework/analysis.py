"""Measures of a part of the register: what was computed, on what, how, and how sure it is."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import numpy as np

from ocgdesk.casework import network_evidence, network_scope
from ocgdesk.casework.network_evidence import Without
from ocgdesk.casework.network_scope import Scope
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.graph import narrowing, scores, sureness
from ocgdesk.graph.cohesion import Shape
from ocgdesk.graph.definitions import DEFINITIONS, LOOKED, USUAL, On, definition
from ocgdesk.graph.network import Network
from ocgdesk.graph.scores import Scores, options_in_words
from ocgdesk.graph.sureness import Bands, Collection, Evidence, Variant
from ocgdesk.graph.ties import Chosen, Options
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress, silent
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

MOST_SOURCES = 25
"""Sources each left out in turn, those behind most links first; the cut is said."""
_MOST_BAND_STEPS = 6_000_000_000
"""Nodes times nodes and ties, over all variants: up to about two minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be computed, of which records, and how they are read."""

    scope: Scope = field(default_factory=Scope)
    measures: tuple[str, ...] = USUAL
    """The first one that ranks decides the order."""
    options: Options = field(default_factory=Options)
    without: tuple[Without, ...] = ()
    """What is left out from the start."""
    ranked: tuple[Kind, ...] = ()
    """Only these kinds are ranked, in a network of all; none named: all of them."""
    sure: bool = True
    """Whether the ranking is recomputed without this or that, for the band of ranks."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Material:
    """All that is computed on, as plain values: they travel to the worker process."""

    question: Question
    network: Network
    evidence: Evidence
    unranked: frozenset[int]
    """Numbers of people recorded as exploited or under 18: part of the network, never ranked."""
    left_out: int
    """Links left out by ``without``."""
    read_at: datetime
    """When the register was read, UTC."""

    @property
    def safeguarded(self) -> Chosen:
        """Tell of each node whether it is a person never to be ranked."""
        hidden = np.fromiter(self.unranked, np.int64, len(self.unranked))
        found: Chosen = np.isin(self.network.nodes, hidden)
        return found

    @property
    def among(self) -> Chosen:
        """Tell of each node whether it is to be ranked."""
        kinds = self.question.ranked
        wanted = narrowing.of_kinds(self.network, kinds) if kinds else True
        return ~self.safeguarded & wanted

    @property
    def fingerprint(self) -> str:
        """A hash of everything the answer depends on."""
        found = hashlib.sha256(repr(self.question).encode())
        for part in (self.network, self.evidence):
            for name in type(part).__dataclass_fields__:
                value = getattr(part, name)
                is_array = isinstance(value, np.ndarray)
                found.update(value.tobytes() if is_array else repr(value).encode())
        found.update(repr(sorted(self.unranked)).encode())
        return found.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Analysis:
    """A result as a value: what was computed, on which records, as at when, with which settings."""

    question: Question
    read_at: datetime
    fingerprint: str
    nodes: np.ndarray
    """Workspace numbers, in the order of all values."""
    among: Chosen
    """Which of them are ranked."""
    safeguarded: Chosen
    """Which of them never are, nor any tie of theirs."""
    scores: dict[str, Scores]
    refused: dict[str, str]
    """Measures that are not defined here, with the reason."""
    shape: Shape
    order: str
    """The measure the ranking is by; empty where none of them ranks."""
    bands: Bands | None
    collection: Collection | None
    notes: tuple[str, ...]
    """What was left out, sampled or could not be asked, in sentences."""

    @property
    def settings(self) -> tuple[str, ...]:
        """How the network was read, in words: printed with every result."""
        words = [self.question.scope.words, *options_in_words(self.question.options)]
        words += [without.words for without in self.question.without]
        if self.question.ranked:
            kinds = ", ".join(label("kinds", kind.value) for kind in self.question.ranked)
            words.append(_("ranked: only {kinds}").format(kinds=kinds))
        return tuple(words)

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must stand beside every result."""
        return (_(FIXED_LINE), _(LOOKED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One item of a ranking."""

    position: int
    """In the order of all values."""
    no: int
    rank: int
    best: int
    worst: int
    """The ranks it takes as links are left out; 0 where that was not asked."""
    worst_is: str
    """What was left out where it ranks worst; empty where nothing lowers it."""
    values: dict[str, float | None]
    """Of each measure; None where it has none."""
    reports: int
    reports_share: float
    reports_rank: int
    """The rank it would take by the number of reports alone."""


def ask(reader: Reader, question: Question, progress: Progress = silent) -> Analysis:
    """Read and compute in one go. Raises what ``gather`` and ``compute`` raise."""
    return compute(gather(reader, question), progress)


def gather(
    reader: Reader, question: Question, today: date | None = None, *, noted: bool = True
) -> Material:
    """Read all that a question is computed on, as this reader may see it.

    ``noted`` enters the consultation; what only adds to another that is entered need not be.

    Raises Refused where the scope is empty or makes no sense, a measure is not known, or a
    source that is to be left out is behind nothing; NotFound where the scope is gone.
    """
    for name in question.measures:
        definition(name)
    held = network_scope.source(reader, question.scope)
    whole = network_scope.scope(reader, question.scope, held)
    evidence = network_evidence.read(held, whole)
    network, evidence, left_out = network_evidence.leave_out(whole, evidence, question.without)
    read_at = datetime.now(UTC)
    # Who was a child on the day that is looked at is not ranked for what was known then.
    day = min(today or read_at.date(), question.scope.until or date.max)
    protected = network_scope.safeguarded(held, network, day)
    if noted:
        reader.saw(
            "Analyse network",
            network_evidence.subjects(reader, question.scope),
            items=len(network),
            measures=list(question.measures),
        )
    return Material(
        question=question,
        network=network,
        evidence=evidence,
        unranked=protected,
        left_out=left_out,
        read_at=read_at,
    )


def compute(material: Material, progress: Progress = silent) -> Analysis:
    """Compute what was asked: pure arithmetic over values, for the worker process.

    Raises Refused, with the reason, where none of the measures is defined for the settings.
    """
    question, among = material.question, material.among
    measured = scores.measure_all(material.network, question.measures, question.options, progress)
    order = next((name for name in measured.scores if _ranks(name)), "")
    bands, notes = None, list(_notes(material, measured.scores))
    if order and question.sure:
        bands, more = _bands(material, order, progress)
        notes += more
    return Analysis(
        question=question,
        read_at=material.read_at,
        fingerprint=material.fingerprint,
        nodes=material.network.nodes,
        among=among,
        safeguarded=material.safeguarded,
        scores=measured.scores,
        refused=measured.refused,
        shape=scores.shape(material.network, progress),
        order=order,
        bands=bands,
        collection=_collection(material, measured.scores[order]) if order else None,
        notes=tuple(notes),
    )


def is_current(reader: Reader, analysis: Analysis) -> bool:
    """Tell whether the register still holds what was computed on."""
    return gather(reader, analysis.question).fingerprint == analysis.fingerprint


STALE = N_("The register has changed since this was computed: compute it again")


def standing(analysis: Analysis, top: int | None = None) -> list[Standing]:
    """Return those who rank highest, the highest first; people never to be ranked are not in it.

    Where no measure ranks, all that may be shown come in the order of their numbers, with rank 0.
    """
    if not any(one.on is On.NODE for one in analysis.scores.values()):
        return []
    rank = _rank(analysis)
    shown = rank > 0 if analysis.order else analysis.among
    places = np.flatnonzero(shown)
    ordered = places[np.lexsort((analysis.nodes[places], rank[places]))]
    return [_standing(analysis, int(at), int(rank[at])) for at in ordered[:top]]


def named(
    reader: Reader, rows: Sequence[Standing], as_at: datetime | None = None
) -> list[tuple[Brief, Standing]]:
    """Return each with the record it is, or was; that these were shown is noted."""
    held = network_scope.source_at(reader, as_at)
    known = {brief.no: brief for brief in held.briefs([row.no for row in rows])}
    reader.saw("Show ranking", list(known))
    return [(known[row.no], row) for row in rows if row.no in known]


@dataclass(frozen=True, slots=True, kw_only=True)
class TieStanding:
    """One tie with what the measures of links say of it."""

    source: int
    """Workspace numbers of its ends."""
    target: int
    links: int
    """How many links it stands for."""
    values: dict[str, float]


def ties(analysis: Analysis, top: int | None = None) -> list[TieStanding]:
    """Return the ties, by the first measure of links, the highest first.

    Ties of people never to be ranked are not in it.
    """
    found = [one for one in analysis.scores.values() if one.on is On.LINK]
    drawn = found[0].ties if found else None
    if drawn is None:
        return []
    hidden = analysis.safeguarded[drawn.source] | analysis.safeguarded[drawn.target]
    ordered = np.argsort(-np.round(found[0].values, 9), kind="stable")
    order = ordered[~hidden[ordered]][:top]
    return [
        TieStanding(
            source=int(analysis.nodes[drawn.source[at]]),
            target=int(analysis.nodes[drawn.target[at]]),
            links=int(drawn.links[at]),
            values={one.name: float(one.values[at]) for one in found},
        )
        for at in order.tolist()
    ]


# ---- Parts ---------------------------------------------------------------------------------------


def _ranks(name: str) -> bool:
    return DEFINITIONS[name].on is On.NODE and DEFINITIONS[name].ranked


def _rank(analysis: Analysis) -> np.ndarray:
    if analysis.bands is not None:
        return analysis.bands.rank
    if not analysis.order:
        return np.zeros(analysis.nodes.size, np.int64)
    values, low = analysis.scores[analysis.order].values, DEFINITIONS[analysis.order].low_first
    return sureness.ranks(values, analysis.among, low_first=low)


def _standing(analysis: Analysis, at: int, rank: int) -> Standing:
    bands, collection = analysis.bands, analysis.collection
    by = int(bands.lowered_by[at]) if bands is not None else -1
    return Standing(
        position=at,
        no=int(analysis.nodes[at]),
        rank=rank,
        best=int(bands.best[at]) if bands is not None else 0,
        worst=int(bands.worst[at]) if bands is not None else 0,
        worst_is=bands.tried[by] if bands is not None and by >= 0 else "",
        values={
            name: _value(one, at) for name, one in analysis.scores.items() if one.on is On.NODE
        },
        reports=int(collection.reports[at]) if collection else 0,
        reports_share=float(collection.share[at]) if collection else 0.0,
        reports_rank=int(collection.rank[at]) if collection else 0,
    )


def _value(found: Scores, at: int) -> float | None:
    value = float(found.values[at])
    return None if np.isnan(value) else value


def _collection(material: Material, by: Scores) -> Collection:
    return sureness.collection(
        material.network,
        material.evidence,
        by.values,
        among=material.among,
        low_first=DEFINITIONS[by.name].low_first,
    )


def _bands(material: Material, order: str, progress: Progress) -> tuple[Bands | None, list[str]]:
    variants, cut = network_evidence.variants(material.network, material.evidence, MOST_SOURCES)
    variants = [variant for variant in variants if variant.fallen.any()]
    count = len(material.network)
    steps = count * (count + material.network.source.size) * len(variants)
    if steps > _MOST_BAND_STEPS and DEFINITIONS[order].weights.name == "LENGTH":
        return None, [_("How sure the ranking is was not computed: the network is too large.")]
    found = _all_bands(material, order, variants, progress)
    notes = [cut] if cut else []
    if found.undecided:
        told = _("{title} could not be computed {variants}.")
        title, names = _(DEFINITIONS[order].title), ", ".join(found.undecided)
        notes.append(told.format(title=title, variants=names))
    return found, notes


def _all_bands(
    material: Material, order: str, variants: Sequence[Variant], progress: Progress
) -> Bands:
    question = material.question
    return sureness.bands(
        material.network,
        order,
        question.options,
        variants,
        among=material.among,
        progress=progress,
    )


def _notes(material: Material, found: dict[str, Scores]) -> Iterator[str]:
    if material.unranked:
        yield _("People recorded as exploited or under 18 are part of the network and not ranked.")
    if material.left_out:
        told = ngettext("{n:,} link was left out.", "{n:,} links were left out.", material.left_out)
        yield told.format(n=material.left_out)
    missing = sureness.without_report(material.network, material.evidence)
    if missing:
        told = ngettext(
            "For {n:,} link no report is recorded: what it rests on is not known, and it stays.",
            "For {n:,} links no report is recorded: what they rest on is not known, and they stay.",
            missing,
        )
        yield told.format(n=missing)
    for name, one in found.items():
        if one.note:
            yield f"{_(DEFINITIONS[name].title)}: {one.note}"
