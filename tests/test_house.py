"""The house itself: locks, targets, fonts, papers and the library faults we know of."""

import ast
import itertools
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtCore import QObject, Signal

from installer import build

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "resources" / "fonts"
FACES = tomllib.loads((FONTS / "fonts.toml").read_text(encoding="utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MEBIBYTE = 1024 * 1024
NEEDS_GIT = pytest.mark.skipif(
    shutil.which("git") is None or not (ROOT / ".git").exists(),
    reason="not a git checkout: which files belong to the project is not known",
)

# Written in parts, so that this file does not name what it looks for.
MACHINE_PATHS = re.compile(
    "|".join(
        (
            r"(?<![\w.])/(?:root|work|home/\w+|Users/\w+|opt/pypi)/",
            r"(?<![\w.])/tmp/\w",
            r"[A-Z]:\\+Users\\",
        )
    )
)
HOSTS = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("debian", "org"),
            ("anaconda", "org"),
        )
    )
)


def belonging() -> list[Path]:
    """Return every file of the project: tracked, or new and not ignored."""
    found = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    named = (ROOT / name for name in found.stdout.split("\0") if name)
    return [path for path in named if path.is_file()]


def text_of(path: Path) -> str:
    """Return a text file's text; of a binary file nothing."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def pinned(lock: Path) -> list[str]:
    """Return the entries of a lock, each joined to one line."""
    joined = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def drawn_by(face: dict[str, object]) -> dict[int, str]:
    """Return which glyph a face draws for each character it has."""
    with TTFont(FONTS / str(face["file"]), lazy=True) as font:
        return font.getBestCmap()


def normalised(requirement: str) -> str:
    """Return the package a requirement names, as an index spells it."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


# ---- Locks -------------------------------------------------------------------------------------


def test_run_and_dev_are_locked():
    assert {"run.txt", "dev.txt"} <= {lock.name for lock in LOCKS}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_index_and_no_address(lock):
    for line in lock.read_text(encoding="utf-8").splitlines():
        assert "://" not in line
        assert not line.startswith("-"), f"an option in a lock: {line}"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_line_is_pinned_and_has_hashes(lock):
    for entry in pinned(lock):
        assert re.match(r"[A-Za-z0-9._-]+==\S+ ", entry), entry[:60]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry[:60]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_what_pyproject_asks_for_is_locked(lock):
    locked = {normalised(entry) for entry in pinned(lock)}
    asked = {normalised(requirement) for requirement in PROJECT["project"]["dependencies"]}
    assert asked <= locked, "run `make lock`"


def test_all_locks_agree_on_versions():
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for entry in pinned(lock):
            requirement = entry.split(" --hash")[0].strip()
            key = normalised(entry) + requirement.partition(";")[2]
            versions.setdefault(key, set()).add(requirement.partition(";")[0].strip())
    assert {key: found for key, found in versions.items() if len(found) > 1} == {}


@pytest.mark.parametrize("requirement", PROJECT["project"]["dependencies"])
def test_every_dependency_has_a_lowest_and_a_highest_version(requirement):
    assert ">=" in requirement
    if normalised(requirement) != "tzdata":  # data, numbered by year: newer is always right
        assert "<" in requirement


# ---- Targets and papers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        "run",
        "test",
        "lint",
        "types",
        "contracts",
        "bench",
        "screenshots",
        "lock",
        "clean",
        "installer",
    ],
)
def test_the_makefile_has_the_target(target):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts are run on Linux and macOS")
@pytest.mark.parametrize("script", ["installer/prepare.sh", ".ci/run"])
def test_a_shell_script_is_well_formed(script):
    shell = "bash" if script == ".ci/run" else "sh"
    assert subprocess.run([shell, "-n", ROOT / script], check=False).returncode == 0


@NEEDS_GIT
def test_no_file_names_a_registry_or_a_path_of_one_machine():
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in belonging()
        if (text := text_of(path))
        for pattern in (MACHINE_PATHS, HOSTS)
        if (hit := pattern.search(text))
    ]
    assert found == []


@NEEDS_GIT
def test_no_workspace_and_no_key_file_belongs_to_the_project():
    assert [path for path in belonging() if path.suffix in {".keys", ".ocgdesk"}] == []


def test_the_architecture_names_every_package():
    paper = ROOT / "ARCHITECTURE.md"
    assert paper.is_file(), "ARCHITECTURE.md is missing"
    text = paper.read_text(encoding="utf-8")
    packages = sorted(path.parent.name for path in (ROOT / "ocgdesk").glob("*/__init__.py"))
    unnamed = [name for name in packages if not re.search(rf"\b{name}\b", text)]
    assert unnamed == [], f"ARCHITECTURE.md does not name {', '.join(unnamed)}"


def test_the_licence_is_the_one_pyproject_states():
    first = (ROOT / "LICENSE").read_text(encoding="utf-8")[:200]
    assert PROJECT["project"]["license"] == "GPL-3.0-or-later"
    assert "GNU GENERAL PUBLIC LICENSE" in first
    assert "Version 3" in first


# ---- Installer ---------------------------------------------------------------------------------


def test_the_installer_takes_its_version_from_the_package():
    from ocgdesk import __version__

    assert build.version() == __version__


