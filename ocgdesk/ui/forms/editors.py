"""Text to a field's value and back: what is read, what an editor starts from, what was typed.

Lists are written with semicolons between their items: ``Ghost (nickname); Bobby``,
``PNC ID: 00/123456A; CRO number: 123456/00A``.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from ocgdesk.domain import dates
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.fields import Field, FieldType
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.reference_data import CodeList, code_list, label
from ocgdesk.domain.values import Alias, Answer, External, Ground, Identifier
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _
from ocgdesk.ui.widgets.inputs import Option
from ocgdesk.ui.widgets.values import NONE

T = FieldType
_ALIAS: Final = re.compile(r"(?P<text>.*?)\s*\((?P<type>[^()]+)\)")
_LISTS: Final = frozenset({T.CODES, T.TEXTS, T.ALIASES, T.IDENTIFIERS, T.EXTERNALS})
_SCHEMES: Final = {T.IDENTIFIERS: "identifier-schemes", T.EXTERNALS: "external-schemes"}
_UNEDITED: Final = frozenset({T.ENTITY, T.ENTITIES, T.GROUNDS, T.ANSWERS, T.INSTANT})


def can_edit(field: Field) -> bool:
    """Tell whether a field can be written in a form; ids of records have dialogs of their own."""
    return field.type not in _UNEDITED


def hint(field: Field) -> str:
    """Return how a field is written, where that is not plain."""
    said = _HINTS.get(field.type) or field.help
    return _(said) if said else ""


_SEVERAL = N_("Several, with semicolons between them")
_SCHEMED = N_("Scheme and value, with semicolons between them: PNC ID: 00/123456A")
_HINTS: Final[dict[FieldType, str]] = {
    T.ALIASES: N_("Names with semicolons between them; a type in brackets: Ghost (nickname)"),
    T.IDENTIFIERS: _SCHEMED,
    T.EXTERNALS: _SCHEMED,
    T.CODES: _SEVERAL,
    T.TEXTS: _SEVERAL,
    T.DAY: N_("A day: 14/2/26, 5 Dec 2026, today or +14"),
    T.PARTIAL_DATE: N_("A date, as far as it is known: 14/2/91, Feb 1979, about 1996"),
    T.GRADE: N_("Source, intelligence, handling: 2CP"),
}


def options(field: Field, *keeping: str) -> tuple[Option, ...]:
    """Return what can be chosen from; none where a field is typed.

    Retired values are not offered, but those of ``keeping``: what stands on the record may stay.
    """
    if field.type is T.FLAG:
        return (Option("no", _("No")), Option("yes", _("Yes")))
    if field.type is T.CODE and field.codes:
        offered = code_list(field.codes).offered(*keeping)
        found = tuple(Option(item.code, item.label) for item in offered)
        return found if field.required else (Option("", NONE), *found)
    return ()


def shown(field: Field, value: Any) -> str:
    """Return a value as people read it; empty where there is none."""
    if value is None or value in ("", ()):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, tuple):
        parts = [_item(field, item, spoken=True) for item in value]
        return ", ".join(parts) if field.type in {T.CODES, T.TEXTS} else " · ".join(parts)
    if field.type is T.GRADE:
        return Grading.parse(str(value)).shown()
    return _item(field, value, spoken=True)


def raw(field: Field, value: Any) -> str:
    """Return what an editor starts from: a code for a list, else text that reads back as it was."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    if field.type is T.CODE:
        return str(value)
    if isinstance(value, tuple):
        return "; ".join(_item(field, item, spoken=False) for item in value)
    return _item(field, value, spoken=False)


def _item(field: Field, item: Any, *, spoken: bool) -> str:
    if isinstance(item, Answer):
        return f"{item.factor}: {item.value}"
    if isinstance(item, Alias | Identifier | External | Ground):
        return _value(field, item, spoken=spoken)
    if isinstance(item, PartialDate):
        return item.worded()
    if isinstance(item, date):
        return dates.shown(item)
    if isinstance(item, float) and item.is_integer():
        return str(int(item))
    coded = field.type in {T.CODE, T.CODES}
    return label(field.codes, str(item)) if coded else str(item)


