"""What the tests of the window share: a theme, settings of their own, a desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ocgdesk.settings import FOLDER_VARIABLE, Settings
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.desk import Desk


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep settings and window places away from those of whoever runs the tests."""
    folder = tmp_path / "config"
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    return folder


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application with the project's fonts, in the light theme."""
    fonts.register()
    theme.apply(qapp, theme.load("light"))
    return qapp


@pytest.fixture
def desk(dressed: QApplication, workspace: Workspace) -> Iterator[Desk]:
    """A desk over the workspace, closed when the test ends."""
    made = Desk(workspace, Settings(author="Ann Example", agency="WMP"))
    yield made
    made.close()
