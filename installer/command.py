"""Where the frozen command line starts."""

import sys
from multiprocessing import freeze_support

from ocgdesk.__main__ import main

if __name__ == "__main__":
    freeze_support()  # the worker process is this program again
    sys.exit(main())
