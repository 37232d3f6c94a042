"""What a product calls people: by name, by role, or not at all, as its audience may see.

People recorded as exploited are never named unless somebody chose so with a reason, whatever the
audience; some audiences are not told of them at all.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from ocgdesk.casework import brief_alone, brief_redacting, withholding
from ocgdesk.casework.audiences import Audience
from ocgdesk.casework.brief_alone import Alone
from ocgdesk.casework.brief_forms import Find
from ocgdesk.casework.brief_redacting import Redactor, aliases, hides, is_place
from ocgdesk.casework.names_within import Names, spellings, visible
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Attribution, Membership
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import N_, _
from ocgdesk.store import identities
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked

_CALLED: Final = frozenset({Kind.OCG, Kind.COUNTY_LINE, Kind.COMMODITY, Kind.ORGANISATION})
"""Kinds that are called by their name, whoever may know it; of any other the label is a text."""
WITHHELD: Final = N_("name withheld")
_PART: Final = re.compile(r"[^\W\d_]{3,}(?:['’][^\W\d_]+)?")
"""A first or last name; of fewer letters it would be found in any text."""


@dataclass(slots=True)
class Naming:
    """How a product calls each record: the same way throughout, texts included."""

    audience: Audience
    withheld: Mapping[UUID, str]
    """People recorded as exploited, with the names they are not called by."""
    reader: Reader
    today: date
    aliases: tuple[tuple[str, Brief], ...] = ()
    """Other names of those near the subject whom the product does not name."""
    births: frozenset[date] = frozenset()
    """When those near the subject were born."""
    said: frozenset[str] = frozenset()
    """The words of the names it tells near the subject, in small letters."""
    hidden: Names = field(init=False)
    """The names of whom it withholds, to be found in texts."""
    _redactor: Redactor = field(init=False)
    _near: Names = field(init=False)
    _others: Names = field(init=False)
    _parts: Names = field(init=False)
    """First and last names of the exploited people it came upon: one alone tells who is meant."""
    _spared: frozenset[str] = field(init=False)
    """What is no part of somebody's name: words it tells, and those anybody says."""
    _by_id: dict[UUID, Brief] = field(init=False)
    _called: dict[UUID, str] = field(default_factory=dict)
    _people: dict[UUID, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _seen: dict[UUID, int] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    """The names of OCGs, lines and the like that it uses as they are."""
    _alone_known: Alone = field(default_factory=Alone)

    def __post_init__(self) -> None:
        self.hidden = Names(self.withheld)
        self._near, self._others, self._parts = Names({}), Names({}), Names({})
        self._spared = self.said | brief_alone.common_words()
        self._by_id = {}
        self._keep(self.aliases)
        self._redactor = Redactor(
            self.reader, self.today, self.audience, self.label, births=self.births
        )

    def label(self, brief: Brief, role: str = "") -> str:
        """Return what a record is called."""
        self._seen[brief.id] = brief.no
        if brief.id in self.withheld:
            if self.audience.leaves_out_exploited:
                return self._call(brief, _(WITHHELD))
            return self._numbered(brief, _("Exploited person"))
        if hides(self.audience, brief.kind) and not is_place(self.reader, brief):
            return self._numbered(brief, role or _kind_words(brief.kind))
        if brief.kind in _CALLED:
            self.labels.add(brief.label)
            return self._without_people(brief.label)
        if self.audience.names and brief.kind is Kind.NOMINAL:
            return brief.label
        return self.text(brief.label)

    def _numbered(self, brief: Brief, role: str) -> str:
        if brief.id in self._called:
            return self._called[brief.id]
        self._counts[role] = self._counts.get(role, 0) + 1
        return self._call(brief, f"{role} {self._counts[role]}")

    def _call(self, brief: Brief, words: str) -> str:
        """Call a record so from here on, also where a text names it, however it is spelt."""
        if brief.id not in self._called:
            self._called[brief.id] = words
            is_person = brief.kind is Kind.NOMINAL
            if is_person:
                self._people[brief.id] = brief.label
            for name in spellings(brief.label) if is_person else (brief.label,):
                self._near.add(name, brief.id)
            if is_person and brief.id in self.withheld:
                self._look_for_parts(brief)
        return self._called[brief.id]

    def learns(self, briefs: Iterable[Brief]) -> None:
        """Learn the other names of those it comes upon and does not name, for the texts to come."""
        unnamed = (one for one in briefs if one.id not in self._by_id)
        hidden = [
            one for one in unnamed if hides(self.audience, one.kind) or one.id in self.withheld
        ]
        self._keep(aliases(self.reader, hidden))

    def _keep(self, found: Iterable[tuple[str, Brief]]) -> None:
        for alias, brief in found:
            self._by_id[brief.id] = brief
            self._others.add(alias, brief.id)

    def meets(self, brief: Brief) -> None:
        """Come upon somebody who is left out: texts that name them are read so from here on."""
        self._call(brief, _(WITHHELD))

    def _look_for_parts(self, brief: Brief) -> None:
        for word in _PART.findall(brief.label):
            if word[0].isupper() and word.casefold() not in self._spared:
                self._parts.add(word, brief.id)

    def finds(self, text: str) -> list[Find]:
        """Return what in a text this audience may not read, with what stands in its place."""
        found = list(self._named_in(text))
        for start, end, id_ in self._parts.stretches(text):
            found.append(Find(start, end, _("name"), self._called[id_] if id_ else _(WITHHELD)))
        if not self.audience.sees_all:
            found += self._redactor.finds(text)
        return brief_redacting.settled(found)

    def alone_in(self, text: str) -> Iterator[Find]:
        """Yield what may be a nickname or a last name of somebody of the register, standing alone.

        It may as well be a word: somebody has to look.
        """
        for start, end, what in brief_alone.within(self.reader, text, self._alone_known):
            yield Find(start, end, what, _(WITHHELD))

    def text(self, text: str) -> str:
        """Return a text of a record as this audience may read it.

        For an audience that may not know names, nobody else of the register is named either, and
        no number, plate or postcode stays.
        """
        text = visible(text)
        return brief_redacting.put(text, self.finds(text))

    def officer(self, name: str, role: str) -> str:
        """Return what an officer is called: by name, or by what they are."""
        return name if self.audience.officers or not name else role

    def _without_people(self, text: str) -> str:
        return brief_redacting.put(text, self._named_in(text))

    def _named_in(self, text: str) -> Iterator[Find]:
        """Yield where those the product tells of, and exploited people, are named in a text."""
        what = _("name")
        for start, end, id_ in self._near.stretches(text):
            yield Find(start, end, what, self._called[id_] if id_ else _(WITHHELD))
        for start, end, id_ in self.hidden.stretches(text):
            called = self._called.get(id_, "") if id_ else ""
            yield Find(start, end, what, called or _(WITHHELD))
        for start, end, id_ in self._others.stretches(text):
            called = self.label(self._by_id[id_]) if id_ else _(WITHHELD)
            yield Find(start, end, _("other name"), called)

    @property
    def people(self) -> Mapping[UUID, str]:
        """The names of the people it calls otherwise, by id."""
        return dict(self._people)

    def called(self, id_: UUID) -> str:
        """Return what somebody it calls otherwise is called."""
        return self._called[id_]

    @property
    def alone(self) -> tuple[str, ...]:
        """What somebody is called by a role that nobody else has."""
        kinds = {_kind_words(kind) for kind in Kind}
        roles = (role for role, n in self._counts.items() if n == 1 and role not in kinds)
        return tuple(f"{role} 1" for role in roles)

    @property
    def records(self) -> Mapping[UUID, int]:
        """Every record it named or told of, with its number."""
        return dict(self._seen)

    def begin_anew(self) -> Mapping[UUID, int]:
        """Forget which records it told of and return them; how each is called stays."""
        before = self.records
        self._seen.clear()
        return before

    def told_before(self, records: Mapping[UUID, int]) -> None:
        """Count these among those it told of, before what it told of since."""
        self._seen = {**records, **self._seen}

    def saw(self, brief: Brief) -> None:
        """Note a record the product rests on without naming it."""
        self._seen[brief.id] = brief.no


def naming(
    reader: Reader,
    audience: Audience,
    near: Iterable[Linked] = (),
    *,
    about: Brief | None = None,
    today: date,
) -> Naming:
    """Return how a product for this audience calls people; members by their role."""
    hidden = withholding.of(reader, named=bool(audience.exploited), reason=audience.exploited).names
    items = list(near)
    told = [*([about] if about else []), *(item.other for item in items)]
    unnamed = [brief for brief in told if hides(audience, brief.kind) or brief.id in hidden]
    said = (word for brief in told if brief not in unnamed for word in _PART.findall(brief.label))
    made = Naming(
        audience,
        hidden,
        reader,
        today,
        aliases(reader, unnamed),
        births=_births(reader, unnamed),
        said=frozenset(word.casefold() for word in said),
    )
    for alias, id_ in _signs(reader, hidden):
        made.hidden.add(alias, id_)
    for item in items:
        # An operation may be on no chart: one that is not told of leaves no gap in the numbers.
        if item.other.kind is not Kind.OPERATION:
            made.label(item.other, role_of(item))
    return made


def _signs(reader: Reader, hidden: Mapping[UUID, str]) -> Iterator[tuple[str, UUID]]:
    """Yield the other names of these people that are no mere word: YP-01, or a name misspelt."""
    if not hidden:
        return
    by_no = {no: id_ for id_, no in reader.numbers(list(hidden)).items()}
    for no, alias in identities.aliases(reader, Kind.NOMINAL, by_no):
        if not alias.isalpha():
            yield alias, by_no[no]


def _births(reader: Reader, unnamed: Iterable[Brief]) -> frozenset[date]:
    """Return when these people were born, where the day is known."""
    people = reader.load([brief.no for brief in unnamed if brief.kind is Kind.NOMINAL])
    born = [one.born for one in people if isinstance(one, Nominal) and one.born is not None]
    return frozenset(one.earliest() for one in born if one.earliest() == one.latest())


def _kind_words(kind: Kind) -> str:
    return label("kinds", kind.value)


def role_of(item: Linked) -> str:
    """Return the role a member or candidate is called by; empty for any other link."""
    link = item.link
    if isinstance(link, Attribution):
        return _("Candidate")
    if not isinstance(link, Membership):
        return ""
    return label("roles", link.role) or label("importances", link.importance)
