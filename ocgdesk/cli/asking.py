"""What a list is asked for on the command line, as a question; shared by list and export."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import session
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.lists import Question
    from ocgdesk.store.listing import Filter, Test

KINDS = tuple(kind.value for kind in Kind if kind not in {Kind.ASSERTION, Kind.PLACEMENT})
kind_argument = click.argument("kind", metavar="KIND", type=click.Choice(KINDS))

_CONDITION = re.compile(r"([A-Za-z_-]+)(!=|>=|<=|=|~)(.*)", re.DOTALL)


class Asked:
    """Options as they were given, and the question they make."""

    def __init__(self, **given: Any) -> None:
        self.filters: Sequence[str] = given["filters"]
        self.text: str = given["text"]
        self.sorts: Sequence[str] = given["sorts"]
        self.limit: int | None = given["limit"]
        self.as_at: str = given["as_at"]
        self.on: str = given["on"]
        self.view: str = given.get("view", "")

    def question(self, kind: str) -> "Question":
        """Return the question for a kind; Refused where a condition cannot be read."""
        from ocgdesk.casework.lists import Question
        from ocgdesk.store.listing import Sort

        wanted = Kind(kind)
        sorts = (Sort(name.lstrip("-").replace("-", "_"), name[0] == "-") for name in self.sorts)
        return Question(
            kind=wanted,
            filters=_filters(wanted, self.filters),
            text=self.text,
            sorts=tuple(sorts),
            limit=self.limit,
            as_at=moment(self.as_at),
            on=session.day_of(self.on),
            view=self.view,
        )

    def words(self) -> dict[str, Any]:
        """Return the filters as they are repeated beside the answer."""
        given = {
            "filter": list(self.filters), "text": self.text, "on": self.on, "view": self.view
        }  # fmt: skip
        return {name: value for name, value in given.items() if value}


def moment(text: str) -> datetime | None:
    """Return the recorded time ``--as-at`` names; None where it was not given."""
    if not text:
        return None
    from ocgdesk.store import history

    try:
        return history.instant(text)
    except Refused:
        return history.instant(session.day_of(text).isoformat())


def as_at_words(text: str) -> str | None:
    """Return a recorded time as it is repeated beside the answer: ISO form, UTC."""
    at = moment(text)
    return at.astimezone(UTC).isoformat() if at else None


def refuse_as_at(as_at: str, why: str) -> None:
    """Raise Refused, saying why, where recorded time was asked for."""
    if as_at:
        raise Refused(why)


def asks(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a list, as one ``Asked``."""

    @click.option("--filter", "filters", multiple=True, help="COLUMN=VALUE, also != ~ >= <=.")
    @click.option("--text", default="", help="Only rows that hold these words.")
    @click.option("--sort", "sorts", multiple=True, help="COLUMN, or -COLUMN downwards.")
    @click.option("--view", default="", metavar="NAME", help="The order and filters of a view.")
    @click.option("--limit", type=click.IntRange(min=1), help="At most so many rows.")
    @session.as_at_option
    @session.on_option
    @wraps(command)
    def run(**rest: Any) -> Any:
        names = ("filters", "text", "sorts", "limit", "as_at", "on", "view")
        return command(asked=Asked(**{name: rest.pop(name) for name in names}), **rest)

    return run


def _filters(kind: Kind, texts: Sequence[str]) -> tuple["Filter", ...]:
    """Read conditions; several values for one column are alternatives."""
    from ocgdesk.store.listing import Filter

    found: dict[tuple[str, Test], list[str]] = {}
    for text in texts:
        match = _CONDITION.fullmatch(text)
        if match is None:
            told = _("A filter is written like status=active, not {text}")
            raise Refused(told.format(text=text[:40]))
        column, value = match[1].replace("-", "_").lower(), match[3].strip()
        values = found.setdefault((column, _test(match[2], value)), [])
        if value:
            values.append(_typed(kind, column, value))
    return tuple(Filter(column, test, tuple(v)) for (column, test), v in found.items())


def _test(sign: str, value: str) -> "Test":
    from ocgdesk.store.listing import Test

    if not value and sign in {"=", "!="}:
        return Test.EMPTY if sign == "=" else Test.NOT_EMPTY
    return {
        "=": Test.IS, "!=": Test.IS_NOT, "~": Test.CONTAINS, ">=": Test.FROM, "<=": Test.TO,
    }[sign]  # fmt: skip


def _typed(kind: Kind, column: str, value: str) -> str:
    """Return a value as it is stored: a code for its words, a day in ISO form."""
    from ocgdesk.domain import dates
    from ocgdesk.domain.fields import FieldType, described_fields
    from ocgdesk.domain.reference_data import code_list
    from ocgdesk.domain.registry import class_of

    for field in described_fields(class_of(kind)):
        if field.name != column:
            continue
        if field.codes:
            return code_list(field.codes).parse(value)
        if field.type is FieldType.DAY:
            return dates.day(value, today=session.today()).isoformat()
    return value
