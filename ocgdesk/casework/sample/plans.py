"""4P plans as they are found: heavy on Pursue, thin elsewhere, some of it late."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from ocgdesk.casework.sample.county_lines import Line
from ocgdesk.casework.sample.groups import LIVE
from ocgdesk.casework.sample.names import drawn
from ocgdesk.casework.sample.officers import posts_of_users
from ocgdesk.casework.sample.places import TOWNS
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.social import exploiter
from ocgdesk.casework.sample.streams import Weighted, picks
from ocgdesk.casework.sample.tactics import AIMS, TACTICS, Tactic
from ocgdesk.casework.sample.ties import Society
from ocgdesk.domain.entities import Assignment, Nominal, Ocg
from ocgdesk.domain.people import User
from ocgdesk.domain.plans import Action, ActionStatus, Objective, Plan, Strand

_COUNTS = {
    Strand.PURSUE: (4, 5, 6, 7, 9),
    Strand.PREVENT: (0, 0, 1, 1, 2),
    Strand.PROTECT: (0, 0, 0, 1, 2),
    Strand.PREPARE: (0, 1, 1, 2),
}
_FIRST_COUNTS = {Strand.PURSUE: 6, Strand.PREVENT: 2, Strand.PROTECT: 0, Strand.PREPARE: 1}
_LEADING = 3
"""So many plans have the same shape: work under way, one action late, an empty strand."""
_STATUSES = Weighted(
    {"complete": 40.0, "in-progress": 28.0, "not-started": 20.0, "blocked": 7.0, "cancelled": 5.0}
)
_FIRST_STATUSES = ("in-progress", "not-started", "complete", "blocked", "in-progress", "complete")
_OVER = frozenset({"archived", "rejected", "merged"})
"""Statuses of OCGs whose plan is closed: nothing in it is live."""
_LATE = 1
"""The place among a leading plan's Pursue actions of the one that is a day over."""
_PLAN_STATUSES = Weighted({"signed": 66.0, "draft": 22.0, "in-review": 12.0})
_PRIORITIES = Weighted({"high": 30.0, "medium": 50.0, "low": 20.0})
_OUTCOMES = ("Done as planned.", "Partly met; see the debrief.", "Nothing found.", "Well received.")


