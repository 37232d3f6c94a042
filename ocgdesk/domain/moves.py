"""Which changes of status are allowed, what each needs, and why another is refused.

The moves are reference data (``ocg-moves`` and its kin); this module only reads them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Final
from uuid import UUID

from ocgdesk import resources
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.i18n import _

MOVES: Final = {
    "ocg-statuses": "ocg-moves",
    "line-statuses": "line-moves",
    "attribution-statuses": "attribution-moves",
    "action-statuses": "action-moves",
    "disruption-statuses": "disruption-moves",
}
"""The list of moves by the list of statuses, as a field's description names it."""


@dataclass(frozen=True, slots=True)
class Move:
    """One act that changes a status. ``needs`` are codes of the list ``move-needs``."""

    code: str
    label: str
    starts: frozenset[str]
    """The statuses it can be done in."""
    to: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Life:
    """What the list of moves says as a whole: of what, and where nothing leads on."""

    thing: str
    hints: dict[str, str]
    moves: tuple[Move, ...]


@cache
def _life(statuses: str) -> _Life | None:
    if (name := MOVES.get(statuses)) is None:
        return None
    top = resources.toml("reference", f"{name}.toml")
    found = tuple(
        Move(
            item.code,
            item.label,
            frozenset(item.get("from")),
            item.get("to"),
            tuple(item.get("needs", ())),
        )
        for item in code_list(name)
    )
    return _Life(thing=top["thing"], hints=top.get("hints", {}), moves=found)


def allowed(statuses: str, old: str) -> tuple[Move, ...]:
    """Return what can be done with a thing of this status, in the order of the list."""
    life = _life(statuses)
    return tuple(move for move in life.moves if old in move.starts) if life else ()


def move_between(statuses: str, old: str, new: str) -> Move | None:
    """Return the move from one status to the other, if there is one."""
    return next((move for move in allowed(statuses, old) if move.to == new), None)


def refuse_move(statuses: str, old: str, new: str) -> str | None:
    """Return why a status cannot become another, and what would be needed; None if it can.

    An empty old status is that of a new or imported record, which may begin anywhere. A list
    without moves lets its statuses change freely.
    """
    known = code_list(statuses)
    if new not in known:
        return _("{code!r} is not in the list of {title}").format(code=new[:40], title=known.title)
    life = _life(statuses)
    if life is None or old in {"", new} or move_between(statuses, old, new):
        return None
    words = _("{thing} that is {old} cannot become {new}").format(
        thing=_(life.thing), old=known.label(old), new=known.label(new)
    )
    return words + (_way_words(statuses, old, new) or _end_words(life, statuses, old))


def missing(statuses: str, old: str, new: str, given: Collection[str]) -> tuple[str, ...]:
    """Return what a move needs (codes of ``move-needs``) and was not given."""
    move = move_between(statuses, old, new)
    return tuple(need for need in move.needs if need not in given) if move else ()


def refuse_without(statuses: str, old: str, new: str, given: Collection[str]) -> str | None:
    """Return what a move still needs, in a sentence; None where nothing is missing."""
    move = move_between(statuses, old, new)
    absent = [_(label("move-needs", need)) for need in missing(statuses, old, new, given)]
    if move is None or not absent:
        return None
    return _("{move}: this needs {needs}").format(move=_(move.label), needs=_listed(absent))


def refuse_reviewer(analyst: UUID | None, reviewer: UUID) -> str | None:
    """Return why this user cannot review, confirm or reject an attribution; None if they can.

    Users are compared, never roles.
    """
    if analyst is None:
        return _("Nobody is named as the analyst: say whose proposal it is before the review")
    if analyst == reviewer:
        return _("You proposed this yourself: somebody else has to review it")
    return None


def _way_words(statuses: str, old: str, new: str) -> str:
    """Return through what the status leads there; empty where nothing does."""
    if not (between := _way(statuses, old, new)):
        return ""
    steps = _(", then ").join(label(statuses, status) for status in between)
    return _(" at once: it must first be {steps}").format(steps=steps)


def _end_words(life: _Life, statuses: str, old: str) -> str:
    """Return what can be done instead."""
    if hint := life.hints.get(old):
        return f". {_(hint)}"
    ends = dict.fromkeys(label(statuses, move.to) for move in allowed(statuses, old))
    return _("; it can become {ends}").format(ends=_listed(list(ends), _("or"))) if ends else ""


def _way(statuses: str, old: str, new: str) -> tuple[str, ...]:
    """Return the statuses between two by the fewest moves; empty where no way leads there."""
    ways: dict[str, tuple[str, ...]] = {old: ()}
    queue = [old]
    for here in queue:  # grows while it is walked
        for move in allowed(statuses, here):
            if move.to == new:
                return ways[here]
            if move.to not in ways:
                ways[move.to] = (*ways[here], move.to)
                queue.append(move.to)
    return ()


def _listed(words: list[str], last: str = "") -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last or _('and')} {words[-1]}"
