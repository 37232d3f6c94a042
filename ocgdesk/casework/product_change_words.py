"""What changed of a record in words, as the audience of a product was told of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import brief_redacting, withholding
from ocgdesk.casework.brief_forms import Find
from ocgdesk.casework.brief_naming import WITHHELD, Naming
from ocgdesk.casework.brief_redacting import hides
from ocgdesk.casework.field_words import worded
from ocgdesk.casework.histories import MARKING, RESTRICTED, value_of
from ocgdesk.casework.histories import names as fields_of
from ocgdesk.casework.names_within import Names, spellings
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.i18n import N_, _
from ocgdesk.store import records as queries
from ocgdesk.store.exploited import NAMELESS
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.tied_changes import Touched

NOT_SHOWN: Final = N_("withheld")
_WHO: Final = frozenset({Kind.NOMINAL, Kind.HANDLE, Kind.PHONE, Kind.VEHICLE, Kind.ACCOUNT})
_OPEN: Final = frozenset({"status", "disposition", "confidence", MARKING, RESTRICTED})
"""Fields of somebody who is not named that may be read all the same."""


@dataclass(frozen=True, slots=True)
class Put:
    """A field that holds something else: what stood there and what does now, as it may be read."""

    field: str
    before: str
    after: str


@dataclass
class Calling:
    """How one product calls records, and what it says of their fields."""

    reader: Reader
    naming: Naming
    briefs: dict[UUID, Brief]
    """The records it told of or tells of, by id."""
    former: Names = field(default_factory=lambda: Names({}))

    def know(self, touched: Iterable[Touched]) -> None:
        """Know by which names people went then whom the audience is not told of by any."""
        for turn in touched:
            before, naming = turn.before, self.naming
            if isinstance(before, Nominal) and (
                before.id in naming.withheld or hides(naming.audience, before.kind)
            ):
                for name in (before.name, *(alias.text for alias in before.aliases)):
                    for spelt in spellings(name):
                        self.former.add(spelt, before.id)

    def _read(self, text: str) -> str:
        """Return a text as the audience may read it, without names that are others by now."""
        found = [
            Find(start, end, _("name"), self.name(id_) if id_ else _(WITHHELD))
            for start, end, id_ in self.former.stretches(text)
        ]
        return self.naming.text(brief_redacting.put(text, brief_redacting.settled(found)))

    def label(self, thing: Thing) -> str:
        """Return what a record is called, or a link by its ends and what it says."""
        if isinstance(thing, Link):
            ends = (self.name(end) for end in (thing.source, thing.target))
            words = label("link-types", thing.type) or label("kinds", thing.kind.value)
            return f"{next(ends)} · {words} · {next(ends)}"
        brief = self.briefs.get(thing.id)
        if brief is not None:
            return self.naming.label(brief)
        return self.text(thing)

    def text(self, thing: Thing) -> str:
        """Return the label of what is in no set; its kind alone where it says who somebody is."""
        audience = self.naming.audience
        if thing.kind in SUBJECTS and hides(audience, thing.kind):
            return label("kinds", thing.kind.value)
        if getattr(thing, "exploited", False) and not audience.exploited:
            return _("Exploited person")
        words = thing.label if isinstance(thing, Entity) else ""
        return self._read(words) or label("kinds", thing.kind.value)

    def name(self, id_: UUID) -> str:
        """Return what a record is called, by its id."""
        if id_ not in self.briefs:
            self.briefs |= queries.by_ids(self.reader, [id_])
        brief = self.briefs.get(id_)
        return self.naming.label(brief) if brief else _("a record that is not there any more")

    def fields(self, turn: Touched) -> tuple[Put, ...]:
        """Return the fields that hold something else; of what was there then and is now."""
        assert turn.before is not None  # noqa: S101 - it was there then and is now
        assert turn.after is not None  # noqa: S101 - likewise
        found = []
        for name, words in fields_of(turn.thing.kind):
            old, new = value_of(turn.before, name), value_of(turn.after, name)
            if old != new:
                found.append(Put(_(words), *self._values(name, turn.thing, old, new)))
        return tuple(found)

    def _values(self, name: str, thing: Thing, *values: Any) -> tuple[str, str]:
        old, new = (self._worded(name, thing, value) for value in values)
        return old, new

    def _worded(self, name: str, thing: Thing, value: Any) -> str:
        described = next((f for f in described_fields(type(thing)) if f.name == name), None)
        if described is None:
            return value.banner if name == MARKING else _("Yes") if value else _("No")
        if withholding.stays(described) or self._says_who(name, thing):
            return _(NOT_SHOWN) if value else ""
        if described.type is FieldType.ENTITY:
            return self.name(value) if value else ""
        if described.type is FieldType.ENTITIES:
            return "; ".join(map(self.name, value))
        return self._read(worded(described, value))

    def _says_who(self, name: str, thing: Thing) -> bool:
        """Tell whether a field says who somebody is that the audience is not told of."""
        if thing.id in self.naming.withheld or getattr(thing, "exploited", False):
            return not self.naming.audience.exploited
        is_hidden = thing.kind in _WHO and hides(self.naming.audience, thing.kind)
        return is_hidden and (name in NAMELESS or name not in _OPEN)
