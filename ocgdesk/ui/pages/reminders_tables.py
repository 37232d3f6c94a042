"""The tables of the reminder centre."""

from datetime import date

from ocgdesk.casework.reminders import Reminder
from ocgdesk.domain import clocks
from ocgdesk.i18n import _
from ocgdesk.ui import words
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.pages.record_case_parts import CaseSection, SectionAct, day, text
from ocgdesk.ui.plan import looks
from ocgdesk.ui.widgets.values import Cell, Status

_TALL = 10


def now_section(today: date) -> CaseSection:
    """Return what the user is reminded of now."""
    return CaseSection(
        _("Now"),
        _columns(today),
        empty=_("Nothing is due in the next seven days."),
        acts=(
            SectionAct(key="tomorrow", title=_("Tomorrow"), icon="status.due", of_row=True),
            SectionAct(key="week", title=_("In a week"), icon="action.task", of_row=True),
            SectionAct(key="until", title=_("Put off until"), icon="page.calendar", of_row=True),
            SectionAct(
                key="escalate", title=_("Give to coordinator"), icon="action.assign", of_row=True
            ),
        ),
        icon="page.reminders",
        tall=_TALL,
    )


def later_section(today: date) -> CaseSection:
    """Return what the user put off."""
    until = column(_("Put off until"), lambda r: day(r.put_off), lambda r: r.put_off, 130)
    why = column(_("Why"), lambda r: text(r.reason, "text.2"), lambda r: r.reason or None, 160,
                 stretch=2, yields=2)  # fmt: skip
    return CaseSection(
        _("Put off"),
        (*_columns(today), until, why),
        empty=_("Nothing was put off."),
        acts=(SectionAct(key="wake", title=_("Remind again"), icon="action.restore", of_row=True),),
        icon="status.dormant",
    )


def escalated_section(today: date) -> CaseSection:
    """Return what came up to the coordinator."""
    since = column(_("Since"), lambda r: day(r.escalated), lambda r: r.escalated, 120, yields=3)
    why = column(_("Asked of you"), lambda r: text(r.reason, "text.2"),
                 lambda r: r.reason or None, 180, stretch=3, yields=2)  # fmt: skip
    return CaseSection(
        _("Came up to the coordinator"),
        (*_columns(today), since, why),
        empty=_("Nothing came up to you."),
        acts=(SectionAct(key="settle", title=_("Settled"), icon="action.check", of_row=True),),
        icon="action.assign",
        tall=_TALL,
    )


def _columns(today: date) -> tuple[Column, ...]:
    def when(row: Reminder) -> Cell:
        clock = clocks.review_clock if row.is_review else clocks.action_clock
        return looks.days_chip(clock(row.due, today))

    return (
        column(_("Due"), when, lambda r: r.due, 126),
        column(_("What"), _what, lambda r: r.title.casefold(), 240, stretch=4),
        column(_("Of"), lambda r: entity(r.of), lambda r: r.of.label.casefold(), 160, stretch=2),
        column(_("Owner"), lambda r: text(r.officer, "text.2"), lambda r: r.officer or None, 140,
               yields=1),
    )  # fmt: skip


def _what(row: Reminder) -> Cell:
    icon = "action.review" if row.is_review else words.icon_of(row.what.kind)
    return Status(row.title, icon)
