"""Handles, who is thought to have used them and why, and who was in contact with whom."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, Self
from uuid import UUID

from ocgdesk.casework.sample import words
from ocgdesk.casework.sample.holdings import imei
from ocgdesk.casework.sample.officers import officers
from ocgdesk.casework.sample.setting import Setting, loosely, whole
from ocgdesk.casework.sample.streams import Weighted
from ocgdesk.casework.sample.ties import Society, Ties
from ocgdesk.casework.sample.traditions import NICKNAMES
from ocgdesk.domain.entities import Handle, Ocg
from ocgdesk.domain.links import Attribution, Link
from ocgdesk.domain.people import Role, User
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.values import Alias, External, Ground, Identifier

_SPANS = {
    # About 74 days of data in spring 2020, and a longer run for the next platform.
    "encrochat": (date(2020, 3, 27).toordinal(), date(2020, 6, 8).toordinal()),
    "sky-ecc": (date(2020, 10, 1).toordinal(), date(2021, 3, 9).toordinal()),
    "anom": (date(2020, 11, 1).toordinal(), date(2021, 6, 7).toordinal()),
}
_FOR = (
    ("colocation-phone", "Moved with his personal phone on {n} of 62 days"),
    ("colocation-anpr", "Vehicle seen by ANPR within 400 m, {n} sightings"),
    ("self-identification", "Gives a first name that fits"),
    ("event", "Wished a happy birthday on the date of birth"),
    ("address", "Delivery sent to a known address"),
    ("nickname", "Called by a nickname he is known by"),
    ("travel", "Away on the days of a known trip"),
    ("contact-list", "Saved under his name by {n} others"),
    ("image", "Picture shows a room at a known address"),
    ("seizure", "Handset found at a search"),
)
_AGAINST = (
    ("custody", "-", "In custody on {n} of the days with traffic"),
    ("travel", "!", "Was abroad while the handle was in use at home"),
    ("nickname", "~", "Nickname used by two others as well"),
)
_CANDIDATES = {
    "attributed": (1, 1, 1, 2),
    "in-development": (0, 1, 1, 2, 3),
    "other-agency": (0, 0, 1),
    "ip-only": (0, 1),
    "not-suitable": (0,),
}
_OPEN = Weighted(
    {("in-development", "possible"): 40.0, ("proposed", "probable"): 26.0,
     ("proposed", "possible"): 14.0, ("reviewed", "probable"): 12.0, ("rejected", "refuted"): 8.0}
)  # fmt: skip
_STRENGTHS = {"confirmed": "confirmed", "probable": "unconfirmed"}
_ELSEWHERE = ("NCA", "MPS", "MER", "GMP", "PSC", "NOT")
_FIRST_CANDIDATES = (0, 4, 5)
"""Members put forward for the first handle: a demonstration opens on a real choice."""
_FIRST_STANDINGS = (
    ("proposed", "probable"),
    ("in-development", "possible"),
    ("rejected", "refuted"),
)


_CONDITIONS = (
    "Intelligence only. Not for use as evidence or in interview without the package owner.",
    "May be shared with forces of the region. Ask the package owner before any other use.",
    "No action that shows what the handset held before the operation is overt.",
)
_WITH = (
    "conditions explained to the receiving intelligence unit",
    "with the co-location work done so far",
    "with a note on two unidentified contacts",
)
_GRADES = Weighted({"1A": 20.0, "1B": 34.0, "1C": 6.0, "2B": 14.0, "2C": 18.0, "2D": 8.0})
_BY_ANALYST = 0.7
"""The share of proposals that are the analyst's; the rest are by whoever else reviews."""
_UNREVIEWED = 0.04
"""The share of what is decided that nobody is on record as having reviewed: older work."""
_DECIDED = frozenset({"reviewed", "confirmed", "rejected"})
_OUTCOMES = {
    "confirmed": ("Grounds checked against the exhibits", "Agreed at the attribution meeting"),
    "rejected": ("In custody for most of the period", "Another user fits all the days better"),
    "reviewed": ("Wait for the phone's own records", "One more ground wanted"),
}


@dataclass(frozen=True, slots=True)
class Handles:
    """The handles, each with the OCG whose traffic it came up in."""

    items: tuple[Handle, ...]
    groups: tuple[int, ...]


