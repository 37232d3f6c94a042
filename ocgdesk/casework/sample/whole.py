"""A whole sample, put together in the order in which it can be written."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain

from ocgdesk.casework.sample import care, justice, logs
from ocgdesk.casework.sample.addresses import address_links
from ocgdesk.casework.sample.claimed_steps import Justice
from ocgdesk.casework.sample.closures import closing_records
from ocgdesk.casework.sample.commodities import dealing
from ocgdesk.casework.sample.county_lines import line_links
from ocgdesk.casework.sample.court_steps import case_records
from ocgdesk.casework.sample.disruptions import disruptions, outcomes
from ocgdesk.casework.sample.handles import attributions, contacts
from ocgdesk.casework.sample.holdings import calls, controls, holding_links
from ocgdesk.casework.sample.meetings import Tasking
from ocgdesk.casework.sample.operations import investigating
from ocgdesk.casework.sample.plan_sections import plan_sections
from ocgdesk.casework.sample.requests import lessons, requests
from ocgdesk.casework.sample.saved_charts import charts
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.sightings import cells, sightings
from ocgdesk.casework.sample.sizes import size_called
from ocgdesk.casework.sample.social import between_groups, memberships, personal, topping_up
from ocgdesk.casework.sample.streams import Streams
from ocgdesk.casework.sample.trading import trading
from ocgdesk.casework.sample.values import Sample, Step
from ocgdesk.casework.sample.world import World, world
from ocgdesk.domain.links import Link
from ocgdesk.domain.people import User
from ocgdesk.domain.things import Thing


def build(size: str, *, seed: int = 1, as_of: date, users: Sequence[User] = ()) -> Sample:
    """Return a sample of one size: ``force``, ``region`` or ``national``.

    Nothing is read or written: what comes back depends on the arguments and the version
    alone. Users who are LROs (or SIOs) are given posts on the leading OCGs. Raises Refused
    for a size there is none of.
    """
    setting = Setting(Streams(seed, size), size_called(size), as_of, tuple(users))
    made = world(setting)
    stages = [*_records(made), *_links(made), *_products(made)]
    # The day before, so that nothing lies in the future of whoever writes it.
    start = datetime.combine(as_of - timedelta(days=1), time(8), UTC)
    steps = (
        Step(f"Sample: {label}", things, start + timedelta(minutes=number))
        for number, (label, things) in enumerate(stages)
    )
    return Sample(size, seed, tuple(step for step in steps if step.things))


Stage = tuple[str, tuple[Thing, ...]]


def _records(made: World) -> Iterator[Stage]:
    yield "OCGs", made.society.groups
    yield "assignments", made.assigned
    yield "nominals", made.society.known
    homes = chain.from_iterable(item.homes for item in made.lines)
    yield "locations", (*made.towns.values(), *made.addresses.items, *homes)
    numbers = chain.from_iterable(item.phones for item in made.lines)
    yield "phone numbers", (*made.phones.items, *numbers)
    yield "areas of cells", cells(made.society.setting).items
    yield "vehicles", made.vehicles.items
    yield "organisations", made.organisations.items
    yield "accounts", made.accounts.items
    yield "commodities", tuple(made.commodities.values())
    yield "county lines", tuple(item.line for item in made.lines)
    yield "handles", made.handles.items
    yield "operations", made.operations
    yield "intelligence reports", made.intelligence.reports


def _links(made: World) -> Iterator[Stage]:
    """Yield all links; where the size fixes their number, the last stage makes it up."""
    total = 0
    for label, links in _topics(made):
        stage = tuple(links)
        total += len(stage)
        yield label, stage
    if (wanted := made.society.setting.size.links) is not None:
        yield "contacts", tuple(topping_up(made.society, wanted - total))


def _topics(made: World) -> Iterator[tuple[str, Iterable[Link]]]:
    """Yield the links by topic; each is drawn only when it is asked for."""
    society = made.society
    yield "mentions", made.intelligence.mentions
    yield "memberships", memberships(society)
    yield "personal links", personal(society)
    yield "links between OCGs", between_groups(society)
    yield "commodities dealt in", dealing(society, made.commodities)
    yield (
        "holdings",
        holding_links(
            society,
            uses=(made.phones, made.vehicles),
            owns=(made.accounts,),
            runs=made.organisations,
        ),
    )
    yield "calls", calls(society, made.phones)
    yield "money", controls(society, made.organisations, made.accounts)
    yield "addresses", address_links(society, made.addresses, made.organisations)
    yield "county line links", line_links(society, made.lines, made.towns, made.commodities)
    yield "attributions", attributions(society, made.handles)
    yield "handle contacts", contacts(society, made.handles)
    yield "investigations", investigating(society, made.operations)
    yield "trading", trading(society, made.commodities)
    held = (made.phones, made.vehicles)
    yield "sightings", sightings(society, made.handles, held, cells(society.setting))


def _products(made: World) -> Iterator[Stage]:
    yield "4P plans", made.plans.plans
    yield "objectives", made.plans.objectives
    yield "actions", made.plans.actions
    beside = plan_sections(made.society.setting, made.plans)
    yield "plan sections", beside.parts
    yield "plan reviews", beside.reviews
    yield "plan versions", beside.versions
    yield "charts", charts(made.society, made.handles)
    yield "assessments", made.assessed
    cases = case_records(made.society, made.operations)
    yield "cases", cases
    held = line_links(made.society, made.lines, made.towns, made.commodities)
    claims = tuple(disruptions(made.society, made.operations))
    justice = Justice(made.society, cases)
    came = tuple(outcomes(made.society.setting, claims, justice))
    yield "disruptions", claims
    yield "steps claimed", tuple(justice.made)
    yield "outcomes", came
    yield "check-backs", tuple(closing_records(made.society, made.lines, tuple(held)))
    yield from _tasking(made)
    yield from _on_file(made)


def _tasking(made: World) -> Iterator[Stage]:
    """Yield who meets, what was decided, and what was asked of the gateway."""
    setting, groups = made.society.setting, made.society.groups
    met = Tasking(setting, groups)
    yield "meeting groups", met.groups
    yield "group members", tuple(met.members())
    yield "meetings", met.meetings
    yield "agendas", tuple(met.items())
    yield "meeting actions", tuple(met.actions())
    yield "requests", tuple(requests(setting, groups, made.operations))
    yield "lessons", tuple(lessons(setting))


def _on_file(made: World) -> Iterator[Stage]:
    """Yield what hangs on people and groups."""
    setting, people, groups = made.society.setting, made.society.known, made.society.groups
    yield "markers", tuple(care.markers(setting, people))
    subjects = tuple(investigating(made.society, made.operations))
    yield "involvements", tuple(care.involvements(setting, people, subjects))
    yield "safeguarding", tuple(care.safeguarding(setting, people))
    yield "risk prompts", tuple(care.risk_factors(setting, people))
    yield "custody", tuple(justice.custody(setting, people))
    yield "orders", tuple(justice.orders(setting, people))
    yield "decisions", tuple(logs.decisions(setting, groups, made.assigned))
    yield "notes", tuple(logs.notes(setting, groups))
