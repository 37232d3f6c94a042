"""A reference list as a file: TOML, as the lists ship, to be edited and read back."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from ocgdesk.errors import CannotWrite, Refused
from ocgdesk.i18n import _

MOST_BYTES: Final = 2 * 1024 * 1024


def read(path: Path) -> dict[str, Any]:
    """Return the list a file holds; Refused, in a sentence, where it cannot be read."""
    try:
        with path.open("rb") as file:
            held = file.read(MOST_BYTES + 1)
        if len(held) > MOST_BYTES:
            raise Refused(_("{name} is larger than a list can be").format(name=path.name))
        found = tomllib.loads(held.decode("utf-8-sig"))
    except OSError:
        raise Refused(_("{name} cannot be read").format(name=path.name)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(_("{name} is no TOML file: {error}").format(
            name=path.name, error=error
        )) from None  # fmt: skip
    if not isinstance(found.get("version"), int):
        raise Refused(_("{name} does not say of which version it is").format(name=path.name))
    return found


def write(path: Path, data: Mapping[str, Any]) -> None:
    """Write a list as such a file; CannotWrite where the place does not allow it."""
    try:
        path.write_text(written(data), encoding="utf-8")
    except OSError:
        raise CannotWrite(_("{name} cannot be written").format(name=path.name)) from None


def written(data: Mapping[str, Any]) -> str:
    """Return a list as the text of such a file."""
    return "\n".join(_table(data, "")) + "\n"


def _table(data: Mapping[str, Any], within: str) -> Iterator[str]:
    """Write plain values first, then tables and arrays of tables, as TOML has it."""
    for name, value in data.items():
        if not _is_table(value):
            yield f"{_key(name)} = {_value(value)}"
    for name, value in data.items():
        path = f"{within}{_key(name)}"
        if isinstance(value, Mapping):
            yield from ("", f"[{path}]", *_table(value, f"{path}."))
        elif _is_table(value):
            for one in value:
                yield from ("", f"[[{path}]]", *_plain(one))


def _plain(data: Mapping[str, Any]) -> Iterator[str]:
    for name, value in data.items():
        yield f"{_key(name)} = {_value(value)}"


def _is_table(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(one, Mapping) for one in value)
    return isinstance(value, Mapping)


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else json.dumps(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items())
        return f"{{ {inner} }}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
