"""What ``make bench`` measures: each figure beside its floor, in the same run."""

import ocgdesk as ocgdesk  # first: it says how many threads numpy may take
