"""What a product calls people: by name, by role, or not at all, as its audience may see.

An audience is a value of the list ``audiences``. People recorded as exploited are never named
unless somebody chose so with a reason, whatever the audience.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from ocgdesk.casework import withholding
from ocgdesk.casework.brief_redacting import WHERE, Redactor, aliases
from ocgdesk.casework.names_within import Names, replaced
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Attribution, Membership
from ocgdesk.domain.reference_data import Code, code_list, label
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked

AUDIENCES: Final = "audiences"
_CALLED: Final = frozenset(
    {Kind.OCG, Kind.COUNTY_LINE, Kind.COMMODITY, Kind.OPERATION, Kind.ORGANISATION}
)
"""Kinds that are called by their name, whoever may know it; of any other the label is a text."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a product is for, and what they may see."""

    code: str
    label: str
    names: bool
    sources: bool
    exploited: str = ""
    """Why exploited people are named; empty: they are not."""


def audience(code: str, *, exploited: str = "") -> Audience:
    """Return an audience by its code; Refused for one there is none of."""
    found: Code | None = next((one for one in code_list(AUDIENCES) if one.code == code), None)
    if found is None:
        known = ", ".join(one.code for one in code_list(AUDIENCES))
        raise Refused(_("There is no audience {code!r}; there are {known}").format(
            code=code[:40], known=known
        ))  # fmt: skip
    return Audience(
        code=found.code,
        label=found.label,
        names=bool(found.get("names", default=False)),
        sources=bool(found.get("sources", default=False)),
        exploited=exploited.strip(),
    )


@dataclass(slots=True)
class Naming:
    """How a product calls each record: the same way throughout, texts included."""

    audience: Audience
    withheld: Mapping[UUID, str]
    """People recorded as exploited, with the names they are not called by."""
    reader: Reader
    today: date
    aliases: Mapping[str, Brief] = field(default_factory=dict)
    """Other names of those near the subject whom the product does not name."""
    hidden: Names = field(init=False)
    """The names of whom it withholds, to be found in texts."""
    _redactor: Redactor = field(init=False)
    _called: dict[UUID, str] = field(default_factory=dict)
    _names: dict[UUID, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _seen: dict[UUID, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.hidden = Names(self.withheld)
        self._redactor = Redactor(self.reader, self.today, self.label)

    def label(self, brief: Brief, role: str = "") -> str:
        """Return what a record is called."""
        self._seen[brief.id] = brief.no
        if brief.id in self.withheld:
            return self._numbered(brief, _("Exploited person"))
        if self.audience.names or brief.kind in _CALLED:
            return brief.label
        if brief.kind is Kind.NOMINAL:
            return self._numbered(brief, role or label("kinds", brief.kind.value))
        if brief.kind in WHERE:
            return self._numbered(brief, label("kinds", brief.kind.value))
        return self.text(brief.label)

    def _numbered(self, brief: Brief, role: str) -> str:
        if brief.id not in self._called:
            self._counts[role] = self._counts.get(role, 0) + 1
            self._called[brief.id] = f"{role} {self._counts[role]}"
            self._names[brief.id] = brief.label
        return self._called[brief.id]

    def text(self, text: str) -> str:
        """Return a text of a record with everybody in it called as the product calls them.

        For an audience that may not know names, nobody else of the register is named either, and
        no number, plate or postcode stays.
        """
        for name, id_ in (*self.hidden.within(text), *Names(self._names).within(text)):
            text = replaced(text, name, self._called.get(id_, _("name withheld")))
        for alias, brief in self.aliases.items():
            if alias in text:
                text = replaced(text, alias, self.label(brief))
        if self.audience.names:
            return text
        return self._redactor.text(text)

    @property
    def unnamed(self) -> Mapping[UUID, str]:
        """The labels this product does not use, by id."""
        return {**self.withheld, **self._names}

    @property
    def records(self) -> Mapping[UUID, int]:
        """Every record it named or told of, with its number."""
        return dict(self._seen)

    def saw(self, brief: Brief) -> None:
        """Note a record the product rests on without naming it."""
        self._seen[brief.id] = brief.no


def naming(
    reader: Reader,
    audience_: Audience,
    near: Iterable[Linked] = (),
    *,
    about: Brief | None = None,
    today: date,
) -> Naming:
    """Return how a product for this audience calls people; members by their role."""
    hidden = withholding.of(
        reader, named=bool(audience_.exploited), reason=audience_.exploited
    ).names
    items = list(near)
    told = [*([about] if about else []), *(item.other for item in items)]
    unnamed = [brief for brief in told if not audience_.names or brief.id in hidden]
    made = Naming(audience_, hidden, reader, today, aliases(reader, unnamed))
    for item in items:
        made.label(item.other, role_of(item))
    return made


def role_of(item: Linked) -> str:
    """Return the role a member or candidate is called by; empty for any other link."""
    link = item.link
    if isinstance(link, Attribution):
        return _("Candidate")
    if not isinstance(link, Membership):
        return ""
    return label("roles", link.role) or label("importances", link.importance)


_PATTERNS: Final = {
    N_("phone number"): re.compile(r"(?<!\d)(?:\+44\s?7|07)\d{3}[\s-]?\d{3}[\s-]?\d{3}(?!\d)"),
    N_("postcode"): re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"),
    N_("vehicle registration"): re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b"),
    N_("PNC number"): re.compile(r"\b\d{2,4}/\d{1,7}[A-Z]\b"),
    N_("National Insurance number"): re.compile(r"\b[A-Z]{2}\d{6}[A-D]\b"),
}
"""What looks like it leads to one person, by what it is called."""
_WORDS: Final = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a product that could still say who somebody is."""

    what: str
    where: str
    """The words it stands in."""


def doubts(texts: Iterable[str], made: Naming) -> tuple[Doubt, ...]:
    """Return what in these texts could still identify somebody this audience is not told of.

    Names that were replaced are looked for by each of their longer words too. Nothing found is no
    proof: somebody reads it before it leaves.
    """
    if made.audience.names and not made.withheld:
        return ()
    found = dict.fromkeys(_doubts(texts, made))
    return tuple(found)


def _doubts(texts: Iterable[str], made: Naming) -> Iterator[Doubt]:
    if made.audience.names:
        yield from _whole_names(texts, made)
        return
    parts = {word.casefold() for name in made.unnamed.values() for word in _WORDS.findall(name)}
    for text in texts:
        for word in _WORDS.findall(text):
            if word.casefold() in parts:
                yield Doubt(_("part of a name: {word}").format(word=word), text[:80])
        for what, pattern in _PATTERNS.items():
            if match := pattern.search(text):
                told = _("{what}: {words}")
                yield Doubt(told.format(what=_(what), words=match.group()), text[:80])


def _whole_names(texts: Iterable[str], made: Naming) -> Iterator[Doubt]:
    """Yield whole names that must not stand here; others may share a part of one."""
    for text in texts:
        for _name in made.hidden.within(text):
            yield Doubt(_("the name of an exploited person"), text[:80])
