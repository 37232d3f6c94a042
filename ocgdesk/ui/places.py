"""The places of the rail, and which page each target is."""

import importlib
from collections.abc import Iterator, Mapping
from types import ModuleType

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right, Role, User
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.ui import words
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.shell.values import RailEntry, RailGroup

FRONT = (
    Kind.OCG,
    Kind.NOMINAL,
    Kind.HANDLE,
    Kind.COUNTY_LINE,
    Kind.COMMODITY,
    Kind.REPORT,
)
OTHER = (
    Kind.PHONE,
    Kind.LOCATION,
    Kind.VEHICLE,
    Kind.ORGANISATION,
    Kind.ACCOUNT,
    Kind.OPERATION,
    Kind.MEMBERSHIP,
    Kind.ATTRIBUTION,
    Kind.LINK,
)
COUNTED = (*FRONT, *OTHER[:6], Kind.CHART, Kind.PLAN)
HOME = "home"


def rail(user: User, counts: Mapping[Kind, int]) -> tuple[RailGroup, ...]:
    """Return the rail for a user: only places they may enter, only counts of what they see."""
    groups = []
    if user.may(Right.READ):
        home = RailEntry(key=HOME, title=_("Home"), icon="page.home")
        due = RailEntry(key=PageKind.REMINDERS.value, title=_("Reminders"), icon="page.reminders")
        groups.append(RailGroup("", (home, due)))
        groups.append(RailGroup(_("Register"), tuple(_register(kind, counts) for kind in FRONT)))
        grid = RailEntry(
            key=PageKind.THREAT_GRID.value, title=_("Threat grid"), icon="page.threat-grid"
        )
        overviews = RailEntry(
            key=PageKind.OVERVIEWS.value, title=_("Overviews"), icon="page.overviews"
        )
        matrix = RailEntry(key=PageKind.MATRIX.value, title=_("Matrix"), icon="page.matrix")
        lines = RailEntry(key=PageKind.MAP.value, title=_("Map"), icon="page.map")
        analysis = RailEntry(key=PageKind.ANALYSIS.value, title=_("Analysis"), icon="page.analysis")
        triage = RailEntry(key=PageKind.TRIAGE.value, title=_("Handle triage"), icon="page.triage")
        watch = RailEntry(key=PageKind.SEARCH.value, title=_("Watch list"), icon="entity.watch")
        met = RailEntry(key=PageKind.TASKING.value, title=_("Tasking"), icon="page.tasking")
        claims = RailEntry(
            key=PageKind.DISRUPTIONS.value, title=_("Disruptions"), icon="page.disruption"
        )
        cover = RailEntry(key=PageKind.COVERAGE.value, title=_("Coverage"), icon="page.coverage")
        kept = (_register(Kind.CHART, counts), _register(Kind.PLAN, counts), cover)
        groups.append(
            RailGroup(
                _("Work"),
                (*kept, overviews, matrix, lines, grid, analysis, triage, met, claims, watch),
            )
        )
        returned = RailEntry(key=PageKind.RETURNS.value, title=_("Returns"), icon="page.return")
        briefing = RailEntry(
            key=PageKind.BRIEFINGS.value, title=_("Briefings"), icon="page.briefing"
        )
        groups.append(RailGroup(_("Products"), (returned, briefing)))
        groups.append(
            RailGroup(_("Other records"), (*(_register(kind, counts) for kind in OTHER), _more()))
        )
    data = []
    if user.may(Right.IMPORT):
        data.append(RailEntry(key="import", title=_("Import"), icon="page.import"))
    if user.may(Right.READ):
        data.append(RailEntry(key="duplicates", title=_("Duplicates"), icon="page.duplicates"))
        data.append(RailEntry(key="quality", title=_("Quality"), icon="page.quality"))
    if user.may(Right.READ):
        data.append(RailEntry(key="bin", title=_("Bin"), icon="page.bin"))
        data.append(RailEntry(key="restricted", title=_("Restricted"), icon="page.restricted"))
    if user.may(Right.ADMINISTER):
        data.append(RailEntry(key="lists", title=_("Reference data"), icon="page.lists"))
    if user.may(Right.AUDIT):
        data.append(RailEntry(key="audit", title=_("Audit"), icon="page.audit"))
    if data:
        groups.append(RailGroup(_("Data"), tuple(data)))
    return tuple(groups)


def footer() -> tuple[RailEntry, ...]:
    """Return what stands at the foot of the rail."""
    return (
        RailEntry(key="settings", title=_("Settings"), icon="page.settings"),
        RailEntry(key="help", title=_("Help"), icon="page.help", hint="F1"),
    )


def _register(kind: Kind, counts: Mapping[Kind, int]) -> RailEntry:
    return RailEntry(
        key=f"register:{kind.value}",
        title=words.many(kind),
        icon=words.icon_of(kind),
        count=counts.get(kind),
    )


def _more() -> RailEntry:
    return RailEntry(key=PageKind.MORE.value, title=_("More lists"), icon="page.other")


def target_of(place: str) -> Target:
    """Return where a place of the rail leads."""
    page, _sep, kind = place.partition(":")
    return Target(page=PageKind(page), kind=Kind(kind) if kind else None)


