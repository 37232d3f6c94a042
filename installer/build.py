"""Build the program with its own Python: `python installer/build.py`.

Leaves `dist/ocgdesk/` (the folder that runs), on Linux also `dist/linux/` (what a distribution
needs to show it), and on Windows an installer if Inno Setup is there.
"""

import platform
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "installer"
DIST = ROOT / "dist"


def version() -> str:
    """Return the version, which stands in one place only."""
    text = (ROOT / "ocgdesk" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    if found is None:
        raise SystemExit("ocgdesk/__init__.py states no version")
    return found[1]


def releases(changelog: str) -> Iterator[tuple[str, str]]:
    """Yield version and date of each release, newest first; what is unreleased is left out."""
    for found in re.finditer(r"^## \[(\d[^\]]*)\] - (\d{4}-\d\d-\d\d)$", changelog, re.MULTILINE):
        yield found[1], found[2]


def metainfo(template: str, changelog: str) -> str:
    """Return the AppStream text with the releases that the changelog names."""
    parser = ET.XMLParser(target=ET.TreeBuilder(insert_comments=True))  # noqa: S314 - our own file
    component = ET.fromstring(template, parser)  # noqa: S314 - likewise
    listed = component.find("releases")
    if listed is None:
        raise SystemExit("the AppStream file has no place for releases")
    for number, date in releases(changelog):
        ET.SubElement(listed, "release", version=number, date=date)
    ET.indent(component)
    return ET.tostring(component, encoding="unicode", xml_declaration=True) + "\n"


def freeze() -> None:
    """Collect the program, its Python and its libraries into one folder."""
    arguments = ["--noconfirm", "--clean", "--distpath", str(DIST)]
    arguments += ["--workpath", str(ROOT / "build"), str(HERE / "ocgdesk.spec")]
    subprocess.run([sys.executable, "-m", "PyInstaller", *arguments], check=True, cwd=ROOT)


def describe_for_linux() -> None:
    """Lay desktop entry, AppStream text and file type ready for a package."""
    target = DIST / "linux"
    target.mkdir(parents=True, exist_ok=True)
    for name in ("ocgdesk.desktop", "ocgdesk-mime.xml", "ocgdesk.svg"):
        shutil.copy(HERE / "linux" / name, target / name)
    template = (HERE / "linux" / "net.ocgdesk.metainfo.xml").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    text = metainfo(template, changelog)
    (target / "net.ocgdesk.metainfo.xml").write_text(text, encoding="utf-8")


def compile_windows_installer() -> None:
    """Wrap the folder in an installer; say so if Inno Setup is missing."""
    compiler = shutil.which("iscc")
    if compiler is None:
        print("Inno Setup (iscc) was not found: dist/ocgdesk is ready, without an installer")
        return
    script = str(HERE / "windows" / "ocgdesk.iss")
    subprocess.run([compiler, f"/DVersion={version()}", script], check=True, cwd=ROOT)


def main() -> None:
    """Build for the system this runs on."""
    print(f"Building OCG Desk {version()}")
    freeze()
    if platform.system() == "Windows":
        compile_windows_installer()
    elif platform.system() == "Linux":
        describe_for_linux()
    print(f"Ready: {(DIST / 'ocgdesk').relative_to(ROOT)}")


if __name__ == "__main__":
    main()
