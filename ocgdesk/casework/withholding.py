"""What does not leave by default: the names of exploited people, and prompts about anybody.

A name is withheld from products unless somebody chose otherwise, with a reason. Risk prompts,
and what is noted of somebody's vulnerability, stay on the record.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, TypeVar
from uuid import UUID

from ocgdesk.casework.names_within import Names, replaced
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.fields import Field, FieldType, Sensitivity
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _
from ocgdesk.store import exploited as victims
from ocgdesk.store.exploited import NAMELESS
from ocgdesk.store.listing import ListRow
from ocgdesk.store.reader import Reader

T = TypeVar("T", bound=Thing)

WITHHELD: Final = N_("Name withheld")
NOTE: Final = N_("Names of people recorded as exploited are withheld.")


@dataclass(frozen=True)
class Withheld:
    """Who is not named in a product, by id."""

    names: Mapping[UUID, str]
    anybody: bool = True
    """False where everybody is named, also who was exploited then and is not recorded so now."""

    def label(self, id_: UUID | None, label: str) -> str:
        """Return what a record is called in a product."""
        return _(WITHHELD) if id_ in self.names else label

    def text(self, text: str, ids: Iterable[UUID] | None = None) -> str:
        """Return a text without the names of these people, or of all."""
        who = None if ids is None else frozenset(ids)
        for name, id_ in self._finder.within(text):
            if who is None or id_ in who:
                text = replaced(text, name, _(WITHHELD).lower())
        return text

    @cached_property
    def _finder(self) -> Names:
        return Names(self.names)

    def thing(self, thing: T) -> T:
        """Return a nominal without what says who it is; anything else as it is."""
        if not self.anybody or not isinstance(thing, Nominal):
            return thing
        if not thing.exploited and thing.id not in self.names:
            return thing
        empty: dict[str, Any] = {"aliases": (), "identifiers": (), "externals": (), "summary": ""}
        return replace(thing, name=_(WITHHELD), **empty)


NOBODY: Final = Withheld({}, anybody=False)
"""Everybody is named: it was chosen, with a reason."""


def of(reader: Reader, *, named: bool, reason: str = "") -> Withheld:
    """Return who is not named in a product; nobody where ``named``, which needs a reason."""
    if not named:
        return Withheld(victims.exploited(reader))
    if not reason.strip():
        raise Refused(_("Say why exploited people are named; the reason is kept"))
    return NOBODY


def cells(
    names: Sequence[str], rows: Iterable[Sequence[Any]], masks: Iterable[frozenset[str]]
) -> list[tuple[Any, ...]]:
    """Return rows with the cells that would name somebody withheld; ``masks`` has one a row."""
    return [
        tuple(
            _masked(name) if name in mask else cell for name, cell in zip(names, row, strict=True)
        )
        if mask
        else tuple(row)
        for row, mask in zip(rows, masks, strict=True)
    ]


def rows(
    reader: Reader, kind: Kind, names: Sequence[str], found: Sequence[ListRow]
) -> list[ListRow]:
    """Return rows of a list, with these columns, in which nobody exploited is named."""
    masks = victims.naming(reader, kind, [row.no for row in found])
    if not masks:
        return list(found)
    shown = cells(names, (r.cells for r in found), (masks.get(r.no, frozenset()) for r in found))
    return [replace(row, cells=cells_) for row, cells_ in zip(found, shown, strict=True)]


def _masked(name: str) -> str:
    return "" if name in NAMELESS - {"name", "label"} else _(WITHHELD)


def stays(field: Field | None) -> bool:
    """Tell whether a field is a prompt that stays on the record and is not printed by default."""
    if field is None or field.sensitivity is not Sensitivity.PROTECTED:
        return False
    return field.type is FieldType.LONG_TEXT


def refuse_list(kind: Kind) -> None:
    """Raise Refused for a kind that stands on the record only: in no list, filter or export."""
    if kind is Kind.RISK_FACTOR:
        raise Refused(_("Risk prompts are shown on the record they hang on, and in no list"))
