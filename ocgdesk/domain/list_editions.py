"""A workspace's own editions of the lists: how they are kept, what one may change.

A value that was ever in a list stays in it, so that whatever carries it can be read: it can be
retired, and is not offered any more. Scoring sheets change as a whole, under a new version.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ocgdesk.domain import dates, quality, scoring_sheets
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.keeping import ListEdition
from ocgdesk.domain.reference_data import (
    SHEET,
    CodeList,
    Editing,
    Editions,
    code_list,
    read_list,
    shipped,
)
from ocgdesk.domain.registry import CLASSES
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _

LONGEST_CODE: Final = 40
LONGEST_LABEL: Final = 200
MOST: Final = 2_000
"""So many values may a list have."""

_CODE = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_DAY: Final = "day"
_NAMES: Final = {
    ("agencies", "rocu"): "agencies",
    ("agency-units", "agency"): "agencies",
    ("commodity-types", "unit"): "units",
    ("control-strategy", "pillar"): "pillars",
    ("court-steps", "unit"): "court-units",
    ("handling-conditions", "against"): "audiences",
}
"""What values of one list name in another."""


@dataclass(frozen=True, slots=True)
class Extra:
    """Something the values of a list have besides code and words."""

    name: str
    type: type
    """str, int, bool or date; list for several texts."""
    codes: str = ""
    """The list it is from, if it is from one."""
    needed: bool = False
    """Whether every value has it: the program asks each for it."""


# ---- Kept as text ------------------------------------------------------------------------------


def spec_of(data: Mapping[str, Any]) -> str:
    """Return what is kept of a list: JSON, a day as ``{"day": "2026-04-01"}``."""
    return json.dumps(data, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, Mapping):
        return dict(value)
    raise Refused(_("A list holds texts, numbers, days, yes and no, and nothing else"))


def data_of(spec: str) -> dict[str, Any]:
    """Return what ``spec_of`` made a text of."""
    found: dict[str, Any] = json.loads(spec, object_hook=_read)
    return found


def _read(value: dict[str, Any]) -> Any:
    return date.fromisoformat(value[_DAY]) if set(value) == {_DAY} else value


def editions(kept: Iterable[ListEdition]) -> Editions:
    """Return the newest edition of each list; one that cannot be read leaves the shipped one."""
    newest: dict[str, ListEdition] = {}
    for one in kept:
        if one.list_name not in newest or newest[one.list_name].edition < one.edition:
            newest[one.list_name] = one
    found = {name: read for name, one in newest.items() if (read := _edition(one)) is not None}
    return Editions(found)


def _edition(kept: ListEdition) -> CodeList | None:
    try:
        data = data_of(kept.spec)
        ships = shipped(kept.list_name)
        read = read_list(kept.list_name, _grown(data, ships), is_own=True)
    except (ValueError, KeyError, TypeError, OSError):
        return None
    return None if ships.editing is Editing.NONE else read


def _grown(data: Mapping[str, Any], ships: CodeList) -> dict[str, Any]:
    """Add the values that a newer program ships and this edition does not know yet."""
    if ships.name.startswith(SHEET):
        return dict(data)
    known = {item["code"] for item in data["items"]}
    added = [item for item in ships.data["items"] if item["code"] not in known]
    return {**data, "items": [*data["items"], *added], "editing": ships.editing.value}


# ---- What may be changed -----------------------------------------------------------------------


def shape(known: CodeList) -> tuple[Extra, ...]:
    """Return what the values of a list have besides code and words, as the shipped list has it."""
    found: dict[str, Extra] = {}
    items = shipped(known.name).data["items"]
    for item in items:
        for name, value in item.items():
            if name not in {"code", "label", *found}:
                codes, needed = (
                    _NAMES.get((known.name, name), ""),
                    all(name in one for one in items),
                )
                found[name] = Extra(name, type(value), codes, needed)
    return tuple(found.values())


def checked(name: str, data: Mapping[str, Any]) -> CodeList:
    """Return the list that an edition would make; Refused, in words, where it may not be."""
    before = code_list(name)
    if before.editing is Editing.NONE:
        raise Refused(_("{title}: the program goes by this list as it ships").format(
            title=before.title
        ))  # fmt: skip
    _check_form(data)
    after = read_list(name, data, is_own=True)
    if name.startswith(SHEET):
        scoring_sheets.read_sheet(name.removeprefix(SHEET), data)
        return after
    _check_codes(before, after)
    for item in data["items"]:
        _check_extras(after, shape(before), item)
        if name == quality.LIST:
            quality.read_rule(item)
    return after


def _check_form(data: Mapping[str, Any]) -> None:
    items = data.get("items")
    if not isinstance(items, Sequence) or not items or isinstance(items, str):
        raise Refused(_("A list needs at least one value"))
    if len(items) > MOST:
        raise Refused(_("A list has {n} values at most").format(n=f"{MOST:,}"))
    for item in items:
        _check_item(item)
    _check_once([item["code"] for item in items])
    _check_once([item["label"] for item in items if not item.get("retired")])


def _check_item(item: object) -> None:
    if not isinstance(item, Mapping):
        raise Refused(_("Each value of a list has a code and words"))
    code, words = item.get("code"), item.get("label")
    if not isinstance(code, str) or not _CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        raise Refused(_("{code!r} is no code: letters, digits and hyphens, {n} at most").format(
            code=str(code or "")[:LONGEST_CODE], n=LONGEST_CODE
        ))  # fmt: skip
    if not isinstance(words, str) or not words.strip() or len(words) > LONGEST_LABEL:
        raise Refused(_("{code} needs words, {n} characters at most").format(
            code=code, n=LONGEST_LABEL
        ))  # fmt: skip
    if not isinstance(item.get("retired", False), bool):
        raise Refused(_("{code}: retired is yes or no").format(code=code))


def _check_once(texts: Sequence[str]) -> None:
    seen: set[str] = set()
    for text in texts:
        if text.strip().casefold() in seen:
            raise Refused(_("{text!r} is there twice").format(text=text[:60]))
        seen.add(text.strip().casefold())


def _check_codes(before: CodeList, after: CodeList) -> None:
    new = {item.code for item in after}
    if gone := [item.code for item in before if item.code not in new]:
        raise Refused(_("{code} was taken out: retire it instead, records may carry it").format(
            code=gone[0]
        ))  # fmt: skip
    if before.editing is Editing.WORDS:
        _check_only_words(before, after)
    if before.editing is Editing.VALUES:
        _check_same_codes(before, after)
    starts = defaults(before.name)
    if lost := [item.code for item in after if item.retired and item.code in starts]:
        raise Refused(_("{words} cannot be retired: new records start with it").format(
            words=after.label(lost[0])
        ))  # fmt: skip


def _check_only_words(before: CodeList, after: CodeList) -> None:
    old = {item.code: item.extra for item in before}
    if any(old.get(item.code) != item.extra for item in after):
        raise Refused(_("{title}: only words and order can be changed here").format(
            title=before.title
        ))  # fmt: skip


def _check_same_codes(before: CodeList, after: CodeList) -> None:
    if new := [item.code for item in after if item.code not in before]:
        raise Refused(_("{title}: the program goes by these codes, {code} is none of them").format(
            title=before.title, code=new[0]
        ))  # fmt: skip


def defaults(name: str) -> frozenset[str]:
    """Return the codes of a list that some kind of record starts with."""
    found: set[str] = set()
    for cls in CLASSES.values():
        for field in described_fields(cls):
            if field.codes == name:
                found.add(str(cls.__dataclass_fields__[field.name].default))
    return frozenset(found)


def _check_extras(after: CodeList, extras: Iterable[Extra], item: Mapping[str, Any]) -> None:
    known = {extra.name: extra for extra in extras}
    if missing := [
        extra.name for extra in known.values() if extra.needed and extra.name not in item
    ]:
        raise Refused(_("{code} needs {name}").format(code=item["code"], name=missing[0]))
    for name, value in item.items():
        if name in {"code", "label", "retired"}:
            continue
        if (extra := known.get(name)) is None:
            raise Refused(_("{code}: values of this list have no {name}").format(
                code=item["code"], name=name
            ))  # fmt: skip
        named = after if extra.codes == after.name else code_list(extra.codes or after.name)
        _check_extra(extra, item["code"], value, named)


def _check_extra(extra: Extra, code: str, value: Any, named: CodeList) -> None:
    if type(value) is not extra.type:
        raise Refused(_("{code}: {name} is to be {what}").format(
            code=code, name=extra.name, what=_(_KINDS.get(extra.type, extra.type.__name__))
        ))  # fmt: skip
    for one in value if isinstance(value, list) else [value]:
        if extra.codes and isinstance(one, str) and one and one not in named:
            raise Refused(_("{code}: {value!r} is not in the list of {title}").format(
                code=code, value=one[:40], title=named.title.lower()
            ))  # fmt: skip


_KINDS: Final = {
    str: N_("text"),
    int: N_("a whole number"),
    float: N_("a number"),
    bool: N_("yes or no"),
    date: N_("a day"),
    list: N_("texts"),
}


# ---- A value as it is typed --------------------------------------------------------------------


def shown(value: Any) -> str:
    """Return something of a value as people read and type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return "; ".join(str(one) for one in value)
    return dates.shown(value) if isinstance(value, date) else str(value)


def typed(extra: Extra, text: str, today: date) -> Any:
    """Return what was typed, None where nothing was; Refused where it does not fit."""
    text = text.strip()
    if not text:
        return None
    try:
        return _read_as(extra, text, today)
    except ValueError:
        raise Refused(_("{text!r} is not {what}").format(
            text=text[:40], what=_(_KINDS.get(extra.type, "text"))
        )) from None  # fmt: skip


def _read_as(extra: Extra, text: str, today: date) -> Any:
    if extra.type is bool:
        return text.casefold() in {"yes", "true", "1", _("yes")}
    if extra.type is int:
        return int(text)
    if extra.type is float:
        return float(text)
    if extra.type is date:
        return dates.day(text, today=today)
    if extra.type is list:
        return [part.strip() for part in text.split(";") if part.strip()]
    return code_list(extra.codes).parse(text) if extra.codes else text
