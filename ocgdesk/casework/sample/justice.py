"""Orders and times in custody of a sample's people, in step with who is in custody.

Every draw is from streams of its own: nothing else in a sample depends on it.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from random import Random
from typing import Final
from uuid import UUID

from ocgdesk.casework.sample.setting import Setting, whole
from ocgdesk.casework.sample.streams import Weighted
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.subrecords import Custody, Order

_PRISONS: Final = (
    "HMP Wrenmoor", "HMP Saltash Vale", "HMP Highfold", "HMP Dunscar", "HMYOI Tern Hall",
)  # fmt: skip
"""None of them exists."""
_ORDERS: Final = Weighted(
    {"scpo": 26.0, "cbo": 16.0, "licence": 24.0, "iom": 14.0, "mappa": 8.0, "tro": 6.0, "fro": 6.0}
)
_LEVELS: Final = {
    "scpo": ("Crown Court",),
    "iom": ("Fixed", "Flex", "Free"),
    "mappa": ("Category 2, level 1", "Category 2, level 2", "Category 3, level 2"),
}
_TERMS: Final = {
    "scpo": "One telephone, declared. No cash above £1,000. No company without notice.",
    "cbo": "Not to enter the town centre; not to meet named others.",
    "licence": "To live at the approved address; to report once a week.",
    "tro": "Not to leave the United Kingdom.",
    "fro": "To report income and accounts every six months.",
}
_YEARS: Final = 365
_ENDLESS: Final = frozenset({"iom", "mappa"})


def custody(setting: Setting, known: Iterable[Nominal]) -> Iterator[Custody]:
    """Yield a time in custody for each who is there, and earlier ones of some convicted."""
    chance, ids = setting.numbers("custody"), setting.ids("custody")
    for person in known:
        if "convicted" in person.categories and chance.random() < 0.3:
            yield Custody(
                id=next(ids),
                owner=person.id,
                custody_type="sentence",
                establishment=chance.choice(_PRISONS),
                start=setting.ago(chance, 1_400, 2_600),
                released=setting.ago(chance, 500, 1_200),
            )
        if person.in_custody:
            is_remand = chance.random() < 0.4
            ahead = chance.randint(14, 200) if is_remand else chance.randint(30, 2_000)
            yield Custody(
                id=next(ids),
                owner=person.id,
                custody_type="remand" if is_remand else "sentence",
                establishment=chance.choice(_PRISONS),
                start=setting.ago(chance, 20, 400),
                release_due=None if is_remand else _ahead(setting, ahead),
            )


def orders(setting: Setting, known: Iterable[Nominal]) -> Iterator[Order]:
    """Yield orders and management of some of those convicted; a few are over."""
    chance, ids = setting.numbers("orders"), setting.ids("orders")
    for person in known:
        if "convicted" in person.categories and chance.random() < 0.28:
            yield _order(setting, chance, person, _ORDERS.draw(chance), next(ids))


def _order(setting: Setting, chance: Random, person: Nominal, type_: str, id_: UUID) -> Order:
    began, left = chance.randint(60, 3 * _YEARS), chance.randint(-200, 4 * _YEARS)
    return Order(
        id=id_,
        owner=person.id,
        order_type=type_,
        level=chance.choice(_LEVELS.get(type_, ("",))),
        terms=_TERMS.get(type_, ""),
        agency=setting.size.home or "WMP",
        start=setting.ago(chance, began, began + 30),
        end=None if type_ in _ENDLESS else _ahead(setting, left),
    )


def _ahead(setting: Setting, days: int) -> PartialDate:
    return whole((setting.as_of + timedelta(days=days)).toordinal())
