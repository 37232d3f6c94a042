"""Two actions on one nominal in one week, by different people: marked, so that they talk first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import Final
from uuid import UUID

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Action
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two live actions that touch one nominal less than a week apart."""

    person: Brief
    first: Action
    second: Action

    @property
    def is_across(self) -> bool:
        """Whether one is the LRO's and the other the SIO's."""
        return self.first.side != self.second.side

    @property
    def words(self) -> str:
        """What clashes, in a sentence."""
        told = _("Two actions on {who} in one week: {first} ({one}) and {second} ({other})")
        return told.format(
            who=self.person.ref if self.person.exploited else self.person.label,
            first=self.first.title,
            one=_who(self.first),
            second=self.second.title,
            other=_who(self.second),
        )


def _who(action: Action) -> str:
    side = label("plan-sides", action.side)
    return f"{action.officer}, {side}" if action.officer else side


def clashes(actions: Iterable[Action], known: Mapping[UUID, Brief]) -> tuple[Clash, ...]:
    """Return the clashes among these actions, those between LRO and SIO first.

    Two actions of one officer are none: they know of both.
    """
    on: dict[UUID, list[Action]] = defaultdict(list)
    for action in actions:
        for id_ in action.touches if action.is_live and action.due else ():
            if id_ in known and known[id_].kind is Kind.NOMINAL:
                on[id_].append(action)
    found = [
        Clash(person=known[id_], first=one, second=other)
        for id_, held in on.items()
        for one, other in combinations(held, 2)
        if _clash(one, other)
    ]
    return tuple(sorted(found, key=lambda one: not one.is_across))


def _clash(one: Action, other: Action) -> bool:
    if one.due is None or other.due is None or abs(one.due - other.due) >= WEEK:
        return False
    return one.side != other.side or one.officer.casefold() != other.officer.casefold()


def by_action(found: Iterable[Clash]) -> dict[UUID, Clash]:
    """Return the first clash of each action that has one."""
    marked: dict[UUID, Clash] = {}
    for clash in found:
        marked.setdefault(clash.first.id, clash)
        marked.setdefault(clash.second.id, clash)
    return marked
