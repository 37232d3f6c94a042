"""What if somebody were removed: worked out from what is recorded, side by side, no forecast."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from ocgdesk.casework import network_evidence, network_scope, plans
from ocgdesk.casework.consequences import Consequences, consequences
from ocgdesk.casework.network_scope import Scope
from ocgdesk.casework.path_words import caveats
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Objective, Strand
from ocgdesk.errors import NotFound, Refused
from ocgdesk.graph import key_player, narrowing, removal, what_if
from ocgdesk.graph.fragments import Mesh
from ocgdesk.graph.key_player import Goal, KeyPlayers
from ocgdesk.graph.network import Network
from ocgdesk.graph.removal import By, Curve
from ocgdesk.graph.what_if import Effect, Shape
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress, silent
from ocgdesk.store import planning
from ocgdesk.store.network_now import Now
from ocgdesk.store.network_parts import Person, Place
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work

NOT_WALKED = frozenset({Kind.OCG, Kind.COMMODITY, Kind.OPERATION})
"""Records that stand for a group, a drug or an inquiry: nobody passes anything through them."""
REMOVABLE = (Kind.NOMINAL, Kind.HANDLE, Kind.COUNTY_LINE)
"""What can be removed; people, handles and lines."""
MOST_REMOVED = 200
MOST_LISTED = 1_000
"""Records that are offered to be ticked; others are found by name."""

FRAGMENTATION = N_(
    "Fragmentation is the share of pairs of people who cannot reach each other at all through "
    "what is recorded, the removed left out (Borgatti 2006): 0 where everybody can reach "
    "everybody, 1 where nobody can. People to safeguard are not counted: to leave them on their "
    "own is no gain. OCGs, commodities and operations are not walked through."
)
REACH = N_(
    "Reach is the number of people within two links of at least one of those chosen, themselves "
    "among them. People to safeguard are not counted. OCGs, commodities and operations are not "
    "walked through."
)
NOT_RANKED = N_(
    "People recorded as exploited, and anyone who may be under 18, are never ranked: they appear "
    "only under who would be left unprotected."
)
NO_BOUND = N_(
    "Found one after the other, then each exchanged for any other that does better: no better "
    "single exchange is left, but no search of this kind is sure to find the best set."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """A part of the register read once for any number of questions: values only."""

    spec: Scope
    on: date
    whole: Network
    """With OCGs, commodities and operations."""
    walked: Network
    people: dict[int, Person]
    places: tuple[Place, ...]
    read_at: datetime
    resting: tuple[str, ...] = ()
    """How many links, reports and sources are behind it, in sentences."""

    @property
    def counted(self) -> NDArray[np.bool_]:
        """Of the network walked, who is counted: people but those to safeguard.

        To leave somebody exploited on their own is no gain. Where there are no people at all,
        everything is counted.
        """
        nominals = narrowing.of_kinds(self.walked, [Kind.NOMINAL])
        if not nominals.any():
            return np.ones(len(self.walked), np.bool_)
        return nominals & ~np.isin(self.walked.nodes, list(self.safeguarded))

    @property
    def safeguarded(self) -> frozenset[int]:
        """Who is never to be ranked, by workspace number."""
        found = (no for no, person in self.people.items() if person.is_safeguarded(self.on))
        return frozenset(found)

    def ranked(self, kind: Kind = Kind.NOMINAL) -> NDArray[np.bool_]:
        """Tell of the network walked who may be ranked as a removal or a key player."""
        dead = {no for no, person in self.people.items() if person.deceased}
        barred = np.isin(self.walked.nodes, list(self.safeguarded | dead))
        return narrowing.of_kinds(self.walked, [kind]) & ~barred

    def mesh(self) -> Mesh:
        """Return who is linked to whom at all."""
        return Mesh.of(self.walked, self.counted)


def read(reader: Reader, spec: Scope | str, *, on: date) -> Case:
    """Read a part of the register; ``on`` is the day on which ages are told.

    Raises Refused where nothing is in it.
    """
    given = network_scope.parse(reader, spec) if isinstance(spec, str) else spec
    held = network_scope.source(reader, given)
    whole = network_scope.scope(reader, given, held)
    walked = narrowing.with_nodes(whole, ~narrowing.of_kinds(whole, NOT_WALKED))
    nominals = whole.nodes[narrowing.of_kinds(whole, [Kind.NOMINAL])].tolist()
    people = held.people(nominals)
    groups = {place.ocg for place in held.places(nominals)}
    # Of those groups every member counts, also outside the scope: else one would seem emptied.
    members = tuple(p for p in held.all_places() if p.ocg in groups)
    case = Case(
        spec=given,
        on=on,
        whole=whole,
        walked=walked,
        people=people,
        places=members,
        read_at=datetime.now(UTC),
    )
    evidence = network_evidence.read(held, walked)
    return replace(case, resting=network_evidence.resting(walked, evidence, case.ranked()))


def removable(reader: Reader, case: Case, most: int = MOST_LISTED) -> list[Brief]:
    """Return who and what can be removed, people first and by name; nobody to safeguard."""
    kinds = narrowing.of_kinds(case.walked, REMOVABLE)
    free = kinds & ~np.isin(case.walked.nodes, list(case.safeguarded))
    held = network_scope.source(reader, case.spec)
    briefs = held.briefs(case.walked.nodes[free].tolist())
    found = sorted(briefs, key=lambda b: (REMOVABLE.index(b.kind), b.label.casefold()))[:most]
    reader.saw("What if: who can be removed", [brief.no for brief in found])
    return found


def planned(reader: Reader, option: "Option") -> list[tuple[Brief, UUID]]:
    """Return the OCGs an option touches that have a 4P plan, each with the plan's id."""
    touched = [group.ocg for group in option.consequences.groups]
    plans_ = ((ocg, planning.plan_of(reader, ocg.id)) for ocg in touched)
    return [(ocg, plan.id) for ocg, plan in plans_ if plan is not None]


