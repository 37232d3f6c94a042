"""Invented charts for tests: one drawn by hand, others of any size."""

from math import sqrt
from random import Random
from uuid import UUID, uuid5

from ocgdesk.domain.charts import (
    Arrangement,
    Box,
    Cover,
    Importance,
    Item,
    Point,
    Scene,
    Tie,
)
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Strength
from ocgdesk.domain.marking import Marking

SPACE = UUID("6f7d3f1e-6d6e-4d0a-9a53-0d6f5a5e7c11")
P, S, R = Importance.PRINCIPAL, Importance.SIGNIFICANT, Importance.PERIPHERAL
C, U, T = Strength.CONFIRMED, Strength.UNCONFIRMED, Strength.TENTATIVE
N = Kind.NOMINAL

ITEMS = {
    "gritstonefalcon": (Kind.HANDLE, "EncroChat", S, 90, 115),
    "Dean Arkwright": (N, "Principal", P, 230, 108),
    "Imran Sadiqi": (N, "Principal, importer", P, 420, 108),
    "saltmeadow": (Kind.HANDLE, "EncroChat", S, 546, 155),
    "Gareth Lyle": (N, "Principal", P, 760, 116),
    "Rhodri ap Gethin": (N, "Principal", P, 890, 116),
    "Marek Wolski": (N, "Enforcer", S, 98, 238),
    "Kyle Penhallow": (N, "Line holder", S, 280, 238),
    "Shanice Morrow": (N, "Finance controller", S, 430, 238),
    "Curtis Vale": (N, "Logistics · in two OCGs", R, 614, 238),
    "Leah Storr": (N, "Recruiter, exploiter", S, 750, 238),
    "GL Autos (Telford) Ltd": (Kind.ORGANISATION, "Company", S, 890, 240),
    "Ewan Pryce": (N, "Courier", R, 90, 348),
    "Tobi Adeyemi-Cole": (N, "Stash keeper", R, 202, 348),
    "VX19 ***": (Kind.VEHICLE, "Grey hatchback", S, 100, 456),
    "07*** ***412": (Kind.PHONE, "first seen 26 Oct 2025", S, 332, 438),
    "“Marlow”": (Kind.COUNTY_LINE, "was “Tony”, closed Oct 2025", P, 510, 446),
    "Heroin": (Kind.COMMODITY, "≈ 0.9 kg a month", S, 714, 374),
    "Crack cocaine": (Kind.COMMODITY, "", R, 666, 516),
    "YP-03": (N, "Young person, NRM referred", S, 780, 438),
    "14 Bridge Court": (Kind.LOCATION, "Cuckooed, Ludlow", S, 248, 574),
    "Ludlow": (Kind.LOCATION, "importing town", S, 428, 570),
    "Leominster": (Kind.LOCATION, "importing town", S, 572, 570),
}
TIES = [
    ("gritstonefalcon", "Dean Arkwright", "probable", U, True, 1),
    ("Dean Arkwright", "Imran Sadiqi", "co-offender", C, False, 1),
    ("Imran Sadiqi", "Gareth Lyle", "supplies", C, True, 3),
    ("saltmeadow", "Imran Sadiqi", "possible", T, True, 1),
    ("Gareth Lyle", "Rhodri ap Gethin", "family", C, False, 1),
    ("Dean Arkwright", "Marek Wolski", "controls", C, True, 1),
    ("Dean Arkwright", "Kyle Penhallow", "controls", U, True, 1),
    ("Imran Sadiqi", "Shanice Morrow", "", C, False, 1),
    ("Shanice Morrow", "Curtis Vale", "", T, False, 1),
    ("Gareth Lyle", "Curtis Vale", "", U, False, 1),
    ("Gareth Lyle", "Leah Storr", "", C, True, 1),
    ("Rhodri ap Gethin", "GL Autos (Telford) Ltd", "", C, True, 1),
    ("Marek Wolski", "Ewan Pryce", "", C, False, 1),
    ("Ewan Pryce", "VX19 ***", "", C, True, 1),
    ("Kyle Penhallow", "Tobi Adeyemi-Cole", "", U, False, 1),
    ("Kyle Penhallow", "07*** ***412", "uses", U, True, 1),
    ("Kyle Penhallow", "“Marlow”", "holds", U, True, 1),
    ("Shanice Morrow", "“Marlow”", "", T, False, 1),
    ("07*** ***412", "“Marlow”", "answers", C, True, 1),
    ("“Marlow”", "Heroin", "", C, True, 1),
    ("“Marlow”", "Crack cocaine", "", U, True, 1),
    ("YP-03", "“Marlow”", "carries for", T, True, 1),
    ("Leah Storr", "YP-03", "exploits", U, True, 1),
    ("07*** ***412", "14 Bridge Court", "cell site", U, False, 1),
    ("“Marlow”", "Ludlow", "runs to", C, True, 1),
    ("“Marlow”", "Leominster", "runs to", U, True, 1),
    ("14 Bridge Court", "Ludlow", "", C, False, 1),
]
BADGES = {"Dean Arkwright": ("HMP",), "Marek Wolski": ("FI",), "YP-03": ("U18",)}
TARNBROOK = (
    "gritstonefalcon", "Dean Arkwright", "Imran Sadiqi", "saltmeadow", "Marek Wolski",
    "Kyle Penhallow", "Shanice Morrow", "Curtis Vale", "Ewan Pryce", "Tobi Adeyemi-Cole",
)  # fmt: skip
HOLLINS = ("Gareth Lyle", "Rhodri ap Gethin", "Leah Storr", "GL Autos (Telford) Ltd", "Curtis Vale")

