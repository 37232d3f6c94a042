"""Fields as somebody types them, ``status=active``: texts to the values a record keeps."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from ocgdesk.domain.fields import MANY, Field, FieldType, described_fields
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Thing
from ocgdesk.domain.values import Alias, Answer, External, Ground, Identifier
from ocgdesk.errors import NotFound, Refused
from ocgdesk.exchange import convert
from ocgdesk.i18n import _
from ocgdesk.store import recent, records
from ocgdesk.store.reader import Reader

_SCHEMES = {
    FieldType.ALIASES: "alias-types",
    FieldType.IDENTIFIERS: "identifier-schemes",
    FieldType.EXTERNALS: "external-schemes",
}


def thing(reader: Reader, ref: str) -> Thing:
    """Return the record a person means, or the link with this id.

    Raises NotFound where there is neither, Refused where several records may be meant.
    """
    try:
        return reader.find(UUID(ref.strip()), Base.LINK)
    except (ValueError, NotFound):
        return reader.find(records.resolve(reader, ref).id)


def values(reader: Reader, kind: Kind, texts: Sequence[str], *, today: date) -> dict[str, Any]:
    """Return what ``field=value`` texts say of a record or link of a kind, by field.

    Fields are named as ``--json`` names them, codes and days are typed as anywhere else. Several
    values stand between commas, or between semicolons where one holds a comma; an empty value
    empties the field. Raises Refused, naming the fields there are, for one there is not.
    """
    known = {field.name: field for field in described_fields(class_of(kind))}
    found: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        name, value = name.strip().replace("-", "_").lower(), value.strip()
        if not equals:
            raise Refused(_("Write {text} as FIELD=VALUE").format(text=repr(text[:40])))
        if name == "marking":
            found[name] = Marking.parse(value)
        elif name == "owner" and class_of(kind).base is Base.ENTITY:
            found[name] = records.resolve(reader, value).id
        elif name in known:
            found[name] = _value(reader, known[name], value, today)
        else:
            raise Refused(_unknown(name, known))
    return found


def _unknown(name: str, known: Iterable[str]) -> str:
    told = _("There is no field {name!r} here; there are {known}")
    return told.format(name=name[:40], known=", ".join(sorted(known)))


def _value(reader: Reader, field: Field, text: str, today: date) -> Any:
    if not text:
        return _nothing(field)
    if field.type is FieldType.ENTITY:
        return _somebody(reader, text)
    if field.type in MANY:
        return _several(reader, field, _parts(text))
    if field.type in {FieldType.TEXT, FieldType.LONG_TEXT}:
        return text  # a dash or "none" is what somebody typed, not a spreadsheet's empty cell
    return _only(convert.convert(field, text, today=today), field, text)


def _nothing(field: Field) -> Any:
    if field.type in MANY:
        return ()
    if field.type is FieldType.FLAG:
        return False
    texts = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CODE, FieldType.GRADE}
    return "" if field.type in texts else None


def _only(converted: convert.Converted, field: Field, text: str) -> Any:
    if converted.problems:
        raise Refused(f"{_(field.label)}: {converted.problems[0]}")
    if converted.value is None:
        told = _("{field}: {text} says nothing; leave the value empty to empty the field")
        raise Refused(told.format(field=_(field.label), text=repr(text[:40])))
    return converted.value


def _parts(text: str) -> list[str]:
    mark = ";" if ";" in text else ","
    return [part.strip() for part in text.split(mark) if part.strip()]


def _several(reader: Reader, field: Field, parts: Sequence[str]) -> tuple[Any, ...]:
    match field.type:
        case FieldType.CODES:
            made: list[Any] = [convert.code_of(field.codes, part) for part in parts]
        case FieldType.ENTITIES:
            made = [records.resolve(reader, part).id for part in parts]
        case FieldType.GROUNDS:
            made = [_ground(part) for part in parts]
        case FieldType.ANSWERS:
            made = [_answer(part) for part in parts]
        case FieldType.TEXTS:
            made = list(parts)
        case _:
            made = [_schemed(field, part) for part in parts]
    return tuple(dict.fromkeys(made))


def _schemed(field: Field, part: str) -> Alias | Identifier | External:
    """Return ``scheme:value``; without a scheme an alias is a name, anything else is other."""
    scheme, colon, value = part.partition(":")
    known = code_list(_SCHEMES[field.type])
    if not (colon and scheme.strip() in known):
        scheme, value = "", part
    scheme, value = scheme.strip(), value.strip()
    if field.type is FieldType.ALIASES:
        return Alias(value, scheme or "name")
    if field.type is FieldType.IDENTIFIERS:
        return Identifier(scheme or "other", value)
    return External(scheme or "other", value)


def _ground(part: str) -> Ground:
    """Return ``code``, ``code:+`` or ``code:+:note`` as a ground of an attribution."""
    code, _colon, rest = part.partition(":")
    sign, _colon, note = rest.partition(":")
    if (sign or "+") not in {"+", "-", "~", "!"}:
        raise Refused(_("The sign of a ground is one of + - ~ !"))
    return Ground(convert.code_of("attribution-grounds", code), sign or "+", note)


def _answer(part: str) -> Answer:
    """Return ``factor:level`` or ``factor:level:rationale`` as an answer to a scoring sheet."""
    factor, _colon, rest = part.partition(":")
    level, _colon, rationale = rest.partition(":")
    return Answer(factor.strip(), level.strip(), rationale.strip())


def _somebody(reader: Reader, text: str) -> UUID:
    """Return the user of this name, else the record that is meant."""
    folded = text.casefold()
    for id_, name in recent.user_names(reader).items():
        if name.casefold() == folded:
            return id_
    return records.resolve(reader, text).id


def new_link(
    reader: Reader, source: str, target: str, texts: Sequence[str], *, today: date
) -> Link:
    """Return a link between two records that are meant, of the class its type asks for.

    Without a type a nominal and an OCG make a membership, a handle and a nominal an
    attribution, anything else an association.
    """
    ends = [records.resolve(reader, ref) for ref in (source, target)]
    typed = [text for text in texts if text.partition("=")[0].strip().lower() == "type"]
    said = values(reader, Kind.LINK, typed, today=today)
    type_ = said.get("type") or _usual((ends[0].kind, ends[1].kind))
    kind = kind_of(type_)
    cls = class_of(kind)
    assert issubclass(cls, Link)  # noqa: S101 - all kinds of link are
    found = {"directed": _directed(type_)} | values(reader, kind, texts, today=today)
    return cls(source=ends[0].id, target=ends[1].id, **(found | {"type": type_}))


def _directed(type_: str) -> bool:
    return any(item.code == type_ and item.get("directed") for item in code_list("link-types"))


def kind_of(type_: str) -> Kind:
    """Return the kind of link that a type of link makes."""
    return {"member-of": Kind.MEMBERSHIP, "attributed-to": Kind.ATTRIBUTION}.get(type_, Kind.LINK)


def _usual(ends: tuple[Kind, Kind]) -> str:
    usual = {
        (Kind.NOMINAL, Kind.OCG): "member-of",
        (Kind.HANDLE, Kind.NOMINAL): "attributed-to",
    }
    return usual.get(ends, "associate")