def best(
    case: Case,
    count: int,
    goal: Goal = "fragmentation",
    *,
    kind: Kind = Kind.NOMINAL,
    progress: Progress = silent,
) -> KeyPlayers:
    """Return the best few to remove or to reach; arithmetic alone, for the worker process.

    Raises Refused where nobody may be ranked, or the network is too large for the question.
    """
    if kind not in REMOVABLE:
        raise Refused(_("People, handles and county lines can be removed, nothing else"))
    return key_player.key_players(
        case.mesh(), count, goal, ranked=case.ranked(kind), progress=progress
    )


def curve(
    case: Case, by: By, *, weighted: bool = False, steps: int = 50, progress: Progress = silent
) -> Curve:
    """Return how the largest part shrinks as the foremost person is removed, again and again."""
    return removal.curve(
        case.walked, by, weighted=weighted, steps=steps, ranked=case.ranked(), progress=progress
    )


def curves(case: Case, steps: int = 50, progress: Progress = silent) -> tuple[Curve, ...]:
    """Return the curves by betweenness and by degree, to be laid over each other."""
    ways: tuple[By, ...] = ("betweenness", "degree")
    return tuple(curve(case, by, steps=steps, progress=progress) for by in ways)


def curve_caveats() -> tuple[str, ...]:
    """Return what must be said beside a curve."""
    told = _("After each removal the measure is worked out anew; of equals the last goes first.")
    return (told, _(NOT_RANKED), *caveats())


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One set of removals and all it would come to."""

    removed: tuple[Brief, ...]
    effect: Effect
    consequences: Consequences

    @property
    def refs(self) -> str:
        """The removed by reference, as a plan may name them."""
        return ", ".join(brief.ref or str(brief.id) for brief in self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Options beside each other, how they were found, and what must be said with them."""

    scope: str
    options: tuple[Option, ...]
    resting: tuple[str, ...] = ()
    """What it rests on, in sentences."""
    found: KeyPlayers | None = None
    """How the first option was found, where it was searched for."""

    @property
    def definition(self) -> str:
        """Return what was counted, in words."""
        return _(REACH) if self.found and self.found.goal == "reach" else _(FRAGMENTATION)

    @property
    def caveats(self) -> tuple[str, ...]:
        """Return what must be said beside it."""
        found = [_(NOT_RANKED), *caveats()]
        if self.found and self.found.bound is None:
            found.insert(0, _(NO_BOUND))
        if self.found and self.found.goal == "fragmentation" and not self._helps(self.found):
            found.insert(0, _("Removing any of them would cut nobody off: the order says nothing."))
        if self.found and self.found.bound is not None:
            told = _("It reaches at least {share:.0%} of what the best set of as many could.")
            found.insert(0, told.format(share=self.found.bound))
        return tuple(found)

    @staticmethod
    def _helps(found: KeyPlayers) -> bool:
        return found.after[-1] > found.before + _EQUAL


_EQUAL = 1e-9


