"""Cells a spreadsheet would run as formulas, made harmless and read back as they were.

Source: OWASP, CSV Injection: a cell that starts with one of these is led by an apostrophe.
"""

import re

_STARTS = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"''*[=+\-@\t\r\n]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def guarded(text: str) -> str:
    """Return the text so that no spreadsheet runs it; plain numbers stay numbers."""
    if _STARTS.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def unguarded(text: str) -> str:
    """Return what ``guarded`` was given."""
    return text[1:] if _GUARDED.match(text) else text
