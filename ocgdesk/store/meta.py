"""What a workspace says of itself: its name, its prefix for references, its counters."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from ocgdesk.domain.marking import Marking
from ocgdesk.domain.references import prefix
from ocgdesk.store import tables

_meta = tables.meta


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is chosen when a workspace is made."""

    id: UUID
    name: str
    agency: str
    code: str
    marking: Marking = Marking.OFFICIAL_SENSITIVE
    synthetic: bool = False
    recovery: bool = True
    """Whether recovery words were handed out."""


@dataclass(frozen=True, slots=True)
class Meta:
    """The workspace's own values, as read at the start of a unit of work."""

    values: dict[str, str]

    @classmethod
    def read(cls, connection: Connection) -> "Meta":
        """Read all values."""
        rows = connection.execute(select(_meta.c.name, _meta.c.value))
        return cls({row.name: row.value for row in rows})

    @property
    def next_no(self) -> int:
        """The next number a thing will get."""
        return int(self.values["next_no"])

    @property
    def prefix(self) -> str:
        """The start of every reference issued here."""
        return prefix(self.values["agency"], self.values["code"])

    @property
    def about(self) -> About:
        """What was chosen when the workspace was made."""
        return About(
            id=UUID(self.values["id"]),
            name=self.values["name"],
            agency=self.values["agency"],
            code=self.values["code"],
            marking=Marking(self.values["marking"]),
            synthetic=self.values["synthetic"] == "1",
            recovery=self.values["recovery"] == "1",
        )

    def save_next(self, connection: Connection, number: int) -> None:
        """Keep the next number, where numbers were given out."""
        if number != self.next_no:
            connection.execute(
                update(_meta).where(_meta.c.name == "next_no").values(value=str(number))
            )

    @staticmethod
    def count(connection: Connection, letters: str, year: int, wanted: int) -> int:
        """Reserve ``wanted`` references of a kind and year; return the last of them."""
        table = tables.counter
        where = (table.c.letters == letters, table.c.year == year)
        last = connection.execute(select(table.c.last).where(*where)).scalar()
        if last is None:
            connection.execute(insert(table).values(letters=letters, year=year, last=wanted))
            return wanted
        connection.execute(update(table).where(*where).values(last=last + wanted))
        return int(last) + wanted

    @staticmethod
    def pass_over(connection: Connection, letters: str, year: int, number: int) -> None:
        """See that no reference up to this number is issued again."""
        table = tables.counter
        where = (table.c.letters == letters, table.c.year == year)
        last = connection.execute(select(table.c.last).where(*where)).scalar()
        if last is None:
            connection.execute(insert(table).values(letters=letters, year=year, last=number))
        elif last < number:
            connection.execute(update(table).where(*where).values(last=number))


def write(connection: Connection, values: dict[str, str]) -> None:
    """Set these values, whether they were there or not."""
    known = {row.name for row in connection.execute(select(_meta.c.name))}
    for name, value in values.items():
        if name in known:
            connection.execute(update(_meta).where(_meta.c.name == name).values(value=value))
        else:
            connection.execute(insert(_meta).values(name=name, value=value))


def outranks(connection: Connection, marking: Marking) -> bool:
    """Tell whether anything kept is marked higher than this."""
    higher = [other.value for other in Marking if other.rank > marking.rank]
    for table in (tables.entity, tables.link):
        query = select(table.c.no).where(table.c.marking.in_(higher)).limit(1)
        if connection.execute(query).first() is not None:
            return True
    return False


def first_values(about: About) -> dict[str, str]:
    """Return what a new workspace starts with."""
    return {
        "id": str(about.id),
        "name": about.name,
        "agency": about.agency.strip().upper(),
        "code": about.code.strip().upper(),
        "marking": about.marking.value,
        "synthetic": str(int(about.synthetic)),
        "recovery": str(int(about.recovery)),
        "next_no": "1",
    }
