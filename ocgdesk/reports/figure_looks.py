"""The colours of figures, the same painted and on slides; each holds up in black and white."""

from typing import Final

from ocgdesk.reports.figures import Series

NOW, BEFORE, INK, QUIET, PAPER = "#2450B8", "#C3CBD6", "#161C26", "#596372", "#FFFFFF"
INKS: Final = (NOW, INK, "#7C8695", "#3E9E86", "#A8457F", "#8F4A00")
"""Of lines, in their order; dashes and marks tell them apart too."""
TONES: Final = (NOW, BEFORE, PAPER)
"""What stands side by side and is neither a strand nor a period."""
RESTS: Final = (PAPER, "#D9DEE6", "#8B95A3", "#4A5565")
"""What is of no strand: white first, then greys."""

GREYS: Final = ("#1D3F7D", "#6B7686", "#3E6FB8", "#9AA5B4", "#22507A", "#7F8CA0")
"""Of the bands of a flow, by where they begin."""


def tone(one: Series) -> str:
    """Return the colour of a bar that is of no strand: of the period before, or by its place."""
    return BEFORE if one.earlier else TONES[one.tone % len(TONES)]
