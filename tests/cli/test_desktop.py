"""Where the command line meets the window: it is handed the way there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ocgdesk import __main__ as program
from ocgdesk.cli import Doors, main

Run = Callable[..., Any]


def test_open_leads_to_the_desktop_with_the_workspace(force: Path):
    seen: list[Path | None] = []

    def desktop(path: Path | None) -> int:
        seen.append(path)
        return 0

    doors = Doors(desktop=desktop)
    assert main(["open", str(force)], doors=doors) == 0
    assert main(["open"], doors=doors) == 0
    assert seen == [force, None]
    assert main(["open", str(force.with_name("none.ocgdesk"))], doors=doors) == 1


def test_without_a_window_open_says_so(ocgdesk: Run, force: Path):
    assert ocgdesk("open", force).code == 1


def test_without_arguments_the_desktop_opens(monkeypatch: pytest.MonkeyPatch):
    given: list[list[str]] = []
    monkeypatch.setattr("ocgdesk.app.main", lambda arguments: given.append(list(arguments)) or 0)
    assert program.main([]) == 0
    assert program.main(["open"]) == 0
    assert given == [[], []]
