"""What in a finished product could still say who somebody is: the check before it leaves.

Everything an audience may not read is looked for once more where it stands, then what no list of
names can know: a part of a name, a role only one has, an age beside a place and a day, small
numbers. Nothing found is no proof: somebody reads it before it leaves.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ocgdesk.casework import brief_forms
from ocgdesk.casework.brief_naming import WITHHELD, Naming
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.i18n import _
from ocgdesk.reports.document import Block, Document, Facts, Heading, Paragraph, Picture, Table

_WORDS: Final = re.compile(r"[^\W\d_]{4,}")
_NAMED: Final = re.compile(r"[\w'’-]+")
_AGE: Final = re.compile(r"\b(?:aged? (?:of )?\d{1,2}|\d{1,2}[- ]years?[- ]old)\b", re.IGNORECASE)
_PLACE: Final = re.compile(r"\b(?:in|at|of|from|near) (?:the )?[A-Z][\w'’-]+")
_PEOPLE: Final = re.compile(r"exploit|safeguard|child|victim|vulnerab", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d{1,3}(?:\.0)?")
_APART: Final = "\n¦\n"
"""Between texts that are looked through at once: no name runs on across it."""
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a product that could still say who somebody is."""

    what: str
    where: str
    """The words it stands in."""
    section: str = ""
    proposal: str = ""
    """What could stand in its place; empty where only a person can tell."""

    @property
    def words(self) -> str:
        """What to look at, where, and what could stand there."""
        told = _("Look at: {what} in “{where}”").format(what=self.what, where=self.where)
        if self.section:
            told = _("{told}, under {section}").format(told=told, section=self.section)
        if self.proposal:
            told = _("{told}; could be “{words}”").format(told=told, words=self.proposal)
        return told


def doubts(document: Document, made: Naming) -> tuple[Doubt, ...]:
    """Return what in a product could still identify somebody this audience is not told of."""
    if made.audience.sees_all and not made.withheld:
        return ()
    said = list(texts_by_section(document))
    found = dict.fromkeys(_found(said, made))
    if not made.audience.names:
        found |= dict.fromkeys(_rare(said, made))
    found |= dict.fromkeys(_small(document, made))
    return tuple(found)


def texts_by_section(document: Document) -> Iterator[tuple[str, str]]:
    """Yield each text of a document with the heading it stands under."""
    yield from (("", text) for text in (document.title, document.subtitle, document.foot))
    section = ""
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = block.text
        yield from ((section, text) for text in _texts(block) if text)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text) | Paragraph(text=text):
            yield text
        case Facts(pairs=pairs):
            yield from (f"{name}: {value}" for name, value in pairs)
        case Table(rows=rows):
            yield from (cell for row in rows for cell in row)
        case Picture():
            yield from (block.caption, block.alt)


def _found(said: list[tuple[str, str]], made: Naming) -> Iterator[Doubt]:
    """Yield what the audience may not read and stands here all the same."""
    by_text: Mapping[str, str] = {text: section for section, text in reversed(said)}
    whole = _APART.join(by_text)
    for find in made.finds(whole):
        where = _around(whole, find.start)
        told = _("{what}: {words}").format(what=find.what, words=whole[find.start : find.end])
        yield Doubt(told, _shown(where), by_text.get(where, ""), find.instead)


def _around(whole: str, at: int) -> str:
    start = whole.rfind(_APART, 0, at)
    end = whole.find(_APART, at)
    return whole[start + len(_APART) if start >= 0 else 0 : end if end >= 0 else len(whole)]


def _rare(said: list[tuple[str, str]], made: Naming) -> Iterator[Doubt]:
    """Yield what no list of names can know: parts of names, what is rare, what only one has."""
    parts = name_parts(made)
    for section, text in said:
        for start, end, called in parts_in(text, parts):
            told = _("part of a name: {word}").format(word=text[start:end])
            yield Doubt(told, _shown(text), section, called)
        if words := together(text):
            yield Doubt(words, _shown(text), section)
    yield from _alone(said, made)
    for name in sorted(made.labels):
        for one in made.alone_in(name):
            told = _("{what}: {words}").format(what=one.what, words=name[one.start : one.end])
            yield from _first(said, name, told)
    for role in made.alone:
        yield from _first(said, role, _("the only one with this role: {role}").format(role=role))


def _alone(said: list[tuple[str, str]], made: Naming) -> Iterator[Doubt]:
    """Yield nicknames and last names that stand alone in a text; of what it tells by name, none."""
    told_by_name = {word.casefold() for name in made.labels for word in _NAMED.findall(name)}
    for section, text in said:
        for one in made.alone_in(text):
            words = text[one.start : one.end]
            if words.casefold() not in told_by_name:
                told = _("{what}: {words}").format(what=one.what, words=words)
                yield Doubt(told, _shown(text), section, one.instead)


def _first(said: list[tuple[str, str]], words: str, told: str) -> Iterator[Doubt]:
    """Yield a doubt at the first place where these words stand by themselves, if anywhere."""
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    for section, text in said:
        if pattern.search(text):
            yield Doubt(told, _shown(text), section)
            return


def _shown(text: str) -> str:
    """Return the beginning of a text in one line."""
    return " ".join(text.split())[:_LONGEST]


def name_parts(made: Naming) -> dict[str, str]:
    """Return the longer words of the names a product does not use, with what stands for each."""
    parts: dict[str, str] = {}
    for id_, name in made.people.items():
        for word in _WORDS.findall(name):
            called = made.called(id_)
            same = parts.setdefault(word.casefold(), called) == called
            parts[word.casefold()] = called if same else _(WITHHELD)
    return parts


def parts_in(text: str, parts: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield where a part of a name stands as a name does, with a capital, and who is meant."""
    for match in _WORDS.finditer(text):
        if match[0][0].isupper() and (called := parts.get(match[0].casefold())):
            yield match.start(), match.end(), called


def together(text: str) -> str:
    """Return what in a sentence tells somebody by being there together; empty where nothing."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        if _AGE.search(sentence):
            place, day = _PLACE.search(sentence), brief_forms.is_date(sentence)
            if place and day:
                return _("rare together: an age, a place and a day")
            if place or day:
                return _("rare together: an age with a place or a day")
    return ""


def _small(document: Document, made: Naming) -> Iterator[Doubt]:
    """Yield small numbers of exploited or safeguarded people."""
    if not made.audience.least:
        return
    section = ""
    measures = {label("outcome-measures", one.code) for one in code_list("outcome-measures")}
    about = {one for one in measures if _PEOPLE.search(one)}
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = block.text
        for row in _rows(block):
            is_about = row[0] in about or _PEOPLE.search(row[0])
            if is_about and any(_is_small(cell, made.audience.least) for cell in row[1:]):
                told = _("small number: fewer than {n}").format(n=made.audience.least)
                yield Doubt(told, " · ".join(row)[:_LONGEST], section)


def _rows(block: Block) -> tuple[tuple[str, ...], ...]:
    match block:
        case Facts(pairs=pairs):
            return pairs
        case Table(rows=rows):
            return rows
    return ()


def _is_small(cell: str, least: int) -> bool:
    return _NUMBER.fullmatch(cell.strip()) is not None and 0 < float(cell) < least
