"""Two people editing one record: what only one of them changed is kept, field by field.

The rest is theirs to decide: it is refused with both values, so that the second can see what the
first wrote.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ocgdesk.casework import records
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Conflict
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A field that both changed, and not to the same."""

    name: str
    label: str
    theirs: Any
    yours: Any


class Overlap(Conflict):
    """Somebody changed the same fields first; ``now`` is the record as they left it."""

    def __init__(self, now: Entity, clashes: tuple[Clash, ...]) -> None:
        fields = ", ".join(clash.label for clash in clashes)
        super().__init__(
            _("Somebody changed the same fields meanwhile ({fields}): see both").format(
                fields=fields
            )
        )
        self.now = now
        self.clashes = clashes


def agreed(reader: Reader, before: Entity, values: Mapping[str, Any]) -> int:
    """Return the version against which values typed over ``before`` may be saved.

    Raises Overlap where a field of them was changed to something else since, NotFound where the
    record is gone.
    """
    now = reader.get(type(before), before.id)
    if now.version == before.version:
        return now.version
    if clashes := _clashes(before, now, values):
        raise Overlap(now, clashes)
    return now.version


def _clashes(before: Entity, now: Entity, values: Mapping[str, Any]) -> tuple[Clash, ...]:
    labels = {field.name: field.label for field in described_fields(type(before))}
    return tuple(
        Clash(name=name, label=labels.get(name, name), theirs=getattr(now, name), yours=value)
        for name, value in values.items()
        if getattr(now, name) not in (getattr(before, name), value)
    )


def edit(work: Work, before: Entity, values: Mapping[str, Any]) -> UUID:
    """Change fields of a record that was read as ``before``, beside what others changed.

    Raises Overlap where somebody changed one of the same fields to something else.
    """
    version = agreed(work.reader, before, values)
    records.edit(work, before.id, values, version=version)
    return before.id
