"""The reminder centre and the register of lessons without a window."""

from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.ocgs import numbers, one
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.reminders import Reminder


@click.group()
def remind() -> None:
    """Say what is due for you, put it off, give it to the coordinator; REF says which."""


@remind.command(name="list")
@on_workspace
@click.option("--days", default=0, help="Days over after which it comes up to a coordinator.")
@session.as_json_option
def list_(way: Way, *, days: int, json_: bool) -> None:
    """List your reminders: now, put off, and what came up to you as coordinator."""
    from ocgdesk import settings
    from ocgdesk.casework import reminders

    after = days or settings.load().escalate_after_days
    with way.opened() as workspace, workspace.reading() as reader:
        found = reminders.read(
            reader, agency=workspace.about.agency, today=session.today(), after_days=after
        )
        numbers_ = [row.what.no for row in (*found.now, *found.later, *found.escalated)]
        reader.saw("List reminders", numbers_, rows=len(numbers_))
    lists = {"now": found.now, "later": found.later, "escalated": found.escalated}
    if json_:
        items = [_plain(row) | {"list": name} for name, rows in lists.items() for row in rows]
        output.items_as_json(items, filters={"escalate_after_days": after})
        return
    words = {"now": "", "later": _("put off"), "escalated": _("came up")}
    told = [
        (row.due.isoformat(), words[name], row.title, row.of.label, row.officer, row.what.ref)
        for name, rows in lists.items()
        for row in rows
    ]
    headings = (_("Due"), "", _("What"), _("Of"), _("Owner"), _("Reference"))
    if told:
        output.table(headings, told)
    else:
        output.say(_("Nothing is due"))


def _plain(row: "Reminder") -> dict[str, Any]:
    from ocgdesk.casework import present

    return present.brief(row.what) | {
        "title": row.title,
        "due": row.due,
        "days_over": max(0, row.days_over(session.today())),
        "officer": row.officer or None,
        "of": present.brief(row.of),
        "put_off": row.put_off,
        "escalated": row.escalated,
        "reason": row.reason or None,
    }


@remind.command()
@on_workspace
@click.argument("ref")
@click.argument("until")
@click.option("--why", default="", help="Why it is put off.")
@session.as_json_option
def snooze(way: Way, ref: str, until: str, *, why: str, json_: bool) -> None:
    """Put the reminder of REF off until a day, for you alone."""
    from ocgdesk.casework import reminders

    day = session.day_of(until)
    assert day is not None  # noqa: S101 - the argument is required

    def act(work: Any, id_: Any) -> None:
        reminders.snooze(work, id_, day, reason=why, today=session.today())

    _do(way, ref, act, "Put reminder off", json_=json_)


@remind.command()
@on_workspace
@click.argument("ref")
@session.as_json_option
def wake(way: Way, ref: str, *, json_: bool) -> None:
    """Be reminded of REF again."""
    from ocgdesk.casework import reminders

    _do(way, ref, reminders.wake, "Remind again", json_=json_)


@remind.command()
@on_workspace
@click.argument("ref")
@click.option("--why", required=True, help="What the coordinator is to do.")
@session.as_json_option
def escalate(way: Way, ref: str, *, why: str, json_: bool) -> None:
    """Give the reminder of REF to the coordinator."""
    from ocgdesk.casework import reminders

    def act(work: Any, id_: Any) -> None:
        reminders.escalate(work, id_, reason=why, today=session.today())

    _do(way, ref, act, "Escalate reminder", json_=json_)


@remind.command()
@on_workspace
@click.argument("ref")
@session.as_json_option
def settle(way: Way, ref: str, *, json_: bool) -> None:
    """Say that what was given to the coordinator is dealt with."""
    from ocgdesk.casework import reminders

    _do(way, ref, reminders.settle, "Settle escalation", json_=json_)


def _do(way: Way, ref: str, act: Any, label: str, *, json_: bool) -> None:
    from ocgdesk.domain.people import Right

    with way.opened() as workspace:
        with workspace.reading() as reader:
            which = one(reader, ref)
        with workspace.work(label, right=Right.PLAN) as done:
            act(done.work, which)
    if json_:
        output.as_json(numbers(done.changes))
    else:
        output.say(_("Done"))


# ---- Lessons ------------------------------------------------------------------------------------


@click.group()
def lesson() -> None:
    """Record what worked, or did not, where and for whom; it may name a tactic."""


@lesson.command()
@on_workspace
@click.argument("title")
@click.argument("fields", metavar="[FIELD=VALUE]...", nargs=-1)
@session.as_json_option
def record(way: Way, title: str, *, fields: tuple[str, ...], json_: bool) -> None:
    """Enter the lesson TITLE; fields as --json names them: worked=worked tactic=warrant-day."""
    from ocgdesk.casework import lessons, present, typed
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.planning import Lesson

    today = session.today()
    with way.opened() as workspace:
        with workspace.reading() as reader:
            values = typed.values(reader, Kind.LESSON, fields, today=today)
        with workspace.work("Record lesson") as done:
            new = Lesson(**({"learned": today} | values | {"title": title}))
            made = lessons.record(done.work, new)
    if json_:
        output.as_json(present.plain(made) | numbers(done.changes))
    else:
        output.say(made.title)


@lesson.command(name="list")
@on_workspace
@click.option("--tactic", default="", help="Only of this tactic of the library.")
@session.as_json_option
def list_lessons(way: Way, *, tactic: str, json_: bool) -> None:
    """List what was learned, the newest first."""
    from ocgdesk.casework import present
    from ocgdesk.domain.reference_data import code_list, label
    from ocgdesk.store import plan_parts

    code = code_list("tactics").parse(tactic) if tactic else ""
    with way.opened() as workspace, workspace.reading() as reader:
        found = plan_parts.lessons(reader, code)
    if json_:
        output.items_as_json([present.plain(item) for item in found])
        return
    rows = [
        (item.learned or "", label("lesson-results", item.worked), item.title,
         label("tactics", item.tactic), item.place, item.whom)
        for item in found
    ]  # fmt: skip
    output.table(
        (_("Date"), _("Did it work"), _("Lesson"), _("Tactic"), _("Where"), _("For whom")), rows
    )
