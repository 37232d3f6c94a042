"""What every part of a sample is built from: its chance, its size, its day, its users."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from uuid import UUID

from ocgdesk.casework.sample.sizes import Size
from ocgdesk.casework.sample.streams import Streams
from ocgdesk.domain.dates import PartialDate, Precision
from ocgdesk.domain.people import Role, User


@dataclass(frozen=True, slots=True)
class Setting:
    """The four things a sample depends on."""

    streams: Streams
    size: Size
    as_of: date
    users: tuple[User, ...] = ()

    def numbers(self, topic: str) -> Random:
        """Return the topic's own random numbers."""
        return self.streams.numbers(topic)

    def ids(self, topic: str) -> Iterator[UUID]:
        """Return the topic's own ids."""
        return self.streams.ids(topic)

    def users_as(self, role: Role) -> tuple[User, ...]:
        """Return the users who hold a role."""
        return tuple(user for user in self.users if role in user.roles and not user.disabled)

    def ago(self, chance: Random, least: int, most: int) -> PartialDate:
        """Return a date so many days before the sample's day, as sources give it.

        Six in ten are whole, the rest a month, a year, or about.
        """
        ordinal = self.as_of.toordinal() - least - int(chance.random() * (most - least + 1))
        return loosely(chance, ordinal)

    def day_ago(self, chance: Random, least: int, most: int) -> date:
        """Return a whole day so many days before the sample's day."""
        return self.as_of - timedelta(days=chance.randint(least, most))


def loosely(chance: Random, ordinal: int) -> PartialDate:
    """Return a day as a source might give it: whole, its month, its year, or about."""
    luck = chance.random()
    if luck < 0.62:
        return whole(ordinal)
    return _part(ordinal, 0 if luck < 0.82 else 1 if luck < 0.92 else 2)


@cache
def whole(ordinal: int) -> PartialDate:
    """Return the day of a proleptic Gregorian ordinal."""
    return PartialDate.of(date.fromordinal(ordinal))


@cache
def _part(ordinal: int, form: int) -> PartialDate:
    day = date.fromordinal(ordinal)
    forms = (
        PartialDate(day.year, day.month),
        PartialDate(day.year, day.month, precision=Precision.ABOUT),
        PartialDate(day.year, precision=Precision.ABOUT),
    )
    return forms[form]