@dataclass(frozen=True, slots=True)
class Plans:
    """Plans with their objectives and actions."""

    plans: tuple[Plan, ...]
    objectives: tuple[Objective, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """What the actions of one plan can speak of: words, and the records they stand for."""

    words: Mapping[str, str]
    records: Mapping[str, UUID] = field(default_factory=dict)


def plans(society: Society, lines: Sequence[Line], assigned: Sequence[Assignment]) -> Plans:
    """Return a plan for active OCGs, as many as the size asks for; the first always have one.

    Where the size says so, OCGs that are not active have one too.
    """
    setting, groups = society.setting, society.groups
    chance, ids = setting.numbers("plans"), setting.ids("plans")
    officer = {a.owner: a for a in assigned if a.role == "lro" and a.end is None}
    posts = posts_of_users(setting, groups)
    casts = _casts(society, lines)
    made: list[Plan] = []
    objectives: list[Objective] = []
    actions: list[Action] = []
    for number, ocg in enumerate(groups):
        if not _has_plan(setting, chance, ocg, number):
            continue
        plan = _plan(setting, chance, next(ids), ocg, number)
        aims = tuple(_objectives(setting, number, plan))
        lro = officer.get(ocg.id)
        main = {aim.strand: aim.id for aim in reversed(aims)}
        sio = posts.get((number, "sio"))
        work = _Work(setting, number, ocg, plan, casts[number], lro, sio, main)
        made.append(plan)
        objectives += aims
        actions += work.actions()
    return Plans(tuple(made), tuple(objectives), tuple(actions))


def _has_plan(setting: Setting, chance: Random, ocg: Ocg, number: int) -> bool:
    if ocg.status not in LIVE:
        return setting.size.every_plan
    return number <= 9 or chance.random() < setting.size.plans


def _plan(setting: Setting, chance: Random, id_: UUID, ocg: Ocg, number: int) -> Plan:
    due = chance.randint(-28, 75)
    status, version = _PLAN_STATUSES.draw(chance), chance.randint(1, 6)
    status = "closed" if ocg.status in _OVER else status
    return Plan(
        id=id_,
        owner=ocg.id,
        title=f"4P plan: {ocg.name}",
        status="draft" if number < _LEADING else status,
        number=max(2, version) if number < _LEADING else version,
        review_due=setting.as_of + timedelta(days=due if number else -16),
        situation=ocg.summary,
    )


def _objectives(setting: Setting, number: int, plan: Plan) -> Iterator[Objective]:
    """Yield what the plan wants: always something under Pursue, the rest by chance."""
    chance, ids = setting.numbers(f"objectives {number}"), setting.ids(f"objectives {number}")
    for strand in Strand:
        if strand is not Strand.PURSUE and chance.random() < 0.3:
            continue
        for aim in picks(chance, AIMS[strand], 2 if strand is Strand.PURSUE else 1):
            yield Objective(
                id=next(ids),
                owner=plan.id,
                strand=strand.value,
                text=aim.text,
                measure=aim.measure,
                baseline=aim.baseline,
                target=aim.target,
            )


def _casts(society: Society, lines: Sequence[Line]) -> list[Cast]:
    """Return who and what each plan can name."""
    chance = society.setting.numbers("plan casts")
    people, known = society.people, society.known
    first_line: dict[int, Line] = {}
    for item in lines:
        first_line.setdefault(item.group, item)
    victims: dict[int, Nominal] = {}
    for number in people.exploited:
        victims.setdefault(exploiter(people, number), known[number])
    return [
        _cast(chance, ocg, [known[n] for n in people.members[i]], first_line.get(i), victims.get(i))
        for i, ocg in enumerate(society.groups)
    ]


def _cast(
    chance: Random, ocg: Ocg, members: list[Nominal], line: Line | None, victim: Nominal | None
) -> Cast:
    other = chance.choice(members[1:])
    words = {"a": members[0].name, "b": other.name}
    words["town"] = chance.choice(TOWNS.get(ocg.agency, TOWNS["WMP"]))
    records = {"a": members[0].id, "b": other.id}
    if line:
        words["line"], records["line"] = line.line.brand, line.line.id
        words["town"] = line.line.towns[0]
        if line.homes:
            words["home"], records["home"] = line.homes[0].name, line.homes[0].id
    if victim:
        words["e"], records["e"] = victim.aliases[0].text, victim.id
    return Cast(words, records)


@dataclass(frozen=True, slots=True)
class _Work:
    """Writes the actions of one plan, from chance that is the plan's own."""

    setting: Setting
    number: int
    ocg: Ocg
    plan: Plan
    cast: Cast
    lro: Assignment | None
    sio: User | None
    aims: Mapping[str, UUID]
    """The main objective of each strand."""

    def actions(self) -> Iterator[Action]:
        """Yield the actions, strand by strand."""
        chance = self.setting.numbers(f"actions {self.number}")
        ids = self.setting.ids(f"actions {self.number}")
        is_leading = self.number < _LEADING
        for strand in Strand:
            possible = [t for t in TACTICS[strand] if t.needs <= self.cast.words.keys()]
            wanted = chance.choice(_COUNTS[strand])
            wanted = round(wanted * self.setting.size.actions)
            wanted = _FIRST_COUNTS[strand] if is_leading else wanted
            for place, tactic in enumerate(picks(chance, possible, wanted)):
                status = _STATUSES.draw(chance)
                if self.plan.status == "closed" and ActionStatus(status).is_live:
                    status = ActionStatus.CANCELLED.value
                action = self._action(
                    chance,
                    next(ids),
                    strand,
                    tactic,
                    _FIRST_STATUSES[place] if is_leading else status,
                )
                is_late = is_leading and strand is Strand.PURSUE and place == _LATE
                yield replace(action, due=self.setting.as_of - timedelta(1)) if is_late else action

    def _action(
        self,
        chance: Random,
        id_: UUID,
        strand: Strand,
        tactic: Tactic,
        status: str,
    ) -> Action:
        officer, user = self._who(chance, tactic)
        due, done = self._dates(chance, status)
        return Action(
            id=id_,
            owner=self.plan.id,
            title=tactic.title.format_map(self.cast.words),
            strand=strand.value,
            threat=self.ocg.threat,
            objective=self.aims.get(strand.value),
            status=status,
            priority=_PRIORITIES.draw(chance),
            officer=officer,
            user=user,
            power=tactic.power,
            agency=tactic.agency or self.ocg.agency,
            side=tactic.side,
            raised=min(due - timedelta(days=chance.randint(20, 70)), self.setting.as_of),
            due=due,
            done=done,
            outcome=chance.choice(_OUTCOMES) if done else "",
            touches=tuple(self.cast.records[word] for word in sorted(tactic.needs)),
        )

    def _who(self, chance: Random, tactic: Tactic) -> tuple[str, UUID | None]:
        """Return the action's owner: a partner's officer, the SIO, the LRO or a colleague."""
        other, luck = drawn(chance, male_share=0.5).short, chance.random()
        if tactic.agency:
            return other, None
        if tactic.side == "sio" and self.sio:
            return self.sio.display, self.sio.id
        if self.lro and luck < 0.6:
            return self.lro.officer, self.lro.user
        return other, None

    def _dates(self, chance: Random, status: str) -> tuple[date, date | None]:
        """Return due and done: most live work lies ahead, about a quarter is late."""
        luck, back = chance.random(), chance.randint(5, 180)
        today = self.setting.as_of
        if not ActionStatus(status).is_live:
            due = today - timedelta(days=back)
            done = due - timedelta(days=chance.randint(-3, 9))
            return due, done if status == ActionStatus.COMPLETE else None
        ahead = chance.randint(0, 56) if luck > 0.26 else -chance.randint(1, 19)
        return today + timedelta(days=ahead), None
