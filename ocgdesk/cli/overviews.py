"""Overviews and comparisons on the command line: what ``chart`` draws beside a focus."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ocgdesk.cli import asking, session
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.charts import ChartQuery
    from ocgdesk.casework.overviews import OverviewQuery
    from ocgdesk.domain.charts import Arrangement, Scene
    from ocgdesk.store.reader import Reader


def query(what: str, *, on: str, as_at: str, widest: int, most: int) -> "OverviewQuery":
    """Return which overview is wanted, of when."""
    from ocgdesk.casework.moments import Moment
    from ocgdesk.casework.overviews import OverviewQuery, parse

    moment = Moment(as_at=asking.moment(as_at), on=session.day_of(on))
    return OverviewQuery(what=parse(what).code, moment=moment, widest=widest, most=most)


def title(what: str) -> str:
    """Return what an overview is called."""
    from ocgdesk.casework.overviews import parse

    return parse(what).title


def days(compare: Sequence[str]) -> tuple[date, date]:
    """Return the two days that are compared. Refused where the first is not earlier."""
    from ocgdesk.casework import chart_compare

    first, second = (session.day_of(text) for text in compare)
    chart_compare.between(first, second)
    return first, second


def compared(
    reader: "Reader", wanted: "ChartQuery | OverviewQuery", compare: Sequence[str]
) -> "tuple[Scene, tuple[dict[str, Any], ...], str]":
    """Return a chart at two days as one, its differences as plain values, and the words of both."""
    from ocgdesk.casework import chart_compare

    first, second = days(compare)
    found = chart_compare.compare(reader, wanted, first, second)
    plain = tuple(
        {"id": one.id, "change": one.change.value, "what": one.what, "how": one.how}
        for one in found.changes
    )
    return found.scene, plain, chart_compare.between(first, second)


def folded(
    reader: "Reader", arrangement: "Arrangement", refs: Sequence[str]
) -> "tuple[Arrangement, tuple[UUID, ...]]":
    """Return a chart with these OCGs drawn as one item each; ``all`` folds every box."""
    from ocgdesk.casework import chart_collapse

    if not refs:
        return arrangement, ()
    boxed = chart_collapse.collapsible(arrangement.scene)
    ocgs = boxed if "all" in refs else _ocgs(reader, refs, boxed)
    return as_kept(reader, arrangement, ocgs), tuple(ocgs)


def as_kept(reader: "Reader", arrangement: "Arrangement", ocgs: Sequence[UUID]) -> "Arrangement":
    """Return a chart with these OCGs drawn as one item each, where they have a box."""
    from dataclasses import replace

    from ocgdesk.casework import chart_collapse

    if not ocgs:
        return arrangement
    standing = chart_collapse.standings(reader, ocgs, session.today())
    return replace(arrangement, scene=chart_collapse.collapsed(arrangement.scene, standing))


def _ocgs(reader: "Reader", refs: Sequence[str], boxed: Sequence[UUID]) -> tuple[UUID, ...]:
    from ocgdesk.store import records

    found = [records.resolve(reader, ref) for ref in refs]
    for brief in found:
        if brief.id not in boxed:
            told = _("{ref} has no box on this chart: draw it with at least two of its members")
            raise Refused(told.format(ref=brief.ref or brief.label))
    return tuple(brief.id for brief in found)
