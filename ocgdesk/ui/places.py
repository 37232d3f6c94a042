"""The places of the rail, and which page each target is."""

import importlib
from collections.abc import Callable, Iterator, Mapping

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


def _home(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.home_page import HomePage

    return HomePage(desk, target)


def _search(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.search_page import SearchPage

    return SearchPage(desk, target)


def _register_page(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.register_page import RegisterPage

    return RegisterPage(desk, target)


def _more_page(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.more_page import MorePage

    return MorePage(desk, target)


def _record(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.record_page import RecordPage

    return RecordPage(desk, target)


def _chart(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.chart_page import ChartPage

    return ChartPage(desk, target)


def _plan(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.plan_page import PlanPage

    return PlanPage(desk, target)


def _coverage(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.coverage_page import CoveragePage

    return CoveragePage(desk, target)


def _threat_grid(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.threat_grid_page import ThreatGridPage

    return ThreatGridPage(desk, target)


def _overviews(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.overviews_page import OverviewsPage

    return OverviewsPage(desk, target)


def _matrix(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.matrix_page import MatrixPage

    return MatrixPage(desk, target)


def _compare(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.compare_page import ComparePage

    return ComparePage(desk, target)


def _versions(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.versions_page import VersionsPage

    return VersionsPage(desk, target)


def _timeline(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.timeline_page import TimelinePage

    return TimelinePage(desk, target)


def _map(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.map_page import MapPage

    return MapPage(desk, target)


def _analysis(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.analysis_place import AnalysisPlace

    return AnalysisPlace(desk, target)


def _triage(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.triage_page import TriagePage

    return TriagePage(desk, target)


def _tasking(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.tasking_page import TaskingPage

    return TaskingPage(desk, target)


def _reminders(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.reminders_page import RemindersPage

    return RemindersPage(desk, target)


def _import(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.import_page import ImportPage

    return ImportPage(desk, target)


def _disruptions(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.disruptions_page import DisruptionsPage

    return DisruptionsPage(desk, target)


def _returns(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.returns_page import ReturnsPage

    return ReturnsPage(desk, target)


def _briefings(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.briefings_page import BriefingsPage

    return BriefingsPage(desk, target)


def _duplicates(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.duplicates_page import DuplicatesPage

    return DuplicatesPage(desk, target)


def _quality(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.quality_page import QualityPage

    return QualityPage(desk, target)


def _lists(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.lists_page import ListsPage

    return ListsPage(desk, target)


def _bin(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.bin_page import BinPage

    return BinPage(desk, target)


def _restricted(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.restricted_page import RestrictedPage

    return RestrictedPage(desk, target)


def _audit(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.audit_page import AuditPage

    return AuditPage(desk, target)


def _settings(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.settings_page import SettingsPage

    return SettingsPage(desk, target)


def _help(desk: Desk, target: Target) -> Page:
    from ocgdesk.ui.pages.help_page import HelpPage

    return HelpPage(desk, target)


_PAGES: dict[PageKind, Callable[[Desk, Target], Page]] = {
    PageKind.HOME: _home,
    PageKind.SEARCH: _search,
    PageKind.REGISTER: _register_page,
    PageKind.MORE: _more_page,
    PageKind.RECORD: _record,
    PageKind.CHART: _chart,
    PageKind.PLAN: _plan,
    PageKind.COVERAGE: _coverage,
    PageKind.TRIAGE: _triage,
    PageKind.THREAT_GRID: _threat_grid,
    PageKind.OVERVIEWS: _overviews,
    PageKind.MATRIX: _matrix,
    PageKind.COMPARE: _compare,
    PageKind.VERSIONS: _versions,
    PageKind.TIMELINE: _timeline,
    PageKind.MAP: _map,
    PageKind.ANALYSIS: _analysis,
    PageKind.TASKING: _tasking,
    PageKind.REMINDERS: _reminders,
    PageKind.IMPORT: _import,
    PageKind.DISRUPTIONS: _disruptions,
    PageKind.RETURNS: _returns,
    PageKind.BRIEFINGS: _briefings,
    PageKind.DUPLICATES: _duplicates,
    PageKind.QUALITY: _quality,
    PageKind.LISTS: _lists,
    PageKind.BIN: _bin,
    PageKind.RESTRICTED: _restricted,
    PageKind.AUDIT: _audit,
    PageKind.SETTINGS: _settings,
    PageKind.HELP: _help,
}


def page(desk: Desk, target: Target) -> Page:
    """Make the page of a target; its module is imported when first needed."""
    return _PAGES[target.page](desk, target)


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
        importlib.import_module(f"ocgdesk.ui.pages.{kind.name.lower()}_page")
        yield
