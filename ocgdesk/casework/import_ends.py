"""The ends of the links of a draft: looked up in the register, and the links that are there."""

from collections import defaultdict
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from ocgdesk.casework import ruled
from ocgdesk.casework.import_matching import loaded
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Attribution, Link
from ocgdesk.domain.things import Thing
from ocgdesk.exchange.draft import Draft, DraftLink, DraftRecord, Outside
from ocgdesk.exchange.mapping import label_field
from ocgdesk.exchange.part_reading import EVENTS
from ocgdesk.exchange.raw import Problem
from ocgdesk.i18n import _
from ocgdesk.store import identities
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

_ENDS: Final = {
    Kind.MEMBERSHIP: (Kind.NOMINAL, Kind.OCG),
    Kind.ATTRIBUTION: (Kind.HANDLE, Kind.NOMINAL),
}


def settled(reader: Reader, draft: Draft) -> tuple[Draft, Mapping[str, Brief]]:
    """Look up the ends that no file describes; those nobody knows are missing, with their links.

    Returns the draft and, by full key, the records of the register.
    """
    described = {record.full_key for record in draft.records}
    wanted = [one for one in draft.outside if one.full_key not in described]
    if not wanted:
        return draft, {}
    found = _known(reader, wanted)
    lacking = {one.full_key: one for one in wanted if one.full_key not in found}
    if lacking:
        draft = _without(draft, lacking)
    return _fitting(draft, found), found


def _known(reader: Reader, wanted: list[Outside]) -> dict[str, Brief]:
    schemes: dict[str, dict[str, str]] = defaultdict(dict)
    for one in wanted:
        schemes[one.scheme][one.key] = one.full_key
    numbers: dict[str, int] = {}
    for scheme, keys in schemes.items():
        nos = queries.with_external(reader, scheme, list(keys))
        numbers |= {keys[key]: no for key, no in nos.items()}
    briefs = {brief.no: brief for brief in queries.briefs(reader, list(numbers.values()))}
    return {full: briefs[no] for full, no in numbers.items() if no in briefs}


def _without(draft: Draft, lacking: Mapping[str, Outside]) -> Draft:
    """Hold back the links whose ends nobody knows, and offer these as new."""
    held = [link for link in draft.links if _is_held(link, lacking)]
    missing = [_record(one) for one in lacking.values()]
    problems = tuple(_problem(one) for one in lacking.values())
    kept = replace(
        draft,
        links=tuple(link for link in draft.links if not _is_held(link, lacking)),
        missing=(*draft.missing, *missing),
        held=(*draft.held, *held),
        problems=(*draft.problems, *problems),
        missing_problems=(*draft.missing_problems, *problems),
    )
    return kept.with_missing() if draft.add_missing else kept


def _is_held(link: DraftLink, lacking: Mapping[str, Outside]) -> bool:
    return link.source_key in lacking or link.target_key in lacking


def _problem(one: Outside) -> Problem:
    text = _("Neither the files nor the register have a record {key!r}: bring its file first.")
    return Problem(one.file, one.row, one.column, text.format(key=one.key[:60]))


def _record(one: Outside) -> DraftRecord:
    return DraftRecord(
        file=one.file,
        row=one.row,
        key=one.key,
        kind=one.kind,
        label=one.key,
        values={label_field(one.kind).name: one.key},
        scheme=one.scheme,
    )


def _fitting(draft: Draft, found: Mapping[str, Brief]) -> Draft:
    """Leave out links that cannot join what the register has at their ends."""
    kinds = {key: brief.kind for key, brief in found.items()}
    kinds |= {record.full_key: record.kind for record in draft.records}
    wrong = [link for link in draft.links if not _fits(link, kinds)]
    if not wrong:
        return draft
    text = _("A link of this kind cannot join these two records; it is left out.")
    problems = tuple(Problem(link.file, link.row, "", text) for link in wrong)
    places = {id(link) for link in wrong}
    links = tuple(link for link in draft.links if id(link) not in places)
    return replace(draft, links=links, problems=(*draft.problems, *problems))


