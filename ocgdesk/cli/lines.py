"""County lines, commodities and reports without a window: stories, closures, dealings, checks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.ocgs import numbers, one
from ocgdesk.cli.operations import say_prompts
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.line_stories import Story
    from ocgdesk.domain.entities import CountyLine
    from ocgdesk.store.reader import Reader


@click.group()
def line() -> None:
    """Tell a county line's story, close it, record check-backs, rebrand it; REF says which."""


@line.command("show")
@on_workspace
@click.argument("ref")
@session.as_json_option
def show(way: Way, ref: str, *, json_: bool) -> None:
    """Tell the whole story of the line REF: its names, numbers, closures and who is in it."""
    from ocgdesk.casework import line_stories
    from ocgdesk.domain.kinds import Kind

    with way.opened() as workspace, workspace.reading() as reader:
        id_ = one(reader, ref, Kind.COUNTY_LINE)
        found = line_stories.look(reader, id_, today=session.today())
        reader.saw("Open record", [chapter.brief.no for chapter in found.chapters])
    if json_:
        output.as_json(_plain(found))
    else:
        _say(found)


@line.command("move")
@on_workspace
@click.argument("ref")
@click.argument("status")
@click.option("--since", default="", help="The day; today if left out.")
@click.option("--evidence", default="", help="That it no longer supplies.")
@click.option("--charge", default="", metavar="REF", help="Of Type 1: the charge of a holder.")
@click.option("--check-back", "backs", multiple=True, help="A day; 30 and 90 days if left out.")
@click.option("--seen", default="", help="What was seen of it.")
@click.option("--as", "successor", default="", metavar="REF", help="The line it goes on as.")
@session.as_json_option
def move(way: Way, ref: str, status: str, *, json_: bool, **said: Any) -> None:
    """Move the line REF to another STATUS, with what that needs."""
    from ocgdesk.casework import county_lines
    from ocgdesk.casework.case_rules import LINE_STATUSES
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.reference_data import code_list

    today = session.today()
    code = code_list(LINE_STATUSES).parse(status)
    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_ = one(reader, ref, Kind.COUNTY_LINE)
            given = _given(reader, code, said, today)
        with workspace.work("Move county line") as done:
            saved = county_lines.move(done.work, id_, code, given, today=today)
    _tell(saved, done.changes, json_=json_)


def _given(reader: "Reader", status: str, said: dict[str, Any], today: Any) -> Any:
    from ocgdesk.casework import county_lines
    from ocgdesk.domain.kinds import Kind

    day = session.day_of(said["since"]) or today
    planned = county_lines.planned_check_backs(county_lines.CLOSED.get(status, ""), day)
    typed = tuple(session.day_of(text) for text in said["backs"])
    charge = said["charge"]
    return county_lines.Given(
        on=day,
        seen=said["seen"],
        evidence=said["evidence"],
        charge=one(reader, charge, Kind.COURT_STEP) if charge else None,
        check_backs=typed or planned,
        successor=one(reader, said["successor"], Kind.COUNTY_LINE) if said["successor"] else None,
    )


@line.command("check-back")
@on_workspace
@click.argument("ref")
@click.argument("result")
@click.option("--done", default="", help="The day it was made; today if left out.")
@click.option("--by", default="", help="Who made it; you if left out.")
@click.option("--note", default="", help="How it was checked.")
@click.option("--again", default="", help="If not established: when it is tried next.")
@session.as_json_option
def check_back(way: Way, ref: str, result: str, *, json_: bool, **said: str) -> None:
    """Record the RESULT of the earliest check-back still to be made of the line REF.

    RESULT is out-of-use, in-use or not-known; a line in use is active again in the same act.
    """
    from ocgdesk.casework import county_lines, present
    from ocgdesk.casework.county_lines import Tried
    from ocgdesk.domain.kinds import Kind

    today = session.today()
    tried = Tried(
        result=result,
        done=session.day_of(said["done"]) or today,
        officer=said["by"],
        note=said["note"],
        again=session.day_of(said["again"]),
    )
    with way.opened() as workspace:
        with workspace.reading() as reader:
            backs = county_lines.check_backs(reader, one(reader, ref, Kind.COUNTY_LINE))
        open_ = [back for back in backs if back.result == "due"]
        if not open_:
            raise Refused(_("No check-back of this line is still to be made"))
        with workspace.work("Record check-back") as done:
            saved = county_lines.record_check_back(done.work, open_[0].id, tried, today=today)
    if json_:
        output.as_json(present.plain(saved) | numbers(done.changes))
    else:
        output.say(f"{saved.due}: {saved.label}")


@line.command("rebrand")
@on_workspace
@click.argument("ref")
@click.option("--as", "successor", default="", metavar="REF", help="The line it goes on as.")
@click.option("--name", default="", help="A new name: a new line is made.")
@session.as_json_option
def rebrand(way: Way, ref: str, *, successor: str, name: str, json_: bool) -> None:
    """Record that the line REF goes on under another name; both are told as one story."""
    from ocgdesk.casework import county_lines
    from ocgdesk.domain.kinds import Kind

    if bool(successor) == bool(name):
        raise click.UsageError(_("Give either --as or --name"))
    today = session.today()
    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_ = one(reader, ref, Kind.COUNTY_LINE)
            other = one(reader, successor, Kind.COUNTY_LINE) if successor else None
        with workspace.work("Rebrand county line") as done:
            if other is not None:
                saved = county_lines.rebrand(done.work, id_, other, today=today)
            else:
                saved = county_lines.come_back_as(done.work, id_, name, today=today)
    _tell(saved, done.changes, json_=json_)


