"""The arrests, charges and sentences that claims of a sample count: of cases, or of their own.

Every draw is from streams of its own: nothing else in a sample depends on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from ocgdesk.casework.sample.ties import Society
from ocgdesk.domain.claiming import OPEN, counted
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.subrecords import CourtStep
from ocgdesk.domain.things import Thing

_OFFENCE: Final = ("Conspiracy to supply Class A drugs",)
_MOST: Final = 2
"""So many people of one claim are arrested, charged or convicted beside any case."""
_TRIES: Final = 4
"""So often another member is looked for where one was arrested on that day already."""


def members_of(society: Society) -> Mapping[UUID, Sequence[UUID]]:
    """Return the members of each OCG; none of them is exploited."""
    return {
        group.id: [society.known[n].id for n in some if not society.known[n].exploited]
        for group, some in zip(society.groups, society.people.members, strict=True)
    }


class Justice:
    """The steps that outcomes count, each once; ``made`` are those that no case brought along."""

    def __init__(self, society: Society, cases: Iterable[Thing]) -> None:
        self._chance = society.setting.numbers("claimed steps")
        self._ids = society.setting.ids("claimed steps")
        self._members = members_of(society)
        self._steps = {one.code: one.step for one in counted()}
        self._free: dict[tuple[UUID, str], list[CourtStep]] = defaultdict(list)
        self._known: set[tuple[UUID | None, str, object]] = set()
        self._as_of = society.setting.as_of
        self.made: list[CourtStep] = []
        for step in cases:
            if isinstance(step, CourtStep) and step.operation is not None:
                self._free[step.operation, step.step].append(step)
                self._known.add((step.owner, step.step, step.on))

    def counted(self, claim: Disruption, line: Outcome) -> Outcome | None:
        """Return a line with the steps it counts; None where there are none to count.

        On a claim that is still being written a figure may stand without them.
        """
        step = self._steps.get(line.measure)
        if step is None or claim.status in OPEN | {"withdrawn"}:
            return line
        some = self._of_case(claim, line, step) or self._of_claim(claim, line, step)
        if not some:
            return None
        years = sum(one.amount or 0.0 for one in some)
        worth = years if line.measure == "years-sentenced" else float(len(some))
        return replace(line, value=worth, steps=tuple(one.id for one in some))

    def _of_case(self, claim: Disruption, line: Outcome, step: str) -> list[CourtStep]:
        """Take as many steps of the claim's operation as are free, none of them ahead."""
        if claim.operation is None:
            return []
        wanted = 1 if step == "sentenced" else int(line.value or 0)
        free = self._free[claim.operation, step]
        ripe = [one for one in free if one.on is not None and one.on <= self._as_of]
        plain = [one for one in ripe if one.unit != "months"][:wanted]
        for one in plain:
            free.remove(one)
        return plain

    def _of_claim(self, claim: Disruption, line: Outcome, step: str) -> list[CourtStep]:
        """Make steps of the people it is against, as many as there are people for."""
        if claim.operation is not None or not claim.subjects:
            return []
        people = self._members.get(claim.subjects[0]) or claim.subjects[:1]
        wanted = 1 if step == "sentenced" else min(int(line.value or 0), len(people), _MOST)
        some: list[CourtStep] = []
        for _try in range(wanted * _TRIES):
            whom = self._chance.choice(people)
            if len(some) < wanted and (whom, step, claim.on) not in self._known:
                some.append(self._new(whom, claim, line, step))
        return some

    def _new(self, whom: UUID, claim: Disruption, line: Outcome, step: str) -> CourtStep:
        self._known.add((whom, step, claim.on))
        sentenced = step == "sentenced"
        made = CourtStep(
            id=next(self._ids),
            owner=whom,
            step=step,
            on=claim.on,
            offences=() if sentenced else _OFFENCE,
            amount=line.value if sentenced else None,
            unit="years" if sentenced else "",
            court="Custody suite" if step == "arrested" else "",
        )
        self.made.append(made)
        return made
