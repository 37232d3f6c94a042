"""The tables of meetings: what is listed of each, and which acts they have."""

from datetime import date

from ocgdesk.casework.tasking_book import Listed, Point
from ocgdesk.domain.plans import Action
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.tasking import GroupMember, MeetingGroup
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.pages.record_case_parts import CaseSection, SectionAct, day, due, text
from ocgdesk.ui.widgets.values import Cell, Chip, Status, Text


def meetings_section(today: date) -> CaseSection:
    """Return the meetings: those to come first."""
    columns = (
        column(_("When"), lambda m: _when(m, today), lambda m: m.meeting.held, 210),
        column(_("Group"), lambda m: Text(m.group.name, strong=True),
               lambda m: m.group.name.casefold(), 200, stretch=3),
        column(_("Type"), lambda m: text(label("meeting-types", m.group.group_type), "text.2"),
               lambda m: m.group.group_type, 170, stretch=1, yields=2),
        column(_("Agency"), lambda m: text(m.group.agency, "text.2"), lambda m: m.group.agency,
               70, yields=3),
        column(_("Agenda"), _agenda_words, lambda m: m.counted.undecided, 170, yields=1),
        column(_("Status"), _state, lambda m: m.meeting.status, 150),
    )  # fmt: skip
    return CaseSection(
        _("Meetings"),
        columns,
        empty=_("No meeting yet. Enter a group that meets, then call its next meeting."),
        acts=(
            SectionAct(key="edit-meeting", title=_("Edit"), icon="action.edit", of_row=True),
            SectionAct(key="close", title=_("Close meeting"), icon="action.check", of_row=True),
        ),
        icon="page.tasking",
    )


def _when(row: Listed, today: date) -> Cell:
    return due(row.meeting.held, today) if row.is_open else day(row.meeting.held)


def _agenda_words(row: Listed) -> Cell:
    items = row.counted.items
    said = ngettext("{n} item", "{n} items", items).format(n=items)
    if row.counted.undecided:
        said = _("{items}, {n} undecided").format(items=said, n=row.counted.undecided)
    return Text(said, "text.2")


def _state(row: Listed) -> Cell:
    icons = {"closed": "status.ok", "cancelled": "status.dormant"}
    icon = icons.get(row.meeting.status, "status.active")
    return Status(label("meeting-statuses", row.meeting.status), icon)


def agenda_section() -> CaseSection:
    """Return the agenda of a meeting with what was decided."""
    columns: tuple[Column, ...] = (
        column("", lambda p: Text(str(p.item.position), "text.3", align="right"),
               lambda p: p.item.position, 34),
        column(_("Item"), _about, lambda p: p.item.title.casefold(), 180, stretch=3),
        column(_("From"), lambda p: text(label("agenda-sources", p.item.source), "text.2"),
               lambda p: p.item.source, 130, yields=3),
        column(_("Decision"), _decision, lambda p: p.item.decision or None, 130),
        column(_("Why"), lambda p: text(p.item.rationale, "text.2"),
               lambda p: p.item.rationale or None, 200, stretch=4, yields=1),
        column(_("Resources"), lambda p: text(p.item.resources, "text.2"),
               lambda p: p.item.resources or None, 150, stretch=2, yields=4),
        column(_("Review on"), lambda p: day(p.item.review_on), lambda p: p.item.review_on, 100,
               yields=2),
        column(_("Applied"), _applied, lambda p: p.item.applied, 100),
    )  # fmt: skip
    return CaseSection(
        _("Agenda"),
        columns,
        empty=_("Nothing on this agenda. Add an item, or call the meeting once there are threats."),
        acts=(
            SectionAct(key="edit", title=_("Decide"), icon="action.edit", of_row=True),
            SectionAct(key="apply", title=_("Apply"), icon="action.check", of_row=True),
            SectionAct(key="again", title=_("Take up again"), icon="action.restore", of_row=True),
            SectionAct(key="add", title=_("Add item"), icon="action.add"),
        ),
        icon="action.review",
    )


def _about(point: Point) -> Cell:
    return entity(point.about) if point.about else Text(point.item.title)


