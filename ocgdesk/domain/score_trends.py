"""How a measure of a score went over time, among scores that can be compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ocgdesk.domain.dates import shown
from ocgdesk.domain.scoring import Score, comparable
from ocgdesk.i18n import _, ngettext


class Direction(StrEnum):
    """Which way a measure went between its last two scores."""

    RISING = "rising"
    FALLING = "falling"
    LEVEL = "level"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Dated:
    """A score and the day it was made."""

    on: date
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How one measure went over the scores that can be compared with the newest."""

    measure: str
    direction: Direction
    words: str
    points: tuple[tuple[date, int], ...] = ()
    left_out: int = 0
    """Scores that cannot be compared with the newest: another version, source or sheet."""


def trend(scores: Iterable[Dated], measure: str) -> Trend:
    """Return the trend of a measure: a block's total or the result (see ``Sheet.measures``)."""
    ordered = sorted((one for one in scores if one.score.is_assessed), key=lambda one: one.on)
    if not ordered:
        return Trend(measure=measure, direction=Direction.UNKNOWN, words=_("Not assessed"))
    newest = ordered[-1].score
    alike = [one for one in ordered if comparable(one.score, newest) is None]
    valued = [(one.on, one.score.measure(measure)) for one in alike]
    points = tuple((on, value) for on, value in valued if value is not None)
    left_out = len(ordered) - len(alike)
    direction = _direction(points) if valued[-1][1] is not None else Direction.UNKNOWN
    words = _trend_words(direction, points, is_hidden=valued[-1][1] is None)
    return Trend(
        measure=measure,
        direction=direction,
        words=words + _left_out_words(left_out),
        points=points,
        left_out=left_out,
    )


def _direction(points: tuple[tuple[date, int], ...]) -> Direction:
    if len(points) < 2:
        return Direction.UNKNOWN
    change = points[-1][1] - points[-2][1]
    if change == 0:
        return Direction.LEVEL
    return Direction.RISING if change > 0 else Direction.FALLING


def _trend_words(
    direction: Direction, points: tuple[tuple[date, int], ...], *, is_hidden: bool
) -> str:
    if is_hidden:
        return _("The newest score has no total")
    on, now = points[-1]
    if direction is Direction.UNKNOWN:
        return _("{now} on {day}, nothing before to compare with").format(now=now, day=shown(on))
    before, was = points[-2]
    said = {
        Direction.RISING: _("Rising: {now}, from {was} on {day}"),
        Direction.FALLING: _("Falling: {now}, from {was} on {day}"),
        Direction.LEVEL: _("Level: {now}, as on {day}"),
    }
    return said[direction].format(now=now, was=was, day=shown(before))


def _left_out_words(n: int) -> str:
    if not n:
        return ""
    return ngettext(
        "; {n} score of another version or source is left out",
        "; {n} scores of another version or source are left out",
        n,
    ).format(n=n)
