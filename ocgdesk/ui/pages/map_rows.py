"""A map as rows: the list mirror of its flows."""

from collections.abc import Callable, Sequence
from typing import Any

from ocgdesk.domain.line_map import Flow, LineMap
from ocgdesk.i18n import _
from ocgdesk.reports import map_drawing
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.widgets.values import Text

Row = tuple[Flow, str]


def columns() -> tuple[Column, ...]:
    """Return the columns of the list of flows; each row is a flow with its lines' names."""
    return (
        column(_("Hub"), _cell(lambda flow: flow.hub.name), _order(lambda f: f.hub.name), 130),
        column(_("Town"), _cell(_town), _order(_town), 130),
        column(_("Commodity"), _cell(_trade), _order(_trade), 120, yields=1),
        column(
            _("Lines"), _cell(lambda flow: f"{flow.count:,}"), _order(lambda f: f.count), 56,
            align="right", stretch=0,
        ),
        column(_("Which"), lambda row: Text(row[1]), lambda row: row[1], 160, stretch=2, yields=2),
    )  # fmt: skip


def rows(found: LineMap, flows: Sequence[Flow]) -> list[Row]:
    """Return a row for each flow, widest first."""
    return [(flow, _names(found, flow)) for flow in flows]


def _names(found: LineMap, flow: Flow) -> str:
    return ", ".join(sorted(found.known[id_].label for id_ in flow.lines))


def _town(flow: Flow) -> str:
    return map_drawing.place_words(flow.town)


def _trade(flow: Flow) -> str:
    return flow.trade or "–"


def _cell(told: Callable[[Flow], str]) -> Callable[[Any], Text]:
    return lambda row: Text(told(row[0]))


def _order(of: Callable[[Flow], Any]) -> Callable[[Any], Any]:
    return lambda row: of(row[0])
