"""Requests to the gateway of a ROCU over a year, and lessons of the region's plans.

Every draw is from streams of its own: nothing else in a sample depends on it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework.sample.names import drawn
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.streams import Weighted
from ocgdesk.domain.entities import Ocg, Operation
from ocgdesk.domain.planning import Lesson
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.tasking import Request

DAYS: Final = 365
"""So far back the gateway's book goes."""
A_MONTH: Final = {"force": 42, "region": 450, "national": 450}
"""Requests a month: a gateway takes 400 to 500 (report to the SPCB, January 2020)."""
_REGION: Final = "RWM"
_ORIGINS: Final = Weighted({"force": 68.0, "partner": 13.0, "sst": 8.0, "covert": 6.0, "rocu": 5.0})
_PARTNERS: Final = ("HMRC", "BF", "NCA", "HMPPS", "TS", "GLAA", "IE", "DWP")
_PRIORITIES: Final = Weighted({"high": 22.0, "medium": 53.0, "low": 25.0})
_RESULTS: Final = Weighted(
    {"completed": 71.0, "part": 11.0, "declined": 9.0, "withdrawn": 5.0, "referred": 4.0}
)
_WAITS: Final = {"assessed": (0, 3), "prioritised": (0, 4), "allocated": (0, 6), "closed": (3, 45)}
"""How many days a step takes after the one before, least and most."""
_UNITS: Final = Weighted(
    {"rwm-proactive": 30.0, "rwm-fit": 22.0, "rwm-cltf": 20.0, "rwm-ace": 14.0, "rwm-cyber": 14.0}
)
_ASKED: Final = {
    "rwm-proactive": ("Surveillance team for two days", "Covert camera at a lock-up",
                      "Covert vehicle", "Trained officers for warrants"),
    "rwm-fit": ("Financial profile of a principal", "Production order for accounts",
                "Check of suspicious activity reports"),
    "rwm-cltf": ("Line holder attribution", "Mass text analysis", "Support at a transport hub"),
    "rwm-ace": ("Restraint advice", "Valuation of vehicles", "Confiscation timetable"),
    "rwm-cyber": ("Download of handsets", "Open-source profile", "Wallet tracing"),
}  # fmt: skip
_LESSONS: Final = (
    ("Visits before release kept two members out of the group", "worked", "prevent"),
    ("Housing and police at the door together: tenants let both in", "worked", "protect"),
    ("Warrants on school days frightened the children next door", "harm", "pursue"),
    ("Letters to haulage firms brought three calls in a month", "worked", "prepare"),
    ("A closure order without a visit plan moved the dealing one street on", "did-not", "protect"),
    ("Cash seizures early in the case paid for nothing else, but stopped the hire cars", "partly",
     "pursue"),
    ("A mentor from the same estate was heard, a uniform was not", "worked", "prevent"),
    ("The contingency call list was out of date on the day", "did-not", "prepare"),
)  # fmt: skip


def requests(
    setting: Setting, groups: Sequence[Ocg], operations: Sequence[Operation]
) -> Iterator[Request]:
    """Yield a year of requests, the oldest first."""
    chance, ids = setting.numbers("requests"), setting.ids("requests")
    forces = {one.code for one in code_list("agencies") if one.get("rocu") == _REGION}
    about: dict[str, list[UUID]] = {code: [] for code in sorted(forces)}
    for ocg in groups:
        about.get(ocg.agency, []).append(ocg.id)
    led: dict[str, list[UUID]] = {}
    for operation in operations:
        led.setdefault(operation.agency, []).append(operation.id)
    count = A_MONTH[setting.size.name] * 12
    for number in range(count):
        back = DAYS - number * DAYS // count
        yield _request(setting, chance, next(ids), back, (about, led))


_Known = tuple[dict[str, list[UUID]], dict[str, list[UUID]]]


def _request(setting: Setting, chance: Random, id_: UUID, back: int, known: _Known) -> Request:
    about, led = known
    with_groups = [code for code, held in about.items() if held]
    force = chance.choice(with_groups)
    origin = _ORIGINS.draw(chance)
    unit = _UNITS.draw(chance)
    made = Request(
        id=id_,
        title=chance.choice(_ASKED[unit]),
        origin=origin,
        agency=_asked_by(chance, origin, force),
        requester=drawn(chance, male_share=0.6).short,
        priority=_PRIORITIES.draw(chance),
        about=(chance.choice(about[force]),) if chance.random() < 0.7 else (),
        received=setting.as_of - timedelta(days=back),
    )
    operation = chance.choice(led[force]) if force in led and chance.random() < 0.3 else None
    return _taken_on(setting.as_of, chance, made, {"unit": unit, "operation": operation})


def _asked_by(chance: Random, origin: str, force: str) -> str:
    if origin == "partner":
        return chance.choice(_PARTNERS)
    return _REGION if origin in {"rocu", "covert"} else force


def _taken_on(as_of: date, chance: Random, made: Request, known: dict[str, Any]) -> Request:
    """Return a request with the steps that were taken until the sample's day."""
    values: dict[str, Any] = {}
    day = made.received or as_of
    for step, (least, most) in _WAITS.items():
        day += timedelta(days=chance.randint(least, most))
        if day > as_of - timedelta(days=1):
            break
        values |= {step: day, "status": step}
    if "allocated" in values:
        values |= known
    if "closed" in values:
        result = _RESULTS.draw(chance)
        declined = "Another force has the better capability." if result == "declined" else ""
        values |= {"result": result, "reason": declined}
    return replace(made, **values)


def lessons(setting: Setting) -> Iterator[Lesson]:
    """Yield what was learned, where and for whom; a tactic of the library for each."""
    chance, ids = setting.numbers("lessons"), setting.ids("lessons")
    library = [one for one in code_list("tactics") if not one.retired]
    for title, worked, strand in _LESSONS:
        tactics = [one.code for one in library if one.get("strand") == strand]
        yield Lesson(
            id=next(ids),
            title=title,
            worked=worked,
            strand=strand,
            tactic=chance.choice(tactics) if tactics else "",
            place=chance.choice(("Two towns", "One estate", "Rail stations", "City centre")),
            whom=chance.choice(("Young adults", "Tenants", "Families of members", "Businesses")),
            learned=setting.day_ago(chance, 20, 500),
        )
