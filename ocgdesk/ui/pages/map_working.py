"""What a map shows of the lines it has: worked out from values, on any thread."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from ocgdesk.domain import line_map
from ocgdesk.domain.line_map import Flow, Gazetteer, LineMap
from ocgdesk.ui.pages import map_rows
from ocgdesk.ui.pages.map_rows import Row

CROWDED: Final = 60
"""Flows from which on the hubs of one force are drawn as one at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of a map is to be shown."""

    first: date | None = None
    last: date | None = None
    trade: str = ""
    gather: bool = False
    """Whether the hubs of a force are one."""
    apart: bool = True
    """Whether commodities are drawn apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """The flows of what was asked for, and the same as rows."""

    asked: Asked
    flows: tuple[Flow, ...] = ()
    rows: list[Row] = field(default_factory=list)
    lines: int = 0
    """County lines among them."""


def at_first(found: LineMap) -> Asked:
    """Return what is shown before anybody chose: a crowded map is drawn with less in it."""
    crowded = len(line_map.flows(found)) > CROWDED
    return Asked(gather=crowded, apart=not crowded)


def work_out(found: LineMap, asked: Asked) -> Worked:
    """Return the flows of what is asked for, widest first."""
    flows = line_map.flows(found, asked.first, asked.last, asked.trade)
    if asked.gather:
        flows = line_map.by_force(flows, Gazetteer().forces)
    if not (asked.apart or asked.trade):
        flows = line_map.together(flows)
    return Worked(
        asked=asked,
        flows=flows,
        rows=map_rows.rows(found, flows),
        lines=len({id_ for flow in flows for id_ in flow.lines}),
    )
