"""The attributes that mean the same in every format: what they are called, read and written."""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any, Final

from ocgdesk.exchange.nets.values import Edge, Node

NODE: Final = ("label", "type", "x", "y", "start", "end", "grade", "note")
EDGE: Final = ("label", "type", "weight", "start", "end", "strength", "grade", "note", "directed")
_OWN: Final = " (attribute)"
"""Behind the name of an attribute that is called like one of the fields above."""
_ALSO: Final = {
    "name": "label",
    "kind": "type",
    "description": "note",
    "value": "weight",
}
"""What other programs call a field; taken for it where nothing of its own name is there."""


_IDS: Final = ("id", "key", "source", "target", "from", "to", "undirected", "position", "cards")
"""Names that tell items apart or join them in one format or another."""


def number(text: object) -> float | None:
    """Return a finite number; None where it is none."""
    try:
        found = float(str(text).strip().replace(",", "."))
    except ValueError:
        return None
    return found if isfinite(found) else None


def shown(value: float) -> str:
    """Return a number as it reads back exactly, without a needless fraction."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def node(id_: str, found: Mapping[str, str], **known: Any) -> Node:
    """Return a node of what a file says of it; ``known`` is what it says in its own place."""
    fields, rest = _parted(found, NODE)
    values: dict[str, Any] = {**fields, **{n: v for n, v in known.items() if v not in {None, ""}}}
    for name in ("x", "y"):
        values[name] = number(values.get(name, ""))
    return Node(id=id_, attributes=rest, **values)


def edge(source: str, target: str, found: Mapping[str, str], **known: Any) -> Edge:
    """Return an edge, as ``node`` does."""
    fields, rest = _parted(found, EDGE)
    values: dict[str, Any] = {**fields, **{n: v for n, v in known.items() if v not in {None, ""}}}
    values["weight"] = _weight(values, rest)
    said = str(values.get("directed", "")).casefold()
    values["directed"] = said in {"true", "1", "yes", "directed"}
    return Edge(source=source, target=target, attributes=rest, **values)


def _weight(values: Mapping[str, Any], rest: dict[str, str]) -> float | None:
    text = values.get("weight", "")
    found = number(text)
    if found is None and str(text):
        rest["weight"] = str(text)
    return found


def _parted(
    found: Mapping[str, str], names: Iterable[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Tell the fields from the file's own attributes."""
    known, fields, rest = frozenset(names), dict[str, str](), dict[str, str]()
    for key, text in found.items():
        folded = key.casefold()
        if folded in known and folded not in fields:
            fields[folded] = text
        elif text:
            rest[key] = text
    for word, field in _ALSO.items():
        said = next((key for key in rest if key.casefold() == word), None)
        if said is not None and field in known and not fields.get(field):
            fields[field] = rest.pop(said)
    return fields, {key.removesuffix(_OWN): text for key, text in rest.items()}


def of_node(one: Node) -> dict[str, str]:
    """Return all that is said of a node by name, as formats with attributes write it."""
    fields = {
        "label": one.label,
        "type": one.type,
        "x": "" if one.x is None else shown(one.x),
        "y": "" if one.y is None else shown(one.y),
        "start": one.start,
        "end": one.end,
        "grade": one.grade,
        "note": one.note,
    }
    return {n: text for n, text in fields.items() if text} | _attributes(one.attributes, NODE)


def of_edge(one: Edge) -> dict[str, str]:
    """Return all that is said of an edge by name; its direction only where it has one."""
    fields = {
        "label": one.label,
        "type": one.type,
        "weight": "" if one.weight is None else shown(one.weight),
        "start": one.start,
        "end": one.end,
        "strength": one.strength,
        "grade": one.grade,
        "note": one.note,
        "directed": "true" if one.directed else "",
    }
    return {n: text for n, text in fields.items() if text} | _attributes(one.attributes, EDGE)


def _attributes(found: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    taken = frozenset((*names, *_ALSO, *_IDS))
    return {
        f"{name}{_OWN}" if name.casefold() in taken or name.endswith(_OWN) else name: text
        for name, text in found.items()
        if text
    }
