"""A free text read for what it identifies: each find offered by itself, its sentence kept.

Nothing is taken without a person. What is taken is joined to the report that says it, and the
sentence stays on that link.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import present, records
from ocgdesk.domain import text_marks
from ocgdesk.domain.entities import Handle, Location, Phone, Report, Vehicle
from ocgdesk.domain.identifiers import normal
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link, Strength
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.text_marks import Mark
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.exchange.raw import SourceFile
from ocgdesk.i18n import N_, _
from ocgdesk.store import finding, identities, networks, origins
from ocgdesk.store import records as queries
from ocgdesk.store.codec import sort_key
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work

KINDS: Final = {
    "phone": Kind.PHONE,
    "vrm": Kind.VEHICLE,
    "postcode": Kind.LOCATION,
    "handle": Kind.HANDLE,
    "imei": Kind.PHONE,
    "pnc": Kind.NOMINAL,
    "cro": Kind.NOMINAL,
    "prison": Kind.NOMINAL,
    "nino": Kind.NOMINAL,
}
"""The kind of record that each type of find is of."""
_NEW: Final[dict[str, Callable[[str], Entity]]] = {
    "phone": lambda text: Phone(number=text),
    "vrm": lambda text: Vehicle(vrm=text),
    "postcode": lambda text: Location(name=text, postcode=text),
    "handle": lambda text: Handle(handle=text),
}
"""What can be made of a find alone; a number of a person is nobody's without a name."""
_BY_NAME: Final = (Kind.NOMINAL, Kind.OCG, Kind.HANDLE, Kind.COUNTY_LINE, Kind.ORGANISATION,
                   Kind.LOCATION, Kind.OPERATION)  # fmt: skip
