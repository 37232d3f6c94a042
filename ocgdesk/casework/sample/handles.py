"""Handles, who is thought to have used them and why, and who was in contact with whom."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any
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
    return Handles(items, tuple(about))


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
                grounds=_grounds(ties.chance, item, confidence),
                **{**grounds, "start": item.first_seen, "end": item.last_seen},
            )


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
    chance = ties.chance
    met: dict[int, list[UUID]] = defaultdict(list)
    everybody: list[UUID] = []
    for item, group in zip(found.items, found.groups, strict=True):
        for _ in range(1 + int(chance.random() * 4)):
            # Whoever was met before is met again: contacts grow where contacts are.
            pool = met[group] if met[group] and chance.random() < 0.7 else everybody
            if pool:
                other = pool[int(chance.random() * len(pool))]
                weight = float(1 + int(chance.expovariate(1 / 60)))
                link = ties.tie(
                    "communicates", item.id, other, group, weight=weight, unit="messages"
                )
                yield from link
                met[group] += [other] * len(link)
        met[group].append(item.id)
        everybody.append(item.id)