def _fits(link: DraftLink, kinds: Mapping[str, Kind]) -> bool:
    wanted = _ENDS.get(link.kind)
    return wanted is None or (kinds.get(link.source_key), kinds.get(link.target_key)) == wanted


@dataclass(slots=True)
class There:
    """Links of the register between records that a draft joins too, each to be taken once."""

    links: dict[tuple[UUID, UUID, Kind, str], list[Link]]
    ids: Mapping[str, UUID]
    keys: Container[str]
    """Those of the draft's links: a chart of ours names links by their ids."""
    specification: str

    def take(self, link: DraftLink) -> Thing | None:
        """Return the link of the register that says the same, if there is one left."""
        if not self.links:
            return None
        source, target = self.ids[link.source_key], self.ids[link.target_key]
        ways = [(source, target)] if link.directed else [(source, target), (target, source)]
        for one, other in ways:
            kept = self.links.get((one, other, link.kind, _type(link)), [])
            if (found := next((x for x in kept if self._is_same(link, x)), None)) is not None:
                kept.remove(found)
                return found
        return None

    def _is_same(self, link: DraftLink, there: Link) -> bool:
        """Tell whether a link of the register is that of the draft.

        One typed by hand is; one that another file brought is where it says nothing else: the
        same list comes again under another name. Two roles of one person stay two links.
        """
        if not there.externals or str(there.id) in self.keys:
            return True
        scheme = link.scheme or self.specification
        if link.scheme == EVENTS or any(one.scheme == scheme for one in there.externals):
            return False  # this file's own are known by their keys
        return _says_same(link, there)


def _says_same(link: DraftLink, there: Link) -> bool:
    given = {**link.values, "weight": link.weight, "directed": link.directed}
    if isinstance(there, Attribution):  # what only a review settles is not the file's to say
        given = {n: v for n, v in given.items() if n not in {"confidence", "status"}}
    if link.kind is not Kind.LINK:
        given.pop("directed")
    told = {n: v for n, v in given.items() if v is not None and n != "externals"}
    return all(getattr(there, name, value) == value for name, value in told.items())


def links_there(
    reader: Reader, draft: Draft, ids: Mapping[str, UUID], held: Collection[UUID]
) -> There:
    """Return the links of the register between the records that a draft's links join.

    ``held`` are the records of the register that the draft names.
    """
    ends = ((ids[link.source_key], ids[link.target_key]) for link in draft.links)
    joined = {(a, b) for a, b in ends if a in held and b in held}
    numbers = reader.numbers({end for pair in joined for end in pair})
    pairs = {(numbers[a], numbers[b]) for a, b in joined if a in numbers and b in numbers}
    nos = identities.links_between(reader, pairs) if pairs else []
    found: dict[tuple[UUID, UUID, Kind, str], list[Link]] = defaultdict(list)
    for thing in loaded(reader, nos, Base.LINK).values():
        if isinstance(thing, Link):
            found[thing.source, thing.target, thing.kind, thing.type].append(thing)
    for kept in found.values():  # those typed by hand first
        kept.sort(key=lambda one: bool(one.externals))
    keys = {link.key for link in draft.links}
    return There(dict(found), ids, keys, draft.specification)


def _type(link: DraftLink) -> str:
    usual = {Kind.MEMBERSHIP: "member-of", Kind.ATTRIBUTION: "attributed-to"}
    return link.type or usual.get(link.kind, "associate")


def begun(new: Thing, user: UUID) -> Thing:
    """Return a new link as it begins; only a review makes an attribution confirmed."""
    if not isinstance(new, Attribution):
        return new
    if new.confidence in {"confirmed", "refuted"} or new.status != "proposed":
        told = "possible" if new.confidence in {"confirmed", "refuted"} else new.confidence
        new = replace(new, confidence=told, status="proposed")
    return ruled.begun(new, user)
