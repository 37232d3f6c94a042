"""What the tests of the command line share: a sample to work on, and a way to run commands."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from makers import CHEAP

from ocgdesk import cli
from ocgdesk.casework import samples
from ocgdesk.cli.session import NEW_PASSPHRASE, PASSPHRASE, USER
from ocgdesk.settings import FOLDER_VARIABLE

AS_OF = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, read back."""
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings, users and passphrases of whoever runs the tests out of them."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "config"))
    for name in (PASSPHRASE, NEW_PASSPHRASE, USER, cli.DEBUG):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def ocgdesk(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run one command as ``ocgdesk`` does, in this process."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = cli.main([str(argument) for argument in arguments])
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def program() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the real program, as a program of its own, without a terminal."""

    def run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ocgdesk", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | more,
            stdin=subprocess.DEVNULL,
            timeout=110,
        )

    return run


@pytest.fixture(scope="session")
def force_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample of a force, made once; its passphrase costs nothing to try."""
    path = tmp_path_factory.mktemp("sample") / "force.ocgdesk"
    samples.write(path, "force", seed=1, as_of=AS_OF, cost=CHEAP).workspace.close()
    return path


@pytest.fixture
def force(force_once: Path, tmp_path: Path) -> Path:
    """A sample of a force of the test's own."""
    path = tmp_path / "w.ocgdesk"
    for end in ("", ".keys"):
        shutil.copyfile(f"{force_once}{end}", f"{path}{end}")
    return path