COVER = Cover(
    title="Tarnbrook and Hollins Lane: principals and the Marlow line",
    subtitle="live · 2 hops round Dean Arkwright",
    references=("WMPA1-OCG-2025-0042", "WMPA1-OCG-2025-0043"),
    author="J. Mistry",
    agency="West Midlands Police",
    drawn="21 Nov 2025 · as at 21 Nov 2025, 09:14",
    marking=Marking.OFFICIAL_SENSITIVE,
    synthetic=True,
    filters=("Grade: not 3, not E", "Hops: 2"),
    sources="12 sources, lowest grade 2C",
    handling="Handling: for the OCG board of West Midlands Police.",
)


def id_of(name: str) -> UUID:
    """Return the id of an item of these charts."""
    return uuid5(SPACE, name)


def _item(name: str) -> Item:
    kind, detail, importance, _x, _y = ITEMS[name]
    return Item(
        id=id_of(name),
        kind=kind,
        label=name,
        detail=detail,
        importance=importance,
        exploited=name == "YP-03",
        badges=BADGES.get(name, ()),
    )


def tarnbrook() -> Arrangement:
    """Return two invented OCGs, a county line and the people round it, placed by hand."""
    ties = tuple(
        Tie(
            id=id_of(f"{one}-{two}-{label}"),
            source=id_of(one),
            target=id_of(two),
            label=label,
            strength=strength,
            directed=directed,
            count=count,
        )
        for one, two, label, strength, directed, count in TIES
    )
    boxes = (
        Box(
            id=id_of("OCG Tarnbrook"),
            title="Tarnbrook",
            detail="T1 · 156 Very high · 8 of 23 members drawn",
            members=frozenset(id_of(name) for name in TARNBROOK),
        ),
        Box(
            id=id_of("OCG Hollins Lane"),
            title="Hollins Lane",
            detail="T2 · 112 High · 4 of 17 drawn",
            members=frozenset(id_of(name) for name in HOLLINS),
        ),
    )
    return Arrangement(
        scene=Scene(items=tuple(_item(name) for name in ITEMS), ties=ties, boxes=boxes),
        places={id_of(name): Point(float(row[3]), float(row[4])) for name, row in ITEMS.items()},
    )


def large(items: int, ties: int, *, seed: int = 1, apart: float = 130.0) -> Arrangement:
    """Return a chart of any size, its items on a shaken square."""
    random = Random(seed)  # noqa: S311 - a test chart, not a secret
    kinds = [
        kind for kind in Kind if kind.value in {"ocg", "handle", "phone", "location", "vehicle"}
    ]
    side = int(sqrt(items)) + 1
    made = tuple(
        Item(
            id=id_of(f"item {at}"),
            kind=N if at % 3 else kinds[at // 3 % len(kinds)],
            label=f"Invented Person {at}",
            detail="Associate",
            importance=(P, S, S, R, R, R)[at % 6],
            badges=("HMP",) if at % 17 == 0 else (),
        )
        for at in range(items)
    )
    places = {
        item.id: Point(
            at % side * apart + random.uniform(-25, 25),
            at // side * apart + random.uniform(-25, 25),
        )
        for at, item in enumerate(made)
    }
    drawn = []
    for at in range(ties):
        one = random.randrange(items)
        two = min(items - 1, max(0, one + random.choice((1, -1, side, -side, 2 * side, 7))))
        drawn.append(
            Tie(
                id=id_of(f"tie {at}"),
                source=made[one].id,
                target=made[two].id,
                label=("associate", "supplies", "")[at % 3],
                strength=(C, U, T)[at % 3],
                directed=at % 2 == 0,
                count=1 + (at % 11 == 0),
            )
        )
    return Arrangement(scene=Scene(items=made, ties=tuple(drawn)), places=places)
