"""What charts of other programs call their types, as kinds and link types of ours."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from ocgdesk import resources
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list
from ocgdesk.exchange.mapping import kind_named, squashed

_REVERSE = "/reverse"


@cache
def _words() -> dict[str, Any]:
    return resources.toml("import", "chart-words.toml")


def kind_of(word: str) -> Kind | None:
    """Return the kind that a type of item is; None for a type nobody told us of."""
    if (kind := kind_named(word)) is not None:
        return kind
    folded = squashed(word)
    return next((Kind(code) for code, some in _words()["kinds"].items() if folded in some), None)


def link_type(word: str) -> tuple[str, bool]:
    """Return the code of a type of link, and whether the word says it from the other end.

    Empty for a type nobody told us of.
    """
    folded = squashed(word)
    if not folded:
        return "", False
    for code, backwards, some in (*_own(), *_told()):
        if folded in some:
            return code, backwards
    return "", False


def _own() -> Iterator[tuple[str, bool, set[str]]]:
    for item in code_list("link-types"):
        yield item.code, False, {squashed(item.code), squashed(item.label)}
    for item in code_list("link-types"):
        if item.get("directed"):
            yield item.code, True, {squashed(str(item.get("reverse", "")))}


def _told() -> Iterator[tuple[str, bool, set[str]]]:
    for code, some in _words()["links"].items():
        yield code.removesuffix(_REVERSE), code.endswith(_REVERSE), set(some)


def is_directed(code: str) -> bool:
    """Tell whether links of a type run one way by what they are."""
    return any(item.code == code and bool(item.get("directed")) for item in code_list("link-types"))


def strength_of(word: str) -> str:
    """Return the code of a strength; empty for a word nobody told us of."""
    folded = squashed(word)
    return next((code for code, some in _words()["strengths"].items() if folded in some), "")
