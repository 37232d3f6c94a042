"""Synthetic workspaces for demonstrations, tests and measurements: invented from end to end.

Names are invented combinations, streets and postal areas do not exist, telephone numbers are of
Ofcom's range for drama, registration marks, company, PNC and account numbers of ranges that are
never issued.
"""

from ocgdesk.casework.sample.sizes import SIZES
from ocgdesk.casework.sample.values import Sample, Step
from ocgdesk.casework.sample.whole import build

__all__ = ["SIZES", "Sample", "Step", "build"]
