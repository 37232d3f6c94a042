"""Restricted records, markings and the rules of access on the command line."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.journal import when
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.domain.marking import Marking
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from uuid import UUID

    from ocgdesk.casework.reasons import Policy
    from ocgdesk.casework.restricting import Access, Glass
    from ocgdesk.store.glass import Alert
    from ocgdesk.store.records import Brief
    from ocgdesk.store.workspace import Workspace

_ASKING = click.Choice(["mandatory", "prompt", "off"])


@click.command()
@on_workspace
@click.argument("ref")
@click.option("--to", "names", multiple=True, help="A user who may see it; may be repeated.")
@click.option("--open", "opened", is_flag=True, help="Open it to everybody again.")
@session.kept_reason_option
@session.as_json_option
def restrict(
    way: Way, ref: str, names: Sequence[str], reason: str, *, opened: bool, json_: bool
) -> None:
    """Close the record REF, or the link with this id, to all but you and the users named.

    The others find no trace of it. This is not undone, only done anew.
    """
    from ocgdesk.casework import access, restricting, typed
    from ocgdesk.domain.kinds import Base

    if opened and names:
        raise click.UsageError(_("--to and --open do not go together"))
    with way.opened() as workspace:
        users = [access.find_user(workspace, name).id for name in names]
        with workspace.reading() as reader:
            thing = typed.thing(reader, ref)
        what = _("Restrict link") if thing.base is Base.LINK else _("Restrict record")
        with workspace.work(what, reason=reason) as done:
            restricting.restrict(done.work, thing.id, None if opened else users, reason)
        with workspace.reading() as reader:
            known = restricting.access(reader, thing.id)
    if json_:
        output.as_json({"ref": ref, "restricted": known is not None} | _users(known))
    elif known is None:
        output.say(_("{ref} is open to everybody").format(ref=ref))
    else:
        output.say(_("{ref} is open to {names} only").format(ref=ref, names=_named(known)))


@click.command()
@on_workspace
@click.option("--alerts", "told", is_flag=True, help="What you are told of restricted records.")
@session.as_json_option
def restricted(way: Way, *, told: bool, json_: bool) -> None:
    """List the restricted records you are inside of, and who else is; --alerts for the alerts."""
    from ocgdesk.casework import restricting

    with way.opened() as workspace, workspace.reading() as reader:
        if told:
            alerts = restricting.alerts(reader)
            restricting.saw_alerts(reader)
        else:
            found = restricting.mine(reader)
    if told:
        _print_alerts(alerts, json_=json_)
    elif json_:
        output.items_as_json([_plain(record, known) for record, known in found])
    else:
        headings = [_("Reference"), _("Record"), _("Open to"), _("Since"), _("By"), _("Why")]
        output.table(headings, [_row(record, known) for record, known in found])


def _print_alerts(alerts: "Sequence[Alert]", *, json_: bool) -> None:
    from ocgdesk.casework.restricting import alert_words

    if json_:
        output.items_as_json([_alert(alert) for alert in alerts])
        return
    if not alerts:
        output.say(_("There is no alert"))
    for alert in alerts:
        new = _(" (new)") if alert.is_new else ""
        output.say(f"{when(alert.at)}{new}  {alert_words(alert)}")


def _alert(alert: "Alert") -> dict[str, Any]:
    return {
        "seq": alert.seq,
        "at": alert.at,
        "user": alert.who,
        "what": alert.label,
        "reason": alert.reason or None,
        "until": alert.until,
        "refs": list(alert.refs),
        "new": alert.is_new,
    }


def _plain(record: "Brief", known: "Access") -> dict[str, Any]:
    from ocgdesk.casework import present

    said = {"reason": known.reason or None, "since": known.since, "by": known.by or None}
    return present.brief(record) | _users(known) | said


def _users(known: "Access | None") -> dict[str, Any]:
    return {"users": [user.name for user in known.users] if known else None}


def _named(known: "Access") -> str:
    return ", ".join(user.display for user in known.users)


def _row(record: "Brief", known: "Access") -> tuple[object, ...]:
    since = when(known.since) if known.since else ""
    return record.ref, record.label, _named(known), since, known.by, known.reason


@click.command("break-glass")
@on_workspace
@click.argument("ref")
@session.kept_reason_option
@session.as_json_option
def break_glass(way: Way, ref: str, reason: str, *, json_: bool) -> None:
    """Open the restricted record REF to read for a while; those inside and the auditor are told.

    Needs a reason, and a role that may. It finds nothing but a whole reference.
    """
    from ocgdesk.casework import present, restricting

    with way.opened() as workspace:
        lent = restricting.break_glass(workspace, ref, reason)
    if json_:
        output.as_json(present.brief(lent.record) | {"until": lent.until})
        return
    told = _("{ref} is open to you, to read, until {until}; those inside are told")
    output.say(told.format(ref=lent.record.ref, until=when(lent.until)))


@click.command()
@on_workspace
@click.argument("marking")
@click.argument("refs", metavar="REF...", nargs=-1, required=True)
@session.kept_reason_option
@session.as_json_option
def mark(way: Way, marking: str, refs: Sequence[str], reason: str, *, json_: bool) -> None:
    """Mark records official or official-sensitive; to mark one lower needs a reason."""
    from ocgdesk.casework import marking as markings
    from ocgdesk.casework import typed

    wanted = Marking.parse(marking)
    with way.opened() as workspace:
        with workspace.reading() as reader:
            ids: list[UUID] = [typed.thing(reader, ref).id for ref in refs]
        with workspace.work(_("Change marking"), reason=reason) as done:
            markings.mark(done.work, ids, wanted, reason)
    if json_:
        output.as_json({"marking": wanted.value, "changed": len(done.changes)})
    else:
        told = _("Marked {marking}: {n} of {all}")
        output.say(told.format(marking=wanted.banner, n=len(done.changes), all=len(ids)))


@click.command()
@on_workspace
@click.option("--restricted", type=_ASKING, help="A reason to open a restricted record.")
@click.option("--record", type=_ASKING, help="A reason to open any other record.")
@click.option("--search", type=_ASKING, help="A reason to search.")
@click.option("--export", type=_ASKING, help="A reason to export.")
@click.option("--break-glass", "glass", type=click.Choice(["on", "off"]))
@click.option("--hours", type=int, help="How long break-glass opens a record.")
@session.as_json_option
def rules(way: Way, *, glass: str | None, hours: int | None, json_: bool, **asked: Any) -> None:
    """Show the rules of access here, or set them as an administrator.

    Asking for a reason is a policy of the workspace; what is looked at is logged either way.
    """
    wanted = {name: value for name, value in asked.items() if value is not None}
    with way.opened() as workspace:
        if wanted:
            _set_policy(workspace, wanted)
        if glass is not None or hours is not None:
            _set_terms(workspace, glass, hours)
        policy, terms = _rules(workspace)
    if json_:
        reasons = {use.value: asking.value for use, asking in policy.items()}
        output.as_json({"reasons": reasons, "break_glass": terms.allowed, "hours": terms.hours})
        return
    _print_rules(policy, terms)


def _rules(workspace: "Workspace") -> "tuple[Policy, Glass]":
    from ocgdesk.casework import reasons, restricting

    return reasons.of(workspace), restricting.terms_of(workspace)


def _set_policy(workspace: "Workspace", wanted: dict[str, str]) -> None:
    from ocgdesk.casework import reasons
    from ocgdesk.casework.reasons import Asking, Use

    given = {Use(name): Asking(value) for name, value in wanted.items()}
    reasons.set_policy(workspace, {**reasons.of(workspace), **given})


def _set_terms(workspace: "Workspace", glass: str | None, hours: int | None) -> None:
    from ocgdesk.casework import restricting
    from ocgdesk.casework.restricting import Glass

    now = restricting.terms_of(workspace)
    allowed = now.allowed if glass is None else glass == "on"
    restricting.set_terms(workspace, Glass(allowed=allowed, hours=hours or now.hours))


def _print_rules(policy: "Policy", terms: "Glass") -> None:
    from ocgdesk.casework.reasons import USES, WORDS

    pairs = [(_(USES[use]), _(WORDS[asking])) for use, asking in policy.items()]
    words = _("on, for {n} hours").format(n=terms.hours) if terms.allowed else _("off")
    output.facts([*pairs, (_("Break-glass"), words)])
