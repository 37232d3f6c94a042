"""``ocgdesk``: the command line; without arguments the desktop."""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, or open the desktop where none is given; return the exit code."""
    # Bulk work makes many small values that live on: looked through every 700 of them, as
    # Python does unless told otherwise, a third of an import goes into collecting nothing.
    gc.set_threshold(200_000, 20, 20)
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments:
        return _desktop(None)
    from ocgdesk import cli
    from ocgdesk.cli.doors import Doors

    return cli.main(arguments, doors=Doors(desktop=_desktop, pictures=_pictures))


def _desktop(path: Path | None) -> int:
    from ocgdesk import app

    return app.main([] if path is None else [str(path)])


def _pictures(folder: Path) -> int:
    from ocgdesk.ui import screenshots

    return screenshots.main([str(folder)])


if __name__ == "__main__":
    raise SystemExit(main())