def test_the_appstream_releases_are_those_of_the_changelog():
    changelog = "## [Unreleased]\n\n## [0.2.0] - 2026-05-04\n\n## [0.1.0] - 2026-01-02\n"
    template = (ROOT / "installer/linux/net.ocgdesk.metainfo.xml").read_text(encoding="utf-8")
    component = ET.fromstring(build.metainfo(template, changelog))  # noqa: S314 - our own file
    listed = [(found.get("version"), found.get("date")) for found in component.iter("release")]
    assert listed == [("0.2.0", "2026-05-04"), ("0.1.0", "2026-01-02")]


@pytest.mark.parametrize("name", ["net.ocgdesk.metainfo.xml", "ocgdesk-mime.xml", "ocgdesk.svg"])
def test_a_file_for_the_linux_desktop_is_well_formed(name):
    ET.parse(ROOT / "installer" / "linux" / name)  # noqa: S314 - our own file


def test_desktop_entry_file_type_and_appstream_speak_of_the_same_type():
    folder = ROOT / "installer" / "linux"
    for name in ("ocgdesk.desktop", "ocgdesk-mime.xml", "net.ocgdesk.metainfo.xml"):
        assert "application/x-ocgdesk" in (folder / name).read_text(encoding="utf-8")


# ---- Fonts -------------------------------------------------------------------------------------


def test_every_shipped_face_is_listed_and_every_listed_face_is_shipped():
    assert {face["file"] for face in FACES["face"]} == {path.name for path in FONTS.glob("*.ttf")}


@pytest.mark.parametrize("face", FACES["face"], ids=lambda face: face["file"])
def test_a_face_is_what_the_list_says(face):
    with TTFont(FONTS / face["file"], lazy=True) as font:
        names = font["name"]
        assert (names.getDebugName(16) or names.getDebugName(1)) == face["family"]
        assert font["OS/2"].usWeightClass == face["weight"]
    licence = (FONTS / face["licence_file"]).read_text(encoding="utf-8")
    known = {"OFL-1.1": "SIL OPEN FONT LICENSE", "Apache-2.0": "Apache License"}
    assert known[face["licence"]] in licence


@pytest.mark.parametrize(
    "face",
    [face for face in FACES["face"] if face["family"] in {"IBM Plex Sans", "IBM Plex Mono"}],
    ids=lambda face: face["file"],
)
def test_our_own_faces_write_welsh_polish_cyrillic_and_what_looks_alike(face):
    drawn = drawn_by(face)
    assert [character for character in "ŴŵŶŷŁłńЖ01Il" if ord(character) not in drawn] == []
    # A shape each, or a plate can be misread.
    assert len({drawn[ord(character)] for character in "1Il0O"}) == 5


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("Arab", "محمد"),
        ("Beng", "রহমান"),
        ("Cyrl", "Жук"),
        ("Deva", "शर्मा"),
        ("Guru", "ਸਿੰਘ"),
        ("Hans", "张伟"),
        ("Hant", "張偉"),
        ("Hebr", "כהן"),
        ("Thai", "สมชาย"),
    ],
)
def test_a_name_in_another_script_can_be_written(script, name):
    faces = [face for face in FACES["face"] if script in face["scripts"]]
    assert faces, f"no face for {script}"
    for face in faces:
        drawn = drawn_by(face)
        assert [character for character in name if ord(character) not in drawn] == []


def test_every_family_to_fall_back_on_is_shipped():
    families = {face["family"] for face in FACES["face"]}
    assert {FACES["interface"], FACES["identifiers"], *FACES["fallbacks"]} == families


def test_the_fonts_stay_small():
    assert sum(path.stat().st_size for path in FONTS.rglob("*.*")) < 20 * MEBIBYTE


# ---- Faults of libraries -----------------------------------------------------------------------


class _Bell(QObject):
    rang = Signal(bool)


def test_ringing_a_signal_does_not_lose_references():
    """PySide6 6.12.0 drops a reference to True with each emit; Python 3.11 then aborts."""
    bell, heard = _Bell(), itertools.count()
    # What is heard must not be kept: each kept True would hide one that was lost.
    bell.rang.connect(lambda _loudly: next(heard))
    bell.rang.emit(True)
    before = sys.getrefcount(True)
    for _ in range(50):
        bell.rang.emit(True)
    after = sys.getrefcount(True)
    assert next(heard) == 51
    assert after > before - 25


def classes_of_the_window() -> dict[str, ast.ClassDef]:
    trees = (ast.parse(path.read_text()) for path in sorted((ROOT / "ocgdesk/ui").rglob("*.py")))
    found = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return {node.name: node for node in found}


def above(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> Iterator[ast.ClassDef]:
    for base in node.bases:
        if isinstance(base, ast.Name) and base.id in classes:
            yield classes[base.id]
            yield from above(classes[base.id], classes)


def methods(node: ast.ClassDef) -> dict[str, ast.FunctionDef]:
    return {one.name: one for one in node.body if isinstance(one, ast.FunctionDef)}


def test_no_method_that_is_marked_as_a_slot_is_overridden():
    """PySide goes on calling such a method when Qt has destroyed what it belongs to."""
    classes = classes_of_the_window()
    assert len(classes) > 300
    marked = {
        (base.name, name)
        for node in classes.values()
        for base in above(node, classes)
        for name, method in methods(base).items()
        if name in methods(node) and any("Slot" in ast.dump(one) for one in method.decorator_list)
    }
    assert marked == set()
