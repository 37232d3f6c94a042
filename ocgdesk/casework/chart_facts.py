"""What is on record of a chart's items and lines, as far as filters and formatting ask for it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from ocgdesk.casework import chart_worked
from ocgdesk.casework.chart_themes import Themed
from ocgdesk.casework.chart_worked import Worked
from ocgdesk.casework.intelligence import Sourced, weigh
from ocgdesk.domain.chart_fields import MEASURES, PLANNED, Asked
from ocgdesk.domain.chart_tests import NO, YES, Span, Value
from ocgdesk.domain.charts import Item, Scene, Tie
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.links import Link
from ocgdesk.domain.marking import highest
from ocgdesk.domain.safeguarding import is_safeguarded
from ocgdesk.domain.things import Entity
from ocgdesk.reports.drawing_looks import key_of
from ocgdesk.store import cases, network_parts, networks, plan_parts
from ocgdesk.store.held_network import HeldNetwork
from ocgdesk.store.reader import Reader

Values = tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """What the links say that one line of a chart stands for."""

    grade: str = ""
    """The best 3x5x2 grade of the reports they rest on: ``2C``."""
    untested: bool = False
    """Whether they rest on untested sources alone."""
    marking: str = ""
    held: tuple[Span, ...] = ()
    bases: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What filters and rules may ask of the items and lines of one chart."""

    things: Mapping[UUID, Entity] = field(default_factory=dict)
    worked: Mapping[UUID, Worked] = field(default_factory=dict)
    lines: Mapping[UUID, LineFacts] = field(default_factory=dict)
    never: frozenset[UUID] = frozenset()
    """People never to be ranked: exploited, or maybe under 18. No measure speaks of them."""
    measured: Mapping[str, Mapping[UUID, float]] = field(default_factory=dict)
    planned: Mapping[str, Mapping[UUID, int]] = field(default_factory=dict)
    """How many live actions touch an item, how many open requirements are about it."""
    themed: Themed | None = None
    """The kept result a chart is coloured by."""

    def of_item(self, item: Item, asked: Asked) -> Values:
        """Return what is on record of an item; nothing where it has no such field."""
        if asked.kind and asked.kind != item.kind.value:
            return ()
        if asked.name in MEASURES:
            value = self.measured.get(asked.name, {}).get(item.id)
            return () if value is None or item.id in self.never else (value,)
        if asked.name in PLANNED:
            return (float(self.planned.get(asked.name, {}).get(item.id, 0)),)
        if asked.name == "kind":
            return (str(key_of(item)),)
        if not asked.kind:
            return (str(getattr(item, asked.name)),)
        return self._on_record(item.id, asked.attribute)

    def _on_record(self, id_: UUID, name: str) -> Values:
        worked = self.worked.get(id_)
        if worked is not None and hasattr(worked, name):
            return _values(getattr(worked, name))
        thing = self.things.get(id_)
        return _values(getattr(thing, name, None)) if thing is not None else ()

    def of_tie(self, tie: Tie, asked: Asked) -> Values:
        """Return what is on record of the links a line stands for."""
        match asked.attribute:
            case "type":
                return _values(tie.type)
            case "strength":
                return (tie.strength.value,)
            case "count":
                return (float(tie.count),)
        facts = self.lines.get(tie.id)
        if facts is None:
            return ()
        if asked.attribute == "basis":
            return tuple(sorted(facts.bases))
        return _values(getattr(facts, asked.attribute))


def _values(value: Any) -> Values:
    """Return a field's value as tests compare it; what is not recorded is nothing."""
    match value:
        case None | "":
            return ()
        case tuple() | frozenset():
            return tuple(one for part in value for one in _values(part))
        case bool():
            return (YES if value else NO,)
        case int() | float():
            return (float(value),)
        case PartialDate():
            return (Span(value.earliest(), value.latest()),)
    return (value if isinstance(value, date | Span) else str(value),)


def read(reader: Reader, scene: Scene, today: date | None = None) -> Facts:
    """Return what is on record now of what a chart shows."""
    today = today or date.today()  # noqa: DTZ011 - review days are days, as people write them
    nos = list(networks.numbers(reader, [item.id for item in scene.items]).values())
    loaded = zip(nos, reader.load(nos), strict=True)
    things = {no: thing for no, thing in loaded if isinstance(thing, Entity)}
    links = networks.links_among(reader, nos)
    graded = cases.graded(reader, {id_ for link in links for id_ in link.reports})
    people = network_parts.people(reader, nos)
    return Facts(
        things={thing.id: thing for thing in things.values()},
        worked=chart_worked.read(reader, things, today),
        lines=_lines(scene.ties, links, graded),
        never=frozenset(things[no].id for no, one in people.items() if one.is_safeguarded(today)),
        planned=_planned(reader, [thing.id for thing in things.values()]),
    )


