"""The lists codes come from: shipped data, never code, and what a workspace made of them.

A list ships with the program. A workspace may have its own edition of it; that one is *in force*
wherever the workspace is read or written (``within``), and in the whole process once it is the
one that is worked on (``adopt``). Shipped lists are read once and never change.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Final

from ocgdesk import resources
from ocgdesk.errors import Refused

SHEET: Final = "sheet-"
"""How the names of lists that are scoring sheets begin."""


class Editing(StrEnum):
    """How far an administrator may edit a list."""

    ALL = "all"
    """Words, further values, order; a value can be retired."""
    VALUES = "values"
    """Words, order, and what else a value says: the program goes by these codes."""
    WORDS = "words"
    """Words and order only: the program goes by these codes."""
    NONE = "none"
    """As shipped: the list is part of how the program works."""


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a list. ``extra`` holds what only this list has, such as a unit."""

    code: str
    label: str
    extra: tuple[tuple[str, Any], ...] = ()

    def get(self, name: str, default: Any = None) -> Any:
        """Return an extra value of this code."""
        return dict(self.extra).get(name, default)

    @property
    def retired(self) -> bool:
        """Whether it is kept for what is on record but not offered any more."""
        return bool(self.get("retired", default=False))


@dataclass(frozen=True, slots=True, eq=False)
class CodeList:
    """A list of codes, where it comes from, and whether it is a local default."""

    name: str
    title: str
    version: int
    local_default: bool
    source: str
    items: tuple[Code, ...]
    editing: Editing = Editing.ALL
    is_own: bool = False
    """Whether it is the workspace's own edition, not the shipped list."""
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """The whole file the list was read from: some lists hold more than their values."""
    _words: Mapping[str, str] = field(init=False, repr=False)
    _items: Mapping[str, Code] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        words = {item.code: item.label for item in self.items}
        object.__setattr__(self, "_words", words)
        object.__setattr__(self, "_items", {item.code: item for item in reversed(self.items)})

    def __iter__(self) -> Iterator[Code]:
        return iter(self.items)

    def __contains__(self, code: str) -> bool:
        return code in self._words

    @property
    def retired(self) -> frozenset[str]:
        """The codes that are not offered any more."""
        return frozenset(item.code for item in self.items if item.retired)

    def label(self, code: str) -> str:
        """Return the words of a code; a code that is not in the list stands for itself."""
        return self._words.get(code, code)

    def find(self, code: str) -> Code | None:
        """Return a value by its code, retired or not; None where there is none of it."""
        return self._items.get(code)

    def offered(self, *keeping: str) -> tuple[Code, ...]:
        """Return the values to choose from: none that is retired, but those to be kept."""
        return tuple(item for item in self.items if not item.retired or item.code in keeping)

    def parse(self, text: str) -> str:
        """Return the code for a code or a label, without regard to case; else Refused.

        A retired value is found where no other goes by that text: it may stand on record.
        """
        wanted = text.strip().casefold()
        for item in sorted(self.items, key=lambda item: item.retired):
            if wanted in {item.code.casefold(), item.label.casefold()}:
                return item.code
        raise Refused(f"{text[:40]!r} is not in the list of {self.title.lower()}")


@dataclass(frozen=True, slots=True, eq=False)
class Editions:
    """The lists of which a workspace has its own editions; all others are as shipped."""

    lists: Mapping[str, CodeList] = field(default_factory=dict)
    earlier: Mapping[tuple[str, int], CodeList] = field(default_factory=dict)
    """Editions of scoring sheets by name and version: old assessments were made by them."""


SHIPPED: Final = Editions()
"""Every list as it ships."""


class _Process:
    """What this process works with outside any reading: the lists of the open workspace."""

    editions: Editions = SHIPPED
    expected: Callable[[], Editions] | None = None


_here: ContextVar[Editions | None] = ContextVar("editions", default=None)


def in_force() -> Editions:
    """Return the editions that hold here: of what is read just now, else of the process."""
    if (here := _here.get()) is not None:
        return here
    if (find := _Process.expected) is not None:
        _Process.expected = None  # what finds them may itself look at lists: as they ship
        _Process.editions = find()
    return _Process.editions


def adopt(editions: Editions) -> None:
    """Work with these lists in the whole process from here on; ``SHIPPED`` forgets them."""
    _Process.editions, _Process.expected = editions, None


def expect(find: Callable[[], Editions]) -> None:
    """Have the lists found when one is first looked at: those of a workspace not open yet."""
    _Process.editions, _Process.expected = SHIPPED, find


def release(editions: Editions) -> None:
    """Forget these lists if they are the ones the process works with."""
    if _Process.editions is editions:
        _Process.editions = SHIPPED


@contextmanager
def within(editions: Editions) -> Iterator[None]:
    """Let these lists hold for what is done here, on this thread, and nowhere else."""
    token = _here.set(editions)
    try:
        yield
    finally:
        _here.reset(token)


def code_list(name: str) -> CodeList:
    """Return the list of a name as it holds here; a missing list is a FileNotFoundError."""
    return in_force().lists.get(name) or shipped(name)


@cache
def shipped(name: str) -> CodeList:
    """Return a list as it ships; a missing list is a FileNotFoundError."""
    return read_list(name, resources.toml("reference", f"{name}.toml"))


def read_list(name: str, data: Mapping[str, Any], *, is_own: bool = False) -> CodeList:
    """Return the list that a file or an edition describes; KeyError where it lacks a part."""
    return CodeList(
        name=name,
        title=data["title"],
        version=data["version"],
        local_default=data["status"] == "local default",
        source=data.get("source", ""),
        items=tuple(_code(item) for item in data["items"]),
        editing=Editing(data.get("editing", Editing.ALL)),
        is_own=is_own,
        data=data,
    )


def label(list_name: str, code: str) -> str:
    """Return the words of a code of a list; an empty code is an empty text."""
    return code_list(list_name).label(code) if code else ""


def names() -> tuple[str, ...]:
    """Return the names of all lists there are, in order."""
    return tuple(sorted(path.stem for path in resources.path("reference").glob("*.toml")))


def _code(item: Mapping[str, Any]) -> Code:
    extra = tuple((k, v) for k, v in item.items() if k not in {"code", "label"})
    return Code(item["code"], item["label"], extra)
