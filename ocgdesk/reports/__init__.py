"""Papers and pictures: builders make values, writers make files."""

import os

from ocgdesk import settings

# matplotlib keeps a list of fonts, and would make a temporary folder for it if it found no home.
os.environ.setdefault("MPLCONFIGDIR", str(settings.folder() / "matplotlib"))