def handles(setting: Setting, groups: Sequence[Ocg]) -> Handles:
    """Return the handles; their dispositions are exact, in development first."""
    chance, ids = setting.numbers("handles"), setting.ids("handles")
    size = setting.size
    dispositions = [code for code, count in size.handles.items() for _ in range(count)]
    first, *rest = dispositions
    chance.shuffle(rest)
    dispositions = [first, *rest]
    names = words.handles(setting.numbers("handle names"), len(dispositions))
    sios = officers(setting.numbers("handle officers"), "sio", 6)
    platform = Weighted(size.platforms)
    about = [0, *(int(chance.random() ** 1.6 * len(groups)) for _ in rest)]
    items = tuple(
        _handle(
            setting,
            chance,
            id=next(ids),
            handle=name,
            platform=platform.draw(chance) if number else next(iter(size.platforms)),
            disposition=disposition,
            sio=chance.choice(sios),
            agency=groups[group].agency,
            number=number,
        )
        for number, (name, disposition, group) in enumerate(
            zip(names, dispositions, about, strict=True)
        )
    )  # fmt: skip
    return Handles(_with_papers(setting, items), tuple(about))


def _with_papers(setting: Setting, items: tuple[Handle, ...]) -> tuple[Handle, ...]:
    """Return the handles with the package each came in and, where it went on, the hand-over."""
    chance = setting.numbers("handle packages")
    return tuple(
        replace(
            item,
            package=item.externals[0].value,
            conditions=_CONDITIONS[number // 25 % len(_CONDITIONS)],
            region=_region(item.agency) if item.disposition != "other-agency" else "",
            **(_handed(setting, chance, item) if item.disposition == "other-agency" else {}),
        )
        for number, item in enumerate(items)
    )


@cache
def _region(agency: str) -> str:
    """Return the regional unit of a force."""
    known = {item.code: item.get("rocu", "") for item in code_list("agencies")}
    return str(known.get(agency, ""))


def _handed(setting: Setting, chance: Random, item: Handle) -> dict[str, Any]:
    day = setting.day_ago(chance, 20, 300)
    return {
        "handed_to": item.agency,
        "handed_over": whole(day.toordinal()),
        "handover_note": f"{item.externals[0].value} handed over whole; {chance.choice(_WITH)}",
    }


def _handle(
    setting: Setting,
    chance: Random,
    *,
    number: int,
    disposition: str,
    platform: str,
    sio: str,
    agency: str,
    **more: Any,
) -> Handle:
    start, stop = _SPANS.get(platform, (setting.as_of.toordinal() - 500, setting.as_of.toordinal()))
    middle = (start + stop) // 2
    is_placed = disposition in {"in-development", "attributed"}
    return Handle(
        **more,
        aliases=(Alias(chance.choice(NICKNAMES), "nickname"),) if chance.random() < 0.35 else (),
        platform=platform,
        disposition=disposition,
        sio=sio if is_placed else "",
        agency=chance.choice(_ELSEWHERE) if disposition == "other-agency" else agency,
        first_seen=whole(chance.randint(start, middle)),
        last_seen=loosely(chance, chance.randint(middle + 1, stop)),
        threat_to_life=chance.random() < 0.04,
        identifiers=_device(chance, number),
        externals=(External("package", f"SYN-PKG-{number // 25 + 1:03d}"),),
    )


def _device(chance: Random, number: int) -> tuple[Identifier, ...]:
    """Return IMEI and IMSI of ranges kept for tests (network 001 01)."""
    luck = chance.random()
    if luck > 0.7:
        return ()
    found = (Identifier("imei", imei(700_000 + number)),)
    return (*found, Identifier("imsi", f"00101{number:010d}")) if luck < 0.4 else found


def attributions(society: Society, found: Handles) -> Iterator[Attribution]:
    """Yield who is thought to have used each handle; attributed ones have one confirmed user."""
    ties = Ties.of(society, "attributions")
    desk = _Desk.of(society.setting)
    for number, (item, group) in enumerate(zip(found.items, found.groups, strict=True)):
        for place, nominal in enumerate(_candidates(ties, item, number, group)):
            status, confidence = _standing(ties.chance, item, number, place)
            grounds = ties.grounds(group)
            grounds |= {"basis": "assessment", "strength": _STRENGTHS.get(confidence, "tentative")}
            yield Attribution(
                id=next(ties.ids),
                source=item.id,
                target=society.nominal(nominal),
                directed=True,
                confidence=confidence,
                status=status,
                grounds=desk.cited(_grounds(ties.chance, item, confidence)),
                **desk.signed(status, by_analyst=number == 0),
                **{**grounds, "start": item.first_seen, "end": item.last_seen},
            )


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who works on the ledger: what is proposed by one user is reviewed by another."""

    setting: Setting
    chance: Random
    analysts: tuple[User, ...]
    reviewers: tuple[User, ...]

    @classmethod
    def of(cls, setting: Setting) -> Self:
        """Return the desk of a sample's users; without any nobody is named."""
        analysts, reviewers = setting.users_as(Role.ANALYST), setting.users_as(Role.LRO)
        return cls(setting, setting.numbers("attribution ledger"), analysts, reviewers)

    def cited(self, grounds: tuple[Ground, ...]) -> tuple[Ground, ...]:
        """Return grounds with the grade and the exhibit each rests on."""
        return tuple(
            replace(ground, grade=_GRADES.draw(self.chance), ref=self._exhibit())
            for ground in grounds
        )

    def _exhibit(self) -> str:
        return f"SYN-EX-{self.chance.randint(1, 9_999):04d}"

    def signed(self, status: str, *, by_analyst: bool) -> dict[str, Any]:
        """Return who proposed an attribution and, where it came so far, who reviewed it."""
        if not self.analysts or not self.reviewers:
            return {}
        sides = (self.analysts[0], self.reviewers[0])
        is_analysts = self.chance.random() < _BY_ANALYST or by_analyst
        analyst, reviewer = sides if is_analysts else sides[::-1]
        proposed = self.setting.day_ago(self.chance, 40, 400)
        said: dict[str, Any] = {"analyst": analyst.id}
        if status != "in-development":
            said["proposed_on"] = proposed
        if status in _DECIDED and self.chance.random() > _UNREVIEWED:
            days = timedelta(days=self.chance.randint(1, 30))
            said |= {"reviewer": reviewer.id, "reviewed_on": proposed + days}
            said["outcome"] = self.chance.choice(_OUTCOMES.get(status, ("",)))
        return said


def _candidates(ties: Ties, item: Handle, number: int, group: int) -> tuple[int, ...]:
    if number == 0:
        return _FIRST_CANDIDATES
    chance, people = ties.chance, ties.society.people
    wanted = chance.choice(_CANDIDATES[item.disposition])
    members = people.members[group]
    drawn = [chance.choice(people.seniors[group]) if chance.random() < 0.4 else
             chance.choice(members) for _ in range(wanted)]  # fmt: skip
    return tuple(dict.fromkeys(drawn))


def _standing(chance: Random, item: Handle, number: int, place: int) -> tuple[str, str]:
    if number == 0:
        return _FIRST_STANDINGS[place]
    if item.disposition == "attributed":
        return ("rejected", "refuted") if place else ("confirmed", "confirmed")
    return _OPEN.draw(chance)


def _grounds(chance: Random, item: Handle, confidence: str) -> tuple[Ground, ...]:
    number = str(chance.randint(2, 58))
    if item.disposition == "ip-only":
        return (Ground("ip", "+", "IP address registered at a known home"),)
    count = {"confirmed": 4, "probable": 3}.get(confidence, 1)
    made = [Ground(code, "+", note.replace("{n}", number)) for code, note in
            chance.sample(_FOR, count)]  # fmt: skip
    if confidence == "refuted" or chance.random() < 0.35:
        code, sign, note = _AGAINST[0] if confidence == "refuted" else chance.choice(_AGAINST)
        made.append(Ground(code, sign, note.replace("{n}", number)))
    return tuple(made)


def contacts(society: Society, found: Handles) -> Iterator[Link]:
    """Yield contact between handles, weighted by messages; a few handles know many."""
    ties = Ties.of(society, "handle contacts")
    chance, days = ties.chance, society.setting.numbers("handle contact days")
    used = {item.id: seen(item) for item in found.items}
    met: dict[int, list[UUID]] = defaultdict(list)
    everybody: list[UUID] = []
    for item, group in zip(found.items, found.groups, strict=True):
        for _ in range(1 + int(chance.random() * 4)):
            # Whoever was met before is met again: contacts grow where contacts are.
            pool = met[group] if met[group] and chance.random() < 0.7 else everybody
            if pool:
                other = pool[int(chance.random() * len(pool))]
                weight = float(1 + int(chance.expovariate(1 / 60)))
                period = _in_contact(days, used[item.id], used[other])
                link = ties.tie(
                    "communicates", item.id, other, group, weight=weight, unit="messages", **period
                )
                yield from link
                met[group] += [other] * len(link)
        met[group].append(item.id)
        everybody.append(item.id)


def seen(item: Handle) -> tuple[int, int]:
    """Return the first and the last day a handle was in use, as ordinals."""
    assert item.first_seen is not None and item.last_seen is not None  # noqa: S101, PT018 - drawn
    return item.first_seen.earliest().toordinal(), item.last_seen.latest().toordinal()


def _in_contact(days: Random, one: tuple[int, int], other: tuple[int, int]) -> dict[str, Any]:
    """Return from when to when two handles wrote to each other, while both were in use."""
    start, end = max(one[0], other[0]), min(one[1], other[1])
    if start > end:
        start, end = one  # the other was in use under another name then
    first = days.randint(start, end)
    return {"start": whole(first), "end": whole(days.randint(first, end))}