def compare(
    reader: Reader,
    case: Case,
    options: Sequence[Collection[UUID]],
    *,
    found: KeyPlayers | None = None,
    progress: Progress = silent,
) -> Answer:
    """Return what each set of removals would come to; that it was asked is journalled.

    Raises Refused for nobody, for too many, for what cannot be removed, for somebody outside the
    scope, and for a person to safeguard.
    """
    told, held = [], network_scope.source(reader, case.spec)
    for done, ids in enumerate(options):
        progress(done, len(options), "Working out what is left")
        told.append(_option(held, case, ids))
    subjects = dict.fromkeys(brief.no for option in told for brief in option.removed)
    reader.saw("What if", subjects, options=len(told))
    return Answer(scope=case.spec.words, options=tuple(told), found=found, resting=case.resting)


def compare_found(
    reader: Reader, case: Case, found: KeyPlayers, others: Sequence[Collection[UUID]] = ()
) -> Answer:
    """Return what the set that was searched for would come to, beside others that were named."""
    nos = case.walked.nodes[list(found.chosen)].tolist()
    briefs = network_scope.source(reader, case.spec).briefs(nos)
    if len(briefs) < len(nos):
        raise Refused(_("The register has changed meanwhile: ask again"))
    return compare(reader, case, [[brief.id for brief in briefs], *others], found=found)


def _option(held: Now, case: Case, ids: Collection[UUID]) -> Option:
    wanted = list(dict.fromkeys(ids))
    known = held.by_ids(wanted)
    if len(known) < len(wanted):
        raise NotFound(_("One of those to be removed is no longer there"))
    removed = tuple(known[id_] for id_ in wanted)
    _check(case, removed)
    positions = case.walked.positions([brief.no for brief in removed]).tolist()
    mesh = case.mesh()
    effect = what_if.effect(mesh, positions)
    told = consequences(
        held,
        whole=case.whole,
        walked=case.walked,
        mesh=mesh,
        removed=[brief.no for brief in removed],
        people=case.people,
        places=case.places,
        on=case.on,
        cut_off=case.walked.nodes[list(effect.cut_off)].tolist(),
    )
    return Option(removed=removed, effect=effect, consequences=told)


def _check(case: Case, removed: Sequence[Brief]) -> None:
    if not removed:
        raise Refused(_("Name at least one record to remove, or ask for the best few"))
    if len(removed) > MOST_REMOVED:
        raise Refused(_("At most {most} can be removed at once").format(most=MOST_REMOVED))
    inside = set(case.walked.nodes.tolist())
    for brief in removed:
        ref = brief.ref or brief.label
        if brief.kind not in REMOVABLE:
            told = _("{ref} cannot be removed: people, handles and county lines can")
            raise Refused(told.format(ref=ref))
        if brief.no in case.safeguarded:
            told = _(
                "{ref} is recorded as exploited or may be under 18: a person to safeguard is not "
                "a removal. See who would be left unprotected instead"
            )
            raise Refused(told.format(ref=ref))
        if brief.no not in inside:
            told = _("{ref} is not in this part of the register: choose a wider scope")
            raise Refused(told.format(ref=ref))


def add_objectives(work: Work, plan_id: UUID, option: Option) -> list[Objective]:
    """Put an option into a 4P plan with its reasoning: what to pursue, and whom to protect first.

    By reference, never by name. Journalled and undone as any other change of the plan.
    """
    before, after = option.effect.before, option.effect.after
    found = [
        plans.add_objective(
            work,
            plan_id,
            Strand.PURSUE,
            _("Act against {refs} together").format(refs=option.refs)[:_LONGEST],
            measure=_("Fragmentation of the recorded network; it follows where police looked"),
            baseline=_standing(before),
            target=_standing(after),
        )
    ]
    if option.consequences.unprotected:
        told = _("Safeguard {n} people linked to {refs} before acting")
        count = len(option.consequences.unprotected)
        found.append(
            plans.add_objective(
                work,
                plan_id,
                Strand.PROTECT,
                told.format(n=count, refs=option.refs)[:_LONGEST],
                measure=_("People with a live safeguarding action"),
                baseline=str(sum(bool(u.actions) for u in option.consequences.unprotected)),
                target=str(count),
            )
        )
    return found


_LONGEST = 500


def _standing(shape: Shape) -> str:
    told = _("{f:.3f}; {n} of {all} people hang together")
    return told.format(f=shape.fragmentation, n=shape.largest, all=shape.counted)
