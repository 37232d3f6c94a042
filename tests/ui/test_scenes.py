"""The pictures of the guide: each scene opens, shows something, and is one the chapters use."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from ocgdesk import resources
from ocgdesk.casework import access, samples
from ocgdesk.reports import guide
from ocgdesk.ui import scenes
from ocgdesk.ui.scenes import SCENES
from ocgdesk.ui.window import MainWindow
from tests.makers import CHEAP

MOST_BYTES = 4_000_000


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("guide") / "force.ocgdesk"
    made = samples.write(path, "force", as_of=date.today(), cost=CHEAP).workspace  # noqa: DTZ011
    scenes.prepare(made)
    made.close()
    return path


@pytest.fixture
def window(dressed: QApplication, sample: Path, user: str) -> Iterator[MainWindow]:
    made = scenes.stage(access.unlock(sample, user, samples.PASSPHRASE))
    yield made
    made.close()
    made.deleteLater()


def is_blank(picture: bytes) -> bool:
    """Tell whether next to nothing is drawn between the bars of the window."""
    shown = Image.open(io.BytesIO(picture))
    assert shown.size == scenes.SIZE
    page = shown.convert("L").crop((60, 90, shown.width, shown.height - 60))
    return sum(page.histogram()[:160]) < page.width * page.height * 0.005


@pytest.mark.parametrize("user", scenes.USERS)
def test_every_scene_of_a_user_opens_and_none_is_blank(window: MainWindow, user: str):
    theirs = [scene for scene in SCENES if scene.user == user]
    late, blank = [], []
    for scene in theirs:
        if not scenes.play(window, scene):
            late.append(scene.name)
        elif is_blank(scenes.picture(window)):
            blank.append(scene.name)
    assert theirs
    assert not late
    assert not blank


def test_every_scene_is_seen_by_a_user_of_the_sample():
    assert {scene.user for scene in SCENES} == set(scenes.USERS)


def test_the_chapters_show_every_picture_and_no_other():
    shown = [name for one in guide.chapters() for name in one.pictures]
    assert sorted(set(shown)) == sorted(scene.name for scene in SCENES)


def test_the_pictures_that_ship_are_those_of_the_scenes_and_small():
    files = list(resources.path("help", "pictures").iterdir())
    assert sorted(file.name for file in files) == sorted(f"{scene.name}.png" for scene in SCENES)
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    shown = (Image.open(io.BytesIO(file.read_bytes())) for file in files)
    assert all(picture.size == scenes.SIZE for picture in shown)
