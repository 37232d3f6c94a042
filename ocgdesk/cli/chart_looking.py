"""Filters and formatting of ``chart``: ``--filter``, ``--min-grade``, ``--rules`` and the like."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ocgdesk.cli import session
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.chart_looks import Looks
    from ocgdesk.domain.chart_filters import ChartFilter
    from ocgdesk.domain.chart_windows import Window
    from ocgdesk.store.reader import Reader

F = TypeVar("F", bound=Callable[..., Any])
_LINES = ("type", "one", "way", "each")
_DAYS = ("first", "last", "faint")
_STRENGTHS = ("confirmed", "unconfirmed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Filters and rules as they were asked for."""

    filters: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    min_grade: str = ""
    min_strength: str | None = None
    link_types: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    safeguarding: bool = False
    first: str = ""
    """The first day of what is shown, as it was typed."""
    last: str = ""
    faint: bool = False
    lines: str = ""
    """How links between two items are drawn; as the chart was kept where not said."""
    colour_by: str = ""
    """The title or id of a kept result."""
    figure: str = ""


def options(command: F) -> F:
    """Add the options to a command; their values come under ``Wanted``'s names."""
    said = _("Only what answers, such as ocg.tier=t1,t2, links>=3 or link.held=1/1/26..1/3/26.")
    for option in (
        click.option("--figure", default="", metavar="NAME", help=_("With --colour-by: Degree …")),
        click.option("--colour-by", default="", metavar="RESULT", help=_("A ranking kept.")),
        click.option("--lines", type=click.Choice(_LINES), help=_("Links between two items.")),
        click.option("--faint", is_flag=True, help=_("With --from, --to: keep the rest, faint.")),
        click.option("--to", "last", default="", metavar="DATE", help=_("… until then.")),
        click.option(
            "--from", "first", default="", metavar="DATE", help=_("What held from then …")
        ),
        click.option(
            "--safeguarding-badges", "safeguarding", is_flag=True, help=_("Needs a --reason.")
        ),
        click.option("--rules", multiple=True, metavar="NAME", help=_("Shipped: tier, degree …")),
        click.option("--link-type", "link_types", multiple=True, metavar="TYPE"),
        click.option("--min-strength", type=click.Choice(_STRENGTHS), default=None),
        click.option("--min-grade", default="", metavar="2C", help=_("Of links, at the least.")),
        click.option("--without", multiple=True, metavar="TEST", help=_("Leave these out.")),
        click.option("--filter", "filters", multiple=True, metavar="TEST", help=said),
    ):
        command = option(command)
    return command


def taken(rest: dict[str, Any]) -> Wanted:
    """Take the options out of all there were."""
    names = ("filters", "without", "min_grade", "min_strength", "link_types", "rules")
    values = {name: rest.pop(name) for name in (*names, *_DAYS, "safeguarding")}
    values["lines"] = rest.pop("lines") or ""
    values |= {name: rest.pop(name) for name in ("colour_by", "figure")}
    return Wanted(**values)


def check(wanted: Wanted, reason: str) -> None:
    """Raise UsageError where badges of people to be safeguarded are to stay on without a reason."""
    if wanted.safeguarding and not reason.strip():
        raise click.UsageError(_("--safeguarding-badges needs a --reason, which is kept"))
    if wanted.faint and not (wanted.first or wanted.last):
        raise click.UsageError(_("--faint goes with --from or --to"))
    if wanted.figure and not wanted.colour_by:
        raise click.UsageError(_("--figure goes with --colour-by"))
    window(wanted)


def check_window(wanted: Wanted, *, compares: bool) -> None:
    """Raise UsageError where days are named for a chart that draws what changed."""
    if compares and (wanted.first or wanted.last):
        told = _("--from and --to narrow a chart of one moment, not one that draws what changed")
        raise click.UsageError(told)


def window(wanted: Wanted) -> "Window | None":
    """Return the days that were asked for, if any; Refused where they are the wrong way round."""
    from ocgdesk.domain import chart_windows

    if not (wanted.first or wanted.last):
        return None
    first, last = session.day_of(wanted.first), session.day_of(wanted.last)
    return chart_windows.checked(first, last, faint=wanted.faint)


def looks(reader: "Reader", wanted: Wanted, kept: "Looks | None" = None) -> "Looks":
    """Return the filters, rules and theme asked for, after those a saved chart has."""
    from ocgdesk.casework.chart_looks import Looks
    from ocgdesk.domain import chart_rules
    from ocgdesk.domain.chart_lines import Lines

    kept = kept or Looks()
    if wanted.colour_by:
        from ocgdesk.casework import chart_theming

        result = chart_theming.named(reader, wanted.colour_by)
        kept = replace(kept, theme=chart_theming.theme_of(result, wanted.figure))
    rules = [rule for name in wanted.rules for rule in chart_rules.preset(name).rules]
    return replace(
        kept,
        filters=(*kept.filters, *_filters(wanted)),
        rules=(*kept.rules, *rules),
        window=window(wanted) or kept.window,
        lines=Lines(wanted.lines) if wanted.lines else kept.lines,
    )


def _filters(wanted: Wanted) -> "list[ChartFilter]":
    from ocgdesk.domain.chart_filters import ChartFilter
    from ocgdesk.domain.chart_tests import Op, Test, checked, parse

    made = [ChartFilter(test=parse(text)) for text in wanted.filters]
    made += [ChartFilter(test=parse(text), keep=False) for text in wanted.without]
    if wanted.min_grade:
        grade = Test(field="link.grade", op=Op.AT_LEAST, values=(wanted.min_grade,))
        made.append(ChartFilter(test=checked(grade)))
    if wanted.min_strength:
        firm = _STRENGTHS[: _STRENGTHS.index(wanted.min_strength) + 1]
        made.append(ChartFilter(test=Test(field="link.strength", values=firm)))
    if wanted.link_types:
        made.append(ChartFilter(test=checked(Test(field="link.type", values=wanted.link_types))))
    return made


def check_kept(faults: tuple[str, ...]) -> None:
    """Raise Refused where a saved chart's filters cannot be read: what they hid must not leave."""
    if faults:
        raise Refused(" ".join(faults))