def _value(field: Field, item: Alias | Identifier | External | Ground, *, spoken: bool) -> str:
    match item:
        case Alias():
            plain = item.type == "name"
            return item.text if plain else f"{item.text} ({_type(item, spoken=spoken)})"
        case Ground():
            return f"{item.sign} {label('attribution-grounds', item.code)}"
    scheme = label(_SCHEMES[field.type], item.scheme)
    return f"{scheme} {item.value}" if spoken else f"{scheme}: {item.value}"


def _type(alias: Alias, *, spoken: bool) -> str:
    words = label("alias-types", alias.type)
    return words.lower() if spoken else words


def parse(field: Field, text: str, today: date) -> Any:
    """Return the value that was typed or chosen; Refused, in words, where it is none."""
    text = text.strip()
    if field.required and not text:
        raise Refused(_("{field} is needed").format(field=field.label))
    if field.type in _LISTS:
        parts = (part.strip() for part in re.split(r"[;\n]", text))
        return tuple(dict.fromkeys(_PARTS[field.type](field, part) for part in parts if part))
    if not text:
        return _EMPTY.get(field.type)
    return _ONE[field.type](field, text, today)


def _flag(_field: Field, text: str, _today: date) -> bool:
    return text.casefold() in {"yes", "true", "1"}


def _number(_field: Field, text: str, _today: date) -> float:
    try:
        return float(text.replace(",", "").lstrip("£"))
    except ValueError:
        raise Refused(_("{text!r} is no number").format(text=text[:20])) from None


def _integer(field: Field, text: str, today: date) -> int:
    value = _number(field, text, today)
    if not value.is_integer():
        raise Refused(_("{text!r} is no whole number").format(text=text[:20]))
    return int(value)


_ONE: Final[dict[FieldType, Callable[[Field, str, date], Any]]] = {
    T.TEXT: lambda _field, text, _today: " ".join(text.split()),
    T.LONG_TEXT: lambda _field, text, _today: text,
    T.CODE: lambda field, text, _today: code_list(field.codes).parse(text),
    T.FLAG: _flag,
    T.INTEGER: _integer,
    T.NUMBER: _number,
    T.DAY: lambda _field, text, today: dates.day(text, today=today),
    T.PARTIAL_DATE: lambda _field, text, today: PartialDate.parse(text, today=today),
    T.GRADE: lambda _field, text, _today: str(Grading.parse(text)),
}
_EMPTY: Final[dict[FieldType, Any]] = {
    T.TEXT: "",
    T.LONG_TEXT: "",
    T.CODE: "",
    T.GRADE: "",
    T.FLAG: False,
}


def _alias(_field: Field, text: str) -> Alias:
    if match := _ALIAS.fullmatch(text):
        known = code_list("alias-types")
        return Alias(match["text"], known.parse(match["type"]))
    return Alias(text)


def _scheme(known: CodeList, text: str) -> tuple[str, str]:
    """Part scheme and value at the first colon; a value without a known scheme is "other"."""
    scheme, colon, value = text.partition(":")
    if colon and value.strip():
        return known.parse(scheme), value.strip()
    raise Refused(
        _("{text!r} lacks its scheme; write it like PNC ID: 00/123456A").format(text=text[:40])
    )


def _identifier(_field: Field, text: str) -> Identifier:
    return Identifier(*_scheme(code_list("identifier-schemes"), text))


def _external(_field: Field, text: str) -> External:
    """Read an external reference; its scheme may be any file's own, known here or not."""
    scheme, colon, value = text.partition(":")
    if not colon or not value.strip():
        return External("other", text)
    try:
        return External(code_list("external-schemes").parse(scheme), value.strip())
    except Refused:
        return External(scheme.strip(), value.strip())


_PARTS: Final[dict[FieldType, Callable[[Field, str], Any]]] = {
    T.CODES: lambda field, text: code_list(field.codes).parse(text),
    T.TEXTS: lambda _field, text: " ".join(text.split()),
    T.ALIASES: _alias,
    T.IDENTIFIERS: _identifier,
    T.EXTERNALS: _external,
}


def echo(field: Field, text: str, today: date) -> str:
    """Return how a date that is being typed is read; empty for other fields and for nonsense."""
    if field.type not in {T.DAY, T.PARTIAL_DATE} or not text.strip():
        return ""
    try:
        return _("Read as {date}").format(date=_item(field, parse(field, text, today), spoken=True))
    except Refused:
        return ""
