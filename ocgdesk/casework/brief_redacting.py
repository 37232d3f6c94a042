"""What in a free text says who somebody is, taken out for an audience that may not know it.

Everybody on the register is looked for by name, not only whom the product tells of: a title may
name somebody else. Numbers, plates and postcodes go by their form, recorded or not.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from ocgdesk.casework import brief_forms
from ocgdesk.casework.audiences import Audience
from ocgdesk.casework.brief_forms import Find
from ocgdesk.domain import text_marks
from ocgdesk.domain.entities import Handle, Location, Nominal
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.store import identities
from ocgdesk.store import records as queries
from ocgdesk.store.codec import sort_key
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

WHERE: Final = frozenset({Kind.LOCATION, Kind.PHONE, Kind.VEHICLE, Kind.ACCOUNT, Kind.HANDLE})
"""Kinds whose label leads to a person: called by a number where people are not named."""
_OTHERS: Final = (Kind.OCG, Kind.COUNTY_LINE, Kind.COMMODITY)
"""Kinds that are told by name: an operation that shares its word with one is not looked for."""
_PUBLIC: Final = frozenset({"town", "area", "prison", "school", "transport"})
"""Types of places that are nobody's: a text may name them to anybody."""
TOWNS: Final = frozenset({"town", "area"})
"""Types of places that are told to everybody, also as what somebody is linked to."""
_OWNER: Final = re.compile(r"['’]s$")
_WORD: Final = re.compile(r"(?<!\w)[\w.-]*\w(?!\w)")
_NUMBERED: Final = re.compile(r"(?<![\w/-])[\w/-]*\d[\w/-]*(?![\w/-])")
_ADDRESS: Final = re.compile(r"(?<!\w)\d+[A-Za-z]?(?: [A-Z][\w'’-]*){1,4}")
"""A number and up to four words with a capital: a house in a street."""
_TURNED: Final = re.compile(r"(?<!\w)([A-Z][\w'’-]+), ?([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)(?!\w)")
"""A last name, a comma and first names."""
_SPACE: Final = re.compile(r"\s")
_SHORTEST: Final = 4
"""A handle of fewer letters is not looked for in texts: it would be found in any."""
_MOST_WORDS: Final = 2_000
"""Words of a text of which pairs in small letters are looked up too."""


def _is_a_word(words: str) -> bool:
    """Tell whether what may be a person's only name stands as a word does, in small letters."""
    return words.isalpha() and words.islower()


def hides(audience: Audience, kind: Kind) -> bool:
    """Tell whether records of a kind are called by a number for an audience, not by their label."""
    match kind:
        case Kind.NOMINAL:
            return not audience.names
        case Kind.LOCATION:
            return not audience.places
        case Kind.OPERATION:
            return not audience.operations
        case Kind.REPORT:
            return not audience.sources
    return kind in WHERE and not audience.names


def is_place(reader: Reader, brief: Brief, types: Collection[str] = TOWNS) -> bool:
    """Tell whether a record is a place of one of these types; towns are told to everybody."""
    place = reader.find(brief.id) if brief.kind is Kind.LOCATION else None
    return isinstance(place, Location) and place.location_type in types


def aliases(reader: Reader, briefs: Iterable[Brief]) -> tuple[tuple[str, Brief], ...]:
    """Return the other names of these people and handles, with whom each is of."""
    by_id = {brief.id: brief for brief in briefs if brief.kind in {Kind.NOMINAL, Kind.HANDLE}}
    things = reader.load([brief.no for brief in by_id.values()])
    return tuple(
        (alias.text, by_id[thing.id])
        for thing in things
        if isinstance(thing, Nominal | Handle)
        for alias in thing.aliases
    )


