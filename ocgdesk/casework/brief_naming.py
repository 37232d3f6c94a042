"""What a product calls people: by name, by role, or not at all, as its audience may see.

People recorded as exploited are never named unless somebody chose so with a reason, whatever the
audience; some audiences are not told of them at all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from ocgdesk.casework import brief_alone, brief_redacting, withholding
from ocgdesk.casework.audiences import Audience
from ocgdesk.casework.brief_alone import Alone
from ocgdesk.casework.brief_forms import Find
from ocgdesk.casework.brief_redacting import Redactor, aliases, hides
from ocgdesk.casework.names_within import Names, spellings
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Attribution, Membership
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import N_, _
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked

_CALLED: Final = frozenset({Kind.OCG, Kind.COUNTY_LINE, Kind.COMMODITY, Kind.ORGANISATION})
"""Kinds that are called by their name, whoever may know it; of any other the label is a text."""
WITHHELD: Final = N_("name withheld")


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
    hidden: Names = field(init=False)
    """The names of whom it withholds, to be found in texts."""
    _redactor: Redactor = field(init=False)
    _near: Names = field(init=False)
    _others: Names = field(init=False)
    _by_id: Mapping[UUID, Brief] = field(init=False)
    _called: dict[UUID, str] = field(default_factory=dict)
    _people: dict[UUID, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _seen: dict[UUID, int] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    """The names of OCGs, lines and the like that it uses as they are."""
    _alone_known: Alone = field(default_factory=Alone)

    def __post_init__(self) -> None:
        self.hidden = Names(self.withheld)
        self._near, self._others = Names({}), Names({})
        self._by_id = {brief.id: brief for _alias, brief in self.aliases}
        for alias, brief in self.aliases:
            self._others.add(alias, brief.id)
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
        if hides(self.audience, brief.kind):
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
        return self._called[brief.id]

    def finds(self, text: str) -> list[Find]:
        """Return what in a text this audience may not read, with what stands in its place."""
        found = list(self._named_in(text))
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
    made = Naming(
        audience, hidden, reader, today, aliases(reader, unnamed), _births(reader, unnamed)
    )
    for item in items:
        # An operation may be on no chart: one that is not told of leaves no gap in the numbers.
        if item.other.kind is not Kind.OPERATION:
            made.label(item.other, role_of(item))
    return made


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
