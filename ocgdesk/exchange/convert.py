"""Text of a cell to a value of a field, or one sentence why it is none."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from ocgdesk import resources
from ocgdesk.domain.dates import PartialDate, Precision
from ocgdesk.domain.fields import Field, FieldType
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.reference_data import CodeList, code_list
from ocgdesk.domain.values import Alias, External, Identifier
from ocgdesk.errors import Refused
from ocgdesk.exchange.mapping import squashed
from ocgdesk.i18n import _

_BLANK = frozenset({"", "-", "–", "—", "#N/A", "N/A", "n/a"})
_NULLS = frozenset({"NULL", "null", "NaN", "nan"})
"""What programs write for nothing; as people write them, Null and Nan are names."""
_NOTHING = frozenset({".", "na", "none", "nil", "null", "nan"})
_UNKNOWN = frozenset({"?", "unknown", "not known", "nk", "n/k", "not recorded", "tbc"})
_YES = frozenset({"yes", "y", "true", "t", "1", "x", "✓", "ie"})
_NO = frozenset({"no", "n", "false", "f", "0", "nage"})
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+", re.ASCII)
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+\d+", re.ASCII | re.IGNORECASE)
_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_CLOCK = re.compile(r"(.{8,10})[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_LIST = re.compile(r"[;|\n]")


_REPEATING = frozenset(
    {FieldType.CODE, FieldType.CODES, FieldType.FLAG, FieldType.PARTIAL_DATE, FieldType.DAY}
)


@dataclass(frozen=True, slots=True)
class Converted:
    """A value and what of the text could not be taken into it."""

    value: object
    """None where the cell says nothing that could be kept."""
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class Converter:
    """Reads the cells of one column; codes and dates that come again are only read once."""

    described: Field
    scheme: str = ""
    today: date | None = None
    """The day that two-digit years are read on."""
    _known: dict[str, Converted] = field(default_factory=dict)

    def __call__(self, text: str) -> Converted:
        """Return the value of a cell, with the problems of reading it."""
        if self.described.type not in _REPEATING:
            return convert(self.described, text, scheme=self.scheme)
        if (known := self._known.get(text)) is None:
            known = self._known[text] = convert(
                self.described, text, scheme=self.scheme, today=self.today
            )
        return known


def convert(
    described: Field, text: str, *, scheme: str = "", today: date | None = None
) -> Converted:
    """Read a cell as a field. ``scheme`` is that of identifiers, or the type of aliases."""
    text = text.strip()
    if is_blank(text) or (described.type not in _WORDS and text.casefold() in _NOTHING):
        return Converted(None)
    if described.type in _SEVERAL:
        return _several(described, text, scheme)
    try:
        return Converted(_single(described, text, today))
    except Refused as refused:
        if text.casefold() in _UNKNOWN:
            return Converted(None)
        return Converted(None, (str(refused),))


def is_blank(text: str) -> bool:
    """Tell whether a cell holds nothing: empty, a dash, or a program's word for nothing."""
    text = text.strip()
    return text in _BLANK or text in _NULLS


def _single(described: Field, text: str, today: date | None) -> object:
    if described.type is FieldType.CODE:
        return code_of(described.codes, text)
    if described.type is FieldType.PARTIAL_DATE:
        return partial_date(text, today)
    if described.type is FieldType.DAY:
        return _day(text, today)
    if described.mono and _SHORTENED.fullmatch(text):
        raise Refused(_shortened(text))
    return _PLAIN[described.type](text)


def code_of(list_name: str, text: str) -> str:
    """Return the code for a code, a label or another usual word for it; else Refused."""
    known = code_list(list_name)
    if code := _words_of(known).get(squashed(text)):
        return code
    return known.parse(text)


@cache
def _words_of(known: CodeList) -> dict[str, str]:
    words: dict[str, str] = {}
    for item in sorted(known, key=lambda item: item.retired):
        words.setdefault(squashed(item.label), item.code)
    for code, listed in resources.toml("import", "words.toml").get(known.name, {}).items():
        words |= dict.fromkeys(listed, code)
    words |= {squashed(item.code): item.code for item in known}
    return words


