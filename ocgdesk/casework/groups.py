"""Groups found in the links of a part of the register, laid beside the OCGs on record."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import numpy as np

from ocgdesk.casework import network_evidence, network_scope
from ocgdesk.casework.network_evidence import Without
from ocgdesk.casework.network_scope import Scope
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.graph import narrowing
from ocgdesk.graph.communities import METHODS, Grouping, Method, group
from ocgdesk.graph.comparing import Comparison, compare, people_ties
from ocgdesk.graph.definitions import LOOKED
from ocgdesk.graph.network import Network
from ocgdesk.graph.scores import options_in_words
from ocgdesk.graph.ties import Chosen, Options
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress, silent
from ocgdesk.store.network_now import Now
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

NOT_GROUPED = (Kind.OCG, Kind.COMMODITY)
"""Kinds left out unless named: membership would be found again, a drug joins all who deal in it."""
WITHOUT_RECORD = N_(
    "recorded memberships and commodities left out, so that the groups do not repeat the record"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which groups are wanted, of which part of the register."""

    scope: Scope = field(default_factory=Scope)
    method: Method = Method.LEIDEN
    options: Options = field(default_factory=Options)
    without: tuple[Without, ...] = ()
    binding: int = 2
    """Of clusters: links that must be cut, at least, to break one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Material:
    """All that groups are found from, as plain values."""

    question: Question
    network: Network
    members: Mapping[int, tuple[int, ...]]
    """Positions of each OCG's recorded members, by the number of the OCG."""
    safeguarded: Chosen
    """Who is recorded as exploited or under 18: no member, and in no list."""
    read_at: datetime
    resting: tuple[str, ...] = ()
    """How many links, reports and sources are behind it, in sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group found."""

    number: int
    """From 1, the largest first."""
    items: tuple[int, ...]
    """Workspace numbers, people to be safeguarded not among them."""
    safeguarded: int
    """How many people to be safeguarded are in it."""
    binding: int | None
    """Of a cluster: how many links must be cut to break it."""
    ocgs: tuple[tuple[int, int], ...]
    """The OCGs on record whose members are in it, and how many; most first."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Groups:
    """The groups found and what the record says otherwise; people by position in ``nodes``."""

    question: Question
    read_at: datetime
    nodes: np.ndarray
    groups: tuple[Group, ...]
    modularity: float | None
    comparison: Comparison | None
    """None for cliques and clusters, which do not say of everybody where they belong."""
    notes: tuple[str, ...]
    resting: tuple[str, ...] = ()
    """What it rests on, in sentences."""

    @property
    def settings(self) -> tuple[str, ...]:
        """How the groups were found, in words."""
        words = [_(METHODS[self.question.method]), self.question.scope.words]
        if not self.question.scope.kinds:
            words.append(_(WITHOUT_RECORD))
        words += [*options_in_words(self.question.options)[:3]]
        return (*words, *(without.words for without in self.question.without))

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must stand beside every result."""
        return (_(FIXED_LINE), _(LOOKED))


def find(reader: Reader, question: Question, progress: Progress = silent) -> Groups:
    """Read and compute in one go. Raises what ``gather`` and ``compute`` raise."""
    return compute(gather(reader, question), progress)


def gather(reader: Reader, question: Question, today: date | None = None) -> Material:
    """Read what groups are found from. Raises Refused where the scope is empty or senseless."""
    scope = question.scope
    held = network_scope.source(reader, scope)
    network = network_scope.scope(reader, scope, held)
    if not scope.kinds:
        kept = [kind for kind in SUBJECTS if kind not in NOT_GROUPED]
        network = narrowing.with_nodes(network, narrowing.of_kinds(network, kept))
    evidence = network_evidence.read(held, network)
    network, evidence, _gone = network_evidence.leave_out(network, evidence, question.without)
    read_at = datetime.now(UTC)
    day = min(today or read_at.date(), scope.until or date.max)
    protected = network_scope.safeguarded(held, network, day)
    subjects = network_evidence.subjects(reader, scope)
    reader.saw("Find groups", subjects, items=len(network), method=question.method.value)
    hidden = np.isin(network.nodes, np.fromiter(protected, np.int64, len(protected)))
    people = narrowing.of_kinds(network, [Kind.NOMINAL])
    return Material(
        question=question,
        network=network,
        members=_members(held, network, protected),
        safeguarded=hidden,
        read_at=read_at,
        resting=network_evidence.resting(network, evidence, people & ~hidden),
    )


