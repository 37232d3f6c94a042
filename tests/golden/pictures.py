"""A timeline and a map as values, the same on every machine."""

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.line_map import Gazetteer, LineMap, Reach, Run, Trade
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.timelines import Event, Lane, Timeline, Topic, moment, stretch

TODAY = date(2026, 11, 21)
P = PartialDate.stored


def id_of(name: str) -> UUID:
    """Return the id of what goes by this name here."""
    return uuid5(NAMESPACE_URL, f"picture:{name}")


OCG, ANN, NIA = (id_of(name) for name in ("Tarnbrook", "Ann Vale", "Nia"))


def _event(label: str, topic: Topic, time, *lanes: UUID, **more) -> Event:
    id_ = id_of(label)
    return Event(
        id=id_, kind=Kind.LINK, topic=topic, label=label, stretch=time, lanes=lanes,
        opens=lanes[0], opens_kind=Kind.NOMINAL, **more,
    )  # fmt: skip


def timeline() -> Timeline:
    """Return three lines with every sort of event: exact, partial, open, shared."""
    return Timeline(
        lanes=(
            Lane(id=OCG, kind=Kind.OCG, label="Tarnbrook", marking=Marking.OFFICIAL_SENSITIVE),
            Lane(id=ANN, kind=Kind.NOMINAL, label="Ann Vale"),
            Lane(id=NIA, kind=Kind.NOMINAL, label="Name withheld", exploited=True),
        ),
        events=(
            _event("Line holder · Ann", Topic.MEMBERSHIP, stretch(P("2025-03"), None), OCG, ANN),
            _event("Remand", Topic.JUSTICE, stretch(P("2026-02-03"), P("2026-05-04")), ANN),
            _event("Meeting", Topic.INTELLIGENCE, moment(P("2026-03")), OCG, ANN, once=True),
            _event("Charged", Topic.JUSTICE, moment(P("2026-02-04")), ANN, once=True),
            _event("Flat closed", Topic.DISRUPTION, moment(P("2026-04-09")), OCG, once=True,
                   strand="protect"),
            _event("Visit", Topic.PLAN, stretch(P("2026-01-10"), P("2026-02-10")), OCG),
            _event("Exploits", Topic.LINK, stretch(P("2026"), None), NIA),
        ),
        today=TODAY,
    )  # fmt: skip


def line_map() -> LineMap:
    """Return three lines from two hubs of one force into three towns."""
    places = Gazetteer()

    def run(label: str, hub: str, towns: tuple[str, ...], *trades: str) -> Run:
        reaches = tuple(Reach(spot=places.town(town, ("WMC",))) for town in towns)
        return Run(
            id=id_of(label), label=label, ref="", marking=Marking.OFFICIAL_SENSITIVE,
            hub=places.town(hub), towns=reaches,
            trades=tuple(Trade(id=id_of(name), label=name) for name in trades),
            stretch=stretch(P("2026-01"), None),
        )  # fmt: skip

    return LineMap(
        runs=(
            run("Kestrel", "Birmingham", ("Ludlow", "Hereford"), "Heroin", "Crack cocaine"),
            run("Otis", "Birmingham", ("Ludlow",), "Heroin"),
            run("Marlow", "Walsall", ("Quillfeather Parva", "Walsall")),
        ),
        today=TODAY,
    )
