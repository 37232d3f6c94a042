"""Take the drawings that the table of icons names from the package "lucide" (``make icons``)."""

import json
import tomllib
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"


def drawings() -> dict[str, str]:
    """Return the SVG text of every drawing named, by its name in the package."""
    named = tomllib.loads((ICONS / "icons.toml").read_text(encoding="utf-8"))["lucide"]
    with ZipFile(BytesIO(files("lucide").joinpath("lucide.zip").read_bytes())) as shipped:
        return {name: shipped.read(f"{name}.svg").decode() for name in sorted(set(named.values()))}


def main() -> None:
    """Write them as one file: the window reads it once."""
    text = json.dumps(drawings(), indent=1, ensure_ascii=False) + "\n"
    (ICONS / "lucide.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