def _members(held: Now, network: Network, without: frozenset[int]) -> dict[int, tuple[int, ...]]:
    people = network.nodes[narrowing.of_kinds(network, [Kind.NOMINAL])].tolist()
    at = {no: position for position, no in enumerate(network.nodes.tolist())}
    found: dict[int, dict[int, None]] = {}
    for place in held.places(people):
        if place.nominal not in without:
            found.setdefault(place.ocg, {})[at[place.nominal]] = None
    return {ocg: tuple(sorted(some)) for ocg, some in found.items()}


def compute(material: Material, progress: Progress = silent) -> Groups:
    """Find the groups and compare them: pure arithmetic over values, for the worker process.

    Raises Refused where groups are not defined for the settings, or there is too much to cut.
    """
    question = material.question
    found = group(
        material.network,
        question.method,
        question.options,
        binding=question.binding,
        progress=progress,
    )
    compared = None
    if found.modularity is not None:
        progress(0, 1, _("Beside the record"))
        compared = _compared(material, found)
    return Groups(
        question=question,
        read_at=material.read_at,
        nodes=material.network.nodes,
        groups=_told(material, found),
        modularity=found.modularity,
        comparison=compared,
        notes=tuple(note for note in (found.note, _safeguarded_in_words(material)) if note),
        resting=material.resting,
    )


def compute_in_numbers(material: Material, progress: Progress = silent) -> Groups:
    """Compute the same, with people by workspace number."""
    return in_numbers(compute(material, progress))


def _safeguarded_in_words(material: Material) -> str:
    if not material.safeguarded.any():
        return ""
    return _("People recorded as exploited or under 18 are counted, and not listed.")


def _compared(material: Material, found: Grouping) -> Comparison:
    network = material.network
    people = narrowing.of_kinds(network, [Kind.NOMINAL])
    return compare(
        found.of(len(network)),
        material.members,
        people_ties(network, people),
        people=people,
        unlisted=material.safeguarded,
    )


def _told(material: Material, found: Grouping) -> tuple[Group, ...]:
    ocgs: dict[int, list[int]] = {}
    for ocg, members in material.members.items():
        for position in members:
            ocgs.setdefault(position, []).append(ocg)
    told = []
    for at, members in enumerate(found.groups):
        chosen = np.array(members, np.int64)
        counted = Counter(ocg for position in members for ocg in ocgs.get(position, ()))
        hidden = material.safeguarded[chosen]
        told.append(
            Group(
                number=at + 1,
                items=tuple(material.network.nodes[chosen[~hidden]].tolist()),
                safeguarded=int(np.count_nonzero(hidden)),
                binding=found.binding[at] if found.binding else None,
                ocgs=tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))),
            )
        )
    return tuple(told)


def in_numbers(found: Groups) -> Groups:
    """Return the result with people named by workspace number instead of position."""
    if found.comparison is None:
        return found
    compared, nos = found.comparison, found.nodes.tolist()
    numbered = Comparison(
        elsewhere=tuple(replace(one, person=nos[one.person]) for one in compared.elsewhere),
        unmapped=tuple(replace(one, person=nos[one.person]) for one in compared.unmapped),
        alike=compared.alike,
        parted=tuple(
            replace(
                one,
                here=tuple(nos[at] for at in one.here),
                there=tuple(nos[at] for at in one.there),
            )
            for one in compared.parted
        ),
        agreement=compared.agreement,
        compared=compared.compared,
    )
    return replace(found, comparison=numbered)


def named(reader: Reader, found: Groups, top: int | None = None) -> dict[int, Brief]:
    """Return the records a result in numbers speaks of, its ``top`` groups and findings only.

    That these were shown is noted.
    """
    nos = {no for one in found.groups[:top] for no in (*one.items, *(o for o, _n in one.ocgs))}
    if found.comparison is not None:
        nos |= set(_spoken_of(found.comparison, top))
    held = network_scope.source(reader, found.question.scope)
    known = {brief.no: brief for brief in held.briefs(sorted(nos))}
    reader.saw("Show groups", list(known))
    return known


def _spoken_of(said: Comparison, top: int | None) -> Iterator[int]:
    for away in said.elsewhere[:top]:
        yield from (away.person, away.ocg, *([] if away.near is None else [away.near]))
    for alone in said.unmapped[:top]:
        yield from (alone.person, alone.near)
    for pair in said.alike[:top]:
        yield from (pair.one, pair.other)
    for parted in said.parted[:top]:
        yield from (parted.ocg, *parted.here, *parted.there)
