"""The officers of a sample: invented, but for the workspace's own users."""

from collections.abc import Iterator, Sequence
from random import Random

from ocgdesk.casework.sample.groups import LIVE
from ocgdesk.casework.sample.names import drawn
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.domain.entities import Assignment, Ocg
from ocgdesk.domain.people import Role, User

_RANKS = {
    "lro": ("Insp", "CI", "Sgt", "Insp"),
    "sio": ("DI", "DCI", "DI", "DS"),
    "sro": ("Supt", "Det Supt", "Ch Supt", "Supt"),
}
_FIRST = {"lro": "Insp A. Rowe", "sio": "DI M. Okafor", "sro": "Supt H. Tarling"}
_WITHOUT = 9
"""One live OCG in so many has no LRO, as registers show."""
_FOR_A_USER = 7
"""How many OCGs each user who is an LRO (or SIO) answers for, as far as they go."""

Posts = dict[tuple[int, str], User]


def officers(chance: Random, role: str, count: int) -> tuple[str, ...]:
    """Return a pool of officers for a role, with their ranks."""
    ranks = _RANKS[role]
    made = (drawn(chance, male_share=0.6).short for _ in range(count - 1))
    return (_FIRST[role], *(f"{ranks[i % len(ranks)]} {name}" for i, name in enumerate(made)))


def assignments(setting: Setting, groups: tuple[Ocg, ...]) -> tuple[Assignment, ...]:
    """Return who is and was LRO, SIO and SRO of each OCG."""
    chance, ids = setting.numbers("assignments"), setting.ids("assignments")
    count = max(6, len(groups) // 6)
    pools = {role: officers(chance, role, count) for role in _RANKS}
    posts = posts_of_users(setting, groups)
    made: list[Assignment] = []
    for number, ocg in enumerate(groups):
        for role, officer, days, ended in _posts(chance, pools, number, ocg):
            user = None if ended else posts.get((number, role))
            made.append(
                Assignment(
                    id=next(ids),
                    owner=ocg.id,
                    role=role,
                    officer=user.display if user else officer,
                    user=user.id if user else None,
                    agency=ocg.agency,
                    start=setting.ago(chance, days, days + 240),
                    end=setting.ago(chance, days - 30, days - 1) if ended else None,
                )
            )
    return tuple(made)


def has_lro(number: int, ocg: Ocg) -> bool:
    """Tell whether the OCG of this number has an LRO."""
    return ocg.status == "dormant" or (ocg.status in LIVE and number % _WITHOUT != _WITHOUT - 2)


def posts_of_users(setting: Setting, groups: Sequence[Ocg]) -> Posts:
    """Return which posts the workspace's own users hold: the leading OCGs, in turn."""
    with_lro = [i for i, ocg in enumerate(groups) if ocg.status in LIVE and has_lro(i, ocg)]
    with_sio = [i for i, ocg in enumerate(groups) if _has_sio(ocg)]
    return {
        **_in_turn("lro", with_lro, setting.users_as(Role.LRO)),
        **_in_turn("sio", with_sio, setting.users_as(Role.SIO)),
    }


def _in_turn(role: str, numbers: list[int], users: tuple[User, ...]) -> Posts:
    wanted = numbers[: _FOR_A_USER * len(users)]
    return {(number, role): users[i % len(users)] for i, number in enumerate(wanted)}


def _has_sio(ocg: Ocg) -> bool:
    return ocg.status in LIVE and ocg.tier in {"t1", "t2"}


def _posts(
    chance: Random, pools: dict[str, tuple[str, ...]], number: int, ocg: Ocg
) -> Iterator[tuple[str, str, int, bool]]:
    """Yield (role, officer, days ago, whether ended) of one OCG."""
    if has_lro(number, ocg):
        yield "lro", _one(chance, pools["lro"], number), 30, False
        if chance.random() < 0.25:
            yield "lro", chance.choice(pools["lro"]), 280, True
    if _has_sio(ocg):
        yield "sio", _one(chance, pools["sio"], number), 20, False
    if ocg.tier == "t1":
        yield "sro", _one(chance, pools["sro"], number), 60, False


def _one(chance: Random, pool: tuple[str, ...], number: int) -> str:
    """Return an officer: the first of the pool for the first OCG."""
    officer = chance.choice(pool)
    return officer if number else pool[0]
