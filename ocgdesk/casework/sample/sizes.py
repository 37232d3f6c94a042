"""How much of everything each size of sample holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ocgdesk.errors import Refused

_ALL_ACTIVE = {"active": 1.0}
_MIXED_STATUSES = {
    "active": 74.0,
    "dormant": 9.0,
    "under-assessment": 5.0,
    "nominated": 3.0,
    "archived": 4.0,
    "re-activated": 3.0,
    "rejected": 2.0,
}
_PLATFORMS = {"encrochat": 60.0, "sky-ecc": 22.0, "anom": 8.0, "signal": 6.0, "telegram": 4.0}

_REST = {"SAC": 5, "CL": 6, "OIC": 2, "SEX": 1, "VIO": 4, "ML": 2, "COM": 1, "FRD": 2, "MSHT": 1}
_NATIONAL_REST = {
    "CL": 160, "FIR": 150, "VIO": 420, "SAC": 620, "FRD": 480, "ML": 380, "BRC": 40, "OIC": 210,
    "MSHT": 170, "CSEA": 90, "SEX": 70, "CYB": 90, "COM": 130, "ENV": 37, "OTH": 20,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """OCGs that share owners: so many of each primary type, spread over agencies by weight."""

    agencies: Mapping[str, float]
    crimes: Mapping[str, int]

    @property
    def count(self) -> int:
        """How many OCGs these are."""
        return sum(self.crimes.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The numbers of one size. What is not fixed here follows from chance."""

    name: str
    blocks: tuple[Block, ...]
    drugs_in_all: int | None = None
    """OCGs with drugs as primary or further type; None: no fixed number."""
    statuses: Mapping[str, float]
    nominals: int
    members: int
    exploited: int
    handles: Mapping[str, int]
    """Handles by disposition."""
    platforms: Mapping[str, float]
    lines: int
    phones: int
    addresses: int
    vehicles: int
    organisations: int
    accounts: int
    operations: int
    reports: int
    sourced: float
    """The share of links that rest on reports."""
    plans: float
    """The share of active OCGs with a 4P plan."""
    every_plan: bool = False
    """Whether an OCG that is not active has one too: closed where it is archived or rejected."""
    actions: float = 1.0
    """How many times the usual number of actions a plan has."""
    links: int | None = None
    """Links of all kinds; None: as many as come about."""
    disruptions: int = 0
    charts: int = 0
    home: str = field(default="")
    """The force whose towns the lines of this sample run to; empty: anywhere."""

    @property
    def ocgs(self) -> int:
        """How many OCGs there are."""
        return sum(block.count for block in self.blocks)


_FORCE = Size(
    name="force",
    blocks=(
        Block(
            agencies={"WMC": 39.0, "RWM": 3.0},
            crimes={
                "DRG": 17, "CL": 7, "SAC": 6, "VIO": 3, "ML": 2, "FRD": 2, "OIC": 1, "SEX": 1,
                "COM": 1, "ENV": 1, "MSHT": 1,
            },
        ),
    ),
    drugs_in_all=29,
    statuses=_MIXED_STATUSES,
    nominals=703,
    members=462,
    exploited=58,
    handles={
        "in-development": 21, "attributed": 22, "other-agency": 4, "not-suitable": 9, "ip-only": 4,
    },
    platforms=_PLATFORMS,
    lines=82,
    phones=420,
    addresses=240,
    vehicles=150,
    organisations=64,
    accounts=90,
    operations=24,
    reports=1318,
    sourced=0.9,
    plans=1.0,
    disruptions=980,
    charts=2,
    home="WMC",
)  # fmt: skip

_REGION = Size(
    name="region",
    blocks=(
        # Figure 2 of the WM ROCU report to the SPCB, January 2020, in its own order.
        Block(
            agencies={"WMP": 1.0},
            crimes={
                "DRG": 52, "SAC": 9, "CL": 7, "OIC": 5, "SEX": 4, "VIO": 4, "ML": 3, "COM": 1,
                "FRD": 1,
            },
        ),
        Block(agencies={"STP": 30.0, "WMC": 27.0, "WKP": 16.0}, crimes={"DRG": 49, **_REST}),
    ),
    statuses=_ALL_ACTIVE,  # the figure counts active OCGs
    nominals=2500,
    members=1720,
    exploited=190,
    # Paragraph 97 of the SPR report to the SPCB, January 2021.
    handles={
        "in-development": 152, "attributed": 136, "other-agency": 13, "not-suitable": 41,
        "ip-only": 15,
    },
    platforms={"encrochat": 1.0},
    lines=210,
    phones=1400,
    addresses=800,
    vehicles=520,
    organisations=220,
    accounts=310,
    operations=70,
    reports=3600,
    sourced=0.85,
    plans=1.0,
    disruptions=2400,
)  # fmt: skip

_NATIONAL = Size(
    name="national",
    blocks=(
        Block(
            agencies={
                "MPS": 11.0, "WMP": 7.0, "GMP": 7.0, "MER": 6.0, "WYP": 5.0, "KNT": 3.5, "ESX": 3.5,
                "TVP": 3.5, "HAM": 3.0, "LAN": 3.0, "SYP": 3.0, "NBA": 3.0, "DCP": 2.5, "AVS": 2.5,
                "STP": 2.5, "NOT": 2.5, "SWP": 2.5, "SUS": 2.5, "WMC": 2.2, "HUM": 2.0, "LEI": 2.0,
                "HRT": 2.0, "CHS": 2.0, "NWP": 1.5, "DBY": 1.5, "NHP": 1.5, "SRY": 1.5, "CLV": 1.5,
                "NFK": 1.2, "SFK": 1.2, "CAM": 1.2, "BED": 1.2, "WKP": 1.2, "GWT": 1.2, "DUR": 1.2,
                "NYP": 1.0, "LIN": 1.0, "GLO": 1.0, "DOR": 1.0, "WIL": 1.0, "CUM": 0.8, "DYP": 0.8,
                "COL": 0.8, "BTP": 0.8,
            },
            crimes={"DRG": 1533, **_NATIONAL_REST},
        ),
    ),
    statuses=_MIXED_STATUSES,
    nominals=100_000,
    members=58_000,
    exploited=7_000,
    handles={
        "in-development": 9_000, "attributed": 7_000, "other-agency": 900, "not-suitable": 2_400,
        "ip-only": 700,
    },
    platforms=_PLATFORMS,
    lines=1_500,
    phones=26_000,
    addresses=14_000,
    vehicles=10_000,
    organisations=3_500,
    accounts=6_000,
    operations=380,
    reports=20_000,
    sourced=0.15,
    plans=1.0,
    every_plan=True,
    actions=1.5,
    links=500_000,
    disruptions=88_600,
)  # fmt: skip

SIZES = {size.name: size for size in (_FORCE, _REGION, _NATIONAL)}


def size_called(name: str) -> Size:
    """Return a size by name; Refused, naming those there are, for any other."""
    try:
        return SIZES[name]
    except KeyError:
        raise Refused(f"There is no sample {name[:20]!r}; there are {', '.join(SIZES)}") from None
