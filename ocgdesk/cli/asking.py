"""What a list is asked for on the command line, as a question; shared by list and export."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import session
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused

if TYPE_CHECKING:
    from ocgdesk.casework.lists import Question

KINDS = tuple(kind.value for kind in Kind if kind not in {Kind.ASSERTION, Kind.PLACEMENT})
kind_argument = click.argument("kind", metavar="KIND", type=click.Choice(KINDS))


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
        from ocgdesk.casework import conditions
        from ocgdesk.casework.lists import Question
        from ocgdesk.store.listing import Sort

        wanted = Kind(kind)
        sorts = (Sort(name.lstrip("-").replace("-", "_"), name[0] == "-") for name in self.sorts)
        return Question(
            kind=wanted,
            filters=conditions.filters(wanted, self.filters, today=session.today()),
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
    return told_as_at(moment(text))


def told_as_at(at: datetime | None) -> str | None:
    """Return a recorded time in ISO form, UTC; None for now."""
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
