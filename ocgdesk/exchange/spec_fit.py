"""Which specification a file is for, by its headers: ranked, each with the reason in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from ocgdesk.exchange.mapping import squashed
from ocgdesk.exchange.part_values import place_of
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.specifications import Specification
from ocgdesk.i18n import _

_SAMPLE = 200
_SURE = 0.999


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a specification fits a file."""

    spec: Specification
    score: float
    """0 where it cannot be used; 1 where every header of either is in the other."""
    reason: str
    """One sentence."""

    @property
    def is_usable(self) -> bool:
        """Whether the file has what the specification cannot do without."""
        return self.score > 0

    @property
    def is_sure(self) -> bool:
        """Whether the headers are those it was made for: it is used without being asked for."""
        return self.score >= _SURE


def fit(spec: Specification, table: RawTable) -> Fit:
    """Say how well a specification fits a table, and why."""
    for header in spec.needed():
        if place_of(table, header) < 0:
            return Fit(spec, 0.0, _("It has no column {header}.").format(header=header))
    for header, text in spec.values.items():
        if not _holds(table, header, text):
            told = _("Its column {header} does not say {text}.")
            return Fit(spec, 0.0, told.format(header=header, text=text))
    wanted = {squashed(column) for column in spec.known()}
    there = {squashed(header) for header in table.header}
    score = (len(wanted & there) + 1) / (len(wanted | there) + 1)
    return Fit(spec, score, _reason(spec, table, wanted, there))


def _holds(table: RawTable, header: str, text: str) -> bool:
    index, wanted = place_of(table, header), squashed(text)
    rows = table.rows[:_SAMPLE]
    return index >= 0 and bool(rows) and all(squashed(row[index]) == wanted for row in rows)


def _reason(spec: Specification, table: RawTable, wanted: set[str], there: set[str]) -> str:
    if wanted == there:
        return _("It has the very columns the specification was made for.")
    unread = [header for header in table.header if squashed(header) not in wanted]
    known = _("{n} of {all} columns are known").format(
        n=len(table.header) - len(unread), all=len(table.header)
    )
    if unread:
        return _("{known}; it would leave out {headers}.").format(
            known=known, headers=", ".join(unread[:3]) + (" …" if len(unread) > 3 else "")
        )
    lacking = [c for c in spec.known() if squashed(c) not in there]
    return _("{known}; it has no {headers}.").format(known=known, headers=", ".join(lacking[:3]))


def ranked(specs: Iterable[Specification], table: RawTable) -> tuple[Fit, ...]:
    """Return the specifications that can be used for a table, the best first."""
    fits = [fit(spec, table) for spec in specs]
    usable = [one for one in fits if one.is_usable]
    return tuple(sorted(usable, key=lambda one: (-one.score, one.spec.name)))
