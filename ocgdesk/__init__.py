"""OCG Desk: organised crime group mapping and case management on one encrypted workstation."""

import os

__version__ = "0.1.0"

# The matrices of a layout are small: a second thread of BLAS only waits for them, on the core
# that the window wants. Read when numpy is first imported, which is after this.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
