"""Where the files that ship with the program are: in a checkout, a wheel or a frozen build."""

import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def root() -> Path:
    """Return the folder of shipped files.

    Raises FileNotFoundError when the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    frozen = Path(getattr(sys, "_MEIPASS", package.parent)) / "resources"
    for candidate in (frozen, package / "_resources", package.parent / "resources"):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError("the folder of shipped files is missing from this installation")


def path(*parts: str) -> Path:
    """Return the path of one shipped file, such as ``path("themes", "light.toml")``."""
    return root().joinpath(*parts)


def toml(*parts: str) -> dict[str, Any]:
    """Return one shipped TOML file as a dictionary."""
    return tomllib.loads(path(*parts).read_text(encoding="utf-8"))
