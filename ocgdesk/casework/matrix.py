"""The matrix of OCGs: what each two have in common, in one square a pair, ordered by cluster."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from ocgdesk.casework import overview_finding, sharing
from ocgdesk.casework.moments import NOW, Moment
from ocgdesk.casework.overview_reading import Known
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.graph import between, ordering, shared
from ocgdesk.graph.network import Network
from ocgdesk.graph.shared import Sharing
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress, silent
from ocgdesk.reports import chart_words
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

SHARED: Final = (*overview_finding.SHARED, Kind.COUNTY_LINE, Kind.COMMODITY)
"""What is counted, in the order in which a cell shows it."""
MOST: Final = 400
"""OCGs in a matrix at most, those with most in common first."""
FEUD: Final = "rival"
NOTHING: Final = N_("Nothing shared under these filters.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is counted, of when, and what is left out as joining everybody."""

    kinds: tuple[Kind, ...] = SHARED
    moment: Moment = NOW
    widest: int = sharing.WIDEST
    stop: tuple[UUID, ...] = ()
    most: int = MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What two OCGs have in common."""

    counts: tuple[tuple[Kind, int], ...] = ()
    """How many records of each kind they share."""
    links: tuple[str, ...] = ()
    """Types of links between the two: rival, alliance, supplies."""
    beneath: tuple[UUID, ...] = ()
    """The records they share."""

    @property
    def total(self) -> int:
        """How many records they share."""
        return sum(n for _kind, n in self.counts)

    @property
    def feud(self) -> bool:
        """Whether they are rivals."""
        return FEUD in self.links

    @property
    def words(self) -> str:
        """What they have in common, in words."""
        told = [chart_words.counted(kind.value, n) for kind, n in self.counts]
        return ", ".join([*told, *(label("link-types", type_) for type_ in self.links)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """OCGs in order, and a cell for each pair with anything in common."""

    ocgs: tuple[Brief, ...]
    cells: Mapping[tuple[int, int], Cell]
    """By the places of both in ``ocgs``, the lower first."""
    left_out: tuple[str, ...] = ()

    def cell(self, row: int, column: int) -> Cell | None:
        """Return the cell of two OCGs, whichever way round; None where they share nothing."""
        return self.cells.get((min(row, column), max(row, column)))


def read(reader: Reader, query: Query | None = None, progress: Progress = silent) -> Matrix:
    """Return the matrix. Raises Refused for kinds it does not count, or a senseless limit."""
    asked = query or Query()
    if unknown := set(asked.kinds) - set(SHARED):
        words = label("kinds", min(unknown).value).lower()
        raise Refused(_("OCGs are not asked to share a {kind}").format(kind=words))
    if asked.widest < 2:
        raise Refused(_("A record that two OCGs share is linked to at least two"))
    progress(0, 2, "Reading the register")
    whole = Known(reader, asked.moment)
    progress(1, 2, "Looking for what is shared")
    stop = sharing.stopped_by(reader, asked.stop)
    found = {kind: _shared(whole.network, kind, stop, asked.widest) for kind in asked.kinds}
    made = _matrix(whole, found, asked.most)
    reader.saw("Matrix of OCGs", sorted(brief.no for brief in made.ocgs))
    return made


def _shared(network: Network, kind: Kind, stop: Collection[int], widest: int) -> Sharing:
    if kind in overview_finding.SHARED:
        held = shared.holders(network, between.members(network), kind)
    else:
        held = between.linked(network, kind, Kind.OCG)
    return shared.sharing(held, stop=stop, widest=widest)


def _matrix(whole: Known, found: Mapping[Kind, Sharing], most: int) -> Matrix:
    counts: dict[tuple[int, int], Counter[Kind]] = defaultdict(Counter)
    beneath: dict[tuple[int, int], list[int]] = defaultdict(list)
    for kind, some in found.items():
        for pair, items in some.pairs.items():
            counts[pair][kind] = len(items)
            beneath[pair] += [one.item for one in items]
    links = _links(whole.network)
    weights = {pair: _weight(some) for pair, some in counts.items()}
    for pair in links:
        weights[pair] = weights.get(pair, 0.0) + 1
    nos = _kept(weights, most)
    order = ordering.by_cluster(nos, {p: w for p, w in weights.items() if nos.issuperset(p)})
    place = {no: at for at, no in enumerate(order)}
    pairs = [pair for pair in weights if nos.issuperset(pair)]
    briefs = whole.briefs([*order, *sorted({no for pair in pairs for no in beneath.get(pair, ())})])
    cells = {
        _places(place, pair): Cell(
            counts=tuple((kind, counts[pair][kind]) for kind in found if counts[pair][kind]),
            links=links.get(pair, ()),
            beneath=tuple(briefs[no].id for no in beneath.get(pair, ()) if no in briefs),
        )
        for pair in pairs
    }
    all_of_them = {no for pair in weights for no in pair}
    return Matrix(
        ocgs=tuple(briefs[no] for no in order),
        cells=cells,
        left_out=tuple(_left_out(found.values(), len(all_of_them) - len(nos), most)),
    )


def _weight(counts: Counter[Kind]) -> float:
    """Return how near two OCGs stand in the order; the same goods bring nobody together."""
    return counts.total() - 0.9 * counts[Kind.COMMODITY]


def _kept(weights: Mapping[tuple[int, int], float], most: int) -> set[int]:
    """Return the OCGs with most in common."""
    total: dict[int, float] = defaultdict(float)
    for pair, weight in weights.items():
        for no in pair:
            total[no] += weight
    return set(sorted(total, key=lambda no: (-total[no], no))[:most])


def _places(place: Mapping[int, int], pair: tuple[int, int]) -> tuple[int, int]:
    one, two = (place[no] for no in pair)
    return (one, two) if one < two else (two, one)


def _links(network: Network) -> dict[tuple[int, int], tuple[str, ...]]:
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for at in between.direct(network, Kind.OCG, Kind.OCG):
        ends = (int(network.nodes[network.source[at]]), int(network.nodes[network.target[at]]))
        type_ = network.type_names[network.types[at]]
        pair = (min(ends), max(ends))
        if type_ not in found[pair]:
            found[pair].append(type_)
    return {
        pair: tuple(sorted(types, key=lambda t: (t != FEUD, t))) for pair, types in found.items()
    }


def _left_out(found: Iterable[Sharing], more: int, most: int) -> Iterator[str]:
    some = list(found)
    if more > 0:
        told = _("{n:,} more OCGs have something in common; the {most:,} with most are shown.")
        yield told.format(n=more, most=most)
    if wide := len({no for one in some for no in one.too_wide}):
        told = ngettext(
            "{n:,} record that joins too many OCGs was left out.",
            "{n:,} records that join too many OCGs were left out.",
            wide,
        )
        yield told.format(n=wide)
    if stopped := sum(one.stopped for one in some):
        told = ngettext(
            "{n:,} record on the stop list was left out.",
            "{n:,} records on the stop list were left out.",
            stopped,
        )
        yield told.format(n=stopped)
