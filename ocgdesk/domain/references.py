"""References: ``<AGENCY><workspace code>-<KIND>-<YYYY>-<NNNN>``."""

import re

from ocgdesk.domain.kinds import REFERENCE_LETTERS, Kind
from ocgdesk.errors import Refused


def prefix(agency: str, workspace_code: str) -> str:
    """Return the start of every reference this workspace issues, such as ``WMPA1``.

    The workspace code is what keeps two offline workstations of one force from issuing the
    same reference. Refused unless both are capitals and digits.
    """
    agency, code = agency.strip().upper(), workspace_code.strip().upper()
    if not re.fullmatch(r"[A-Z]{2,5}", agency) or not re.fullmatch(r"[A-Z0-9]{1,4}", code):
        raise Refused("An agency is two to five letters, a workspace code one to four, like WMP A1")
    return agency + code


def reference(start: str, kind: Kind, year: int, number: int) -> str:
    """Return one reference; empty for kinds that carry none."""
    letters = REFERENCE_LETTERS.get(kind)
    return f"{start}-{letters}-{year}-{number:04d}" if letters else ""