def place_of(target: Target) -> str:
    """Return the place of the rail a target belongs to."""
    if target.page is PageKind.RECORD and target.kind is not None:
        return f"register:{target.kind.value}"
    if target.page is PageKind.REGISTER and target.kind is not None:
        in_rail = target.kind in {*FRONT, *OTHER, Kind.CHART, Kind.PLAN}
        return f"register:{target.kind.value}" if in_rail else PageKind.MORE.value
    if target.page is PageKind.PLAN:
        return f"register:{Kind.PLAN.value}"
    if target.page is PageKind.CHART:
        return f"register:{Kind.CHART.value}"
    return target.page.value


def first(user: User) -> Target:
    """Return the page a user begins on."""
    if user.may(Right.READ):
        return Target(page=PageKind.HOME)
    if Role.AUDITOR in user.roles:
        return Target(page=PageKind.AUDIT)
    return Target(page=PageKind.SETTINGS)


def key_of(target: Target) -> str:
    """Return the key of a target's tab: equal keys are one tab."""
    if target.page is PageKind.CHART and target.id is not None:
        return f"{target.page.value}|{target.id}"
    parts = [target.page.value, target.kind.value if target.kind else "", str(target.id or "")]
    parts += [part for part in (target.overview, target.overview and target.text) if part]
    if target.moment is not None and target.overview:
        parts.append(target.moment.words)
    if target.focus:
        parts += [*(str(id_) for id_ in target.focus), str(target.hops)]
    if not target.overview:  # where something is only selected on it, it is the same chart
        parts += [str(id_) for id_ in target.items]
    if target.theme is not None:
        parts.append(repr(target.theme))
    parts += [str(path) for path in target.files]
    if target.query is not None:
        parts.append(repr(target.query))
    return "|".join(parts)


def title_of(target: Target) -> str:
    """Return what a tab says until its page knows better."""
    if target.page is PageKind.REGISTER and target.kind is not None:
        return words.many(target.kind)
    if target.page is PageKind.RECORD and target.kind is not None:
        return words.one(target.kind)
    return {
        PageKind.HOME: _("Home"),
        PageKind.SEARCH: _("Search"),
        PageKind.MORE: _("More lists"),
        PageKind.CHART: _("Chart"),
        PageKind.PLAN: _("4P plan"),
        PageKind.COVERAGE: _("Coverage"),
        PageKind.TRIAGE: _("Handle triage"),
        PageKind.THREAT_GRID: _("Threat grid"),
        PageKind.OVERVIEWS: _("Overviews"),
        PageKind.MATRIX: _("Matrix"),
        PageKind.COMPARE: _("Compare"),
        PageKind.VERSIONS: _("Versions"),
        PageKind.TIMELINE: _("Timeline"),
        PageKind.MAP: _("Map"),
        PageKind.ANALYSIS: _("Analysis"),
        PageKind.TASKING: _("Tasking"),
        PageKind.REMINDERS: _("Reminders"),
        PageKind.IMPORT: _("Import"),
        PageKind.DISRUPTIONS: _("Disruptions"),
        PageKind.RETURNS: _("Returns"),
        PageKind.BRIEFINGS: _("Briefings"),
        PageKind.DUPLICATES: _("Duplicates"),
        PageKind.QUALITY: _("Quality"),
        PageKind.LISTS: _("Reference data"),
        PageKind.BIN: _("Bin"),
        PageKind.RESTRICTED: _("Restricted"),
        PageKind.AUDIT: _("Audit"),
        PageKind.SETTINGS: _("Settings"),
        PageKind.HELP: _("Help"),
    }.get(target.page, "")


def icon_of(target: Target) -> str:
    """Return the icon of a target's tab."""
    if target.page in {PageKind.REGISTER, PageKind.RECORD} and target.kind is not None:
        return words.icon_of(target.kind)
    if target.page is PageKind.MORE:
        return "page.other"
    return f"page.{target.page.value}"


def page(desk: Desk, target: Target) -> Page:
    """Make the page of a target; its module is imported when first needed.

    They go by one name: that of ``THREAT_GRID`` is ``ThreatGridPage`` in ``threat_grid_page``.
    """
    name = target.page.name.title().replace("_", "")
    made: Page = getattr(_module(target.page), f"{name}Page")(desk, target)
    return made


def _module(kind: PageKind) -> ModuleType:
    return importlib.import_module(f"ocgdesk.ui.pages.{kind.name.lower()}_page")


_BEHIND = (
    *("numpy", "charset_normalizer", "fontTools.ttLib"),
    *("ocgdesk.casework.exports", "ocgdesk.casework.charts", "ocgdesk.reports.chart_words"),
    "ocgdesk.casework.plan_board",
)
"""What pages need and is slow to load: it knows no Qt, so that a thread can load it."""


def load_behind(_progress: Progress) -> None:
    """Load what the pages need, on a thread, so that the first of each opens as quickly."""
    for name in _BEHIND:
        importlib.import_module(name)


def load_pages() -> Iterator[None]:
    """Load the modules of the pages one after the other."""
    for kind in PageKind:
        _module(kind)
        yield
