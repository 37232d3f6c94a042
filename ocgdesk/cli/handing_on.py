"""Plan templates and hand-overs without a window."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.ocgs import numbers, one
from ocgdesk.cli.planning import ocg_of
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from ocgdesk.domain.planning import Handover, PlanTemplate
    from ocgdesk.store.reader import Reader


@click.group()
def template() -> None:
    """Make a template of a plan, list them, begin another plan with one."""


@template.command("list")
@on_workspace
@session.as_json_option
def list_(way: Way, *, json_: bool) -> None:
    """List the plan templates that are offered, with what each holds."""
    from ocgdesk.casework import plan_templates as cases

    with way.opened() as workspace, workspace.reading() as reader:
        found = [(made, cases.content_of(made)) for made in cases.templates(reader)]
    if json_:
        output.items_as_json(
            [
                {"id": str(made.id), "title": made.title, "objectives": len(content.objectives)}
                | {"actions": len(content.actions)}
                for made, content in found
            ]
        )
        return
    rows = [(made.title, len(c.objectives), len(c.actions)) for made, c in found]
    output.table((_("Template"), _("Objectives"), _("Actions")), rows)


@template.command()
@on_workspace
@click.argument("ref")
@click.argument("title")
@session.as_json_option
def make(way: Way, ref: str, title: str, *, json_: bool) -> None:
    """Make a template called TITLE of the plan of the OCG REF; it names nobody."""
    from ocgdesk.casework import plan_templates as cases

    with way.opened() as workspace:
        with workspace.reading() as reader:
            plan = _plan_of(reader, ref)
        with workspace.work("Make plan template") as done:
            made = cases.make(done.work, plan, title)
    if json_:
        output.as_json({"id": str(made.id), "title": made.title} | numbers(done.changes))
        return
    output.say(_("Made the template {title}").format(title=made.title))


@template.command()
@on_workspace
@click.argument("ref")
@click.argument("title")
@session.as_json_option
def use(way: Way, ref: str, title: str, *, json_: bool) -> None:
    """Add what the template TITLE holds to the plan of the OCG REF."""
    from ocgdesk.casework import plan_templates as cases

    with way.opened() as workspace:
        with workspace.reading() as reader:
            plan, which = _plan_of(reader, ref), _template(reader, title)
        with workspace.work("Use plan template") as done:
            added = cases.use(done.work, plan, which.id, today=session.today())
    if json_:
        output.as_json({"added": added} | numbers(done.changes))
        return
    told = ngettext("Added {n} thing to the plan", "Added {n} things to the plan", added)
    output.say(told.format(n=added))


def _plan_of(reader: "Reader", ref: str) -> UUID:
    from ocgdesk.store import planning

    plan = planning.plan_of(reader, ocg_of(reader, ref))
    if plan is None:
        raise Refused(_("There is no 4P plan yet; plan --start begins one"))
    return plan.id


def _template(reader: "Reader", title: str) -> "PlanTemplate":
    from ocgdesk.casework import plan_templates as cases

    for made in cases.templates(reader):
        if made.title.casefold() == title.strip().casefold():
            return made
    raise NotFound(_("There is no plan template {title!r}").format(title=title[:60]))


# ---- Hand-overs ---------------------------------------------------------------------------------


@click.group("handover")
def hand_over() -> None:
    """Prepare the hand-over of the OCG REF, and sign it off from both sides."""


@hand_over.command()
@on_workspace
@click.argument("ref")
@click.option("--from", "giver", required=True, help="The officer who hands over.")
@click.option("--to", "taker", required=True, help="The officer who takes over.")
@click.option("--as", "role", default="lro", help="lro or sio.")
@session.as_json_option
def prepare(way: Way, ref: str, *, giver: str, taker: str, role: str, json_: bool) -> None:
    """Prepare the hand-over: its pack says where the plan stands."""
    from ocgdesk.casework import handovers as cases
    from ocgdesk.domain.reference_data import code_list

    code = code_list("assignment-roles").parse(role)
    with way.opened() as workspace:
        with workspace.reading() as reader:
            ocg = ocg_of(reader, ref)
        with workspace.work("Prepare hand-over") as done:
            made = cases.prepare(
                done.work, ocg, giver=giver, taker=taker, role=code, today=session.today()
            )
    _told(made, json_=json_)
    if not json_:
        output.say(made.pack)


@hand_over.command()
@on_workspace
@click.argument("ref")
@session.as_json_option
def give(way: Way, ref: str, *, json_: bool) -> None:
    """Sign off as the one who hands the OCG REF over."""
    from ocgdesk.casework import handovers as cases

    _do(way, ref, cases.give, "Sign off hand-over", json_=json_)


@hand_over.command()
@on_workspace
@click.argument("ref")
@session.as_json_option
def take(way: Way, ref: str, *, json_: bool) -> None:
    """Sign off as the one who takes the OCG REF over: it is theirs from today."""
    from ocgdesk.casework import handovers as cases

    def act(work: Any, id_: UUID) -> "Handover":
        return cases.take(work, id_, today=session.today())

    _do(way, ref, act, "Take over OCG", json_=json_)


def _do(way: Way, ref: str, act: Any, label: str, *, json_: bool) -> None:
    from ocgdesk.casework import handovers as cases
    from ocgdesk.domain.kinds import Kind

    with way.opened() as workspace:
        with workspace.reading() as reader:
            found = cases.of_ocg(reader, one(reader, ref, Kind.OCG))
        if not found:
            raise Refused(_("No hand-over of {ref} was prepared").format(ref=ref[:60]))
        with workspace.work(label) as done:
            saved = act(done.work, found[-1].id)
    _told(saved, json_=json_)


def _told(made: "Handover", *, json_: bool) -> None:
    from ocgdesk.casework import present

    if json_:
        output.as_json(present.plain(made))
        return
    state = _("taken over") if made.taken else _("given") if made.given else _("prepared")
    output.say(f"{made.title}: {state}")