_MOST_KNOWN: Final = 5
SPECIFICATION: Final = N_("reading the text")
"""What stands for a specification where a record came from a text and no table."""
NOTE: Final = N_("what is taken is linked to the report, with its sentence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One find: what it is of, and the records of the register it may be."""

    mark: Mark
    kind: Kind
    line: int = 1
    """The line of the text it stands in, counted from 1."""
    known: tuple[Brief, ...] = ()
    """Those on the register by this number or name; several where it does not tell them apart."""

    @property
    def can_be_new(self) -> bool:
        """Whether a record can be made of it."""
        return self.mark.type in _NEW and not self.known

    @property
    def is_sure(self) -> bool:
        """Whether it tells whose it is: a name alone may be another's."""
        return self.mark.type != "name" and (len(self.known) == 1 or self.can_be_new)

    @property
    def words(self) -> str:
        """What can be done with it, in words."""
        if len(self.known) == 1:
            return _("{label}, on the register").format(label=self.known[0].label)
        if self.known:
            return _("{n} records go by this").format(n=len(self.known))
        if self.can_be_new:
            return _("new {kind}").format(kind=label("kinds", self.kind.value).lower())
        return _("nobody on the register has this number")


def look(reader: Reader, text: str, today: date) -> tuple[Offer, ...]:
    """Return what a text identifies, in its order, with what the register has of it."""
    if not text.strip():
        raise Refused(_("There is no text to look through"))
    marks = text_marks.found(text, today)
    offers = [_offer(reader, mark, today) for mark in marks]
    offers += _named(reader, text, marks)
    offers = [replace(one, line=_line(text, one.mark)) for one in offers]
    offers.sort(key=lambda one: one.mark.start)
    seen = {brief.no for one in offers for brief in one.known}
    if seen:
        reader.saw("Look through text", sorted(seen), items=len(offers))
    return tuple(offers)


def _line(text: str, mark: Mark) -> int:
    return text.count("\n", 0, mark.start) + 1


def _offer(reader: Reader, mark: Mark, today: date) -> Offer:
    kind = KINDS[mark.type]
    if mark.type in {"pnc", "cro", "prison", "nino", "imei"}:
        nos = identities.by_identifier(reader, kind, {mark.text, mark.normal, mark.text.upper()})
        found = {no for some in nos.values() for no in some}
        return Offer(mark=mark, kind=kind, known=_briefs(reader, found))
    return Offer(mark=mark, kind=kind, known=_known(reader, mark, kind, today))


def _known(reader: Reader, mark: Mark, kind: Kind, today: date) -> tuple[Brief, ...]:
    """Return the records the index finds by this number, those that are the same by its rule."""
    hits = finding.look(reader, mark.text, kinds=(kind,), per_kind=_MOST_KNOWN).hits
    if mark.type == "handle":
        return tuple(hit.record for hit in hits if hit.record.label == mark.normal)
    same = (hit for hit in hits if mark.normal in _forms(reader, hit.record, mark.type, today))
    return tuple(hit.record for hit in same)


def _forms(reader: Reader, brief: Brief, type_: str, today: date) -> set[str]:
    """Return the forms a record's own number has, or the postcode of a place."""
    told = {brief.label}
    if type_ == "postcode":
        told.add(str(getattr(reader.find(brief.id), "postcode", "")))
    return {normal(type_, text, today) for text in told}


def _briefs(reader: Reader, nos: Iterable[int]) -> tuple[Brief, ...]:
    return tuple(queries.briefs(reader, sorted(nos)))[:_MOST_KNOWN]


def _named(reader: Reader, text: str, marks: Sequence[Mark]) -> list[Offer]:
    """Return the names of the register that stand in a text, the longest at each place."""
    phrases = list(text_marks.phrases(text))
    known: dict[str, list[tuple[Kind, int]]] = {}
    for kind in _BY_NAME:
        named = identities.by_label(reader, kind, {phrase for _s, _e, phrase in phrases})
        for key, some in named.items():
            known.setdefault(key, []).extend((kind, one.no) for one in some)
    offers: list[Offer] = []
    taken = [(mark.start, mark.end) for mark in marks]
    for start, end, phrase in phrases:
        there = known.get(sort_key(phrase), [])
        if not there or any(start < e and s < end for s, e in taken):
            continue
        taken.append((start, end))
        sentence = text_marks.sentence_at(text, start)
        mark = Mark(start, end, phrase, "name", phrase, sentence)
        briefs = _briefs(reader, {no for _kind, no in there})
        offers.append(Offer(mark=mark, kind=there[0][0], known=briefs))
    return offers


def report_of(reader: Reader, source: SourceFile) -> Brief | None:
    """Return the report that was made of this very file before, known by its hash."""
    nos = origins.brought_by(reader, source.sha256, Kind.REPORT)
    return next(iter(queries.briefs(reader, nos[:1])), None)


def report(work: Work, new: Report, source: SourceFile | None = None) -> Report:
    """Make a report of a text; it keeps the name and the hash of the file the text came from."""
    made = records.create(work, new)
    if source is not None:
        _note_origin(work, made, source, 1)
    return made


def _note_origin(work: Work, made: Entity, source: SourceFile, line: int) -> None:
    file = origins.File(source.name, source.sha256, _(SPECIFICATION))
    work.note_origins([file], {made.id: (0, line)})


def take(
    work: Work,
    offer: Offer,
    report: UUID,
    record: UUID | None = None,
    *,
    source: SourceFile | None = None,
) -> Entity:
    """Join a find to the report that says it; make its record where the register has none.

    ``record`` says which, where several go by it. The sentence is the note of the link, which
    rests on the report; a record that is made keeps the file and the line of the text that is
    its ``source``. Refused where it cannot be told which record is meant.
    """
    said = work.get(Report, report)
    found = _record(work, offer, record)
    if source is not None and not offer.known:
        _note_origin(work, found, source, offer.line)
    if not _is_mentioned(work, said, found):
        new = Link(
            source=said.id,
            target=found.id,
            type="mentions",
            directed=True,
            strength=Strength.CONFIRMED.value,
            note=offer.mark.sentence,
            reports=(said.id,),
            marking=said.marking,
        )
        records.link(work, new)
    return found


def _record(work: Work, offer: Offer, record: UUID | None) -> Entity:
    wanted = [one.id for one in offer.known if record in {None, one.id}]
    if len(wanted) == 1:
        found = work.reader.find(wanted[0])
        assert isinstance(found, Entity)  # noqa: S101 - only entities are offered
        return found
    if not offer.can_be_new:
        raise Refused(_("{text}: {what}; say which").format(text=offer.mark.text, what=offer.words))
    return records.create(work, _NEW[offer.mark.type](offer.mark.text))


def _is_mentioned(work: Work, report: Report, record: Entity) -> bool:
    numbers = networks.numbers(work.reader, (report.id, record.id))
    links = networks.links_among(work.reader, list(numbers.values()))
    return any(link.type == "mentions" and link.source == report.id for link in links)


def plain(offer: Offer) -> dict[str, Any]:
    """Return a find as JSON has it."""
    return {
        "text": offer.mark.text,
        "type": offer.mark.type,
        "normal": offer.mark.normal,
        "start": offer.mark.start,
        "end": offer.mark.end,
        "line": offer.line,
        "sentence": offer.mark.sentence,
        "kind": offer.kind.value,
        "known": [present.brief(one) for one in offer.known],
        "new": offer.can_be_new,
    }
