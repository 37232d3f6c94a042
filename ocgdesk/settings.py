"""What a user prefers on this machine. No name of a record and no passphrase is ever kept here."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, Self

NAME: Final = "settings.json"
FOLDER_VARIABLE: Final = "OCGDESK_CONFIG"
_MOST_BYTES = 256 * 1024
_MOST_RECENT = 10
_MOST_LETTERS = 1_000

THEMES: Final = ("system", "light", "dark", "contrast")
LANGUAGES: Final = ("en", "cy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Preferences of one user of one machine; every one has a default that works."""

    author: str = ""
    """Printed on charts and papers."""
    agency: str = ""
    """The agency's code: start of references in new workspaces, printed on papers."""
    theme: str = "system"
    text_scale: float = 1.0
    """Size of text relative to the theme's own, 0.8 to 2."""
    reduced_motion: bool = False
    lock_after_minutes: int = 10
    """Minutes without a key or a mouse after which the desktop locks; 0: never."""
    escalate_after_days: int = 14
    """So many days over, what is due comes up to a coordinator by itself."""
    language: str = "en"
    """ISO 639 code."""
    recent: tuple[str, ...] = ()
    """Paths of workspaces, the newest first."""
    default_user: str = ""
    """The user name offered first when unlocking."""
    backup_at_close: bool = True
    backup_keep: int = 10
    backup_folder: str = ""
    """Where copies at close go; empty: a folder beside the workspace."""

    def opened(self, path: Path) -> Self:
        """Return the settings with a workspace at the head of the recent ones."""
        first = str(path.resolve())
        rest = (known for known in self.recent if known != first)
        return replace(self, recent=(first, *rest)[:_MOST_RECENT])

    def forgotten(self, path: Path) -> Self:
        """Return the settings without a workspace among the recent ones."""
        gone = {str(path), str(path.resolve())}
        return replace(self, recent=tuple(known for known in self.recent if known not in gone))


def folder() -> Path:
    """Return the folder the settings are kept in; ``OCGDESK_CONFIG`` names another."""
    if chosen := os.environ.get(FOLDER_VARIABLE):
        return Path(chosen)
    from platformdirs import user_config_dir

    return Path(user_config_dir("ocgdesk", appauthor=False, roaming=False))


def load(path: Path | None = None) -> Settings:
    """Read the settings; whatever is missing, damaged or absurd falls back to its default."""
    path = path or folder() / NAME
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return Settings()
    return _read(found) if isinstance(found, dict) else Settings()


def save(settings: Settings, path: Path | None = None) -> bool:
    """Write the settings whole or not at all; return whether that worked.

    Preferences that cannot be kept are no reason to stop anybody's work: the old file stands.
    """
    path = path or folder() / NAME
    new = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(_owner_only(new), "w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except (OSError, UnicodeEncodeError):
        with suppress(OSError):
            new.unlink(missing_ok=True)
        return False
    return True


def _owner_only(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)


def _read(found: dict[str, Any]) -> Settings:
    values: dict[str, Any] = {}
    for field in fields(Settings):
        if field.name in found:
            read = _READERS.get(field.name) or _BY_DEFAULT[type(field.default)]
            with suppress(ValueError, TypeError):
                values[field.name] = read(found[field.name])
    return Settings(**values)


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MOST_LETTERS:
        raise ValueError
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(item) for item in value)[:_MOST_RECENT]


def _one_of(*known: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in known:
            raise ValueError
        return str(value)

    return read


def _number(least: float, most: float, kind: type = int) -> Callable[[object], Any]:
    def read(value: object) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError
        if not least <= value <= most:
            raise ValueError
        return kind(value)

    return read


_BY_DEFAULT: dict[type, Callable[[object], Any]] = {str: _text, bool: _flag, tuple: _texts}
_READERS: dict[str, Callable[[object], Any]] = {
    "theme": _one_of(*THEMES),
    "language": _one_of(*LANGUAGES),
    "text_scale": _number(0.8, 2.0, float),
    "lock_after_minutes": _number(0, 24 * 60),
    "escalate_after_days": _number(1, 365),
    "backup_keep": _number(1, 1_000),
}
