"""What in a free text says who somebody is, taken out for an audience that may not know it.

Everybody on the register is looked for by name, not only whom the product tells of: a title may
name somebody else. Numbers, plates and postcodes go by their form, recorded or not.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from ocgdesk.domain import text_marks
from ocgdesk.domain.entities import Handle, Location, Nominal
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import N_, _
from ocgdesk.store import identities
from ocgdesk.store import records as queries
from ocgdesk.store.codec import sort_key
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

WHERE: Final = frozenset({Kind.LOCATION, Kind.PHONE, Kind.VEHICLE, Kind.ACCOUNT, Kind.HANDLE})
"""Kinds whose label leads to a person: called by a number where people are not named."""
_PUBLIC: Final = frozenset({"town", "area", "prison", "school", "transport"})
"""Types of places that are nobody's: they may be named to anybody."""
_OWNER: Final = re.compile(r"['’]s$")
_WORD: Final = re.compile(r"(?<!\w)[\w.-]*\w(?!\w)")
_ADDRESS: Final = re.compile(r"(?<!\w)\d+[A-Za-z]?(?: [A-Z][\w'’-]*){1,4}")
"""A number and up to four words with a capital: a house in a street."""
_SHORTEST: Final = 4
"""A handle of fewer letters is not looked for in texts: it would be found in any."""
_WITHHELD: Final = {
    "phone": N_("phone number withheld"),
    "imei": N_("device number withheld"),
    "vrm": N_("registration withheld"),
    "postcode": N_("postcode withheld"),
    "handle": N_("handle withheld"),
}
_NUMBER: Final = N_("number withheld")

Found = tuple[int, int, str]
"""Where something begins and ends in a text, and what stands in its place."""


def aliases(reader: Reader, briefs: Iterable[Brief]) -> Mapping[str, Brief]:
    """Return the other names of these people and handles, with whom each is of."""
    by_id = {brief.id: brief for brief in briefs if brief.kind in {Kind.NOMINAL, Kind.HANDLE}}
    things = reader.load([brief.no for brief in by_id.values()])
    return {
        alias.text: by_id[thing.id]
        for thing in things
        if isinstance(thing, Nominal | Handle)
        for alias in thing.aliases
    }


def _phrases(text: str) -> Iterator[tuple[int, str]]:
    """Yield where words stand that may be a name, a handle or an address, and the words."""
    for at, _end, words in text_marks.phrases(text):
        yield at, _OWNER.sub("", words)
    for match in _WORD.finditer(text):
        if len(match[0]) >= _SHORTEST:
            yield match.start(), match[0]
    for match in _ADDRESS.finditer(text):
        parts = match[0].split(" ")
        for count in range(len(parts), 1, -1):
            yield match.start(), " ".join(parts[:count])


@dataclass(slots=True)
class Redactor:
    """Takes names and numbers out of texts; what it reads of the register it reads once."""

    reader: Reader
    today: date
    called: Callable[[Brief], str]
    """What the product calls a record."""
    _others: dict[str, int] | None = field(default=None)

    def text(self, text: str) -> str:
        """Return a text in which nobody is named and no number leads to anybody."""
        marks = text_marks.found(text, self.today)
        found = [(m.start, m.end, _(_WITHHELD.get(m.type, _NUMBER))) for m in marks]
        out, at = "", 0
        for start, end, words in sorted([*found, *self._named(text)]):
            if start >= at:
                out, at = out + text[at:start] + words, end
        return out + text[at:]

    def _named(self, text: str) -> list[Found]:
        """Return where somebody or something of the register is named, the longest name first."""
        phrases = sorted(_phrases(text), key=lambda one: (one[0], -len(one[1])))
        known = self._known({words for _at, words in phrases})
        briefs = {one.no: one for one in queries.briefs(self.reader, sorted(set(known.values())))}
        made, taken = list[Found](), 0
        for start, words in phrases:
            brief = briefs.get(known.get(sort_key(words), -1))
            if start >= taken and brief is not None and self._leads_to_a_person(brief):
                taken = start + len(words)
                made.append((start, taken, self.called(brief)))
        return made

    def _known(self, phrases: set[str]) -> dict[str, int]:
        """Return the records that go by these words, by the key of the words."""
        known: dict[str, int] = {}
        for kind in (Kind.NOMINAL, *sorted(WHERE)):
            for key, named in identities.by_label(self.reader, kind, phrases).items():
                known.setdefault(key, named[0].no)
        others = self._other_names()
        keys = {key for words in phrases if (key := sort_key(words)) in others}
        return {key: others[key] for key in keys} | known

    def _other_names(self) -> dict[str, int]:
        """Return whom each other name of several words is of; one word alone may be anything."""
        if self._others is None:
            found = identities.aliases(self.reader, Kind.NOMINAL)
            self._others = {sort_key(text): no for no, text in found if " " in text.strip()}
        return self._others

    def _leads_to_a_person(self, brief: Brief) -> bool:
        if brief.kind is Kind.LOCATION:
            place = self.reader.find(brief.id)
            return not (isinstance(place, Location) and place.location_type in _PUBLIC)
        return brief.kind is Kind.NOMINAL or brief.kind in WHERE