def _planned(reader: Reader, ids: Collection[UUID]) -> dict[str, Mapping[UUID, int]]:
    touched, asked_about = PLANNED
    return {
        touched: plan_parts.touching(reader, ids),
        asked_about: plan_parts.asking(reader, ids),
    }


def read_as_at(reader: Reader, scene: Scene, seq: int, today: date | None = None) -> Facts:
    """Return what was on record after an entry of the journal; plans and scores are not asked."""
    today = today or date.today()  # noqa: DTZ011 - an age is told in days
    held = HeldNetwork(reader, seq)
    things = held.entities([item.id for item in scene.items])
    links = held.links_among(things)
    cited = held.entities({id_ for link in links for id_ in link.reports})
    never = (one for one in things.values() if isinstance(one, Nominal) and _is_never(one, today))
    return Facts(
        things=things,
        lines=_lines(scene.ties, links, cited),
        never=frozenset(one.id for one in never),
    )


def _is_never(person: Nominal, today: date) -> bool:
    return is_safeguarded(exploited=person.exploited, born=person.born, on=today)


LineKey = tuple[frozenset[UUID], str, UUID | None]


def _lines(
    ties: Iterable[Tie], links: Iterable[Link], graded: Mapping[UUID, Any]
) -> dict[UUID, LineFacts]:
    """Return what the links of each line say: those of its type and direction between its ends."""
    folded: defaultdict[LineKey, list[Link]] = defaultdict(list)
    for link in links:
        folded[line_key(link)].append(link)
    keys = ((tie.id, line_key(tie)) for tie in ties)
    return {id_: _line(folded[key], graded) for id_, key in keys if key in folded}


def line_key(part: Link | Tie) -> LineKey:
    """Return what links have in common that are drawn as one line, and that line with them."""
    return (
        frozenset((part.source, part.target)),
        part.type,
        part.source if part.directed else None,
    )


def _line(links: Collection[Link], graded: Mapping[UUID, Sourced]) -> LineFacts:
    cited = dict.fromkeys(id_ for link in links for id_ in link.reports if id_ in graded)
    weight = weigh(graded[id_] for id_ in cited)
    return LineFacts(
        grade="" if weight.is_hidden else weight.best[:2],
        untested=weight.only_untested,
        marking=highest(link.marking for link in links).value,
        held=tuple(_span(link) for link in links),
        bases=frozenset(link.basis for link in links),
    )


def _span(link: Link) -> Span:
    first = link.start.earliest() if link.start else date.min
    return Span(first, link.end.latest() if link.end else date.max)


# ---- Measures ------------------------------------------------------------------------------------


def needs_paths(names: Collection[str]) -> bool:
    """Tell whether one of these measures follows the paths between all items."""
    return "betweenness" in names


def measured(facts: Facts, scene: Scene, names: Collection[str]) -> Facts:
    """Return the facts with these measures of the chart as it is drawn."""
    found = dict(facts.measured)
    if "links" in names:
        found["links"] = links_drawn(scene)
    if "betweenness" in names:
        order = [item.id for item in scene.items]
        values = betweenness(len(order), ends(scene))
        found["betweenness"] = dict(zip(order, values, strict=True))
    return replace(facts, measured=found)


def links_drawn(scene: Scene) -> dict[UUID, float]:
    """Return how many lines end at each item; sketched ones are no links."""
    counts = Counter(
        end for tie in scene.ties if not tie.sketch for end in {tie.source, tie.target}
    )
    return {item.id: float(counts[item.id]) for item in scene.items if not item.sketch}


def ends(scene: Scene) -> list[tuple[int, int]]:
    """Return the lines of a chart as pairs of places among its items: what measures go by."""
    at = {item.id: place for place, item in enumerate(scene.items) if not item.sketch}
    return [
        (at[tie.source], at[tie.target])
        for tie in scene.ties
        if not tie.sketch and tie.source in at and tie.target in at
    ]


def betweenness(count: int, pairs: Collection[tuple[int, int]]) -> list[float]:
    """Return the share of shortest paths through each of so many items, each link counting alike.

    By the program's one definition (``graph.definitions``), of the chart and not of the register.
    """
    # Only who measures needs these: igraph alone takes longer to import than a chart to draw.
    from ocgdesk.graph import scores
    from ocgdesk.graph.network import LinkRow, Network

    rows = [LinkRow(no, a + 1, b + 1, 2, False, 1.0, "") for no, (a, b) in enumerate(pairs, 1)]
    network = Network.of([(at + 1, "nominal") for at in range(count)], rows)
    found = scores.measure(network, "betweenness")
    at = {int(no): place for place, no in enumerate(network.nodes)}
    return [float(found.values[at[place + 1]]) for place in range(count)]