def _decision(point: Point) -> Cell:
    if not point.item.decision:
        return Status(_("Undecided"), "status.empty")
    return Text(label("tasking-decisions", point.item.decision), strong=True)


def _applied(point: Point) -> Cell:
    if point.item.applied:
        return Status(_("Applied"), "status.ok", "ok")
    return Chip(_("To apply"), "due", "status.due") if point.item.decision else looks.NOTHING


def actions_section(today: date) -> CaseSection:
    """Return what meetings of a group set somebody to do."""

    def when(action: Action) -> Cell:
        return due(action.due, today) if action.is_live else day(action.due)

    columns = (
        column(_("Action"), lambda a: Text(a.title), lambda a: a.title.casefold(), 220, stretch=3),
        column(_("Owner"), lambda a: text(a.officer, "text.2"), lambda a: a.officer or None, 150),
        column(_("Due"), when, lambda a: a.due, 200),
        column(_("Status"), lambda a: looks.code("action-statuses", a.status),
               lambda a: a.status, 130),
    )  # fmt: skip
    return CaseSection(
        _("Actions of this group's meetings"),
        columns,
        empty=_("No action outstanding."),
        acts=(
            SectionAct(key="done", title=_("Complete"), icon="action.check", of_row=True),
            SectionAct(key="add-action", title=_("Add action"), icon="action.add"),
        ),
        icon="entity.action",
    )


def members_section() -> CaseSection:
    """Return who sits in a group."""
    columns = (
        column(_("Member"), lambda m: Text(m.person), lambda m: m.person.casefold(), 180,
               stretch=2),
        column(_("Role"), lambda m: text(label("group-roles", m.role), "text.2"),
               lambda m: m.role, 120),
        column(_("Agency"), lambda m: text(label("agencies", m.agency), "text.2"),
               lambda m: m.agency or None, 220, stretch=2),
        column(_("From"), lambda m: day(m.start), lambda m: m.start, 110, yields=2),
        column(_("To"), lambda m: day(m.end), lambda m: m.end, 110, yields=1),
    )  # fmt: skip
    return CaseSection(
        _("Members"),
        columns,
        empty=_("Nobody is recorded as a member. Add who sits in it, for which agency."),
        acts=(
            SectionAct(key="edit-member", title=_("Edit"), icon="action.edit", of_row=True),
            SectionAct(key="add-member", title=_("Add member"), icon="action.add"),
        ),
        icon="entity.nominal",
    )


def groups_section() -> CaseSection:
    """Return the groups that meet."""
    columns = (
        column(_("Group"), lambda g: Text(g.name), lambda g: g.name.casefold(), 220, stretch=3),
        column(_("Type"), lambda g: text(label("meeting-types", g.group_type), "text.2"),
               lambda g: g.group_type, 190, stretch=1),
        column(_("Agency"), lambda g: text(label("agencies", g.agency), "text.2"),
               lambda g: g.agency or None, 200, stretch=2, yields=1),
        column(_("Area or pillar"), _where, lambda g: g.area or g.pillar or None, 140, yields=2),
        column(_("Meets"), _rhythm, lambda g: g.weeks, 130),
    )  # fmt: skip
    return CaseSection(
        _("Groups"),
        columns,
        empty=_("No group yet: a TTCG, an OCG management meeting, a SOCJAG, a board."),
        acts=(
            SectionAct(key="call-of", title=_("Call meeting"), icon="page.tasking", of_row=True),
            SectionAct(key="edit-group", title=_("Edit"), icon="action.edit", of_row=True),
            SectionAct(key="add-group", title=_("Add group"), icon="action.add"),
        ),
        icon="entity.meeting-group",
    )


def _where(group: MeetingGroup) -> Cell:
    return text(group.area or label("pillars", group.pillar), "text.2")


def _rhythm(group: MeetingGroup) -> Cell:
    if group.ended is not None:
        return Status(_("Ended"), "status.dormant")
    if group.weeks is None:
        return looks.NOTHING
    said = ngettext("every week", "every {n} weeks", group.weeks).format(n=group.weeks)
    return Text(said, "text.2")


def member_words(member: GroupMember) -> str:
    """Return a member as minutes name them: who, for which agency."""
    return f"{member.person}, {label('agencies', member.agency)}".rstrip(", ")
