"""The lists codes come from: versioned data in the program's resources, never in code."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ocgdesk import resources
from ocgdesk.errors import Refused


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a list. ``extra`` holds what only this list has, such as a unit."""

    code: str
    label: str
    extra: tuple[tuple[str, Any], ...] = ()

    def get(self, name: str, default: Any = None) -> Any:
        """Return an extra value of this code."""
        return dict(self.extra).get(name, default)


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes, where it comes from, and whether it is a local default."""

    name: str
    title: str
    version: int
    local_default: bool
    source: str
    items: tuple[Code, ...]

    def __iter__(self) -> Iterator[Code]:
        return iter(self.items)

    def __contains__(self, code: str) -> bool:
        return any(item.code == code for item in self.items)

    def label(self, code: str) -> str:
        """Return the words of a code; a code that is not in the list stands for itself."""
        return _labels(self.name).get(code, code)

    def parse(self, text: str) -> str:
        """Return the code for a code or a label, without regard to case; else Refused."""
        wanted = text.strip().casefold()
        for item in self.items:
            if wanted in {item.code.casefold(), item.label.casefold()}:
                return item.code
        raise Refused(f"{text[:40]!r} is not in the list of {self.title.lower()}")


@cache
def code_list(name: str) -> CodeList:
    """Return a shipped list by name; KeyError-free: a missing list is a FileNotFoundError."""
    data = resources.toml("reference", f"{name}.toml")
    return CodeList(
        name=name,
        title=data["title"],
        version=data["version"],
        local_default=data["status"] == "local default",
        source=data.get("source", ""),
        items=tuple(_code(item) for item in data["items"]),
    )


def label(list_name: str, code: str) -> str:
    """Return the words of a code of a list; an empty code is an empty text."""
    return _labels(list_name).get(code, code) if code else ""


def _code(item: dict[str, Any]) -> Code:
    extra = tuple((k, v) for k, v in item.items() if k not in {"code", "label"})
    return Code(item["code"], item["label"], extra)


@cache
def _labels(name: str) -> dict[str, str]:
    return {item.code: item.label for item in code_list(name)}
