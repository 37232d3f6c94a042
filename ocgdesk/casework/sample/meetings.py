"""The groups that meet on tasking, who sits in them, and what their last meetings decided.

Every draw is from streams of its own: nothing else in a sample depends on it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Final

from ocgdesk.casework.sample.groups import LIVE
from ocgdesk.casework.sample.names import drawn
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.streams import Weighted, picks
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.plans import Action, ActionStatus
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.tasking import AgendaItem, GroupMember, Meeting, MeetingGroup

_PAST: Final = 3
"""So many meetings of each group were held."""
_ITEMS: Final = 6
_AREAS: Final = ("North", "South", "East", "West")
"""The local areas of a force: one SOCJAG each."""
_PARTNERS: Final = ("LA", "LACS", "HMPPS", "NHS", "FRS", "HMRC", "TSO", "EDU")
_DECIDED: Final = {
    "t1": Weighted({"adopt": 7.0, "note": 3.0}),
    "t2": Weighted({"support": 7.0, "note": 3.0}),
    "": Weighted({"defer": 3.0, "decline": 2.0, "note": 5.0}),
}
"""What a meeting decided fits the tier that an OCG has now."""
_WHY: Final = {
    "adopt": "Needs capability that the force has not got.",
    "support": "The force leads; surveillance is lent for the next phase.",
    "defer": "Waits for the financial profile.",
    "decline": "Within what the local team can do.",
    "note": "Plan is on course; looked at again next time.",
}
_GIVEN: Final = {
    "adopt": "Proactive team, six weeks",
    "support": "Two surveillance days, one financial investigator",
}
_TO_DO: Final = (
    "Ask the ROCU for a surveillance day",
    "Bring a financial profile to the next meeting",
    "Agree a sharing basis with children's services",
    "Brief the local area commander",
)


@dataclass(frozen=True)
class Tasking:
    """All there is of meetings, each stage standing on the one before."""

    setting: Setting
    ocgs: Sequence[Ocg]

    @cached_property
    def groups(self) -> tuple[MeetingGroup, ...]:
        """The groups: of the nation, of each region, of each force."""
        ids = self.setting.ids("meeting groups")
        return tuple(replace(one, id=next(ids)) for one in _groups(self.setting, self.ocgs))

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """The last meetings of each, and the one called next."""
        chance, ids = self.setting.numbers("meetings"), self.setting.ids("meetings")
        return tuple(
            Meeting(
                id=next(ids),
                owner=group.id,
                title=group.name,
                held=held,
                status="closed" if held < self.setting.as_of else "prepared",
                chair=f"Supt {drawn(chance, male_share=0.5).short}",
                minutes="Decisions as recorded on the items." if held < self.setting.as_of else "",
            )
            for group in self.groups
            for held in _days(self.setting.as_of, chance, group.weeks or 6)
        )

    def members(self) -> Iterator[GroupMember]:
        """Yield who sits in each group, for which agency."""
        chance, ids = self.setting.numbers("group members"), self.setting.ids("group members")
        for group in self.groups:
            partners = picks(chance, _PARTNERS, 4)
            seats = zip(("chair", "secretary", "member", "member", "member", "adviser"),
                        (group.agency, group.agency, *partners), strict=True)  # fmt: skip
            for role, agency in seats:
                yield GroupMember(
                    id=next(ids),
                    owner=group.id,
                    person=drawn(chance, male_share=0.5).short,
                    agency=agency,
                    role=role,
                    start=self.setting.day_ago(chance, 60, 900),
                )

    def items(self) -> Iterator[AgendaItem]:
        """Yield the agenda of each meeting; those held have decided on all of it."""
        chance, ids = self.setting.numbers("agenda"), self.setting.ids("agenda")
        by_group = {group.id: self._within(group) for group in self.groups}
        for meeting in self.meetings:
            before = by_group[meeting.owner] if meeting.owner else []
            for number, ocg in enumerate(picks(chance, before, _ITEMS), 1):
                item = AgendaItem(
                    id=next(ids), owner=meeting.id, title=ocg.label, position=number, about=ocg.id
                )
                yield _decided(chance, item, ocg, meeting) if meeting.status == "closed" else item

    def actions(self) -> Iterator[Action]:
        """Yield what the meetings set somebody to do."""
        chance, ids = self.setting.numbers("meeting actions"), self.setting.ids("meeting actions")
        for meeting in self.meetings:
            if meeting.status != "closed" or meeting.held is None:
                continue
            due = meeting.held + timedelta(days=chance.randint(14, 50))
            is_done = due < self.setting.as_of and chance.random() < 0.8
            status = ActionStatus.COMPLETE if is_done else ActionStatus.IN_PROGRESS
            yield Action(
                id=next(ids),
                owner=meeting.id,
                title=chance.choice(_TO_DO),
                strand="prepare",
                status=status.value,
                officer=drawn(chance, male_share=0.5).short,
                raised=meeting.held,
                due=due,
                done=due if is_done else None,
                outcome="Done and reported back." if is_done else "",
            )

    def _within(self, group: MeetingGroup) -> list[Ocg]:
        inside = _forces(group.agency) if group.agency else set()
        live = [ocg for ocg in self.ocgs if ocg.status in LIVE]
        return [ocg for ocg in live if not inside or ocg.agency in inside]


def _forces(agency: str) -> set[str]:
    """Return an agency with the forces it is the regional unit of."""
    return {agency} | {one.code for one in code_list("agencies") if one.get("rocu") == agency}


def _groups(setting: Setting, ocgs: Sequence[Ocg]) -> Iterator[MeetingGroup]:
    owners = {ocg.agency for ocg in ocgs}
    agencies = code_list("agencies")
    regions = sorted({str(one.get("rocu")) for one in agencies if one.code in owners} - {"None"})
    if setting.size.name == "national":
        yield MeetingGroup(name="National TTCG", group_type="national-ttcg", agency="NCA", weeks=13)
    for rocu in regions:
        yield from _of_region(rocu)
    for force in sorted(owners - set(regions)):
        yield from _of_force(force, with_areas=setting.size.home == force)


def _of_region(rocu: str) -> Iterator[MeetingGroup]:
    name = label("agencies", rocu).removeprefix("ROCU ").partition(" (")[0]
    yield MeetingGroup(name=f"{name} TTCG", group_type="regional-ttcg", agency=rocu, weeks=4)
    yield MeetingGroup(
        name=f"{name} executive board", group_type="executive", agency=rocu, weeks=13
    )
    for pillar in code_list("pillars"):
        yield MeetingGroup(
            name=f"{name} governance: {pillar.label.lower()}",
            group_type="governance",
            agency=rocu,
            pillar=pillar.code,
            weeks=13,
        )


def _of_force(force: str, *, with_areas: bool) -> Iterator[MeetingGroup]:
    name = label("agencies", force).removesuffix(" Police")
    yield MeetingGroup(name=f"{name} TTCG", group_type="force-ttcg", agency=force, weeks=6)
    yield MeetingGroup(
        name=f"{name} OCG management", group_type="ocg-management", agency=force, weeks=4
    )
    for area in _AREAS if with_areas else ():
        yield MeetingGroup(
            name=f"SOCJAG {area}", group_type="socjag", agency=force, area=area, weeks=8
        )


def _days(as_of: date, chance: Random, weeks: int) -> Iterator[date]:
    """Yield the days of the last meetings and of the next, on weekdays."""
    next_one = as_of + timedelta(days=chance.randint(2, 12))
    for back in range(_PAST, -1, -1):
        day = next_one - timedelta(weeks=back * weeks)
        yield day - timedelta(days=max(0, day.weekday() - 4))


def _decided(chance: Random, item: AgendaItem, ocg: Ocg, meeting: Meeting) -> AgendaItem:
    decision = _DECIDED.get(ocg.tier, _DECIDED[""]).draw(chance)
    held = meeting.held or date.min
    return replace(
        item,
        decision=decision,
        rationale=_WHY[decision],
        resources=_GIVEN.get(decision, ""),
        review_on=held + timedelta(days=chance.randint(40, 100)),
        decided=held,
        applied=True,
    )
