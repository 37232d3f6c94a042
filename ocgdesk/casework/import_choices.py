"""What a column of a file can be taken for, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.registry import class_of
from ocgdesk.exchange.mapping import LEFT_OUT, Target, Use, targets
from ocgdesk.i18n import _


@dataclass(frozen=True, slots=True)
class Choice:
    """Something a column can be taken for: its key as ``Draft.columns`` has it, its words."""

    key: str
    words: str
    target: Target


def choices(kind: Kind) -> tuple[Choice, ...]:
    """Return what a column of a table of this kind can be taken for; "" leaves it out."""
    fields = {field.name: field for field in described_fields(class_of(kind))}
    found = {_key(target): target for target in targets(kind).values() if target.use in _OFFERED}
    offered = [Choice(key, _choice_words(target, fields), target) for key, target in found.items()]
    offered.sort(key=lambda choice: choice.words.casefold())
    return (Choice("", _("Left out"), LEFT_OUT), *offered)


_OFFERED = frozenset({Use.FIELD, Use.KEY, Use.MARKING})
_SCHEMES = {
    FieldType.IDENTIFIERS: "identifier-schemes",
    FieldType.EXTERNALS: "external-schemes",
    FieldType.ALIASES: "alias-types",
}


def _key(target: Target) -> str:
    return f"{target.field}:{target.scheme}" if target.scheme else target.field or target.use.value


def _choice_words(target: Target, fields: Mapping[str, Field]) -> str:
    if target.use is Use.KEY:
        return _("Id in the file")
    if target.use is Use.MARKING:
        return _("Marking")
    field = fields[target.field]
    if not target.scheme:
        return _(field.label)
    return f"{_(field.label)}: {label(_SCHEMES[field.type], target.scheme)}"
