"""What the page of returns asks for: the figures of one, and the records beneath a figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ocgdesk.casework import return_books, returns
from ocgdesk.casework.return_wishes import Lacking, Wish
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.returns import Definition, Period, Return
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.models.return_model import Row
from ocgdesk.ui.pages.return_parts import MOST


@dataclass(frozen=True, slots=True)
class Answer:
    """The figures, what they were asked by, and the returns there are."""

    known: tuple[Definition, ...]
    wish: Wish
    made: Return | None
    """None where it was not said yet of what it is drawn up."""
    lacking: str = ""
    """What is to be said first, in a sentence."""


def read(
    reader: Reader,
    *,
    code: str,
    period: Period,
    compared: bool,
    filters: Mapping[str, str],
    as_at: datetime | None,
) -> Answer:
    """Count a return, narrowed by those of these filters that it knows.

    Without a code it is the first there is; Refused where none is offered.
    """
    known = return_books.definitions(reader)
    if not (code or known):
        raise Refused(_("No return is offered here any more"))
    definition = return_books.find(reader, code or known[0].code)
    wish = Wish(
        definition=definition,
        period=period,
        before=period.before() if compared else None,
        filters={
            name: value for name, value in filters.items() if value and name in definition.asks
        },
        as_at=as_at,
    )
    try:
        return Answer(known, wish, returns.make(reader, wish, now=datetime.now(LONDON)))
    except Lacking as lacking:
        return Answer(known, wish, None, str(lacking))


def records_beneath(
    reader: Reader, *, wish: Wish, row: Row, column: int
) -> tuple[tuple[Brief, ...], int]:
    """Return the records a figure rests on, and how many there are."""
    assert row.line is not None  # noqa: S101 - a figure stands on a line
    return returns.records(reader, wish, row.block, row.line, column, most=MOST)
