"""Made-up things for tests: say what matters, the rest is filled in."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from ocgdesk.domain.charts import Chart, Placement
from ocgdesk.domain.entities import Assignment, CountyLine, Handle, Nominal, Ocg, Phone, Report
from ocgdesk.domain.links import Assertion, Attribution, Link, Membership
from ocgdesk.domain.people import Role, User
from ocgdesk.domain.plans import Action, Objective, Plan
from ocgdesk.domain.subrecords import Note
from ocgdesk.domain.things import Entity
from ocgdesk.security.keyfile import KeyFile
from ocgdesk.security.keys import DataKey
from ocgdesk.security.slots import Cost, Slot, make_slot
from ocgdesk.store.meta import About

PASSPHRASE = "four quiet lanterns drift"
CHEAP = Cost(memory_kib=64, time=1, parallelism=1)
"""A key derivation that costs a test nothing."""


def a_user(name: str = "ann", *roles: Role, **more: Any) -> User:
    return User(
        id=more.pop("id", None) or uuid4(),
        name=name,
        display=more.pop("display", name.title()),
        roles=frozenset(roles or {Role.ANALYST}),
        **more,
    )


def about(**more: Any) -> About:
    return About(**({"id": uuid4(), "name": "Test", "agency": "WMP", "code": "A1"} | more))


def a_slot(key: DataKey, user: User, workspace_id: UUID, passphrase: str = PASSPHRASE) -> Slot:
    roles = tuple(sorted(user.roles))
    return make_slot(
        key, user.id, user.name, roles, passphrase, workspace_id=workspace_id, cost=CHEAP
    )


def a_key_file(about_: About, *slots: Slot) -> KeyFile:
    return KeyFile(
        workspace_id=about_.id,
        workspace_name=about_.name,
        marking=about_.marking.value,
        synthetic=about_.synthetic,
        created=datetime(2026, 11, 1, tzinfo=UTC),
        recovery=about_.recovery,
        slots=slots,
    )


def an_ocg(name: str = "Tarnbrook", **more: Any) -> Ocg:
    return Ocg(name=name, **more)


def a_nominal(name: str = "Aled Cors", **more: Any) -> Nominal:
    return Nominal(name=name, **more)


def a_handle(handle: str = "quietfox", **more: Any) -> Handle:
    return Handle(handle=handle, **more)


def a_line(brand: str = "Kestrel", **more: Any) -> CountyLine:
    return CountyLine(brand=brand, **more)


def a_phone(number: str = "07700 900321", **more: Any) -> Phone:
    return Phone(number=number, **more)


def a_report(title: str = "Meeting at the yard", **more: Any) -> Report:
    return Report(title=title, **more)


def a_link(source: Entity, target: Entity, **more: Any) -> Link:
    return Link(source=source.id, target=target.id, **more)


def a_membership(nominal: Entity, ocg: Entity, **more: Any) -> Membership:
    return Membership(source=nominal.id, target=ocg.id, **more)


def an_attribution(handle: Entity, nominal: Entity, **more: Any) -> Attribution:
    return Attribution(source=handle.id, target=nominal.id, **more)


def an_assertion(subject: Entity | Link, field: str, value: str, **more: Any) -> Assertion:
    return Assertion(subject=subject.id, field=field, value=value, **more)


def a_plan(ocg: Entity, title: str = "Disrupt", **more: Any) -> Plan:
    return Plan(owner=ocg.id, title=title, **more)


def an_objective(plan: Entity, text: str = "Fewer lines", **more: Any) -> Objective:
    return Objective(owner=plan.id, text=text, **more)


def an_action(plan: Entity, title: str = "Visit the hub", **more: Any) -> Action:
    return Action(owner=plan.id, title=title, **more)


def an_assignment(ocg: Entity, officer: str = "DI Penrose", **more: Any) -> Assignment:
    return Assignment(owner=ocg.id, officer=officer, **more)


def a_chart(title: str = "Overview", **more: Any) -> Chart:
    return Chart(title=title, **more)


def a_placement(chart: Entity, item: Entity, **more: Any) -> Placement:
    return Placement(chart=chart.id, item=item.id, **more)


def a_note(owner: Entity, text: str = "Seen at the yard", **more: Any) -> Note:
    return Note(owner=owner.id, text=text, **more)
