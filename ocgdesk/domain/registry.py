"""Every kind with its class: the one place where the set of kinds is listed."""

from ocgdesk.domain.chart_marks import Annotation, SketchItem, SketchTie
from ocgdesk.domain.chart_versions import ChartVersion
from ocgdesk.domain.charts import Chart, Placement
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import (
    Account,
    Assignment,
    Commodity,
    CountyLine,
    Handle,
    Location,
    Nominal,
    Ocg,
    Operation,
    Organisation,
    Phone,
    Report,
    Vehicle,
)
from ocgdesk.domain.grounds import Boundary
from ocgdesk.domain.keeping import ImportSpec, ListEdition, SavedView, Watch
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Assertion, Attribution, Link, Membership
from ocgdesk.domain.pairings import Pairing
from ocgdesk.domain.planning import (
    Advice,
    Handover,
    Lesson,
    Partner,
    PlanRisk,
    PlanTemplate,
    PlanVersion,
    Requirement,
    Review,
    Snooze,
    StrandNote,
)
from ocgdesk.domain.plans import Action, Objective, Plan
from ocgdesk.domain.products import PaperTemplate, Product, ReturnDefinition
from ocgdesk.domain.results import Result
from ocgdesk.domain.subrecords import (
    Assessment,
    Attachment,
    CheckBack,
    CourtStep,
    Custody,
    Decision,
    GainReferral,
    Involvement,
    Marker,
    Note,
    Order,
    RiskFactor,
    Safeguarding,
    ThreatWarning,
)
from ocgdesk.domain.tasking import AgendaItem, GroupMember, Meeting, MeetingGroup, Request
from ocgdesk.domain.things import Thing

CLASSES: dict[Kind, type[Thing]] = {
    cls.kind: cls
    for cls in (
        Ocg,
        Nominal,
        Handle,
        CountyLine,
        Commodity,
        Phone,
        Location,
        Vehicle,
        Organisation,
        Account,
        Operation,
        Report,
        Assignment,
        Plan,
        Objective,
        Action,
        Chart,
        Link,
        Membership,
        Attribution,
        Assertion,
        Placement,
        Assessment,
        Decision,
        Note,
        Attachment,
        Marker,
        Involvement,
        Order,
        Custody,
        Safeguarding,
        RiskFactor,
        CourtStep,
        ThreatWarning,
        GainReferral,
        CheckBack,
        SavedView,
        Watch,
        ListEdition,
        Requirement,
        Partner,
        PlanRisk,
        StrandNote,
        Review,
        PlanVersion,
        Advice,
        Handover,
        PlanTemplate,
        Lesson,
        Snooze,
        MeetingGroup,
        GroupMember,
        Meeting,
        AgendaItem,
        Request,
        Disruption,
        Outcome,
        Product,
        PaperTemplate,
        ReturnDefinition,
        Result,
        Boundary,
        ImportSpec,
        SketchItem,
        SketchTie,
        Annotation,
        ChartVersion,
        Pairing,
    )
}


def class_of(kind: Kind) -> type[Thing]:
    """Return the class of a kind."""
    return CLASSES[kind]


def kinds_of(base: Base) -> tuple[Kind, ...]:
    """Return the kinds that are this underneath, in their listed order."""
    return tuple(kind for kind, cls in CLASSES.items() if cls.base is base)