def _shortened(text: str) -> str:
    return _("{text!r} was shortened by a spreadsheet; its last digits are lost").format(text=text)


def yes_or_no(text: str) -> bool:
    """Read a flag: yes, y, true, 1, x or their opposites; else Refused."""
    folded = text.strip().casefold()
    if folded not in _YES | _NO:
        raise Refused(_("{text!r} is neither yes nor no").format(text=text[:40]))
    return folded in _YES


def number(text: str) -> float:
    """Read a number, with commas between thousands or without; else Refused."""
    bare = text.strip().lstrip("£")
    if not _NUMBER.fullmatch(bare):
        raise Refused(_("{text!r} is not a number").format(text=text[:40]))
    return float(bare.replace(",", ""))


def _integer(text: str) -> int:
    value = number(text)
    if not value.is_integer():
        raise Refused(_("{text!r} is not a whole number").format(text=text[:40]))
    return int(value)


def partial_date(text: str, today: date | None = None) -> PartialDate:
    """Read a date in the UK's order; a time of day behind it is dropped; else Refused."""
    if match := _CLOCK.fullmatch(text):
        text = match[1].strip()
    if match := _PACKED.fullmatch(text):
        text = "-".join(match.groups())
    return PartialDate.parse(text, today=today)


def _day(text: str, today: date | None) -> date:
    partial = partial_date(text, today)
    if not partial.day or partial.precision is not Precision.EXACT:
        raise Refused(_("{text!r} names no single day").format(text=text[:40]))
    return date(partial.year, partial.month, partial.day)


_PLAIN: dict[FieldType, Callable[[str], object]] = {
    FieldType.TEXT: lambda text: " ".join(text.split()),
    FieldType.LONG_TEXT: str,
    FieldType.FLAG: yes_or_no,
    FieldType.INTEGER: _integer,
    FieldType.NUMBER: number,
    FieldType.GRADE: lambda text: str(Grading.parse(text)),
}

_WORDS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ALIASES, FieldType.TEXTS})
_SEVERAL = frozenset(
    {
        FieldType.CODES,
        FieldType.TEXTS,
        FieldType.ALIASES,
        FieldType.IDENTIFIERS,
        FieldType.EXTERNALS,
    }
)


def _several(described: Field, text: str, scheme: str) -> Converted:
    if described.type is FieldType.CODES:
        return _codes(described.codes, text)
    parts = [" ".join(part.split()) for part in _LIST.split(text)]
    parts = [part for part in dict.fromkeys(parts) if part]
    lost = [part for part in parts if described.mono and _SHORTENED.fullmatch(part)]
    values = tuple(_value(described.type, part, scheme) for part in parts if part not in lost)
    return Converted(values or None, tuple(map(_shortened, lost)))


def _value(type_: FieldType, text: str, scheme: str) -> object:
    if type_ is FieldType.ALIASES:
        return Alias(text, scheme or "name")
    if type_ is FieldType.IDENTIFIERS:
        return Identifier(scheme or "other", text)
    if type_ is FieldType.EXTERNALS:
        return External(scheme or "other", text)
    return text


def _codes(list_name: str, text: str) -> Converted:
    """Read several codes. A comma parts them only where it is in none of the list's words."""
    found, problems = dict[str, None](), []
    for part in filter(None, map(str.strip, _LIST.split(text))):
        for word in _by_comma(list_name, part):
            try:
                found[code_of(list_name, word)] = None
            except Refused as refused:
                problems.append(str(refused))
    return Converted(tuple(found) or None, tuple(problems))


def _by_comma(list_name: str, text: str) -> list[str]:
    try:
        code_of(list_name, text)
    except Refused:
        return [part for part in map(str.strip, text.split(",")) if part]
    return [text]