@line.command("due")
@on_workspace
@click.option("--until", default="", help="Due up to this day; today if left out.")
@session.as_json_option
def due(way: Way, until: str, *, json_: bool) -> None:
    """List the check-backs of closed lines that are due."""
    from ocgdesk.store import cases

    day = session.day_of(until) or session.today()
    with way.opened() as workspace, workspace.reading() as reader:
        found = cases.check_backs_due(reader, day)
        reader.saw("What is due", {prompt.of.no for prompt in found})
    say_prompts(found, day, json_=json_)


@click.command()
@on_workspace
@click.argument("ref", required=False)
@session.as_json_option
def dealings(way: Way, ref: str | None, *, json_: bool) -> None:
    """List who does what with the commodity REF and its parts; without REF, the taxonomy."""
    from ocgdesk.casework import commodities, present
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.reference_data import label

    with way.opened() as workspace, workspace.reading() as reader:
        if ref is None:
            _say_tree(commodities.tree(reader), json_=json_)
            return
        id_ = one(reader, ref, Kind.COMMODITY)
        found = commodities.dealings(reader, id_)
        reader.saw("Dealings", [reader.number(id_)])
    if json_:
        items = [present.linked(d.item) | {"commodity": present.brief(d.what)} for d in found]
        output.items_as_json(items, as_at=None, filters={"commodity": ref})
        return
    rows = [(d.item.other.label, label("link-types", d.role), d.what.label, d.scale) for d in found]
    output.table((_("Who"), _("Does"), _("What"), _("Scale")), rows)


def _say_tree(nodes: Sequence[Any], *, json_: bool) -> None:
    from ocgdesk.casework import present

    if json_:
        items = [
            present.plain(n.commodity) | {"depth": n.depth, "dealers": n.dealers} for n in nodes
        ]
        output.items_as_json(items, as_at=None, filters={})
        return
    rows = [(f"{'  ' * n.depth}{n.brief.label}", n.commodity.unit, n.dealers) for n in nodes]
    output.table((_("Commodity"), _("Unit"), _("Deal in it")), rows)


@click.command()
@on_workspace
@click.argument("ref")
@click.option("--mark", is_flag=True, help="Record that nothing in it gives the source away.")
@click.option("--reason", default="", help="Why phrases that were found may stay.")
@session.as_json_option
def sanitise(way: Way, ref: str, *, mark: bool, reason: str, json_: bool) -> None:
    """Check whether the report REF reads as if it gave its source away; --mark it as sanitised."""
    from ocgdesk.casework import intelligence, present
    from ocgdesk.domain.entities import Report
    from ocgdesk.domain.kinds import Kind

    with way.opened() as workspace:
        with workspace.reading() as reader:
            report = reader.get(Report, one(reader, ref, Kind.REPORT))
        if mark:
            with workspace.work("Mark report as sanitised") as done:
                report = intelligence.sanitise(done.work, report.id, reason=reason)
    clean = intelligence.cleanness(report)
    findings = [*clean.title, *clean.text]
    if json_:
        said = [{"text": one_.text, "code": one_.code, "why": one_.words} for one_ in findings]
        output.as_json(present.plain(report) | {"findings": said})
        return
    if findings:
        output.table((_("Phrase"), _("Why")), [(one_.text, one_.words) for one_ in findings])
    found = _("Sanitised") if clean.sanitised else _("Not sanitised yet")
    output.say(_("{state}; {n} phrases found").format(state=found, n=clean.found))


def _tell(saved: "CountyLine", changes: Any, *, json_: bool) -> None:
    from ocgdesk.casework import present
    from ocgdesk.domain.reference_data import label

    if json_:
        output.as_json(present.plain(saved) | numbers(changes))
    else:
        output.say(f"{saved.ref}: {label('line-statuses', saved.status)}")


def _plain(found: "Story") -> dict[str, Any]:
    from ocgdesk.casework import present

    def numbers_of(chapter: Any) -> list[dict[str, Any]]:
        return [
            present.brief(n.phone)
            | {
                "first": str(n.first) if n.first else None,
                "last": str(n.last) if n.last else None,
                "in_use": n.in_use,
            }
            for n in chapter.numbers
        ]

    chapters = [
        present.plain(c.line)
        | {"numbers": numbers_of(c), "check_backs": [present.plain(b) for b in c.check_backs]}
        for c in found.chapters
    ]
    ticked = found.indicators
    return present.plain(found.line) | {
        "chapters": chapters,
        "exploited": [present.linked(one_.item) for one_ in found.exploited],
        "holders": [present.linked(one_.item) for one_ in found.holders],
        "controlled_by": [present.linked(item) for item in found.groups],
        "towns_linked": [present.linked(item) for item in found.towns],
        "addresses": [present.linked(one_.item) for one_ in found.addresses],
        "dealings": [present.linked(item) for item in found.dealing],
        "indicators": {"yes": ticked.yes, "asked": ticked.asked, "unknown": ticked.unknown},
    }


def _say(found: "Story") -> None:
    from ocgdesk.domain.reference_data import label

    for chapter in found.chapters:
        line_ = chapter.line
        parts = [line_.brand, label("line-statuses", line_.status)]
        parts += [_("closed {date}").format(date=line_.closed.worded())] if line_.closed else []
        output.say(f"{line_.ref}  {', '.join(parts)}")
        for number in chapter.numbers:
            state = _("in use") if number.in_use else _("out of use")
            output.say(f"    {number.phone.label}  {state}")
        for back in chapter.check_backs:
            output.say(f"    {_('check-back')} {back.due}: {back.label}")
    output.say(
        _("{holders} holders and others, {exploited} exploited people, {places} addresses").format(
            holders=len(found.holders),
            exploited=len(found.exploited),
            places=len(found.addresses),
        )
    )
