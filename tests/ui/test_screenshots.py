"""Pictures of every page: they come, they say when one did not, they delete nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from ocgdesk.store.workspace import Workspace
from ocgdesk.ui import screenshots
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.screenshots import Shot

HELP = Shot("help", "analyst", Target(page=PageKind.HELP))


@pytest.fixture
def one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def only(_workspace: Workspace) -> Iterator[Shot]:
        yield HELP

    monkeypatch.setattr(screenshots, "shots", only)
    monkeypatch.setattr(screenshots, "VIEWS", screenshots.VIEWS[:1])


@pytest.mark.usefixtures("dressed", "one_page")
def test_a_picture_of_each_page_is_written_beside_what_was_there(tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("mine", encoding="utf-8")
    assert screenshots.main([str(tmp_path)]) == 0
    picture = QImage(str(tmp_path / "light" / "help-1440.png"))
    assert (picture.width(), picture.height()) == (1440, 900)
    assert not QImage(str(tmp_path / "light" / "unlock-1440.png")).isNull()
    assert kept.read_text(encoding="utf-8") == "mine"


@pytest.mark.usefixtures("dressed", "one_page")
def test_a_page_that_never_comes_is_named_and_the_answer_is_not_zero(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(screenshots, "PATIENCE", 0.3)
    monkeypatch.setattr(screenshots, "is_ready", lambda _window: False)
    assert screenshots.main([str(tmp_path)]) == 1
    assert "help (light, 1440) was not ready" in capsys.readouterr().err


@pytest.mark.usefixtures("dressed")
def test_a_workspace_that_is_no_sample_is_left_alone(
    make_workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_workspace("sample").close()
    before = (tmp_path / "sample.ocgdesk").read_bytes()
    assert screenshots.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert (tmp_path / "sample.ocgdesk").read_bytes() == before
