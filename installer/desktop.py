"""Where the frozen desktop starts."""

import sys
from multiprocessing import freeze_support

from ocgdesk.app import main

if __name__ == "__main__":
    freeze_support()  # the worker process is this program again
    sys.exit(main())