def _phrases(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where words stand that may be a name, a handle or an address, and what to look for."""
    for at, words in _runs(text):
        yield at, at + len(words), " ".join(words.split())
    for match in _TURNED.finditer(text):
        yield match.start(), match.end(), f"{match[2]} {match[1]}"


def _runs(text: str) -> Iterator[tuple[int, str]]:
    for at, _end, words in text_marks.phrases(text):
        yield at, _OWNER.sub("", words)
    words_ = list(_WORD.finditer(text))
    for match in words_:
        if len(match[0]) >= _SHORTEST:
            yield match.start(), match[0]
    for one, other in pairwise(words_[:_MOST_WORDS]):
        if text[one.end() : other.start()].isspace():
            yield one.start(), text[one.start() : other.end()]
    for match in _ADDRESS.finditer(text):
        parts = match[0].split(" ")
        for count in range(len(parts), 1, -1):
            yield match.start(), " ".join(parts[:count])


@dataclass(slots=True)
class Redactor:
    """Finds names and numbers in texts; what it reads of the register it reads once."""

    reader: Reader
    today: date
    audience: Audience
    called: Callable[[Brief], str]
    """What the product calls a record."""
    births: frozenset[date] = frozenset()
    """When those the product tells of were born."""
    _others: dict[str, int] | None = field(default=None)
    _known: dict[str, Brief | None] = field(default_factory=dict)
    """The records that go by words that were looked for once, by the key of the words."""

    def finds(self, text: str) -> list[Find]:
        """Return what in a text this audience may not read, by form and by the register."""
        finds = list(self._operations(text))
        if any(hides(self.audience, kind) for kind in (Kind.NOMINAL, *WHERE)):
            finds += self._named(text)
        if not self.audience.sources:
            finds += self._references(text)
        return finds + brief_forms.found(text, self.audience, self.today, self.births)

    def _named(self, text: str) -> Iterator[Find]:
        """Yield where somebody or something of the register is named, the longest name first."""
        # One letter for one: places in the text stay as they are, and a name may run over a line.
        plain = _SPACE.sub(" ", text.replace("’", "'"))
        phrases = sorted(_phrases(plain), key=lambda one: (one[0], -one[1]))
        self._look_up({words for _at, _end, words in phrases})
        taken = 0
        for start, end, words in phrases:
            brief = self._known.get(sort_key(words))
            if brief is not None and brief.kind is Kind.NOMINAL and _is_a_word(words):
                continue
            if start >= taken and brief is not None:
                taken = end
                what = label("kinds", brief.kind.value)
                yield Find(start, taken, what, self.called(brief))

    def _look_up(self, phrases: set[str]) -> None:
        """Read which records go by words that were not looked for before."""
        new = {words for words in phrases if sort_key(words) not in self._known}
        found: dict[str, int] = {}
        for kind in (Kind.NOMINAL, *sorted(WHERE)):
            if hides(self.audience, kind):
                for key, named in identities.by_label(self.reader, kind, new).items():
                    found.setdefault(key, named[0].no)
        if not self.audience.names:
            others = self._other_names()
            keys = {key for words in new if (key := sort_key(words)) in others}
            found = {key: others[key] for key in keys} | found
        self._keep(new, found)

    def _keep(self, phrases: Iterable[str], found: Mapping[str, int]) -> None:
        briefs = queries.briefs(self.reader, sorted(set(found.values())))
        known = {one.no: one for one in briefs if self._leads_to_a_person(one)}
        self._known |= dict.fromkeys(map(sort_key, phrases))
        self._known |= {key: known.get(no) for key, no in found.items()}

    def _operations(self, text: str) -> Iterator[Find]:
        """Yield where operations of the register are named, with the word before or without."""
        if self.audience.operations:
            return
        told = [(m[0], m[1], m[2]) for m in brief_forms.operation_names(text)]
        bare = [
            (at, end, words)
            for at, end, words in text_marks.phrases(text)
            if len(words) >= _SHORTEST and not any(a <= at < e for a, e, _n in told)
        ]
        names = {words for _a, _e, words in (*told, *bare)}
        wanted = names | {f"Operation {one}" for one in names}
        known = identities.by_label(self.reader, Kind.OPERATION, wanted) if names else {}
        shared = self._told_by_name({words for _a, _e, words in bare}) if known else set()
        for at, end, words in (*told, *bare):
            named = known.get(sort_key(f"Operation {words}")) or known.get(sort_key(words))
            if named and ((at, end, words) in told or sort_key(words) not in shared):
                (brief,) = queries.briefs(self.reader, [named[0].no])
                yield Find(at, end, _("operation"), self.called(brief))

    def _told_by_name(self, names: set[str]) -> set[str]:
        return {key for kind in _OTHERS for key in identities.by_label(self.reader, kind, names)}

    def _references(self, text: str) -> Iterator[Find]:
        """Yield where the references stand that reports came with."""
        words = {match[0] for match in _NUMBERED.finditer(text)}
        if not words:
            return
        found = identities.by_external(self.reader, Kind.REPORT, words)
        values = {key.partition(":")[2] for key in found}
        for match in _NUMBERED.finditer(text):
            if match[0].casefold() in values:
                withheld = _("report reference withheld")
                yield Find(match.start(), match.end(), _("report reference"), withheld)

    def _other_names(self) -> dict[str, int]:
        """Return whom each other name of several words is of; one word alone may be anything."""
        if self._others is None:
            found = identities.aliases(self.reader, Kind.NOMINAL)
            self._others = {sort_key(text): no for no, text in found if " " in text.strip()}
        return self._others

    def _leads_to_a_person(self, brief: Brief) -> bool:
        if is_place(self.reader, brief, _PUBLIC):
            return False
        return brief.kind is Kind.NOMINAL or brief.kind in WHERE


def put(text: str, finds: Iterable[Find]) -> str:
    """Return a text with other words where these finds stand; of those that meet, the longest."""
    out, at = "", 0
    for one in settled(finds):
        out, at = out + text[at : one.start] + one.instead, one.end
    return out + text[at:]


def settled(finds: Iterable[Find]) -> list[Find]:
    """Return the finds in the order of the text, of those that meet the first of the longest."""
    kept: list[Find] = []
    for one in sorted(finds, key=lambda find: (find.start - find.end, find.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept)
