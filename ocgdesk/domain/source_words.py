"""Whether the text of an intelligence report reads as if it gave its source away.

A warning only: people decide. The patterns are the reference list ``source-words``. After the
College of Policing's APP Intelligence management: before a report is shared, remove what
explicitly or implicitly identifies its source.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from ocgdesk.domain.reference_data import code_list
from ocgdesk.i18n import N_, _

SANITISATION: Final = (
    N_("Could somebody who reads this tell who said it, or who was there?"),
    N_("Does it say how it is known? Say what is known instead."),
    N_("Could only few people know it? Make place, time or detail less exact."),
    N_("Do the words sound like one person? Write it in plain reported speech."),
    N_("Put together with other reports, would it point to one person?"),
)
"""Questions to ask before a report is shared; shown whether or not the check found anything."""

_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|‘[^’]*’(?!\w)')


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of text that may give a source away, and why."""

    start: int
    end: int
    text: str
    code: str
    """The code of the reason, of the list of the words."""
    words: str


@dataclass(frozen=True, slots=True)
class _Reason:
    code: str
    words: str
    patterns: tuple[re.Pattern[str], ...]
    outside_quotes: bool


SOURCES: Final = "source-words"
VICTIMS: Final = "victim-words"
"""Words that make an offender of somebody who was exploited."""


def findings(text: str, list_name: str = SOURCES) -> tuple[Finding, ...]:
    """Return what in a text may give a source away, in order; each stretch once.

    ``list_name`` may be another list of patterns, such as ``VICTIMS``.
    """
    every = sorted(_every(text, list_name), key=lambda one: (one.start, -one.end))
    return tuple(_outermost(every))


def warning(found: Iterable[Finding]) -> str | None:
    """Return the findings as one sentence for a form; None where there are none."""
    reasons = dict.fromkeys(one.code for one in found)
    if not reasons:
        return None
    said = "; ".join(reason.words for reason in _reasons(SOURCES) if reason.code in reasons)
    return _("This reads as if it could give a source away: {reasons}").format(reasons=said)


def _every(text: str, list_name: str) -> Iterator[Finding]:
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    for reason in _reasons(list_name):
        for pattern in reason.patterns:
            for match in pattern.finditer(text):
                if not (reason.outside_quotes and _is_within(match.start(), quoted)):
                    yield Finding(*match.span(), match[0], reason.code, reason.words)


def _is_within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _outermost(ordered: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out what lies within, or begins inside, a finding before it."""
    reached = -1
    for one in ordered:
        if one.start >= reached:
            reached = one.end
            yield one


@cache
def _reasons(list_name: str) -> tuple[_Reason, ...]:
    known = code_list(list_name)
    words: dict[str, str] = known.data.get("words", {})
    return tuple(
        _Reason(
            item.code,
            _(item.label),
            tuple(_compiled(pattern, words) for pattern in item.get("patterns")),
            bool(item.get("outside_quotes", False)),
        )
        for item in known
    )


def _compiled(pattern: str, words: dict[str, str]) -> re.Pattern[str]:
    for name, listed in words.items():
        pattern = pattern.replace(f"<{name}>", listed)
    return re.compile(pattern, re.IGNORECASE)
