"""Two records made one: each value chosen, and all that hangs on either carried along.

A person decides, never the program. Where the two differ in safeguarding or in marking, a second
person has to agree. What a merge did is in the journal; ``casework.parting`` takes it apart again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

import msgspec

from ocgdesk.casework import in_step, records
from ocgdesk.casework.ruled import BY_ACT
from ocgdesk.domain import safeguarding
from ocgdesk.domain.charts import Placement
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.fields import Field, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Assertion, Link
from ocgdesk.domain.marking import highest
from ocgdesk.domain.pairings import COMPARED, NEVER, PROPOSED, Pairing
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.domain.values import Alias, External
from ocgdesk.domain.wire import ENDS
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import matching, merges, naming
from ocgdesk.store import records as queries
from ocgdesk.store.journal import Act
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

KEPT: Final = "kept"
ABSORBED: Final = "absorbed"
BOTH: Final = "both"
Choices = Mapping[str, str]
"""By field: ``kept``, ``absorbed`` or, of several values, ``both``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One field of two records side by side, and what a merge would take unless told."""

    field: Field
    kept: Any
    absorbed: Any
    choice: str

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return bool(self.kept != self.absorbed)


# ---- Looking -----------------------------------------------------------------------------------


def beside(kept: Entity, absorbed: Entity) -> tuple[Compared, ...]:
    """Return the fields of two records, those that differ first."""
    values = [
        (f, getattr(kept, f.name), getattr(absorbed, f.name)) for f in described_fields(type(kept))
    ]
    found = [
        Compared(field=f, kept=a, absorbed=b, choice=_proposed(kept.kind, f, a, b))
        for f, a, b in values
        if a or b
    ]
    return tuple(sorted(found, key=lambda one: not one.differs))


def _proposed(kind: Kind, field: Field, kept: Any, absorbed: Any) -> str:
    """Return what is taken unless told: all of several values, else what the kept one has."""
    if (kind, field.name) in BY_ACT:
        return KEPT
    if isinstance(kept, tuple):
        return BOTH
    return ABSORBED if not kept and absorbed else KEPT


def needs_second(reader: Reader, kept: Entity, absorbed: Entity, on: date) -> str:
    """Return why a second person has to agree to a merge; empty where nobody has to."""
    if kept.marking != absorbed.marking:
        return _("The two carry different markings: a second person has to agree")
    if not isinstance(kept, Nominal) or not isinstance(absorbed, Nominal):
        return ""
    if _safeguarded(reader, kept, on) != _safeguarded(reader, absorbed, on):
        return _("Only one of the two is a person to safeguard: a second person has to agree")
    return ""


def _safeguarded(reader: Reader, person: Nominal, on: date) -> tuple[bool, bool]:
    is_child = safeguarding.may_be_child(person.born, on)
    cared_for = bool(queries.owned(reader, person.id, Kind.SAFEGUARDING))
    return person.exploited, is_child or cared_for


# ---- Merging -----------------------------------------------------------------------------------


def merge(
    work: Work, kept: UUID, absorbed: UUID, choices: Choices | None = None, reason: str = ""
) -> Entity | Pairing:
    """Make two records one and return it; where a second person has to agree, the proposal.

    Raises Refused where the two are of different kinds, restricted to different people, or
    somebody decided that they are never the same.
    """
    one, other = _checked(work.reader, kept, absorbed)
    proposal = _proposal(work.reader, one, other)
    if needs_second(work.reader, one, other, in_step.day_of(work)):
        if proposal is None:
            return _propose(work, one, other, choices or {}, reason)
        if proposal.by == work.user.id:
            raise Refused(_("You proposed this merge: somebody else has to agree to it"))
    agreed = choices if choices is not None else proposal and _read(proposal.choices)
    return _combine(work, one, other, agreed or {}, reason)


def _checked(reader: Reader, kept: UUID, absorbed: UUID) -> tuple[Entity, Entity]:
    one, other = reader.find(kept), reader.find(absorbed)
    assert isinstance(one, Entity)  # noqa: S101 - found in the table of entities
    assert isinstance(other, Entity)  # noqa: S101 - likewise
    if one.id == other.id:
        raise Refused(_("A record cannot be merged with itself"))
    if one.kind is not other.kind or one.kind not in COMPARED:
        raise Refused(_("Only two records of one kind are merged: {kinds}").format(
            kinds=", ".join(kind.value for kind in COMPARED)
        ))  # fmt: skip
    if one.restricted_to != other.restricted_to:
        raise Refused(
            _("The two are open to different people: give them the same restriction first")
        )
    if any(said.verdict == NEVER for said in matching.verdicts(reader, one.id, other.id)):
        raise Refused(_("Somebody decided that the two are never the same; withdraw that first"))
    return one, other


def _proposal(reader: Reader, one: Entity, other: Entity) -> Pairing | None:
    found = matching.verdicts(reader, one.id, other.id)
    return next((said for said in found if said.verdict == PROPOSED), None)


def _propose(work: Work, one: Entity, other: Entity, choices: Choices, reason: str) -> Pairing:
    said = Pairing(
        owner=one.id, other=other.id, verdict=PROPOSED, reason=reason, by=work.user.id,
        decided=in_step.day_of(work), choices=msgspec.json.encode(dict(choices)).decode(),
    )  # fmt: skip
    return work.put(said)[0]  # type: ignore[return-value]


def _read(text: str) -> dict[str, str]:
    try:
        return msgspec.json.decode(text or "{}", type=dict[str, str])
    except msgspec.DecodeError:
        raise Refused(_("What was chosen in the proposal cannot be read")) from None


def _combine(work: Work, one: Entity, other: Entity, choices: Choices, reason: str) -> Entity:
    whole = combined(one, other, choices)
    records.check(whole, before=one)
    moved = _moved(work.reader, one, other, choices)
    _note(work, one, other, reason)
    gone = [thing for thing in moved if moved[thing] is None]
    saved = work.put(*(thing for thing in moved.values() if thing is not None), whole)
    work.remove(*gone, other)
    in_step.follow(work, [*saved, *gone])
    return work.get(type(one), one.id)


def _note(work: Work, one: Entity, other: Entity, reason: str) -> None:
    nos = work.reader.numbers((one.id, other.id))
    told = {merges.MERGED: {"kept": str(one.id), "absorbed": str(other.id)}}
    work.entry = {
        **work.entry,
        "act": Act.COMBINATION,
        "reason": reason or work.entry.get("reason", ""),
        "detail": {**work.entry.get("detail", {}), **told},
        "subjects": tuple(nos.values()),
    }


def combined(one: Entity, other: Entity, choices: Choices) -> Entity:
    """Return the record two would make; Refused where a choice is none."""
    known = {f.name: f for f in described_fields(type(one))}
    if unknown := set(choices) - set(known):
        raise Refused(_("There is no field {name!r} to choose").format(name=min(unknown)[:40]))
    values = {name: _chosen(one, other, field, choices) for name, field in known.items()}
    values |= dict(_remembered(one, other, values))
    return replace(one, **values, marking=highest((one.marking, other.marking)))


def _chosen(one: Entity, other: Entity, field: Field, choices: Choices) -> Any:
    a, b = getattr(one, field.name), getattr(other, field.name)
    choice = choices.get(field.name) or _proposed(one.kind, field, a, b)
    if choice not in {KEPT, ABSORBED, BOTH} or (choice == BOTH and not isinstance(a, tuple)):
        raise Refused(_("{field} is kept, absorbed or, of several values, both").format(
            field=field.label
        ))  # fmt: skip
    if choice == BOTH:
        return (*a, *(value for value in b if value not in a))
    if choice == ABSORBED and (one.kind, field.name) in BY_ACT and a != b:
        raise Refused(_(BY_ACT[one.kind, field.name]))
    return a if choice == KEPT else b


def _remembered(one: Entity, other: Entity, values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """Yield what keeps the absorbed record findable: its name as an alias, its reference."""
    if "aliases" in values:
        names = {alias.text for alias in values["aliases"]}
        label = next(f.name for f in described_fields(type(one)) if f.is_label)
        lost = [n for n in (one.label, other.label) if n != values[label] and n not in names]
        yield "aliases", (*values["aliases"], *(Alias(text) for text in dict.fromkeys(lost)))
    if "externals" in values and other.ref:
        yield "externals", (*values["externals"], External("merged", other.ref))


def _moved(
    reader: Reader, one: Entity, other: Entity, choices: Choices
) -> dict[Thing, Thing | None]:
    """Return all that hangs on or names the absorbed record, as it will be; None where it goes."""
    hanging = [t for t in queries.hanging_on(reader, other) if other.id in _ends(t)]
    every = {thing.id: thing for thing in (*hanging, *naming.naming(reader, other.id))}
    charts = {
        thing.chart for thing in queries.hanging_on(reader, one) if isinstance(thing, Placement)
    }
    taken = {name for name, choice in choices.items() if choice == ABSORBED}
    return {
        thing: None if _falls_away(new, one.id, charts) else _unchosen(new, taken)
        for thing in every.values()
        if thing.id not in {one.id, other.id}
        for new in (turned(thing, other.id, one.id),)
    }


def _ends(thing: Thing) -> list[Any]:
    return [getattr(thing, name) for name in ENDS[thing.base]]


def turned(thing: Thing, old: UUID, new: UUID) -> Thing:
    """Return a thing that points at one record instead of another, in ends and fields."""
    changed: dict[str, Any] = {
        name: new for name in ENDS[thing.base] if getattr(thing, name) == old
    }
    for field in described_fields(type(thing)):
        value = getattr(thing, field.name)
        if isinstance(value, UUID) and value == old:
            changed[field.name] = new
        elif isinstance(value, tuple) and old in value:
            ids = (new if item == old else item for item in value)
            changed[field.name] = tuple(dict.fromkeys(ids))
    return replace(thing, **changed) if changed else thing


def _falls_away(thing: Thing, kept: UUID, charts: set[UUID]) -> bool:
    """Tell whether there would be no sense in it: a link to itself, a second place on a chart."""
    if isinstance(thing, Link):
        return thing.is_loop
    if isinstance(thing, Placement):
        return thing.chart in charts
    return isinstance(thing, Pairing) and thing.owner == thing.other == kept


def _unchosen(thing: Thing, taken: set[str]) -> Thing:
    """Return a statement as the merged record has it: chosen only where its value was taken."""
    if isinstance(thing, Assertion) and thing.chosen and thing.field not in taken:
        return replace(thing, chosen=False)
    return thing
