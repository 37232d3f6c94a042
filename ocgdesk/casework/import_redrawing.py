"""The lines of a draft as they are with what was decided: only those that it touches are made anew.

A draft of a hundred thousand rows is laid out in a second; a decision must not cost that.
"""

from collections.abc import Mapping
from dataclasses import replace

from ocgdesk.casework import import_lines
from ocgdesk.casework.import_lines import Checked
from ocgdesk.casework.import_proposal import Proposal, Row
from ocgdesk.casework.import_rows import Line, Lines, Place
from ocgdesk.exchange.draft import DraftRecord
from ocgdesk.exchange.raw import Problem

_Name = tuple[str, ...]


def with_decisions(base: Checked, proposal: Proposal) -> Checked:
    """Return a draft with a proposal that was made of its own by decisions."""
    changed = _changed(base.proposal, proposal)
    known = set(base.draft.problems)
    fresh = {(one.file, one.row) for one in proposal.draft.problems if one not in known}
    touched = fresh | {place for places in changed.values() for place in places}
    now = {_name(row): row for row in proposal.rows if _place(row) in touched}
    problems: dict[Place, list[Problem]] = {}
    for problem in proposal.draft.problems:
        if (place := (problem.file, problem.row)) in touched:
            problems.setdefault(place, []).append(problem)
    return replace(
        base,
        proposal=proposal,
        counts=proposal.counts(),
        records=_redrawn(base.records, touched, now, problems),
        links=_redrawn(base.links, touched, now, problems),
        asked_rows=import_lines.asked(proposal),
    )


def _changed(before: Proposal, after: Proposal) -> dict[str, set[Place]]:
    """Return the places of rows that are others now, and of those that went."""
    old, new = set(map(id, before.rows)), set(map(id, after.rows))
    return {
        "came": {_place(row) for row in after.rows if id(row) not in old},
        "went": {_place(row) for row in before.rows if id(row) not in new},
    }


def _place(row: Row) -> Place:
    return row.draft.file, row.draft.row


def _name(row: Row) -> _Name:
    """Return what a row of a draft is known by: its record or its link."""
    draft = row.draft
    return (
        ("record", draft.full_key)
        if isinstance(draft, DraftRecord)
        else ("link", draft.scheme, draft.key)
    )


def _redrawn(
    lines: Lines,
    touched: set[Place],
    now: Mapping[_Name, Row],
    problems: Mapping[Place, list[Problem]],
) -> Lines:
    new: dict[int, Line] = {}
    for at, line in enumerate(lines.all):
        place = (line.file, line.number)
        if place in touched:
            rows = [row for old in line.rows if (row := now.get(_name(old))) is not None]
            new[at] = replace(
                line,
                row=rows[0] if rows else None,
                more=tuple(rows[1:]),
                problems=tuple(problems.get(place, ())),
            )
    return lines.with_lines(new)
